"""What the past says about strain: for each day and side, which places it held and which it lost."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.world import FAR_KM, NOBODY
from headlong.case import Case
from headlong.inputs.control_history import Change, Past
from headlong.inputs.geography import Geography
from headlong.mechanisms.front import NEAREST_KM, SCALE_KM
from headlong.mechanisms.news import MEMORY_DAYS


class Evidence(NamedTuple):
    """What one side held, day by day, all days in a row; N place-days in all.

    `start` (T + 1) says where each day's places begin in the other arrays.
    """

    start: NDArray[np.int64]
    news: NDArray[np.float64]  # (N)
    front_log: NDArray[np.float64]  # (N)
    seat_log: NDArray[np.float64]  # (N)
    lost: NDArray[np.bool_]  # (N)


class Situation(NamedTuple):
    """The evening of the last day."""

    holder: NDArray[np.int64]  # (P)
    news: NDArray[np.float64]  # (P, S)


def pressers(case: Case, where: Geography, day: int) -> NDArray[np.bool_]:
    """Who presses whom on a day of the case (S, S): row presses column."""
    table = np.zeros((len(where.sides), len(where.sides)), bool)
    for a, b in case.presses(case.start + timedelta(days=day)):
        table[where.side[a], where.side[b]] = True
    return table


def hinterland(case: Case, where: Geography, day: int) -> NDArray[np.float64]:
    """Distance within which each side is known to be at each place (P, S), by what was published [km]."""
    cap = np.full((len(where.ids), len(where.sides)), np.inf)
    when = case.start + timedelta(days=day)
    for row in sorted(case.hinterland, key=lambda r: r["published_on"]):
        if row["published_on"] <= when and row["side"] in where.side:
            rows = [where.place[row["place"]]] if row["place"] else slice(None)
            cap[rows, where.side[row["side"]]] = row["distance_km"]
    return cap


def fronts(where: Geography, holder: NDArray, presses: NDArray, cap: NDArray) -> tuple[NDArray, NDArray]:
    """Log of the front distance over 100 km (P), and whether the place is pressed (P).

    The same law as `headlong.mechanisms.front`, for all places at once.
    """
    near = np.stack(
        [where.km[:, holder == s].min(axis=1, initial=np.inf) for s in range(len(where.sides))], 1
    )
    hostile: NDArray = ((holder >= 0) & ~where.outside)[:, None] & presses.T[holder]
    km = np.where(hostile, np.minimum(near, cap), np.inf).min(axis=1)
    km = np.where(np.isinf(km), where.rear_km, km)
    pressed: NDArray[np.bool_] = np.asarray(hostile.any(axis=1))
    return np.log(np.clip(km, NEAREST_KM, FAR_KM) / SCALE_KM), pressed


def gather(case: Case, where: Geography, past: Past) -> tuple[list[Evidence], Situation]:
    """Evidence for every side up to the past's last day, and the situation on that evening."""
    by_day: dict[int, list[Change]] = defaultdict(list)
    for change in past.changes:
        by_day[change.day].append(change)
    vague = [c for c in past.changes if not c.sharp]
    holder = np.array(past.holder)
    for change in by_day[0]:
        holder[change.place] = change.taker
    news = np.zeros((len(where.ids), len(where.sides)))
    books = [_Book() for _ in where.sides]
    seen, front, pressed = None, np.zeros(0), np.zeros(0, bool)
    for day in range(1, past.days + 1):
        presses, cap = pressers(case, where, day), hinterland(case, where, day)
        news *= np.exp(-1.0 / MEMORY_DAYS)
        if seen != (key := (holder.tobytes(), presses.tobytes(), cap.tobytes())):
            seen, (front, pressed) = key, fronts(where, holder, presses, cap)
        hidden = {c.place for c in vague if c.since <= day <= c.day}
        lost = _hostile_losses(by_day[day], presses, hidden)
        for s, book in enumerate(books):
            ours = np.flatnonzero((holder == s) & pressed)
            # a change that no pressing side made says nothing of strain on that day
            odd = {c.place for c in by_day[day] if c.loser == s} - lost.keys()
            ours = ours[[i not in hidden and i not in odd for i in ours]]
            book.add(news[ours, s], front[ours], where.seat_log[ours, s], [i in lost for i in ours])
        for place, loser in lost.items():
            news[:, loser] += where.share[place]
        for change in by_day[day]:
            holder[change.place] = change.taker
    return [book.close() for book in books], Situation(holder, news)


def _hostile_losses(changes: list[Change], presses: NDArray, hidden: set[int]) -> dict[int, int]:
    """Places lost to a side that presses the loser, with the loser."""
    lost = {}
    for c in changes:
        fought = c.loser != NOBODY and c.taker != NOBODY and presses[c.taker, c.loser]
        if fought and c.place not in hidden:
            lost[c.place] = c.loser
    return lost


class _Book:
    """Collects one side's days."""

    def __init__(self) -> None:
        self.start = [0]
        self.columns: tuple[list, list, list, list] = ([], [], [], [])

    def add(self, *day: object) -> None:
        """Add one day: news, front_log, seat_log, lost of every place held."""
        for column, values in zip(self.columns, day, strict=True):
            column.append(np.asarray(values))
        self.start.append(self.start[-1] + len(self.columns[0][-1]))

    def close(self) -> Evidence:
        """All days as arrays."""
        whole = [np.concatenate(c) if c else np.zeros(0) for c in self.columns]
        return Evidence(np.array(self.start), whole[0], whole[1], whole[2], whole[3].astype(bool))
