"""Weights, and what is drawn by them: resampling, inverse distribution functions, weighted quantiles.

Systematic resampling (Kitagawa 1996, J. Comput. Graph. Stat. 5) spreads the draws evenly over the weights with
one uniform for all; multinomial resampling takes one for each draw.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from headlong.board.kernel import law

IMPOSSIBLE = -1e12
"""Log-likelihood of what cannot have happened: its weight is 0, and it may still be added up."""
HAIR = 1.0 - 1e-12
"""A share is reached when the sum is short of it by no more than rounding."""


def normalise(log_weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights adding up to one from their logs."""
    w = np.exp(log_weight - np.max(log_weight))
    return np.asarray(w / w.sum())


def ess(weight: NDArray[np.float64]) -> float:
    """Effective number of draws with weights adding up to one (Kong's)."""
    return float(1.0 / np.sum(weight**2))


def cdf(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distribution function of the weights' own order, up to the factor of their sum."""
    return np.cumsum(weight)


def multinomial(weight: NDArray[np.float64], u: NDArray[np.float64]) -> NDArray[np.int64]:
    """Draw by weight, one for each uniform of `u`."""
    rise = cdf(weight)
    return np.minimum(np.searchsorted(rise, u * rise[-1], side="right"), rise.size - 1)


def systematic(weight: NDArray[np.float64], count: int, u: float) -> NDArray[np.int64]:
    """Draw `count` times by weight, evenly spread, from the one uniform `u`."""
    return multinomial(weight, (u + np.arange(count)) / count)


def resample_systematic(
    log_weight: NDArray[np.float64], columns: Sequence[NDArray], u: float
) -> NDArray[np.int64]:
    """Let rows of the `columns` be drawn by weight, in place, and all weigh the same; returns which were drawn."""
    chosen = systematic(normalise(log_weight), log_weight.size, u)
    moved = np.flatnonzero(chosen != np.arange(chosen.size))
    for column in columns:
        column[moved] = column[chosen[moved]]
    log_weight[:] = 0.0
    return chosen


def quantile_index(weight: NDArray[np.float64], q: ArrayLike) -> NDArray[np.int64]:
    """Smallest index at which a share `q` of the weights is reached."""
    rise = cdf(weight)
    return np.minimum(np.searchsorted(rise, np.asarray(q) * rise[-1] * HAIR), rise.size - 1)


def weighted_quantile(values: NDArray, weight: NDArray[np.float64], q: ArrayLike) -> NDArray:
    """Smallest value at which a share `q` of the weights is reached."""
    order = np.argsort(values, kind="stable")
    return np.asarray(values[order][quantile_index(weight[order], q)])


@law
def cell_at(rise, u):  # type: ignore[no-untyped-def]
    """Draw one cell by the distribution function `rise` of their weights, from one uniform."""
    return min(rise.size - 1, np.searchsorted(rise, u * rise[-1], side="right"))
