"""Moves of hidden strain on its grid: how the belief about both parts of it goes on from one day to the next.

The slow part steps to the nearest points of the grid so that mean and variance of a day are exact, or starts anew from
its law at rest; the fast part by the normal law integrated over grid cells (`headlong.inference.strain_filter`).
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from math import erf, exp, floor, sqrt

from headlong.board.copying import wipe_table
from headlong.board.kernel import kernel, law
from headlong.mechanisms.control.strain import FAST_DAYS, SLOW_DAYS

STEP = 0.32
"""Variance of a day's slow step over the square of the grid's spacing.

Between .25 and .75 three neighbours can carry it exactly. A grid 1.25 times finer and half as long again
moves the log-likelihood of all eight cases by .06 at the posterior mean, and takes three times as long."""

HALF_SLOW = 12
"""Grid points on either side of the mean of the slow part: 3.1 standard deviations."""

SLOW = 2 * HALF_SLOW + 1
"""Grid points of the slow part."""

STEPS = (6, SLOW)
"""Shape of the moves of the slow part as the filter takes them (`slow_steps`)."""


@law
def spacing(slow_sd):
    """Grid spacing [log-odds]."""
    r = exp(-1.0 / SLOW_DAYS)
    return slow_sd * sqrt((1.0 - r * r) / STEP)


@kernel
def slow_moves(table):
    """Chances (from, to) of a day's step of the slow part, in grid steps; exact mean and variance.

    The last row is the law at rest, from which a renewal draws.
    """
    n = table.shape[1] // 2
    r = exp(-1.0 / SLOW_DAYS)
    wipe_table(table)
    for i in range(-n, n + 1):
        j = floor(r * i + 0.5)
        d = r * i - j
        up, down = 0.5 * (STEP + d * d + d), 0.5 * (STEP + d * d - d)
        table[i + n, min(n, j + 1) + n] += up
        table[i + n, max(-n, j - 1) + n] += down
        table[i + n, j + n] += 1.0 - up - down
    total = 0.0
    for j in range(2 * n + 1):
        table[2 * n + 1, j] = exp(-0.5 * (j - n) * (j - n) * (1.0 - r * r) / STEP)
        total += table[2 * n + 1, j]
    for j in range(2 * n + 1):
        table[2 * n + 1, j] /= total


@kernel
def fast_moves(table, fast_sd, step):
    """Chances (from, to) of a day's step of the fast part: the normal law over cells of width `step`."""
    n = table.shape[0] // 2
    r = exp(-1.0 / FAST_DAYS)
    sd = sqrt(max(fast_sd * fast_sd * (1.0 - r * r) - step * step / 12.0, 1e-4 * step * step))
    for i in range(-n, n + 1):
        below = 0.0
        for j in range(-n, n + 1):
            edge = ((j + 0.5) - r * i) * step / (sd * sqrt(2.0))
            above = 1.0 if j == n else 0.5 * (1.0 + erf(edge))
            table[i + n, j + n] = above - below
            below = above


@kernel
def move(weights, slow, fast, renewal, half):
    """Let the belief (fast, slow) move on by one day; `half` (fast, slow) is room.

    With the slow part innermost every row is as long as the processor likes it, whatever the width of the fast part.
    """
    move_slow(weights, slow, renewal, half)
    move_fast(half, fast, weights)


@kernel
def slow_steps(table, steps):
    """Lay out the table of `slow_moves` by how far each move goes (`steps`, of the shape `STEPS`).

    In row r stands the chance to come to a point from the one r - 2 farther on; in the last row the law at rest.
    """
    for k in range(SLOW):
        for r in range(5):
            steps[r, k] = table[k + r - 2, k] if 0 <= k + r - 2 < SLOW else 0.0
        steps[5, k] = table[SLOW, k]


@kernel
def come_to(weights, steps, kept, new, j, k):
    """Weight that comes to point `k` of the slow part: `new` by the law at rest, and `kept` of the points around."""
    low, high = max(0, k - 1), min(SLOW - 1, k + 1)
    total = (
        steps[0, k] * weights[j, max(0, k - 2)] + steps[1, k] * weights[j, low] + steps[2, k] * weights[j, k]
    )
    total += steps[3, k] * weights[j, high] + steps[4, k] * weights[j, min(SLOW - 1, k + 2)]
    return new * steps[5, k] + kept * total


@kernel
def move_slow(weights, steps, renewal, out):
    """The slow part's step of a day, from `weights` (fast, slow) to `out`."""
    for j in range(weights.shape[0]):
        new = renewal * sum_of_row(weights, j)
        for k in range(2, SLOW - 2):  # apart from the ends, so that the processor takes several at once
            out[j, k] = come_to(weights, steps, 1.0 - renewal, new, j, k)
        for k in (0, 1, SLOW - 2, SLOW - 1):
            out[j, k] = come_to(weights, steps, 1.0 - renewal, new, j, k)


@kernel
def sum_of_row(weights, j):
    """Sum of the slow part's points, in five sums side by side, for each addition waits for the one before."""
    a, b, c, d, e = 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(0, SLOW, 5):
        a += weights[j, i]
        b += weights[j, i + 1]
        c += weights[j, i + 2]
        d += weights[j, i + 3]
        e += weights[j, i + 4]
    return (a + b) + (c + d) + e


@kernel
def come_in_eights(weights, fast, out, i, k):
    """Bring to point `k` of the fast part what comes for points `i` to `i` + 7 of the slow: sums held in registers."""
    a, b, c, d, e, f, g, h = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for j in range(fast.shape[0]):
        chance = fast[j, k]
        a += weights[j, i] * chance
        b += weights[j, i + 1] * chance
        c += weights[j, i + 2] * chance
        d += weights[j, i + 3] * chance
        e += weights[j, i + 4] * chance
        f += weights[j, i + 5] * chance
        g += weights[j, i + 6] * chance
        h += weights[j, i + 7] * chance
    out[k, i], out[k, i + 1], out[k, i + 2], out[k, i + 3] = a, b, c, d
    out[k, i + 4], out[k, i + 5], out[k, i + 6], out[k, i + 7] = e, f, g, h


@kernel
def move_fast(weights, fast, out):
    """The fast part's step of a day, from `weights` (fast, slow) to `out`."""
    for k in range(fast.shape[0]):
        for i in range(0, SLOW - SLOW % 8, 8):
            come_in_eights(weights, fast, out, i, k)
        for i in range(SLOW - SLOW % 8, SLOW):
            out[k, i] = 0.0
            for j in range(fast.shape[0]):
                out[k, i] += weights[j, i] * fast[j, k]
