"""What each report is worth, and what it did: weights, effects and reliabilities from the particles.

The weight of a report is the posterior chance that it describes what was so. Its effect is the chance that
its side holds its place on the evening of init with all reports, and what that would be without this one:
the difference between the two for the place alone (`last_holder` of `headlong.assimilation.transitions`) is taken
off the particles' chance, as a difference of log-odds. The country's effect is that of the place; what a report does
to other places through strain and news is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.assimilation.particle_filter import Particles
from headlong.assimilation.pilot import with_nobody
from headlong.assimilation.report_arrays import (
    GRID,
    Breach,
    breaches,
    silence_on,
    starting,
    untold_after,
)
from headlong.assimilation.transitions import AGES, chain_of, last_holder
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
    reports, share = particles.reports, shares_held(particles, len(where.sides))
    before, after = np.full(len(observations), np.nan), np.full(len(observations), np.nan)
    total = share.sum(axis=0)
    country = np.array([total[s] if s >= 0 else np.nan for s in reports.side])
    known = (reports.place >= 0) & (reports.side >= 0)
    before[known] = after[known] = share[reports.place[known], reports.side[known]]
    moved = np.zeros(len(observations))
    for r, whole, alone in last_holders(case, where, observations, particles):
        s = reports.side[r]
        before[r] = shift_odds(after[r], alone[s], whole[s])
        moved[r] = after[r] - before[r]
    return Weighed(sureness(particles, observations), before, after, country - moved, country)


def last_holders(
    case: Case, where: Geography, observations: Sequence[Observation], particles: Particles
) -> Iterator[tuple[int, NDArray[np.float64], NDArray[np.float64]]]:
    """Chance of each holder of a report's place in the end (S + 1), with it and without: of all that can move it."""
    sides, days, reports = len(where.sides), particles.history.shape[1] - 1, particles.reports
    environment, hazard = read_environment(case, where, days), with_nobody(particles.hazard)
    claims: dict[int, list[Breach]] = {}
    for breach in breaches(observations, where):
        claims.setdefault(breach.place, []).append(breach)
    asked: dict[int, list[int]] = {}
    for r, (o, i) in enumerate(zip(observations, reports.place.tolist(), strict=True)):
        if i >= 0 and speaks_of_control(o.row) and not where.outside[i] and o.counted > 0.0:
            asked.setdefault(i, []).append(r)
    held, fixed = starting(case, where).tolist(), (hazard, particles.reliability)
    for i, rows in asked.items():
        untold = np.ascontiguousarray(reports.p_unreported[:, i])
        chain = chain_of(i, environment, reports, untold, *fixed, held[i], sides)
        whole = chain[1][-1].reshape(sides + 1, AGES).sum(axis=1)
        silence = silence_on(
            claims.get(i, ()), observations, untold_after(case.places[i]["kind"], days), sides
        )
        for r in rows:
            other = silence.without(r)
            span = [*np.flatnonzero((other != untold).any(axis=1)).tolist(), observations[r].day]
            yield (
                r,
                whole,
                last_holder(i, r, min(span), max(span), environment, reports, other, *fixed, chain, sides),
            )


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
