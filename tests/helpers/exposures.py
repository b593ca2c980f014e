"""Exposures and parameter vectors by the names of their columns."""

import numpy as np

from headlong.forms.form import NAMES
from headlong.inputs.exposure import Exposure
from headlong.mechanisms.control.covariates import COLUMNS

AT = {name: k for k, name in enumerate(COLUMNS)}
"""Where each covariate stands in a row."""


def exposure(start, nearby, border_log, seat, lost):
    """One side's exposure with these three columns, all others nought."""
    x = np.zeros((len(lost), len(COLUMNS)))
    x[:, AT["nearby"]], x[:, AT["border"]], x[:, AT["seat"]] = nearby, -np.asarray(border_log), seat
    none = np.zeros(len(lost))
    start = np.asarray(start, np.int64)
    return Exposure(
        start, np.arange(start.size - 1) % 4 == 1, x, np.asarray(lost, bool), none.astype(np.int64), none
    )


def theta(mean, slow_sd, fast_sd, nearby, border, seat, renewal=0.02, **others):
    """Parameters by name, all others neutral; names of `others` with two underscores for the dot."""
    values = {
        "strain.mean": mean, "strain.slow_sd": slow_sd, "strain.fast_sd": fast_sd, "strain.renewal": renewal,
        "news.nearby": nearby, "loss.border": border, "loss.seat": seat,
    }  # fmt: skip
    values |= {name.replace("__", "."): value for name, value in others.items()}
    return np.array([values.get(name, 0.0) for name in NAMES])
