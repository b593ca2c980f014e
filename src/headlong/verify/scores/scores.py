"""Scores: how good a prediction was, given what happened. Lower is better in all of them.

Where the day of a change is known only as an interval, the score is the expected one over the interval.
All are proper: nobody gains by saying anything but what is believed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.verify.scores.predictive import Prediction, of_chances
from headlong.verify.scores.truth import Truth

FLOOR = 0.001
"""No chance counts as less than this in log scores and in who goes first: for all forecasters."""

BINS = np.array([0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
"""Edges of the classes of a reliability table."""

PIT_BINS = 10


def brier(p: NDArray | float, truth: NDArray | float) -> NDArray[np.float64]:
    """Brier score of chances `p`; `truth` is 0, 1, or the chance that it happened."""
    q = np.asarray(truth, float)
    return q * (1.0 - np.asarray(p)) ** 2 + (1.0 - q) * np.asarray(p) ** 2


def log_score(p: NDArray | float, truth: NDArray | float, floor: float = FLOOR) -> NDArray[np.float64]:
    """Log score (nats) of chances `p` kept within `floor` and 1 - `floor`."""
    p, q = np.clip(p, floor, 1.0 - floor), np.asarray(truth, float)
    return -(q * np.log(p) + (1.0 - q) * np.log1p(-p))


def date_crps(chance: NDArray[np.float64], fell: NDArray[np.float64]) -> NDArray[np.float64]:
    """CRPS [days] of each place's date of change, censored at the horizon (Q).

    The score of min(date, horizon + 1): the Brier score of "by day d" added up over the days d. Proper
    where all dates are censored on the same day, as here.

    Parameters
    ----------
    chance, fell : float arrays (H + 1, Q)
        As in `Prediction` and `Truth`.
    """
    return brier(chance[1:], fell[1:]).sum(axis=0)


def count_crps(count: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    """CRPS [places] of a number: the Brier score of "at most k" added up over k.

    The library that has it (scoringrules) compiles all its scores anew in every process, so it is a second
    opinion in the tests only.

    Parameters
    ----------
    count, truth : float arrays (K)
        Chance of each number 0 .. K - 1: as predicted, and as it happened.
    """
    rise, known = np.cumsum(count), np.cumsum(truth)
    return float(np.sum(known * (1.0 - rise) ** 2 + (1.0 - known) * rise**2))


def observed_count(truth: Truth) -> NDArray[np.float64]:
    """Chance of each number of changes by each day, as it happened (H + 1, Q + 1)."""
    return of_chances(truth.fell).number


def order_score(prediction: Prediction, truth: Truth) -> tuple[float, int]:
    """Brier score of who goes first, and over how many pairs.

    Pairs of places of one holder of which the one is known to have changed hands, within the horizon,
    before the other did. The chance is that of the right order, given that the one goes
    before the other: .25 without skill.
    """
    horizon = truth.fell.shape[0] - 1
    before = (truth.last[:, None] < truth.first) & (truth.last[:, None] <= horizon)
    rows, columns = np.nonzero(before & (truth.holder[:, None] == truth.holder))
    if rows.size == 0:
        return 0.0, 0
    right, wrong = prediction.order[rows, columns], prediction.order[columns, rows]
    return float(np.mean(((wrong + FLOOR) / (right + wrong + 2.0 * FLOOR)) ** 2)), int(rows.size)


def ranked(p: NDArray[np.float64], truth: NDArray[np.float64], side: NDArray[np.int64]) -> float | None:
    """Chance that of two places of one side the one that was lost had been given more than the other: .5 without skill.

    Area under the curve within sides, each pair counting the same; None where there is no pair.

    Parameters
    ----------
    p, truth : float arrays (Q)
        Chance given, and chance that it was lost.
    side : int array (Q)
        Holder.
    """
    lost, kept = truth > 0.5, truth <= 0.5
    pairs = lost[:, None] & kept[None, :] & (side[:, None] == side[None, :])
    if not pairs.any():
        return None
    gap = (p[:, None] - p[None, :])[pairs]
    return float(np.mean(gap > 1e-12) + 0.5 * np.mean(np.abs(gap) <= 1e-12))


class NumberCoverage(NamedTuple):
    """Whether a number lay where a forecast said."""

    inside_50: float  # chance that it lay within the central 50 %
    inside_90: float
    meant_50: float  # the same, had the forecast been right: more than half, because numbers are whole
    meant_90: float
    pit: NDArray[np.float64]  # (PIT_BINS) share of the number in each tenth of the forecast


def coverage(count: NDArray[np.float64], truth: NDArray[np.float64]) -> NumberCoverage:
    """Coverage and rank of a number.

    Parameters
    ----------
    count, truth : float arrays (K)
        As in `count_crps`. An interval holds its ends: the smallest numbers at which 25 and 75 (5 and 95) per
        cent are reached. The rank is spread evenly over the rise at the number (Czado et al. 2009).
    """
    rise = np.minimum(np.cumsum(count), 1.0)
    inside = []
    for low, high in ((0.25, 0.75), (0.05, 0.95)):
        a, b = (int(np.searchsorted(rise, q - 1e-12)) for q in (low, high))
        inside.append((float(truth[a : b + 1].sum()), float(count[a : b + 1].sum())))
    (half, meant_half), (most, meant_most) = inside
    below, edges = np.append(0.0, rise[:-1]), np.linspace(0.0, 1.0, PIT_BINS + 1)
    width = np.maximum(rise - below, 1e-12)
    reached = np.clip((edges[:, None] - below) / width, 0.0, 1.0)
    reached[-1] = 1.0
    return NumberCoverage(half, most, meant_half, meant_most, np.diff(reached @ truth))


def reliability_table(p: NDArray[np.float64], truth: NDArray[np.float64]) -> NDArray[np.float64]:
    """How often what was given a chance came: number, sum of chances and sum of what came, by class (3, B)."""
    p, truth = np.ravel(p), np.ravel(truth)
    place = np.clip(np.searchsorted(BINS, p, side="right") - 1, 0, BINS.size - 2)
    return np.stack([np.bincount(place, w, BINS.size - 1) for w in (np.ones(p.size), p, truth)])
