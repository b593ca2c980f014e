"""What a particle makes of a day's reports.

A claim has the chance that its source's reliability and its fit to the particle's history give it
(`headlong.reports.observation`); the belief about that reliability learns from it. What is confirmed is believed
whoever speaks, and teaches nothing of its source's class.
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from math import exp, log

from headlong.assimilation.lookahead import claim_chance, column
from headlong.board.kernel import kernel


@kernel
def heed(trust, grid, shift, fit, rare, counted, room):
    """Log-chance of a claim that fits so well, and what it teaches of its source's reliability."""
    total = 0.0
    for g in range(grid.size):
        odds = grid[g] / (1.0 - grid[g]) * exp(shift)
        sure = odds / (1.0 + odds)
        chance = claim_chance(sure, fit, rare)
        room[g] = trust[g] * (chance if counted == 1.0 else chance**counted)
        total += room[g]
    for g in range(grid.size):
        trust[g] = room[g] / total
    return log(total)


@kernel
def hear(said, day, holder, age, trust, grid, fitted, room):
    """Log-chance of the reports of one day."""
    total = 0.0
    for r in range(said.first[day], said.first[day + 1]):
        i, fit = said.place[r], 0.5
        if i >= 0:
            fit = said.fit[r, column(holder[i] == said.side[r], age[i])]
        fitted[r] = fit
        if said.counted[r] == 0.0:
            continue
        if said.firm[r]:
            total += said.counted[r] * log(claim_chance(said.firmly, fit, said.rare[r]))
        else:
            total += heed(trust[said.cell[r]], grid, said.shift[r], fit, said.rare[r], said.counted[r], room)
    return total
