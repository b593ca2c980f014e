"""What happened: who held each place on each day, and when each place changed hands after a given evening.

A change dated by an interval of days is taken as equally likely on each of them, so truth is a chance
between 0 and 1 and a score is the expected score over the interval. Where the day is not known within
`headlong.inputs.control_history.SHARP_DAYS` the place is left out at those inits for which that matters.
Nothing is known after the last day of the case: a lead that reaches beyond it is not scored.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.world import NOBODY
from headlong.case import Case
from headlong.errors import BadRequest
from headlong.inputs.control_history import Change, known_past
from headlong.inputs.environment import pressers
from headlong.inputs.geography import Geography, read_map


class History(NamedTuple):
    """A case's past as it is known in the end; P places, T days."""

    case: Case
    where: Geography
    days: int  # T, days from the case's start to its end
    holder: NDArray[np.int64]  # (T + 1, P) on the evening of each day, by the latest date given
    changes: tuple[Change, ...]  # in order of day


class Truth(NamedTuple):
    """What happened after one init; Q places that are scored, H days."""

    scored: NDArray[np.int64]  # (Q) their rows in the table of places
    holder: NDArray[np.int64]  # (Q) at init
    fell: NDArray[np.float64]  # (H + 1, Q) chance that the place has changed hands by each day
    first: NDArray[np.int64]  # (Q) first and last lead on which it may have done so; beyond H: not by then
    last: NDArray[np.int64]  # (Q)
    known: int  # leads beyond this day are not known
    undated: tuple[str, ...]  # places left out because the day of their change is not known


def read_history(case: Case) -> History:
    """Whole history of a case.

    Parameters
    ----------
    case : Case
        With a history.

    Raises
    ------
    BadRequest
        It has none.
    """
    if not case.history:
        raise BadRequest(
            f"{case.id} has no changes in history.csv: nothing to verify against. Fill it in first."
        )
    where = read_map(case)
    past = known_past(case, where, case.end)
    holder = np.empty((past.days + 1, len(where.ids)), np.int64)
    now, todo = np.array(past.holder), list(past.changes)
    for day in range(past.days + 1):
        while todo and todo[0].day <= day:
            now[todo[0].place] = todo[0].taker
            todo.pop(0)
        holder[day] = now
    return History(case, where, past.days, holder, past.changes)


def at_risk(history: History, day: int) -> NDArray[np.bool_]:
    """Places (P) inside the country that some side may take from their holder on a day of the case."""
    holder = history.holder[day]
    pressed = pressers(history.case, history.where, day).any(axis=0)
    return (holder != NOBODY) & ~history.where.outside & np.append(pressed, False)[holder]


def next_changes(history: History, day: int) -> dict[int, Change]:
    """First change of each place after the evening of a day."""
    found: dict[int, Change] = {}
    for change in history.changes:
        if change.day > day:
            found.setdefault(change.place, change)
    return found


def truth_after(history: History, day: int, horizon: int) -> Truth:
    """What happened within `horizon` days of the evening of a day of the case.

    Scored is every place whose holder some side presses on that evening.
    """
    never, risk = horizon + 1, at_risk(history, day)
    first, last = (np.full(risk.size, never) for _ in range(2))
    undated = []
    for place, change in next_changes(history, day).items():
        if not risk[place] or change.since > day + horizon:
            continue
        if not change.sharp:
            risk[place] = False
            undated.append(history.where.ids[place])
            continue
        first[place], last[place] = max(change.since, day + 1) - day, change.day - day
    scored = np.flatnonzero(risk)
    first, last = first[scored], last[scored]
    leads = np.arange(horizon + 1)[:, None]
    fell = np.clip((leads - first + 1) / (last - first + 1), 0.0, 1.0)
    holder = history.holder[day][scored]
    return Truth(scored, holder, fell, first, last, history.days - day, tuple(undated))


def capital_of(history: History, truth: Truth) -> int | None:
    """Where the capital stands among the scored places; None if it is not among them."""
    kinds = [history.case.places[i]["kind"] for i in truth.scored]
    return kinds.index("capital") if "capital" in kinds else None
