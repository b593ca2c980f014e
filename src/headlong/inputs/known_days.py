"""What is known of the days after init: fighting that went on at init, and in a replay all there was."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from headlong.board.state import HANDED_OVER, MELTED, OVERRUN, SWITCHED, WITHDREW
from headlong.board.world import Known
from headlong.case import Case, day_counted
from headlong.inputs.control_history import known_past
from headlong.inputs.geography import Geography

WAY_OF = {"fight": OVERRUN, "mixed": OVERRUN, "negotiated": HANDED_OVER, "abandoned": WITHDREW, "unopposed": MELTED,
          "switched": SWITCHED}  # fmt: skip
"""How the modes of history.csv are ways of the model; a mode that is not known counts as a fight."""


def read_known(
    case: Case, where: Geography, control: NDArray[np.int64], init: date, days: int, *, replay: bool
) -> Known:
    """Known days after `init`; `control` (P) is that of init. A forecast's case is cut to what was known by then."""
    places = len(where.ids)
    path, way = np.zeros((0, places), np.int64), np.zeros((0, places), np.int64)
    if replay:
        path, way = history_path(case, where, control, init, days)
    fought, since, then = fights(case, where, init, days)
    if not replay:
        fought[1:] = 0.0
    return Known(path, way, fought, since, then)


def history_path(
    case: Case, where: Geography, control: NDArray[np.int64], init: date, days: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Holder of each place on each day (T + 1, P), and how it changes hands, by the case's history."""
    path = np.repeat(control[None], days + 1, axis=0)
    way = np.zeros_like(path)
    mode = {(where.place[r["place"]], day_counted(r)): r["mode"] for r in case.history}
    past, before = known_past(case, where, init + timedelta(days=days)), (init - case.start).days
    for change in past.changes:
        day = change.day - before
        if day > 0:
            path[day:, change.place] = change.taker
            when = case.start + timedelta(days=change.day)
            way[day, change.place] = WAY_OF.get(mode.get((change.place, when)) or "fight", OVERRUN)
    return path, way


def fights(
    case: Case, where: Geography, init: date, days: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Fighting by day (T + 1, P); days since it last began by init (P), and how hard it was."""
    fought = np.zeros((days + 1, len(where.ids)))
    since, then = np.full(len(where.ids), np.inf), np.zeros(len(where.ids))
    for row in case.fighting:
        i, hard = where.place[row["place"]], 1.0 if row["intensity"] is None else row["intensity"]
        first = (row["from"] - init).days
        last = days if row["until"] is None else min(days, (row["until"] - init).days)
        if last >= 0 and first <= days:
            span = slice(max(0, first), last + 1)
            fought[span, i] = np.maximum(fought[span, i], hard)
        if first <= 0 and -first < since[i]:
            since[i], then[i] = -first, hard
    return fought, since, then
