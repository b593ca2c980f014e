"""One place alone, forwards in time: who holds it in the end, with all of its reports or without one.

The same law as the look-ahead proposal (`headlong.assimilation.transitions`): chances of loss as the particles found
them, averaged, and mean reliabilities. What a report did for its place is read off this; what it did for others
through strain and news is not.
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from math import exp

import numpy as np

from headlong.assimilation.transitions import AGES, background_rate, claim_chance, fit_column
from headlong.board.kernel import kernel, law


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
