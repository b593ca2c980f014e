"""The verbs: a forecast, and what a scenario would change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from headlong.case import Case
from headlong.case.rows import Scenario
from headlong.engine.warm import compiling_aside
from headlong.forecast.ensemble import Ensemble, prepare
from headlong.forecast.request import Control, Options, Reports, Request
from headlong.forecast.settings import HERE, USUAL, Progress, Runtime, Settings
from headlong.inference.bank import Bank

if TYPE_CHECKING:
    import xarray as xr

    from headlong.assimilation.particle_filter import Particles
    from headlong.forecast.results.shapes.forecast import ForecastSummary


def forecast(
    case: Case | str | Path,
    init: str | date | None = None,
    *,
    days: int = 30,
    members: int = 1000,
    seed: int = 1,
    scenario: str | None = None,
    control: Control = "reports",
    reports: Reports = (),
    bank: str | Path | Bank | None = None,
    settings: Settings = USUAL,
    threads: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Forecast who holds what, who falls next and where people run.

    Parameters
    ----------
    case : Case, str or Path
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
    control : str
        Who holds what up to init: ``reports``, the reports published by then are weighed; ``history``, the
        case's history up to then is known (hindcasts); ``start``, the holders at the case's start hold still.
    reports : str, Path or several
        Files whose reports are added to the case's own.
    bank : str, Path or Bank, optional
        Parameters from this file (`headlong.calibrate`, saved) instead of the shipped ones.
    settings : Settings
        How closely sums are worked out (`headlong.forecast.request.Settings`).
    threads : int, optional
        Cores to use; all by default.
    cluster : str, optional
        Run members there: ``local:4``, or the address of a Dask scheduler (docs/cluster.md). The bits are the same.
    progress : callable, optional
        Called with (done, of how many, a word).

    Returns
    -------
    xarray.Dataset
        With dimensions `member, time, place` and others; `time[0]` is init.

    Raises
    ------
    CaseError, BadRequest
        The case is not in order, or what was asked for makes no sense.
    """
    asked: dict[str, object] = {"days": days, "members": members, "seed": seed, "scenario": scenario}
    asked |= {"control": control, "reports": reports, "bank": bank, "settings": settings}
    runtime = Runtime(threads=threads, progress=progress, cluster=cluster)
    return run(Request(case=case, init=init, **asked), runtime)  # type: ignore[arg-type]


def outlook(
    case: Case | str | Path,
    init: str | date | None = None,
    *,
    scenario: str | None = None,
    threads: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
    **options: Unpack[Options],
) -> ForecastSummary:
    """Summary of a forecast without keeping its members: memory does not grow with the ensemble.

    Parameters
    ----------
    case, init, scenario, threads, cluster, progress, **options
        As in `forecast`.

    Returns
    -------
    dict
        The same as ``summarise(forecast(...))``.
    """
    from headlong.forecast.results.summary import sum_up

    runtime = Runtime(threads=threads, progress=progress, cluster=cluster)
    request = Request(case=case, init=init, scenario=scenario, **options)  # type: ignore[arg-type]
    if cluster is not None:
        return counted(request, runtime)[1]
    return sum_up(ready(request, runtime), runtime)


def chances(
    case: Case | str | Path,
    init: str | date | None = None,
    *,
    scenario: str | None = None,
    threads: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
    **options: Unpack[Options],
) -> tuple[xr.Dataset, ForecastSummary]:
    """A forecast without members (docs/forecast-file.md), and its summary: memory does not grow with the ensemble.

    Parameters
    ----------
    case, init, scenario, threads, cluster, progress, **options
        As in `forecast`.
    """
    runtime = Runtime(threads=threads, progress=progress, cluster=cluster)
    return counted(Request(case=case, init=init, scenario=scenario, **options), runtime)  # type: ignore[arg-type]


def counted(request: Request, runtime: Runtime = HERE) -> tuple[xr.Dataset, ForecastSummary]:
    """Run a request, count its members and forget them; the forecast without members, and its summary."""
    from headlong.forecast.pieces.digest import count, digest
    from headlong.forecast.results.summary import of_tally

    if runtime.cluster is not None:
        from headlong.forecast.pieces.on_cluster import count_on

        ensemble, counts = count_on(request, runtime)
    else:
        ensemble = ready(request, runtime)
        counts = count(ensemble, runtime)
    return digest(ensemble, counts), of_tally(ensemble, counts.tally, counts.tracks)


def what_if(
    case: Case | str | Path,
    scenario: str,
    init: str | date | None = None,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
    **options: Unpack[Options],
) -> xr.Dataset:
    """Forecast twice with the same luck, without and with a scenario.

    In both, the terms that are neutral in a forecast act with their priors, so that the difference is the
    scenario's alone. That these terms act rests on judgement, not on calibration.

    Parameters
    ----------
    case, init, threads, progress, **options
        As in `forecast`.
    scenario : str
        Name of a what-if of the case.

    Returns
    -------
    xarray.Dataset
        As `forecast`, with a first dimension `arm`: baseline, scenario.

    Raises
    ------
    CaseError, BadRequest
        The case is not in order, or has no such what-if.
    """
    runtime = Runtime(threads=threads, progress=progress)
    return compare(Request(case=case, init=init, scenario=scenario, **options), runtime)  # type: ignore[arg-type]


def run(request: Request, runtime: Runtime = HERE) -> xr.Dataset:
    """Run a request and keep every member."""
    from headlong.forecast.results.dataset import collect

    if runtime.cluster is not None:
        from headlong.forecast.pieces.on_cluster import run_on

        return run_on(request, runtime)
    return collect(ready(request, runtime), runtime)


def ready(request: Request, runtime: Runtime, weighed: Particles | None = None) -> Ensemble:
    """Ensemble ready to run, the engine compiled meanwhile."""
    with compiling_aside() as engine_ready:
        ensemble = prepare(request, runtime, weighed)
        engine_ready()
    return ensemble


def compare(request: Request, runtime: Runtime = HERE) -> xr.Dataset:
    """Run a request without and with its scenario, on the same luck."""
    import xarray as xr

    from headlong.forecast.results.dataset import collect, members_fit

    chosen = request.case.scenario(request.scenario or "")
    base = ready(replace(request, scenario=None, acting=True), runtime)
    members_fit(base, arms=2)
    ensembles = [base, prepare(request, runtime, base.particles)]
    arms = [collect(ensemble, runtime) for ensemble in ensembles]
    shared = [
        str(v) for v in arms[0].data_vars if not {"member", "within", "area", "road"} & {*arms[0][v].dims}
    ]  # reports: the same in both
    said, arms = arms[0][shared], [arm.drop_vars(shared) for arm in arms]
    both = xr.concat(arms, xr.Variable("arm", ["baseline", "scenario"]), combine_attrs="override")
    both = both.assign(said.data_vars)
    both.attrs |= {
        "schema": "headlong-what-if/1",
        "scenario": chosen.name,
        "scenario_title": chosen.title,
        "scenario_what": chosen.what,
        "judgement": chosen.judgement,
        "acts_through": acts_through(chosen),
    }
    return both


def acts_through(scenario: Scenario) -> str:
    """Parameter through which a scenario acts: the one whose prior its effect depends on most."""
    if scenario.support is not None:
        return "support.worth"
    if scenario.leaders_stay:
        return "leaders.stand"
    if scenario.amnesty is not None:
        return "leaving.holdfast"
    return "strength.garrison" if scenario.ghost_share is not None else "crossings.scale"
