"""What later reports say of each place alone: guides for the particles (`headlong.assimilation.propagate`).

For one place at a time, with plug-in chances of loss and plug-in reliabilities, the chance of all reports
still to come is summed backwards over days, for each state of the place: who holds it, and whether since
0, 1, 2 or more days. Particles that follow these guides go where the reports lead; what the guides leave
out is made good by the particles' weights, so the guides change how well the sum is done, not what it is.
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from math import exp, inf, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.kernel import kernel, law

AGES = 4
"""States of age: 0, 1, 2 and more days since the place changed hands."""

ODD = 0.0001
"""Chance per day of each change that no pressing side makes: a pact, a garrison that goes (judgement)."""

ODD_NOBODY = 0.002
"""The same for a place that nobody holds."""

OTHER_TAKER = 0.05
"""Chance that a pressing side other than the nearest takes the place (judgement)."""

FLOOR = 1e-12


class Said(NamedTuple):
    """Reports as kernels take them, by the day of the claimed event; R reports, P places, T days, K cells."""

    first: NDArray[np.int64]  # (T + 2) where each day's reports begin
    place: NDArray[np.int64]  # (R) or -1
    side: NDArray[np.int64]  # (R)
    fit: NDArray[np.float64]  # (R, 6)
    rare: NDArray[np.float64]  # (R)
    cell: NDArray[np.int64]  # (R)
    shift: NDArray[np.float64]  # (R)
    firm: NDArray[np.bool_]  # (R)
    counted: NDArray[np.float64]  # (R)
    silence: NDArray[np.float64]  # (T + 1, P, S + 1) chance of nothing said so far of a change to each side
    known: NDArray[np.bool_]  # (P, S + 1) who may come to hold the place in another way than by pressing
    firmly: float  # reliability of confirmed reports


class Guide(NamedTuple):
    """What lies ahead of each state: chance `look` with that day's own reports, log `ahead` without them."""

    look: NDArray[np.float64]  # (T + 1, P, X) highest 1
    ahead: NDArray[np.float64]  # (T + 1, P, X)
    order: NDArray[np.int64]  # (T + 1, P) places, those of which reports say most first


def guide_by(look: NDArray[np.float64], ahead: NDArray[np.float64]) -> Guide:
    """Guide from what `look_ahead` finds."""
    return Guide(look, ahead, np.argsort(look.mean(axis=2), axis=1, kind="stable").astype(np.int64))


@kernel
def column(same, age):
    """Which fit of a claim applies: its side holds the place or another does, for how long."""
    late = 0 if age == 0 else (1 if age < 3 else 2)
    return late if same else 3 + late


@kernel
def claim_chance(sure, fit, rare):
    """Relative chance of a claim by a source of reliability `sure`, that fits the state so well.

    A false claim of a change may be made of any place on any day: `rare` times as many as see one.
    """
    return sure * fit + (1.0 - sure) * (1.0 - fit) / rare


@kernel
def odd_chance(presses, known, holder, other, sides):
    """Chance per day that a place passes from `holder` to `other`, who does not press him; by index."""
    if not known[other]:
        return 0.0
    if holder == sides:
        return ODD_NOBODY if other < sides else 0.0
    if other < sides and presses[other, holder]:
        return 0.0
    return ODD


@law
def say(said, trust, places, states):
    """Log-chance of each day's reports in each state (T + 1, P, X), with plug-in reliabilities `trust`."""
    out = np.zeros((said.first.size - 1, places, states))
    for day in range(said.first.size - 1):
        for r in range(said.first[day], said.first[day + 1]):
            if said.place[r] < 0:
                continue
            odds = trust[said.cell[r]] / (1.0 - trust[said.cell[r]]) * exp(said.shift[r])
            sure = said.firmly if said.firm[r] else odds / (1.0 + odds)
            for x in range(states):
                fit = said.fit[r, column(x // AGES == said.side[r], x % AGES)]
                out[day, said.place[r], x] += said.counted[r] * log(claim_chance(sure, fit, said.rare[r]))
    return out


@kernel
def step_back(day, i, land, hazard, said, sides, look, ahead):
    """Fill `ahead` of one place on the day before `day` from `look` on `day`."""
    presses, silence, known = land.presses[day], said.silence[day, i], said.known[i]
    for h in range(sides + 1):
        pressers, odd, gone = 0, 0.0, 0.0
        for q in range(sides):
            pressers += h < sides and presses[q, h]
        lost = hazard[day, i, h] / pressers if pressers > 0 else 0.0
        for q in range(sides + 1):
            if q != h:
                rate = odd_chance(presses, known, h, q, sides)
                odd += rate
                if q < sides and h < sides and presses[q, h]:
                    rate = lost
                gone += rate * look[q * AGES] * silence[q]
        stay = (1.0 - odd) * (1.0 - lost * pressers)
        for age in range(AGES):
            nxt = h * AGES + min(age + 1, AGES - 1)
            ahead[h * AGES + age] = log(max(FLOOR, gone + stay * look[nxt]))


@law
def look_ahead(land, said, hazard, trust, sides):
    """Guides (T + 1, P, X) for all places; `hazard` is (T + 1, P, S + 1)."""
    days, places = said.silence.shape[:2]
    look = say(said, trust, places, AGES * (sides + 1))
    ahead = np.zeros_like(look)
    for i in range(places):
        if land.outside[i]:
            look[:, i] = 1.0
            continue
        for day in range(days - 1, -1, -1):
            if day < days - 1:
                step_back(day + 1, i, land, hazard, said, sides, look[day + 1, i], ahead[day, i])
            top = -inf
            for x in range(look.shape[2]):
                look[day, i, x] += ahead[day, i, x]
                top = max(top, look[day, i, x])
            for x in range(look.shape[2]):
                look[day, i, x] = exp(look[day, i, x] - top)
                ahead[day, i, x] -= top
    return look, ahead
