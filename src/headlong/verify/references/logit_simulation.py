"""A daily logit simulated forward: a plain ensemble among the references.

Each day each pressed place is lost with a chance whose log-odds are a weighted sum of the covariates
(`.logit_references`). What is lost feeds back: momentum, neighbours, fronts, the side's recent
rate. Fronts move and control passes by the kernels of `headlong.mechanisms`; the day is its own.
"""

from math import exp, log

import numpy as np

from headlong.board.kernel import kernel, law
from headlong.inputs.environment import rules
from headlong.mechanisms.control.front import all_fronts, see_fronts
from headlong.mechanisms.control.handover import pass_on

MEMORY_DAYS = 5.0
"""Memory of momentum [days]."""

RATE_DAYS = 7.0
"""Memory of a side's own recent rate [days]."""


@kernel
def next_morning(moods, lost):
    """Let momentum fade by a day; nothing is lost yet today."""
    momentum, neighbour = moods[0], moods[1]
    kept = exp(-1.0 / MEMORY_DAYS)
    for s in range(momentum.size):
        momentum[s] *= kept
        for i in range(neighbour.shape[0]):
            neighbour[i, s] *= kept
    for i in range(lost.size):
        lost[i] = -1


@kernel
def strike(seat_log, moods, plan, luck, now):
    """Decide which places are lost today; returns how many. `moods` learns how many were to be expected."""
    momentum, neighbour, losses, expected, rate = moods
    beta, smooth = plan
    fallen = 0
    for s in range(rate.size):
        rate[s] = 0.0
    for i in range(now.control.size):
        s = now.control[i]
        if s < 0 or not now.pressed[i]:
            continue
        eta = beta[0] + beta[1] * log(1.0 + momentum[s]) + beta[2] * log(1.0 + neighbour[i, s])
        eta += beta[3] * now.front_log[i] + beta[4] * seat_log[i, s]
        rate[s] += 1.0 / (1.0 + exp(-eta))
        eta += log((losses[s] + smooth) / (expected[s] + smooth))
        if luck[i] * (1.0 + exp(-eta)) < 1.0:
            now.lost[i] = s
            fallen += 1
    return fallen


@kernel
def apply_losses(environment, links, moods, now):
    """Let today's losses be known, and hand the places over."""
    link, weight, _ = links
    momentum, neighbour, losses, expected, rate = moods
    kept = exp(-1.0 / RATE_DAYS)
    for s in range(rate.size):
        expected[s] += rate[s]
    for e in range(now.lost.size):
        s = now.lost[e]
        if s >= 0:
            momentum[s] += weight[e]
            losses[s] += 1.0
            for i in range(now.lost.size):
                neighbour[i, s] += link[e, i]
            pass_on(environment, now, e, now.taker[e])
    for s in range(rate.size):
        losses[s] *= kept
        expected[s] *= kept


@law
def simulate(environment, links, start, evening, plan, luck, now, day):
    """Day of each place's first change (N, P) into `day`, for N members with `luck` (N, T, P).

    `environment` is that of one day; `evening` is who holds what at first, `now` room to live on.
    """
    momentum, neighbour, losses, expected = start
    today, rate = rules(environment, 0), np.empty(momentum.size)
    for n in range(luck.shape[0]):
        now.control[:] = evening
        all_fronts(environment, today, environment, now)
        moods = (momentum.copy(), neighbour.copy(), losses.copy(), expected.copy(), rate)
        day[n, :] = luck.shape[1] + 1
        for t in range(luck.shape[1]):
            next_morning(moods, now.lost)
            fallen = strike(links[2], moods, plan, luck[n, t], now)
            apply_losses(environment, links, moods, now)
            if fallen > 0:
                see_fronts(environment, today, environment, now)
            for i in range(evening.size):
                if now.control[i] != evening[i] and day[n, i] > t + 1:
                    day[n, i] = t + 1
