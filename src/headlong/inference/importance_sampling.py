"""Adaptive importance sampling of the parameters.

A heavy-tailed proposal at the mode is fitted to the target in a few tempered rounds, then drawn from
once more; draws are weighted by target over proposal. Nothing is a chain, so nothing can fail to mix:
the effective number of draws says how good it is (Cappe et al. 2008, "Adaptive importance sampling in
general mixture classes", Stat. Comput. 18).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import lgamma, log, pi

import numpy as np
from numpy.typing import NDArray

from headlong.inference.resampling import ess, normalise

Target = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Log-densities (N) of free vectors (N, D)."""

MixtureParts = Callable[[NDArray[np.float64]], tuple[NDArray[np.float64], NDArray[np.float64]]]
"""Log-prior (N) and log-likelihoods by piece (N, W) of free vectors (N, D)."""

ROUNDS = 4
"""Rounds in which a proposal may get more parts, at most."""

Component = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Mean (D) and covariance (D, D) of a t law."""

DEGREES = 6.0
"""Degrees of freedom of the proposal."""

WIDER = 1.8
"""The first proposal's covariance over that at the mode."""

TEMPERS = (0.3, 0.6, 1.0)
"""Powers of the weights with which the proposal is fitted, round by round."""

ROUND = 25
"""Draws in a round of fitting, for each parameter."""

ENOUGH = 300.0
"""A posterior with more effective draws needs no part of its own in the proposal."""


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


def covariance_at(target: Target, z: NDArray[np.float64], h: float = 0.05) -> NDArray[np.float64]:
    """Covariance (D, D) of the normal law that fits the target at its mode."""
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
    """Log-density of a multivariate t with `DEGREES` degrees of freedom at `z` (N, D)."""
    d, root = mean.size, np.linalg.cholesky(cov)
    q = np.sum(np.linalg.solve(root, (z - mean).T) ** 2, axis=0)
    norm = lgamma((DEGREES + d) / 2) - lgamma(DEGREES / 2) - d / 2 * log(DEGREES * pi)
    return np.asarray(norm - np.log(np.diag(root)).sum() - (DEGREES + d) / 2 * np.log1p(q / DEGREES))


def moments(z: NDArray[np.float64], weight: NDArray[np.float64]) -> tuple[NDArray, NDArray]:
    """Weighted mean (D) and covariance (D, D), the latter kept away from singular."""
    mean = weight @ z
    off = z - mean
    cov = (off * weight[:, None]).T @ off
    return mean, cov + 1e-6 * np.eye(mean.size)


def fit_proposal(target: Target, start: NDArray[np.float64], rng: np.random.Generator) -> Component:
    """A t law that covers the target: from its mode, widened, and brought near in a few tempered rounds."""
    mean = climb(target, start)
    cov = WIDER * covariance_at(target, mean)
    for temper in TEMPERS:
        z, log_q = t_draws(rng, mean, cov, ROUND * mean.size)
        mean, cov = moments(z, normalise(temper * (target(z) - log_q)))
        cov = 1.3 * cov
    return mean, cov


def sample(
    target: Target, start: NDArray[np.float64], draws: int, seed: int = 1
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Free vectors (N, D) drawn for the target and their weights (N), with the mode sought from `start`."""
    rng = np.random.default_rng(seed)
    z, log_q = t_draws(rng, *fit_proposal(target, start, rng), draws)
    return z, normalise(target(z) - log_q)


def cover(
    target: MixtureParts, start: NDArray[np.float64], leave: NDArray[np.bool_], draws: int, seed: int = 1
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Draws that serve a posterior and others with some of its pieces left out.

    Half of them come from a proposal for the whole. Where a posterior has few effective draws, the proposal becomes
    a mixture with one part more, fitted to that posterior, in two rounds, or up to `ROUNDS` while any has few.
    Weights are over the whole mixture
    (Owen & Zhou 2000, "Safe and effective importance sampling", J. Am. Stat. Assoc. 95).

    Parameters
    ----------
    target : callable
        Log-prior (N) and log-likelihoods by piece (N, W) of free vectors (N, D).
    start : float array (D,)
        Where the mode is sought from.
    leave : bool array (L, W)
        Pieces left out of each of the other posteriors.
    draws : int
        Draws to make; a few more come where parts share them out.
    seed : int
        Their seed.

    Returns
    -------
    z, base, told : float arrays (N, D), (N,), (N, W)
        Vectors, log of prior over proposal, and log-likelihoods by piece.
    """
    rng = np.random.default_rng(seed)

    def whole(z: NDArray[np.float64]) -> NDArray[np.float64]:
        prior, told = target(z)
        return prior + told.sum(axis=1)

    parts, count = [fit_proposal(whole, start, rng)], [draws // 2]
    z = t_draws(rng, *parts[0], count[0])[0]
    for done in range(ROUNDS):
        prior, told = target(z)
        base = prior - mixture_density(z, parts, count)
        new = [part for left in leave if (part := missing_part(z, base + told[:, ~left].sum(axis=1)))]
        if not new and done >= 2:
            break
        new = new or parts[:1]
        each = -(-draws // (4 * len(new)))
        z = np.concatenate([z, *(t_draws(rng, *part, each)[0] for part in new)])
        parts, count = parts + new, count + [each] * len(new)
    prior, told = target(z)
    return z, prior - mixture_density(z, parts, count), told


def mixture_density(
    z: NDArray[np.float64], parts: Sequence[Component], count: Sequence[int]
) -> NDArray[np.float64]:
    """Log-density at `z` (N, D) of a mixture of t laws, weighted by how many draws came from each."""
    table = np.stack(
        [t_density(z, *part) + log(n / sum(count)) for part, n in zip(parts, count, strict=True)]
    )
    top = table.max(axis=0)
    return np.asarray(top + np.log(np.exp(table - top).sum(axis=0)))


def missing_part(z: NDArray[np.float64], log_weight: NDArray[np.float64]) -> Component | None:
    """A t law for a posterior that the draws serve badly, or None; weights are tempered until they can be fitted."""
    if ess(normalise(log_weight)) >= ENOUGH:
        return None
    weight = normalise(log_weight)
    for temper in (1.0, 0.7, 0.5, 0.3, 0.2, 0.1):
        weight = normalise(temper * log_weight)
        if ess(weight) > 4 * z.shape[1]:
            break
    mean, cov = moments(z, weight)
    return mean, 1.3 * cov
