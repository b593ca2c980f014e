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

from headlong.assimilation.transitions import AGES, background_rate, claim_chance, fit_column
from headlong.board.kernel import kernel, law

FLOOR = 1e-12


class Lookahead(NamedTuple):
    """What lies ahead of each state: chance `psi` with that day's own reports, log `ahead` without them."""

    psi: NDArray[np.float64]  # (T + 1, P, X) highest 1
    ahead: NDArray[np.float64]  # (T + 1, P, X)
    order: NDArray[np.int64]  # (T + 1, P) places, those of which reports say most first


def lookahead_of(psi: NDArray[np.float64], ahead: NDArray[np.float64]) -> Lookahead:
    """Proposal from what `look_ahead` finds."""
    return Lookahead(psi, ahead, np.argsort(psi.mean(axis=2), axis=1, kind="stable").astype(np.int64))


@law
def report_log_chances(reports, reliability, places, states):
    """Log-chance of each day's reports in each state (T + 1, P, X), with plug-in reliabilities of sources."""
    out = np.zeros((reports.first.size - 1, places, states))
    for day in range(reports.first.size - 1):
        for r in range(reports.first[day], reports.first[day + 1]):
            if reports.place[r] < 0:
                continue
            own = reliability[reports.cell[r]]
            odds = own / (1.0 - own) * exp(reports.shift[r])
            p_true = reports.p_confirmed if reports.confirmed[r] else odds / (1.0 + odds)
            for x in range(states):
                fit = reports.fit[r, fit_column(x // AGES == reports.side[r], x % AGES)]
                out[day, reports.place[r], x] += reports.counted[r] * log(
                    claim_chance(p_true, fit, reports.base_rate_ratio[r])
                )
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
    psi = report_log_chances(reports, reliability, places, AGES * (sides + 1))
    ahead = np.zeros_like(psi)
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
    return psi, ahead
