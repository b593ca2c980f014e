"""Strength: what garrisons and seized arms add to holding a place.

Numbers explain little of who quits (fifteen to one did not hold Mosul), so the terms are weak::

    push = -garrison * (ln(soldiers / typical) + ghosts) + arms * ln(1 + seized / fighters of the taker)

with the first logarithm kept within +-2. `ghosts` is zero unless a scenario puts soldiers who exist only
on paper back into their posts.

Reads   garrison, arms, field, control, taker.     Writes   push.
"""

from math import log, log1p

from headlong.board.kernel import kernel, law
from headlong.parameters import LogNormal, par, parameters

LIMIT = 2.0
"""Bound of the logarithm of soldiers over the typical garrison."""


@parameters
class Strength:
    """What numbers and arms are worth."""

    garrison: float = par(0.0, "log-odds per e-fold", prior=LogNormal(0.2, 0.6), neutral=0.0,
                          doc="fall of the log-odds of loss when a garrison is e times the typical one",
                          source="judgement: weak; casualties and numbers explain about a tenth of abandoned "
                                 "defences (McQuie 1987)")  # fmt: skip
    arms: float = par(0.0, "log-odds per e-fold", prior=LogNormal(0.2, 0.6), neutral=0.0,
                      doc="rise of the log-odds of loss by the taker's seized arms",
                      source="judgement")  # fmt: skip


@law
def held_by_numbers(soldiers, typical, ghosts):
    """Log of a garrison over the typical one of its side, with absent soldiers put back."""
    return min(LIMIT, max(-LIMIT, log((soldiers + 1.0) / (typical + 1.0)))) + ghosts


@kernel
def strength(sides, hold, troops, params):
    """Let garrisons and seized arms weigh on every place."""
    p = params.strength
    if p.garrison == 0.0 and p.arms == 0.0:
        return
    for i in range(hold.control.size):
        s, q = hold.control[i], hold.taker[i]
        if s >= 0 and q >= 0:
            held = held_by_numbers(troops.garrison[i], sides.typical[s], sides.ghosts[s])
            armed = log1p(troops.arms[q] / (1000.0 + troops.field[q]))
            hold.push[i] += p.arms * armed - p.garrison * held
