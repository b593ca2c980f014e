"""Counts over members: what a forecast without members needs. Pieces of them add up exactly.

Members all weigh the same, so every count is a whole number, and sums of whole numbers do not depend on
their order: counts of pieces, added up, are the counts of one run to the bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headlong.engine.record import Record
from headlong.forecast.results.accumulator import Tally, count_record, new_tally
from headlong.forecast.results.tracks import counts_for
from headlong.forecast.runnable import Runnable

TALLY = ("first", "held", "to", "way", "changes", "fallen", "arrivals", "queue", "displaced", "leaders")
CIVILIANS = ("displaced", "new", "abroad", "arrivals", "refugees", "cut")

Arrays = dict[str, NDArray[Any]]


class Counts:
    """Counts over the members of a forecast; T days, P places, S sides.

    Parameters
    ----------
    runnable : Runnable
        The forecast's.
    """

    def __init__(self, runnable: Runnable) -> None:
        self.tally: Tally = new_tally(runnable)
        self.outside = np.asarray(runnable.world.ground.outside, bool)
        places, sides = len(self.outside), len(runnable.names)
        self.tracks = counts_for(runnable)
        self.control = np.zeros((runnable.days + 1, places, sides + 1))  # members by holder, nobody last

    def add(self, record: Record) -> None:
        """Count the members of a record."""
        control = count_record(self.tally, record, self.outside)
        self.tracks.add(record)
        for side in range(self.control.shape[2]):
            self.control[:, :, side] += (control == side).sum(axis=0)

    def arrays(self) -> Arrays:
        """The counts as arrays with names, to be kept or sent."""
        tally, civilians = self.tally, self.tally.civilians
        found: Arrays = {"control": self.control, "leaders_before": tally.leaders_before}
        found |= {f"tally_{name}": getattr(tally, name) for name in TALLY}
        found |= {f"civilians_{name}": getattr(civilians, name) for name in CIVILIANS}
        found["numbers"] = np.array(
            [tally.weight, civilians.weight, civilians.before, civilians.abroad_before]
        )
        return found

    def add_arrays(self, more: Mapping[str, NDArray[Any]], tracks: Mapping[str, NDArray[Any]]) -> None:
        """Add what `arrays` gave of other members of the same forecast, and what their tracks gave."""
        self.tracks.add_arrays(tracks)
        tally, civilians = self.tally, self.tally.civilians
        self.control += more["control"]
        tally.leaders_before[:] = more["leaders_before"]
        if not civilians.weight:
            civilians.outside = self.outside
            civilians.refugees = np.zeros_like(more["civilians_refugees"])
        for name in TALLY:
            setattr(tally, name, sum_of(getattr(tally, name), more[f"tally_{name}"]))
        for name in CIVILIANS:
            setattr(civilians, name, sum_of(getattr(civilians, name), more[f"civilians_{name}"]))
        weight, other, before, abroad = more["numbers"]
        tally.weight, civilians.weight = tally.weight + float(weight), civilians.weight + float(other)
        civilians.before, civilians.abroad_before = int(before), int(abroad)


def sum_of(one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    """Sum of two tables of counts; the one that ends earlier is filled up with zeros."""
    shape = [max(a, b) for a, b in zip(one.shape, other.shape, strict=True)]
    if list(one.shape) == list(other.shape) == shape:
        one += other
        return one
    out = np.zeros(shape, one.dtype)
    for table in (one, other):
        out[tuple(slice(0, n) for n in table.shape)] += table
    return out
