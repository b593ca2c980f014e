"""A daily logit lived forward: a plain ensemble among the references.

Each day each pressed place is lost with a chance whose log-odds are a weighted sum of the covariates
(`headlong.verify.logit_references`). What is lost feeds back: momentum, neighbours, fronts, the side's recent
rate. It shares the covariates with the forecast, and no code with the engine.
"""

from math import exp, inf, log

import numpy as np

from headlong.board.kernel import kernel, law
from headlong.mechanisms.front import front_log
from headlong.mechanisms.news import MEMORY_DAYS

RATE_DAYS = 7.0
"""Memory of a side's own recent rate [days]."""


@kernel
def see_fronts(km, rear, presses, cap, holder, front, taker):
    """Front and nearest presser of every place from who holds what; no taker where nobody presses."""
    for i in range(holder.size):
        taker[i] = -1
        if holder[i] < 0:
            continue
        best = inf
        for q in range(presses.shape[0]):
            if presses[q, holder[i]]:
                near = cap[i, q]
                for j in range(holder.size):
                    if holder[j] == q:
                        near = min(near, km[i, j])
                if taker[i] < 0 or near < best:
                    taker[i], best = q, near
        front[i] = front_log(best, rear[i])


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
def strike(ground, moods, plan, luck, holder, front, taker, lost):
    """Decide which places are lost today; returns how many. `moods` learns how many were to be expected."""
    seat_log = ground[3]
    momentum, neighbour, losses, expected, today = moods
    beta, smooth = plan
    fallen = 0
    for s in range(today.size):
        today[s] = 0.0
    for i in range(holder.size):
        s = holder[i]
        if s < 0 or taker[i] < 0:
            continue
        eta = beta[0] + beta[1] * log(1.0 + momentum[s]) + beta[2] * log(1.0 + neighbour[i, s])
        eta += beta[3] * front[i] + beta[4] * seat_log[i, s]
        today[s] += 1.0 / (1.0 + exp(-eta))
        eta += log((losses[s] + smooth) / (expected[s] + smooth))
        if luck[i] * (1.0 + exp(-eta)) < 1.0:
            lost[i] = s
            fallen += 1
    return fallen


@kernel
def remember(ground, moods, lost, holder, taker):
    """Let today's losses be known, and hand the places over."""
    link, weight = ground[1], ground[2]
    momentum, neighbour, losses, expected, today = moods
    kept = exp(-1.0 / RATE_DAYS)
    for s in range(today.size):
        expected[s] += today[s]
    for e in range(lost.size):
        s = lost[e]
        if s >= 0:
            momentum[s] += weight[e]
            losses[s] += 1.0
            for i in range(lost.size):
                neighbour[i, s] += link[e, i]
            holder[e] = taker[e]
    for s in range(today.size):
        losses[s] *= kept
        expected[s] *= kept


@law
def live_on(ground, start, plan, luck, day):
    """Day of each place's first change (N, P) into `day`, for N members with `luck` (N, T, P)."""
    holder, momentum, neighbour, losses, expected = start
    places = holder.size
    front, taker, lost = np.zeros(places), np.empty(places, np.int64), np.empty(places, np.int64)
    today = np.empty(momentum.size)
    for n in range(luck.shape[0]):
        now = holder.copy()
        moods = (momentum.copy(), neighbour.copy(), losses.copy(), expected.copy(), today)
        see_fronts(ground[0], ground[4], ground[5], ground[6], now, front, taker)
        day[n, :] = luck.shape[1] + 1
        for t in range(luck.shape[1]):
            next_morning(moods, lost)
            fallen = strike(ground, moods, plan, luck[n, t], now, front, taker, lost)
            remember(ground, moods, lost, now, taker)
            if fallen > 0:
                see_fronts(ground[0], ground[4], ground[5], ground[6], now, front, taker)
            for i in range(places):
                if now[i] != holder[i] and day[n, i] > t + 1:
                    day[n, i] = t + 1
