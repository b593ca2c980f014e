"""News: a side's losses, as they are heard of at each of its places.

The loss of place e is felt at place i with weight ::

    w(e) * (SHARED + (1 - SHARED) * exp(-km(i, e) / REACH_KM)) * exp(-age / MEMORY_DAYS)

Part of it is heard everywhere, the rest fades with the road. One day ahead news adds little beside a
moving strain; days ahead it is what makes losses cascade in the ensemble.

Reads   lost.     Writes   news.
"""

from math import exp

import numpy as np

from headlong.board.kernel import kernel
from headlong.board.world import Floats
from headlong.parameters import LogNormal, par, parameters

SHARED = 0.3
"""Part of the news that is heard everywhere; 0 loses the cascade, .3 and 1 score alike."""

REACH_KM = 150.0
"""Distance over which the rest fades [km]; 75 scores as well as 150."""

MEMORY_DAYS = 5.0
"""Time after which news has lost its force [days]; 2 and 14 score as well."""

WEIGHT = {"capital": 1.0, "provincial_capital": 1.0, "port": 1.0}
"""Weight of a loss by kind of place; other places `WEIGHT_OTHER`."""

WEIGHT_OTHER = 0.4


@parameters
class News:
    """Force of bad news."""

    force: float = par(0.4, "log-odds per loss", prior=LogNormal(0.6, 0.8), neutral=0.0,
                       doc="rise of the log-odds of loss by one fresh loss of a capital next door",
                       source="default: posterior mean of eight cases; prior: weak, before any case")  # fmt: skip


def felt(km: Floats, weight: Floats) -> Floats:
    """How strongly the loss of each place (rows) is felt at each place (columns); `weight` (P), km (P, P)."""
    return weight[:, None] * (SHARED + (1.0 - SHARED) * np.exp(-km / REACH_KM))


@kernel
def age_news(mood):
    """Let all news grow one day older."""
    kept = exp(-1.0 / MEMORY_DAYS)
    for i in range(mood.news.shape[0]):
        for s in range(mood.news.shape[1]):
            mood.news[i, s] *= kept


@kernel
def spread_news(sides, hold, mood):
    """Let today's losses be heard of."""
    for e in range(hold.lost.size):
        s = hold.lost[e]
        if s >= 0:
            for i in range(mood.news.shape[0]):
                mood.news[i, s] += sides.share[e, i]
