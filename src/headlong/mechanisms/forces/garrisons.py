"""Garrisons: what becomes of the soldiers of a lost place, of their arms, and who moves in.

By the way the place was lost::

    handed over, melted away   all go home
    withdrew                   all set out as a column
    switched                   Binomial(soldiers, turn) join the taker, the rest goes home
    overrun                    Binomial(soldiers, dead) die, Binomial(rest, caught) are captured,
                               the rest sets out as a column

Of those who do not march off, Binomial(soldiers, seized) leave a set of arms to the taker, who moves in
with Binomial(fighters in the field, move_in) men.

Reads   lost, taker, way, control, garrison, field.
Writes  garrison, field, ledger, arms, marching, queue.
"""

from headlong.board.draws import binomial, uniform, uniforms
from headlong.board.kernel import kernel
from headlong.board.state import CAPTURED, DEAD, HOME, OVERRUN, SWITCHED, WITHDREW
from headlong.board.streams import GARRISON, SEIZURE
from headlong.mechanisms.forces.columns import set_out
from headlong.parameters import Beta, par, parameters


@parameters
class Garrisons:
    """Shares of a garrison by what happens to them."""

    turn: float = par(0.6, "1", prior=Beta(6.0, 4.0), neutral=0.0,
                      doc="share that joins the taker when a garrison switches", source="judgement")  # fmt: skip
    dead: float = par(0.05, "1", prior=Beta(2.0, 38.0), neutral=0.0,
                      doc="share that dies when a garrison is overrun",
                      source="judgement: 1-3 % a day in hard fighting, some days of it")  # fmt: skip
    caught: float = par(0.4, "1", prior=Beta(4.0, 6.0), neutral=0.0,
                        doc="share of the others that is captured when a garrison is overrun",
                        source="judgement: half surrendered or deserted at Ban Me Thuot 1975")  # fmt: skip
    seized: float = par(0.6, "1", prior=Beta(6.0, 4.0), neutral=0.0,
                        doc="arms left behind per soldier who does not march off",
                        source="judgement")  # fmt: skip
    move_in: float = par(0.03, "1", prior=Beta(3.0, 97.0), neutral=0.0,
                         doc="share of the taker's fighters in the field that moves into a place",
                         source="judgement")  # fmt: skip


@kernel
def disband(roads, ground, hold, troops, border, p, luck, i, day):
    """Empty the garrison of lost place `i`; returns how many join the taker, and how many march off."""
    side, men, way = hold.lost[i], troops.garrison[i], hold.way[i]
    dead, caught, joined, off = 0, 0, 0, 0
    if way == OVERRUN:
        dead = binomial(men, p.dead, luck[0])
        caught = binomial(men - dead, p.caught, luck[1])
    if way == SWITCHED:
        joined = binomial(men, p.turn, luck[0])
    if way == OVERRUN or way == WITHDREW:
        off = men - dead - caught
    troops.ledger[side, DEAD] += dead
    troops.ledger[side, CAPTURED] += caught
    troops.ledger[side, HOME] += men - dead - caught - joined - off
    set_out(roads, ground, hold, troops, border, i, side, off, day)
    return joined, off


@kernel
def garrisons(roads, ground, hold, troops, border, params, key, day):
    """Let every place lost today change its garrison."""
    p = params.garrisons
    for i in range(hold.control.size):
        if hold.lost[i] < 0:
            continue
        q, men = hold.taker[i], troops.garrison[i]
        luck = uniforms(key, GARRISON, day, ground.name[i])
        joined, off = disband(roads, ground, hold, troops, border, p, luck, i, day)
        fresh = binomial(troops.field[q], p.move_in, luck[2])
        troops.arms[q] += binomial(men - off, p.seized, uniform(key, SEIZURE, day, ground.name[i]))
        troops.field[q] -= fresh
        troops.garrison[i] = joined + fresh
