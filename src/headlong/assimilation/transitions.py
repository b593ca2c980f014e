"""One place as a chain of states: its ages, changes that no pressing side makes, and the chance of a claim in a state.

A state is who holds the place, and since 0, 1, 2 or more days. Shared by the look-ahead proposal, the particles and the
forward pass of one place, so that they differ in nothing else.

That pass (`last_holder`) says who holds one place in the end, with all of its reports or without one: chances of loss
as the particles found them, averaged, and mean reliabilities. What a report did for its place is read off it; what it
did for others through strain and news is not.
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from math import exp

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


@kernel
def fit_column(same, age):
    """Which fit of a claim applies: its side holds the place or another does, for how long."""
    late = 0 if age == 0 else (1 if age < 3 else 2)
    return late if same else 3 + late


@kernel
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


@law
def last_holder(i, skip, environment, reports, p_unreported, hazard, reliability, held, sides):
    """Chance of each holder of place `i` on the last day (S + 1), without report `skip` (-1: with all).

    `p_unreported` (T + 1, S + 1) is the place's own.
    """
    states = AGES * (sides + 1)
    state, moved = np.zeros(states), np.zeros(states)
    state[held * AGES + AGES - 1] = 1.0
    for day in range(reports.first.size - 1):
        if day > 0:
            forward_step(
                environment.presses[day],
                reports.known[i],
                hazard[day, i],
                p_unreported[day],
                sides,
                state,
                moved,
            )
            state[:] = moved
        for r in range(reports.first[day], reports.first[day + 1]):
            if reports.place[r] == i and r != skip:
                own = reliability[reports.cell[r]]
                odds = own / (1.0 - own) * exp(reports.shift[r])
                p_true = reports.p_confirmed if reports.confirmed[r] else odds / (1.0 + odds)
                for x in range(states):
                    fit = reports.fit[r, fit_column(x // AGES == reports.side[r], x % AGES)]
                    state[x] *= claim_chance(p_true, fit, reports.base_rate_ratio[r]) ** reports.counted[r]
        state /= state.sum()
    return state.reshape(sides + 1, AGES).sum(axis=1)
