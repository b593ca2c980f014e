"""Observations: what a report would say of each state of its place, and how far its source is believed.

Given who holds a place on the evening of the claimed day, and for how long he has, a source of reliability
`r` publishes the claim with relative chance ::

    r * fit + (1 - r) * (1 - fit) / base_rate_ratio

where `fit` (claims.csv) is 1 where the claim describes the state and 0 where it contradicts it. Where that would
speak for the opposite of the claim, all states are alike. Fit falls with the days since the change for a claim of
taking, and leaves room for what changed since the morning for a claim of holding: the delay law. `base_rate_ratio`
keeps `r` the share of claims that are true: most places do not change hands today, so one that is said to is not
picked by chance. Claims that say nothing of who holds a place fit all states alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from headlong.case.rows import Row
from headlong.reports.confirmed import published
from headlong.reports.credibility import CLASSES, GROUPS, base_rate_ratio, fits, value
from headlong.reports.duplicates import CLOSE, asserts, counting_shares, says_otherwise

__all__ = ["Observation", "group_of", "observe", "speaks_of_control"]

NEUTRAL = (0.5,) * 6

CONTRADICTS = 0.05
"""A claim contradicts a state that it fits less than this: it does not describe what was so."""

TAKING = frozenset({"fell", "handed_over"})
"""Claims that a side has taken a place."""


class Observation(NamedTuple):
    """One report as the filter sees it."""

    row: Row
    published: date
    event: date
    day: int  # of the claimed event, days since the case's start
    out: int  # of publication
    cell: int  # class and group of the source: index into CLASSES x GROUPS
    shift: float  # log-odds added to the cell's reliability
    confirmed: bool  # believed whoever speaks, and teaches nothing of its class
    fit: tuple[float, ...]
    base_rate_ratio: float  # places that it could be claimed of falsely, for each of which it is true
    counted: float  # share that counts beside copies


def group_of(row: Row, earlier: Sequence[Row] = ()) -> str:
    """Return the group of a claim: plain, interested, admitted or denial.

    A side that says for itself that it holds what one of the `earlier` reports says to be gone denies it.
    """
    if row["interest"] == "own_failure":
        return "admitted"
    if row["polarity"] == "denied":
        return "denial"
    if any(says_otherwise(row, r) and published(row) - published(r) <= CLOSE for r in earlier):
        return "denial"
    return "interested" if row["interest"] == "own_success" else "plain"


def shift_of(row: Row) -> float:
    """Return the log-odds that verification adds to the reliability of a claim's cell."""
    if row["verification"] == "confirmed":
        return 0.0
    added = value("verification", row["verification"] or "attributed")
    if row["source_class"] in ("social_media", "none"):
        added = 0.0
    if row["polarity"] == "denied" and row["interest"] in (None, "none"):
        added += value("verification", "disinterested")
    return added


def _key(row: Row) -> tuple[str, str, str | None]:
    """Return what finds a claim's row in claims.csv."""
    return row["claim"], row["polarity"], row["interest"]


def speaks_of_control(row: Row) -> bool:
    """Say whether a report can tell who holds a place."""
    return bool(row["place"] and row["side"]) and set(fits(*_key(row))) != {0.5}


def fits_of(row: Row) -> tuple[float, ...]:
    """Return how well a report fits each state of its place; a confirmed one not at all what it contradicts."""
    if not speaks_of_control(row):
        return NEUTRAL
    found = fits(*_key(row))
    if row["verification"] == "confirmed":
        return tuple(0.0 if fit < CONTRADICTS else fit for fit in found)
    return found


def rarity(row: Row, near: Sequence[Row] = ()) -> float:
    """Return how rare what a report claims is among the places that sources speak of.

    Who says of himself that he took many places within days no longer picks one of many: what only he says of k
    places is k times less rare each, down to what anybody's word of a taking is.

    Parameters
    ----------
    row
        The report.
    near
        Reports published on its day and within the days before, itself among them.
    """
    rare = base_rate_ratio(*_key(row)) if speaks_of_control(row) else 1.0
    if not _own_taking(row):
        return rare
    others = [r for r in near if r["side"] == row["side"]]
    own = {r["place"] for r in others if _own_taking(r)}
    told = {r["place"] for r in others if r["claim"] in TAKING and not _own_taking(r) and asserts(r)}
    alone = len((own - told) | {row["place"]})
    return min(rare, max(base_rate_ratio(row["claim"], "asserted"), rare / alone))


def _own_taking(row: Row) -> bool:
    """Whether a side says, and nobody has confirmed, that it took a place itself."""
    own = row["interest"] == "own_success" and row["verification"] != "confirmed"
    return own and row["claim"] in TAKING and asserts(row) and speaks_of_control(row)


def observe(reports: Iterable[Row], start: date, day: date) -> list[Observation]:
    """Return the observations published by `day`, in an order that the order of rows does not change.

    Who holds what on the evening of the start is known, so claims about that day are heard a day later, and what
    was published before is left aside.

    Parameters
    ----------
    reports : iterable of Row
        Rows of reports.csv.
    start, day : date
        The case's start, and the evening up to which publications are known.
    """
    rows = [r for r in reports if start <= published(r) <= day]
    rows.sort(key=lambda r: (published(r), str(r["published_at"]), r["id"]))
    found, since, until = [], 0, 0
    for k, (row, counted) in enumerate(zip(rows, counting_shares(rows), strict=True)):
        while published(row) - published(rows[since]) > CLOSE:
            since += 1
        while until < len(rows) and published(rows[until]) <= published(row):
            until += 1
        event = min(row["event_date"] or published(row), published(row), day)
        cell = CLASSES.index(row["source_class"]) * len(GROUPS) + GROUPS.index(group_of(row, rows[since:k]))
        fit = fits_of(row)
        found.append(
            Observation(
                row, published(row), event, min(max(1, (event - start).days), (day - start).days),
                (published(row) - start).days, cell, shift_of(row),
                row["verification"] == "confirmed", fit, rarity(row, rows[since:until]), counted,
            )
        )  # fmt: skip
    return sorted(found, key=lambda o: (o.day, o.published, o.row["id"]))
