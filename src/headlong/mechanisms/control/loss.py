"""Loss: whether a place changes hands today.

The core of the model (with `strain` and `news`)::

    eta = strain + sum over columns of coefficient * covariate + push
    chance = 1 / (1 + exp(-eta))    that a place is lost today

Strain belongs to the side; the covariates to the place and its day (`headlong.mechanisms.control.covariates`): what
the side has just lost and won, how near hostile country is, whose people live there, whether the place was taken
lately. Places of one spot share their luck (`headlong.mechanisms.control.spots`). `push` is what the system around the
core adds; it is zero unless a scenario lets those terms act. Forms that did no better on wars left out are listed in
docs/model-log.md.

Reads   control, pressed, strain, push, shed, nearby, won, won_lately, border_log, taken,
        extra.
Writes  lost, chance, heard.
"""

from math import exp

from headlong.board.draws import for_all_places
from headlong.board.kernel import kernel
from headlong.board.streams import LOSS
from headlong.board.world import NOBODY
from headlong.mechanisms.control.covariates import coefficients, covariates, hear
from headlong.parameters import Normal, par, parameters

_LEARNED = "default: posterior mean of thirty-six wars; prior: weak"


@parameters
class Loss:
    """What a place's position, people and past do to the chance of loss."""

    border: float = par(1.1, "1", prior=Normal(0.8, 0.5), neutral=0.0,
                        doc="power by which the odds of loss fall with the way to the border of hostile country",
                        source=_LEARNED)  # fmt: skip
    seat: float = par(0.3, "1", prior=Normal(0.3, 0.4), neutral=0.0,
                      doc="power by which the odds of loss rise with the way to the side's seat",
                      source=_LEARNED)  # fmt: skip
    home: float = par(-0.6, "log-odds", prior=Normal(-0.5, 0.3), neutral=0.0,
                      doc="log-odds added where the side's own people are at home, taken off where another's are",
                      source=_LEARNED)  # fmt: skip
    taken: float = par(1.35, "log-odds", prior=Normal(0.8, 0.6), neutral=0.0,
                       doc="log-odds added on the day the place changed hands, fading over two weeks",
                       source=_LEARNED)  # fmt: skip


@kernel
def log_odds(strain, beta, x):
    """Log-odds that a place with covariates `x` (K) is lost today, with coefficients `beta` (K)."""
    eta = strain
    for k in range(x.size):
        eta += beta[k] * x[k]
    return eta


@kernel
def loss(ground, sides, hold, mood, scratch, params, key, day):
    """Decide which places are lost today."""
    luck, beta, x = scratch.luck, scratch.beta, scratch.x
    mean = params.strain["mean"]  # by item: a record of numpy has a method of this name
    coefficients(params, mood, beta)
    hear(mood)
    for_all_places(luck, ground.spot, key, LOSS, day)
    for i in range(hold.control.size):
        hold.lost[i] = NOBODY
        hold.chance[i] = 0.0
        s = hold.control[i]
        if s >= 0 and hold.pressed[i]:
            covariates(sides, hold, mood, i, s, x)
            eta = hold.push[i] + log_odds(mean + mood.slow[s] + mood.fast[s], beta, x)
            hold.chance[i] = 1.0 / (1.0 + exp(-eta))
            if luck[0, i] * (1.0 + exp(-eta)) < 1.0:
                hold.lost[i] = s
