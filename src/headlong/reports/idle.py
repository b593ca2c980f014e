"""Reports that can move no place: they lack the place or the side that their claim needs, or speak of a refuge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict

from headlong.case.rows import Row
from headlong.reports.credibility import fits
from headlong.text import many

__all__ = ["IdleReport", "idle_from", "idle_in_words", "idle_reports"]

OF_LEADERS = frozenset({"fled", "captured", "stayed"})
"""Claims that need no place when they name a leader."""

SHOWN = 8
"""Reports that are named one by one in a sentence."""


class IdleReport(TypedDict):
    """A report that can move no place: its id, its row in its table (0 if it comes from none), and why."""

    id: str
    row: int
    why: str


def idle_reports(reports: Iterable[Row], places: Sequence[Row]) -> list[IdleReport]:
    """Return the reports that can move no place though their claim would, in the order of the rows.

    Claims that say nothing of who holds a place, like ``support``, are not among them.

    Parameters
    ----------
    reports, places : sequence of Row
        Rows of reports.csv and of places.csv.
    """
    abroad = {place["id"] for place in places if place["kind"] == "refuge"}
    found: list[IdleReport] = [
        {"id": row["id"], "row": row.line, "why": why} for row in reports if (why := why_idle(row, abroad))
    ]
    return sorted(found, key=lambda report: (report["row"], report["id"]))


def why_idle(row: Row, abroad: set[str]) -> str:
    """Return why a report can move no place, or nothing where it can or says nothing of that."""
    if set(fits(row["claim"], row["polarity"], row["interest"])) == {0.5}:
        return ""
    if row["leader"] and row["claim"] in OF_LEADERS and not row["place"]:
        return ""
    lacking = [name for name in ("place", "side") if not row[name]]
    if lacking:
        return f"'{row['claim']}' needs a {' and a '.join(lacking)} and has none"
    return f"{row['place']} is a refuge, which no side holds" if row["place"] in abroad else ""


def idle_from(texts: Iterable[str]) -> list[IdleReport]:
    """Return the reports that a forecast's file names as ``ID: why``, without their rows, which it does not know.

    Parameters
    ----------
    texts : iterable of str
        From the attribute ``idle_reports``.
    """
    parts = [text.partition(": ") for text in texts]
    return [{"id": name, "row": 0, "why": why} for name, _, why in parts]


def idle_in_words(idle: Sequence[IdleReport]) -> str:
    """Return a sentence on the reports that can move no place, by row and id, or nothing if there are none.

    Parameters
    ----------
    idle : sequence of IdleReport
        From `idle_reports`.
    """
    if not idle:
        return ""
    told = "; ".join(f"{row_and_id(report)}, {report['why']}" for report in idle[:SHOWN])
    more = f"; and {len(idle) - SHOWN:,} more" if len(idle) > SHOWN else ""
    return f"{many(len(idle), 'report')} can move no place: {told}{more}."


def row_and_id(report: IdleReport) -> str:
    """Return where a report stands: ``row 4 (r3)``."""
    return f"row {report['row']} ({report['id']})" if report["row"] else report["id"]
