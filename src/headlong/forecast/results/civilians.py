"""What happens to civilians: who is where, who has left home, who may be cut off; counts over members."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.state import CIVILIANS
from headlong.engine.record import looks, people_windows
from headlong.forecast.results.bins import BINS, count_bins, people_quantiles, to_bin
from headlong.forecast.results.shapes.forecast import ByDay, CountryCivilians
from headlong.forecast.results.shapes.forecast import PlaceCivilians as PlaceOf


def first_cut(control: NDArray, cut: NDArray, days: int) -> NDArray[np.int64]:
    """First day on which a place is cut off (N, P), `days` + 1 for never, from records (N, T + 1, P).

    A place counts while it is with the side that held it at init.
    """
    cut = (cut > 0) & (control == control[:, :1])
    return np.where(cut.any(axis=1), cut.argmax(axis=1), days + 1)


class CivilianFates(NamedTuple):
    """What is counted of N members: arrays as in `headlong.engine.record.Record`."""

    control: NDArray
    displaced: NDArray
    at_home: NDArray
    cut: NDArray
    arrivals: NDArray
    outside: NDArray  # (P) beyond the border


class CivilianCounts:
    """What happens to civilians, counts over members; P places, C crossings.

    Parameters
    ----------
    places, days, crossings : int
        Sizes.
    """

    def __init__(self, places: int, days: int, crossings: int) -> None:
        self.days = days
        self.windows = people_windows(days)
        self.looks = looks(days)[1:]
        self.weight = 0.0
        self.before = self.abroad_before = 0
        self.outside = np.zeros(places, bool)
        self.displaced = np.zeros((len(self.windows), places, BINS))
        self.new = np.zeros((len(self.windows), BINS))
        self.abroad = np.zeros((len(self.windows), BINS))
        self.arrivals = np.zeros((len(self.looks), crossings, BINS))
        self.refugees: NDArray[np.float64] = np.zeros((len(self.looks), 0, BINS))
        self.cut = np.zeros((places, days + 2))  # by first day on which it is cut off; the last is never

    def add(self, fates: CivilianFates, weight: NDArray[np.float64]) -> None:
        """Add N members with their weights (N)."""
        if not self.weight:
            self.outside = np.asarray(fates.outside, bool)
            self.refugees = np.zeros((len(self.looks), int(self.outside.sum()), BINS))
        self.weight += float(weight.sum())
        displaced, outside = fates.displaced, self.outside
        self.before = int(displaced[0, 0][~outside].sum(dtype=np.int64))
        self.abroad_before = int(displaced[0, 0][outside].sum(dtype=np.int64))
        for k, window in enumerate(self.windows):
            count_in_bins(self.displaced[k], displaced[:, window], weight)
            np.add.at(self.new[k], to_bin(fates.at_home[:, 0] - fates.at_home[:, window]), weight)
            np.add.at(self.abroad[k], to_bin(displaced[:, window][:, outside].sum(axis=1)), weight)
        for k, day in enumerate(self.looks):
            count_in_bins(self.arrivals[k], fates.arrivals[:, day, :, CIVILIANS], weight)
            count_in_bins(self.refugees[k], displaced[:, day][:, outside], weight)
        first = first_cut(fates.control, fates.cut, self.days)
        count_bins(self.cut, first, weight[:, None])

    def place(self, i: int) -> PlaceOf:
        """Displaced people in a place after each window, and the chance that it is cut off within it.

        Of a place beyond the border there is also the number of refugees day by day.
        """
        found: PlaceOf = {
            "displaced": {str(w): people_quantiles(self.displaced[k, i]) for k, w in enumerate(self.windows)},
            "cut_off_at_init": float(self.cut[i, 0] / self.weight),
            "p_cut_off": {str(w): float(self.cut[i, : w + 1].sum() / self.weight) for w in self.windows},
        }
        if self.outside[i]:
            found["refugees_by_day"] = self._by_day(self.refugees[:, int(self.outside[:i].sum())])
        return found

    def crossing(self, c: int) -> ByDay:
        """Civilians who have crossed since init, day by day."""
        return self._by_day(self.arrivals[:, c])

    def _by_day(self, counts: NDArray[np.float64]) -> ByDay:
        return {str(day): people_quantiles(counts[k]) for k, day in enumerate(self.looks)}

    def country(self) -> CountryCivilians:
        """People displaced inside before init, and those who have left home since, after each window; those abroad."""
        return {
            "before_init": self.before,
            "new": {str(w): people_quantiles(self.new[k]) for k, w in enumerate(self.windows)},
            "abroad_before_init": self.abroad_before,
            "abroad": {str(w): people_quantiles(self.abroad[k]) for k, w in enumerate(self.windows)},
        }


def count_in_bins(table: NDArray[np.float64], people: NDArray, weight: NDArray[np.float64]) -> None:
    """Count people (N, K) by their bins in a table (K, BINS)."""
    count_bins(table, to_bin(people), weight[:, None])
