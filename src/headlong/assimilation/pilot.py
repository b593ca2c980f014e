"""What a pilot round teaches the proposal of the next: each place's mean chance of loss, by day and holder."""

# mypy: allow-untyped-defs

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headlong.board.kernel import kernel
from headlong.inference.strain_moves import HALF_SLOW

FIRST_GUESS = 0.01
"""Chance of loss per day and place that the first proposal assumes."""

UNSEEN = 0.1
"""How much the mean chance of its side counts in a place's own, in shares of all pilots: the few have not seen all."""


@kernel
def chance_of_loss(level, odds, ratio, fates):
    """Chance that a place is lost today by what is believed of strain, its own fate left out of `level`."""
    lost, every = 0.0, 0.0
    stays, goes = fates[0].sum(), fates[1].sum() * ratio
    for g in range(odds.size):
        without = level[g] / (stays + goes * odds[g])
        lost += without * ratio * odds[g]
        every += without * (1.0 + ratio * odds[g])
    return lost / every


@kernel
def foretell(state, n, now, ratio, fates, level):
    """Write down each place's chance of loss, for the proposal of the next round."""
    span = 2 * HALF_SLOW + state.width[n]
    for i in range(ratio.size):
        state.chance[n, i] = 0.0
        if ratio[i] > 0.0:
            s = now.control[i]
            state.chance[n, i] = chance_of_loss(level[s, :span], state.odds[n, :span], ratio[i], fates[i])


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
    return np.clip(found, 1e-4, 0.9)


def with_nobody(hazard: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same with a column for nobody, who loses nothing."""
    return np.concatenate([hazard, np.zeros((*hazard.shape[:2], 1))], axis=2)
