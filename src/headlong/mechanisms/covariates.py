"""Covariates: what the chance of loss of a place depends on today, one named column each.

The law of loss is linear in these columns (`headlong.mechanisms.loss`)::

    log-odds of loss = strain of the side + sum over columns of coefficient * column

| column | what it is | coefficient |
|---|---|---|
| shed | ln(1 + 100 share of its places that the side lost within days) | news.shed |
| nearby | ln(1 + 100 share of the country nearby that the side lost within days) | news.nearby |
| won | ln(1 + 100 share of its places that the side won within days) | news.won |
| won_lately | the same within weeks | news.won_lately |
| border | minus the log of the way to the border of hostile country over a sixth of the extent | loss.border |
| no_rear | 1 where the sides that press hold no place, and none is known to be near | loss.no_rear |
| seat | log of the way to the side's own seat over a third of the extent | loss.seat |
| capital | 1 in the capital | loss.capital |
| home | 1 where the side's own people are at home, -1 where another's are, 0 elsewhere | loss.home |
| taken | 1 on the day the place changed hands, fading over two weeks | loss.taken |

No column depends on how many places a table lists: shares are of what a side holds, ways are over the extent
of the country. The engine, the filter of strain, the particles and the exposure of a history all read them
here. To add one: a column and its coefficient here, and what must be remembered for it in a mechanism.

Reads   shed, nearby, won, won_lately, border_log, no_rear, taken.     Writes   nothing.
"""

from math import log

from headlong.board.kernel import kernel
from headlong.mechanisms.news import SCALE

COLUMNS = ("shed", "nearby", "won", "won_lately", "border", "no_rear", "seat", "capital", "home", "taken")
"""Names of the columns, in their order."""


@kernel
def covariates(sides, ground, hold, mood, i, s, x):
    """Fill row `x` (K) for place `i`, held by side `s`."""
    x[0] = log(1.0 + SCALE * mood.shed[s])
    x[1] = log(1.0 + SCALE * mood.nearby[i, s])
    x[2] = log(1.0 + SCALE * mood.won[s])
    x[3] = log(1.0 + SCALE * mood.won_lately[s])
    x[4] = -hold.border_log[i]
    x[5] = 1.0 if hold.no_rear[i] else 0.0
    x[6] = sides.seat_log[i, s]
    x[7] = 1.0 if ground.capital[i] else 0.0
    x[8] = sides.home[i, s]
    x[9] = hold.taken[i]


@kernel
def coefficients(params, beta):
    """Fill `beta` (K) from a member's parameters."""
    news, p = params.news, params.loss
    beta[0], beta[1], beta[2], beta[3] = news.shed, news.nearby, news.won, news.won_lately
    beta[4], beta[5], beta[6], beta[7] = p.border, p.no_rear, p.seat, p.capital
    beta[8], beta[9] = p.home, p.taken
