"""Respite: what a side has just lost buys the rest of it a pause.

Each loss counts by its share of what the side could have lost that day, and fades as news does::

    respite = force * sum over places lost since init of exp(-age / 5 days) / places at risk that morning

and is taken off the log-odds of loss at all places of the side. The places easiest to take go first, and the
taker has to hold, feed and garrison what he took. Without the term a member whose strain happens to rise
runs away, and forecasts some days ahead foresee too many losses. It acts after init alone: up to init strain
is whatever explains what came to pass, pauses included. In the filter the term would gain too little, and
its forecasts were no better (docs/model-log.md). So its force is fitted to hindcasts 3 to 30 days ahead
(scripts/fit_respite.py), for a bundled case to those of the other cases only.

Reads   control, pressed, lost.     Writes   respite.
"""

from math import exp

from headlong.board.kernel import kernel
from headlong.mechanisms.news import MEMORY_DAYS
from headlong.parameters import LogNormal, par, parameters


@parameters
class Respite:
    """Force of respite."""

    force: float = par(8.7, "log-odds", prior=LogNormal(3.0, 1.0), neutral=0.0,
                       doc="fall of the log-odds of loss were all that the side could lose just lost",
                       source="fitted to hindcasts of eight cases, 3 to 30 days ahead")  # fmt: skip


@kernel
def age_respite(mood):
    """Let all respite grow one day older."""
    kept = exp(-1.0 / MEMORY_DAYS)
    for s in range(mood.respite.size):
        mood.respite[s] *= kept


@kernel
def give_respite(hold, mood, params):
    """Count today's losses by their share of what each side could have lost today."""
    force = params.respite.force
    for s in range(mood.respite.size):
        held, gone = 0, 0
        for i in range(hold.control.size):
            if hold.control[i] == s and hold.pressed[i]:
                held += 1
                if hold.lost[i] == s:
                    gone += 1
        if gone > 0:
            mood.respite[s] += force * gone / held
