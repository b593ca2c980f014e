"""From the number that each side loses to a prediction of places.

A law of a side's number says nothing of which places go. They take an order from other chances: the odds of all
places of a side are multiplied alike, so that their chances add up to its mean number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from headlong.verify.scores.predictive import Prediction, of_chances

SideLaw = Callable[[NDArray[np.float64], int, int], NDArray[np.float64]]
"""Facts of a side, its places n, days H -> chance (H + 1, n + 1) that so many are lost by each day."""


def spread_over(
    law: SideLaw, facts: Sequence[NDArray[np.float64]], side: NDArray[np.int64], order: NDArray[np.float64]
) -> Prediction:
    """Prediction of places from a law of numbers by side; sides are independent.

    Parameters
    ----------
    law : callable
        A `SideLaw`; the mean number never falls from day to day.
    facts : sequence of float array
        Of every side on the morning after init; NaN where it has nothing to lose.
    side : int array (Q)
        Who holds each place at init.
    order : float array (H + 1, Q)
        Chances that say which places go rather than others.
    """
    horizon, chance = order.shape[0] - 1, np.zeros_like(order)
    number = np.zeros((horizon + 1, 1))
    number[:, 0] = 1.0
    for s in np.unique(side):
        ours = np.flatnonzero(side == s)
        own = np.eye(1, ours.size + 1).repeat(horizon + 1, axis=0)
        if np.isfinite(facts[s]).all():
            own = law(facts[s], ours.size, horizon)
        chance[:, ours] = raised(order[:, ours], own @ np.arange(ours.size + 1.0) / ours.size)
        number = np.stack([np.convolve(a, b) for a, b in zip(number, own, strict=True)])
    return of_chances(chance)._replace(number=number)


def raised(chance: NDArray[np.float64], mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chances (H + 1, Q) with their odds multiplied, day by day, so that their mean is `mean` (H + 1); none falls."""
    p = np.clip(chance, 1e-6, 1.0 - 1e-6)
    odds, found = np.log(p / (1.0 - p)), np.zeros_like(chance)
    for lead in range(1, mean.size):
        found[lead] = found[lead - 1]
        if mean[lead] <= found[lead].mean():
            continue
        low, high = -40.0, 40.0
        for _ in range(60):
            middle = 0.5 * (low + high)
            found[lead] = np.maximum(found[lead - 1], 1.0 / (1.0 + np.exp(-odds[lead] - middle)))
            low, high = (middle, high) if found[lead].mean() < mean[lead] else (low, middle)
    return found
