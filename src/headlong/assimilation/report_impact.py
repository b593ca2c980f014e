"""What each report is worth, and what it did: weights, effects and reliabilities from the particles.

The weight of a report is the posterior chance that it describes what was so. Its effect is the chance that
its side holds its place on the evening of init with all reports, and what that would be without this one:
the difference between the two for the place alone (`last_holder` of `headlong.assimilation.transitions`) is taken
off the particles' chance, as a difference of log-odds. The country's effect is that of the place; what a report does
to other places through strain and news is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.assimilation.particle_filter import Particles
from headlong.assimilation.pilot import with_nobody
from headlong.assimilation.report_arrays import GRID, starting, unreported
from headlong.assimilation.transitions import last_holder
from headlong.case import Case
from headlong.inference.resampling import quantile_index
from headlong.inputs.environment import read_environment
from headlong.inputs.geography import Geography
from headlong.reports.credibility import CLASSES, GROUPS, prior
from headlong.reports.observation import CONTRADICTS, Observation, speaks_of_control

FEW = 1e-4
"""Chances nearer to 0 or 1 than this are taken for this in log-odds."""


class Weighed(NamedTuple):
    """R reports in the order of the particles' own; chances are NaN where a report speaks of no place or side."""

    weight: NDArray[np.float64]  # (R)
    before: NDArray[np.float64]  # (R)
    after: NDArray[np.float64]  # (R)
    country_before: NDArray[np.float64]  # (R) expected number of places
    country_after: NDArray[np.float64]  # (R)


class Reliability(NamedTuple):
    """Of C classes, and of the same by G groups; `claims` are those that can teach, copies left out."""

    mean: NDArray[np.float64]  # (C)
    low: NDArray[np.float64]  # (C) 90 % interval
    high: NDArray[np.float64]  # (C)
    before: NDArray[np.float64]  # (C) prior mean
    claims: NDArray[np.int64]  # (C)
    group_mean: NDArray[np.float64]  # (C, G)
    group_claims: NDArray[np.int64]  # (C, G)


def shares_held(particles: Particles, sides: int) -> NDArray[np.float64]:
    """Chance of each holder of each place on the evening of init (P, S + 1)."""
    last = particles.history[:, -1]
    return np.stack([particles.weight @ (last == s) for s in range(sides + 1)], axis=1)


def share_errors(particles: Particles, sides: int) -> NDArray[np.float64]:
    """Standard error of `shares_held` (P, S + 1): families of common descent taken as the independent draws."""
    last, share = particles.history[:, -1], shares_held(particles, sides)
    out = np.empty_like(share)
    for s in range(sides + 1):
        off = particles.weight[:, None] * ((last == s) - share[:, s])
        families = np.zeros_like(off)
        np.add.at(families, particles.family, off)
        out[:, s] = np.sqrt((families**2).sum(axis=0))
    return out


def sureness(particles: Particles, observations: Sequence[Observation]) -> NDArray[np.float64]:
    """Posterior chance (R) that each report describes what was so."""
    state, out = particles.state, np.zeros(len(observations))
    odds = GRID / (1.0 - GRID)
    for r, o in enumerate(observations):
        fit = state.fitted[:, r][:, None]
        if o.confirmed:
            p_true, belief = np.full((1, 1), particles.reports.p_confirmed), np.ones((len(fit), 1))
        else:
            p_true = (odds * np.exp(o.shift) / (1.0 + odds * np.exp(o.shift)))[None]
            belief = state.reliability[:, o.cell]
        right = p_true * fit / (p_true * fit + (1.0 - p_true) * (1.0 - fit) / o.base_rate_ratio)
        right = np.where(fit < CONTRADICTS, 0.0, right)
        out[r] = particles.weight @ (belief * right).sum(axis=1)
    return np.clip(out, 0.0, 1.0)


def shift_odds(p: float, without: float, with_all: float) -> float:
    """Chance `p` with the log-odds taken off by which `with_all` is above `without`.

    Where the particles are certain they have no odds to shift, and the place alone speaks.
    """
    if abs(without - with_all) < 1e-9:
        return p
    if not FEW < p < 1.0 - FEW:
        return without
    clipped = np.clip([p, without, with_all], FEW, 1.0 - FEW)
    now, less, more = np.log(clipped / (1.0 - clipped))
    return float(1.0 / (1.0 + np.exp(more - less - now)))


def effects(
    case: Case, where: Geography, observations: Sequence[Observation], particles: Particles
) -> Weighed:
    """Weight and effect of every report."""
    sides, days = len(where.sides), particles.history.shape[1] - 1
    environment, reports, hazard = (
        read_environment(case, where, days),
        particles.reports,
        with_nobody(particles.hazard),
    )
    held = starting(case, where)
    kinds = [p["kind"] for p in case.places]
    share = shares_held(particles, sides)
    whole: dict[int, NDArray[np.float64]] = {}
    before, after = np.full(len(observations), np.nan), np.full(len(observations), np.nan)
    total = share.sum(axis=0)
    country = np.array([total[s] if s >= 0 else np.nan for s in reports.side])
    moved = np.zeros(len(observations))
    for r, o in enumerate(observations):
        i, s = int(reports.place[r]), int(reports.side[r])
        if i < 0 or s < 0:
            continue
        before[r] = after[r] = share[i, s]
        if not speaks_of_control(o.row) or where.outside[i] or o.counted == 0.0:
            continue
        fixed = (hazard, particles.reliability, held[i], sides)
        if i not in whole:
            whole[i] = last_holder(i, -1, environment, reports, reports.p_unreported[:, i].copy(), *fixed)
        others = [x for x in observations if x is not o and x.row["place"] == o.row["place"]]
        p_unreported = unreported(others, where, days, [kinds[i]], i)[:, 0].copy()
        alone = last_holder(i, r, environment, reports, p_unreported, *fixed)
        before[r] = shift_odds(share[i, s], alone[s], whole[i][s])
        moved[r] = after[r] - before[r]
    return Weighed(sureness(particles, observations), before, after, country - moved, country)


def reliabilities(particles: Particles, observations: Sequence[Observation]) -> Reliability:
    """What is believed of every class of source by now, each group in it counting by its number of claims."""
    groups = len(GROUPS)
    claims = np.zeros(len(CLASSES) * groups, np.int64)
    for o in observations:
        if not o.confirmed and o.counted > 0.0 and len(set(o.fit)) > 1:
            claims[o.cell] += 1
    now = np.einsum("n,nkg->kg", particles.weight, particles.state.reliability)
    first = np.array([a / (a + b) for a, b in (prior(c, g) for c in CLASSES for g in GROUPS)])
    mean, table = now @ GRID, claims.reshape(-1, groups)
    part = np.where(table.sum(axis=1, keepdims=True) > 0, table, np.eye(groups)[0])
    part = part / part.sum(axis=1, keepdims=True)
    mixed = np.einsum("cg,cgx->cx", part, now.reshape(-1, groups, GRID.size))
    low, high = GRID[np.array([quantile_index(row, (0.05, 0.95)) for row in mixed])].T
    return Reliability(
        mixed @ GRID, low, high, (part * first.reshape(-1, groups)).sum(axis=1), table.sum(axis=1),
        mean.reshape(-1, groups), table,
    )  # fmt: skip
