"""Log-likelihood of many parameter vectors on the evidence of many sides, on all cores."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from headlong.inference.strain_filter import log_likelihoods
from headlong.inputs.exposure import Evidence


def useful(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Evidence of those sides that held anything under pressure."""
    return [e for e in evidence if e.lost.size]


def likelihood(
    thetas: NDArray[np.float64], evidence: Sequence[Evidence], threads: int | None = None
) -> NDArray[np.float64]:
    """Log-likelihood (N) of parameter vectors `thetas` (N, 6) on all the evidence.

    Each vector is worked on alone, so the result does not depend on the number of threads.
    """
    threads = threads or os.cpu_count() or 1
    out = np.zeros(len(thetas))
    thetas = np.ascontiguousarray(thetas)
    spans = [slice(k, k + 8) for k in range(0, len(thetas), 8)]

    def work(span: slice) -> None:
        for e in evidence:
            log_likelihoods(thetas[span], *e, out[span])

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, spans))
    return np.where(np.isfinite(out), out, -1e12)
