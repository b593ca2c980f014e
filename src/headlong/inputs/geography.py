"""From a case's places and roads to distances, the same for the filter and for the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from math import exp
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.kernel import law
from headlong.board.names import numbers_of
from headlong.board.world import FAR_KM, NO_EXTRA, NOBODY
from headlong.case import Case
from headlong.errors import BadRequest
from headlong.forms import DEFAULT, Form
from headlong.mechanisms.control.loss import spots
from headlong.mechanisms.control.news import nearness
from headlong.result_cache import folder_of, kept_or_made, source_hash

EARTH_KM = 6371.0
DETOUR = 1.4
"""Road over straight line where the table has no road (general reference: 1.2 to 1.5)."""

FEW_PLACES = 500
"""Nets of so many places are worth keeping; the ways of larger ones take more room than time."""


class Geography(NamedTuple):
    """What the map says; P places in the order of the case's table, S sides in its order."""

    ids: tuple[str, ...]
    sides: tuple[str, ...]
    place: dict[str, int]
    side: dict[str, int]
    road: NDArray[np.float64]  # (P, P) length of the direct road, 0 where none [km]
    km: NDArray[np.float64]  # (P, P) shortest way [km]
    order: NDArray[np.int32]  # (P, P) all places by the way from the row, nearest first
    hop: NDArray[np.int32]  # (P, P) next place on it
    outside: NDArray[np.bool_]  # (P)
    rear_km: NDArray[np.float64]  # (P)
    extent: NDArray[np.float64]  # (1) median way between two places of the country [km]
    nearness: NDArray[np.float64]  # (P, P) see `headlong.mechanisms.control.news.nearness`
    seat: NDArray[np.int64]  # (S)
    seat_log: NDArray[np.float64]  # (P, S) log of the way to the seat over a third of the extent
    home: NDArray[np.float64]  # (P, S) 1 own people, -1 another side's, 0 mixed, nobody's or not known
    name: NDArray[np.int64]  # (P) numbers of the ids: names of luck
    side_name: NDArray[np.int64]  # (S)
    spot: NDArray[np.int64]  # (P) see `headlong.mechanisms.control.loss`
    extra: NDArray[np.float64] = NO_EXTRA  # (P, S, E) columns that the form of the model brings


def straight_km(case: Case, starts: Any = slice(None)) -> NDArray[np.float64]:
    """Great-circle distances from the places `starts`, or from all, to all places (S, P) [km]."""
    lat, lon = (np.radians([p[c] for p in case.places]) for c in ("lat", "lon"))
    half = (
        np.sin((lat[starts, None] - lat) / 2) ** 2
        + np.cos(lat[starts, None]) * np.cos(lat) * np.sin((lon[starts, None] - lon) / 2) ** 2
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


def shortest(road: NDArray[np.float64], straight: Callable[[], NDArray]) -> tuple[NDArray, NDArray]:
    """Shortest ways [km] and the next place on each; without a road, the straight line with a detour."""
    km, hop = ways_by_road(road)
    there = np.isfinite(km)
    return km if there.all() else np.where(there, km, DETOUR * straight()), hop


def ways_by_road(road: NDArray[np.float64]) -> tuple[NDArray, NDArray]:
    """Shortest ways by road [km], inf without one, and the next place on each; those of small nets are kept.

    The library that finds them takes longer to load than all else that a small forecast needs of it.
    """
    folder, path = folder_of("roads"), None
    if folder is not None and len(road) <= FEW_PLACES:
        path = folder / f"{sha256(source_hash().encode() + road.tobytes()).hexdigest()[:20]}.npz"
    asked = {"km": ("<f8", road.shape), "hop": ("<i4", road.shape)}

    def ways(found: Mapping[str, NDArray[Any]]) -> tuple[NDArray, NDArray] | None:
        fit = {n: (a.dtype.str, a.shape) for n, a in found.items()} == asked and sound(**found)
        return (found["km"], found["hop"]) if fit else None

    def find() -> tuple[NDArray, NDArray]:
        from scipy.sparse import csgraph, csr_array

        km, before = csgraph.shortest_path(csr_array(road), directed=False, return_predecessors=True)
        return km, np.where(before.T >= 0, before.T, NOBODY).astype(np.int32, order="C")

    return kept_or_made(path, ways, find, lambda made: {"km": made[0], "hop": made[1]})


def sound(km: NDArray[np.float64], hop: NDArray[np.int32]) -> bool:
    """Whether ways that were kept can be ways: lengths that are numbers, next places that are there."""
    return bool((km >= 0).all() and (hop >= NOBODY).all() and (hop < len(km)).all())


def ways_to(road: NDArray[np.float64], ends: NDArray[np.int64]) -> NDArray[np.float64]:
    """Shortest ways by road to the places `ends` (P, E) [km], inf without one; in large nets these alone are found."""
    if len(road) <= FEW_PLACES:
        return np.asarray(ways_by_road(road)[0][:, ends])
    from scipy.sparse import csgraph, csr_array

    known, each = np.unique(ends, return_inverse=True)
    return np.asarray(csgraph.shortest_path(csr_array(road), directed=False, indices=known)[each].T)


NEAR = 64
"""Nearest places whose distances stand side by side in memory (`order_km`): fronts seldom look farther."""


def order_km(km: NDArray[np.float64], order: NDArray[np.int32]) -> NDArray[np.float64]:
    """Road distances to the nearest places, nearest first (P, K)."""
    return np.ascontiguousarray(np.take_along_axis(km, order[:, :NEAR].astype(np.int64), 1))


def nearest_first(km: NDArray[np.float64]) -> NDArray[np.int32]:
    """All places by the way from each (P, P), nearest first, as in the table where two are as near."""
    return np.argsort(km, axis=1, kind="stable").astype(np.int32)


def next_places(road: NDArray[np.float64], hop: NDArray[np.int32]) -> tuple[NDArray, NDArray]:
    """Places next to each by road, and where those of each begin; both empty where not all places are linked."""
    if (hop < 0).sum() > len(hop):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    ends = road > 0
    start = np.concatenate([[0], np.cumsum(ends.sum(axis=1))]).astype(np.int64)
    return start, np.nonzero(ends)[1].astype(np.int64)


@law
def fading(km: Any, scale: float) -> Any:
    """Table exp(-km / scale), by the processor's own exponential as kernels know it."""
    out = np.empty_like(km)
    for i in range(km.shape[0]):
        for j in range(km.shape[1]):
            out[i, j] = exp(-km[i, j] / scale)
    return out


def ends_between(places: int, start: NDArray[np.int64], link_to: NDArray[np.int64]) -> NDArray[np.int32]:
    """Road end from each place to each other, or NOBODY (P, P)."""
    at = np.full((places, places), NOBODY, np.int32)
    at[np.repeat(np.arange(places), np.diff(start)), link_to] = np.arange(link_to.size)
    return at


EXTENT_KM = 100.0
"""Extent of a country of one place, which has none [km]."""

SEAT_SCALE = 1.0 / 3.0
"""Share of the extent at which the seat term is zero."""

SEAT_RANGE = (0.05, 4.0)
"""The way to the seat is at least and at most so long, as shares of the extent."""

NEAREST_SEAT_KM = 25.0
"""Places nearer to the seat than this count as this far [km]."""


def extent_of(km: NDArray[np.float64], outside: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Median way between two places of the country (1) [km]: the same however densely places are listed."""
    inside = km[np.ix_(~outside, ~outside)]
    pairs = inside[np.triu_indices(len(inside), 1)]
    return np.array([np.median(pairs) if pairs.size else EXTENT_KM])


def homes(case: Case, place: dict[str, int]) -> NDArray[np.float64]:
    """Whose people are at home where (P, S): 1 the side's own, -1 another side's, 0 nobody's or not known."""
    table = np.zeros((len(place), len(case.sides)))
    ids = [s.id for s in case.sides]
    for name, side in case.home_of.items():
        if side is not None:
            table[place[name]] = -1.0
            table[place[name], ids.index(side)] = 1.0
    return table


def seats(
    case: Case, place: dict[str, int], km: NDArray[np.float64], extent: float
) -> tuple[NDArray, NDArray]:
    """Place of each side's seat, and the log of the way to it over a third of the extent (0 without one)."""
    seat = np.full(len(case.sides), NOBODY, np.int64)
    far = np.zeros((len(place), len(case.sides)))
    for s, side in enumerate(case.sides):
        name = case.seat_of(side.id)
        if name is not None:
            seat[s] = place[name]
            far[:, s] = np.log(
                np.clip(np.maximum(km[:, seat[s]], NEAREST_SEAT_KM) / extent, *SEAT_RANGE) / SEAT_SCALE
            )
    return seat, far


def extra_columns(case: Case, where: Geography, form: Form) -> NDArray[np.float64]:
    """Columns that a form brings, worked out for a case (P, S, E)."""
    shape = (len(where.ids), len(where.sides))
    extra = np.zeros((*shape, len(form.columns)))
    for e, column in enumerate(form.columns):
        here = f"form '{form.name}', column '{column.name}', case {case.id}"
        try:
            values = np.asarray(column.values(case, where), float)
        except Exception as error:  # the function is the user's own
            raise BadRequest(f"{here}: its function failed ({error!r}). Mend the form's file.") from error
        if values.shape not in (shape, shape[:1]) or not np.isfinite(values).all():
            raise BadRequest(
                f"{here}: its function gave an array of the shape {values.shape}. Give a finite number for each place "
                f"{shape[:1]}, or for each place and side {shape}."
            )
        extra[:, :, e] = values if values.ndim == 2 else values[:, None]
    return extra


def read_map(case: Case, form: Form = DEFAULT) -> Geography:
    """Everything that the map of a case says, and the columns that a form of the model adds to it."""
    ids = tuple(p["id"] for p in case.places)
    place = {name: i for i, name in enumerate(ids)}
    road = road_table(case, place)
    km, hop = shortest(road, lambda: straight_km(case))
    outside = np.array([p["kind"] == "refuge" for p in case.places])
    rear = km[:, outside].min(axis=1) if outside.any() else np.full(len(ids), FAR_KM)
    extent = extent_of(km, outside)
    seat, seat_log = seats(case, place, km, extent[0])
    sides = tuple(s.id for s in case.sides)
    name = numbers_of(ids)
    where = Geography(
        ids, sides, place, {s: i for i, s in enumerate(sides)}, road, km, nearest_first(km), hop, outside, rear,
        extent, nearness(km, outside, extent[0]),
        seat, seat_log, homes(case, place), name, numbers_of(sides), spots(km, outside, name),
    )  # fmt: skip
    return where._replace(extra=extra_columns(case, where, form))
