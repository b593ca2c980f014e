"""What a regression of numbers knows of each side on each morning: shares of its holdings, pauses, whose ground it is.

Nothing here depends on how many places a table lists. Facts of a morning are those known the evening before.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headlong.mechanisms.control.news import SCALE
from headlong.verify.references.covariates import (
    COLUMNS,
    LONGEST_PAUSE,
    PlaceDays,
    faded_sums,
    pauses,
    shares_lost,
)

FACTS = ("one", "shed", "shed_lately", "gone", "shed_gone", "won", "won_lately", "pause", "home", "new")
"""Names of the facts:

- shed, shed_lately: ln(1 + 100 share of its places that the side lost within a week, within a month)
- gone: share of the most places it ever held that it no longer holds; shed_gone: shed times gone
- won, won_lately, home: as in the law, on average over its places
- pause: log of the days since its last loss, at most 60
- new: 1 where nobody who presses it holds a place
"""

WIDTH = 2
"""The first so many facts say how wide the distribution is."""

MONTH = 30.0
"""Memory of `shed_lately` [days]; that of `shed` is the references' own."""


def side_facts(days: PlaceDays) -> NDArray[np.float64]:
    """Facts of one side on each morning (T, facts); NaN where it has no place that could be lost."""
    held = np.bincount(days.day, minlength=days.days).astype(float)
    gone = 1.0 - held / np.maximum(np.maximum.accumulate(held), 1.0)
    mean = {
        name: np.bincount(days.day, days.columns[:, COLUMNS.index(name)], days.days) / np.maximum(held, 1.0)
        for name in ("shed", "law_won", "law_won_lately", "law_home", "new")
    }
    lately = np.log1p(SCALE * faded_sums(shares_lost(days.day, days.days, days.lost), MONTH))
    quiet = pauses(np.bincount(days.day, days.lost, days.days).astype(float))[:-1]
    found = np.stack(
        [
            np.ones(days.days), mean["shed"], lately, gone, mean["shed"] * gone, mean["law_won"],
            mean["law_won_lately"], np.log(np.minimum(quiet, LONGEST_PAUSE)), mean["law_home"], mean["new"],
        ],
        axis=1,
    )  # fmt: skip
    found[held == 0.0] = np.nan
    return found
