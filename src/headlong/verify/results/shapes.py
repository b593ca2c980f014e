"""Shapes of a verification's result and of the track record: the type checker finds a key that was renamed."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from headlong.verify.scores.shapes import (
    ArrivalScores,
    ByName,
    CapitalScores,
    Order,
    Quiet,
    Skill,
    StatementScores,
    Stratum,
)


class Hindcast(TypedDict):
    """Which hindcast a row is of."""

    case: str
    init: str
    sets: list[str]


class ScoreRow(Hindcast):
    """Scores of one hindcast at one lead, or of its whole horizon (lead ``horizon``)."""

    lead: int | str
    n: int
    observed: NotRequired[float]
    expected: NotRequired[ByName]
    brier: NotRequired[ByName]
    log: NotRequired[ByName]
    count_crps: NotRequired[ByName]
    date_crps: NotRequired[ByName]
    pairs: NotRequired[int]
    order: NotRequired[ByName]


class CapitalRow(Hindcast, CapitalScores):
    """Chances given to the capital in one hindcast."""


class ArrivalRow(Hindcast, ArrivalScores):
    """Arrivals said and reported in one hindcast."""


class CaseEntry(TypedDict):
    """A case by name, and what was assumed of it."""

    id: str
    title: str
    assumed: list[str]
    left_to_prior: list[str]
    stratum: str


ReliabilityRow = TypedDict(
    "ReliabilityRow", {"from": float, "to": float, "n": int, "said": float, "came": float}
)
"""A class of chances: how many, their mean, how often it came."""


class Coverage(TypedDict):
    """How often the number lay within its intervals, how often it was meant to, and its rank histogram."""

    inits: int
    inside_50: float
    inside_90: float
    meant_50: float
    meant_90: float
    pit: list[float]


class Burst(TypedDict):
    """Changes foreseen and come after bursts in one case."""

    inits: int
    foreseen: float
    came: float


class Bursts(TypedDict):
    """Changes after bursts, by case."""

    rule: str
    by_case: dict[str, Burst]


class CapitalChances(TypedDict):
    """Chances given to capitals of one fate, by forecaster."""

    inits: int
    cases: list[str]
    mean_p: ByName
    most: ByName


class SetSummary(TypedDict):
    """Everything that is pooled over one set of dates; by lead where it has one."""

    inits: int
    skill: Skill
    strata: dict[str, Stratum]
    quiet: Quiet | None
    order: dict[str, Order]
    reliability: dict[str, list[ReliabilityRow]]
    counts: dict[str, Coverage]
    bursts: dict[str, Bursts]
    capital: dict[str, dict[str, CapitalChances]]


class Verification(TypedDict):
    """What ``headlong verify --json`` prints."""

    schema: str
    version: str
    rule: str
    members: int
    seed: int
    leads: list[int]
    cases: list[CaseEntry]
    rows: list[ScoreRow]
    sets: dict[str, SetSummary]
    capitals: list[CapitalRow]
    arrivals: list[ArrivalRow]
    statements: list[StatementScores]


class StrongestBrief(TypedDict):
    """The strongest reference on one score and lead."""

    reference: str
    ours: float
    theirs: float
    skill: float
    interval_90: list[float]
    won: int
    cases: int


class BurstsBrief(TypedDict):
    """Changes foreseen and come after bursts, all cases together."""

    rule: str
    foreseen: float
    came: float


class CapitalBrief(TypedDict):
    """Mean chance given to capitals of one fate."""

    mean_p: float
    dates: int
    cases: int


class CoverageBrief(TypedDict):
    """`Coverage`, rounded."""

    dates: int
    inside_50: float
    inside_90: float
    meant_50: float
    meant_90: float
    pit: list[float]


class StratumBrief(TypedDict):
    """One stratum at one lead, rounded."""

    expected: float
    came: float
    inside_90: float
    meant_90: float
    skill: ByName


class AblationBrief(TypedDict):
    """Skill of the whole over the model without one term, at one lead."""

    skill: float
    interval_90: list[float]
    won: int
    cases: int


class WarDates(TypedDict):
    """Every past date of one war: its first, and a row each."""

    first: str
    rows: list[list[float | None]]


class PastDates(TypedDict):
    """Every past date, by war."""

    leads: list[int]
    cases: dict[str, WarDates]


class Record(TypedDict):
    """The track record in short; `past` only if asked for. In `strata`, numbers stand beside leads."""

    version: str
    rule: str
    cases: list[str]
    dates: int
    strongest: dict[str, dict[str, StrongestBrief]]
    reliability: dict[str, list[list[float]]]
    after_bursts: BurstsBrief | None
    capital_30: dict[str, CapitalBrief]
    count_90_inside: ByName
    counts: dict[str, CoverageBrief]
    strata: dict[str, dict[str, int | StratumBrief]]
    ablations: dict[str, dict[str, AblationBrief]]
    past: NotRequired[PastDates]
