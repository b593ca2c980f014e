"""What a form is: a choice among the parameters of the core."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headlong.mechanisms import CORE
from headlong.parameters import LogNormal, Par, pars_of, room_of

NAMES = tuple(f"{room_of(c)}.{name}" for c in CORE for name in pars_of(c))
"""Order of the vector of parameters: strain first, then the coefficients in the order of the covariates."""

PARS: tuple[Par, ...] = tuple(p for c in CORE for p in pars_of(c).values())


@dataclass(frozen=True)
class Form:
    """A form of the model.

    Every form runs through the same engine, the same filter of strain and the same particles: its vector is the
    full one, with the parameters that are not its own at their neutral values.

    Parameters
    ----------
    name : str
        Its name, as banks carry it.
    title : str
        What it is, in a sentence.
    free : tuple of str
        Parameters that are learned, of `NAMES`, in that order.
    """

    name: str
    title: str
    free: tuple[str, ...]

    @property
    def where(self) -> NDArray[np.int64]:
        """Rows of the full vector (D) that are learned."""
        return np.array([NAMES.index(name) for name in self.free])

    @property
    def pars(self) -> tuple[Par, ...]:
        """The learned parameters, with their priors."""
        return tuple(PARS[k] for k in self.where)

    @property
    def in_logs(self) -> NDArray[np.bool_]:
        """Which of the learned parameters are positive, and move as logs (D)."""
        return np.array([isinstance(p.prior, LogNormal) for p in self.pars])

    def full(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Full vectors (..., 4 + K) from the learned values (..., D)."""
        theta = np.zeros((*values.shape[:-1], len(NAMES)))
        theta[...] = [p.neutral if np.isfinite(p.neutral) else p.default for p in PARS]
        theta[..., self.where] = values
        return theta

    @property
    def start(self) -> NDArray[np.float64]:
        """Full vector (4 + K) of the defaults."""
        return self.full(np.array([p.default for p in self.pars]))
