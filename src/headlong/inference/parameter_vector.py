"""The six calibrated parameters as a vector, and the weak priors they are calibrated with."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.inference.resampling import ess
from headlong.mechanisms import CORE
from headlong.parameters import LogNormal, Par, pars_of, room_of

NAMES = tuple(f"{room_of(c)}.{name}" for c in CORE for name in pars_of(c))
"""Order of the vector: strain.mean, strain.slow_sd, strain.fast_sd, news.force, loss.front, loss.seat."""

PARS: tuple[Par, ...] = tuple(p for c in CORE for p in pars_of(c).values())

_LOG = np.array([isinstance(p.prior, LogNormal) for p in PARS])


def free(theta: NDArray[np.float64]) -> NDArray[np.float64]:
    """Vector (..., 6) with the positive parameters as logs, so that every number is allowed."""
    safe = np.where(_LOG, np.maximum(theta, 1e-300), 1.0)
    return np.where(_LOG, np.log(safe), theta)


def bound(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Inverse of `free`."""
    return np.where(_LOG, np.exp(np.where(_LOG, z, 0.0)), z)


def log_prior(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-density of the priors at free vectors (..., 6)."""
    theta, total = bound(z), np.zeros(z.shape[:-1])
    for k, p in enumerate(PARS):
        total += p.prior.log_density(theta[..., k]) + (z[..., k] if _LOG[k] else 0.0)
    return total


class Draws(NamedTuple):
    """Weighted draws of the six parameters: `theta` (N, 6), `weight` (N) adding up to one."""

    theta: NDArray[np.float64]
    weight: NDArray[np.float64]

    @property
    def ess(self) -> float:
        """Effective number of draws."""
        return ess(self.weight)

    @property
    def mean(self) -> NDArray[np.float64]:
        """Weighted mean of the parameters (6)."""
        return self.weight @ self.theta

    @property
    def sd(self) -> NDArray[np.float64]:
        """Weighted standard deviation of the parameters (6)."""
        return np.sqrt(self.weight @ (self.theta - self.mean) ** 2)
