"""Leaving: in which way a place changes hands.

Given that a place is lost, its garrison hands over, withdraws, switches, melts away or is overrun, with
chances proportional to the exponentials of ::

    hand over   deal + kin * ties + amnesty * (credibility of the taker's promise - 1)
    withdraw    withdraw + road * [a way out is open]
    switch      switch + amnesty * (credibility - 1)
    melt away   melt
    overrun     0

Where promises are not believed a garrison has less reason to give up at all: `holdfast` then weighs on
the loss itself, in what-ifs only. In 2021 three of four Afghan capitals went with little or no fighting.

Reads   lost, taker, control.     Writes   way, push.
"""

from math import exp

from headlong.board.draws import uniform
from headlong.board.kernel import kernel, law
from headlong.board.state import HANDED_OVER, HELD, MELTED, OVERRUN, SWITCHED, WITHDREW
from headlong.board.streams import LEAVING
from headlong.mechanisms.forces.columns import way_out
from headlong.parameters import LogNormal, Normal, par, parameters

_MODES = (
    "judgement, set so that a quarter is overrun where a road is open; modes of 260 changes in eight cases"
)


@parameters
class Leaving:
    """Readiness for each way, against being overrun."""

    deal: float = par(-0.2, "log-odds", prior=Normal(-0.2, 0.5), neutral=0.0,
                      doc="hand over by agreement", source=_MODES)  # fmt: skip
    withdraw: float = par(-1.0, "log-odds", prior=Normal(-1.0, 0.5), neutral=0.0,
                          doc="withdraw, without an open road", source=_MODES)  # fmt: skip
    switch: float = par(-1.5, "log-odds", prior=Normal(-1.5, 0.5), neutral=0.0,
                        doc="join the taker", source=_MODES)  # fmt: skip
    melt: float = par(-0.3, "log-odds", prior=Normal(-0.3, 0.5), neutral=0.0,
                      doc="go home", source=_MODES)  # fmt: skip
    road: float = par(1.5, "log-odds", prior=Normal(1.5, 0.5), neutral=0.0,
                      doc="what an open road adds to withdrawing", source="judgement")  # fmt: skip
    kin: float = par(1.0, "log-odds", prior=Normal(1.0, 0.4), neutral=0.0,
                     doc="what a leader wholly at odds with the centre adds to handing over",
                     source="judgement")  # fmt: skip
    amnesty: float = par(1.0, "log-odds", prior=Normal(1.0, 0.4), neutral=0.0,
                         doc="what a believed promise of safety adds to handing over and switching",
                         source="judgement")  # fmt: skip
    holdfast: float = par(0.0, "log-odds", prior=LogNormal(0.4, 0.6), neutral=0.0,
                          doc="fall of the log-odds of loss where promises of safety are not believed",
                          source="judgement")  # fmt: skip


@law
def way_of_loss(u, deal, withdraw, switch, melt):
    """Way in which a place is lost, from a uniform and four utilities (overrun has 0)."""
    a, b, c, d = exp(deal), exp(withdraw), exp(switch), exp(melt)
    x = u * (1.0 + a + b + c + d)
    if x < a:
        return HANDED_OVER
    if x < a + b:
        return WITHDREW
    if x < a + b + c:
        return SWITCHED
    return MELTED if x < a + b + c + d else OVERRUN


@kernel
def leaving(roads, sides, ground, hold, params, key, day):
    """Choose the way for every place lost today."""
    p = params.leaving
    for i in range(hold.control.size):
        hold.way[i] = HELD
        s, q = hold.lost[i], hold.taker[i]
        if s >= 0:
            doubt = p.amnesty * (sides.amnesty[q] - 1.0)
            road = p.road if way_out(roads, ground, hold, i, s) else 0.0
            u = uniform(key, LEAVING, day, ground.name[i])
            deal = p.deal + p.kin * ground.ties[i] + doubt
            hold.way[i] = way_of_loss(u, deal, p.withdraw + road, p.switch + doubt, p.melt)


@kernel
def doubt_promises(sides, hold, params):
    """Let garrisons hold on where the taker's promise of safety is not believed."""
    holdfast = params.leaving.holdfast
    if holdfast == 0.0:
        return
    for i in range(hold.control.size):
        q = hold.taker[i]
        if q >= 0:
            hold.push[i] -= holdfast * (1.0 - sides.amnesty[q])
