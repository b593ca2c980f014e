"""Shapes of a verification's result: the type checker finds a key that was renamed."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from headlong.verify.scores.shapes import (
    ArrivalScores,
    ByName,
    CampScores,
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


class CampRow(Hindcast, CampScores):
    """People said and counted in camps in one hindcast."""


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
    """How often the number lay within its intervals, how often it was meant to, and its rank histogram.

    None, of this and all other intervals, where there are too few members.
    """

    inits: int
    inside_50: float | None
    inside_90: float | None
    meant_50: float | None
    meant_90: float | None
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
    camps: list[CampRow]
    statements: list[StatementScores]
