"""Strain filter: a grid (point-mass) filter of a side's hidden strain given its losses, and the log-likelihood.

Given the parameters, strain has two parts on a grid with one spacing for both, so that their sum lies on
the same grid. Each day the belief moves on by the law of `headlong.mechanisms.control.strain`, and is multiplied
by the chance of what was held and lost. The slow part steps to the three nearest grid points so that
mean and variance of a day are exact, or starts anew from its law at rest; the fast part by the normal law
integrated over grid cells, with the cells' own variance taken off first.

The log of the sum before it is brought back to one, added up over days, is the log-likelihood of the
parameters. Brute force on a tiny case gives the same (tests).
"""

from __future__ import annotations

from math import ceil, erf, exp, floor, log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.copying import wipe_table
from headlong.board.draws import uniforms
from headlong.board.kernel import kernel, law
from headlong.board.streams import MEMBER_STRAIN
from headlong.inference.resampling import cell_at
from headlong.inputs.exposure import Exposure
from headlong.mechanisms.control.loss import log_odds
from headlong.mechanisms.control.strain import FAST_DAYS, SLOW_DAYS, renewal_today

STEP = 0.32
"""Variance of a day's slow step over the square of the grid's spacing.

Between .25 and .75 three neighbours can carry it exactly. A grid 1.25 times finer and half as long again
moves the log-likelihood of all eight cases by .06 at the posterior mean, and takes three times as long."""

HALF_SLOW = 12
"""Grid points on either side of the mean of the slow part: 3.1 standard deviations."""

SLOW = 2 * HALF_SLOW + 1
"""Grid points of the slow part."""

FAST_REACH = 2.75
"""Reach of the grid of the fast part [standard deviations]."""

STRAIN = 4
"""Parameters of strain at the head of a vector: mean, slow_sd, fast_sd, renewal."""

MOST_FAST = 60
"""At most so many grid points on either side of the fast part."""


class Belief(NamedTuple):
    """What is believed of one side's strain: weights (slow, fast) on a grid of spacing `step`."""

    weights: NDArray[np.float64]  # (2 HALF_SLOW + 1, 2 n + 1)
    step: float


@law
def spacing(slow_sd):
    """Grid spacing [log-odds]."""
    r = exp(-1.0 / SLOW_DAYS)
    return slow_sd * sqrt((1.0 - r * r) / STEP)


@kernel
def half_fast(fast_sd, step):
    """Grid points on either side of the fast part."""
    return int(min(MOST_FAST, max(2.0, ceil(FAST_REACH * fast_sd / step))))


@kernel
def slow_moves(table):
    """Chances (from, to) of a day's step of the slow part, in grid steps; exact mean and variance.

    The last row is the law at rest, from which a renewal draws.
    """
    n = table.shape[1] // 2
    r = exp(-1.0 / SLOW_DAYS)
    wipe_table(table)
    for i in range(-n, n + 1):
        j = floor(r * i + 0.5)
        d = r * i - j
        up, down = 0.5 * (STEP + d * d + d), 0.5 * (STEP + d * d - d)
        table[i + n, min(n, j + 1) + n] += up
        table[i + n, max(-n, j - 1) + n] += down
        table[i + n, j + n] += 1.0 - up - down
    total = 0.0
    for j in range(2 * n + 1):
        table[2 * n + 1, j] = exp(-0.5 * (j - n) * (j - n) * (1.0 - r * r) / STEP)
        total += table[2 * n + 1, j]
    for j in range(2 * n + 1):
        table[2 * n + 1, j] /= total


@kernel
def fast_moves(table, fast_sd, step):
    """Chances (from, to) of a day's step of the fast part: the normal law over cells of width `step`."""
    n = table.shape[0] // 2
    r = exp(-1.0 / FAST_DAYS)
    sd = sqrt(max(fast_sd * fast_sd * (1.0 - r * r) - step * step / 12.0, 1e-4 * step * step))
    for i in range(-n, n + 1):
        below = 0.0
        for j in range(-n, n + 1):
            edge = ((j + 0.5) - r * i) * step / (sd * sqrt(2.0))
            above = 1.0 if j == n else 0.5 * (1.0 + erf(edge))
            table[i + n, j + n] = above - below
            below = above


@kernel
def at_rest(weights, slow_sd, fast_sd, step):
    """Belief before any day: both parts at their long-run normal law."""
    a, b = weights.shape[0] // 2, weights.shape[1] // 2
    total = 0.0
    for i in range(weights.shape[0]):
        for j in range(weights.shape[1]):
            x, y = (i - a) * step / slow_sd, (j - b) * step / fast_sd
            weights[i, j] = exp(-0.5 * (x * x + y * y))
            total += weights[i, j]
    scale(weights, 1.0 / total)


@kernel
def scale(table, factor):
    """Multiply every number of a table."""
    for i in range(table.shape[0]):
        for j in range(table.shape[1]):
            table[i, j] *= factor


@kernel
def chance_of_day(odds, x, lost, first, last, beta, room, out):
    """Log-chance, at each strain, of what was held and lost on one day: rows `first` to `last`.

    `odds` are the odds exp(strain) on the grid of sums. The product of 1 + odds is kept in range by taking
    logs every eight places; `room` is as long as `odds`.
    """
    fallen, base = 0.0, 0.0
    for g in range(odds.size):
        out[g], room[g] = 0.0, 1.0
    for i in range(first, last):
        eta = log_odds(0.0, beta, x[i])
        ratio = exp(eta)
        for g in range(odds.size):
            room[g] *= 1.0 + odds[g] * ratio
        if lost[i]:
            fallen += 1.0
            base += eta
        if (i - first) % 8 == 7 or i == last - 1:
            for g in range(odds.size):
                out[g] -= log(room[g])
                room[g] = 1.0
    for g in range(odds.size if fallen > 0.0 else 0):
        out[g] += base + fallen * log(odds[g])


@kernel
def move(weights, slow, fast, renewal, turned, half):
    """Let the belief move on by one day.

    `turned` and `half` (fast, slow) are room: with the slow part innermost every row is as long as the processor
    likes it, whatever the width of the fast part.
    """
    for i in range(SLOW):
        for j in range(fast.shape[0]):
            turned[j, i] = weights[i, j]
    move_slow(turned, slow, renewal, half)
    move_fast(half, fast, turned)
    for i in range(SLOW):
        for j in range(fast.shape[0]):
            weights[i, j] = turned[j, i]


@kernel
def move_slow(weights, slow, renewal, out):
    """The slow part's step of a day, from `weights` (fast, slow), which are used up, to `out`."""
    for j in range(weights.shape[0]):
        total = 0.0
        for i in range(SLOW):
            total += weights[j, i]
        for i in range(SLOW):
            weights[j, i] *= 1.0 - renewal
            out[j, i] = renewal * total * slow[SLOW, i]
        for by in range(2, -3, -1):  # to each point from those below it first
            for k in range(max(0, by), SLOW + min(0, by)):
                out[j, k] += slow[k - by, k] * weights[j, k - by]


@kernel
def move_fast(weights, fast, out):
    """The fast part's step of a day, from `weights` (fast, slow) to `out`."""
    wipe_table(out)
    for j in range(fast.shape[0]):
        for k in range(fast.shape[0]):
            for i in range(SLOW):
                out[k, i] += weights[j, i] * fast[j, k]


@kernel
def learn(weights, chance):
    """Multiply the belief by the (log) chance of the day, which is used up; returns the log of the sum."""
    top, total = chance[0], 0.0
    for g in range(chance.size):
        top = max(top, chance[g])
    for g in range(chance.size):
        chance[g] = exp(chance[g] - top)
    for i in range(weights.shape[0]):
        for j in range(weights.shape[1]):
            weights[i, j] *= chance[i + j]
            total += weights[i, j]
    scale(weights, 1.0 / total)
    return log(total) + top


@law
def run_filter(theta, start, new, x, lost):
    """Filter one side's exposure; returns the log-likelihood of each day (T) and the last belief.

    `theta` is (mean, slow_sd, fast_sd, renewal) of strain, and the coefficients of the covariates; `new` (T) says
    on which days the side is untested.
    """
    mean, slow_sd, fast_sd, renewal, beta = theta[0], theta[1], theta[2], theta[3], theta[STRAIN:]
    step = spacing(slow_sd)
    n = half_fast(fast_sd, step)
    weights = np.empty((2 * HALF_SLOW + 1, 2 * n + 1))
    turned, half = np.empty((2 * n + 1, SLOW)), np.empty((2 * n + 1, SLOW))
    slow, fast = np.empty((2 * HALF_SLOW + 2, 2 * HALF_SLOW + 1)), np.empty((2 * n + 1, 2 * n + 1))
    slow_moves(slow)
    fast_moves(fast, fast_sd, step)
    at_rest(weights, slow_sd, fast_sd, step)
    odds = np.empty(2 * (HALF_SLOW + n) + 1)
    for g in range(odds.size):
        odds[g] = exp(mean + step * (g - HALF_SLOW - n))
    chance, room = np.empty_like(odds), np.empty_like(odds)
    score = np.zeros(start.size - 1)
    for t in range(start.size - 1):
        move(weights, slow, fast, renewal_today(renewal, new[t]), turned, half)
        if start[t + 1] > start[t]:
            chance_of_day(odds, x, lost, start[t], start[t + 1], beta, room, chance)
            score[t] = learn(weights, chance)
    return score, weights


@law
def log_likelihoods(thetas, start, new, x, lost, out):
    """Add one side's log-likelihood to `out` (M), for each row of `thetas` (M, 4 + K)."""
    for m in range(thetas.shape[0]):
        score, _ = run_filter(thetas[m], start, new, x, lost)
        out[m] += score.sum()


@law
def draw_strain(thetas, start, new, x, lost, seed, side, name, first, order, numbers, slow, fast):
    """Draw one side's strain on the last evening for each member.

    Row k of `thetas` serves rows ``order[first[k]:first[k + 1]]`` of `slow` and `fast` (N, S); `numbers` (N)
    are the members' numbers, keys of their luck, and `name` is the side's.
    """
    for k in range(thetas.shape[0]):
        _, belief = run_filter(thetas[k], start, new, x, lost)
        step = spacing(thetas[k, 1])
        half = belief.shape[1] // 2
        rise = belief.ravel().cumsum()
        for n in order[first[k] : first[k + 1]]:
            a, b, c, _ = uniforms((seed, numbers[n]), MEMBER_STRAIN, 0, name)
            cell = cell_at(rise, a)
            slow[n, side] = (cell // belief.shape[1] - HALF_SLOW + b - 0.5) * step
            fast[n, side] = (cell % belief.shape[1] - half + c - 0.5) * step


def filter_side(theta: NDArray[np.float64], exposure: Exposure) -> tuple[NDArray[np.float64], Belief]:
    """Log-likelihood of each day (T), and what is believed on the last evening, for one side."""
    score, weights = run_filter(np.asarray(theta, float), *exposure.arrays)
    return score, Belief(weights, spacing(float(theta[1])))
