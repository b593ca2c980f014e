"""Covariates: what the chance of loss of a place depends on today, one named column each.

The law of loss is linear in these columns (`headlong.mechanisms.control.loss`)::

    log-odds of loss = strain of the side + sum over columns of coefficient * column

| column | what it is | coefficient |
|---|---|---|
| nearby | losses nearby over losses anywhere: ln(1 + 100 nearby) - 2/3 ln(1 + 100 shed) | news.nearby |
| won | ln(1 + 100 share of its places that the side won within days) | news.won |
| won_lately | the same within weeks | news.won_lately |
| border | minus the log of the way to the border of hostile country over a sixth of the extent | loss.border |
| seat | log of the way to the side's own seat over a third of the extent | loss.seat |
| home | 1 where the side's own people are at home, -1 where another's are, 0 elsewhere | loss.home |
| taken | 1 on the day the place changed hands, fading over two weeks | loss.taken |

No column depends on how many places a table lists: shares are of what a side holds, ways are over the extent
of the country. The engine, the filter of strain, the particles and the exposure of a history all read them
here. After these seven come the columns that a form of the model brings from its own file
(`headlong.forms.form.Covariate`): what stands still during a forecast needs no more than that. A column that moves from
day to day is added here, with its coefficient, and what must be remembered for it in a mechanism.

Reads   shed, nearby, won, won_lately, border_log, taken, extra.     Writes   nothing.
"""

from math import log

from headlong.board.kernel import kernel
from headlong.board.state import COVARIATES
from headlong.mechanisms.control.news import SCALE

COLUMNS = ("nearby", "won", "won_lately", "border", "seat", "home", "taken")
"""Names of the columns, in their order."""

BRAKE = 2.0 / 3.0
"""How far losses anywhere hold back the next one, beside what losses nearby do.

Tuned on hindcasts of the wars learned from: one day ahead 1 is likelier by 3 nats, but then collapses run too
slowly; with 1/3 wars that stopped run too fast (docs/model-log.md)."""


@kernel
def hear(mood):
    """Fill `heard`, the part of the covariates that is the same at all places of a side; once a morning."""
    for s in range(mood.shed.size):
        mood.heard[s, 0] = log(1.0 + SCALE * mood.shed[s])
        mood.heard[s, 1] = log(1.0 + SCALE * mood.won[s])
        mood.heard[s, 2] = log(1.0 + SCALE * mood.won_lately[s])


@kernel
def covariates(sides, hold, mood, i, s, x):
    """Fill row `x` (K) for place `i`, held by side `s`, once the morning's news are heard (`hear`)."""
    x[0] = log(1.0 + SCALE * mood.nearby[i, s]) - BRAKE * mood.heard[s, 0]
    x[1] = mood.heard[s, 1]
    x[2] = mood.heard[s, 2]
    x[3] = -hold.border_log[i]
    x[4] = sides.seat_log[i, s]
    x[5] = sides.home[i, s]
    x[6] = hold.taken[i]
    for e in range(sides.extra.shape[2]):
        x[COVARIATES + e] = sides.extra[i, s, e]


@kernel
def coefficients(params, mood, beta):
    """Fill `beta` (K) from a member's parameters, and from its coefficients of the columns that its form brings."""
    news, p = params.news, params.loss
    beta[0], beta[1], beta[2] = news.nearby, news.won, news.won_lately
    beta[3], beta[4], beta[5], beta[6] = p.border, p.seat, p.home, p.taken
    for e in range(mood.extra.size):
        beta[COVARIATES + e] = mood.extra[e]
