"""Adaptive importance sampling of the six parameters.

A heavy-tailed proposal at the mode is fitted to the target in a few tempered rounds, then drawn from
once more; draws are weighted by target over proposal. Nothing is a chain, so nothing can fail to mix:
the effective number of draws says how good it is (Cappe et al. 2008, "Adaptive importance sampling in
general mixture classes", Stat. Comput. 18).
"""

from __future__ import annotations

from collections.abc import Callable
from math import lgamma, log, pi

import numpy as np
from numpy.typing import NDArray

from headlong.inference.parameter_vector import Draws, bound
from headlong.inference.resampling import normalise

Target = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Log-densities (N) of free vectors (N, 6)."""

DEGREES = 6.0
"""Degrees of freedom of the proposal."""

WIDER = 1.8
"""The first proposal's covariance over that at the mode."""

TEMPERS = (0.3, 0.6, 1.0)
"""Powers of the weights with which the proposal is fitted, round by round."""

ROUND = 300
"""Draws in a round of fitting."""


def slope(target: Target, z: NDArray[np.float64], h: float = 1e-3) -> tuple[float, NDArray[np.float64]]:
    """Value and gradient of the target at `z` by central differences, in one call."""
    steps = h * np.eye(z.size)
    values = target(np.vstack([z[None], z + steps, z - steps]))
    return float(values[0]), (values[1 : z.size + 1] - values[z.size + 1 :]) / (2 * h)


def climb(target: Target, z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mode of the target, from `z`."""
    from scipy.optimize import minimize

    def down(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, gradient = slope(target, x)
        return -value, -gradient

    return np.asarray(minimize(down, z, jac=True, method="BFGS", options={"gtol": 0.05, "maxiter": 60}).x)


def spread_at(target: Target, z: NDArray[np.float64], h: float = 0.05) -> NDArray[np.float64]:
    """Covariance (6, 6) of the normal law that fits the target at its mode."""
    n, steps = z.size, h * np.eye(z.size)
    pairs = [(i, j) for i in range(n) for j in range(i, n)]
    corners = [
        z + a * steps[i] + b * steps[j] for i, j in pairs for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1))
    ]
    v = target(np.array(corners)).reshape(-1, 4)
    curve = np.zeros((n, n))
    for (i, j), q in zip(pairs, v, strict=True):
        curve[i, j] = curve[j, i] = -(q[0] - q[1] - q[2] + q[3]) / (4 * h * h)
    values, vectors = np.linalg.eigh(curve)
    return np.asarray((vectors / np.maximum(values, 0.2)) @ vectors.T)


def t_draws(
    rng: np.random.Generator, mean: NDArray[np.float64], cov: NDArray[np.float64], n: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """`n` draws of a multivariate t, and their log-densities."""
    root = np.linalg.cholesky(cov)
    scale = np.sqrt(DEGREES / rng.chisquare(DEGREES, n))
    z = mean + (rng.standard_normal((n, mean.size)) * scale[:, None]) @ root.T
    return z, t_density(z, mean, cov)


def t_density(
    z: NDArray[np.float64], mean: NDArray[np.float64], cov: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Log-density of a multivariate t with `DEGREES` degrees of freedom at `z` (N, 6)."""
    d, root = mean.size, np.linalg.cholesky(cov)
    q = np.sum(np.linalg.solve(root, (z - mean).T) ** 2, axis=0)
    norm = lgamma((DEGREES + d) / 2) - lgamma(DEGREES / 2) - d / 2 * log(DEGREES * pi)
    return np.asarray(norm - np.log(np.diag(root)).sum() - (DEGREES + d) / 2 * np.log1p(q / DEGREES))


def moments(z: NDArray[np.float64], weight: NDArray[np.float64]) -> tuple[NDArray, NDArray]:
    """Weighted mean (6) and covariance (6, 6), the latter kept away from singular."""
    mean = weight @ z
    off = z - mean
    cov = (off * weight[:, None]).T @ off
    return mean, cov + 1e-6 * np.eye(mean.size)


def sample(target: Target, start: NDArray[np.float64], draws: int, seed: int = 1) -> Draws:
    """Weighted draws from the target, with the mode sought from `start` (free vector)."""
    rng = np.random.default_rng(seed)
    mean = climb(target, start)
    cov = WIDER * spread_at(target, mean)
    for temper in TEMPERS:
        z, log_q = t_draws(rng, mean, cov, ROUND)
        mean, cov = moments(z, normalise(temper * (target(z) - log_q)))
        cov = 1.3 * cov
    z, log_q = t_draws(rng, mean, cov, draws)
    return Draws(bound(z), normalise(target(z) - log_q))
