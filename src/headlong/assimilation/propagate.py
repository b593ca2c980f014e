"""Propagation: one day of every particle, its changes of hands drawn place by place from the look-ahead proposal.

A particle has its own parameters, knows who holds what on every evening, and carries the exact belief about
every side's strain given that history (`headlong.inference.strain_filter`), and about the reliability of every kind
of source given what that history makes of its claims. Each day it draws what changes hands, led by the
chance of loss as its own belief sees it and by the proposal of `headlong.assimilation.lookahead`, place by place: what
one place did teaches how hard the day is before the next is drawn. Its weight takes up

    chance of that day under the model x chance of that day's reports / chance with which it was drawn

so that the weighted particles stand for the joint law of histories, strain, parameters and reliabilities.
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from math import exp, log

import numpy as np

from headlong.assimilation.initialise import place_particle
from headlong.assimilation.particle_state import situation
from headlong.assimilation.report_update import update_reports
from headlong.assimilation.transitions import AGES, OTHER_TAKER, background_rate
from headlong.board.draws import uniforms_of_pair
from headlong.board.kernel import kernel, law
from headlong.board.state import COVARIATES
from headlong.board.world import NOBODY
from headlong.inference.strain_filter import STRAIN, chance_of_day, update_belief
from headlong.inference.strain_moves import HALF_SLOW, move
from headlong.inputs.environment import rules
from headlong.mechanisms.control.covariates import covariates, hear
from headlong.mechanisms.control.front import see_fronts
from headlong.mechanisms.control.handover import age_taken, pass_on
from headlong.mechanisms.control.loss import log_odds
from headlong.mechanisms.control.news import age_news, spread_news
from headlong.mechanisms.control.strain import renewal_today, untested

STAYS, LOST, ODDLY = 0, 1, 2
"""What becomes of a place today: nothing, lost to a side that presses, passed on in another way."""


@kernel
def sum_of_parts(weights, out):
    """Belief about the sum of both parts of strain."""
    for g in range(out.size):
        out[g] = 0.0
    for i in range(weights.shape[0]):
        for j in range(weights.shape[1]):
            out[i + j] += weights[i, j]


@kernel
def mean_chance(level, odds, eta, line):
    """Chance of loss, strain averaged out; `line` takes the chance at each strain."""
    ratio, total = exp(eta), 0.0
    for g in range(level.size):
        line[g] = odds[g] * ratio / (1.0 + odds[g] * ratio)
    for g in range(level.size):
        total += level[g] * line[g]
    return min(1.0 - 1e-12, max(1e-300, total))


@kernel
def update_level(level, line, fell, p):
    """Let the belief about today's strain learn from one place that fell or held, which had the chance `p`."""
    for g in range(level.size if fell else 0):
        level[g] *= line[g] / p
    for g in range(0 if fell else level.size):
        level[g] *= (1.0 - line[g]) / (1.0 - p)


@kernel
def options(environment, known, day, i, holder, taker, p, out):
    """Chance of each next holder of place `i` today (S + 1), given the chance `p` of being lost."""
    sides = environment.seat_log.shape[1]
    pressers, odd = 0, 0.0
    for h in range(sides + 1):
        out[h] = 0.0
        if h != holder:
            out[h] = background_rate(environment.presses[day], known, holder, h, sides)
            odd += out[h]
            pressers += h < sides and holder < sides and environment.presses[day, h, holder]
    out[holder] = (1.0 - odd) * (1.0 - p)
    if taker >= 0:
        for q in range(sides):
            if environment.presses[day, q, holder]:
                part = 1.0 - OTHER_TAKER * (pressers - 1) if q == taker else OTHER_TAKER
                out[q] = (1.0 - odd) * p * part


@kernel
def sample_next(out, psi, holder, age, p_unreported, u):
    """Next holder, drawn by chance times psi of the proposal, and the log of the chance of drawing it."""
    total = 0.0
    for h in range(out.size):
        if h == holder:
            out[h] *= psi[h * AGES + min(age + 1, AGES - 1)]
        else:
            out[h] *= psi[h * AGES] * p_unreported[h]
        total += out[h]
    left = u * total
    for h in range(out.size):
        left -= out[h]
        if left < 0.0 and out[h] > 0.0:
            return h, log(out[h] / total)
    return holder, log(out[holder] / total)


@kernel
def slot(holder, sides):
    """Where a holder stands in lists of S + 1: nobody last."""
    return holder if holder >= 0 else sides


@kernel
def gather_rows(environment, day, now, s, fate, x, fell):
    """Write down what side `s` held under pressure this morning, and lost today; returns how many places."""
    today, rows = rules(environment, day), 0
    for i in range(fate.size):
        if now.control[i] == s and now.pressed[i] and fate[i] != ODDLY:
            covariates(today, now, now, i, s, x[rows])
            fell[rows] = fate[i] == LOST
            rows += 1
    return rows


@kernel
def expect(environment, state, day, n, i, now, level, line, x):
    """Chance of loss of place `i` today, as the particle's belief sees it so far."""
    s = now.control[i]
    state.chance[n, i] = 0.0
    if now.pressed[i]:
        covariates(rules(environment, day), now, now, i, s, x)
        state.chance[n, i] = mean_chance(
            level[s], state.odds[n], log_odds(0.0, state.theta[n, STRAIN:], x), line
        )
    return state.chance[n, i]


@kernel
def draw_next(environment, reports, lookahead, state, day, n, i, luck, holder, p, out):
    """Next holder from the proposal, the log of the chance of drawing it, and the chance of a change without fight."""
    options(environment, reports.known[i], day, i, holder, state.taker[n, i], p, out)
    odd = 1.0 - out[holder] / max(1e-300, 1.0 - p)
    seed, stream, turn = luck
    u = uniforms_of_pair((seed, n), stream, day, environment.name[i], turn)[0]
    unreported = reports.p_unreported[day, i]
    nxt, log_q = sample_next(out, lookahead.psi[day, i], holder, state.age[n, i], unreported, u)
    return nxt, log_q, odd


@kernel
def propose_changes(
    environment, reports, lookahead, state, day, n, luck, now, fate, after, out, level, line, x
):
    """Draw what changes hands today; returns the part of the log-weight that strain has no say in.

    What reports say most of comes first, and each draw teaches how hard the day is on its side (`level`).
    """
    total, sides = 0.0, environment.seat_log.shape[1]
    for i in lookahead.order[day]:
        holder, age = slot(state.control[n, i], sides), state.age[n, i]
        fate[i], after[i] = STAYS, holder
        if environment.outside[i]:
            continue
        p, taker = expect(environment, state, day, n, i, now, level, line, x), state.taker[n, i]
        nxt, log_q, odd = draw_next(environment, reports, lookahead, state, day, n, i, luck, holder, p, out)
        total -= log_q
        if nxt == holder:
            total += log(1.0 - odd)
            total += lookahead.ahead[day, i, nxt * AGES + min(age + 1, AGES - 1)]
        else:
            options(environment, reports.known[i], day, i, holder, taker, p, out)
            after[i] = nxt
            fought = taker >= 0 and nxt < sides and environment.presses[day, nxt, holder]
            fate[i] = LOST if fought else ODDLY
            total += log(out[nxt] * reports.p_unreported[day, i, nxt] / (p if fought else 1.0))
            total += lookahead.ahead[day, i, nxt * AGES]
        total -= lookahead.ahead[day - 1, i, holder * AGES + age]
        if now.pressed[i] and fate[i] != ODDLY:
            update_level(level[holder], line, fate[i] == LOST, p)
    return total


@kernel
def apply_changes(environment, state, day, n, now, fate, after):
    """Let the changes of the day happen: news, control, ages, distances to the sides."""
    sides = environment.seat_log.shape[1]
    for i in range(fate.size):
        now.lost[i] = now.control[i] if fate[i] == LOST else NOBODY
        if fate[i] == LOST:
            now.taker[i] = after[i]
    spread_news(rules(environment, day), now, now)
    for i in range(fate.size):
        state.age[n, i] = min(AGES - 1, state.age[n, i] + 1)
        if fate[i] != STAYS:
            state.age[n, i] = 0
            pass_on(environment, now, i, after[i] if after[i] < sides else NOBODY)
            state.stale[n] = True


@law
def predict(day, environment, state, n, now, slow, room):
    """Let a particle's morning come: news is older, fronts are seen, strain has drifted."""
    rows, width = 2 * HALF_SLOW + 1, state.width[n]
    size = rows * width
    fast = state.fast[n][: width * width].reshape(width, width)
    age_news(now)
    age_taken(now)
    hear(now)
    if state.stale[n] or environment.shifts[day]:
        see_fronts(environment, rules(environment, day), environment, now)
        state.stale[n] = False
    today = rules(environment, day)
    for s in range(state.rest.shape[1]):
        if not state.rest[n, s]:
            renewal = renewal_today(state.theta[n, 3], untested(today, now, s))
            belief = state.belief[n, s][:size].reshape(rows, width)
            turned, half = room[0, :size].reshape(width, rows), room[1, :size].reshape(width, rows)
            move(belief, slow, fast, renewal, turned, half)


@law
def update_strain(environment, state, day, n, now, fate, x, fell, room, line):
    """Let beliefs about strain learn from what was held and lost today; returns the log-chance of it."""
    rows, width = 2 * HALF_SLOW + 1, state.width[n]
    span, total = rows + width - 1, 0.0
    for s in range(state.rest.shape[1]):
        count = gather_rows(environment, day, now, s, fate, x, fell)
        if count > 0:
            beta = state.theta[n, STRAIN:]
            chance_of_day(state.odds[n][:span], x, fell, 0, count, beta, room[:span], line[:span])
            total += update_belief(
                state.belief[n, s][: rows * width].reshape(rows, width), line[:span], environment.share[0]
            )
            state.rest[n, s] = False
    state.score[n] += total
    return total


@law
def propagate_day(day, first, last, environment, reports, lookahead, state, slow, grid, luck):
    """Take particles `first` to `last` through one day."""
    places, sides, most = environment.outside.size, environment.seat_log.shape[1], state.odds.shape[1]
    x = np.empty((places, COVARIATES + environment.extra.shape[2]))
    fell, lost = np.empty(places, np.bool_), np.empty(places, np.int64)
    fate, after, out = np.empty(places, np.int64), np.empty(places, np.int64), np.empty(sides + 1)
    level, line, room = np.empty((sides, most)), np.empty(most), np.empty(max(most, grid.size))
    half, heard, rows = np.empty((2, state.belief.shape[2])), np.empty((sides, 3)), 2 * HALF_SLOW + 1
    for n in range(first, last):
        now = situation(state, n, lost, heard)
        predict(day, environment, state, n, now, slow, half)
        width = state.width[n]
        for s in range(sides):
            level[s] = 0.0
            sum_of_parts(
                state.belief[n, s][: rows * width].reshape(rows, width), level[s][: rows + width - 1]
            )
        state.weight[n] += propose_changes(
            environment, reports, lookahead, state, day, n, luck, now, fate, after, out, level, line, x[0]
        )
        state.weight[n] += update_strain(environment, state, day, n, now, fate, x, fell, room, line)
        apply_changes(environment, state, day, n, now, fate, after)
        state.weight[n] += update_reports(
            reports, day, now.control, state.age[n], state.reliability[n], grid, state.fitted[n], room
        )


@law
def filter_along(first, last, environment, state, history, slow):
    """Filter each side's strain of particles `first` to `last` along given control: `history` (N, T + 1, P)."""
    places, sides, most = environment.outside.size, environment.seat_log.shape[1], state.odds.shape[1]
    x = np.empty((places, COVARIATES + environment.extra.shape[2]))
    fell, lost = np.empty(places, np.bool_), np.empty(places, np.int64)
    fate, after = np.empty(places, np.int64), np.empty(places, np.int64)
    line, room, half = np.empty(most), np.empty(most), np.empty((2, state.belief.shape[2]))
    heard = np.empty((sides, 3))
    for n in range(first, last):
        place_particle(environment, state, n, history[n, 0])
        now = situation(state, n, lost, heard)
        for day in range(1, history.shape[1]):
            predict(day, environment, state, n, now, slow, half)
            for i in range(places):
                after[i] = history[n, day, i]
                holder = slot(now.control[i], sides)
                fought = now.pressed[i] and after[i] < sides and environment.presses[day, after[i], holder]
                fate[i] = STAYS if after[i] == holder else (LOST if fought else ODDLY)
            update_strain(environment, state, day, n, now, fate, x, fell, room, line)
            apply_changes(environment, state, day, n, now, fate, after)
