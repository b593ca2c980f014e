"""Mobilisation: a leader's men return to the front at his base.

While the leader is there and the front is near, a share of those who follow him is called up each day::

    called up ~ Binomial(pool, 1 - exp(-pace * exp(-ln(front_km / 100))))

They join the garrison. Whether that helps to hold the place is the matter of `strength`.

Reads   leader_status, control, pressed, front_log, pool.     Writes   pool, garrison.
"""

from math import exp

from headlong.board.draws import binomial, uniform
from headlong.board.kernel import kernel, law
from headlong.board.state import RETURNED, STAYS
from headlong.board.streams import MOBILISATION
from headlong.parameters import LogNormal, par, parameters


@parameters
class Mobilisation:
    """Pace of calling up."""

    pace: float = par(0.03, "1/day", prior=LogNormal(0.03, 0.7), neutral=0.0,
                      doc="share of a leader's men called up in a day with the front at 100 km",
                      source="judgement: Herat's uprising front grew from hundreds to thousands in "
                             "about five weeks of 2021")  # fmt: skip


@law
def called_up(front_log, pace):
    """Share called up in a day; front as log over 100 km."""
    return 1.0 - exp(-pace * exp(-front_log))


@kernel
def mobilisation(roster, hold, troops, chiefs, params, key, day):
    """Let leaders call up their men for one day."""
    pace = params.mobilisation.pace
    if pace == 0.0:
        return
    for who in range(chiefs.status.size):
        i, s = roster.base[who], roster.side[who]
        status = chiefs.status[who]
        here = status == STAYS or status == RETURNED
        if here and troops.pool[i, s] > 0 and hold.control[i] == s and hold.pressed[i]:
            share = called_up(hold.front_log[i], pace)
            men = binomial(troops.pool[i, s], share, uniform(key, MOBILISATION, day, roster.name[who]))
            troops.pool[i, s] -= men
            troops.garrison[i] += men
