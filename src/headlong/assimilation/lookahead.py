"""A look-ahead (twisted) proposal: what later reports say of each place alone (`headlong.assimilation.propagate`).

After Whiteley and Lee (2014, "Twisted particle filters", Ann. Stat. 42): it changes the variance of the estimate, not
its expectation. For one place at a time, with plug-in chances of loss and plug-in reliabilities, the likelihood of all
reports still to come is summed backwards over days, for each state of the place: who holds it, and whether since 0,
1, 2 or more days. Particles that follow go where the reports lead; what it leaves out is made good by their weights.
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from math import exp, inf, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.assimilation.transitions import (
    AGES,
    OTHER_TAKER,
    STAYS,
    add_log_chance,
    background_rate,
    fate_of,
    slot,
)
from headlong.board.draws import first_of_each, uniforms_of_pair
from headlong.board.kernel import kernel, law
from headlong.inference.strain_filter import FAR_BELOW, is_far_from_one, sum_of_parts, take_logs
from headlong.inference.strain_moves import HALF_SLOW

FLOOR = 1e-12


class Lookahead(NamedTuple):
    """What lies ahead of each state: chance `psi` with that day's own reports, log `ahead` without them."""

    psi: NDArray[np.float64]  # (T + 1, P, X) highest 1
    ahead: NDArray[np.float64]  # (T + 1, P, X)
    today: NDArray[np.float64]  # (T + 1, P, X) log-chance of the day's own reports, by which the two differ
    order: NDArray[np.int64]  # (T + 1, P) places, those of which reports say most first


def lookahead_of(
    psi: NDArray[np.float64], ahead: NDArray[np.float64], today: NDArray[np.float64]
) -> Lookahead:
    """Proposal from what `look_ahead` finds."""
    return Lookahead(psi, ahead, today, np.argsort(psi.mean(axis=2), axis=1, kind="stable").astype(np.int64))


@law
def report_log_chances(reports, reliability, places, states):
    """Log-chance of each day's reports in each state (T + 1, P, X), with plug-in reliabilities of sources."""
    out = np.zeros((reports.first.size - 1, places, states))
    for day in range(reports.first.size - 1):
        for r in range(reports.first[day], reports.first[day + 1]):
            if reports.place[r] >= 0:
                add_log_chance(reports, r, reliability, 1.0, out[day, reports.place[r]])
    return out


@kernel
def step_back(day, i, environment, hazard, reports, sides, psi, ahead):
    """Fill `ahead` of one place on the day before `day` from `psi` on `day`."""
    presses, p_unreported, known = environment.presses[day], reports.p_unreported[day, i], reports.known[i]
    for h in range(sides + 1):
        pressers, odd, gone = 0, 0.0, 0.0
        for q in range(sides):
            pressers += h < sides and presses[q, h]
        lost = hazard[day, i, h] / pressers if pressers > 0 else 0.0
        for q in range(sides + 1):
            if q != h:
                rate = background_rate(presses, known, h, q, sides)
                odd += rate
                if q < sides and h < sides and presses[q, h]:
                    rate = lost
                gone += rate * psi[q * AGES] * p_unreported[q]
        stay = (1.0 - odd) * (1.0 - lost * pressers)
        for age in range(AGES):
            nxt = h * AGES + min(age + 1, AGES - 1)
            ahead[h * AGES + age] = log(max(FLOOR, gone + stay * psi[nxt]))


@law
def look_ahead(environment, reports, hazard, reliability, sides):
    """Chances of what is still to be reported (T + 1, P, X), for all places; `hazard` is (T + 1, P, S + 1)."""
    days, places = reports.p_unreported.shape[:2]
    today = report_log_chances(reports, reliability, places, AGES * (sides + 1))
    psi, ahead = today.copy(), np.zeros_like(today)
    for i in range(places):
        if environment.outside[i]:
            psi[:, i] = 1.0
            continue
        for day in range(days - 1, -1, -1):
            if day < days - 1:
                step_back(day + 1, i, environment, hazard, reports, sides, psi[day + 1, i], ahead[day, i])
            top = -inf
            for x in range(psi.shape[2]):
                psi[day, i, x] += ahead[day, i, x]
                top = max(top, psi[day, i, x])
            for x in range(psi.shape[2]):
                psi[day, i, x] = exp(psi[day, i, x] - top)
                ahead[day, i, x] -= top
    return psi, ahead, today


@kernel
def see_fates(environment, reports, lookahead, state, day, n, fates):
    """Chance times psi of each next holder of each place (P, 2, S + 1).

    First if no side that presses it takes it, then if one does.
    """
    for i in range(fates.shape[0]):
        holder = slot(state.control[n, i], environment.seat_log.shape[1])
        psi, p_unreported = lookahead.psi[day, i], reports.p_unreported[day, i]
        kept = pass_oddly(environment.presses[day], reports.known[i], holder, psi, p_unreported, fates[i])
        fates[i, 0, holder] = kept * psi[holder * AGES + min(state.age[n, i] + 1, AGES - 1)]
        if state.taker[n, i] >= 0:
            take(environment.presses[day], holder, state.taker[n, i], kept, psi, p_unreported, fates[i, 1])


@kernel
def pass_oddly(presses, known, holder, psi, p_unreported, fates):
    """Fill in changes that no pressing side makes; returns the chance that there is none."""
    kept, sides = 1.0, presses.shape[0]
    for h in range(sides + 1):
        rate = background_rate(presses, known, holder, h, sides) if h != holder else 0.0
        fates[0, h] = fates[1, h] = rate * psi[h * AGES] * p_unreported[h]
        kept -= rate
    return kept


@kernel
def take(presses, holder, taker, kept, psi, p_unreported, lost):
    """Fill in who takes a place that is lost: `taker`, or seldom another side that presses."""
    pressers, sides = 0, presses.shape[0]
    for q in range(sides):
        pressers += presses[q, holder]
    for q in range(sides):
        if presses[q, holder]:
            part = 1.0 - OTHER_TAKER * (pressers - 1) if q == taker else OTHER_TAKER
            lost[q] = kept * part * psi[q * AGES] * p_unreported[q]


@kernel
def log_held(odds, ratio, now, s, room, out):
    """Log-chance, at each strain, that all places of side `s` are held today; returns how many are under pressure.

    `odds` are the odds exp(strain) on the grid of sums, `room` is as long.
    """
    count = 0
    for g in range(odds.size):
        out[g], room[g] = 0.0, 1.0
    for i in range(ratio.size):
        if now.control[i] == s and ratio[i] > 0.0:
            count += 1
            for g in range(odds.size):
                room[g] *= 1.0 + odds[g] * ratio[i]
            if is_far_from_one(room):
                take_logs(room, -1.0, out)
    take_logs(room, -1.0, out)
    return count


@kernel
def log_led(odds, ratio, now, s, fates, held, room, out):
    """Log, at each strain, of the sum over all that may happen to places of side `s` of chance times psi.

    `held` is from `log_held`.
    """
    count = 0
    for g in range(odds.size):
        out[g], room[g] = held[g], 1.0
    for i in range(ratio.size):
        if now.control[i] == s and ratio[i] > 0.0:
            stays, goes = fates[i, 0].sum(), fates[i, 1].sum() * ratio[i]
            count += 1
            for g in range(odds.size):
                room[g] *= stays + goes * odds[g]
            if is_far_from_one(room):
                take_logs(room, 1.0, out)
    take_logs(room, 1.0, out)


@kernel
def believed_if_led(weights, led, level):
    """Belief about the sum of both parts of strain, times the exp of `led`; returns the log of its sum.

    `level` adds up to one then.
    """
    top, total = -inf, 0.0
    sum_of_parts(weights, level)
    for g in range(level.size):
        top = max(top, led[g])
    for g in range(level.size):
        level[g] *= exp(led[g] - top)
        total += level[g]
    for g in range(level.size):
        level[g] /= total
    return log(total) + top


@kernel
def point_at(level, u):
    """Grid point of a strain drawn from `level`."""
    for g in range(level.size):
        u -= level[g]
        if u < 0.0:
            return g
    return level.size // 2


@kernel
def draw_levels(environment, state, day, n, luck, now, room):
    """Draw today's strain of every side (`at`, a grid point) by what is believed, led by all that may happen.

    `level` takes that belief, `held` the log-chance that the side holds all. Returns the log of the sum over all that
    may happen to places under pressure.
    """
    seed, stream, turn = luck
    rows, width, total = 2 * HALF_SLOW + 1, state.width[n], 0.0
    span = rows + width - 1
    odds, ratio, some, led = state.odds[n, :span], room.ratio, room.line[0, :span], room.line[1, :span]
    for s in range(room.at.size):
        room.at[s] = 0
        level, held = room.level[s, :span], room.held[s, :span]
        if log_held(odds, ratio, now, s, some, held) > 0:
            log_led(odds, ratio, now, s, room.fates, held, some, led)
            belief = state.belief[n, s, : rows * width].reshape(width, rows)
            total += believed_if_led(belief, led, level)
            u = uniforms_of_pair((seed, n), stream, day, environment.side_name[s], turn)[1]
            room.at[s] = point_at(level, u)
    return total


@kernel
def draw_fate(fates, p, u):
    """Next holder of a place that is lost with chance `p`, and the sum of what may happen to it."""
    total = 0.0
    for h in range(fates.shape[1]):
        total += (1.0 - p) * fates[0, h] + p * fates[1, h]
    left = u * total
    for h in range(fates.shape[1]):
        left -= (1.0 - p) * fates[0, h] + p * fates[1, h]
        if left < 0.0:
            return h, total
    return 0, total  # never: what is left falls below nought at the last that has a chance


@kernel
def draw_changes(environment, lookahead, state, day, n, luck, now, room):
    """Draw what becomes of each place at the strains that were drawn; returns what psi foresaw beyond it, in logs."""
    seed, stream, turn = luck
    ratio, fate, after = room.ratio, room.fate, room.after
    sides, total, free = room.at.size, 0.0, 1.0
    first_of_each(room.luck, environment.name, (seed, n), stream, day, turn)
    for i in range(fate.size):
        holder, age = slot(state.control[n, i], sides), state.age[n, i]
        fate[i], after[i] = STAYS, holder
        if environment.outside[i]:
            continue
        odds = ratio[i] * state.odds[n, room.at[holder]] if ratio[i] > 0.0 else 0.0
        after[i], every = draw_fate(room.fates[i], odds / (1.0 + odds), room.luck[i])
        if ratio[i] == 0.0:
            free *= every
            if free < FAR_BELOW:
                free, total = 1.0, total + log(free)
        if after[i] != holder:
            fate[i] = fate_of(environment, day, now, i, holder, after[i])
        state_now = after[i] * AGES + (min(age + 1, AGES - 1) if fate[i] == STAYS else 0)
        total -= lookahead.today[day, i, state_now] + lookahead.ahead[day - 1, i, holder * AGES + age]
    return total + log(free)
