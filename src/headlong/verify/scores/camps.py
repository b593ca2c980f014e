"""People in camps: what a forecast said of each, beside what was counted there; totals are not given.

A camp is scored on a day that lies between two counts of it, on the straight line between them. The relative error is
Flee's: the sum over camps of |said - counted| over the sum of the counts, of the median of the members; once as it
stands and once scaled to the total counted, which leaves the shares alone. References know counts by init only: as
many as then, and that growing at the rate of the last 30 days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.world import Floats
from headlong.case import Case
from headlong.inputs.displaced import RATE_DAYS, counts_of, known_by
from headlong.verify.scores.displacement import log_crps
from headlong.verify.scores.scorecard import OURS
from headlong.verify.scores.shapes import ByName, CampScores

KEPT, RATE = "as-at-init", "last-rate"


def relative_error(said: Floats, counted: Floats, *, scaled: bool = False) -> float | None:
    """Sum of differences over the sum of the counts; None where nobody was counted."""
    total = counted.sum()
    if scaled:
        said = said * total / max(said.sum(), 1e-9)
    return float(np.abs(said - counted).sum() / total) if total > 0 else None


def camp_rows(
    case: Case, refuges: Sequence[str], day: int, lead: int, refugees: NDArray[np.integer]
) -> list[CampScores]:
    """What was said of the camps and what was counted, one row; none where no camp is counted around that day.

    Parameters
    ----------
    case : Case
        With its displacement table.
    refuges : list of str
        Ids of the refuges (R).
    day, lead : int
        Init as a day of the case, and days after it.
    refugees : int array (N, R)
        People in each refuge at the lead, by each member.
    """
    then, counts = day + lead, counts_of(case)
    camps = [c for c in refuges if c in counts and counts[c][0][0] <= then <= counts[c][0][-1]]
    if not camps:
        return []
    counted = np.array([np.interp(then, *counts[c]) for c in camps])
    members = refugees[:, [list(refuges).index(c) for c in camps]].astype(float)
    low, middle, high = np.quantile(members, (0.05, 0.5, 0.95), axis=0)
    now = np.array([known_by(counts[c], day, day) for c in camps])
    before = np.array([known_by(counts[c], day, day - RATE_DAYS) for c in camps])
    said = {OURS: middle, KEPT: now, RATE: np.maximum(0.0, now + (now - before) / RATE_DAYS * lead)}
    draws = {OURS: members, KEPT: now[None], RATE: said[RATE][None]}
    return [
        {
            "lead": lead,
            "date": str(case.start + timedelta(days=then)),
            "counted": float(counted.sum()),
            "error": {name: relative_error(people, counted) for name, people in said.items()},
            "error_scaled": {
                name: relative_error(people, counted, scaled=True) for name, people in said.items()
            },
            "log_crps": {
                name: float(np.mean([log_crps(d[:, k], counted[k]) for k in range(len(camps))]))
                for name, d in draws.items()
            },
            "inside_90": float(((low <= counted) & (counted <= high)).mean()),
            "camps": [
                {"id": c, "counted": float(counted[k]), "said": [float(q[k]) for q in (low, middle, high)]}
                for k, c in enumerate(camps)
            ],
        }
    ]


class CampsInShort(NamedTuple):
    """Means over dates: errors and scores by forecaster, and the share of counts inside the 90 % interval."""

    error: ByName
    error_scaled: ByName
    log_crps: ByName
    inside_90: float | None
    numbers: int  # counts of camps


def camps_in_short(rows: Sequence[CampScores]) -> CampsInShort | None:
    """The rows in short; None where nobody was counted."""
    rows = [row for row in rows if row["error"][OURS] is not None]
    if not rows:
        return None
    names = (OURS, KEPT, RATE)
    error = {name: float(np.mean([row["error"][name] or 0.0 for row in rows])) for name in names}
    scaled = {name: float(np.mean([row["error_scaled"][name] or 0.0 for row in rows])) for name in names}
    crps = {name: float(np.mean([row["log_crps"][name] for row in rows])) for name in names}
    camps = sum(len(row["camps"]) for row in rows)
    inside = [row["inside_90"] * len(row["camps"]) for row in rows if row["inside_90"] is not None]
    return CampsInShort(error, scaled, crps, sum(inside) / camps if inside else None, camps)
