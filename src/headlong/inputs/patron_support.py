"""Foreign support: what each side can expect, by what was announced."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from headlong.board.world import Backing
from headlong.case import Case
from headlong.case.rows import Row, Scenario
from headlong.inputs.geography import Geography

AHEAD = 30
"""Belief looks so far ahead [days] (judgement: half of a typical planning horizon)."""


def delivered(rows: Iterable[Row], side: str, day: date) -> float:
    """Support delivered to a side on a day, 0..1: what none of its patrons withholds."""
    level: dict[str, float] = {}
    for row in sorted(rows, key=lambda r: (r["from"], r["announced_on"])):
        if row["side"] == side and row["from"] <= day:
            level[row["patron"]] = row["level"]
    return float(1.0 - np.prod([1.0 - v for v in level.values()]))


def course(
    case: Case, where: Geography, init_day: int, days: int, ahead: int, frozen: date | None
) -> NDArray[np.float64]:
    """Support of each side `ahead` days from each day on (T + 1, S); `frozen`: all stays as on that day."""
    init = case.start + timedelta(days=init_day)
    rows = [r for r in case.patrons if r["announced_on"] <= (frozen or init)]
    out = np.zeros((days + 1, len(where.sides)))
    for t in range(days + 1):
        day = frozen or init + timedelta(days=t + ahead)
        out[t] = [delivered(rows, side, day) for side in where.sides]
    return out


def read_backing(
    case: Case, where: Geography, init_day: int, days: int, scenario: Scenario | None
) -> Backing:
    """Expected and delivered support with and without the scenario."""
    frozen = None if scenario is None else scenario.support
    both = [[course(case, where, init_day, days, ahead, f) for f in (frozen, None)] for ahead in (AHEAD, 0)]
    return Backing(*both[0], *both[1])
