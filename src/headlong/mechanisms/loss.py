"""Loss: whether a place changes hands today.

The core of the model, six free parameters in all (with `strain` and `news`)::

    eta = strain + sum over columns of coefficient * covariate - respite + push
    chance of loss today = 1 / (1 + exp(-eta))

Strain belongs to the side; the covariates, news and distances, to the place
(`headlong.mechanisms.covariates`): places near a front are lost sooner, places near the side's own seat later.
Respite follows losses after init (`headlong.mechanisms.respite`). `push` is what the system around the core
adds; it is zero unless a scenario lets those terms act. Forms that did no better on eight left-out cases,
among them static levels, thresholds per place and hard limits of reach, are listed in docs/model.md.

Reads   control, pressed, strain, news, respite, front_log, push.     Writes   lost.
"""

from math import exp

from headlong.board.draws import for_all_places
from headlong.board.kernel import kernel, law
from headlong.board.streams import LOSS
from headlong.board.world import NOBODY
from headlong.mechanisms.covariates import coefficients, covariates
from headlong.parameters import LogNormal, Normal, par, parameters

NEAREST_SEAT_KM = 25.0
"""Places nearer to the seat than this count as this far [km]."""

SEAT_SCALE_KM = 200.0
"""Distance at which the seat term is zero [km]."""

_EIGHT = "default: posterior mean of eight historical cases; prior: weak, before any case"


@parameters
class Loss:
    """What distance does to the chance of loss."""

    front: float = par(1.25, "1", prior=LogNormal(0.8, 0.5), neutral=0.0,
                       doc="power by which the odds of loss fall with road distance to the front",
                       source=_EIGHT)  # fmt: skip
    seat: float = par(0.95, "1", prior=Normal(0.0, 0.7), neutral=0.0,
                      doc="power by which the odds of loss rise with road distance to the side's seat",
                      source=_EIGHT)  # fmt: skip


@law
def log_odds(strain, beta, x):
    """Log-odds that a place with covariates `x` (K) is lost today, with coefficients `beta` (K)."""
    eta = strain
    for k in range(x.size):
        eta += beta[k] * x[k]
    return eta


@kernel
def loss(sides, hold, mood, scratch, params, key, day):
    """Decide which places are lost today."""
    luck, beta, x = scratch.luck, scratch.beta, scratch.x
    mean = params.strain["mean"]  # by item: a record of numpy has a method of this name
    coefficients(params, beta)
    for_all_places(luck, key, LOSS, day)
    for i in range(hold.control.size):
        hold.lost[i] = NOBODY
        s = hold.control[i]
        if s >= 0 and hold.pressed[i]:
            level = mean + mood.slow[s] + mood.fast[s] - mood.respite[s]
            covariates(sides, hold, mood, i, s, x)
            eta = hold.push[i] + log_odds(level, beta, x)
            if luck[0, i] * (1.0 + exp(-eta)) < 1.0:
                hold.lost[i] = s
