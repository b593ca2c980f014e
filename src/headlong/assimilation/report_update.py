"""Update step: a particle's weight is multiplied by the likelihood of the day's reports.

A report has the chance that the reliability of its source class and its fit to the particle's history give it
(`headlong.reports.observation`), and the particle's belief about that reliability is updated by Bayes' rule on a grid.
A confirmed report has a fixed reliability and does not update that belief.
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from math import exp, log

from headlong.assimilation.transitions import claim_chance, fit_column
from headlong.board.kernel import kernel


@kernel
def update_reliability(reliability, grid, shift, fit, mean_fit, base_rate_ratio, counted, room):
    """Log-chance of a claim that fits so well, and what it teaches of its source's reliability.

    The chance is that of speaking of this place and not of another: a claim that fits nearly every place teaches
    little.
    """
    total = 0.0
    for g in range(grid.size):
        odds = grid[g] / (1.0 - grid[g]) * exp(shift)
        p_true = odds / (1.0 + odds)
        chance = claim_chance(p_true, fit, base_rate_ratio) / claim_chance(p_true, mean_fit, base_rate_ratio)
        room[g] = reliability[g] * (chance if counted == 1.0 else chance**counted)
        total += room[g]
    for g in range(grid.size):
        reliability[g] = room[g] / total
    return log(total)


@kernel
def update_reports(reports, day, holder, age, reliability, grid, fitted, room):
    """Log-chance of the reports of one day."""
    total = 0.0
    for r in range(reports.first[day], reports.first[day + 1]):
        i, fit = reports.place[r], 0.5
        if i >= 0:
            fit = reports.fit[r, fit_column(holder[i] == reports.side[r], age[i])]
        fitted[r] = fit
        if reports.counted[r] == 0.0:
            continue
        ratio, counted = reports.base_rate_ratio[r], reports.counted[r]
        if reports.confirmed[r]:
            total += counted * log(claim_chance(reports.p_confirmed, fit, ratio))
        else:
            belief = reliability[reports.cell[r]]
            usual = reports.mean_fit[r]
            total += update_reliability(belief, grid, reports.shift[r], fit, usual, ratio, counted, room)
    return total
