"""Posterior of parameters and strain given this war so far: a bank's draws, weighted by its likelihood.

The bank's draws are weighted by the likelihood of what was held and lost up to init; for each draw the
filter gives the belief about every side's strain. Where few draws carry all the weight, new draws are
made from the bank's own law and this war's likelihood together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.inference.bank import Bank
from headlong.inference.calibration import LEAST_ESS
from headlong.inference.importance_sampling import DEGREES, moments, sample, t_density
from headlong.inference.likelihood import likelihood, useful
from headlong.inference.parameter_vector import Draws, bound, free
from headlong.inference.resampling import multinomial, normalise
from headlong.inference.strain_filter import draw_strain
from headlong.inputs.exposure import Exposure
from headlong.parallel import each, spans


class Posterior(NamedTuple):
    """Draws of the parameters given the bank and the war so far; `fresh` if the bank's own were too few."""

    draws: Draws
    bank_ess: float
    fresh: bool


def weigh(
    bank: Bank, exposures: Sequence[Exposure], threads: int | None = None, *, least_ess: float = LEAST_ESS
) -> Posterior:
    """Weight the bank's draws by the war so far; draw anew where fewer than `least_ess` are effective."""
    told = useful(exposures)
    if not told:
        return Posterior(bank.draws, bank.draws.ess, False)
    theta, before = bank.draws
    scores = np.log(np.maximum(before, 1e-300)) + likelihood(theta, told, threads)
    draws = Draws(theta, normalise(scores))
    if draws.ess >= least_ess:
        return Posterior(draws, draws.ess, False)
    form = bank.form
    mean, cov = moments(free(theta, form), before)

    def target(z: NDArray[np.float64]) -> NDArray[np.float64]:
        law = t_density(z, mean, cov * (DEGREES - 2.0) / DEGREES)  # a t law with the bank's covariance
        return law + likelihood(bound(z, form), told, threads)

    z, weight = sample(target, free(theta[np.argmax(draws.weight)], form), len(theta))
    return Posterior(Draws(bound(z, form), weight), draws.ess, True)


class Strains(NamedTuple):
    """Each member's parameters (N, 4 + K) and strain on the evening of init (N, S)."""

    theta: NDArray[np.float64]
    slow: NDArray[np.float64]
    fast: NDArray[np.float64]


def draw_numbers(posterior: Posterior, numbers: NDArray[np.int64], offset: float) -> NDArray[np.int64]:
    """Which draw each member gets (N): an even sequence over the weights, the same for any ensemble size."""
    golden = 0.5 * (np.sqrt(5.0) - 1.0)
    u = (offset + golden * numbers) % 1.0
    return multinomial(posterior.draws.weight, u)


def draw_members(
    posterior: Posterior,
    exposures: Sequence[Exposure],
    numbers: NDArray[np.int64],
    *,
    seed: int,
    offset: float,
    names: NDArray[np.int64],
    threads: int | None = None,
) -> Strains:
    """Give each of the members `numbers` (N) its parameters and a strain from the filter's belief.

    `names` (S) are the numbers of the sides' ids, names of their luck.
    """
    which = draw_numbers(posterior, numbers, offset)
    slow, fast = np.zeros((numbers.size, len(exposures))), np.zeros((numbers.size, len(exposures)))
    order = np.argsort(which, kind="stable")
    chosen, first = np.unique(which[order], return_index=True)
    first = np.append(first, numbers.size)

    def work(span: slice) -> None:
        rows, ends = posterior.draws.theta[chosen[span]], first[span.start : span.stop + 1]
        for s, e in enumerate(exposures):
            draw_strain(rows, *e.arrays, seed, s, names[s], ends, order, numbers, slow, fast)

    each(work, spans(chosen.size, 16), threads)
    return Strains(posterior.draws.theta[which], slow, fast)
