"""Respite: what a side has just lost buys the rest of it a pause.

Each loss counts by its share of what the side could have lost when it began to lose, and fades as news does::

    shed    = sum over places lost since init of exp(-age / 5 days) / places at risk on the first such morning
    respite = force * ln(1 + 20 * shed)

which is taken off the log-odds of loss at all places of the side. The places easiest to take go first, and
the taker has to hold, feed and garrison what he took. Without the term a member whose strain happens to rise
runs away, and forecasts some days ahead foresee too many losses. It acts after init alone: up to init strain
is whatever explains what came to pass, pauses included. In the filter the term would gain too little, and
its forecasts were no better (docs/model-log.md). So its force is fitted to hindcasts 3 to 30 days ahead
(scripts/fit_respite.py), for a bundled case to those of the other cases only; half of it is used, because
respite spares sides that are falling fast, too.

Reads   control, pressed, lost, whole, shed.     Writes   whole, shed, respite.
"""

from math import exp, log

from headlong.board.kernel import kernel, law
from headlong.mechanisms.news import MEMORY_DAYS
from headlong.parameters import LogNormal, par, parameters

SCALE = 20.0
"""One over the share at which respite begins to level off; 4, 10 and 40 score alike."""


@parameters
class Respite:
    """Force of respite."""

    force: float = par(0.5, "1", prior=LogNormal(0.5, 1.0), neutral=0.0,
                       doc="power by which the odds of loss fall with 1 + 20 times the share just lost",
                       source="half of the best in hindcasts of eight cases, 3 to 30 days ahead")  # fmt: skip


@law
def eased(shed, force):
    """Fall of the log-odds of loss by the share of its places that a side has just lost."""
    return force * log(1.0 + SCALE * shed)


@kernel
def take_respite(mood, params):
    """Let what was shed grow one day older, and see what respite it gives today."""
    kept = exp(-1.0 / MEMORY_DAYS)
    for s in range(mood.shed.size):
        mood.shed[s] *= kept
        mood.respite[s] = eased(mood.shed[s], params.respite.force)


@kernel
def shed_losses(hold, mood):
    """Count today's losses by their share of what each side could lose at first."""
    for s in range(mood.shed.size):
        held, gone = 0.0, 0.0
        for i in range(hold.control.size):
            if hold.control[i] == s and hold.pressed[i]:
                held += 1.0
                if hold.lost[i] == s:
                    gone += 1.0
        if gone > 0.0:
            if mood.whole[s] == 0.0:
                mood.whole[s] = held
            mood.shed[s] += gone / mood.whole[s]
