"""Random worlds, small ones and odd ones among them, with an opening and parameters that make things happen."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st
from scipy.sparse.csgraph import shortest_path
from steps import evenings
from toy import no_days, toy_opening, toy_params, toy_world

from headlong.board.state import FLED, STAYS, TAKEN, empty_state
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
from headlong.engine.run import Work, run
from headlong.engine.start import Opening
from headlong.inputs.exits import havens, lay_ways
from headlong.inputs.geography import ends_between, extent_of, fading, nearest_first
from headlong.mechanisms import PARAMETERS
from headlong.mechanisms.control.news import nearness
from headlong.mechanisms.people.alarm import FELT_KM
from headlong.parameters import fill, pars_of, room_of

CLASSES = {room_of(c): c for c in PARAMETERS}


class Play(NamedTuple):
    """All that is needed to let members live."""

    world: World
    opening: Opening
    params: Any
    seed: int
    days: int

    @property
    def members(self):
        """Number of members."""
        return len(self.params)

    def run(self, threads=1, **other):
        """Record of all members."""
        return run(self.work(), threads, **other)

    def work(self, numbers=None):
        """What the engine takes: all members, or those with the numbers given."""
        return Work(*self[:5], np.arange(self.members) if numbers is None else numbers)


class Size(NamedTuple):
    """How large and how odd a world is."""

    places: int = 12
    sides: int = 3
    leaders: int = 4
    crossings: int = 2
    outside: int = 2
    roads: float = 0.3  # share of pairs with a direct road
    pressing: float = 0.7  # share of pairs of sides of which the first presses the second


def neutral(params, *rooms):
    """Copy of the parameters with those of `rooms` (all, if none is named) neutral."""
    made = params.copy()
    for room in rooms or CLASSES:
        for name, p in pars_of(CLASSES[room]).items():
            made[room][name] = p.neutral
    return made


def default(members):
    """Parameters at their defaults."""
    return fill(PARAMETERS, members, lambda room, p: p.default)


@cache
def _model():
    world = toy_world(6, days=3)
    return world, toy_opening(world, 2)


def laid_out(made, model):
    """`made` with types and layout in memory as in `model`, so that one compiled kernel does for all."""
    if isinstance(model, np.ndarray):
        assert made.ndim == model.ndim
        return np.require(made, model.dtype, "C" if model.flags.c_contiguous else "F").copy(order="K")
    return type(model)(*(laid_out(a, b) for a, b in zip(made, model, strict=True)))


def random_roads(rng, size):
    """Any net of roads, connected or not, and what havens draw; without a road the straight line counts."""
    places = size.places
    spot = rng.random((places, 2)) * np.sqrt(places) * rng.choice([20.0, 60.0, 150.0])
    gap = np.linalg.norm(spot[:, None] - spot[None], axis=2) + 1.0
    there = np.triu(rng.random((places, places)) < size.roads, 1)
    road = np.where(there | there.T, gap, 0.0)
    km, before = shortest_path(road, directed=False, return_predecessors=True)
    km = np.where(np.isfinite(km), km, 1.4 * gap)
    start = np.concatenate([[0], np.cumsum((road > 0).sum(axis=1))])
    _, link_to = np.nonzero(road)
    march, ride = (np.clip(np.ceil(km / pace), 1, SLOTS - 1) for pace in (60.0, 120.0))
    extent = extent_of(km, np.zeros(places, bool))
    hop = np.where(before.T >= 0, before.T, NOBODY)
    outside = np.arange(places) >= places - min(size.outside, places - 1)
    draw = havens(km, outside, rng.integers(0, 9999, places), hop)
    link_at = ends_between(places, start, link_to)
    roads = Roads(
        km, extent, nearest_first(km), hop, march, start, link_to, ride, fading(km, FELT_KM), link_at,
    )  # fmt: skip
    return roads, draw


def random_abroad(rng, km, gates, out, days):
    """Ways abroad through the crossings `gates`, some by two ways, and past them; refuges; days of fighting.

    Where nothing lies outside, people go nowhere known.
    """
    places, some = km.shape[0], min(2, out.size, km.shape[0] - out.size)
    gate = np.concatenate([np.arange(gates.size), np.arange(gates.size)[:1], np.full(some, NOBODY)])
    at = np.concatenate([gates, gates[:1], np.flatnonzero(~np.isin(np.arange(places), out))[:some]])
    to = rng.choice(out, at.size) if out.size else np.full(at.size, NOBODY)
    country = rng.integers(0, max(1, at.size), at.size)
    openness = rng.choice([0.0, 0.5, 1.0], (at.size, days + 1))
    beyond = rng.choice([np.inf, 700.0, 0.0], (at.size, out.size))
    there, newest = rng.random((2, out.size, days + 1)) < 0.7
    room = np.repeat(rng.choice([1.0, 900.0, np.inf], (out.size, 1)), days + 1, axis=1)
    counted = rng.choice([0.0, 3.0, 400.0], (2, out.size)), rng.choice([0.0, 30.0], out.size)
    from_ = np.tile(np.linspace(0.0, 1.0, places + 1)[1:], (out.size, 1))
    refuges = Refuges(out, beyond, there, newest & there, room, *counted, from_, np.arange(out.size))
    none = np.zeros((0, places), int)
    fought = rng.choice([0.0, 0.0, 0.0, 0.5, 1.0], (days + 1, places)) * (rng.random() < 0.5)
    then = rng.choice([0.0, 0.0, 1.0], places)
    known = Known(none, none, fought, np.where(then > 0, 3.0, np.inf), then)
    far, number = np.ascontiguousarray(km[:, at]), np.arange(at.size)
    return Exits(at, to, gate, country, far, openness, number, number), refuges, known


def random_sides(rng, size, roads, outside):
    """Sides that press each other, or not; some have a seat."""
    places, sides = size.places, size.sides
    presses = (rng.random((sides, sides)) < size.pressing) & ~np.eye(sides, dtype=bool)
    seat = np.where(rng.random(sides) < 0.7, rng.integers(0, places, sides), NOBODY)
    far = np.log(np.clip(roads.km[:, seat] / roads.extent, 0.05, 4.0) * 3.0) * (seat >= 0)
    cap = np.where(rng.random((places, sides)) < 0.2, rng.choice([5.0, 40.0, 200.0]), np.inf)
    return Sides(
        presses, seat, far, rng.choice([-1.0, 0.0, 1.0], (places, sides)), cap,
        nearness(roads.km, outside, roads.extent[0]), rng.choice([1.0, 300.0], sides), rng.random(sides),
        rng.choice([0.0, 0.7], sides), np.arange(sides),
    )  # fmt: skip


def random_world(rng, size, days):
    """A world of any size; crossings, leaders, outside places and roads may be missing."""
    places, sides = size.places, size.sides
    roads, draw = random_roads(rng, size)
    outside = np.arange(places) >= places - min(size.outside, places - 1)
    rear = roads.km[:, outside].min(axis=1) if outside.any() else np.full(places, FAR_KM)
    gates = rng.permutation(places)[: size.crossings]
    cross_at = np.full(places, NOBODY)
    cross_at[gates] = np.arange(gates.size)
    follows = rng.integers(0, max(1, size.leaders), places)
    made = World(
        roads,
        Ground(
            outside, np.minimum(rear, FAR_KM), rng.random(places) < 0.2,
            rng.normal(0.0, 1.0, places), rng.random(places) < 0.3,
            np.where((rng.random(places) < 0.6) & (size.leaders > 0), follows, NOBODY), cross_at,
            np.arange(places), np.arange(places),
        ),
        random_sides(rng, size, roads, outside),
        Roster(
            rng.integers(0, sides, size.leaders), rng.integers(0, places, size.leaders),
            rng.random(size.leaders), rng.random(size.leaders), rng.random(size.leaders) < 0.3,
            np.arange(size.leaders),
        ),
        Gates(
            gates, rng.choice([0.0, 0.5, 1.0], (gates.size, days + 1)),
            rng.choice([0.0, 1.0, 50.0, 1e6], gates.size), np.arange(gates.size),
        ),
        *random_abroad(rng, roads.km, gates, np.flatnonzero(outside), days),
        Backing(*(rng.random((days + 1, sides)) for _ in range(4))),
    )  # fmt: skip
    return laid_out(lay_ways(made, draw), _model()[0])


def random_opening(rng, world, members):
    """Any evening of init: places held by nobody, displaced people, leaders away from their base, news."""
    places, sides = world.sides.seat_log.shape
    leaders = world.roster.side.size
    start = empty_state(world)
    control = np.where(rng.random(places) < 0.1, NOBODY, rng.integers(0, sides, places))
    start.hold.control[:] = np.where(world.ground.outside, NOBODY, control)
    for line in (start.mood.shed, start.mood.won, start.mood.won_lately):
        line[:] = rng.exponential(0.1, sides)
    start.mood.nearby[:] = rng.exponential(0.1, (places, sides))
    start.hold.taken[:] = rng.choice([0.0, 0.0, 0.7], places)
    start.troops.field[:] = rng.choice([0, 1, 4000], sides)
    start.troops.pool[:] = rng.choice([0, 0, 3, 800], (places, sides))
    start.people.residents[:] = np.exp(rng.normal(7.0, 4.0, places)).astype(int)
    start.people.guests[:] = rng.choice([0, 0, 1, 900], places)
    spots = np.concatenate([np.arange(places), np.repeat(world.gates.place, places)])
    start.chiefs.place[:] = np.where(rng.random(leaders) < 0.6, world.roster.base, rng.choice(spots, leaders))
    start.chiefs.status[:] = rng.choice([STAYS, STAYS, STAYS, FLED, TAKEN], leaders)
    low = rng.choice([0.0, 1.0, 50.0, 400.0], places) * (start.hold.control >= 0)
    muster = np.stack([low, low * rng.choice([1.0, 3.0, 9.0], places)])
    slow, fast = rng.normal(7.5, 2.0, (members, sides)), rng.normal(0.0, 1.5, (members, sides))
    return Opening(start, slow, fast, muster)


def random_play(seed, size=Size(), members=1, days=12, acting=True):  # noqa: B008
    """World, opening and parameters from one seed; with `acting` also the terms that are neutral in a forecast."""
    rng = np.random.default_rng(seed)
    world = random_world(rng, size, days)
    opening = random_opening(rng, world, members)
    return Play(world, opening, toy_params(members, seed, acting), seed, days)


@st.composite
def plays(draw, members=1, days=12, acting=True):
    """Any play, from two places and no road upwards."""
    size = Size(
        places=draw(st.integers(2, 14)),
        sides=draw(st.integers(2, 4)),
        leaders=draw(st.integers(0, 4)),
        crossings=draw(st.integers(0, 3)),
        outside=draw(st.integers(0, 3)),
        roads=draw(st.sampled_from([0.0, 0.1, 0.3, 1.0])),
        pressing=draw(st.sampled_from([0.0, 0.4, 1.0])),
    )
    return random_play(draw(st.integers(0, 2**32 - 1)), size, members, days, acting)


def toy_play(places=20, members=20, days=20, seed=1, acting=False, strain=5.0):
    """The country of the benchmarks."""
    world = toy_world(places, seed, days)
    opening = toy_opening(world, members, seed, strain)
    return Play(world, opening, toy_params(members, seed, acting), seed, days)


def row_abroad(gap, crossings, outside, ends, days):
    """Ways abroad of a row: its crossings, and its roads to places outside from places without one."""
    past = [(i, j) for i, j in ends if j in outside and i not in outside and i not in crossings]
    at = np.array([*crossings, *(i for i, _ in past)], np.int64)
    to = np.array([*(NOBODY for _ in crossings), *(j for _, j in past)], np.int64)
    gate = np.array([*range(len(crossings)), *(NOBODY for _ in past)], np.int64)
    ones, number = np.ones((at.size, days + 1)), np.arange(at.size)
    exits = Exits(at, to, gate, 0 * at, np.ascontiguousarray(gap[:, at]), ones, number, number)
    out, there = np.array(outside, np.int64), np.ones((len(outside), days + 1), bool)
    rest = there, ~there, np.full(there.shape, np.inf), np.zeros((2, out.size)), np.zeros(out.size)
    far, source = np.zeros((at.size, out.size)), np.zeros((out.size, len(gap)))
    refuges = Refuges(out, far, *rest, source, np.arange(out.size))
    return exits, refuges, no_days(len(gap), days)


def row_play(holders, crossings=(), outside=(), leaders=(), air=(), roads=True, km=50.0, days=20):
    """Places in a row, `km` apart; side 1 presses side 0, and every parameter is neutral.

    `holders` names the side of each place, `leaders` are pairs of side and base.
    """
    places = np.arange(len(holders))
    size = Size(len(holders), 2, len(leaders), len(crossings), 0, 0.0, 0.0)
    world, model = random_world(np.random.default_rng(0), size, days), _model()[0]
    gap = np.abs(places[:, None] - places) * km
    step = np.sign(places - places[:, None])
    ends = [(i, j) for i in places for j in (i - 1, i + 1) if roads and 0 <= j < places.size]
    start = np.searchsorted([i for i, _ in ends], np.arange(places.size + 1))
    link_to = np.array([j for _, j in ends], int)
    cross_at = np.full(places.size, NOBODY)
    cross_at[list(crossings)] = np.arange(len(crossings))
    out, nothing = np.isin(places, outside), np.zeros(places.size)
    base = np.array([base for _, base in leaders], np.int64)
    hop = np.where(step != 0, places[:, None] + step, NOBODY) if roads else np.full(gap.shape, NOBODY)
    draw = havens(gap, out, np.full(places.size, 1000), np.where(roads, gap, NOBODY))
    link_at = ends_between(places.size, start, link_to)
    world = World(
        Roads(
            gap, extent_of(gap, out), nearest_first(gap), hop,
            np.maximum(1, np.ceil(gap / 60.0)), start, link_to, np.clip(np.ceil(gap / 120.0), 1, SLOTS - 1),
            fading(gap, FELT_KM), link_at,
        ),
        Ground(
            out, gap[:, out].min(axis=1) if out.any() else nothing + FAR_KM, np.isin(places, air), nothing,
            nothing > 0, nothing + NOBODY, cross_at, places, places,
        ),
        world.sides._replace(
            presses=np.array([[0, 0], [1, 0]]), seat=np.full(2, NOBODY), seat_log=np.zeros((places.size, 2)),
            home=np.zeros((places.size, 2)),
            near_cap=np.full((places.size, 2), np.inf), typical=np.full(2, 300.0), amnesty=np.ones(2),
            ghosts=np.zeros(2), nearness=nearness(gap, out, extent_of(gap, out)[0]),
        ),
        Roster(
            np.array([s for s, _ in leaders]), base, np.zeros(base.size), np.ones(base.size),
            np.zeros(base.size), np.arange(base.size),
        ),
        Gates(
            np.array(crossings), np.ones((len(crossings), days + 1)), np.full(len(crossings), 1e6),
            np.arange(len(crossings)),
        ),
        *row_abroad(gap, crossings, outside, ends, days),
        Backing(*(np.zeros((days + 1, 2)) for _ in Backing._fields)),
    )  # fmt: skip
    world = laid_out(lay_ways(world, draw), model)
    start = empty_state(world)
    start.hold.control[:] = holders
    start.chiefs.place[:] = base
    muster = np.where(np.array(holders) >= 0, 100.0, 0.0) * np.ones((2, 1))
    opening = Opening(start, np.zeros((1, 2)), np.zeros((1, 2)), muster)
    return Play(world, opening, neutral(default(1)), 1, days)


def with_params(play, **values):
    """The play with some parameters set, written ``room_name=value`` as in ``columns__cut=0.5``."""
    params = play.params.copy()
    for key, value in values.items():
        room, name = key.split("__")
        params[room][name] = value
    return play._replace(params=params)


def morning(play, member=0):
    """State of a member on the evening of init."""
    for _, state in evenings(play._replace(days=0), member):
        return state
