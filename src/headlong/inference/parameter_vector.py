"""Parameters of the core as vectors, free to take any value, with their priors; weighted draws of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.forms.form import NAMES, PARS, Form
from headlong.inference.resampling import ess

__all__ = ["NAMES", "PARS", "Draws", "bound", "free", "log_prior"]


def free(theta: NDArray[np.float64], form: Form) -> NDArray[np.float64]:
    """Learned parameters (..., D) of full vectors, the positive ones as logs."""
    values, logs = theta[..., form.where], form.in_logs
    safe = np.where(logs, np.maximum(values, 1e-300), 1.0)
    return np.where(logs, np.log(safe), values)


def bound(z: NDArray[np.float64], form: Form) -> NDArray[np.float64]:
    """Full vectors (..., 4 + K) of free ones (..., D): the inverse of `free`."""
    logs = form.in_logs
    return form.full(np.where(logs, np.exp(np.where(logs, z, 0.0)), z))


def log_prior(z: NDArray[np.float64], form: Form) -> NDArray[np.float64]:
    """Log-density of the priors at free vectors (..., D)."""
    theta, total = bound(z, form)[..., form.where], np.zeros(z.shape[:-1])
    for k, (par, log) in enumerate(zip(form.pars, form.in_logs, strict=True)):
        total += par.prior.log_density(theta[..., k]) + (z[..., k] if log else 0.0)
    return total


class Draws(NamedTuple):
    """Weighted draws of the parameters: `theta` (N, 4 + K), `weight` (N) adding up to one."""

    theta: NDArray[np.float64]
    weight: NDArray[np.float64]

    @property
    def ess(self) -> float:
        """Effective number of draws."""
        return ess(self.weight)

    @property
    def mean(self) -> NDArray[np.float64]:
        """Weighted mean of the parameters (4 + K)."""
        return self.weight @ self.theta

    @property
    def sd(self) -> NDArray[np.float64]:
        """Weighted standard deviation of the parameters (4 + K)."""
        return np.sqrt(self.weight @ (self.theta - self.mean) ** 2)
