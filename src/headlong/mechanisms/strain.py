"""Strain: how near a side is to breaking, a hidden level that moves.

Each side has a slow and a fast part. Both relax to their mean and are driven by chance (two
Ornstein-Uhlenbeck processes, exact for a step of one day)::

    part(t+1) = r * part(t) + sd * sqrt(1 - r^2) * normal,    r = exp(-1 / memory)

The sum, with its mean, is the log-odds per day of losing a place 100 km from the front and 200 km from
the seat, without news. It is never seen: losses reveal it (`headlong.inference.strain_filter`).
A level fixed for the whole war does far worse out of sample; one moving level does slightly worse than
two.

Reads   strain.     Writes   strain.
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

_EIGHT = "default: posterior mean of eight historical cases; prior: weak, before any case"


@parameters
class Strain:
    """Level and movement of strain."""

    mean: float = par(-8.7, "log-odds/day", prior=Normal(-7.0, 2.5), neutral=-inf,
                      doc="mean of strain", source=_EIGHT)  # fmt: skip
    slow_sd: float = par(3.4, "log-odds/day", prior=LogNormal(2.5, 0.6), neutral=0.0,
                         doc="standard deviation of the slow part", source=_EIGHT)  # fmt: skip
    fast_sd: float = par(1.85, "log-odds/day", prior=LogNormal(1.5, 0.6), neutral=0.0,
                         doc="standard deviation of the fast part", source=_EIGHT)  # fmt: skip


@law
def step(part, sd, memory, z):
    """One day of one part of strain [log-odds/day]; `memory` in days, `z` standard normal."""
    r = exp(-1.0 / memory)
    return r * part + sd * sqrt(1.0 - r * r) * z


@kernel
def strain(mood, params, key, day):
    """Let the strain of every side drift for one day."""
    p = params.strain
    for s in range(mood.slow.size):
        a, b, _, _ = uniforms(key, STRAIN, day, s)
        mood.slow[s] = step(mood.slow[s], p.slow_sd, SLOW_DAYS, normal_quantile(a))
        mood.fast[s] = step(mood.fast[s], p.fast_sd, FAST_DAYS, normal_quantile(b))
