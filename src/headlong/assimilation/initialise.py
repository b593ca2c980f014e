"""Initial particles: holders as at the case's start, strain and reliabilities from their priors."""

# mypy: allow-untyped-defs

from __future__ import annotations

from math import exp

import numpy as np

from headlong.assimilation.particle_state import new_room, situation
from headlong.assimilation.report_update import update_reports
from headlong.assimilation.transitions import AGES
from headlong.board.kernel import law
from headlong.board.world import NOBODY
from headlong.inference.strain_filter import at_rest, half_fast
from headlong.inference.strain_moves import HALF_SLOW, STEPS, fast_moves, slow_moves, slow_steps, spacing
from headlong.mechanisms.control.front import rescan
from headlong.mechanisms.control.handover import count_held


@law
def place_particle(environment, state, n, holder):
    """Put one particle on an evening on which `holder` holds the places, its beliefs about strain at rest."""
    sides = state.rest.shape[1]
    for i in range(holder.size):
        state.control[n, i], state.age[n, i] = holder[i] if holder[i] < sides else NOBODY, AGES - 1
    now = situation(state, n, new_room(environment, state, 0))
    count_held(environment, now)
    for i in range(holder.size):
        for s in range(sides):
            now.near_km[i, s] = rescan(environment, now, i, s)
    state.stale[n] = True
    take_rest(state, n)


@law
def initialise(environment, reports, lookahead, state, held, grid):
    """Put all particles on the evening of the case's start, held as in `held`; hear the first day's reports."""
    room = np.empty(grid.size)
    for n in range(state.weight.size):
        for i in range(held.size):
            state.weight[n] += lookahead.ahead[0, i, held[i] * AGES + AGES - 1]
        place_particle(environment, state, n, held)
        state.weight[n] += update_reports(
            reports, 0, state.control[n], state.age[n], state.reliability[n], grid, state.fitted[n], room
        )


@law
def take_rest(state, n):
    """Set a particle's belief about strain at rest, and lay out its grid."""
    mean, slow_sd, fast_sd = state.theta[n, 0], state.theta[n, 1], state.theta[n, 2]
    step = spacing(slow_sd)
    rows, width = 2 * HALF_SLOW + 1, 2 * half_fast(fast_sd, step) + 1
    state.width[n] = width
    lay_moves(state, n)
    for s in range(state.rest.shape[1]):
        at_rest(state.belief[n, s][: rows * width].reshape(width, rows), slow_sd, fast_sd, step)
        state.rest[n, s] = True
    for g in range(rows + width - 1):
        state.odds[n, g] = exp(mean + step * (g - HALF_SLOW - width // 2))


@law
def lay_moves(state, n):
    """Lay out the moves of the fast part of a particle's strain."""
    width = state.width[n]
    table = state.fast[n][: width * width].reshape(width, width)
    fast_moves(table, state.theta[n, 2], spacing(state.theta[n, 1]))


@law
def lay_all_moves(state, which):
    """The same for the particles `which`, whose parameters are others now."""
    for n in which:
        lay_moves(state, n)


@law
def widest(theta):
    """Most points of the fast part's grid that any row of `theta` needs."""
    most = 0
    for n in range(theta.shape[0]):
        most = max(most, 2 * half_fast(theta[n, 2], spacing(theta[n, 1])) + 1)
    return most


@law
def slow_table():
    """Moves of the slow part."""
    table, steps = np.empty((2 * HALF_SLOW + 2, 2 * HALF_SLOW + 1)), np.empty(STEPS)
    slow_moves(table)
    slow_steps(table, steps)
    return steps
