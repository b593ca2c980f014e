"""Who is under arms where: garrisons, fighters in the field, men who can be called up.

Strengths are the weakest of all tables, so a garrison is a range, drawn anew by each member.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.world import NOBODY
from headlong.case import Case
from headlong.case.rows import Row
from headlong.inputs.geography import Geography

USUAL = {"capital": 5000, "provincial_capital": 500, "port": 500, "town": 150, "crossing": 80, "refuge": 0}
"""Garrison where the table has none, by kind of place (judgement; spread threefold each way)."""

SPREAD = 3.0

FIELD = 5000
"""Fighters in the field of a side that is not the incumbent, where the table has no total (judgement)."""

PRESENT = 0.5
"""Part of the paper strength that is there, where no effective strength is given (prior Beta(4, 4))."""


class Forces(NamedTuple):
    """Strengths; P places, S sides."""

    muster: NDArray[np.float64]  # (2, P) bounds of the holder's garrison [people]
    field: NDArray[np.int64]  # (S) fighters who hold no place
    pool: NDArray[np.int64]  # (P, S) men who can be called up at a leader's base
    typical: NDArray[np.float64]  # (S) median garrison
    paper: NDArray[np.float64]  # (S) paper over effective strength, at least 1


def bounds(row: Row) -> tuple[float, float]:
    """Low and high effective strength of one unit; both 0 where nothing is known."""
    low, high = row["effective_low"], row["effective_high"]
    if low is None and high is None:
        half = PRESENT * (row["nominal"] or 0)
        return 0.5 * half, 1.5 * half
    low, high = (high if low is None else low), (low if high is None else high)
    return float(min(low, high)), float(max(low, high))


def read_forces(case: Case, where: Geography, holder: NDArray[np.int64]) -> Forces:
    """Strengths of all sides, given who holds each place."""
    places, sides = len(where.ids), len(where.sides)
    muster, pool = np.zeros((2, places)), np.zeros((places, sides), np.int64)
    for row in case.garrisons:
        if row["side"] not in where.side or not row["place"] or row["kind"] == "total":
            continue
        s, i = where.side[row["side"]], where.place[row["place"]]
        low, high = bounds(row)
        if row["kind"] == "militia":
            pool[i, s] += round((low + high) / 2)
        elif holder[i] == s:
            muster[:, i] += (max(1.0, low), max(1.0, high))
    for i, place in enumerate(case.places):
        if muster[0, i] == 0.0 and holder[i] != NOBODY:
            muster[:, i] = (USUAL[place["kind"]] / SPREAD, USUAL[place["kind"]] * SPREAD)
    middle = np.sqrt(muster[0] * muster[1])
    typical = np.array([np.median(middle[holder == s]) if (holder == s).any() else 1.0 for s in range(sides)])
    return Forces(muster, in_field(case, where, middle, holder), pool, typical, on_paper(case, where))


def musters(case: Case, where: Geography) -> NDArray[np.float64]:
    """Bounds of each place's garrison (S, 2, P) by the side that would hold it."""
    places = len(where.ids)
    return np.array([read_forces(case, where, np.full(places, s)).muster for s in range(len(where.sides))])


def in_field(
    case: Case, where: Geography, middle: NDArray[np.float64], holder: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Fighters who hold no place (S): a side's total less its garrisons; the incumbent has none."""
    field = np.zeros(len(where.sides), np.int64)
    for s, side in enumerate(case.sides):
        if side.role == "incumbent":
            continue
        totals = [sum(bounds(r)) / 2 for r in case.garrisons if r["side"] == side.id and r["kind"] == "total"]
        total = np.median(totals) if totals else FIELD
        field[s] = max(0, round(float(total - middle[holder == s].sum())))
    return field


def on_paper(case: Case, where: Geography) -> NDArray[np.float64]:
    """Paper over effective strength (S) of the incumbent's units for which both are given; else 1."""
    ratio = np.ones(len(where.sides))
    for s, side in enumerate(case.sides):
        both = [
            (r["nominal"], sum(bounds(r)) / 2)
            for r in case.garrisons
            if r["side"] == side.id and r["nominal"]
        ]
        if side.role == "incumbent" and both:
            ratio[s] = max(1.0, sum(n for n, _ in both) / max(1.0, sum(e for _, e in both)))
    return ratio
