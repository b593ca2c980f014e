"""Who held what up to a day: from history (a hindcast's known control) or from settled reports.

A change with a likeliest day is taken to have happened on it, however wide the interval round it. One without,
whose day is not known within `SHARP_DAYS`, is used from the day it was certain; until then the place is left out of
the count of what was held and lost, and the change is no news.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.world import NOBODY
from headlong.case import Case, day_counted
from headlong.inputs.geography import Geography
from headlong.reports.confirmed import settled
from headlong.text import many

SHARP_DAYS = 3
"""Changes dated more loosely than this are not counted on any day [days]."""


class Change(NamedTuple):
    """One place passing from one side to another."""

    day: int  # days since the case's start
    place: int
    loser: int  # side, or NOBODY
    taker: int
    since: int  # first day on which it may have happened; more than SHARP_DAYS before: day not known

    @property
    def sharp(self) -> bool:
        """Whether the day is known well enough to count."""
        return self.day - self.since <= SHARP_DAYS


class Past(NamedTuple):
    """Holders at the case's start and all changes up to `days` later, by day."""

    days: int
    holder: tuple[int, ...]
    changes: tuple[Change, ...]
    source: str


def holders_by_day(past: Past) -> NDArray[np.int64]:
    """Who held each place on every evening (T + 1, P), or NOBODY."""
    found = np.tile(np.array(past.holder, np.int64), (past.days + 1, 1))
    for change in past.changes:
        found[change.day :, change.place] = change.taker
    return found


def at_start(case: Case, where: Geography) -> list[int]:
    """Side that holds each place on the evening of the case's start, or NOBODY."""
    return [where.side.get(p["held_by"] or "", NOBODY) for p in case.places]


def known_past(case: Case, where: Geography, day: date) -> Past:
    """Past up to `day` from the case's history: what is known in hindsight, up to that day."""
    rows = sorted(
        ((day_counted(r), r.get("date") or r["earliest"], where.place[r["place"]], r["to_side"])
         for r in case.history if day_counted(r) <= day),
        key=lambda row: row[:2],
    )  # fmt: skip
    return _replay(case, where, day, rows, "history up to that day")


def reported_past(case: Case, where: Geography, day: date) -> Past:
    """Past up to `day` from reports published by then that settle who holds a place."""
    rows = [
        (claim.latest, claim.earliest, where.place[claim.place], claim.holder)
        for claim in settled(case.reports, case.start, day)
    ]
    source = "confirmed reports published by then"
    if not rows:
        days = (day - case.start).days
        source = "holders at the start of the case" + (f", {many(days, 'day')} before" if days else "")
    return _replay(case, where, day, rows, source)


def _replay(
    case: Case, where: Geography, day: date, rows: Iterable[tuple[date, date, int, str | None]], source: str
) -> Past:
    """Turn dated holders into changes; what changes nothing is no change."""
    holder = at_start(case, where)
    now, last = list(holder), [0] * len(holder)
    changes = []
    for latest, earliest, place, name in rows:
        taker = where.side.get(name or "", NOBODY)
        when, since = (max(0, (d - case.start) / timedelta(days=1)) for d in (latest, earliest))
        when, since = int(when), max(int(since), last[place])
        if taker != now[place]:
            changes.append(Change(when, place, now[place], taker, since))
        now[place], last[place] = taker, when
    ordered = sorted(changes, key=lambda c: c.day)
    return Past((day - case.start).days, tuple(holder), tuple(ordered), source)
