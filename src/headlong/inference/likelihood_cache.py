"""Likelihoods kept on disk, so that a calibration that was stopped goes on where it was.

A file is named by what its numbers depend on: the histories, and the sources of all compiled kernels. So
nothing stale is served; old files may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from headlong.kernel_cache import kernel_hash
from headlong.result_cache import fetch, keep

BATCH = 100
"""Vectors tried between two times that the file is written."""

Likelihoods = Callable[[NDArray[np.float64]], NDArray[np.float64]]


class LikelihoodCache:
    """A function of parameter vectors that remembers what it found.

    Parameters
    ----------
    work : callable
        Values (N, W) of vectors (N, 4 + K).
    prints : iterable of str
        Name of the form and fingerprints of the histories, in the order of the values.
    folder : Path, optional
        Where the file is kept; None: nowhere.
    """

    def __init__(self, work: Likelihoods, prints: Iterable[str], folder: Path | None) -> None:
        key = sha256(" ".join([*prints, kernel_hash(Path(__file__).parents[1])]).encode())
        self.work = work
        self.path = folder and folder / f"{key.hexdigest()[:20]}.npz"
        self.found: dict[bytes, NDArray[np.float64]] = self._read()

    def __call__(self, theta: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values (N, W) at `theta` (N, 4 + K), each worked out once."""
        keys = [row.tobytes() for row in np.ascontiguousarray(theta)]
        new = [k for k, key in enumerate(keys) if key not in self.found]
        for start in range(0, len(new), BATCH):
            rows = new[start : start + BATCH]
            values = self.work(theta[rows])
            self.found.update({keys[k]: v for k, v in zip(rows, values, strict=True)})
            self._write(theta.shape[1])
        return np.array([self.found[key] for key in keys])

    def _read(self) -> dict[bytes, NDArray[np.float64]]:
        kept = fetch(self.path)
        if kept is None or {*kept} != {"theta", "value"}:
            return {}
        rows, values = np.ascontiguousarray(kept["theta"]), kept["value"]
        sound = (
            rows.dtype == values.dtype == float and rows.ndim == values.ndim == 2 and len(rows) == len(values)
        )
        if not sound or np.isnan(values).any():
            return {}
        return {row.tobytes(): v for row, v in zip(rows, values, strict=True)}

    def _write(self, width: int) -> None:
        theta = np.frombuffer(b"".join(self.found), np.float64).reshape(-1, width)
        keep(self.path, {"theta": theta, "value": np.array(list(self.found.values()))}, most=None)
