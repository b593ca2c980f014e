"""The logits among the references, fitted to other cases.

*Direct* forms answer "lost within h days?" at once, with weights of their own for each h; places are
independent. The *daily* form is fitted a day ahead and simulated forward (`.logit_simulation`), so that
losses bring more losses; it multiplies the odds by the side's recent losses over those the logit
expected, (losses + a) / (expected + a), with the a of `SMOOTH` that scored best on the other cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.inputs.environment import new_situation, read_environment
from headlong.verify.references.covariates import COLUMNS, PlaceDays, links, recent, seat_log, weights_of
from headlong.verify.references.logit_simulation import simulate
from headlong.verify.references.scene import Scene
from headlong.verify.scores.truth import History, next_changes

DIRECT: dict[str, tuple[int, ...]] = {
    "distance": (0, 3),
    "momentum-neighbour": (0, 1, 2),
    "momentum-core": (0, 1, 2, 3, 4),
    "momentum-core-rate": (0, 1, 2, 3, 4, 5, 6),
    "shares": (0, *range(7, len(COLUMNS))),
}
"""Columns that each direct form uses."""

DAILY = "momentum-core-rate daily"
"""The daily form: the columns of momentum-core, scaled by the side's recent rate."""

HORIZONS = (1, 3, 7, 14, 30)
"""Days for which the direct forms are fitted; between them the hazard is constant."""

SMOOTH = (0.1, 0.25, 0.5, 1.0, 2.0)
RIDGE = 1e-3
"""Weak pull of the weights towards nought, so that a fit always exists."""


PlaceFates = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Columns of place-days (N, columns), and whether each place was lost in time (N)."""


class SimulatedLogit(NamedTuple):
    """A logit to be simulated forward: weights of the columns, and a of the recent rate."""

    beta: NDArray[np.float64]
    smooth: float


def fit_logit(
    columns: NDArray[np.float64], happened: NDArray[np.float64], weight: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Weights of a logit by Newton's method, each step halved until it helps; `happened` may be a share."""
    beta = np.zeros(columns.shape[1])
    weight = np.ones(happened.size) if weight is None else weight
    mean = np.clip(np.average(happened, weights=weight), 1e-6, 1.0 - 1e-6)
    beta[0] = np.log(mean / (1.0 - mean))

    def worth(b: NDArray[np.float64]) -> float:
        eta = columns @ b
        return float(weight @ (happened * eta - np.logaddexp(0.0, eta)) - 0.5 * RIDGE * b @ b)

    now = worth(beta)
    for _ in range(100):
        p = 1.0 / (1.0 + np.exp(-np.clip(columns @ beta, -30.0, 30.0)))
        uphill = columns.T @ (weight * (happened - p)) - RIDGE * beta
        curve = (columns * (weight * p * (1.0 - p))[:, None]).T @ columns + RIDGE * np.eye(beta.size)
        step = np.linalg.solve(curve, uphill)
        while (then := worth(beta + step)) < now and np.abs(step).max() > 1e-7:
            step = 0.5 * step
        beta, now = beta + step, then
        if np.abs(step).max() < 1e-6:
            break
    return beta


def outcomes(history: History, days: PlaceDays, within: int) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Which place-days (N) can be learnt from, and whether the place was lost within so many days."""
    usable = days.day + within <= history.days
    happened = np.zeros(days.day.size)
    for day in np.unique(days.day):
        now = np.flatnonzero(days.day == day)
        at = {int(i): k for i, k in zip(days.place[now], now, strict=True)}
        for place, change in next_changes(history, int(day)).items():
            if place in at and change.since <= day + within:
                happened[at[place]] = change.day <= day + within
                usable[at[place]] &= change.sharp
    return usable, happened


def fates(history: History, sides: Sequence[PlaceDays]) -> list[PlaceFates]:
    """Place-days of a war with what came of them, for each of `HORIZONS`."""
    found = []
    for within in HORIZONS:
        columns, happened = [np.zeros((0, len(COLUMNS)))], [np.zeros(0)]
        for days in sides:
            if days.lost.size:
                usable, came = outcomes(history, days, within)
                columns.append(days.columns[usable])
                happened.append(came[usable])
        found.append((np.concatenate(columns), np.concatenate(happened)))
    return found


def fit_direct(others: Sequence[list[PlaceFates]]) -> dict[str, NDArray[np.float64]]:
    """Weights (horizons, columns) of every direct form; as for the one before where no case is so long."""
    beta = {name: np.zeros((len(HORIZONS), len(COLUMNS))) for name in DIRECT}
    for k, told in enumerate(zip(*others, strict=True)):
        columns, happened = (np.concatenate(part) for part in zip(*told, strict=True))
        for name, used in DIRECT.items():
            if happened.size:
                beta[name][k, used] = fit_logit(columns[:, used], happened)
            else:
                beta[name][k] = beta[name][k - 1]
    return beta


def direct_chances(
    beta: NDArray[np.float64], columns: NDArray[np.float64], horizon: int
) -> NDArray[np.float64]:
    """Chance of each place (rows of `columns`) to be lost by each day (H + 1, Q)."""
    p = 1.0 / (1.0 + np.exp(-np.clip(beta @ columns.T, -30.0, 30.0)))
    known = np.vstack([np.zeros(len(columns)), np.maximum.accumulate(-np.log1p(-p), axis=0)])
    leads, days = np.arange(horizon + 1.0), np.array((0, *HORIZONS), float)
    risen = np.stack([np.interp(leads, days, risk) for risk in known.T], axis=1)
    beyond = np.maximum(leads - days[-1], 0.0)[:, None]
    risen += beyond * (known[-1] - known[-2]) / (days[-1] - days[-2])
    return 1.0 - np.exp(-risen)


def log_chance(days: PlaceDays, beta: NDArray[np.float64], smooth: float) -> float:
    """Log score of one side's days, one day ahead, scaled by the recent rate; higher is better."""
    losses, expected = both_recent(days, beta)
    eta = days.columns @ beta + np.log((losses + smooth) / (expected + smooth))[days.day]
    return float(np.sum(days.lost * eta - np.logaddexp(0.0, eta)))


def both_recent(days: PlaceDays, beta: NDArray[np.float64]) -> tuple[NDArray, NDArray]:
    """Recent losses, and those a logit led to expect, on each morning (T + 1)."""
    p = 1.0 / (1.0 + np.exp(-(days.columns @ beta)))
    return recent(days.day, days.days, days.lost), recent(days.day, days.days, p)


def fit_simulated(others: Sequence[PlaceDays]) -> SimulatedLogit:
    """The daily form fitted a day ahead."""
    told = [d for d in others if d.lost.size]
    used = list(DIRECT["momentum-core"])
    beta = np.zeros(len(COLUMNS))
    columns, lost = np.concatenate([d.columns for d in told]), np.concatenate([d.lost for d in told])
    beta[used] = fit_logit(columns[:, used], lost)
    best = max(SMOOTH, key=lambda a: sum(log_chance(d, beta, a) for d in told))
    return SimulatedLogit(beta, best)


def simulate_first_changes(
    scene: Scene, logit: SimulatedLogit, luck: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Day of each place's first change (N, P) in N members with `luck` (N, T, P); T + 1 where there is none."""
    case, where, days = scene.case, scene.where, scene.days
    today = days[0].days
    environment = read_environment(case, where, today, today)
    rates = [both_recent(d, logit.beta) for d in days]
    start = (*scene.mood, *(np.array([r[k][-1] for r in rates]) for k in (0, 1)))
    evening = np.asarray(scene.holder[-1], np.int64)
    day = np.empty((luck.shape[0], evening.size), np.int64)
    now = new_situation(evening, len(days))
    seats = np.stack([seat_log(where, s) for s in range(len(days))], axis=1)
    told = (links(case, where), weights_of(case), seats)
    simulate(environment, told, start, evening, (logit.beta, logit.smooth), luck, now, day)
    return day
