"""The evening of init: what all members share, and what is each member's own."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.copying import copy_line
from headlong.board.draws import uniform
from headlong.board.kernel import kernel, spliced
from headlong.board.state import Memory, State
from headlong.board.streams import INIT, MEMBER_GARRISON
from headlong.mechanisms.front import all_fronts
from headlong.mechanisms.handover import see_seats


class Opening(NamedTuple):
    """The evening of init for all members; N members, otherwise as in `State`.

    `start`, an `empty_state` filled in place, holds what all members share; `slow`, `fast` (N, S) are each
    member's strain, `muster` (2, P) the low and high bound between which each member's garrisons lie.
    """

    start: State
    slow: NDArray[np.float64]
    fast: NDArray[np.float64]
    muster: NDArray[np.float64]


class Kept(NamedTuple):
    """What kernels need of the shared evening: its memory. A whole state has thirty arrays to hand over."""

    memory: Memory


@spliced
def begin(world, opening, state, key, n):
    """Set `state` to the evening of init of the `n`-th member."""
    hold = state.hold
    copy_line(state.memory.ints, opening.start.memory.ints)
    copy_line(state.memory.floats, opening.start.memory.floats)
    copy_line(state.mood.slow, opening.slow[n])
    copy_line(state.mood.fast, opening.fast[n])
    for i in range(hold.control.size):
        state.troops.garrison[i] = muster(opening.muster[0, i], opening.muster[1, i], key, i)
    all_fronts(world.roads, world.sides, world.ground, hold)
    see_seats(world.sides, hold)


@kernel
def muster(low, high, key, i):
    """Soldiers in place `i`: log-uniform between the bounds."""
    if low <= 0.0:
        return 0
    return int(low * (high / low) ** uniform(key, MEMBER_GARRISON, INIT, i) + 0.5)
