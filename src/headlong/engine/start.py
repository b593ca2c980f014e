"""The evening of init: what all members share, and what is each member's own."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.copying import copy_line, copy_table, wipe_ring, wipe_table
from headlong.board.draws import uniform
from headlong.board.kernel import kernel
from headlong.board.state import State
from headlong.board.streams import MEMBER_GARRISON
from headlong.board.world import NOBODY
from headlong.mechanisms.front import all_fronts
from headlong.mechanisms.handover import see_seats


class Opening(NamedTuple):
    """The evening of init for all members; N members, otherwise as in `State`.

    `start` holds what all members share; `slow`, `fast` (N, S) are each member's strain, `muster` (2, P)
    the low and high bound between which each member's garrisons lie.
    """

    start: State
    slow: NDArray[np.float64]
    fast: NDArray[np.float64]
    muster: NDArray[np.float64]


@kernel
def begin(world, opening, state, key, n):
    """Set `state` to the evening of init of the `n`-th member."""
    start, troops, people = opening.start, state.troops, state.people
    copy_line(state.hold.control, start.hold.control)
    copy_table(state.mood.news, start.mood.news)
    copy_line(state.mood.slow, opening.slow[n])
    copy_line(state.mood.fast, opening.fast[n])
    copy_line(troops.field, start.troops.field)
    copy_table(troops.pool, start.troops.pool)
    wipe_ring(troops.marching)
    wipe_table(troops.ledger)
    copy_line(people.residents, start.people.residents)
    copy_line(people.guests, start.people.guests)
    wipe_table(people.walking)
    wipe_table(state.border.queue)
    wipe_table(state.border.crossed)
    copy_line(state.chiefs.status, start.chiefs.status)
    copy_line(state.chiefs.place, start.chiefs.place)
    for s in range(troops.arms.size):
        troops.arms[s] = 0
    for i in range(state.hold.lost.size):
        state.hold.lost[i] = NOBODY
        troops.garrison[i] = muster(opening.muster[0, i], opening.muster[1, i], key, i)
    all_fronts(world.roads, world.sides, world.ground, state.hold)
    see_seats(world.sides, state.hold)


@kernel
def muster(low, high, key, i):
    """Soldiers in place `i`: log-uniform between the bounds."""
    if low <= 0.0:
        return 0
    return int(low * (high / low) ** uniform(key, MEMBER_GARRISON, 0, i) + 0.5)
