"""Exposure: on each day of a war, which places each side could lose, under what covariates, and which it lost.

The design matrix of the law of loss: rows are place-days at risk, columns are those of
`headlong.mechanisms.control.covariates`. What was held and lost is followed by the kernels that the engine calls.
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.kernel import kernel, law
from headlong.board.state import COVARIATES
from headlong.board.world import NOBODY
from headlong.case import Case
from headlong.inputs.control_history import Past
from headlong.inputs.environment import (
    Environment,
    Situation,
    morning,
    new_situation,
    read_environment,
    rules,
)
from headlong.inputs.geography import Geography
from headlong.mechanisms.control.covariates import covariates
from headlong.mechanisms.control.front import see_fronts
from headlong.mechanisms.control.handover import pass_on
from headlong.mechanisms.control.news import spread_news
from headlong.mechanisms.control.strain import untested


class Exposure(NamedTuple):
    """What one side held under pressure, day by day, all days in a row; N place-days in all, K covariates.

    `start` (T + 1) says where each day's places begin in the other arrays.
    """

    start: NDArray[np.int64]
    new: NDArray[np.bool_]  # (T) nobody who presses the side held a place that morning
    x: NDArray[np.float64]  # (N, K)
    lost: NDArray[np.bool_]  # (N)
    place: NDArray[np.int64]  # (N)
    front_log: NDArray[np.float64]  # (N) as references read it
    share: float = 1.0  # what a day tells of strain (`headlong.mechanisms.control.loss`)

    @property
    def arrays(self) -> tuple[NDArray, NDArray, NDArray, NDArray, float]:
        """What the filter takes: `start`, `new`, `x`, `lost`, `share`."""
        return self.start, self.new, self.x, self.lost, self.share


class Follow(NamedTuple):
    """Changes of control as the kernel takes them, in order of day; C changes."""

    first: NDArray[np.int64]  # (T + 2) where each day's changes begin
    place: NDArray[np.int64]  # (C)
    taker: NDArray[np.int64]  # (C)
    hidden: NDArray[np.bool_]  # (T + 1, P) places of which it is not known who held them on the day


class Rows(NamedTuple):
    """Place-days of all sides, in order of day and place."""

    x: NDArray[np.float64]  # (N, K)
    lost: NDArray[np.bool_]  # (N)
    place: NDArray[np.int64]  # (N)
    side: NDArray[np.int64]  # (N)
    day: NDArray[np.int64]  # (N)
    front_log: NDArray[np.float64]  # (N)


def as_followed(past: Past, places: int) -> Follow:
    """Changes of a past, as the kernel takes them."""
    hidden = np.zeros((past.days + 1, places), bool)
    for c in past.changes:
        if not c.sharp:
            hidden[c.since : c.day + 1, c.place] = True
    when = np.array([c.day for c in past.changes], np.int64)
    return Follow(
        np.searchsorted(when, np.arange(past.days + 2)).astype(np.int64),
        np.array([c.place for c in past.changes], np.int64),
        np.array([c.taker for c in past.changes], np.int64),
        hidden,
    )


@kernel
def mark_losses(environment, day, follow, now, odd):
    """Mark what is lost today to a side that presses, and what changes hands in another way (`odd`)."""
    for i in range(now.control.size):
        now.lost[i], odd[i] = NOBODY, False
    for c in range(follow.first[day], follow.first[day + 1]):
        i, taker = follow.place[c], follow.taker[c]
        loser = now.control[i]
        fought = loser >= 0 and taker >= 0 and environment.presses[day, taker, loser]
        if fought and not follow.hidden[day, i]:
            now.lost[i], now.taker[i] = loser, taker
        else:
            odd[i] = True


@kernel
def write_rows(environment, day, follow, now, odd, rows, n):
    """Write down the places at risk today; returns how many rows there are by now."""
    today = rules(environment, day)
    for i in range(now.control.size):
        s = now.control[i]
        known = not (follow.hidden[day, i] or (odd[i] and now.lost[i] < 0))
        if s >= 0 and now.pressed[i] and known:
            covariates(today, now, now, i, s, rows.x[n])
            rows.lost[n] = now.lost[i] >= 0
            rows.place[n], rows.side[n], rows.day[n], rows.front_log[n] = i, s, day, now.front_log[i]
            n += 1
    return n


@law
def follow_history(environment, follow, now, new, rows):
    """Live through a war as it went; returns the number of rows written. `new` (S, T): who was untested."""
    odd = np.zeros(now.control.size, np.bool_)
    for c in range(follow.first[0], follow.first[1]):
        now.control[follow.place[c]] = follow.taker[c]
    n = 0
    for day in range(1, follow.first.size - 1):
        morning(environment, day, now)
        for s in range(new.shape[0]):
            new[s, day - 1] = untested(rules(environment, day), now, s)
        mark_losses(environment, day, follow, now, odd)
        n = write_rows(environment, day, follow, now, odd, rows, n)
        spread_news(environment, now, now)
        for c in range(follow.first[day], follow.first[day + 1]):
            pass_on(environment, now, follow.place[c], follow.taker[c])
        if follow.first[day] < follow.first[day + 1]:
            see_fronts(environment, rules(environment, day), environment, now)
    return n


def gather(case: Case, where: Geography, past: Past) -> tuple[list[Exposure], Situation]:
    """Exposure of every side up to the past's last day, and the situation on that evening."""
    environment = read_environment(case, where, past.days)
    now = new_situation(np.array(past.holder), len(where.sides))
    return exposures(environment, as_followed(past, len(where.ids)), now), now


def exposures(environment: Environment, follow: Follow, now: Situation) -> list[Exposure]:
    """Exposure of every side; `now` is moved to the last evening."""
    days, places, sides = environment.shifts.size - 1, now.control.size, now.near_km.shape[1]
    most = days * places
    room = Rows(
        np.empty((most, COVARIATES + environment.extra.shape[2])), np.empty(most, bool), np.empty(most, np.int64),
        np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most),
    )  # fmt: skip
    new = np.zeros((sides, days), bool)
    n = follow_history(environment, follow, now, new, room)
    found, share = [], float(environment.share[0])
    for s in range(sides):
        ours = np.flatnonzero(room.side[:n] == s)
        start = np.searchsorted(room.day[ours], np.arange(1, days + 2)).astype(np.int64)
        columns = (room.x[ours], room.lost[ours], room.place[ours], room.front_log[ours])
        found.append(Exposure(start, new[s], *columns, share))
    return found
