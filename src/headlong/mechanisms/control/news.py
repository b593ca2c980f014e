"""News: a side's losses and gains as shares of what it held, and as they are heard of at its places.

Every loss to a side that presses counts by its share, so that a table with twice the places tells the same::

    shed    = sum over places lost of  exp(-age / 7 days)  / places held that morning
    won     = sum over places won of   exp(-age / 7 days)  / (places held that morning + 1)
    won_lately                         the same over 30 days
    nearby  = sum over places lost of  exp(-age / 7 days)  * nearness(place lost, place)

where nearness is 1 / (1 + (km / reach)^2), brought to a sum of one over all places of the country, and the
reach is a sixth of the country's extent. Strain explains that a side is losing; what was shed is then a brake,
and losses nearby are a spur (`headlong.mechanisms.control.covariates`).

Reads   lost, taker, held.     Writes   shed, won, won_lately, nearby.
"""

from math import exp

import numpy as np

from headlong.board.kernel import kernel
from headlong.board.world import Bools, Floats
from headlong.parameters import Normal, par, parameters

MEMORY_DAYS = 7.0
"""Time after which news has lost its force [days]."""

LONG_MEMORY_DAYS = 30.0
"""Time after which gains are no longer felt [days]."""

REACH = 1.0 / 6.0
"""Reach of the news of a loss nearby, as a share of the country's extent."""

SCALE = 100.0
"""Shares count as ln(1 + 100 share)."""

_LEARNED = "default: posterior mean of thirty-six wars; prior: weak"


@parameters
class News:
    """What losses and gains do to the chance of the next loss."""

    nearby: float = par(1.0, "1", prior=Normal(0.6, 0.5), neutral=0.0,
                        doc="power by which the odds of loss rise with losses nearby over losses anywhere",
                        source=_LEARNED)  # fmt: skip
    won: float = par(0.4, "1", prior=Normal(0.2, 0.3), neutral=0.0,
                     doc="power by which the odds of loss change with what the side has won in a week",
                     source=_LEARNED)  # fmt: skip
    won_lately: float = par(-0.5, "1", prior=Normal(-0.2, 0.3), neutral=0.0,
                            doc="power by which the odds of loss change with what the side has won in a month",
                            source=_LEARNED)  # fmt: skip


def nearness(km: Floats, outside: Bools, extent: float) -> Floats:
    """How near each place (rows) is to each place (columns) as news goes (P, P); columns add up to one."""
    table = 1.0 / (1.0 + (km / (REACH * extent)) ** 2)
    np.fill_diagonal(table, 0.0)
    table[outside] = 0.0
    total = table.sum(axis=0)
    return np.asarray(table / np.where(total > 0.0, total, 1.0))


@kernel
def age_news(mood):
    """Let all news grow one day older."""
    week, month = exp(-1.0 / MEMORY_DAYS), exp(-1.0 / LONG_MEMORY_DAYS)
    for s in range(mood.shed.size):
        mood.shed[s] *= week
        mood.won[s] *= week
        mood.won_lately[s] *= month
    for i in range(mood.nearby.shape[0]):
        for s in range(mood.nearby.shape[1]):
            mood.nearby[i, s] *= week


@kernel
def spread_news(sides, hold, mood):
    """Let today's losses be heard of; control has not yet passed."""
    for e in range(hold.lost.size):
        s = hold.lost[e]
        if s >= 0:
            q = hold.taker[e]
            mood.shed[s] += 1.0 / hold.held[s]
            mood.won[q] += 1.0 / (hold.held[q] + 1.0)
            mood.won_lately[q] += 1.0 / (hold.held[q] + 1.0)
            for i in range(mood.nearby.shape[0]):
                mood.nearby[i, s] += sides.nearness[e, i]
