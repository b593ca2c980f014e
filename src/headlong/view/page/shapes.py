"""Shape of the header of a page, said here once; `viewer/src/core/header.ts` is its twin, and a test compares them."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from headlong.archive.shapes import OverTime
from headlong.verify.results.record_shapes import TrackRecord
from headlong.view.figures.basemap import Land

WordTable = dict[str, str | dict[str, str]]
"""Words of the interface in one language, as in its file; some are tables of words."""


class Report(TypedDict):
    """A report, what it is worth and what it did; a number is None where there is none."""

    id: str
    published_at: str | None
    event_date: str | None
    place: str
    claim: str
    side: str
    leader: str
    polarity: str
    source_class: str
    verification: str
    interest: str
    outlet: str
    origin: str
    words: str
    weight: float | None
    counted: float | None
    before: float | None
    after: float | None
    country_before: float | None
    country_after: float | None
    idle: str


class SourceRow(TypedDict):
    """How much a class of sources can be relied on, with its spread."""

    name: str
    reliability: float | None
    reliability_low: float | None
    reliability_high: float | None
    reliability_prior: float | None
    reliability_reports: float | None


class ReportsBlock(TypedDict):
    """Reports, sources, and the effective number of particles after each day."""

    rows: list[Report]
    sources: list[SourceRow]
    ess: list[tuple[str, float | None]]


class Track(TypedDict):
    """The track record."""

    record: TrackRecord


class PagePast(TypedDict):
    """Who held what before init: the holder on the first day, then each change as day, place, side."""

    days: int
    holder: list[int]
    changes: list[tuple[int, int, int]]
    source: str


class Flows(TypedDict):
    """Roads that anybody takes, one for each direction: days that are kept, and pairs of places."""

    days: list[int]
    roads: list[tuple[int, int]]


class WhatIf(TypedDict):
    """The scenario of a what-if."""

    scenario: str
    scenario_title: str
    scenario_what: str
    judgement: str


class ArmHeader(TypedDict):
    """Which series of numbers of people an arm has, and the largest number."""

    series: list[str]
    kept: list[str]
    ends: list[str]
    top: float


class Names(TypedDict):
    """What was asked for, and the names along the dimensions."""

    format: str
    attrs: dict[str, Any]
    members_run: int
    few_members: int
    members: int
    days: int
    init: str
    places: list[list[Any]]
    sides: list[list[Any]]
    crossings: list[int]
    leaders: list[list[Any]]
    streams: list[str]
    ways: list[str]
    statuses: list[str]
    levels: list[float]
    displaced_levels: list[float]
    reports: ReportsBlock | None
    whatif: WhatIf | None
    words: dict[str, WordTable]


class OfCase(TypedDict, total=False):
    """What only the case or an archive knows: roads as two places, kilometres and class; what lies abroad."""

    roads: list[tuple[int, int, int, str]]
    roles: dict[str, str]
    licence: str
    case_same: bool
    scenarios: list[tuple[str, str, str]]
    refuges: dict[str, str]
    countries: dict[str, str]
    over_time: OverTime


class BesideHeader(OfCase, total=False):
    """What stands beside the forecast."""

    track: Track | None
    land: Land | None


class Header(Names, BesideHeader):
    """The whole header."""

    arms: NotRequired[list[ArmHeader]]
    cut_off: NotRequired[list[int]]
    contested: NotRequired[list[int]]
    past: NotRequired[PagePast]
    flows: NotRequired[Flows]
