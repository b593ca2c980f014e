"""The tally: what a summary needs of an ensemble, added up member by member.

Its size does not grow with the ensemble. Chances and numbers of changes are exact; numbers of people are
kept in bins one per cent wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.state import LEADERS, STATUSES, WAYS
from headlong.forecast.results.shapes import CountryPlight
from headlong.forecast.results.shapes import Plight as PlaceOf
from headlong.inference.resampling import quantile_index

WINDOWS = (3, 7, 14, 30)
"""Days within which chances are given."""

PEOPLE_WINDOWS = (7, 14, 30)
"""Days after which numbers of displaced people are given, and within which places may be cut off."""

PEOPLE_LEVELS = (0.1, 0.5, 0.9)

_RATIO = np.log(1.01)
_BINS = 2100
"""Bins of one per cent reach 1.2e9 people."""


def to_bin(people: NDArray) -> NDArray[np.int64]:
    """Bin of a number of people; numbers below 70 or so have a bin of their own."""
    return np.minimum(_BINS - 1, np.rint(np.log1p(np.asarray(people, float)) / _RATIO)).astype(np.int64)


def from_bin(k: NDArray | int) -> NDArray[np.int64]:
    """Number of people a bin stands for."""
    return np.rint(np.expm1(np.asarray(k) * _RATIO)).astype(np.int64)


def quantile(counts: NDArray[np.float64], q: float) -> int:
    """Smallest index at which a share `q` of the counts is reached."""
    return int(quantile_index(counts, q))


class Seen(NamedTuple):
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
        self.arrivals = np.zeros((crossings, 3, _BINS))
        self.queue = np.zeros((crossings, _BINS))
        self.displaced = np.zeros(_BINS)
        self.leaders = np.zeros((leaders, len(STATUSES)))
        self.leaders_before = np.zeros(leaders, np.int64)  # status at init, the same in all members
        self.plight = Plight(places, days)

    def add(self, seen: Seen, weight: NDArray[np.float64]) -> None:
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


def people_windows(days: int) -> list[int]:
    """Days after which people are counted in a forecast of `days` days."""
    return [w for w in PEOPLE_WINDOWS if w <= days] or [days]


def first_cut(control: NDArray, cut: NDArray, days: int) -> NDArray[np.int64]:
    """First day on which a place is cut off (N, P), `days` + 1 for never, from records (N, T + 1, P).

    A place counts while it is with the side that held it at init.
    """
    cut = (cut > 0) & (control == control[:, :1])
    return np.where(cut.any(axis=1), cut.argmax(axis=1), days + 1)


class Plight:
    """What happens to civilians, counts over members; P places.

    Parameters
    ----------
    places, days : int
        Sizes.
    """

    def __init__(self, places: int, days: int) -> None:
        self.days = days
        self.windows = people_windows(days)
        self.weight = 0.0
        self.before = 0
        self.displaced = np.zeros((len(self.windows), places, _BINS))
        self.new = np.zeros((len(self.windows), _BINS))
        self.cut = np.zeros((places, days + 2))  # by first day on which it is cut off; the last is never

    def add(
        self,
        control: NDArray,
        displaced: NDArray,
        at_home: NDArray,
        cut: NDArray,
        weight: NDArray[np.float64],
    ) -> None:
        """Add N members: arrays as in `headlong.engine.record.Record`; weight (N)."""
        self.weight += float(weight.sum())
        self.before = int(displaced[0, 0].sum(dtype=np.int64))
        places = np.arange(displaced.shape[2])
        for k, window in enumerate(self.windows):
            at = np.broadcast_to(places, displaced[:, window].shape)
            shared = np.broadcast_to(weight[:, None], at.shape)
            np.add.at(self.displaced[k], (at, to_bin(displaced[:, window])), shared)
            np.add.at(self.new[k], to_bin(at_home[:, 0] - at_home[:, window]), weight)
        day = first_cut(control, cut, self.days)
        everyone = np.broadcast_to(weight[:, None], day.shape)
        np.add.at(self.cut, (np.broadcast_to(places, day.shape), day), everyone)

    def place(self, i: int) -> PlaceOf:
        """Displaced people in a place after each window, and the chance that it is cut off within it."""
        return {
            "displaced": {str(w): spread(self.displaced[k, i]) for k, w in enumerate(self.windows)},
            "cut_off_at_init": float(self.cut[i, 0] / self.weight),
            "p_cut_off": {str(w): float(self.cut[i, : w + 1].sum() / self.weight) for w in self.windows},
        }

    def country(self) -> CountryPlight:
        """People displaced before init, and those who have left home since, after each window."""
        return {
            "before_init": self.before,
            "new": {str(w): spread(self.new[k]) for k, w in enumerate(self.windows)},
        }


def spread(counts: NDArray[np.float64]) -> dict[str, int]:
    """P10, P50 and P90 of a number of people, from how often each bin was seen."""
    return {f"p{100 * q:.0f}": int(from_bin(quantile(counts, q))) for q in PEOPLE_LEVELS}
