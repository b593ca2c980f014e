"""Covariates: what the chance of loss of a place depends on today, one named column each.

The law of loss is linear in these columns (`headlong.mechanisms.loss`)::

    log-odds of loss = strain of the side + sum over columns of coefficient * column

| column | what it is | coefficient |
|---|---|---|
| news | the side's losses, as heard of at the place (`headlong.mechanisms.news`) | news.force |
| front | minus the log of the front distance over 100 km: nearness (`headlong.mechanisms.front`) | loss.front |
| seat | log of the road distance to the side's own seat over 200 km | loss.seat |

The engine, the filter of strain, the particles and the exposure of a history all read them here. To add one:
a column and its coefficient here, and whatever must be remembered for it in a mechanism of its own.

Reads   news, front_log.     Writes   nothing.
"""

from headlong.board.kernel import kernel

COLUMNS = ("news", "front", "seat")
"""Names of the columns, in their order."""


@kernel
def covariates(sides, hold, mood, i, s, x):
    """Fill row `x` (K) for place `i`, held by side `s`."""
    x[0] = mood.news[i, s]
    x[1] = -hold.front_log[i]
    x[2] = sides.seat_log[i, s]


@kernel
def coefficients(params, beta):
    """Fill `beta` (K) from a member's parameters."""
    beta[0] = params.news.force
    beta[1] = params.loss.front
    beta[2] = params.loss.seat
