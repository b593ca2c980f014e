"""Particles as arrays: each is a history of control with parameters and beliefs of its own."""

# mypy: allow-untyped-defs

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.kernel import law, spliced
from headlong.board.state import COVARIATES
from headlong.inputs.environment import Situation


class Luck(NamedTuple):
    """The luck of a round: seed and particle are the key, the round is a counter."""

    seed: int
    stream: np.uint64
    turn: int  # among the rounds of the stream


class ParticleState(NamedTuple):
    """N particles, P places, S sides; G grid points of a reliability, C cells of sources, K covariates."""

    theta: NDArray[np.float64]  # (N, 4 + K)
    draw: NDArray[np.int64]  # (N) row of the draws that it came from
    control: NDArray[np.int64]  # (N, P) side, or NOBODY
    age: NDArray[np.int64]  # (N, P) days since it changed hands, at most AGES - 1
    taken: NDArray[np.float64]  # (N, P)
    held: NDArray[np.float64]  # (N, S)
    sides: NDArray[np.float64]  # (N, 3, S) shed, won, won_lately
    nearby: NDArray[np.float64]  # (N, P, S)
    near_km: NDArray[np.float64]  # (N, P, S)
    front_log: NDArray[np.float64]  # (N, P) log of the front distance
    border_log: NDArray[np.float64]  # (N, P) log of the way to the border
    pressed: NDArray[np.bool_]  # (N, P)
    taker: NDArray[np.int64]  # (N, P) nearest pressing side, or NOBODY where none presses
    stale: NDArray[np.bool_]  # (N) fronts have moved
    belief: NDArray[np.float64]  # (N, S, B) about strain, laid out as the filter's table
    fast: NDArray[np.float64]  # (N, F * F) moves of the fast part
    odds: NDArray[np.float64]  # (N, L) exp of strain on the grid of sums
    width: NDArray[np.int64]  # (N) points of the fast part
    rest: NDArray[np.bool_]  # (N, S) nothing seen yet: the belief is at rest
    reliability: NDArray[np.float64]  # (N, C, G) belief about reliabilities
    fitted: NDArray[np.float64]  # (N, R) fit of each report seen so far
    chance: NDArray[np.float64]  # (N, P) chance of loss today, for the proposal of the next round
    weight: NDArray[np.float64]  # (N) log
    score: NDArray[np.float64]  # (N) log-chance of what was held and lost so far


class Room(NamedTuple):
    """Room to work in of one thread; nothing here outlives a particle's day. L points of the grid of sums."""

    x: NDArray[np.float64]  # (K) covariates of one place
    ratio: NDArray[np.float64]  # (P) odds of loss at a strain of 0
    luck: NDArray[np.float64]  # (P)
    fates: NDArray[np.float64]  # (P, 2, S + 1) chance times psi of each next holder, not taken and taken
    fate: NDArray[np.int64]  # (P) what becomes of the place today
    after: NDArray[np.int64]  # (P) who holds it then
    at: NDArray[np.int64]  # (S) grid point of today's strain
    level: NDArray[np.float64]  # (S, L) belief about strain
    held: NDArray[np.float64]  # (S, L) log-chance that the side holds all
    line: NDArray[np.float64]  # (2, L or more)
    lost: NDArray[np.int64]  # (P) who loses the place today
    heard: NDArray[np.float64]  # (S, 3) news of the morning
    half: NDArray[np.float64]  # (B) a belief half way through its move


@law
def new_room(environment, state, longest):
    """Room for particles as in `state`, in lines of at least `longest`."""
    places, sides, most = environment.outside.size, environment.seat_log.shape[1], state.odds.shape[1]
    return Room(
        np.empty(COVARIATES + environment.extra.shape[2]), np.empty(places), np.empty(places),
        np.zeros((places, 2, sides + 1)), np.empty(places, np.int64), np.empty(places, np.int64),
        np.empty(sides, np.int64), np.empty((sides, most)), np.empty((sides, most)),
        np.empty((2, max(most, longest))), np.empty(places, np.int64), np.empty((sides, 3)),
        np.empty(state.belief.shape[2]),
    )  # fmt: skip


@spliced
def situation(state, n, room):
    """Who holds what in one particle, as the kernels of `headlong.mechanisms` take it."""
    return Situation(
        state.control[n], state.near_km[n], state.front_log[n], state.border_log[n], state.pressed[n],
        state.taker[n], room.lost, state.held[n], state.taken[n], room.heard, state.sides[n, 0], state.sides[n, 1],
        state.sides[n, 2], state.nearby[n],
    )  # fmt: skip
