"""Ablations: the model with one of its terms taken away, scored like any other forecast.

The bank's draws are taken with the term's parameter at its neutral value, and are weighted by this war anew; the
other parameters are not learned again. So an ablation says how much a forecast leans on a term, which is no
less than what the term is worth. Terms of the system around the core are neutral in a forecast already.
"""

from __future__ import annotations

import numpy as np

from headlong.forms.form import off
from headlong.inference.bank import Bank
from headlong.inference.parameter_vector import NAMES, PARS

GRID = "strain.slow_sd"
"""The filter's grid is laid out by it, so it cannot be taken away."""

TERMS = tuple(n for n, p in zip(NAMES, PARS, strict=True) if np.isfinite(p.neutral) and n != GRID)
"""Parameters with a neutral value that can be set."""


def ablated(bank: Bank, term: str) -> Bank:
    """The bank with one parameter switched off in every draw."""
    theta = bank.theta.copy()
    k = NAMES.index(term)
    theta[:, k] = off(PARS[k])
    return bank._replace(theta=theta)
