"""The verbs: a forecast, and what a scenario would change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headlong.assimilation.particle_filter import Particles
from headlong.case import Case, open_case
from headlong.case.rows import Scenario
from headlong.engine.warm import compiling_aside
from headlong.errors import BadRequest
from headlong.forecast.ensemble import Ensemble, Progress, assemble
from headlong.inference.bank import load_bank
from headlong.reports.report_file import add_reports

if TYPE_CHECKING:
    import xarray as xr

MOST_DAYS, MOST_MEMBERS, MOST_SEED = 365, 1_000_000, 2**32 - 1


def as_date(value: str | date | None, default: date) -> date:
    """Day meant by `value`.

    Raises
    ------
    BadRequest
        It is not a day written as 2021-08-12.
    """
    if value is None:
        return default
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise BadRequest(f"init '{value}' is not a date. Write it as {default}.") from None


def within(name: str, value: int, low: int, high: int) -> int:
    """Check a whole number given by the user."""
    try:
        whole = not isinstance(value, (bool, str)) and int(value) == value and low <= value <= high
    except (TypeError, ValueError, OverflowError):
        whole = False
    if not whole:
        raise BadRequest(f"{name} is {value}: not a whole number from {low} to {high:,}.")
    return int(value)


def asked_for(
    case: Case | str, init: str | date | None, reports: bool | str | Path | Sequence[str | Path]
) -> tuple[Case, date]:
    """Open the case, with the reports of a file added if one is named, and check the day."""
    case = open_case(case) if not isinstance(case, Case) else case
    if not isinstance(reports, bool):
        case = add_reports(case, reports)
    day = as_date(init, case.init)
    if not case.covers(day):
        raise BadRequest(f"init {day} is outside the case's period, {case.period}.")
    return case, day


def prepare(
    case: Case | str,
    init: str | date | None,
    days: int,
    members: int,
    seed: int,
    scenario: str | None,
    reports: bool | str | Path | Sequence[str | Path] = True,
    known_control: bool = False,
    acting: bool = False,
    threads: int | None = None,
    progress: Progress | None = None,
    bank: str | Path | None = None,
    weighed: Particles | None = None,
) -> Ensemble:
    """Check what was asked for, and make the ensemble ready to run.

    `weighed` are the particles of an ensemble of the same case, init, seed and reports.
    """
    case, day = asked_for(case, init, reports)
    # an empty table says that nothing changed hands; a forecast must not depend on whether later rows are there
    if known_control and not case.history and not (case.folder / "history.csv").is_file():
        raise BadRequest(f"{case.id} has no history.csv, so control is not known. Leave out --known-control.")
    return assemble(
        case,
        day,
        within("days", days, 1, MOST_DAYS),
        within("members", members, 1, MOST_MEMBERS),
        within("seed", seed, 0, MOST_SEED),
        case.scenario(scenario) if scenario else None,
        bool(reports),
        known_control,
        acting,
        bank=None if bank is None else load_bank(Path(bank)),
        weighed=weighed,
        threads=None if threads is None else within("threads", threads, 1, 1024),
        progress=progress,
    )


def forecast(
    case: Case | str,
    init: str | date | None = None,
    days: int = 30,
    members: int = 1000,
    seed: int = 1,
    scenario: str | None = None,
    reports: bool | str | Path | Sequence[str | Path] = True,
    known_control: bool = False,
    threads: int | None = None,
    progress: Progress | None = None,
    bank: str | Path | None = None,
) -> xr.Dataset:
    """Forecast who holds what, who falls next and where people run.

    Parameters
    ----------
    case : Case or str
        A case, the name of a bundled one, or a folder.
    init : date or str, optional
        The evening it starts from; nothing published later is used. The case's own by default.
    days : int
        Days ahead.
    members : int
        Members of the ensemble, all of the same weight.
    seed : int
        Seed of the luck: the same seed gives the same bits on any number of cores.
    scenario : str, optional
        Name of a what-if of the case. Terms that rest on judgement then act (see `what_if`).
    reports : bool, str, Path or several
        Weigh the reports published by init to say who holds what; without, the holders at the case's start
        are taken to hold still. A file, or several, adds its rows to the case's own reports.
    known_control : bool
        Take who held what up to init from the case's history (hindcasts).
    threads : int, optional
        Cores to use; all by default.
    progress : callable, optional
        Called with (done, of how many, a word).
    bank : str or Path, optional
        Parameters from this file (`headlong.calibrate`, saved) instead of the shipped ones.

    Returns
    -------
    xarray.Dataset
        With dimensions `member, time, place` and others; `time[0]` is init.

    Raises
    ------
    CaseError, BadRequest
        The case is not in order, or what was asked for makes no sense.
    """
    from headlong.forecast.dataset import collect

    judged = scenario is not None
    asked = (
        case,
        init,
        days,
        members,
        seed,
        scenario,
        reports,
        known_control,
        judged,
        threads,
        progress,
        bank,
    )
    with compiling_aside() as engine_ready:
        ensemble = prepare(*asked)
        engine_ready()
    return collect(ensemble, threads, progress)


def outlook(
    case: Case | str,
    init: str | date | None = None,
    days: int = 30,
    members: int = 1000,
    seed: int = 1,
    scenario: str | None = None,
    reports: bool | str | Path | Sequence[str | Path] = True,
    known_control: bool = False,
    threads: int | None = None,
    progress: Progress | None = None,
    bank: str | Path | None = None,
) -> dict[str, Any]:
    """Summary of a forecast without keeping its members: memory does not grow with the ensemble.

    Parameters
    ----------
    case, init, days, members, seed, scenario, reports, known_control, threads, progress, bank
        As in `forecast`.

    Returns
    -------
    dict
        The same as ``summarise(forecast(...))``.
    """
    from headlong.forecast.summary import sum_up

    judged = scenario is not None
    asked = (
        case,
        init,
        days,
        members,
        seed,
        scenario,
        reports,
        known_control,
        judged,
        threads,
        progress,
        bank,
    )
    with compiling_aside() as engine_ready:
        ensemble = prepare(*asked)
        engine_ready()
    return sum_up(ensemble, threads, progress)


def acts_through(scenario: Scenario) -> str:
    """Parameter through which a scenario acts: the one whose prior its effect depends on most."""
    if scenario.support is not None:
        return "support.worth"
    if scenario.leaders_stay:
        return "leaders.stand"
    if scenario.amnesty is not None:
        return "leaving.holdfast"
    return "strength.garrison" if scenario.ghost_share is not None else "crossings.scale"


def what_if(
    case: Case | str,
    scenario: str,
    init: str | date | None = None,
    days: int = 30,
    members: int = 1000,
    seed: int = 1,
    reports: bool | str | Path | Sequence[str | Path] = True,
    known_control: bool = False,
    threads: int | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Forecast twice with the same luck, without and with a scenario.

    In both, the terms that are neutral in a forecast act with their priors, so that the difference is the
    scenario's alone. That these terms act rests on judgement, not on calibration.

    Parameters
    ----------
    case, init, days, members, seed, reports, known_control, threads, progress
        As in `forecast`.
    scenario : str
        Name of a what-if of the case.

    Returns
    -------
    xarray.Dataset
        As `forecast`, with a first dimension `arm`: baseline, scenario.
    """
    import xarray as xr

    from headlong.forecast.dataset import collect

    case = open_case(case) if not isinstance(case, Case) else case
    chosen = case.scenario(scenario)
    with compiling_aside() as engine_ready:
        asked = (reports, known_control, True, threads, progress, None)
        base = prepare(case, init, days, members, seed, None, *asked)
        ensembles = [base, prepare(case, init, days, members, seed, scenario, *asked, base.particles)]
        engine_ready()
    arms = [collect(ensemble, threads, progress) for ensemble in ensembles]
    told = [str(v) for v in arms[0].data_vars if "member" not in arms[0][v].dims]  # reports: the same in both
    said, arms = arms[0][told], [arm.drop_vars(told) for arm in arms]
    both = xr.concat(arms, xr.Variable("arm", ["baseline", "scenario"]), combine_attrs="override")
    both = both.assign(said.data_vars)
    both.attrs |= {
        "schema": "headlong-what-if/1",
        "scenario": scenario,
        "scenario_title": chosen.title,
        "scenario_what": chosen.what,
        "judgement": chosen.judgement,
        "acts_through": acts_through(chosen),
    }
    return both
