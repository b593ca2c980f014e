"""Strain: how near a side is to breaking, a hidden level that moves.

Each side has a slow and a fast part. Both relax to their mean and are driven by chance (two
Ornstein-Uhlenbeck processes, exact for a step of one day)::

    part(t+1) = r * part(t) + sd * sqrt(1 - r^2) * normal,    r = exp(-1 / memory)

and once in some weeks, with a chance `renewal` a day, the slow part is drawn anew from its law at rest: a war
that stood still catches fire, an attack is spent. While those who press a side hold nothing it is untested: its
quiet proves little, and the chance is `OUTSET`. The sum, with its mean, is the log-odds per day of losing a
place whose covariates are all nought. It is never seen: losses reveal it (`headlong.inference.strain_filter`).
A level fixed for the whole war does far worse out of sample; hidden regimes with chances of their own to begin
and to end do no better days ahead (docs/model-log.md).

Reads   strain, held.     Writes   strain.
"""

from math import exp, inf, sqrt

from headlong.board.draws import normal_quantile, uniforms
from headlong.board.kernel import kernel, law
from headlong.board.streams import STRAIN
from headlong.parameters import LogNormal, Normal, par, parameters

SLOW_DAYS = 90.0
"""Memory of the slow part [days]; when left free, eight cases do not tell it from its prior."""

FAST_DAYS = 4.0
"""Memory of the fast part [days]; when left free, 4.3 +- 1.8 days on eight cases."""

OUTSET = 0.2
"""Chance of renewal a day of a side that is untested. The day ahead hardly tells it, days ahead do
(docs/model-log.md); it has seen wars whose tables begin weeks before a rising breaks out."""

_LEARNED = "default: posterior mean of thirty-six wars; prior: weak"


@parameters
class Strain:
    """Level and movement of strain."""

    mean: float = par(-8.2, "log-odds/day", prior=Normal(-8.5, 2.0), neutral=-inf,
                      doc="mean of strain", source=_LEARNED)  # fmt: skip
    slow_sd: float = par(2.8, "log-odds/day", prior=LogNormal(2.5, 0.6), neutral=0.0,
                         doc="standard deviation of the slow part", source=_LEARNED)  # fmt: skip
    fast_sd: float = par(1.0, "log-odds/day", prior=LogNormal(1.5, 0.6), neutral=0.0,
                         doc="standard deviation of the fast part", source=_LEARNED)  # fmt: skip
    renewal: float = par(0.019, "1/day", prior=LogNormal(0.017, 1.0), neutral=0.0,
                         doc="chance a day that the slow part is drawn anew", source=_LEARNED)  # fmt: skip


@law
def step(part, sd, memory, z):
    """One day of one part of strain [log-odds/day]; `memory` in days, `z` standard normal."""
    r = exp(-1.0 / memory)
    return r * part + sd * sqrt(1.0 - r * r) * z


@kernel
def untested(sides, hold, s):
    """Whether nobody who presses side `s` holds a place or is known to be in the country."""
    for q in range(hold.held.size):
        if sides.presses[q, s]:
            if hold.held[q] > 0.0:
                return False
            for i in range(sides.near_cap.shape[0]):
                if sides.near_cap[i, q] < inf:
                    return False
    return True


@law
def renewal_today(renewal, new):
    """Chance that the slow part is drawn anew today [1/day]; `new`: the side is untested."""
    return max(renewal, OUTSET) if new else renewal


@kernel
def strain(sides, hold, mood, params, key, day):
    """Let the strain of every side drift for one day."""
    p = params.strain
    for s in range(mood.slow.size):
        a, b, c, _ = uniforms(key, STRAIN, day, sides.name[s])
        if c < renewal_today(p.renewal, untested(sides, hold, s)):
            mood.slow[s] = p.slow_sd * normal_quantile(a)
        else:
            mood.slow[s] = step(mood.slow[s], p.slow_sd, SLOW_DAYS, normal_quantile(a))
        mood.fast[s] = step(mood.fast[s], p.fast_sd, FAST_DAYS, normal_quantile(b))
