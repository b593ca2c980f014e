"""The ways abroad and the havens inside, as those who flee see them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headlong.board.names import numbers_of
from headlong.board.world import NOBODY, SLOTS, Exits
from headlong.case import Case
from headlong.inputs.geography import Geography, shortest, straight_km
from headlong.mechanisms.people.destinations import HAVEN_KM, WITHIN_KM

RIDE_KM = {"highway": 300, "primary": 200, "secondary": 120, "track": 60, "river": 80, "rail": 200,
           "sea": 300, "air": 800}  # fmt: skip
"""Way made in a day by those who flee, by class of road [km] (Flee: 35 on foot, 360 by vehicle at most)."""


def ride_days(case: Case, where: Geography) -> NDArray[np.int64]:
    """Days that those who flee need between all places (P, P), by the quickest roads; 1 .. SLOTS - 1."""
    pace = np.ones_like(where.road)
    for row in case.roads:
        i, j = where.place[row["from"]], where.place[row["to"]]
        pace[i, j] = pace[j, i] = RIDE_KM[row["class"]]
    days, _ = shortest(where.road / pace, straight_km(case) / RIDE_KM["secondary"])
    return np.clip(np.ceil(days), 1, SLOTS - 1).astype(np.int64)


def havens(
    km: NDArray[np.float64], outside: NDArray[np.bool_], people: NDArray[np.int64], hop: NDArray[np.int64]
) -> NDArray:
    """How much each place (column) draws those who flee another (row) and stay in the country (P, P).

    Nobody goes where no road leads (`hop` is NOBODY).
    """
    draw = np.exp(-km / HAVEN_KM) * np.sqrt(np.maximum(people, 1))
    np.fill_diagonal(draw, 0.0)
    draw[:, outside] = 0.0
    draw[hop < 0] = 0.0
    return np.ascontiguousarray(draw)


def ways_abroad(case: Case, where: Geography, gates: NDArray[np.int64]) -> Exits:
    """Every crossing (`gates`, places), then every road over the border from a place without one.

    A crossing leads to the place beyond that crossings.csv names, else to the nearest one by road, else to a
    country not in the tables. Distances are along roads inside, up to the place beyond; where none leads, nobody goes.
    """
    beyond = {where.place[r["place"]]: where.place[r["to"]] for r in case.crossings if r["to"]}
    out = np.flatnonzero(where.outside)
    ends: list[tuple[int, int, int]] = []
    for c, i in enumerate(gates.tolist()):
        nearest = int(out[np.argmin(where.km[i, out])]) if out.size else NOBODY
        ends.append((i, beyond.get(i, nearest), c))
    for i, j in np.argwhere(where.road[:, out] > 0).tolist():
        if not where.outside[i] and i not in gates:
            ends.append((i, int(out[j]), NOBODY))
    inside = np.where(where.outside[:, None] | where.outside[None, :], 0.0, where.road)
    km, hop = shortest(inside, straight_km(case))
    km = np.where((hop >= 0) | np.eye(len(km), dtype=bool), km, np.inf)
    land = [case.places[j]["country"] or case.places[j]["id"] if j >= 0 else "" for _, j, _ in ends]
    names = list(dict.fromkeys(land))
    whole = [km[:, i] + (where.km[i, j] if j >= 0 else 0.0) for i, j, _ in ends]
    at, to, gate = (np.array([end[k] for end in ends], np.int64) for k in range(3))
    near = np.exp(-np.array(whole).reshape(len(ends), len(where.ids)).T / WITHIN_KM)
    land_name = np.zeros(len(ends), np.int64)
    land_name[: len(names)] = numbers_of(names)
    return Exits(
        at, to, gate, np.array([names.index(n) for n in land], np.int64), np.ascontiguousarray(near),
        numbers_of([f"{where.ids[i]} {where.ids[j] if j >= 0 else ''}" for i, j, _ in ends]), land_name,
    )  # fmt: skip
