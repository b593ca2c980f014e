"""A made-up country of any size, for benchmarks and for tests of laws that hold in every world."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import shortest_path

from headlong.board.state import empty_state
from headlong.board.world import (
    FAR_KM,
    NOBODY,
    SLOTS,
    Backing,
    Exits,
    Gates,
    Ground,
    Known,
    Refuges,
    Roads,
    Roster,
    Sides,
    World,
)
from headlong.engine.start import Opening
from headlong.inputs.exits import havens, lay_ways
from headlong.inputs.geography import SEAT_RANGE, SEAT_SCALE, ends_between, extent_of, fading, nearest_first
from headlong.mechanisms import CORE, PARAMETERS
from headlong.mechanisms.control.front import NEAREST_KM, SCALE_KM
from headlong.mechanisms.control.news import nearness
from headlong.mechanisms.people.alarm import FELT_KM
from headlong.parameters import Par, fill, room_of

SIDES = 3


def roads(rng: np.random.Generator, places: int) -> np.ndarray:
    """Distances of a connected random road net with about four roads a place [km]; 0 where none."""
    spot = rng.random((places, 2)) * np.sqrt(places) * 60.0
    gap = np.linalg.norm(spot[:, None] - spot[None], axis=2)
    road = np.zeros_like(gap)
    for i in range(places):
        for j in np.argsort(gap[i])[1:4]:
            road[i, j] = road[j, i] = gap[i, j] + 1.0
        if i:  # and one to an earlier place, so that all hang together
            j = int(np.argmin(gap[i, :i]))
            road[i, j] = road[j, i] = gap[i, j] + 1.0
    return road


def toy_world(
    places: int, seed: int = 1, days: int = 90, both_ways: bool = True, sides: int = SIDES
) -> World:
    """A world of three sides (the second presses the first and is pressed by it; the third takes only)."""
    rng = np.random.default_rng(seed)
    road = roads(rng, places)
    km, before = shortest_path(road, directed=False, return_predecessors=True)
    hop = np.ascontiguousarray(np.where(before.T >= 0, before.T, NOBODY), np.int32)
    outside = np.zeros(places, bool)
    outside[-max(1, places // 20) :] = True
    inside = np.flatnonzero(~outside)
    crossing = inside[-max(1, places // 15) :]
    seat = np.full(sides, NOBODY)
    seat[:2] = (0, 1)
    extent = extent_of(km, outside)
    seat_log = np.zeros((places, sides))
    for s in (0, 1):
        seat_log[:, s] = np.log(np.clip(np.maximum(km[:, seat[s]], 25.0) / extent, *SEAT_RANGE) / SEAT_SCALE)
    start, to = np.zeros(places + 1, np.int64), []
    for i in range(places):
        to.extend(np.flatnonzero(road[i]))
        start[i + 1] = len(to)
    link_to = np.array(to, np.int64)
    cross_at = np.full(places, NOBODY)
    cross_at[crossing] = np.arange(crossing.size)
    leaders = min(16, inside.size)
    link_at, draw = (
        ends_between(places, start, link_to),
        havens(km, outside, np.where(outside, 0, 30_000), hop),
    )
    presses = np.zeros((sides, sides), bool)
    presses[1:3, 0] = True
    presses[0, 1] = both_ways
    even = np.full((days + 1, sides), 0.5)
    world = World(
        Roads(
            km, extent, nearest_first(km), hop, np.clip(np.ceil(km / 60.0), 1, SLOTS - 1).astype(np.int8),
            start, link_to,
            np.clip(np.ceil(km / 120.0), 1, SLOTS - 1).astype(np.int8),
            fading(km, FELT_KM), link_at,
        ),
        Ground(
            outside, km[:, outside].min(axis=1), rng.random(places) < 0.2, np.zeros(places),
            rng.random(places) < 0.1,
            np.where(rng.random(places) < 0.3, rng.integers(0, leaders, places), NOBODY), cross_at,
            np.arange(places), np.arange(places),
        ),
        Sides(
            presses, seat, seat_log, rng.choice([-1.0, 0.0, 1.0], (places, sides)), np.full((places, sides), np.inf),
            nearness(km, outside, extent[0]), np.full(sides, 300.0), np.ones(sides), np.zeros(sides),
            np.arange(sides),
        ),
        Roster(
            np.zeros(leaders, np.int64), inside[:leaders].astype(np.int64), rng.random(leaders),
            np.ones(leaders),
            np.zeros(leaders, bool), np.arange(leaders),
        ),
        Gates(
            crossing.astype(np.int64), np.ones((crossing.size, days + 1)), np.full(crossing.size, 4000.0),
            np.arange(crossing.size),
        ),
        *toy_abroad(km, crossing, np.flatnonzero(outside), days),
        Backing(even, even, even, even),
    )  # fmt: skip
    return lay_ways(world, draw)


def toy_abroad(
    km: NDArray[np.float64], gates: NDArray[np.int64], out: NDArray[np.int64], days: int
) -> tuple[Exits, Refuges, Known]:
    """Crossings that lead to the nearest place outside, each of which is a country and a refuge; no fighting."""
    to = np.argmin(km[np.ix_(gates, out)], axis=1)
    far = np.ascontiguousarray(km[:, gates] + km[gates, out[to]])
    open_ = np.ones((gates.size, days + 1))
    numbers = np.arange(gates.size)
    exits = Exits(gates.astype(np.int64), out[to], numbers, to.astype(np.int64), far, open_, numbers, numbers)
    there = np.ones((out.size, days + 1), bool)
    beyond = np.where(to[:, None] == np.arange(out.size), 0.0, np.inf)
    refuges = Refuges(
        out.astype(np.int64),
        beyond,
        there,
        ~there,
        np.full(there.shape, np.inf),
        np.zeros((2, out.size)),
        np.zeros(out.size),
        np.zeros((out.size, len(km))),
        np.arange(out.size),
    )
    return exits, refuges, no_days(len(km), days)


def no_days(places: int, days: int) -> Known:
    """Nothing known of the days after init."""
    none, never = np.zeros((0, places), np.int64), np.full(places, np.inf)
    return Known(none, none, np.zeros((days + 1, places)), never, np.zeros(places))


def toy_opening(world: World, members: int, seed: int = 1, strain: float = 1.0) -> Opening:
    """An evening of init: a fifth of the places hostile, strain of the first side raised by `strain`.

    With the default over half of its places fall in 90 days.
    """
    rng = np.random.default_rng(seed + 1)
    places, sides = world.sides.seat_log.shape
    start = empty_state(world)
    start.hold.control[:] = (rng.random(places) < 0.2).astype(int)
    start.hold.control[:2] = (0, 1)
    start.hold.control[world.ground.outside] = NOBODY
    start.people.residents[:] = np.exp(rng.normal(10.3, 1.0, places)).astype(int)
    start.people.residents[world.ground.outside] = 0
    start.troops.field[:3] = (0, 20000, 3000)[:sides]
    start.troops.pool[world.roster.base[:4], 0] = 500
    start.chiefs.place[:] = world.roster.base
    slow, fast = rng.normal(0.0, 3.0, (members, sides)), rng.normal(0.0, 1.5, (members, sides))
    slow[:, 0] += strain
    muster = np.where(world.ground.outside, 0.0, 1.0) * np.array([[150.0], [600.0]])
    return Opening(start, slow, fast, muster)


def toy_params(members: int, seed: int = 1, acting: bool = False) -> np.ndarray:
    """The core as calibrated, the rest drawn from its priors (`acting`: also what is neutral in a forecast)."""
    rng = np.random.default_rng(seed + 2)
    core = [room_of(c) for c in CORE]

    def value_of(room: str, p: Par) -> object:
        return p.default if room in core or not (p.acts or acting) else p.prior.quantile(rng.random(members))

    return fill(PARAMETERS, members, value_of)


def fronts(where: Any, holder: NDArray, presses: NDArray, cap: NDArray) -> tuple[NDArray, NDArray]:
    """Log of the front distance over 100 km (P), and whether the place is pressed (P).

    The law of `headlong.mechanisms.control.front` once more, in plain numpy and written apart from the kernels.
    """
    near = np.stack(
        [where.km[:, holder == s].min(axis=1, initial=np.inf) for s in range(len(where.sides))], 1
    )
    hostile: NDArray = ((holder >= 0) & ~where.outside)[:, None] & presses.T[holder]
    km = np.where(hostile, np.minimum(near, cap), np.inf).min(axis=1)
    km = np.where(np.isinf(km), where.rear_km, km)
    pressed: NDArray[np.bool_] = np.asarray(hostile.any(axis=1))
    return np.log(np.clip(km, NEAREST_KM, FAR_KM) / SCALE_KM), pressed
