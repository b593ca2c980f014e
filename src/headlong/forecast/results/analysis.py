"""Who held what up to init, as a forecast's file carries it: the page and others derive nothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headlong.forecast.ensemble import Ensemble
from headlong.inputs.control_history import holders_by_day

WHAT = "chance that the side held the place that evening, by what was known at init"


def analysis(ensemble: Ensemble) -> tuple[dict[str, object], dict[str, object]]:
    """Chance of each holder on every evening from the case's start to init, init included: (T + 1, P, S + 1).

    From the particles where reports were weighed, each history by its weight: so the days before init are told by the
    same weighing as init itself. Else from what was known: zeros and ones.
    """
    sides = len(ensemble.where.sides)
    if ensemble.particles is not None:
        share = weighed_shares(ensemble.particles.history, ensemble.particles.weight, sides)
    elif ensemble.past is not None:
        share = np.eye(sides + 1)[holders_by_day(ensemble.past)]  # nobody is -1: the last row
    else:
        return {}, {}
    start = np.datetime64(ensemble.request.case.start, "ns")
    days = start + np.arange(len(share)) * np.timedelta64(1, "D")
    variable = (
        ("analysis_time", "place", "side"),
        share.astype(np.float32),
        {"long_name": WHAT, "units": "1"},
    )
    return {"control_analysis": variable}, {"analysis_time": days}


def weighed_shares(history: NDArray[np.int8], weight: NDArray[np.float64], sides: int) -> NDArray[np.float64]:
    """Weight of the histories (N, T + 1, P) in which each side, or nobody, holds each place each day."""
    flat = history.reshape(len(weight), -1)
    shares = [(weight @ (flat == s)).reshape(history.shape[1:]) for s in range(sides + 1)]
    return np.stack(shares, axis=-1)
