"""Exposures and parameter vectors by the names of their columns."""

import numpy as np

from headlong.inference.parameter_vector import NAMES
from headlong.inputs.exposure import Exposure
from headlong.mechanisms.covariates import COLUMNS

NEWS, FRONT, SEAT = (COLUMNS.index(name) for name in ("news", "front", "seat"))


def exposure(start, news, front_log, seat_log, lost):
    """One side's exposure with these three columns, all others nought."""
    x = np.zeros((len(lost), len(COLUMNS)))
    x[:, NEWS], x[:, FRONT], x[:, SEAT] = news, -np.asarray(front_log), seat_log
    return Exposure(np.asarray(start, np.int64), x, np.asarray(lost, bool), np.zeros(len(lost), np.int64))


def theta(*six):
    """Mean and spreads of strain, force of news, powers of front and seat; all else neutral."""
    full = np.zeros(len(NAMES))
    for name, value in zip(
        ("strain.mean", "strain.slow_sd", "strain.fast_sd", "news.force", "loss.front", "loss.seat"),
        six,
        strict=True,
    ):
        full[NAMES.index(name)] = value
    return full
