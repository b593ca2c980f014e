"""Shape of what the terminal and ``--json`` read of a what-if."""

from __future__ import annotations

from typing import TypedDict

from headlong.forecast.results.shapes.forecast import (
    Asked,
    ByWindow,
    CountEntry,
    CrossingEntry,
    Displaced,
    LeaderEntry,
)


class Interval(TypedDict):
    """Mean of a difference over members, and its 90 % interval; None for the interval of too few members."""

    mean: float
    low: float | None
    high: float | None


class ScenarioEntry(TypedDict):
    """A scenario by name."""

    name: str
    title: str
    what: str


class MovedChance(TypedDict):
    """Chances of changing hands on both sides of a what-if, and their difference, by window."""

    baseline: ByWindow
    scenario: ByWindow
    difference: dict[str, Interval]


class MovedPlace(TypedDict):
    """A place in a what-if."""

    id: str
    name: str
    kind: str
    p_change: MovedChance


class MovedNumber(TypedDict):
    """How many places change hands within the longest window on both sides, and the difference."""

    window: int
    baseline: CountEntry
    scenario: CountEntry
    difference: Interval


class MovedCrossing(TypedDict):
    """A crossing on both sides."""

    id: str
    name: str
    baseline: CrossingEntry
    scenario: CrossingEntry


class BothDisplaced(TypedDict):
    """Displaced people on both sides."""

    baseline: Displaced
    scenario: Displaced


class LeaderChances(TypedDict):
    """A leader's chances."""

    p_fled: float
    p_captured: float


class MovedLeader(LeaderEntry):
    """A leader in the baseline, and his chances in the scenario."""

    scenario: LeaderChances


class ByJudgement(TypedDict):
    """Mean difference where the parameter that the scenario acts through is weak, and where it is strong.

    None of too few members.
    """

    parameter: str
    weak: float | None
    strong: float | None


class WhatIfSummary(Asked):
    """A what-if in plain numbers."""

    scenario: ScenarioEntry
    places: list[MovedPlace]
    changes: MovedNumber
    crossings: list[MovedCrossing]
    displaced: BothDisplaced
    leaders: list[MovedLeader]
    judgement: list[str]
    by_judgement: ByJudgement
    sentence: str
