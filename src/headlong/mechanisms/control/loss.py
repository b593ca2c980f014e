"""Loss: whether a place changes hands today.

The core of the model (with `strain` and `news`)::

    eta = strain + sum over columns of coefficient * covariate + push
    chance = 1 / (1 + exp(-eta))    that a place is lost today

Strain belongs to the side; the covariates to the place and its day (`headlong.mechanisms.control.covariates`): what
the side has just lost and won, how near hostile country is, whose people live there, whether the place was taken
lately. `push` is what the system around the core adds; it is zero unless a scenario lets those terms act. Forms that
did no better on wars left out are listed in docs/model-log.md.

**Spots.** Towns that lie side by side fall together. A table that lists them all tells little more than one that lists
the largest, and its fronts are no more ragged. So a country has at most 45 spots. The most central place is the first;
each next one is the place that is farthest by road from all before. Every place belongs to the nearest ::

    luck of a place            = luck of its spot
    what a day tells of strain = chance of the day ** min(1, spots / places)

A place keeps its own chance of loss; where chances are alike, places of one spot are lost on the same day. In a table
of at most 45 places each is a spot of its own.

Reads   control, pressed, strain, push, shed, nearby, won, won_lately, border_log, taken,
        extra.
Writes  lost, chance, heard.
"""

from math import exp

import numpy as np

from headlong.board.draws import for_all_places
from headlong.board.kernel import kernel
from headlong.board.streams import LOSS
from headlong.board.world import NOBODY, Bools, Floats, Ints
from headlong.mechanisms.control.covariates import coefficients, covariates, hear
from headlong.parameters import Normal, par, parameters

_LEARNED = "default: posterior mean of thirty-six wars; prior: weak"

SPOTS = 45
"""Spots of a country: about as many as the tables of past wars list places (the median is 44)."""


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


def spots(km: Floats, outside: Bools, name: Ints) -> Ints:
    """Spot of each place (P), as the place at its centre; places outside are spots of their own.

    `km` (P, P) are ways by road, `name` (P) the numbers of the ids, which settle what is as far.
    """
    found = np.arange(name.size, dtype=np.int64)
    inside = np.flatnonzero(~outside)
    if inside.size <= SPOTS:
        return found
    inside = inside[np.argsort(name[inside])]
    way = km[np.ix_(inside, inside)]
    centre = int(np.argmin(way.sum(axis=0)))
    near, gap = np.full(inside.size, centre), way[centre].copy()
    for _ in range(SPOTS - 1):
        centre = int(np.argmax(gap))
        nearer = way[centre] < gap
        near[nearer], gap[nearer] = centre, way[centre][nearer]
    found[inside] = inside[near]
    return found


def evidence_share(outside: Bools) -> Floats:
    """What one place's day tells of strain, as a share of what it would tell on its own (1)."""
    return np.array([min(1.0, SPOTS / max(1, int((~outside).sum())))])


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
