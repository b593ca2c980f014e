"""From a case's places and roads to distances, the same for the filter and for the engine."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.world import FAR_KM, NOBODY
from headlong.case import Case
from headlong.mechanisms.loss import NEAREST_SEAT_KM, SEAT_SCALE_KM
from headlong.mechanisms.news import WEIGHT, WEIGHT_OTHER, felt

EARTH_KM = 6371.0
DETOUR = 1.4
"""Road over straight line where the table has no road (general reference: 1.2 to 1.5)."""


class Geography(NamedTuple):
    """What the map says; P places in the order of the table, S sides in the order of case.toml."""

    ids: tuple[str, ...]
    sides: tuple[str, ...]
    place: dict[str, int]
    side: dict[str, int]
    road: NDArray[np.float64]  # (P, P) length of the direct road, 0 where none [km]
    km: NDArray[np.float64]  # (P, P) shortest way [km]
    hop: NDArray[np.int64]  # (P, P) next place on it
    outside: NDArray[np.bool_]  # (P)
    rear_km: NDArray[np.float64]  # (P)
    weight: NDArray[np.float64]  # (P) weight of a loss as news
    share: NDArray[np.float64]  # (P, P) see `headlong.mechanisms.news.felt`
    seat: NDArray[np.int64]  # (S)
    seat_log: NDArray[np.float64]  # (P, S)


def straight_km(case: Case) -> NDArray[np.float64]:
    """Great-circle distances between all places (P, P) [km]."""
    lat, lon = (np.radians([p[c] for p in case.places]) for c in ("lat", "lon"))
    half = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, half))))


def road_table(case: Case, place: dict[str, int]) -> NDArray[np.float64]:
    """Length of the shortest direct road between places (P, P), 0 where there is none [km]."""
    road = np.zeros((len(place), len(place)))
    for row in case.roads:
        i, j = place[row["from"]], place[row["to"]]
        if road[i, j] == 0.0 or row["distance_km"] < road[i, j]:
            road[i, j] = road[j, i] = row["distance_km"]
    return road


def shortest(road: NDArray[np.float64], straight: NDArray[np.float64]) -> tuple[NDArray, NDArray]:
    """Shortest ways [km] and the next place on each; without a road, the straight line with a detour."""
    from scipy.sparse.csgraph import shortest_path

    km, before = shortest_path(road, directed=False, return_predecessors=True)
    hop = np.where(before.T >= 0, before.T, NOBODY).astype(np.int64)
    return np.where(np.isfinite(km), km, DETOUR * straight), hop


def seats(case: Case, place: dict[str, int], km: NDArray[np.float64]) -> tuple[NDArray, NDArray]:
    """Place of each side's seat, and the log of the road distance to it over 200 km (0 without one)."""
    seat = np.full(len(case.sides), NOBODY, np.int64)
    far = np.zeros((len(place), len(case.sides)))
    for s, side in enumerate(case.sides):
        name = case.seat_of(side.id)
        if name is not None:
            seat[s] = place[name]
            far[:, s] = np.log(np.maximum(km[:, seat[s]], NEAREST_SEAT_KM) / SEAT_SCALE_KM)
    return seat, far


def read_map(case: Case) -> Geography:
    """Everything that the map of a case says."""
    ids = tuple(p["id"] for p in case.places)
    place = {name: i for i, name in enumerate(ids)}
    road = road_table(case, place)
    km, hop = shortest(road, straight_km(case))
    outside = np.array([p["kind"] == "refuge" for p in case.places])
    rear = km[:, outside].min(axis=1) if outside.any() else np.full(len(ids), FAR_KM)
    weight = np.array([WEIGHT.get(p["kind"], WEIGHT_OTHER) for p in case.places])
    seat, seat_log = seats(case, place, km)
    sides = tuple(s.id for s in case.sides)
    return Geography(
        ids, sides, place, {s: i for i, s in enumerate(sides)}, road, km, hop, outside, rear, weight,
        felt(km, weight), seat, seat_log,
    )  # fmt: skip
