"""What moved from one kept forecast to the next, and the reports that came between."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from headlong.archive.daily import Daily
from headlong.text import day, gap, percent

NEAR, FAR = 7, 30
"""Days within which chances are compared and kept over time."""

LEAST, LEAST_HELD = 0.03, 0.10
"""Smaller moves than these, of the chance of change and of who holds the place, are not told."""

TOLD = 3
"""Reports named in a line."""

LUCK = 2.0
"""Standard errors of the two ensembles that a move must be above: below, another seed might undo it."""


class Move(NamedTuple):
    """A place whose chances moved."""

    place: str
    name: str
    since: str
    init: str
    days: int
    p: float  # chance that it changes hands within the days
    before: float
    luck: float  # standard error of the difference, from the number of members
    holder: str  # likeliest at init
    p_holder: float
    holder_before: str
    p_holder_before: float
    reports: list[str]  # those that came between and name the place, the one that moved it most first
    effects: list[float | None]  # by how much each moved the chance that its side holds the place

    @property
    def changed_hands(self) -> bool:
        """Whether another side is now the likeliest holder."""
        return self.holder != self.holder_before

    def line(self) -> str:
        """The move in one line, without the name."""
        if self.changed_hands:
            text = f"now {self.holder} {percent(self.p_holder)} ({self.holder_before} "
            text += f"{percent(self.p_holder_before)} on {day(self.since)})"
        else:
            points = gap(round(100 * (self.p - self.before)))
            text = f"{percent(self.p)}, {points} since {day(self.since)}"
            if abs(self.p_holder - self.p_holder_before) >= LEAST_HELD:
                text += f"; {self.holder} {percent(self.p_holder)}, was {percent(self.p_holder_before)}"
        return f"{text}: {self.why()}"

    def why(self) -> str:
        """The reports behind the move, in words."""
        if not self.reports:
            return "no report of it"
        more = f" and {len(self.reports) - TOLD} more" if len(self.reports) > TOLD else ""
        return f"report{'s' if len(self.reports) > 1 else ''} {', '.join(self.reports[:TOLD])}{more}"


def new_reports(before: Daily, now: Daily, place: str) -> tuple[list[str], list[float | None]]:
    """Reports of a place that the forecast before had not heard, those that moved it most first."""
    fresh = [(name, r) for name, r in now.reports.items() if name not in before.reports]
    named = [(name, r.effect) for name, r in fresh if r.place == place]
    named.sort(key=lambda entry: (-abs(entry[1] or 0.0), entry[0]))
    return [name for name, _ in named], [effect for _, effect in named]


def moved(before: Daily, now: Daily) -> list[Move]:
    """Places whose chances moved by more than luck explains, the largest moves first."""
    found = []
    for place in now.inside:
        if place not in before.places:
            continue
        move = move_of(before, now, place)
        told = abs(move.p - move.before) >= max(LEAST, LUCK * move.luck)
        if told or move.changed_hands or abs(move.p_holder - move.p_holder_before) >= LEAST_HELD:
            found.append(move)
    return sorted(found, key=lambda m: (not m.changed_hands, -abs(m.p - m.before), m.name))


def move_of(before: Daily, now: Daily, place: str) -> Move:
    """One place in two forecasts, moved or not."""
    days = now.window(NEAR)
    p, q = now.p_change(place, days), before.p_change(place, days)
    held, was = now.held(place), before.held(place)
    holder, once = (max(h, key=lambda side: h[side]) for h in (held, was))
    luck = float(np.sqrt(p * (1 - p) / now.members + q * (1 - q) / before.members))
    reports, effects = new_reports(before, now, place)
    return Move(
        place, now.name(place), str(before.init), str(now.init), days, p, q, luck, holder, held[holder], once,
        was[once] if holder != once else was[holder], reports, effects,
    )  # fmt: skip
