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

from headlong.board.kernel import kernel, law

AGES = 4
"""States of age: 0, 1, 2 and more days since the place changed hands."""

BACKGROUND = 0.0001
"""Chance per day of each change that no pressing side makes: a pact, a garrison that goes (judgement)."""

BACKGROUND_NOBODY = 0.002
"""The same for a place that nobody holds."""

OTHER_TAKER = 0.05
"""Chance that a pressing side other than the nearest takes the place (judgement)."""

FLOOR = 1e-12


class ReportArrays(NamedTuple):
    """Reports as kernels take them, by the day of the claimed event; R reports, P places, T days, K cells."""

    first: NDArray[np.int64]  # (T + 2) where each day's reports begin
    place: NDArray[np.int64]  # (R) or -1
    side: NDArray[np.int64]  # (R)
    fit: NDArray[np.float64]  # (R, 6)
    base_rate_ratio: NDArray[np.float64]  # (R)
    cell: NDArray[np.int64]  # (R)
    shift: NDArray[np.float64]  # (R)
    confirmed: NDArray[np.bool_]  # (R)
    counted: NDArray[np.float64]  # (R)
    p_unreported: NDArray[
        np.float64
    ]  # (T + 1, P, S + 1) chance of nothing said so far of a change to each side
    known: NDArray[np.bool_]  # (P, S + 1) who may come to hold the place in another way than by pressing
    p_confirmed: float  # reliability of confirmed reports


class Lookahead(NamedTuple):
    """What lies ahead of each state: chance `psi` with that day's own reports, log `ahead` without them."""

    psi: NDArray[np.float64]  # (T + 1, P, X) highest 1
    ahead: NDArray[np.float64]  # (T + 1, P, X)
    order: NDArray[np.int64]  # (T + 1, P) places, those of which reports say most first


def lookahead_of(psi: NDArray[np.float64], ahead: NDArray[np.float64]) -> Lookahead:
    """Guide from what `look_ahead` finds."""
    return Lookahead(psi, ahead, np.argsort(psi.mean(axis=2), axis=1, kind="stable").astype(np.int64))


@kernel
def column(same, age):
    """Which fit of a claim applies: its side holds the place or another does, for how long."""
    late = 0 if age == 0 else (1 if age < 3 else 2)
    return late if same else 3 + late


@kernel
def claim_chance(p_true, fit, base_rate_ratio):
    """Relative chance of a claim by a source of reliability `p_true`, that fits the state so well.

    A false claim of a change may be made of any place on any day: `base_rate_ratio` times as many as see one.
    """
    return p_true * fit + (1.0 - p_true) * (1.0 - fit) / base_rate_ratio


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


@law
def say(reports, trust, places, states):
    """Log-chance of each day's reports in each state (T + 1, P, X), with plug-in reliabilities `trust`."""
    out = np.zeros((reports.first.size - 1, places, states))
    for day in range(reports.first.size - 1):
        for r in range(reports.first[day], reports.first[day + 1]):
            if reports.place[r] < 0:
                continue
            odds = trust[reports.cell[r]] / (1.0 - trust[reports.cell[r]]) * exp(reports.shift[r])
            p_true = reports.p_confirmed if reports.confirmed[r] else odds / (1.0 + odds)
            for x in range(states):
                fit = reports.fit[r, column(x // AGES == reports.side[r], x % AGES)]
                out[day, reports.place[r], x] += reports.counted[r] * log(
                    claim_chance(p_true, fit, reports.base_rate_ratio[r])
                )
    return out


@kernel
def step_back(day, i, land, hazard, reports, sides, psi, ahead):
    """Fill `ahead` of one place on the day before `day` from `psi` on `day`."""
    presses, p_unreported, known = land.presses[day], reports.p_unreported[day, i], reports.known[i]
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
def look_ahead(land, reports, hazard, trust, sides):
    """Guides (T + 1, P, X) for all places; `hazard` is (T + 1, P, S + 1)."""
    days, places = reports.p_unreported.shape[:2]
    psi = say(reports, trust, places, AGES * (sides + 1))
    ahead = np.zeros_like(psi)
    for i in range(places):
        if land.outside[i]:
            psi[:, i] = 1.0
            continue
        for day in range(days - 1, -1, -1):
            if day < days - 1:
                step_back(day + 1, i, land, hazard, reports, sides, psi[day + 1, i], ahead[day, i])
            top = -inf
            for x in range(psi.shape[2]):
                psi[day, i, x] += ahead[day, i, x]
                top = max(top, psi[day, i, x])
            for x in range(psi.shape[2]):
                psi[day, i, x] = exp(psi[day, i, x] - top)
                ahead[day, i, x] -= top
    return psi, ahead
