"""People already displaced on the evening of init: where the counts published by then put them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from headlong.board.state import People
from headlong.case import Case
from headlong.case.rows import Row
from headlong.inputs.geography import Geography

STOCKS = ("stock_inside", "idp_stock", "idp_cumulative")
"""Kinds of counts that say how many are displaced inside, the better first; of returns a cumulative one knows not."""


def shared_out(many: int, weight: NDArray[np.float64]) -> NDArray[np.int64]:
    """A whole number cut in parts as the weights, by largest remainders; nothing if no weight is positive."""
    total = weight.sum()
    if many <= 0 or total <= 0.0:
        return np.zeros(weight.size, np.int64)
    exact = many * (weight / total)
    parts = np.floor(exact).astype(np.int64)
    order = np.argsort(parts - exact, kind="stable")
    parts[order[: many - int(parts.sum())]] += 1
    return parts


ABROAD = ("stock_abroad",)
"""Kinds of counts that say how many refugees are in a place beyond the border."""

RATE_DAYS = 30
"""Days before init over which the rise of a count is taken."""

FLOOR, SHARED = 0.02, 0.3
"""Parts of the people in a camp, and of the mean rise of all camps, by which a camp may rise in `RATE_DAYS` though its
counts did not, or it has none yet (five conflicts of Flee: without them a third fewer later counts lie inside 90 %)."""

UNSEEN = 60
"""Most days since the last count in which people may have come [days]."""

DatedStocks = tuple[NDArray[np.int64], NDArray[np.float64]]


def counts_of(case: Case) -> dict[str, DatedStocks]:
    """Counts of each camp, as days since the start and people."""
    found: dict[str, dict[int, int]] = {}
    for row in case.displacement:
        if row["kind"] in ABROAD and row["count"] is not None and row["to_place"]:
            found.setdefault(row["to_place"], {})[(row["date"] - case.start).days] = row["count"]
    return {
        camp: (np.array(sorted(by_day)), np.array([float(by_day[d]) for d in sorted(by_day)]))
        for camp, by_day in found.items()
    }


def known_by(series: DatedStocks, day: int, at: int) -> float:
    """People in a camp on a day `at`, by the counts up to `day`: the last one after it, none before the first."""
    days, people = (column[series[0] <= day] for column in series)
    return float(np.interp(at, days, people, left=0.0)) if days.size else 0.0


def rise_of_counts(
    case: Case, refuges: Sequence[str], day: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """People a day by which counts up to a day rise, and may rise beside (2, R); days since the last (R)."""
    none = np.array([], np.int64), np.array([])
    series = [{**counts_of(case)}.get(name, none) for name in refuges]
    now, before = (np.array([known_by(s, day, at) for s in series]) for at in (day, day - RATE_DAYS))
    rise = np.maximum(0.0, now - before)
    known = [s[0][s[0] <= day] for s in series]
    unseen = [min(UNSEEN, day - int(days[-1])) if days.size else UNSEEN for days in known]
    shared = SHARED * rise.mean() if rise.size else 0.0
    return np.stack([rise, FLOOR * now + shared]) / RATE_DAYS, np.array(unseen, float)


def last_stocks(case: Case, kinds: tuple[str, ...] = STOCKS) -> dict[str, int]:
    """The latest stock of displaced people at each place; under "" that of the country."""
    rows: list[Row] = [r for r in case.displacement if r["kind"] in kinds and r["count"] is not None]
    rows = [r for r in rows if r["unit"] in ("people", None, "")]
    rows.sort(key=lambda r: (r["date"], -kinds.index(r["kind"])))
    return {r["to_place"] or "": int(r["count"]) for r in rows}


def seat_displaced(case: Case, where: Geography, control: NDArray[np.int64], people: People) -> int:
    """Put the displaced in their places; return how many there are. The case must be cut to what was known.

    Those with no place in the count are where places have not changed hands since the case's start, in parts as the
    root of the inhabitants. As many are taken from home, from places that changed hands as far as they go and from all
    others beyond that, so that nobody is counted twice. Refugees abroad are added to the inhabitants of the tables.
    """
    stocks = last_stocks(case)
    home = np.where(where.outside, 0, people.residents)
    guests = np.zeros(len(where.ids), np.int64)
    for name, many in stocks.items():
        if name and not where.outside[where.place[name]]:
            guests[where.place[name]] = many
    rest = stocks.get("", 0) - int(guests.sum())
    started = np.array([where.side.get(p["held_by"] or "", -1) for p in case.places])
    kept = (control >= 0) & ~where.outside & (control == started)
    kept = kept if kept.any() else ~where.outside
    guests += shared_out(rest, np.sqrt(np.where(kept & (guests == 0), home, 0)))
    total = int(guests.sum())
    fallen = np.where((control != started) & ~where.outside, home, 0)
    people.residents[:] -= shared_out(min(total, int(fallen.sum())), fallen.astype(float))
    short, others = max(0, total - int(fallen.sum())), np.where(fallen > 0, 0, home)
    people.residents[:] -= shared_out(min(short, int(others.sum())), others.astype(float))
    people.guests[:] += guests
    for name, many in last_stocks(case, ABROAD).items():
        if name and where.outside[where.place[name]]:
            people.guests[where.place[name]] = many
    return total
