"""The refuges abroad: which places take people in, when, and how near they are to the ways out."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from headlong.board.world import Exits, Refuges
from headlong.case import Case
from headlong.inputs.exits import land_of
from headlong.inputs.geography import Geography, shortest, straight_km
from headlong.mechanisms.people.destinations import WITHIN_KM
from headlong.mechanisms.people.refuges import BEYOND


def read_refuges(case: Case, where: Geography, exits: Exits, init: date, days: int) -> Refuges:
    """Refuges of refuges.csv; without rows every place beyond the border, open and without limit.

    From a way out people go to refuges of the country it leads to, as far as roads abroad lead there; where that
    country has none so, to all that roads lead to; where no road leads anywhere, to those of the country by air line. A
    way out behind which there is none at all is taken by nobody.
    """
    rows = {where.place[r["place"]]: r for r in case.refuges if where.outside[where.place[r["place"]]]}
    place = np.array(list(rows) or np.flatnonzero(where.outside).tolist(), np.int64)
    opened, closed = np.zeros(place.size, int), np.full(place.size, days + 1)
    since, capacity = np.full(place.size, -np.inf), np.full(place.size, np.inf)
    for k, r in enumerate(rows.values()):
        if r["opened"] and r["opened"] > case.start:
            opened[k], since[k] = (r["opened"] - init).days, (r["opened"] - init).days
        if r["closed"]:
            closed[k] = (r["closed"] - init).days
        if r["capacity"] is not None and not r["hindsight"]:
            capacity[k] = max(1, r["capacity"])
    day = np.arange(days + 1)
    there = (opened[:, None] <= day) & (day <= closed[:, None])
    land = np.array([land_of(case, j) for j in place.tolist()], object)
    newest = np.zeros_like(there)
    for k in range(place.size):
        ours = land == land[k]
        last = np.where(there[ours], since[ours][:, None], -np.inf).max(axis=0)
        newest[k] = there[k] & np.isfinite(since[k]) & (since[k] == last)
    near = behind(case, where, exits, place)
    return Refuges(place, near, there, newest, capacity, where.name[place])


def behind(case: Case, where: Geography, exits: Exits, place: NDArray[np.int64]) -> NDArray[np.float64]:
    """How near each refuge is to the far side of each way out (X, R)."""
    abroad = np.where(where.outside[:, None] & where.outside[None, :], where.road, 0.0)
    straight = straight_km(case)
    km, hop = shortest(abroad, straight)
    reached = (hop >= 0) | np.eye(len(km), dtype=bool)
    land = np.array([land_of(case, j) for j in range(len(where.ids))], object)
    table = np.zeros((exits.at.size, place.size))
    for x, j in enumerate(exits.to.tolist()):
        if j < 0 or not place.size:
            continue
        ours, by_road = land[place] == land[j], reached[j, place]
        far = np.where(by_road, km[j, place], straight[j, place])
        fit = next((f for f in (ours & by_road, by_road) if f.any()), ours)
        table[x] = np.where(fit, np.exp(-BEYOND * far / WITHIN_KM), 0.0)
    return table
