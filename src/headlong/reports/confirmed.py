"""Which reports settle who holds a place.

A report settles it when it is confirmed, or when a side admits its own loss, and it is not a denial. Other
claims are left aside here; weighing claims that contradict each other is another matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from headlong.case.rows import Row

__all__ = ["Settled", "settled"]

TAKES = frozenset({"fell", "handed_over"})
"""Claims whose side is the one that takes the place."""


class Settled(NamedTuple):
    """A place and who holds it from a day on."""

    latest: date  # day from which it is so
    earliest: date  # day on which it may have become so
    place: str
    holder: str


def published(row: Row) -> date:
    """Day on which a report was published."""
    stamp = row["published_at"]
    return stamp.date() if isinstance(stamp, datetime) else stamp


def settles(row: Row) -> bool:
    """Whether a report settles who holds its place."""
    if not row["place"] or not row["side"] or row["polarity"] == "denied" or row["verification"] == "denied":
        return False
    admitted = row["interest"] == "own_failure" and row["verification"] == "attributed"
    if row["claim"] == "held":
        return bool(row["verification"] == "confirmed")
    return row["claim"] in TAKES and (row["verification"] == "confirmed" or admitted)


def settled(reports: Iterable[Row], start: date, day: date) -> list[Settled]:
    """Reports published by `day` that settle who holds a place, in the order of the events.

    A status ("held") says since when only up to the report before it on the same place.
    """
    rows = [r for r in reports if published(r) <= day and settles(r)]
    rows.sort(key=lambda r: (r["event_date"] or published(r), published(r), r["id"]))
    seen: dict[str, date] = {}
    found = []
    for row in rows:
        when = min(row["event_date"] or published(row), day)
        since = seen.get(row["place"], start) if row["claim"] == "held" else when
        found.append(Settled(when, min(since, when), row["place"], row["side"]))
        seen[row["place"]] = max(when, seen.get(row["place"], start))
    return found


GONE = frozenset({"fled", "captured"})
"""Claims that say a leader has left."""


def gone(reports: Iterable[Row], day: date) -> dict[str, str]:
    """Leaders whom reports published by `day` say to have fled or been captured, with the latest claim.

    Unverified claims and denials are left aside.
    """
    rows = [r for r in reports if published(r) <= day and r["leader"] and r["claim"] in GONE]
    rows = [r for r in rows if r["polarity"] != "denied" and r["verification"] in ("confirmed", "attributed")]
    rows.sort(key=lambda r: (r["event_date"] or published(r), published(r), r["id"]))
    return {r["leader"]: r["claim"] for r in rows}
