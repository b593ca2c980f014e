"""Shapes of score cards and of skill: the type checker finds a key that was renamed."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

ByName = dict[str, float]
"""A number by forecaster."""

Score = Literal["brier", "log", "count_crps"]
"""A score at one lead."""

HorizonScore = Literal["date_crps", "order"]
"""A score of the whole horizon."""


class LeadScores(TypedDict):
    """One hindcast at one lead: scores by forecaster; how our number and our chances fared."""

    observed: float
    expected: ByName
    brier: ByName
    log: ByName
    count_crps: ByName
    inside: list[float]
    pit: list[float]
    reliability: list[list[float]]
    ranked: float | None


class HorizonScores(TypedDict):
    """One hindcast over its whole horizon."""

    date_crps: ByName
    pairs: int
    order: ByName


class CapitalScores(TypedDict):
    """Chances given to a capital, and what came of it."""

    place: str
    fell: dict[int, float | None]
    fell_by_day: list[float]
    p: dict[str, dict[int, float]]
    by_day: list[float]
    date_crps: ByName | None


class ArrivalScores(TypedDict):
    """People said and reported to arrive in one refuge within one lead."""

    refuge: str
    stream: str
    lead: int
    reported: list[int]
    said: list[float | None]
    log_crps: ByName


class CampPeople(TypedDict):
    """One camp: people counted, and what was said (5, 50, 95 %)."""

    id: str
    counted: float
    said: list[float | None]


class CampScores(TypedDict):
    """People said and counted in camps at one lead; None where nobody was counted."""

    lead: int
    date: str
    counted: float
    error: dict[str, float | None]
    error_scaled: dict[str, float | None]
    log_crps: ByName
    inside_90: float | None
    camps: list[CampPeople]


class Card(TypedDict):
    """Score card of one hindcast; arrivals, camps and the sets of dates it belongs to are added to it."""

    case: str
    day: int
    n: int
    undated: list[str]
    quiet: int
    changes_before: int
    leads: dict[int, LeadScores]
    horizon: HorizonScores | None
    capital: CapitalScores | None
    arrivals: NotRequired[list[ArrivalScores]]
    camps: NotRequired[list[CampScores]]
    sets: NotRequired[list[str]]


class Against(TypedDict):
    """Our skill against one reference, pooled over cases."""

    score: float
    skill: float
    skill_se: float | None
    skill_90: list[float] | None
    gain: float
    gain_se: float | None
    gain_90: list[float] | None
    won: int
    cases: int
    skill_without: ByName
    skill_by_case: ByName


class ScoreSkill(TypedDict):
    """Skill on one score: our pooled score, and every reference beside it."""

    ours: float
    by_case: ByName
    strongest: str | None
    against: dict[str, Against]
    ablations: dict[str, Against]


Skill = dict[str, dict[str, ScoreSkill]]
"""By lead, or ``horizon``, then by score."""


class StratumSkill(TypedDict):
    """Our skill in one stratum, against the strongest reference of all wars."""

    against: str | None
    skill: float


class StratumLead(TypedDict):
    """One stratum at one lead: changes expected and come, coverage of the number, skill by score."""

    expected: float
    came: float
    inside_90: float | None
    meant_90: float | None
    skill: dict[str, StratumSkill]


class Stratum(TypedDict):
    """Wars of one stratum."""

    cases: int
    inits: int
    leads: dict[str, StratumLead]


class Quiet(TypedDict):
    """Changes foreseen for a week in which none came, after weeks of quiet."""

    inits: int
    cases: int
    said: float


class Order(TypedDict):
    """Area under the curve of which places change hands."""

    inits: int
    auc: float


class StatementScores(TypedDict):
    """What an official or forecaster said of a capital, beside ours."""

    case: str
    by: str
    place: str
    what: str
    half_life: float
    source: str
    confidence: str
    init: str
    fell: dict[int, float | None]
    p: dict[int, float]
    ours: dict[int, float]
    by_day: list[float]
    ours_by_day: list[float]
    fell_day: list[float]
    date_crps: NotRequired[float]
    ours_date_crps: NotRequired[float]
