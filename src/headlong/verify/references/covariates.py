"""What the logits among the references know of each place on each morning.

The covariates are those of the forecast itself, from the same reader (`headlong.inputs.exposure`):

- momentum: log(1 + the side's recent losses), each with its weight as news, fading over 5 days
- neighbour: the same for losses at places linked by a road
- front, seat: log road distance to the front and to the side's seat
- pause: log of the days since the side's last loss (30 before the first, at most 60)
- rate: log of the side's recent losses over those at a usual rate, both fading over 7 days
- the columns of our own law, without its hidden strain (`headlong.mechanisms.control.covariates`)
- shed: ln(1 + 100 share of its places that the side lost of late), fading over 7 days
- new: 1 where nobody who presses the side holds a place
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.case import Case
from headlong.inputs.control_history import Past
from headlong.inputs.exposure import Exposure, gather
from headlong.inputs.geography import Geography
from headlong.mechanisms.control.covariates import COLUMNS as LAW
from headlong.mechanisms.control.news import SCALE
from headlong.verify.references.logit_simulation import MEMORY_DAYS, RATE_DAYS

WEIGHT = {"capital": 1.0, "provincial_capital": 1.0, "port": 1.0}
"""Weight of a loss by kind of place; other places `WEIGHT_OTHER`."""

WEIGHT_OTHER = 0.4

NEAREST_SEAT_KM, SEAT_SCALE_KM = 25.0, 200.0
"""Least way to a seat, and the way at which the seat counts nothing [km]."""

COLUMNS = (
    "one",
    "momentum",
    "neighbour",
    "front",
    "seat",
    "pause",
    "rate",
    *(f"law_{c}" for c in LAW),
    "shed",
    "new",
)

FIRST_PAUSE = 30.0
"""Days since the last loss where there has been none [days]."""

LONGEST_PAUSE = 60.0
"""A pause counts as at most so long [days]."""

USUAL_RATE = 0.004
"""Losses a place-day that recent losses are compared with (eight cases: .0038)."""

RATE_SMOOTH = 0.25
"""Losses added to both."""


class PlaceDays(NamedTuple):
    """One side's place-days (N), T days."""

    columns: NDArray[np.float64]  # (N, columns)
    lost: NDArray[np.float64]  # (N)
    place: NDArray[np.int64]  # (N)
    day: NDArray[np.int64]  # (N) 0 is the day after the case's start
    days: int


class Momentum(NamedTuple):
    """What goes on from the evening of the last day; S sides, P places."""

    momentum: NDArray[np.float64]  # (S)
    neighbour: NDArray[np.float64]  # (P, S)


def place_days(case: Case, where: Geography, past: Past) -> tuple[list[PlaceDays], Momentum]:
    """Place-days of every side up to the past's last day, and the mood on that evening."""
    ours, _ = gather(case, where, past)
    momentum, neighbour = moods(ours, weights_of(case), links(case, where))
    found = []
    for s, e in enumerate(ours):
        days = e.start.size - 1
        day, lost = np.repeat(np.arange(days), np.diff(e.start)), e.lost.astype(float)
        quiet = pauses(np.bincount(day, lost, days).astype(float))
        losses, usual = recent(day, days, lost), recent(day, days, np.full(lost.size, USUAL_RATE))
        told = (
            np.ones(lost.size), np.log1p(momentum[day, s]), np.log1p(neighbour[day, e.place, s]), e.front_log,
            seat_log(where, s)[e.place], np.log(np.minimum(quiet, LONGEST_PAUSE))[day],
            np.log((losses + RATE_SMOOTH) / (usual + RATE_SMOOTH))[day], *e.x.T,
            np.log1p(SCALE * faded_sums(shares_lost(day, days, lost), RATE_DAYS))[day], e.new[day].astype(float),
        )  # fmt: skip
        found.append(PlaceDays(np.stack(told, axis=1), lost, e.place, day, days))
    kept = np.exp(1.0 / MEMORY_DAYS)
    return found, Momentum(momentum[-1] * kept, neighbour[-1] * kept)


def moods(
    exposures: Sequence[Exposure], weight: NDArray[np.float64], link: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Momentum (T + 1, S) and that of neighbours (T + 1, P, S) on each morning, the last after the last day."""
    days, sides = exposures[0].start.size - 1, len(exposures)
    momentum, neighbour = np.zeros((days + 1, sides)), np.zeros((days + 1, weight.size, sides))
    for t in range(days):
        momentum[t + 1], neighbour[t + 1] = momentum[t], neighbour[t]
        for s, e in enumerate(exposures):
            rows = slice(e.start[t], e.start[t + 1])
            for i in e.place[rows][e.lost[rows]]:
                momentum[t + 1, s] += weight[i]
                neighbour[t + 1, :, s] += link[i]
        momentum[t + 1] *= np.exp(-1.0 / MEMORY_DAYS)
        neighbour[t + 1] *= np.exp(-1.0 / MEMORY_DAYS)
    return momentum, neighbour


def weights_of(case: Case) -> NDArray[np.float64]:
    """Weight of each place's loss in momentum (P)."""
    return np.array([WEIGHT.get(p["kind"], WEIGHT_OTHER) for p in case.places])


def seat_log(where: Geography, side: int) -> NDArray[np.float64]:
    """Log of the way to a side's seat over 200 km (P), at least 25 km; 0 for a side without one."""
    seat = where.seat[side]
    far = where.km[:, seat] if seat >= 0 else np.full(len(where.ids), SEAT_SCALE_KM)
    return np.log(np.maximum(far, NEAREST_SEAT_KM) / SEAT_SCALE_KM)


def links(case: Case, where: Geography) -> NDArray[np.float64]:
    """How strongly a loss (rows) is felt at places linked to it by a road (columns)."""
    return (where.road > 0.0) * weights_of(case)[:, None]


def pauses(lost: NDArray[np.float64]) -> NDArray[np.float64]:
    """Days since the side's last loss, on each morning and on that after the last day (T + 1)."""
    quiet = [FIRST_PAUSE]
    for fallen in lost:
        quiet.append(1.0 if fallen else quiet[-1] + 1.0)
    return np.array(quiet)


def shares_lost(day: NDArray[np.int64], days: int, lost: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of its places at risk that a side lost on each day (T)."""
    return np.bincount(day, lost, days) / np.maximum(np.bincount(day, minlength=days), 1)


def faded_sums(share: NDArray[np.float64], memory: float) -> NDArray[np.float64]:
    """Sum over past days of `share` (T), fading over `memory` days, on each morning (T)."""
    kept, total = np.exp(-1.0 / memory), np.zeros(share.size)
    for t in range(1, share.size):
        total[t] = (total[t - 1] + share[t - 1]) * kept
    return total


def recent(day: NDArray[np.int64], days: int, each: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum of `each` (N) over past days, fading over 7 days, on each morning (T + 1)."""
    kept, total = np.exp(-1.0 / RATE_DAYS), np.zeros(days + 1)
    for t, today in enumerate(np.bincount(day, each, days)):
        total[t + 1] = (total[t] + today) * kept
    return total
