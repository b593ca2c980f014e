"""Shape of the track record in short: the type checker finds a key that was renamed."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from headlong.verify.scores.shapes import ByName


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


class TrackRecord(TypedDict):
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
