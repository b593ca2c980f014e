"""Shapes of what the terminal and ``--json`` read of a forecast: the type checker finds a key that was renamed."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from headlong.reports.idle import IdleReport

ByWindow = dict[str, float]
"""Chances by the number of days within which; days are text, as in JSON."""


Headcount = dict[str, int | None]
"""P10, P50 and P90 of a number of people; P10 and P90 are None of too few members."""

ByDay = dict[str, Headcount]
"""The same by day after init."""


class SideName(TypedDict):
    """A side."""

    id: str
    name: str


class CountEntry(TypedDict):
    """A number of places: quantiles and mean; as of all that lies beside the median, None of too few members."""

    p05: int | None
    p25: int | None
    p50: int
    p75: int | None
    p95: int | None
    mean: float


class PlaceCivilians(TypedDict, total=False):
    """Civilians of a place: displaced people after some days, chances of being cut off within them."""

    displaced: ByDay
    cut_off_at_init: float
    p_cut_off: ByWindow
    refugees_by_day: ByDay


class SeatEntry(TypedDict):
    """A capital."""

    id: str
    name: str
    holder: str | None
    p_change: ByWindow


class PlaceEntry(SeatEntry, PlaceCivilians):
    """A place: who holds it, when it may change hands, to whom and how."""

    kind: str
    held_by: dict[str, float]
    median_date: str | None
    interval_50: list[str | None] | None
    interval_90: list[str | None] | None
    to: dict[str, float]  # over all members: of a place in doubt its likeliest holder at init is among them
    ways: dict[str, float]


class CrossingEntry(TypedDict):
    """A crossing: people by stream."""

    id: str
    name: str
    p50: dict[str, int]
    p90: dict[str, int | None]
    queue_p90: int | None
    civilians_by_day: ByDay


class LeaderEntry(TypedDict):
    """A leader."""

    id: str
    name: str
    role: str
    p_fled: float
    p_captured: float
    before_init: str | None


class CountryCivilians(TypedDict, total=False):
    """People displaced before init, and those who have left home since, after some days."""

    before_init: int
    new: ByDay
    abroad_before_init: int
    abroad: ByDay


class Displaced(CountryCivilians):
    """Displaced people in all places on the last day, and how they came to be."""

    p50: int
    p90: int | None


class AreaEntry(TypedDict):
    """An area inside: displaced people in it (stock), and who has left home there since init (new), after some days."""

    name: str | None
    stock_at_init: int
    stock: ByDay
    new: ByDay


RoadEntry = TypedDict(
    "RoadEntry",
    {"from": str, "to": str, "from_name": str, "to_name": str, "people": ByDay},
)
"""A road in one direction: people who took to it since init, after some days."""


class Asked(TypedDict):
    """What was asked for; the command line adds `track_record`, and to `idle_reports` their rows."""

    track_record: NotRequired[Any]
    idle_reports: NotRequired[list[IdleReport]]
    schema: str
    case: str
    title: str
    init: str
    days: int
    members: int
    seed: int
    version: str


class ForecastSummary(Asked):
    """A forecast in plain numbers."""

    scenario: str
    sides: list[SideName]
    places: list[PlaceEntry]
    changes: dict[str, CountEntry]
    fallen: dict[str, CountEntry]
    capital: list[SeatEntry]
    crossings: list[CrossingEntry]
    ways: dict[str, float]
    leaders: list[LeaderEntry]
    displaced: Displaced
    areas: list[AreaEntry]
    roads: list[RoadEntry]
    assumptions: list[str]
    control_from: str
    calibrated_on: list[str]
    effective_draws: float
    p_least: float  # share of one member: a chance of 0.0 is below it, one of 1.0 above 1 less it
    sentence: str
