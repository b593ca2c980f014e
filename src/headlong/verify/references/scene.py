"""What a reference knows on the evening of init."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.case import Case
from headlong.inputs.geography import Geography
from headlong.verify.references.covariates import Momentum, PlaceDays


class Scene(NamedTuple):
    """What is known on the evening of init; P places, S sides."""

    case: Case  # cut to what was known by then
    where: Geography
    holder: NDArray[np.int64]  # (T + 1, P) up to init
    days: list[PlaceDays]  # (S)
    morning: NDArray[np.float64]  # (Q, columns) covariates of the morning after init
    facts: list[NDArray[np.float64]]  # (S) each side's facts on that morning
    mood: Momentum
    horizon: int
    asked: NDArray[np.int64]  # (Q) places whose fate is asked for
