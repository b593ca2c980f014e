"""Strain filter: a grid (point-mass) filter of a side's hidden strain given its losses, and the log-likelihood.

Given the parameters, strain has two parts on a grid with one spacing for both, so that their sum lies on
the same grid. Each day the belief moves on by the law of `headlong.mechanisms.control.strain`, and is multiplied
by the chance of what was held and lost. The slow part steps to the three nearest grid points so that
mean and variance of a day are exact, or starts anew from its law at rest; the fast part by the normal law
integrated over grid cells, with the cells' own variance taken off first.

The log of the sum before it is brought back to one, added up over days, is the log-likelihood of the
parameters. Brute force on a tiny case gives the same (tests). In a table of more places than spots the belief learns
from a share of each day (`headlong.mechanisms.control.loss`); the likelihood is that of the days as they were.
"""

from __future__ import annotations

from math import ceil, exp, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.draws import uniforms
from headlong.board.kernel import kernel, law
from headlong.board.streams import MEMBER_STRAIN
from headlong.inference.resampling import cell_at
from headlong.inference.strain_moves import (
    HALF_SLOW,
    SLOW,
    STEPS,
    fast_moves,
    move,
    slow_moves,
    slow_steps,
    spacing,
)
from headlong.inputs.exposure import Exposure
from headlong.mechanisms.control.loss import log_odds
from headlong.mechanisms.control.strain import renewal_today

FAST_REACH = 2.75
"""Reach of the grid of the fast part [standard deviations]."""

STRAIN = 4
"""Parameters of strain at the head of a vector: mean, slow_sd, fast_sd, renewal."""

FAR_BELOW, FAR_ABOVE = 1e-150, 1e150
"""Products beyond which logs are taken: half of what a number can hold, so that one more factor finds room."""

MOST_FAST = 60
"""At most so many grid points on either side of the fast part."""


class Belief(NamedTuple):
    """What is believed of one side's strain: weights (slow, fast) on a grid of spacing `step`."""

    weights: NDArray[np.float64]  # (2 HALF_SLOW + 1, 2 n + 1)
    step: float


@kernel
def half_fast(fast_sd, step):
    """Grid points on either side of the fast part."""
    return int(min(MOST_FAST, max(2.0, ceil(FAST_REACH * fast_sd / step))))


@kernel
def at_rest(weights, slow_sd, fast_sd, step):
    """Belief (fast, slow) before any day: both parts at their long-run normal law."""
    a, b = weights.shape[1] // 2, weights.shape[0] // 2
    total = 0.0
    for j in range(weights.shape[0]):
        for i in range(weights.shape[1]):
            x, y = (i - a) * step / slow_sd, (j - b) * step / fast_sd
            weights[j, i] = exp(-0.5 * (x * x + y * y))
            total += weights[j, i]
    for j in range(weights.shape[0]):
        for i in range(weights.shape[1]):
            weights[j, i] /= total


@kernel
def sum_of_parts(weights, out):
    """Belief about the sum of both parts of strain."""
    for g in range(out.size):
        out[g] = 0.0
    for j in range(weights.shape[0]):
        for i in range(weights.shape[1]):
            out[j + i] += weights[j, i]


@kernel
def is_far_from_one(room):
    """Whether the log of a product must be taken before it grows or shrinks out of a number's reach.

    Every factor rises along the grid, so the first and the last product bound the others.
    """
    return room[0] < FAR_BELOW or room[room.size - 1] > FAR_ABOVE


@kernel
def take_logs(room, sign, out):
    """Bring a product so far over to the sum of logs."""
    for g in range(room.size):
        out[g] += sign * log(room[g])
        room[g] = 1.0


@kernel
def chance_of_day(odds, x, lost, first, last, beta, room, out):
    """Log-chance, at each strain, of what was held and lost on one day: rows `first` to `last`.

    `odds` are the odds exp(strain) on the grid of sums; `room` is as long.
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
        if is_far_from_one(room):
            take_logs(room, -1.0, out)
    take_logs(room, -1.0, out)
    for g in range(odds.size if fallen > 0.0 else 0):
        out[g] += base + fallen * log(odds[g])


@kernel
def update_belief(weights, chance, share, level):
    """Multiply the belief by the (log) chance of the day to the power `share`; returns the log-chance of the day.

    `chance` is used up, `level` is as long and room. The belief is brought back to one.
    """
    top, said, total = chance[0], 0.0, 0.0
    for g in range(chance.size):
        top = max(top, chance[g])
    sum_of_parts(weights, level)
    for g in range(chance.size):
        whole = exp(chance[g] - top)
        part = exp(share * (chance[g] - top)) if share < 1.0 else whole
        chance[g], said, total = part, said + level[g] * whole, total + level[g] * part
    for g in range(chance.size):
        chance[g] /= total
    for j in range(weights.shape[0]):
        for i in range(weights.shape[1]):
            weights[j, i] *= chance[j + i]
    return log(said) + top


@law
def run_filter(theta, start, new, x, lost, share):
    """Filter one side's exposure; returns the log-likelihood of each day (T) and the last belief (fast, slow).

    `theta` is (mean, slow_sd, fast_sd, renewal) of strain, and the coefficients of the covariates; `new` (T) says
    on which days the side is untested, `share` how much a day tells of strain.
    """
    mean, slow_sd, fast_sd, renewal, beta = theta[0], theta[1], theta[2], theta[3], theta[STRAIN:]
    step = spacing(slow_sd)
    n = half_fast(fast_sd, step)
    weights, half = np.empty((2 * n + 1, SLOW)), np.empty((2 * n + 1, SLOW))
    table, slow, fast = np.empty((SLOW + 1, SLOW)), np.empty(STEPS), np.empty((2 * n + 1, 2 * n + 1))
    slow_moves(table)
    slow_steps(table, slow)
    fast_moves(fast, fast_sd, step)
    at_rest(weights, slow_sd, fast_sd, step)
    odds = np.empty(2 * (HALF_SLOW + n) + 1)
    for g in range(odds.size):
        odds[g] = exp(mean + step * (g - HALF_SLOW - n))
    chance, room = np.empty_like(odds), np.empty_like(odds)
    score = np.zeros(start.size - 1)
    for t in range(start.size - 1):
        move(weights, slow, fast, renewal_today(renewal, new[t]), half)
        if start[t + 1] > start[t]:
            chance_of_day(odds, x, lost, start[t], start[t + 1], beta, room, chance)
            score[t] = update_belief(weights, chance, share, room)
    return score, weights


@law
def log_likelihoods(thetas, start, new, x, lost, share, out):
    """Add one side's log-likelihood to `out` (M), for each row of `thetas` (M, 4 + K)."""
    for m in range(thetas.shape[0]):
        score, _ = run_filter(thetas[m], start, new, x, lost, share)
        out[m] += score.sum()


@law
def by_slow_part(weights):
    """The belief (fast, slow) in one line, all points of the fast part for each of the slow."""
    line = np.empty(weights.size)
    for j in range(weights.shape[0]):
        for i in range(weights.shape[1]):
            line[i * weights.shape[0] + j] = weights[j, i]
    return line


@law
def draw_strain(thetas, start, new, x, lost, share, seed, side, name, first, order, numbers, slow, fast):
    """Draw one side's strain on the last evening for each member.

    Row k of `thetas` serves rows ``order[first[k]:first[k + 1]]`` of `slow` and `fast` (N, S); `numbers` (N)
    are the members' numbers, keys of their luck, and `name` is the side's.
    """
    for k in range(thetas.shape[0]):
        _, belief = run_filter(thetas[k], start, new, x, lost, share)
        step = spacing(thetas[k, 1])
        width = belief.shape[0]
        rise = by_slow_part(belief).cumsum()
        for n in order[first[k] : first[k + 1]]:
            a, b, c, _ = uniforms((seed, numbers[n]), MEMBER_STRAIN, 0, name)
            cell = cell_at(rise, a)
            slow[n, side] = (cell // width - HALF_SLOW + b - 0.5) * step
            fast[n, side] = (cell % width - width // 2 + c - 0.5) * step


def filter_side(theta: NDArray[np.float64], exposure: Exposure) -> tuple[NDArray[np.float64], Belief]:
    """Log-likelihood of each day (T), and what is believed on the last evening, for one side."""
    score, weights = run_filter(np.asarray(theta, float), *exposure.arrays)
    return score, Belief(weights.T, spacing(float(theta[1])))
