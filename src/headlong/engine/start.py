"""The evening of init: what all members share, and what is each member's own."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.copying import copy_line
from headlong.board.draws import uniform
from headlong.board.kernel import kernel, spliced
from headlong.board.memory import forget
from headlong.board.state import Memory, State
from headlong.board.streams import INIT, MEMBER_GARRISON
from headlong.mechanisms.control.front import all_fronts
from headlong.mechanisms.control.handover import count_held, see_seats
from headlong.mechanisms.people.alarm import see_cut_off


class MemberStart(NamedTuple):
    """What differs between members where reports leave open who holds what; without rows, nothing does."""

    control: NDArray[np.int64]  # (N, P) side that holds the place, or NOBODY
    taken: NDArray[np.float64]  # (N, P) change of hands, fading
    sides: NDArray[np.float64]  # (N, 3, S) shed, won, won_lately
    nearby: NDArray[np.float64]  # (N, P, S) losses nearby
    muster: NDArray[np.float64]  # (S, 2, P) bounds of a garrison by the side that holds the place


def no_member_start() -> MemberStart:
    """All members share the evening of init, but for their strain and their garrisons."""
    return MemberStart(
        np.zeros((0, 0), np.int64), np.zeros((0, 0)), np.zeros((0, 3, 0)), np.zeros((0, 0, 0)), np.zeros((0, 2, 0))
    )  # fmt: skip


class Opening(NamedTuple):
    """The evening of init for all members; N members, otherwise as in `State`.

    `start`, an `empty_state` filled in place, holds what all members share; `slow`, `fast` (N, S) are each
    member's strain, `muster` (2, P) the low and high bound between which each member's garrisons lie, `own`
    what else differs.
    """

    start: State
    slow: NDArray[np.float64]
    fast: NDArray[np.float64]
    muster: NDArray[np.float64]
    own: MemberStart = no_member_start()
    extra: NDArray[np.float64] = np.zeros((0, 0))  # (N, E) coefficients of the columns that the form brings


class SharedStart(NamedTuple):
    """What kernels need of the shared evening: its memory, a copy. A whole state has thirty arrays to hand over."""

    memory: Memory


@spliced
def begin(world, opening, state, key, n, seen):
    """Set `state` to the evening of init of the `n`-th member.

    What follows from a control that all members share is worked out for the first and kept in the opening; `seen`
    says that this has been done.
    """
    hold = state.hold
    forget(state.memo)
    copy_line(state.memory.ints, opening.start.memory.ints)
    copy_line(state.memory.floats, opening.start.memory.floats)
    copy_line(state.mood.slow, opening.slow[n])
    copy_line(state.mood.fast, opening.fast[n])
    for e in range(state.mood.extra.size):
        state.mood.extra[e] = opening.extra[n, e]
    for i in range(hold.control.size):
        state.troops.garrison[i] = muster(
            opening.muster[0, i], opening.muster[1, i], key, world.ground.name[i]
        )
    own = opening.own.control.shape[0] > 0
    if own:
        set_member_start(world, opening.own, state, key, n)
    if own or not seen:
        count_held(world.ground, hold)
        all_fronts(world.roads, world.sides, world.ground, hold)
        see_cut_off(world.roads, world.sides, world.ground, hold, state.people, state.scratch, 0.0)
    for i in range(hold.control.size):
        hold.pressed[i] = hold.taker[i] >= 0  # what is true or false has no line of memory
    see_seats(world.sides, hold)
    if not (own or seen):
        copy_line(opening.start.memory.ints, state.memory.ints)
        copy_line(opening.start.memory.floats, state.memory.floats)


@kernel
def set_member_start(world, own, state, key, n):
    """Set what is the `n`-th member's alone: who holds what, and what follows from it."""
    control = state.hold.control
    for i in range(control.size):
        control[i] = own.control[n, i]
        s = control[i]
        state.troops.garrison[i] = 0
        if s >= 0:
            state.troops.garrison[i] = muster(
                own.muster[s, 0, i], own.muster[s, 1, i], key, world.ground.name[i]
            )
        state.hold.taken[i] = own.taken[n, i]
        for q in range(own.nearby.shape[2]):
            state.mood.nearby[i, q] = own.nearby[n, i, q]
    for q in range(own.nearby.shape[2]):
        state.mood.shed[q] = own.sides[n, 0, q]
        state.mood.won[q] = own.sides[n, 1, q]
        state.mood.won_lately[q] = own.sides[n, 2, q]
    for who in range(world.roster.base.size):
        state.chiefs.place[who] = seat_of(
            world.roads, control, world.roster.side[who], world.roster.base[who]
        )


@kernel
def seat_of(roads, control, side, base):
    """Where a leader is: at his base, or if that is lost at the nearest place his side holds."""
    best = base
    if control[base] != side:
        for j in range(control.size):
            if control[j] == side and (control[best] != side or roads.km[base, j] < roads.km[base, best]):
                best = j
    return best


@kernel
def muster(low, high, key, name):
    """Soldiers in the place of that name: log-uniform between the bounds."""
    if low <= 0.0:
        return 0
    return int(low * (high / low) ** uniform(key, MEMBER_GARRISON, INIT, name) + 0.5)
