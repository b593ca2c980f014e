"""Numbers of people in bins one per cent wide, so that quantiles of them need no list of members."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from headlong.inference.resampling import HAIR, quantile_index

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


def count_bins(table: NDArray[Any], bins: NDArray[np.int64], weight: NDArray[Any] | float = 1.0) -> None:
    """Add the weight of N members (N, 1) to the bins (N, K) that they are in, in a table (K, B)."""
    at = np.arange(table.shape[0]) * table.shape[1] + bins
    each = np.broadcast_to(np.asarray(weight, table.dtype), at.shape)
    np.add.at(
        table.reshape(-1), at.ravel(), each.ravel()
    )  # along one axis, which numpy does six times as fast


def levels_reached(counts: NDArray[Any]) -> NDArray[np.int64]:
    """Smallest index at which each of `PEOPLE_LEVELS` is reached, over the last axis: levels come first."""
    rise = np.cumsum(counts, axis=-1)
    found = [(rise < np.float64(q) * rise[..., -1:] * HAIR).sum(axis=-1) for q in PEOPLE_LEVELS]
    return np.minimum(np.array(found), counts.shape[-1] - 1)


def people_quantiles(counts: NDArray[np.float64]) -> dict[str, int | None]:
    """P10, P50 and P90 of a number of people, from how often each bin was seen."""
    people = from_bin(quantile_index(counts, PEOPLE_LEVELS)).tolist()
    return {f"p{100 * q:.0f}": n for q, n in zip(PEOPLE_LEVELS, people, strict=True)}
