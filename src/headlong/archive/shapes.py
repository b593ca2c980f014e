"""Shapes of what an archive says: over time, scores, its list, what was kept, what moved."""

from __future__ import annotations

from typing import TypedDict


class PlaceOverTime(TypedDict):
    """One place by init; None where a forecast does not know it."""

    id: str
    name: str
    p_near: list[float | None]
    p_far: list[float | None]
    held: list[list[float] | None]
    reports: list[list[str]]


class OverTime(TypedDict):
    """Kept forecasts over time, for the page."""

    format: str
    case: str
    days: list[int]
    inits: list[str]
    kept_at: list[str]
    members: list[int]
    changed: list[list[str]]
    sides: list[str]
    places: list[PlaceOverTime]
    left_out: list[str]


class LeadSummary(TypedDict):
    """Scores at one lead; None where the number could not be scored."""

    lead: int
    came: float
    foreseen: float
    brier: float
    brier_nothing: float
    log: float
    count_crps: float | None
    count_crps_nothing: float | None


class ScoreMean(LeadSummary):
    """Their means over kept forecasts."""

    inits: int


class KeptScore(LeadSummary):
    """Those of one kept forecast."""

    init: str
    places: int


class ArchiveScores(TypedDict):
    """Scores of an archive."""

    schema: str
    case: str
    known_to: str
    rows: list[KeptScore]
    means: list[ScoreMean]
    notes: list[str]


class Chance(TypedDict):
    """A place and its chance to change hands."""

    id: str
    name: str
    p: float


class KeptEntry(TypedDict):
    """One kept forecast in short; of too few members the number has no P05 and no P95."""

    init: str
    kept_at: str
    members: int
    reports: int
    within: int
    number: dict[str, int | None]
    likeliest: list[Chance]
    capitals: list[Chance]
    differs: list[str]


class Listed(TypedDict):
    """The list of an archive."""

    schema: str
    folder: str
    case: str
    title: str
    days: int
    kept: list[KeptEntry]
    left_out: list[str]


class Moves(TypedDict):
    """What moved up to one kept forecast; `places` are the fields of `headlong.archive.moves.Move` and its line."""

    init: str
    since: str | None
    within: int
    new_reports: list[str]
    differs: list[str]
    places: list[dict[str, object]]
    lines: list[tuple[str, str]]
    same: int


class KeptNow(TypedDict):
    """What came of keeping some days."""

    schema: str
    folder: str
    kept: list[KeptEntry]
    there: list[str]
    moved: list[Moves]
    notes: list[str]
    faults: list[str]
    left_out: list[str]
