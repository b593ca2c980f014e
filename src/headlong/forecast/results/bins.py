"""Numbers of people in bins one per cent wide, so that quantiles of them need no list of members."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headlong.inference.resampling import quantile_index

RATIO = np.log(1.01)
BINS = 2100
"""Bins of one per cent reach 1.2e9 people."""

PEOPLE_LEVELS = (0.1, 0.5, 0.9)


def to_bin(people: NDArray) -> NDArray[np.int64]:
    """Bin of a number of people; numbers below 70 or so have a bin of their own."""
    return np.minimum(BINS - 1, np.rint(np.log1p(np.asarray(people, float)) / RATIO)).astype(np.int64)


def from_bin(k: NDArray | int) -> NDArray[np.int64]:
    """Number of people a bin stands for."""
    return np.rint(np.expm1(np.asarray(k) * RATIO)).astype(np.int64)


def quantile(counts: NDArray[np.float64], q: float) -> int:
    """Smallest index at which a share `q` of the counts is reached."""
    return int(quantile_index(counts, q))


def people_quantiles(counts: NDArray[np.float64]) -> dict[str, int]:
    """P10, P50 and P90 of a number of people, from how often each bin was seen."""
    return {f"p{100 * q:.0f}": int(from_bin(quantile(counts, q))) for q in PEOPLE_LEVELS}
