"""What a pilot round teaches the proposal of the next: each place's mean chance of loss, by day and holder."""

# mypy: allow-untyped-defs

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headlong.assimilation.transitions import LOST, ODDLY
from headlong.board.kernel import kernel
from headlong.inference.strain_filter import sum_of_parts
from headlong.inference.strain_moves import HALF_SLOW

FIRST_GUESS = 0.01
"""Chance of loss per day and place that the first proposal assumes."""

UNSEEN = 0.03
"""How much the mean chance of its side counts in a place's own, in shares of all pilots: the few have not seen all."""

LEAST, MOST = 1e-4, 0.9
"""Bounds of a chance of loss in the proposal, so that it rules out nothing that may happen (judgement)."""


@kernel
def chance_of_loss(level, odds, ratio):
    """Chance that a place is lost today, by what is believed of strain so far."""
    total = 0.0
    for g in range(level.size):
        total += level[g] * odds[g] * ratio / (1.0 + odds[g] * ratio)
    return min(1.0 - 1e-12, max(1e-300, total))


@kernel
def learn_fate(level, odds, ratio, lost, p):
    """Let the belief about today's strain learn from one place that fell or held, which had the chance `p`."""
    for g in range(level.size):
        line = odds[g] * ratio / (1.0 + odds[g] * ratio)
        level[g] *= line / p if lost else (1.0 - line) / (1.0 - p)


@kernel
def foretell(state, n, now, ratio, fate, order, level):
    """Write down each place's chance of loss, for the proposal of the next round.

    What reports say most of comes first (`order`), and each fate teaches how hard the day is before the next is asked:
    so the chances of a day multiply to that of all its fates.
    """
    rows, width = 2 * HALF_SLOW + 1, state.width[n]
    span = rows + width - 1
    odds = state.odds[n, :span]
    for s in range(level.shape[0]):
        sum_of_parts(state.belief[n, s, : rows * width].reshape(width, rows), level[s, :span])
    for i in order:
        s, state.chance[n, i] = now.control[i], 0.0
        if ratio[i] > 0.0:
            p = chance_of_loss(level[s, :span], odds, ratio[i])
            state.chance[n, i] = p
            if fate[i] != ODDLY:
                learn_fate(level[s, :span], odds, ratio[i], fate[i] == LOST, p)


def mean_hazard(
    history: NDArray[np.int8], chance: NDArray[np.float32], weight: NDArray[np.float64], sides: int
) -> NDArray[np.float64]:
    """Chance of loss (T + 1, P, S) by who held the place that morning, over the histories that last.

    Where no history has it so, the mean over all places of the side on that day.
    """
    found = np.full((*history.shape[1:], sides), FIRST_GUESS)
    for s in range(sides):
        ours = (history[:, :-1] == s) & (chance[:, 1:] > 0.0)
        mass = np.einsum("n,ndp->dp", weight, ours)
        total = np.einsum("n,ndp->dp", weight, ours * chance[:, 1:])
        overall = (total.sum(axis=1) + 1e-3 * FIRST_GUESS) / (mass.sum(axis=1) + 1e-3)
        found[1:, :, s] = (total + UNSEEN * overall[:, None]) / (mass + UNSEEN)
    return np.clip(found, LEAST, MOST)


def with_nobody(hazard: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same with a column for nobody, who loses nothing."""
    return np.concatenate([hazard, np.zeros((*hazard.shape[:2], 1))], axis=2)
