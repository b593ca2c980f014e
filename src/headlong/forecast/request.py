"""What is asked of a forecast, checked once; and how it is run, which cannot change a bit of it.

A `Request` holds all that the numbers depend on beside the code: the same request gives the same bits. A
forecast file carries it (`to_attrs`, and rows and draws that are not in the case or the package), so that the
file can be run again from itself: `headlong.forecast.rerun`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypedDict, get_args

from headlong.board.streams import MOST_SEED
from headlong.case import Case, open_case
from headlong.case.order import rows_in_order
from headlong.case.rows import Scenario
from headlong.errors import BadRequest, within
from headlong.forecast.checking import Notes, as_date, findings
from headlong.forecast.settings import MOST_MEMBERS, USUAL, Settings
from headlong.inference.bank import Bank, bank_for, bank_hash, load_bank, unseen
from headlong.reports.report_file import NOTHING_ADDED, Added, read_added

MOST_DAYS = 1826
"""Five years; memory grows with it, and is asked for before members run."""

Control = Literal["reports", "history", "start", "replay"]
"""Where control up to init is taken from: weighed reports, the case's history (hindcasts), or the case's start; in a
replay the history is followed past init, too, and only people are forecast."""

Reports = str | Path | Iterable[str | Path] | Added
"""Files with reports beyond the case's own."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Request:
    """What is asked of a forecast; what is wrong with it is said all at once.

    Parameters
    ----------
    case : Case, or str or Path
        A case, the name of a bundled one, or a folder.
    init : date or str, optional
        The evening it starts from; the case's own by default.
    days, members, seed : int
        Length, size of the ensemble, seed of the luck.
    scenario : str, optional
        Name of a what-if of the case.
    acting : bool
        Whether terms that rest on judgement act with their priors; under a scenario they do.
    control : str
        Where control up to init is taken from: ``reports``, ``history`` or ``start``; ``replay`` follows the history
        past init, too.
    reports : str, Path or several
        Files that add reports to the case's own.
    bank : str, Path or Bank, optional
        Parameters; by default the shipped bank that was calibrated without this case.
    settings : Settings
        How closely sums are worked out.
    """

    case: Case
    init: date = None  # type: ignore[assignment]
    days: int = 30
    members: int = 1000
    seed: int = 1
    scenario: str | None = None
    acting: bool = False
    control: Control = "reports"
    reports: Added = NOTHING_ADDED
    bank: Bank | None = None
    settings: Settings = USUAL

    def __post_init__(self) -> None:
        with findings() as wrong:
            for name, low, most in (
                ("days", 1, MOST_DAYS),
                ("members", 1, MOST_MEMBERS),
                ("seed", 0, MOST_SEED),
            ):
                with wrong():
                    object.__setattr__(self, name, within(name, getattr(self, name), low, most))
            with wrong():
                if self.control not in get_args(Control):
                    raise BadRequest(
                        f"control is '{self.control}': not one of {', '.join(get_args(Control))}."
                    )
            with wrong():
                if self.bank is not None and not isinstance(self.bank, Bank):
                    object.__setattr__(self, "bank", load_bank(Path(self.bank)))
            with wrong():
                if not isinstance(self.case, Case):
                    object.__setattr__(self, "case", open_case(self.case))
            if isinstance(self.case, Case):
                self._check_with_case(wrong)
        object.__setattr__(self, "acting", self.acting or self.scenario is not None)

    def _check_with_case(self, wrong: Notes) -> None:
        """Check what only the case can tell."""
        case = self.case
        with wrong():
            object.__setattr__(self, "init", as_date(self.init, case.init))
            if not case.covers(self.init):
                raise BadRequest(f"init {self.init} is outside the case's period, {case.period}.")
        with wrong():
            object.__setattr__(self, "scenario", self.scenario or None)
            if self.scenario:
                case.scenario(self.scenario)
        with wrong():
            if not isinstance(self.reports, Added):
                object.__setattr__(self, "reports", read_added(case, self.reports))
            if self.reports.rows and self.control == "start":
                raise BadRequest("control is 'start', so no report is used: leave out the files of reports.")
        with wrong():
            # an empty table says that nothing changed hands; a forecast must not depend on whether later rows
            # are there
            told = case.history or (case.folder / "history.csv").is_file()
            told = told or (self.control == "replay" and case.fighting)  # of what Flee knows that is all
            if self.control in ("history", "replay") and not told:
                what = "control is not known" if self.control == "history" else "there is nothing to replay"
                raise BadRequest(
                    f"{case.id} has no history.csv, so {what}. Take control from reports, or from the start "
                    "(--control; in Python control=...)."
                )

    @cached_property
    def heard(self) -> Case:
        """The case with the reports of the request's own files added to its own."""
        both = (*self.case.reports, *self.reports.rows)
        return replace(self.case, reports=rows_in_order("reports", both, self.case.sides))

    @cached_property
    def past(self) -> Case:
        """What of the case may be used: what was known by init, and of that what `control` admits."""
        return as_known(self.heard, self.init, self.control)

    @property
    def override(self) -> Scenario | None:
        """The scenario in force."""
        return self.case.scenario(self.scenario) if self.scenario else None

    @cached_property
    def parameters(self) -> Bank:
        """The bank given, or the shipped one, without this war and its sisters on one map."""
        return bank_for(self.case.id) if self.bank is None else unseen(self.bank, self.case.id)

    def to_attrs(self) -> dict[str, object]:
        """All of the request as attributes of a file; rows of reports and draws of a bank by their hashes."""
        return {
            "case": self.case.id,
            "title": self.case.title,
            "case_hash": self.past.hash,
            "init": str(self.init),
            "days": self.days,
            "members": self.members,
            "seed": self.seed,
            "scenario": self.scenario or "",
            "acting": int(self.acting),
            "control": self.control,
            "report_files": json.dumps(self.reports.files, ensure_ascii=False),
            "report_files_hash": self.reports.by(self.init).hash,
            "bank": "shipped" if self.bank is None else "own",
            "bank_hash": bank_hash(self.parameters),
            "settings": json.dumps(asdict(self.settings)),
        }

    @classmethod
    def from_attrs(
        cls, attrs: Any, case: Case | str | Path, reports: Added = NOTHING_ADDED, bank: Bank | None = None
    ) -> Request:
        """The request that `to_attrs` wrote, given its case, and its reports and bank if it had any of its own."""
        try:
            return cls(
                case=case,  # type: ignore[arg-type]
                init=str(attrs["init"])[:10],  # type: ignore[arg-type]
                days=int(attrs["days"]),
                members=int(attrs["members"]),
                seed=int(attrs["seed"]),
                scenario=str(attrs["scenario"]) or None,
                acting=bool(attrs["acting"]),
                control=attrs["control"],
                reports=reports,
                bank=bank,
                settings=Settings(**json.loads(attrs["settings"])),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BadRequest(f"the file does not say how it was made (no usable {error}).") from error


class Common(TypedDict, total=False):
    """What nowcast and forecast alike hand on to `Request`, but for the case and init."""

    seed: int
    control: Control
    reports: Reports
    bank: str | Path | Bank | None
    settings: Settings


class Options(Common, total=False):
    """The same for all that looks ahead."""

    days: int
    members: int


def as_known(case: Case, init: date, control: Control) -> Case:
    """Keep what may be used: what was known by init; history only if control is taken from it, else reports.

    A replay is told all there was of control, crossings, refuges and fighting; not where people went.
    """
    past = replace(case.known_by(init), repulses=())
    if control == "replay":
        beyond = ("history", "crossings", "refuges", "fighting")
        return replace(past, **{table: getattr(case, table) for table in beyond})
    if control == "history":
        return past
    past = replace(past, history=())
    return past if control == "reports" else replace(past, reports=())
