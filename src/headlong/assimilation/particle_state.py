"""Particles as arrays, and the land they live on; fronts as their histories move them."""

# mypy: allow-untyped-defs

from __future__ import annotations

from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.kernel import kernel
from headlong.mechanisms.front import front_log


class Land(NamedTuple):
    """What stands still, by day where it has a date; P places, S sides, T days."""

    km: NDArray[np.float64]  # (P, P)
    share: NDArray[np.float64]  # (P, P)
    seat_log: NDArray[np.float64]  # (P, S)
    rear_km: NDArray[np.float64]  # (P)
    outside: NDArray[np.bool_]  # (P)
    presses: NDArray[np.bool_]  # (T + 1, S, S)
    cap: NDArray[np.float64]  # (T + 1, P, S)
    shifts: NDArray[np.bool_]  # (T + 1) presses or cap differ from the day before


class Herd(NamedTuple):
    """N particles; sizes as above, G grid points of a reliability, K cells of sources."""

    theta: NDArray[np.float64]  # (N, 6)
    draw: NDArray[np.int64]  # (N) row of the draws that it came from
    holder: NDArray[np.int64]  # (N, P) side, S for nobody
    age: NDArray[np.int64]  # (N, P) days since it changed hands, at most AGES - 1
    news: NDArray[np.float64]  # (N, P, S)
    near: NDArray[np.float64]  # (N, P, S)
    front: NDArray[np.float64]  # (N, P) log of the front distance
    taker: NDArray[np.int64]  # (N, P) nearest pressing side, -1 where none presses
    stale: NDArray[np.bool_]  # (N) fronts have moved
    belief: NDArray[np.float64]  # (N, S, B) about strain, laid out as the filter's table
    fast: NDArray[np.float64]  # (N, F * F) moves of the fast part
    odds: NDArray[np.float64]  # (N, L) exp of strain on the grid of sums
    width: NDArray[np.int64]  # (N) points of the fast part
    rest: NDArray[np.bool_]  # (N, S) nothing seen yet: the belief is at rest
    trust: NDArray[np.float64]  # (N, K, G) belief about reliabilities
    fitted: NDArray[np.float64]  # (N, R) fit of each report seen so far
    chance: NDArray[np.float64]  # (N, P) chance of loss today, for the guides of the next round
    weight: NDArray[np.float64]  # (N) log
    score: NDArray[np.float64]  # (N) log-chance of what was held and lost so far


@kernel
def rescan(km, holder, i, side):
    """Road distance from place `i` to the nearest place held by `side` [km]."""
    best = inf
    for j in range(holder.size):
        if holder[j] == side:
            best = min(best, km[i, j])
    return best


@kernel
def see_fronts(land, day, holder, near, front, taker):
    """Front distance and nearest pressing side of every place: the law of `headlong.mechanisms.front`."""
    sides = land.seat_log.shape[1]
    for i in range(holder.size):
        who, best = -1, inf
        if not land.outside[i] and holder[i] < sides:
            for q in range(sides):
                if land.presses[day, q, holder[i]]:
                    km = min(near[i, q], land.cap[day, i, q])
                    if who < 0 or km < best:
                        who, best = q, km
        taker[i] = who
        front[i] = front_log(best, land.rear_km[i])


@kernel
def pass_on(land, holder, near, i, taker):
    """Place `i` passes to `taker` (index, or the number of sides for nobody)."""
    sides, loser = near.shape[1], holder[i]
    holder[i] = taker
    for j in range(holder.size):
        if taker < sides:
            near[j, taker] = min(near[j, taker], land.km[j, i])
        if loser < sides and near[j, loser] == land.km[j, i]:
            near[j, loser] = rescan(land.km, holder, j, loser)
