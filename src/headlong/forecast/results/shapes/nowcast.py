"""Shapes of what the terminal and ``--json`` read of a nowcast."""

from __future__ import annotations

from typing import TypedDict

from headlong.forecast.results.shapes.forecast import SideName
from headlong.reports.idle import IdleReport


class Holder(TypedDict):
    """A place's likeliest holder, since when, and the reports for and against."""

    id: str
    name: str
    kind: str
    holder: str | None
    p: float
    held_by: dict[str, float]
    since: str | None
    rests_on: list[str]
    contradicted_by: list[str]


class Dispute(TypedDict):
    """Whether a place is contested, and what would settle it."""

    contested: bool
    unanswered: list[str]
    settled_by: dict[str, dict[str, float]]


class NowcastPlace(Holder, Dispute):
    """A place on one evening; `error` is the standard error of its chances."""

    error: float


class ReportEntry(TypedDict):
    """A report: as it stands in the table, what it is worth and what it did."""

    id: str
    published_at: str
    event_date: str
    place: str | None
    claim: str
    side: str | None
    leader: str | None
    polarity: str
    source_class: str
    verification: str
    interest: str
    origin: str
    outlet: str
    words: str
    weight: float | None
    counted: float
    before: float | None
    after: float | None
    country_before: float | None
    country_after: float | None


class SourceEntry(TypedDict):
    """A class of sources, and how far it is relied on."""

    source_class: str
    reliability: float
    interval_90: list[float]
    prior: float
    claims: int


class EffectiveEntry(TypedDict):
    """Effective number of particles after a day."""

    day: str
    effective: float


class ParticlesEntry(TypedDict):
    """How many histories carry a nowcast."""

    number: int
    effective: float
    ancestors: float
    by_day: list[EffectiveEntry]


class NowcastSummary(TypedDict):
    """A nowcast in plain numbers."""

    schema: str
    case: str
    title: str
    init: str
    version: str
    sides: list[SideName]
    places: list[NowcastPlace]
    reports: list[ReportEntry]
    sources: list[SourceEntry]
    particles: ParticlesEntry
    left_out: dict[str, int]
    idle_reports: list[IdleReport]
    nothing_said: bool
    sentence: str
