"""The refuges abroad: which places take people in, when, and how near they are to the ways out."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from headlong.board.world import Exits, Refuges
from headlong.case import Case
from headlong.case.rows import Row
from headlong.inputs.displaced import rise_of_counts
from headlong.inputs.exits import outside_country
from headlong.inputs.geography import Geography, straight_km, ways_to

COME_KM = 200.0
"""Distance over which those who came of late come less from a place by a factor e (judgement: that of gravity)."""


def read_refuges(
    case: Case, where: Geography, exits: Exits, init: date, days: int, people: NDArray[np.int64]
) -> Refuges:
    """Refuges of refuges.csv; without rows every place beyond the border, open and without limit.

    From a way out people go to refuges of the country it leads to, as far as roads abroad lead there; where that
    country has none so, to all that roads lead to; where no road leads anywhere, to those of the country by air line. A
    way out behind which there is none at all is taken by nobody.
    """
    rows: dict[int, list[Row]] = {}
    for row in case.refuges:
        if where.outside[where.place[row["place"]]]:
            rows.setdefault(where.place[row["place"]], []).append(row)
    place = np.array(list(rows) or np.flatnonzero(where.outside).tolist(), np.int64)
    there, since = np.ones((place.size, days + 1), bool), np.full((place.size, days + 1), -np.inf)
    capacity = np.full((place.size, days + 1), np.inf)
    for k, ours in enumerate(rows.values()):
        there[k], since[k] = when_open(ours, case.start, init, days)
        capacity[k] = room_by_day(ours, init, days)
    country = np.array([outside_country(case, j) for j in place.tolist()], object)
    newest = np.zeros_like(there)
    for k in range(place.size):
        ours = country == country[k]
        last = np.where(there[ours], since[ours], -np.inf).max(axis=0)
        newest[k] = there[k] & np.isfinite(since[k]) & (since[k] == last)
    far = far_behind(case, where, exits, place)
    rise, unseen = rise_of_counts(case, [where.ids[i] for i in place], (init - case.start).days)
    source = sources(where, exits, place, far, people)
    rise[:, source[:, -1] == 0.0] = 0.0
    return Refuges(place, far, there, newest, capacity, rise, unseen, source, where.name[place])


def sources(
    where: Geography,
    exits: Exits,
    place: NDArray[np.int64],
    far: NDArray[np.float64],
    people: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Running shares of the places from which `people` (P) came of late to each refuge (R, P); zero for none.

    They came by the ways out, or to a refuge where none of these leads from all places by their distance.
    """
    table = np.zeros((place.size, people.size))
    for r, beyond in enumerate(far.T):
        km = (exits.far + beyond).min(axis=1, initial=np.inf)
        km = km if np.isfinite(km).any() else where.km[:, place[r]]
        table[r] = np.cumsum(np.where(where.outside, 0.0, people * np.exp(-km / COME_KM)))
    return np.divide(table, table[:, -1:], out=table, where=table[:, -1:] > 0)


def when_open(rows: list[Row], start: date, init: date, days: int) -> tuple[NDArray, NDArray]:
    """Whether a refuge takes people in on each day, and the day it was opened last in the war, -inf for never (T + 1).

    A row that says neither when it opens nor when it closes leaves that to the others.
    """
    day = np.arange(days + 1)
    dated = [r for r in rows if r["opened"] or r["closed"]]
    there, since = np.full(days + 1, not dated), np.full(days + 1, -np.inf)
    for r in sorted(dated, key=lambda r: r["opened"] or date.min):
        opened = (r["opened"] - init).days if r["opened"] and r["opened"] > start else None
        closed = (r["closed"] - init).days if r["closed"] else days + 1
        there |= (day >= (-np.inf if opened is None else opened)) & (day <= closed)
        if opened is not None:
            since[day >= opened] = opened
    return there, since


def room_by_day(rows: list[Row], init: date, days: int) -> NDArray[np.float64]:
    """People a refuge has room for on each day (T + 1), inf where not known; nothing that was learned afterwards."""
    room = np.full(days + 1, np.inf)
    known = [r for r in rows if r["capacity"] is not None and not r["hindsight"]]
    for r in sorted(known, key=lambda r: r["capacity_from"] or r["opened"] or date.min):
        since = r["capacity_from"] or (r["opened"] if len(known) > 1 else None)
        room[max(0, (since - init).days) if since else 0 :] = max(1, r["capacity"])
    return room


def far_behind(case: Case, where: Geography, exits: Exits, place: NDArray[np.int64]) -> NDArray[np.float64]:
    """How far each refuge is from the far side of each way out (X, R) [km]; inf where nobody goes from there."""
    abroad = np.where(where.outside[:, None] & where.outside[None, :], where.road, 0.0)
    km, straight = ways_to(abroad, place), straight_km(case, exits.to)
    country = np.array([outside_country(case, j) for j in range(len(where.ids))], object)
    table = np.full((exits.at.size, place.size), np.inf)
    for x, j in enumerate(exits.to.tolist()):
        if j < 0 or not place.size:
            continue
        ours, by_road = country[place] == country[j], np.isfinite(km[j])
        far = np.where(by_road, km[j], straight[x, place])
        fit = next((f for f in (ours & by_road, by_road) if f.any()), ours)
        table[x] = np.where(fit, far, np.inf)
    return table
