"""One place alone, forwards in time: who holds it in the end, with all of its reports or without one.

The same law as the guides (`headlong.assimilation.lookahead`): chances of loss as the particles found them, averaged,
and mean reliabilities. What a report did for its place is read off this; what it did for others through
strain and news is not.
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from math import exp

import numpy as np

from headlong.assimilation.lookahead import AGES, claim_chance, column, odd_chance
from headlong.board.kernel import kernel, law


@kernel
def hold_on(presses, known, hazard, silence, sides, state, out):
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
                    rate = odd_chance(presses, known, h, q, sides)
                    odd += rate
                    if q < sides and h < sides and presses[q, h]:
                        rate = hazard[h] / pressers
                    out[q * AGES] += mass * rate * silence[q]
            lost = hazard[h] if pressers > 0 else 0.0
            out[h * AGES + min(age + 1, AGES - 1)] += mass * (1.0 - odd) * (1.0 - lost)


@law
def last_holder(i, skip, land, said, silence, hazard, trust, held, sides):
    """Chance of each holder of place `i` on the last day (S + 1), without report `skip` (-1: with all).

    `silence` (T + 1, S + 1) is the place's own.
    """
    states = AGES * (sides + 1)
    state, moved = np.zeros(states), np.zeros(states)
    state[held * AGES + AGES - 1] = 1.0
    for day in range(said.first.size - 1):
        if day > 0:
            hold_on(land.presses[day], said.known[i], hazard[day, i], silence[day], sides, state, moved)
            state[:] = moved
        for r in range(said.first[day], said.first[day + 1]):
            if said.place[r] == i and r != skip:
                odds = trust[said.cell[r]] / (1.0 - trust[said.cell[r]]) * exp(said.shift[r])
                sure = said.firmly if said.firm[r] else odds / (1.0 + odds)
                for x in range(states):
                    fit = said.fit[r, column(x // AGES == said.side[r], x % AGES)]
                    state[x] *= claim_chance(sure, fit, said.rare[r]) ** said.counted[r]
        state /= state.sum()
    return state.reshape(sides + 1, AGES).sum(axis=1)
