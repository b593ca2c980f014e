"""What the logits among the references know of each place on each morning.

The covariates are those of the forecast itself, from the same reader (`headlong.inputs.exposure`):

- momentum: log(1 + the side's recent losses), each with its weight as news, fading over 5 days
- neighbour: the same for losses at places linked by a road
- front, seat: log road distance to the front and to the side's seat
- pause: log of the days since the side's last loss (30 before the first, at most 60)
- rate: log of the side's recent losses over those at a usual rate, both fading over 7 days
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.case import Case
from headlong.inputs.control_history import Past
from headlong.inputs.exposure import gather
from headlong.inputs.geography import Geography
from headlong.mechanisms.covariates import COLUMNS as COVARIATES
from headlong.verify.logit_simulation import RATE_DAYS

NEWS, FRONT, SEAT = (COVARIATES.index(name) for name in ("news", "front", "seat"))

COLUMNS = ("one", "momentum", "neighbour", "front", "seat", "pause", "rate")

FIRST_PAUSE = 30.0
"""Days since the last loss where there has been none [days]."""

LONGEST_PAUSE = 60.0
"""A pause counts as at most so long [days]."""

USUAL_RATE = 0.004
"""Losses a place-day that recent losses are compared with (eight cases: .0038)."""

RATE_SMOOTH = 0.25
"""Losses added to both."""


class Days(NamedTuple):
    """One side's place-days (N), T days."""

    columns: NDArray[np.float64]  # (N, 7)
    lost: NDArray[np.float64]  # (N)
    place: NDArray[np.int64]  # (N)
    day: NDArray[np.int64]  # (N) 0 is the day after the case's start
    days: int


class Mood(NamedTuple):
    """What goes on from the evening of the last day; S sides, P places."""

    momentum: NDArray[np.float64]  # (S)
    neighbour: NDArray[np.float64]  # (P, S)


def covariates(case: Case, where: Geography, past: Past) -> tuple[list[Days], Mood]:
    """Place-days of every side up to the past's last day, and the mood on that evening."""
    weight = np.repeat(where.weight[:, None], len(where.ids), axis=1)
    ours, _ = gather(case, where, past)
    wide, wide_now = gather(case, where._replace(share=weight), past)
    near, near_now = gather(case, where._replace(share=links(where)), past)
    found = []
    for a, b, c in zip(ours, wide, near, strict=True):
        days = a.start.size - 1
        day, lost = np.repeat(np.arange(days), np.diff(a.start)), a.lost.astype(float)
        quiet = pauses(np.bincount(day, lost, days).astype(float))
        losses, usual = recent(day, days, lost), recent(day, days, np.full(lost.size, USUAL_RATE))
        told = (
            np.ones(lost.size), np.log1p(b.x[:, NEWS]), np.log1p(c.x[:, NEWS]), -a.x[:, FRONT], a.x[:, SEAT],
            np.log(np.minimum(quiet, LONGEST_PAUSE))[day],
            np.log((losses + RATE_SMOOTH) / (usual + RATE_SMOOTH))[day],
        )  # fmt: skip
        found.append(Days(np.stack(told, axis=1), lost, a.place, day, days))
    return found, Mood(wide_now.news[0], near_now.news)


def links(where: Geography) -> NDArray[np.float64]:
    """How strongly a loss (rows) is felt at places linked to it by a road (columns)."""
    return (where.road > 0.0) * where.weight[:, None]


def pauses(lost: NDArray[np.float64]) -> NDArray[np.float64]:
    """Days since the side's last loss, on each morning and on that after the last day (T + 1)."""
    quiet = [FIRST_PAUSE]
    for fallen in lost:
        quiet.append(1.0 if fallen else quiet[-1] + 1.0)
    return np.array(quiet)


def recent(day: NDArray[np.int64], days: int, each: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum of `each` (N) over past days, fading over 7 days, on each morning (T + 1)."""
    kept, total = np.exp(-1.0 / RATE_DAYS), np.zeros(days + 1)
    for t, today in enumerate(np.bincount(day, each, days)):
        total[t + 1] = (total[t] + today) * kept
    return total
