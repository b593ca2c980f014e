"""Since when a place is its holder's: the last change of hands, over the histories that reports leave open."""

from __future__ import annotations

import numpy as np

from headlong.assimilation.particle_filter import Particles
from headlong.inference.resampling import weighted_quantile


def last_change(found: Particles, i: int, holder: int) -> int | None:
    """Median day on which the place came to its holder, or None where it has held since the start."""
    ours = found.history[:, -1, i] == holder
    changed = found.history[ours, 1:, i] != found.history[ours, :-1, i]
    days = changed.shape[1]
    if days == 0:
        return None
    last = np.where(changed.any(axis=1), days - np.argmax(changed[:, ::-1], axis=1), 0)
    if last.size == 0:
        return None
    return int(weighted_quantile(last, found.weight[ours], 0.5)) or None
