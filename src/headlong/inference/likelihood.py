"""Log-likelihood of many parameter vectors on the exposures of many sides, on all cores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from headlong.inference.resampling import IMPOSSIBLE
from headlong.inference.strain_filter import log_likelihoods
from headlong.inputs.exposure import Exposure
from headlong.parallel import each, spans


def useful(exposures: Sequence[Exposure]) -> list[Exposure]:
    """Exposure of those sides that held anything under pressure."""
    return [e for e in exposures if e.lost.size]


def likelihood(
    thetas: NDArray[np.float64], exposures: Sequence[Exposure], threads: int | None = None
) -> NDArray[np.float64]:
    """Log-likelihood (N) of parameter vectors `thetas` (N, one for each core parameter) on all exposures.

    Each vector is worked on alone, so the result does not depend on the number of threads.
    """
    out = np.zeros(len(thetas))
    thetas = np.ascontiguousarray(thetas)

    def work(span: slice) -> None:
        for e in exposures:
            log_likelihoods(thetas[span], *e.arrays, out[span])

    each(work, spans(len(thetas), 8), threads)
    return np.where(np.isfinite(out), out, IMPOSSIBLE)
