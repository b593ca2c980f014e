"""Since when a place is its holder's: the last change of hands, over the histories that reports leave open.

A claim that a place fell today also fits that it fell earlier, untold; so the days before the claim share much weight,
though each of them is unlikely. Where a report tells of the change the likeliest day is said. Where none does, no
day stands out but by chance of the few histories that are left, and the median is said.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from headlong.assimilation.particle_filter import Particles
from headlong.inference.resampling import quantile_index
from headlong.reports.contested import stands
from headlong.reports.observation import Observation

CHANGES = frozenset({"fell", "handed_over", "withdrew"})
"""Claims that tell of the day on which a place changed hands."""


def last_change(found: Particles, i: int, holder: int) -> NDArray[np.float64]:
    """Weight by day (T + 1) on which the place last came to its holder; on day 0 of those who held it all along."""
    ours = found.history[:, -1, i] == holder
    changed = found.history[ours, 1:, i] != found.history[ours, :-1, i]
    days = changed.shape[1]
    if days == 0:
        return np.array([found.weight[ours].sum()])
    last = np.where(changed.any(axis=1), days - np.argmax(changed[:, ::-1], axis=1), 0)
    return np.asarray(np.bincount(last, found.weight[ours], minlength=days + 1), float)


def median_day(by_day: NDArray[np.float64]) -> int | None:
    """Day by which half of the weight has come to the holder, or None where half has held since the start."""
    return int(quantile_index(by_day, 0.5)) or None


def since_day(by_day: NDArray[np.float64], told: bool) -> int | None:
    """Likeliest day of the last change where it is told, the later of two alike; else the median. None: the start."""
    if median_day(by_day) is None:
        return None
    return by_day.size - 1 - int(by_day[:0:-1].argmax()) if told else median_day(by_day)


def tells_of_change(observations: Iterable[Observation], holder: str | None) -> bool:
    """Say whether one of the reports on a place tells that it came to its holder, or that another left it to him."""
    return any(
        o.row["claim"] in CHANGES and o.row["polarity"] != "denied" and stands(o, holder) > 0
        for o in observations
    )
