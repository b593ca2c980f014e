"""Particles as arrays: each is a history of control with parameters and beliefs of its own."""

# mypy: allow-untyped-defs

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.kernel import spliced
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


@spliced
def situation(state, n, lost, heard):
    """Who holds what in one particle, as the kernels of `headlong.mechanisms` take it.

    `lost` (P) and `heard` (S, 3) are room.
    """
    return Situation(
        state.control[n], state.near_km[n], state.front_log[n], state.border_log[n], state.pressed[n],
        state.taker[n], lost, state.held[n], state.taken[n], heard, state.sides[n, 0], state.sides[n, 1],
        state.sides[n, 2], state.nearby[n],
    )  # fmt: skip
