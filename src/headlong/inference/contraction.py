"""How much a calibration has learned: prior and posterior of each parameter side by side."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from headlong.inference.bank import Bank
from headlong.inference.parameter_vector import free
from headlong.inference.resampling import weighted_quantile
from headlong.parameters import LogNormal, Normal


class Learned(NamedTuple):
    """One parameter: median and 90 % interval before and after, and the contraction.

    Contraction is one less the ratio of posterior to prior variance, on the scale on which the prior is
    normal: 0, nothing was learned; 1, all is known.
    """

    name: str
    unit: str
    prior: tuple[float, float, float]  # 5, 50 and 95 %
    posterior: tuple[float, float, float]
    contraction: float


def learned(bank: Bank) -> list[Learned]:
    """What a bank has learned, parameter by parameter."""
    theta, weight = bank.draws
    z = free(theta, bank.form)
    variance = weight @ (z - weight @ z) ** 2
    rows = []
    names = [bank.form.names[row] for row in bank.form.where]
    for k, (name, par) in enumerate(zip(names, bank.form.pars, strict=True)):
        low, middle, high = (float(par.prior.quantile(u)) for u in (0.05, 0.5, 0.95))
        after = median_and_interval(theta[:, bank.form.where[k]], weight)
        learned_share = 1.0 - float(variance[k]) / prior_sd(par.prior) ** 2
        rows.append(Learned(name, par.unit, (low, middle, high), after, learned_share))
    return rows


def median_and_interval(values: np.ndarray, weight: np.ndarray) -> tuple[float, float, float]:
    """The 5, 50 and 95 % points of weighted values."""
    low, middle, high = (float(x) for x in weighted_quantile(values, weight, (0.05, 0.5, 0.95)))
    return low, middle, high


def prior_sd(prior: object) -> float:
    """Standard deviation of a prior on the scale on which it is normal."""
    if isinstance(prior, LogNormal):
        return prior.sd_log
    if isinstance(prior, Normal):
        return prior.sd
    raise TypeError(f"a calibrated parameter has a normal or log-normal prior, not {prior}")
