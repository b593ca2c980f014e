"""One place as a chain of states: its ages, changes that no pressing side makes, and the chance of a claim in a state.

A state is who holds the place, and since 0, 1, 2 or more days. Shared by the look-ahead proposal, the particles and the
forward pass of one place, so that they differ in nothing else.

That pass says who holds one place in the end, with all of its reports (`chain_of`) or without one (`last_holder`), by
chances of loss as the particles found them, averaged, and mean reliabilities. What a report did for its place is read
off it; what it did for others through strain and news is not. With a pass backward from the last day, too, only the
days that a report moves are gone through without it: the time it takes grows with the number of reports, not with its
square.
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from math import exp, log

import numpy as np

from headlong.board.kernel import kernel, law

AGES = 4
"""States of age: 0, 1, 2 and more days since the place changed hands."""

BACKGROUND = 0.0001
"""Chance per day of each change that no pressing side makes: a pact, a garrison that goes (judgement)."""

BACKGROUND_NOBODY = 0.002
"""The same for a place that nobody holds."""

STAYS, LOST, ODDLY = 0, 1, 2
"""What becomes of a place today: nothing, lost to a side that presses, passed on in another way."""

OTHER_TAKER = 0.05
"""Chance that a pressing side other than the nearest takes the place (judgement)."""


@law
def fit_column(same, age):
    """Which fit of a claim applies: its side holds the place or another does, for how long."""
    late = 0 if age == 0 else (1 if age < 3 else 2)
    return late if same else 3 + late


@law
def claim_chance(p_true, fit, base_rate_ratio):
    """Relative chance of a claim by a source of reliability `p_true`, that fits the state so well.

    A false claim of a change may be made of any place on any day: `base_rate_ratio` times as many as see one. A claim
    may be worth nothing, but never speaks for its opposite.
    """
    p_told = max(p_true, 1.0 / (1.0 + base_rate_ratio))
    return p_told * fit + (1.0 - p_told) * (1.0 - fit) / base_rate_ratio


@kernel
def background_rate(presses, known, holder, other, sides):
    """Chance per day that a place passes from `holder` to `other`, who does not press him; by index."""
    if not known[other]:
        return 0.0
    if holder == sides:
        return BACKGROUND_NOBODY if other < sides else 0.0
    if other < sides and presses[other, holder]:
        return 0.0
    return BACKGROUND


@kernel
def slot(holder, sides):
    """Where a holder stands in lists of S + 1: nobody last."""
    return holder if holder >= 0 else sides


@kernel
def fate_of(environment, day, now, i, holder, after):
    """What has become of a place that passes from `holder` to `after`, by index."""
    if after == holder:
        return STAYS
    fought = (
        now.pressed[i] and after < environment.seat_log.shape[1] and environment.presses[day, after, holder]
    )
    return LOST if fought else ODDLY


@kernel
def forward_step(presses, known, hazard, p_unreported, sides, state, out):
    """Let one day pass: `out` is where the states of `state` lead."""
    for x in range(out.size):
        out[x] = 0.0
    for h in range(sides + 1):
        for age in range(AGES):
            mass = state[h * AGES + age]
            if mass == 0.0:
                continue
            pressers, odd = 0, 0.0
            for q in range(sides):
                pressers += h < sides and presses[q, h]
            for q in range(sides + 1):
                if q != h:
                    rate = background_rate(presses, known, h, q, sides)
                    odd += rate
                    if q < sides and h < sides and presses[q, h]:
                        rate = hazard[h] / pressers
                    out[q * AGES] += mass * rate * p_unreported[q]
            lost = hazard[h] if pressers > 0 else 0.0
            out[h * AGES + min(age + 1, AGES - 1)] += mass * (1.0 - odd) * (1.0 - lost)


@kernel
def add_log_chance(reports, r, reliability, times, out):
    """Add so many times the log-chance of one report in each state of its place."""
    own = reliability[reports.cell[r]]
    odds = own / (1.0 - own) * exp(reports.shift[r])
    p_true = reports.p_confirmed if reports.confirmed[r] else odds / (1.0 + odds)
    for x in range(out.size):
        fit = reports.fit[r, fit_column(x // AGES == reports.side[r], x % AGES)]
        out[x] += times * reports.counted[r] * log(claim_chance(p_true, fit, reports.base_rate_ratio[r]))


@kernel
def weigh_states(log_chance, state):
    """Multiply the chances of states by what was said, of which the logs are given; they add up to 1."""
    total, most = 0.0, log_chance[0]
    for x in range(1, state.size):
        most = max(most, log_chance[x])
    for x in range(state.size):
        state[x] *= exp(log_chance[x] - most)
        total += state[x]
    for x in range(state.size):
        state[x] /= total


@law
def log_chances(i, reports, reliability, sides):
    """Log-chance (T + 1, X) of all that is said of place `i` on each day, in each of X states."""
    told = np.zeros((reports.first.size - 1, AGES * (sides + 1)))
    for day in range(len(told)):
        for r in range(reports.first[day], reports.first[day + 1]):
            if reports.place[r] == i:
                add_log_chance(reports, r, reliability, 1.0, told[day])
    return told


@law
def pass_forward(i, environment, reports, p_unreported, hazard, told, held, sides):
    """Chance (T + 2, X) of each state of place `i` before the first day and on each evening.

    `p_unreported` (T + 1, S + 1) is the place's own.
    """
    states = np.zeros((len(told) + 1, told.shape[1]))
    states[0, held * AGES + AGES - 1] = 1.0
    for day in range(len(told)):
        states[day + 1] = states[day]
        if day > 0:
            presses, known = environment.presses[day], reports.known[i]
            forward_step(
                presses, known, hazard[day, i], p_unreported[day], sides, states[day], states[day + 1]
            )
        weigh_states(told[day], states[day + 1])
    return states


@law
def pass_backward(i, environment, reports, p_unreported, hazard, told, sides):
    """Relative chance (T + 1, X, S + 1) of who holds place `i` in the end, by its state on each evening."""
    days, states = told.shape
    ahead, from_one, to = np.zeros((days, states, sides + 1)), np.zeros(states), np.zeros(states)
    for x in range(states):
        ahead[-1, x, x // AGES] = 1.0
    for day in range(days - 1, 0, -1):
        presses, known = environment.presses[day], reports.known[i]
        said = np.exp(told[day] - told[day].max())
        for x in range(states):
            from_one[:] = 0.0
            from_one[x] = 1.0
            forward_step(presses, known, hazard[day, i], p_unreported[day], sides, from_one, to)
            for y in range(states):
                ahead[day - 1, x] += to[y] * said[y] * ahead[day, y]
        ahead[day - 1] /= ahead[day - 1].max()
    return ahead


@law
def chain_of(i, environment, reports, p_unreported, hazard, reliability, held, sides):
    """Place `i` with all of its reports: `log_chances`, `pass_forward` and `pass_backward`."""
    told = log_chances(i, reports, reliability, sides)
    states = pass_forward(i, environment, reports, p_unreported, hazard, told, held, sides)
    return told, states, pass_backward(i, environment, reports, p_unreported, hazard, told, sides)


@law
def last_holder(i, skip, since, till, environment, reports, p_unreported, hazard, reliability, chain, sides):
    """Chance of each holder of place `i` on the last day (S + 1), without report `skip`.

    Without it `p_unreported` (T + 1, S + 1) is another, on days `since` to `till` at most, the report's own among them;
    what was before and what comes after is as in the `chain` with it (`chain_of`).
    """
    told, states, ahead = chain
    state, moved, said = states[since].copy(), states[since].copy(), states[since].copy()
    for day in range(since, till + 1):
        if day > 0:
            presses, known = environment.presses[day], reports.known[i]
            forward_step(presses, known, hazard[day, i], p_unreported[day], sides, state, moved)
            state[:] = moved
        said[:] = told[day]
        if reports.first[day] <= skip < reports.first[day + 1]:
            add_log_chance(reports, skip, reliability, -1.0, said)
        weigh_states(said, state)
    out = np.zeros(sides + 1)
    for x in range(state.size):
        out += state[x] * ahead[till, x]
    return out / out.sum()
