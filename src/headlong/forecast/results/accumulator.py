"""The tally: what a summary needs of an ensemble, added up member by member.

Its size does not grow with the ensemble. Chances and numbers of changes are exact; numbers of people are
kept in bins one per cent wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.state import LEADERS, STATUSES, WAYS
from headlong.forecast.results.bins import BINS, quantile, to_bin
from headlong.forecast.results.civilians import CivilianCounts, CivilianFates
from headlong.forecast.results.tracks import Tracks

if TYPE_CHECKING:
    from headlong.engine.record import Record
    from headlong.forecast.runnable import Runnable

WINDOWS = (3, 7, 14, 30)
"""Days within which chances are given."""


class MemberBatch(NamedTuple):
    """What is counted of N members: arrays as in `headlong.engine.record.Record`, nobody as the last side."""

    control: NDArray[Any]  # (N, T + 1, P)
    way: NDArray[Any]  # (N, T + 1, P)
    displaced: NDArray[Any]  # (N, T + 1, P), none abroad
    arrivals: NDArray[Any]  # (N, T + 1, C, 3)
    queue: NDArray[Any]  # (N, T + 1, C, 3)
    leader_status: NDArray[Any]  # (N, T + 1, L)


class Tally:
    """Counts over members; P places, S sides, T days, C crossings, L leaders.

    Parameters
    ----------
    holder : int array (P)
        A holder of each place at init; S stands for nobody. Changes are counted from the holder that a member
        itself starts with.
    sides, days, crossings, leaders : int
        Sizes.
    """

    def __init__(
        self, holder: Sequence[int] | NDArray, sides: int, days: int, crossings: int, leaders: int
    ) -> None:
        self.holder = np.asarray(holder)
        self.days = days
        self.windows = [w for w in WINDOWS if w <= days] or [days]
        places = self.holder.size
        self.weight = 0.0
        self.first = np.zeros((places, days + 2))  # by day of the first change; the last is never
        self.held = np.zeros((places, sides + 1))  # by holder on the evening of init
        self.to = np.zeros((places, sides + 1))
        self.way = np.zeros((places, len(WAYS)))
        self.changes = np.zeros((len(self.windows), 1))  # by number of changes of hands
        self.fallen = np.zeros((len(self.windows), places + 1))  # by number of places that changed hands
        self.arrivals = np.zeros((crossings, 3, BINS))
        self.queue = np.zeros((crossings, BINS))
        self.displaced = np.zeros(BINS)
        self.leaders = np.zeros((leaders, len(STATUSES)))
        self.leaders_before = np.zeros(leaders, np.int64)  # status at init, the same in all members
        self.civilians = CivilianCounts(places, days, crossings)
        self.tracks: Tracks | None = None  # counted elsewhere

    def add(self, seen: MemberBatch, weight: NDArray[np.float64]) -> None:
        """Add N members with their weights (N)."""
        status, queue = seen.leader_status, seen.queue[:, -1, :, :LEADERS]
        self.weight += float(weight.sum())
        self._changes(seen.control, seen.way, weight)
        self._people(seen.displaced[:, -1].sum(1), seen.arrivals[:, -1], queue.sum(-1), weight)
        self.leaders_before[:] = status[0, 0]
        for code in range(len(STATUSES)):
            self.leaders[:, code] += weight @ (status[:, -1] == code)

    def _changes(self, control: NDArray, way: NDArray, weight: NDArray[np.float64]) -> None:
        np.add.at(self.held, (np.arange(self.holder.size), control[:, 0]), weight[:, None])
        away = control[:, 1:] != control[:, :1]
        ever = away.any(axis=1)
        day = np.where(ever, away.argmax(axis=1) + 1, self.days + 1)
        member, place = np.nonzero(ever)
        when = day[member, place]
        everyone = np.broadcast_to(weight[:, None], day.shape)
        np.add.at(self.first, (np.broadcast_to(np.arange(self.holder.size), day.shape), day), everyone)
        np.add.at(self.to, (place, control[member, when, place]), weight[member])
        np.add.at(self.way, (place, way[member, when, place]), weight[member])
        moved = (control[:, 1:] != control[:, :-1]).sum(axis=2).cumsum(axis=1)
        most = int(moved[:, -1].max(initial=0)) + 1
        if most > self.changes.shape[1]:
            self.changes = np.pad(self.changes, ((0, 0), (0, most - self.changes.shape[1])))
        for k, window in enumerate(self.windows):
            np.add.at(self.changes[k], moved[:, window - 1], weight)
            np.add.at(self.fallen[k], (day <= window).sum(axis=1), weight)

    def _people(self, displaced: NDArray, arrivals: NDArray, queue: NDArray, weight: NDArray) -> None:
        np.add.at(self.displaced, to_bin(displaced), weight)
        for c in range(self.queue.shape[0]):
            np.add.at(self.queue[c], to_bin(queue[:, c]), weight)
            for k in range(3):
                np.add.at(self.arrivals[c, k], to_bin(arrivals[:, c, k]), weight)

    def likeliest(self, place: int) -> int:
        """Holder at init of most members."""
        return int(self.held[place].argmax())

    def chance(self, place: int, window: int) -> float:
        """Probability that a place changes hands within `window` days."""
        return float(self.first[place, : window + 1].sum() / self.weight)

    def fall_day(self, place: int, q: float) -> int | None:
        """Day by which a share `q` of the members has seen the place change hands; None if not by the end."""
        day = quantile(self.first[place], q)
        return day if day <= self.days else None


def new_tally(runnable: Runnable) -> Tally:
    """Empty tally for the members of a forecast."""
    world, sides = runnable.world, len(runnable.names)
    start = runnable.start.hold.control
    holder = np.where(start < 0, sides, start)
    return Tally(holder, sides, runnable.days, world.gates.place.size, world.roster.side.size)


def count_record(tally: Tally, record: Record, outside: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Count the members of a record, all of one weight; returns who holds what, nobody as the last side."""
    p, even = record, np.ones(len(record.control))
    control = np.where(p.control < 0, np.int8(tally.to.shape[1] - 1), p.control)
    tally.add(MemberBatch(control, p.way, p.displaced * ~outside, p.arrivals, p.queue, p.leader_status), even)
    tally.civilians.add(CivilianFates(control, p.displaced, p.at_home, p.cut, p.arrivals, outside), even)
    return control
