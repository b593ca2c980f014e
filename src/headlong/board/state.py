"""What changes: one member of the ensemble on one day.

People are counted in whole numbers and never made or lost: every kernel that takes some from one array
adds as many to another. `soldiers_total` and `civilians_total` are the books that must balance. Sizes as
in `headlong.board.world`.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.world import NOBODY, SLOTS, Bools, Floats, Ints, Shorts, World

# Columns of `ledger`: where soldiers end up for good.
HOME, CAPTURED, DEAD, ABROAD = 0, 1, 2, 3
# Streams at a crossing.
CIVILIANS, SOLDIERS, LEADERS = 0, 1, 2
STREAMS = ("civilians", "soldiers", "leaders")
# Status of a leader.
STAYS, FLED, TAKEN, RETURNED, GONE = 0, 1, 2, 3, 4
STATUSES = ("stays", "fled", "captured", "returned", "out of the role before")
# Ways in which a place changes hands.
HELD, HANDED_OVER, WITHDREW, SWITCHED, MELTED, OVERRUN = 0, 1, 2, 3, 4, 5
COVARIATES = 7
"""Covariates of the law of loss (`headlong.mechanisms.control.covariates`)."""
WAYS = ("held", "handed over", "withdrew", "switched", "melted away", "overrun")


class Hold(NamedTuple):
    """Who holds what, and how near the others are."""

    control: Ints  # (P) side that holds the place, or NOBODY
    near_km: Floats  # (P, S) road distance to the nearest other place held by the side, or inf [km]
    front_log: Floats  # (P) log of (distance to the front / 100 km)
    border_log: Floats  # (P) log of (way to the border of hostile country / a sixth of the extent)
    pressed: Bools  # (P) some side can take the place
    taker: Ints  # (P) the side that would, or does today
    push: Floats  # (P) log-odds added today by the system around the core
    chance: Floats  # (P) chance that the place is lost today
    lost: Ints  # (P) side that loses the place today, or NOBODY
    way: Ints  # (P) how it is lost today
    seat_fallen: Bools  # (S) the side has lost its seat
    held: Floats  # (S) places that the side holds
    taken: Floats  # (P) 1 on the day the place changed hands, fading


class SideState(NamedTuple):
    """How near sides are to breaking, and what is heard of their losses and gains."""

    slow: Floats  # (S) slow part of strain, around its mean
    fast: Floats  # (S) fast part of strain, around zero
    shed: Floats  # (S) share of its places that the side lost, fading in a week
    won: Floats  # (S) share of its places that the side won, fading in a week
    won_lately: Floats  # (S) the same, fading in a month
    nearby: Floats  # (P, S) share of the country near the place that the side lost, fading in a week
    heard: Floats  # (S, 3) logs of shed, won and won_lately this morning, as covariates
    extra: Floats = np.zeros(0)  # (E) the member's coefficients of the columns that its form brings


class Troops(NamedTuple):
    """Soldiers."""

    garrison: Ints  # (P) soldiers of the holder in the place
    field: Ints  # (S) fighters who hold no place
    pool: Ints  # (P, S) men who can be called up at a leader's base
    marching: Ints  # (SLOTS, P, S) on a road, by day of arrival and next place
    ledger: Ints  # (S, 4) gone home, captured, dead, abroad
    arms: Ints  # (S) sets of arms seized from others


class People(NamedTuple):
    """Civilians."""

    residents: Ints  # (P) at home
    guests: Ints  # (P) displaced, in the place; beyond the border refugees
    walking: Ints  # (SLOTS, P) on the road to a place, by day of arrival
    bound: Ints  # (SLOTS, X) on the road abroad, by day of arrival at the border
    waiting: Ints  # (X) in the queue of the way's crossing
    elsewhere: Ints  # (X) over the border where the tables have no refuge
    alarm: Floats  # (P) what has happened at the place and around it of late, in places overrun [1/day]
    cut: Ints  # (P) 1 where no chain of roads joins the place to its side or abroad
    taste: Floats  # (2, X) what a way abroad, and a country, means to people of this member
    fond: Floats  # (2, X, R) the same of a refuge, less by its way from the far side of the way out; without taste
    call: Floats  # (R) how much the refuge draws today
    flow: Floats  # (R) people a day who come in, having fled before init
    draw: Floats  # (2, X) how much the way abroad draws today; without tastes
    trod: Ints  # (E) civilians who took to the road end since init


class Border(NamedTuple):
    """Crossings, by stream."""

    queue: Ints  # (C, 3) waiting
    crossed: Ints  # (C, 3) have crossed since init; soldiers and leaders are there, civilians in refuges
    door: Floats  # (C) how open the crossing is today, 0..1
    way_open: Floats  # (X) the same of a way abroad


class Chiefs(NamedTuple):
    """Leaders."""

    status: Ints  # (L)
    place: Ints  # (L)


class Scratch(NamedTuple):
    """Room to work in; nothing here outlives the step of the day that wrote it."""

    luck: Floats  # (4, P) four uniforms for every place, of one mechanism at a time
    beta: Floats  # (K) coefficients of the law of loss
    x: Floats  # (K) covariates of one place
    country: Floats  # (2, X) what belongs to one country abroad, seen from one place
    touch: Ints  # (P) 1 where a place is known to be in touch with its side
    queue: Ints  # (P) places that are to pass it on
    passed: Shorts  # (P) civilians sent by the twigs before each
    some: Shorts  # (H) the havens to which those who leave one place go


class Memo(NamedTuple):
    """What has been worked out for one member, and holds until what it rests on is another."""

    draw: Floats  # (2, X) draw of the ways abroad that the next two rest on
    passed: Floats  # (P, X) running sum over the ways abroad of the shares of those who leave the place
    weight: Floats  # (P) weight of all countries abroad and of staying inside; 0 where not known
    sent: Shorts  # (B + P) civilians sent to the end of each twig since roads were last counted; after the twigs of
    # each place one that leads nowhere
    went: Bools  # (P) some were sent from the place since then


class Memory(NamedTuple):
    """All numbers of the groups above once more, in two lines: a copy of these is a copy of the state."""

    ints: Ints
    floats: Floats


class State(NamedTuple):
    """Everything that changes."""

    hold: Hold
    mood: SideState
    troops: Troops
    people: People
    border: Border
    chiefs: Chiefs
    scratch: Scratch
    memo: Memo
    memory: Memory


def empty_state(world: World) -> State:
    """Arrays of the right sizes for one member; nobody holds anything and nobody is anywhere."""
    places, sides = world.sides.seat_log.shape
    leaders, crossings = world.roster.side.size, world.gates.place.size
    exits, refuges = world.exits.at.size, world.refuges.place.size

    def ints(*shape: int) -> Ints:
        return np.zeros(shape, np.int64)

    def floats(*shape: int) -> Floats:
        return np.zeros(shape)

    def bools(*shape: int) -> Bools:
        return np.zeros(shape, np.bool_)

    extra = world.sides.extra.shape[2]
    return in_lines(
        room_to_work(world),
        Hold(
            ints(places) + NOBODY, floats(places, sides), floats(places), floats(places), bools(places), ints(places),
            floats(places), floats(places), ints(places) + NOBODY, ints(places), bools(sides),
            floats(sides), floats(places),
        ),
        SideState(
            floats(sides), floats(sides), floats(sides), floats(sides), floats(sides), floats(places, sides),
            floats(sides, 3), floats(extra),
        ),
        Troops(
            ints(places), ints(sides), ints(places, sides), ints(SLOTS, places, sides), ints(sides, 4),
            ints(sides),
        ),
        People(
            ints(places), ints(places), ints(SLOTS, places), ints(SLOTS, exits), ints(exits), ints(exits),
            floats(places), ints(places), floats(2, exits), floats(2, exits, refuges), floats(refuges),
            floats(refuges), floats(2, exits), ints(world.roads.link_to.size),
        ),
        Border(ints(crossings, 3), ints(crossings, 3), floats(crossings), floats(exits)),
        Chiefs(ints(leaders), ints(leaders)),
    )  # fmt: skip


def room_to_work(world: World) -> tuple[Scratch, Memo]:
    """Arrays of the right sizes for work, and for what has been worked out."""
    places, exits, havens = world.ground.name.size, world.exits.at.size, world.roads.haven_at.shape[1]
    k = COVARIATES + world.sides.extra.shape[2]

    def ints(size: int) -> Ints:
        return np.zeros(size, np.int64)

    def shorts(size: int) -> Shorts:
        return np.zeros(size, np.int32)

    def floats(*shape: int) -> Floats:
        return np.zeros(shape)

    return Scratch(
        floats(4, places), floats(k), floats(k), floats(2, exits), ints(places), ints(places), shorts(places),
        shorts(havens),
    ), Memo(
        floats(2, exits), floats(places, exits), floats(places), shorts(world.roads.twig_end.size + places),
        np.zeros(places, np.bool_),
    )  # fmt: skip


def in_lines(apart: tuple[Scratch, Memo], *groups: Any) -> State:
    """A state of these groups, their whole numbers in one line of memory and their decimals in another."""
    arrays = [a for g in groups for a in g]
    memory = Memory(*(np.concatenate([a.ravel() for a in arrays if a.dtype == k]) for k in ("i8", "f8")))
    used = {line.dtype: 0 for line in memory}

    def view(a: NDArray[Any]) -> NDArray[Any]:
        if a.dtype not in used:
            return a
        start = used[a.dtype]
        used[a.dtype] += a.size
        line = memory.ints if a.dtype == memory.ints.dtype else memory.floats
        return line[start : start + a.size].reshape(a.shape)

    laid: list[Any] = [*(type(g)(*map(view, g)) for g in groups), *apart, memory]
    return State(*laid)


def soldiers_total(state: State) -> int:
    """All soldiers there are: in garrisons, in the field, in pools, on roads, at crossings, gone."""
    t, b = state.troops, state.border
    inside = t.garrison.sum() + t.field.sum() + t.pool.sum() + t.marching.sum()
    return int(inside + t.ledger.sum() + b.queue[:, SOLDIERS].sum() + b.crossed[:, SOLDIERS].sum())


def civilians_total(state: State) -> int:
    """All civilians there are: at home, displaced inside and abroad, on roads, at crossings."""
    p = state.people
    there = p.residents.sum() + p.guests.sum() + p.elsewhere.sum()
    return int(there + p.walking.sum() + p.bound.sum() + state.border.queue[:, CIVILIANS].sum())
