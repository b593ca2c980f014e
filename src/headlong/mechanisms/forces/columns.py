"""Columns: soldiers on the road, who arrive, are cut off or are lost on the way.

A column makes for the nearest place its side still holds, or for the border, one road after the other.
On every road some go home::

    stragglers ~ Binomial(column, straggle),    cut off where the enemy holds the next place:
    captured ~ Binomial(column, cut), the rest goes on

In the Central Highlands of 1975 a quarter of the column reached the coast. At a crossing soldiers join
the queue; with nowhere to go they take to the field.

Reads   marching, control, lost.     Writes   marching, garrison, ledger, field, queue.
"""

from headlong.board.draws import binomial, uniforms_of_pair
from headlong.board.kernel import kernel
from headlong.board.state import ABROAD, CAPTURED, HOME, SOLDIERS
from headlong.board.streams import COLUMNS
from headlong.board.world import NOBODY, SLOTS
from headlong.parameters import Beta, par, parameters


@parameters
class Columns:
    """What the road costs."""

    straggle: float = par(0.2, "1 per road", prior=Beta(2.0, 8.0), neutral=0.0,
                          doc="share that goes home on one road between places",
                          source="judgement: 25-50 % arrive after long retreats (Highlands 1975)")  # fmt: skip
    cut: float = par(0.5, "1", prior=Beta(5.0, 5.0), neutral=0.0,
                     doc="share captured where the enemy holds the next place",
                     source="judgement")  # fmt: skip


@kernel
def safe(ground, hold, i, side):
    """Whether place `i` is beyond the border, or held by `side` and not lost today."""
    return ground.outside[i] or (hold.control[i] == side and hold.lost[i] != side)


@kernel
def way_out(roads, ground, hold, i, side):
    """Whether a road from place `i` leads to a safe place, or there is an airfield to leave from."""
    if ground.open_air[i] or ground.cross_at[i] >= 0:
        return True
    for e in range(roads.link_start[i], roads.link_start[i + 1]):
        if safe(ground, hold, roads.link_to[e], side):
            return True
    return False


@kernel
def haven(roads, ground, hold, i, side):
    """Nearest safe place by road from `i`, or NOBODY."""
    for j in roads.order[i]:
        if j != i and roads.hop[i, j] >= 0 and safe(ground, hold, j, side):
            return j
    return NOBODY


@kernel
def set_out(roads, ground, hold, troops, border, i, side, men, day):
    """Send `men` of `side` from place `i` towards safety."""
    if men <= 0:
        return
    at = ground.cross_at[i]
    if at >= 0:
        border.queue[at, SOLDIERS] += men
        return
    where = haven(roads, ground, hold, i, side)
    if where < 0:
        troops.field[side] += men
        return
    j = roads.hop[i, where]
    troops.marching[(day + roads.march_days[i, j]) % SLOTS, j, side] += men


@kernel
def arrive(roads, ground, hold, troops, border, p, luck, i, side, men, day):
    """Let `men` of `side` reach place `i`; `luck` is two uniforms."""
    home = binomial(men, p.straggle, luck[0])
    troops.ledger[side, HOME] += home
    men -= home
    if ground.outside[i]:
        troops.ledger[side, ABROAD] += men
    elif hold.control[i] == side:
        troops.garrison[i] += men
    else:
        lost = binomial(men, p.cut, luck[1]) if hold.control[i] >= 0 else 0
        troops.ledger[side, CAPTURED] += lost
        set_out(roads, ground, hold, troops, border, i, side, men - lost, day)


@kernel
def columns(roads, sides, ground, hold, troops, border, params, key, day):
    """Let every column that arrives today reach its next place."""
    slot = day % SLOTS
    for i in range(hold.control.size):
        for s in range(troops.field.size):
            men = troops.marching[slot, i, s]
            if men > 0:
                troops.marching[slot, i, s] = 0
                a, b, _, _ = uniforms_of_pair(key, COLUMNS, day, ground.name[i], sides.name[s])
                arrive(roads, ground, hold, troops, border, params.columns, (a, b), i, s, men, day)
