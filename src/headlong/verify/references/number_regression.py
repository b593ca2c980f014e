"""A regression of how many places each side loses: a beta-binomial, fitted to other wars for several leads at once.

    number lost within h days ~ BetaBinomial(n, mean m, precision c),   logit m = facts @ b_h,   log c = facts @ d_h

The form of docs/model.md's "best regression". Every war counts the same. Which places go is not its business:
it takes the order of a direct logit (`headlong.verify.references.forecasters`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.verify.references.covariates import PlaceDays
from headlong.verify.references.numbers_by_side import SideLaw
from headlong.verify.references.side_facts import FACTS, WIDTH, side_facts
from headlong.verify.scores.truth import History, truth_after

LEADS = (1, 3, 7, 14, 30)
"""Days for which it is fitted; between them the hazard is constant."""

EVERY = 3
"""Days between two evenings of a war that it learns from."""

RIDGE = 1.0
"""Pull of the weights towards nought, in units of a war that has ten evenings."""

WAR = 10.0
"""Weight of a war, spread over its evenings."""

MOST_LOGIT, PRECISION = 12.0, (-3.0, 6.0)
"""Bounds of logit m and of log c, so that a far-off morning gives no absurd certainty."""


class SideEvenings(NamedTuple):
    """What one war has to teach; R side-evenings."""

    facts: NDArray[np.float64]  # (R, facts)
    places: NDArray[np.float64]  # (R) places at risk whose fate is dated
    lost: NDArray[np.float64]  # (R, leads) of them lost within each lead
    known: NDArray[np.int64]  # (R) days to the end of the case


class Numbers(NamedTuple):
    """Fitted weights."""

    mean: NDArray[np.float64]  # (leads, facts)
    width: NDArray[np.float64]  # (leads, WIDTH)


def side_evenings(history: History, sides: Sequence[PlaceDays]) -> SideEvenings:
    """What one war has to teach, every third evening."""
    facts, places, lost, known = [], [], [], []
    told = [side_facts(days) for days in sides]
    for day in range(1, history.days, EVERY):
        truth = truth_after(history, day, LEADS[-1])
        for s in range(len(sides)):
            ours = truth.holder == s
            if ours.any() and np.isfinite(told[s][day]).all():
                facts.append(told[s][day])
                places.append(float(ours.sum()))
                lost.append(truth.fell[list(LEADS)][:, ours].sum(axis=1))
                known.append(truth.known)
    rows = len(places)
    return SideEvenings(
        np.reshape(facts, (rows, len(FACTS))),
        np.array(places),
        np.reshape(lost, (rows, len(LEADS))),
        np.array(known, np.int64),
    )


def fit_numbers(others: Sequence[SideEvenings]) -> Numbers:
    """Weights for every lead; of the lead before where no war is so long."""
    told = [one for one in others if one.places.size]
    mean, width = np.zeros((len(LEADS), len(FACTS))), np.zeros((len(LEADS), WIDTH))
    if not told:
        return Numbers(mean, width)
    facts, places, lost, known = (np.concatenate(part) for part in zip(*told, strict=True))
    weight = np.concatenate([np.full(one.places.size, WAR / one.places.size) for one in told])
    begin = np.zeros(len(FACTS) + WIDTH)
    begin[0], begin[len(FACTS)] = -2.0, 0.5
    for k, lead in enumerate(LEADS):
        rows = known >= lead
        if rows.any():
            begin = fit(facts[rows], places[rows], lost[rows, k], weight[rows], begin)
        mean[k], width[k] = begin[: len(FACTS)], begin[len(FACTS) :]
    return Numbers(mean, width)


def fit(
    facts: NDArray, places: NDArray, lost: NDArray, weight: NDArray, begin: NDArray
) -> NDArray[np.float64]:
    """Most likely weights of one lead, mean and width in a row, with a ridge; L-BFGS with the gradient."""
    from scipy.optimize import minimize
    from scipy.special import digamma, expit, gammaln

    ridge = np.full(begin.size, RIDGE)
    ridge[0], ridge[len(FACTS)] = 1e-3, 0.1

    def cost(b: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        m = expit(np.clip(facts @ b[: len(FACTS)], -MOST_LOGIT, MOST_LOGIT))
        c = np.exp(np.clip(facts[:, :WIDTH] @ b[len(FACTS) :], *PRECISION))
        a, z = m * c, (1.0 - m) * c
        fit = gammaln(lost + a) + gammaln(places - lost + z) - gammaln(places + c)
        fit += gammaln(c) - gammaln(a) - gammaln(z)
        up, down = digamma(lost + a) - digamma(a), digamma(places - lost + z) - digamma(z)
        by_mean = (up - down) * c * m * (1.0 - m)
        by_width = (up * m + down * (1.0 - m) + digamma(c) - digamma(places + c)) * c
        slope = np.concatenate([facts.T @ (weight * by_mean), facts[:, :WIDTH].T @ (weight * by_width)])
        return float(-weight @ fit + 0.5 * ridge @ b**2), ridge * b - slope

    return np.asarray(minimize(cost, begin, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x)


def side_law(numbers: Numbers, facts: NDArray[np.float64], horizon: int) -> tuple[NDArray, NDArray]:
    """Mean share lost by each day (H + 1) and precision (H + 1) of one side."""
    m = 1.0 / (1.0 + np.exp(-np.clip(numbers.mean @ facts, -MOST_LOGIT, MOST_LOGIT)))
    log_c = np.clip(numbers.width @ facts[:WIDTH], *PRECISION)
    days, leads = np.array((0, *LEADS), float), np.arange(horizon + 1.0)
    risk = np.append(0.0, np.maximum.accumulate(-np.log1p(-m)))
    risen = np.interp(leads, days, risk)
    risen += np.maximum(leads - days[-1], 0.0) * (risk[-1] - risk[-2]) / (days[-1] - days[-2])
    return 1.0 - np.exp(-risen), np.exp(np.interp(leads, days[1:], log_c))


def by_regression(numbers: Numbers) -> SideLaw:
    """The regression as a law of a side's number."""
    from scipy.stats import betabinom

    def law(facts: NDArray[np.float64], places: int, horizon: int) -> NDArray[np.float64]:
        mean, precision = side_law(numbers, facts, horizon)
        a, z = (np.maximum(x, 1e-9)[:, None] for x in (mean * precision, (1.0 - mean) * precision))
        found = np.asarray(betabinom.pmf(np.arange(places + 1.0), places, a, z))
        found[0] = np.eye(1, places + 1)
        return found / found.sum(axis=1, keepdims=True)

    return law
