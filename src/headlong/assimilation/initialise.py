"""Where particles set out: beliefs at rest, holders as at the case's start, the first day's reports heard."""

# mypy: allow-untyped-defs

from __future__ import annotations

from math import exp

import numpy as np

from headlong.assimilation.lookahead import AGES
from headlong.assimilation.particle_state import situation
from headlong.assimilation.report_update import hear
from headlong.board.kernel import law
from headlong.board.world import NOBODY
from headlong.inference.strain_filter import HALF_SLOW, at_rest, fast_moves, half_fast, slow_moves, spacing
from headlong.mechanisms.control.front import rescan
from headlong.mechanisms.control.handover import count_held


@law
def place_herd(land, herd, n, holder):
    """Put one particle on an evening on which `holder` holds the places, its beliefs about strain at rest."""
    sides = herd.rest.shape[1]
    for i in range(holder.size):
        herd.control[n, i], herd.age[n, i] = holder[i] if holder[i] < sides else NOBODY, AGES - 1
    now = situation(herd, n, herd.taker[n])
    count_held(land, now)
    for i in range(holder.size):
        for s in range(sides):
            now.near_km[i, s] = rescan(land, now, i, s)
    herd.stale[n] = True
    take_rest(herd, n)


@law
def set_out(land, said, guide, herd, held, grid):
    """Put all particles on the evening of the case's start, held as in `held`; hear the first day's reports."""
    room = np.empty(grid.size)
    for n in range(herd.weight.size):
        for i in range(held.size):
            herd.weight[n] += guide.ahead[0, i, held[i] * AGES + AGES - 1]
        place_herd(land, herd, n, held)
        herd.weight[n] += hear(
            said, 0, herd.control[n], herd.age[n], herd.trust[n], grid, herd.fitted[n], room
        )


@law
def take_rest(herd, n):
    """Set a particle's belief about strain at rest, and lay out its grid."""
    mean, slow_sd, fast_sd = herd.theta[n, 0], herd.theta[n, 1], herd.theta[n, 2]
    step = spacing(slow_sd)
    rows, width = 2 * HALF_SLOW + 1, 2 * half_fast(fast_sd, step) + 1
    herd.width[n] = width
    fast_moves(herd.fast[n][: width * width].reshape(width, width), fast_sd, step)
    for s in range(herd.rest.shape[1]):
        at_rest(herd.belief[n, s][: rows * width].reshape(rows, width), slow_sd, fast_sd, step)
        herd.rest[n, s] = True
    for g in range(rows + width - 1):
        herd.odds[n, g] = exp(mean + step * (g - HALF_SLOW - width // 2))


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
    table = np.empty((2 * HALF_SLOW + 2, 2 * HALF_SLOW + 1))
    slow_moves(table)
    return table
