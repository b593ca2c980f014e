"""Boundary conditions: what the forecast does not change, such as roads and who presses whom, day by day.

A history of control is followed on it by the kernels of `headlong.mechanisms`, the same that the engine
calls: `rules` gives them what holds on one day, `Situation` is what they move.
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.kernel import kernel, spliced
from headlong.board.world import NOBODY
from headlong.case import Case
from headlong.inputs.geography import Geography, next_places, order_km
from headlong.mechanisms.control.covariates import hear
from headlong.mechanisms.control.front import all_fronts, see_fronts
from headlong.mechanisms.control.handover import age_taken, count_held
from headlong.mechanisms.control.loss import evidence_share
from headlong.mechanisms.control.news import age_news


class Environment(NamedTuple):
    """P places, S sides; days 0 (as a rule the case's start) to T."""

    km: NDArray[np.float64]  # (P, P)
    order: NDArray[np.int32]  # (P, P)
    extent: NDArray[np.float64]  # (1)
    share: NDArray[np.float64]  # (1) see `headlong.mechanisms.control.loss.evidence_share`
    nearness: NDArray[np.float64]  # (P, P)
    seat_log: NDArray[np.float64]  # (P, S)
    home: NDArray[np.float64]  # (P, S)
    rear_km: NDArray[np.float64]  # (P)
    outside: NDArray[np.bool_]  # (P)
    presses: NDArray[np.bool_]  # (T + 1, S, S)
    near_cap: NDArray[np.float64]  # (T + 1, P, S)
    shifts: NDArray[np.bool_]  # (T + 1) presses or near_cap differ from the day before
    name: NDArray[np.int64]  # (P) numbers of the places' ids: names of luck
    side_name: NDArray[np.int64]  # (S) of the sides'
    extra: NDArray[np.float64]  # (P, S, E) columns that the form of the model brings
    order_km: NDArray[np.float64] = np.zeros((0, 0))  # (P, K) road distances to the first of `order`
    next_start: NDArray[np.int64] = np.zeros(0, np.int64)  # (P + 1) see `headlong.board.world.Roads`
    next_to: NDArray[np.int64] = np.zeros(0, np.int64)  # (E)


class Rules(NamedTuple):
    """What holds on one day, as the kernels of `headlong.mechanisms` read it."""

    presses: NDArray[np.bool_]  # (S, S)
    near_cap: NDArray[np.float64]  # (P, S)
    nearness: NDArray[np.float64]  # (P, P)
    seat_log: NDArray[np.float64]  # (P, S)
    home: NDArray[np.float64]  # (P, S)
    extra: NDArray[np.float64]  # (P, S, E)


class Situation(NamedTuple):
    """Who holds what, how near the others are, what is heard: what the law of loss looks at.

    Each array is as in `headlong.board.state.Hold` and `SideState`.
    """

    control: NDArray[np.int64]  # (P)
    near_km: NDArray[np.float64]  # (P, S)
    front_log: NDArray[np.float64]  # (P)
    border_log: NDArray[np.float64]  # (P)
    pressed: NDArray[np.bool_]  # (P)
    taker: NDArray[np.int64]  # (P)
    lost: NDArray[np.int64]  # (P)
    held: NDArray[np.float64]  # (S)
    taken: NDArray[np.float64]  # (P)
    heard: NDArray[np.float64]  # (S, 3)
    shed: NDArray[np.float64]  # (S)
    won: NDArray[np.float64]  # (S)
    won_lately: NDArray[np.float64]  # (S)
    nearby: NDArray[np.float64]  # (P, S)


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


def read_environment(case: Case, where: Geography, last: int, first: int = 0) -> Environment:
    """Environment of a case from day `first` to day `last`."""
    presses = np.array([pressers(case, where, d) for d in range(first, last + 1)])
    cap = np.array([hinterland(case, where, d) for d in range(first, last + 1)])
    shifts = np.ones(len(presses), bool)
    for d in range(1, len(presses)):
        shifts[d] = not (np.array_equal(presses[d], presses[d - 1]) and np.array_equal(cap[d], cap[d - 1]))
    return Environment(
        where.km, where.order, where.extent, evidence_share(where.outside), where.nearness, where.seat_log, where.home,
        np.asarray(where.rear_km, float), where.outside, presses, cap, shifts, where.name, where.side_name,
        where.extra, order_km(where.km, where.order), *next_places(where.road, where.hop),
    )  # fmt: skip


def new_situation(holder: NDArray[np.int64], sides: int) -> Situation:
    """An evening on which `holder` (P) holds the places and nothing has been heard; fronts not yet seen."""
    places = holder.size
    return Situation(
        np.array(holder, np.int64), np.full((places, sides), np.inf), np.zeros(places), np.zeros(places),
        np.zeros(places, bool), np.full(places, NOBODY), np.full(places, NOBODY),
        np.zeros(sides), np.zeros(places), np.zeros((sides, 3)), np.zeros(sides), np.zeros(sides),
        np.zeros(sides), np.zeros((places, sides)),
    )  # fmt: skip


@spliced
def rules(environment, day):
    """What holds on a day. Spliced: it hands out views of arrays, whose references its caller counts, or not."""
    return Rules(
        environment.presses[day], environment.near_cap[day], environment.nearness, environment.seat_log,
        environment.home, environment.extra,
    )  # fmt: skip


@kernel
def morning(environment, day, now):
    """Let a morning come: all is a day older; fronts are seen anew where relations or hinterland have changed."""
    age_news(now)
    age_taken(now)
    hear(now)
    if day == 1:
        count_held(environment, now)
        all_fronts(environment, rules(environment, day), environment, now)
    elif environment.shifts[day]:
        see_fronts(environment, rules(environment, day), environment, now)
