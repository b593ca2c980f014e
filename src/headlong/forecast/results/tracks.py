"""Where people go: who left which area and who is there, and how many take each road; counts over members.

Counted while members run and then forgotten, so that memory does not grow with the ensemble. Roads are counted in
bins four per cent wide, on every day that is written down, or in a large table of roads after the windows alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.engine.record import Record, people_windows, road_days
from headlong.forecast.results.bins import BINS, PEOPLE_LEVELS, count_bins, from_bin, levels_reached, to_bin
from headlong.forecast.results.civilians import count_in_bins
from headlong.forecast.results.shapes.forecast import AreaEntry, RoadEntry

if TYPE_CHECKING:
    from headlong.forecast.runnable import Runnable

MERGED = 4
"""Bins of one per cent that are one bin of people on a road."""

WAITING = 2**24
"""Numbers of people on roads that wait at most to be counted, day by day: a day's counts fit near the processor."""


class Tracks(NamedTuple):
    """Quantiles (P10, P50, P90) over members; W windows, A areas, K days, E roads, each seen from either end."""

    windows: list[int]
    areas: list[str]  # names; without one those that the table gives none
    before: NDArray[np.int64]  # (A) displaced in the area at init
    stock: NDArray[np.int64]  # (3, W, A) displaced in the area
    new: NDArray[np.int64]  # (3, W, A) who have left home there since init
    days: list[int]
    ends: NDArray[np.int64]  # (E, 2) places
    road: NDArray[np.int64]  # (3, K, E) people who took to the road since init


def area_names(regions: Iterable[Any]) -> list[str]:
    """Area of each place: its province or region, without what stands in brackets."""
    return [re.sub(r"\s*\(.*?\)", "", str(region or "")).strip() for region in regions]


def level_reached(counts: NDArray[Any]) -> NDArray[np.int64]:
    """Index at which each level is reached, over the last axis: levels come first."""
    return np.stack([levels_reached(some) for some in counts], axis=1)


class TrackCounts:
    """Counts over members of who left where and who took which road.

    Parameters
    ----------
    areas : list of str
        Area of each place (P).
    outside : bool array (P)
        Places beyond the border, which belong to no area.
    ends : int array (E, 2)
        Places at the ends of each road.
    days : int
        Length of the forecast.
    """

    def __init__(self, areas: Sequence[str], outside: NDArray[np.bool_], ends: NDArray, days: int) -> None:
        kept = ~np.asarray(outside, bool)
        self.areas = sorted({name for name, inside in zip(areas, kept, strict=True) if inside})
        self.of = np.array([[name == area for area in self.areas] for name in areas], bool) & kept[:, None]
        self.windows, self.ends = people_windows(days), np.asarray(ends)
        self.looks = road_days(days, len(self.ends))
        self.days = self.looks[1:]
        self.before = np.zeros(len(self.areas), np.int64)
        self.stock = np.zeros((len(self.windows), len(self.areas), BINS))
        self.new = np.zeros((len(self.windows), len(self.areas), BINS))
        self.road = np.zeros((len(self.days), len(self.ends), BINS // MERGED + 1), np.float32)
        self.waiting: list[NDArray[np.uint16]] = []  # (N, K, E) bins of members that are not yet in `road`

    def add(self, record: Record) -> None:
        """Add members, all of one weight."""
        weight, of = np.ones(len(record.control)), self.of.astype(np.int64)
        self.before = record.displaced[0, 0].astype(np.int64) @ of
        for k, window in enumerate(self.windows):
            count_in_bins(self.stock[k], record.displaced[:, window].astype(np.int64) @ of, weight)
            left = record.home[:, 0].astype(np.int64) - record.home[:, self.looks.index(window)]
            count_in_bins(self.new[k], left @ of, weight)
        self.waiting.append((to_bin(record.road[:, 1:]) // MERGED).astype(np.uint16))
        if sum(some.size for some in self.waiting) > WAITING:
            self.count_waiting()

    def count_waiting(self) -> None:
        """Count who took to the roads, of all members that wait for it."""
        some = self.waiting
        self.waiting = []
        for k in range(len(self.days) if some else 0):
            count_bins(self.road[k], np.concatenate([bins[:, k] for bins in some]))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The counts as arrays with names, to be kept or sent."""
        self.count_waiting()
        return {name: getattr(self, name) for name in ("before", "stock", "new", "road")}

    def add_arrays(self, more: Mapping[str, NDArray[Any]]) -> None:
        """Add what `arrays` gave of other members of the same forecast: whole numbers, in any order."""
        self.before = more["before"]
        for name in ("stock", "new", "road"):
            getattr(self, name)[...] += more[name]

    def result(self) -> Tracks:
        """Quantiles of all that was added."""
        self.count_waiting()
        road = from_bin(np.minimum(BINS - 1, level_reached(self.road) * MERGED + MERGED // 2))
        stock, new = from_bin(level_reached(self.stock)), from_bin(level_reached(self.new))
        return Tracks(self.windows, self.areas, self.before, stock, new, self.days, self.ends, road)


def counts_for(runnable: Runnable) -> TrackCounts:
    """Empty counts for the members of a forecast."""
    roads, outside = runnable.world.roads, runnable.world.ground.outside
    start = np.repeat(np.arange(len(outside)), np.diff(roads.link_start))
    ends = np.stack([start, roads.link_to], axis=1)
    return TrackCounts(area_names(runnable.regions), outside, ends, runnable.days)


def as_variables(tracks: Tracks, places: Sequence[str]) -> tuple[dict[str, object], dict[str, object]]:
    """Variables and coordinates of a file."""
    area, road = ("level", "within", "area"), ("level", "road_lead", "road")
    units = {"units": "people"}
    variables: dict[str, object] = {
        "area_before": (("area",), tracks.before, {"long_name": "displaced in the area at init"} | units),
        "area_stock": (area, tracks.stock, {"long_name": "displaced in the area: a stock"} | units),
        "area_new": (area, tracks.new, {"long_name": "who have left home in the area since init"} | units),
        "road_people": (road, tracks.road, {"long_name": "people who took to the road since init"} | units),
    }
    names = [np.array(places, object)[tracks.ends[:, k]].astype(str) for k in (0, 1)]
    along: dict[str, object] = {
        "level": list(PEOPLE_LEVELS),
        "area": tracks.areas,
        "road_lead": ("road_lead", tracks.days, {"long_name": "days since init", "units": "day"}),
        "road_from": ("road", names[0]),
        "road_to": ("road", names[1]),
    }
    return variables, along


def from_file(forecast: Any) -> Tracks | None:
    """What `as_variables` wrote; None where the file has nothing of it."""
    if "road_people" not in forecast:
        return None
    place = {str(name): k for k, name in enumerate(forecast["place"].values)}
    ends = [[place[str(name)] for name in forecast[c].values] for c in ("road_from", "road_to")]
    areas = [str(name) for name in forecast["area"].values]
    windows, days = ([int(d) for d in forecast[c].values] for c in ("within", "road_lead"))
    before, stock, new, road = (
        forecast[f"{n}"].values for n in ("area_before", "area_stock", "area_new", "road_people")
    )
    return Tracks(windows, areas, before, stock, new, days, np.array(ends, np.int64).reshape(2, -1).T, road)


def by_level(numbers: NDArray) -> dict[str, int | None]:
    """P10, P50 and P90 by name."""
    return {f"p{100 * q:.0f}": int(n) for q, n in zip(PEOPLE_LEVELS, numbers, strict=True)}


def area_entries(tracks: Tracks) -> list[AreaEntry]:
    """Areas with people displaced in them and from them: stock and new since init, after some days."""
    return [
        {
            "name": name or None,
            "stock_at_init": int(tracks.before[a]),
            "stock": {str(w): by_level(tracks.stock[:, k, a]) for k, w in enumerate(tracks.windows)},
            "new": {str(w): by_level(tracks.new[:, k, a]) for k, w in enumerate(tracks.windows)},
        }
        for a, name in enumerate(tracks.areas)
    ]


def road_entries(tracks: Tracks, labels: Mapping[str, Any]) -> list[RoadEntry]:
    """Roads that people take in one member of ten at least, the busiest first."""
    at = {w: tracks.days.index(w) for w in tracks.windows}
    last = at[tracks.windows[-1]]
    order = sorted(
        range(len(tracks.ends)), key=lambda e: (-tracks.road[1, last, e], -tracks.road[2, last, e], e)
    )
    return [
        {
            "from": labels["place"][tracks.ends[e, 0]],
            "to": labels["place"][tracks.ends[e, 1]],
            "from_name": labels["place_name"][tracks.ends[e, 0]],
            "to_name": labels["place_name"][tracks.ends[e, 1]],
            "people": {str(w): by_level(tracks.road[:, k, e]) for w, k in at.items()},
        }
        for e in order
        if tracks.road[2, last, e] > 0
    ]
