"""Likelihoods worked out on many processes or machines; each vector of parameters is worked on alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from headlong.cluster.cluster import open_cluster
from headlong.inference.likelihood import likelihood
from headlong.inference.likelihood_cache import Likelihoods
from headlong.inputs.exposure import Exposure

ROWS = 5
"""Vectors that a worker does at a time."""

Wars = Sequence[Sequence[Exposure]]


def run_rows(shared: Wars, part: NDArray[np.float64], threads: int | None) -> NDArray[np.float64]:
    """Log-likelihoods (N, W) of vectors (N, 4 + K) on all wars; this is what a worker does."""
    return np.stack([likelihood(part, war, threads) for war in shared], axis=1)


@contextmanager
def likelihoods_on(where: str, wars: Wars, threads: int | None) -> Iterator[Likelihoods]:
    """Give a function of vectors that is worked out on a cluster.

    Parameters
    ----------
    where : str
        The cluster, as `headlong.cluster.where.where_is` reads it.
    wars : sequence of sequence of Exposure
        The exposures of each war.
    threads : int, optional
        For each worker.
    """
    with open_cluster(where, threads) as cluster:

        def work(theta: NDArray[np.float64]) -> NDArray[np.float64]:
            parts = [theta[k : k + ROWS] for k in range(0, len(theta), ROWS)]
            found = dict(cluster.each(run_rows, parts, wars))
            return np.concatenate([found[k] for k in range(len(parts))])

        yield work
