"""What every forecaster says: when each place may change hands, how many do, and which goes first.

Ensembles and formulas give the same three tables, so that ours and every reference are scored alike.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Prediction(NamedTuple):
    """One forecast; Q places, H days.

    A place changes hands on the first day on which it is not held by its holder at init.
    """

    chance: NDArray[np.float64]  # (H + 1, Q) that the place has changed hands by each day
    number: NDArray[np.float64]  # (H + 1, Q + 1) that so many places have changed hands by each day
    order: NDArray[np.float64]  # (Q, Q) that the row goes before the column, on an earlier day


def of_members(
    day: NDArray[np.integer], horizon: int, weight: NDArray[np.float64] | None = None
) -> Prediction:
    """Prediction of an ensemble.

    Parameters
    ----------
    day : int array (N, Q)
        Day of each place's first change in each member; more than `horizon`: none by then.
    horizon : int
        Days H.
    weight : float array (N), optional
        Weights of the members; equal by default.
    """
    members, places = day.shape
    even = np.full(members, 1.0 / members) if weight is None else np.asarray(weight, float) / np.sum(weight)
    day = np.minimum(day, horizon + 1)
    chance, count = np.zeros((horizon + 1, places)), np.zeros((horizon + 1, places + 1))
    for lead in range(horizon + 1):
        gone = day <= lead
        chance[lead] = even @ gone
        count[lead] = np.bincount(gone.sum(axis=1), even, places + 1)
    order = np.empty((places, places))
    for i in range(places):
        order[i] = even @ (day[:, i : i + 1] < day)
    return Prediction(chance, count, order)


def of_chances(chance: NDArray[np.float64]) -> Prediction:
    """Prediction in which places are independent of each other.

    Parameters
    ----------
    chance : float array (H + 1, Q)
        That the place has changed hands by each day.
    """
    count = np.zeros((chance.shape[0], chance.shape[1] + 1))
    count[:, 0] = 1.0
    for p in chance.T[:, :, None]:
        count[:, 1:] = count[:, 1:] * (1.0 - p) + count[:, :-1] * p
        count[:, :1] *= 1.0 - p
    on_day = np.diff(chance, axis=0, prepend=0.0)
    return Prediction(chance, count, on_day.T @ (1.0 - chance))


def of_mixture(share: NDArray[np.float64], places: int) -> Prediction:
    """Prediction in which all places are alike and share the luck of one of M members.

    Parameters
    ----------
    share : float array (M, H + 1)
        Chance of each place to have changed hands by each day, member by member.
    places : int
        Number of places Q.
    """
    from scipy.stats import binom

    chance = np.repeat(share.mean(axis=0)[:, None], places, axis=1)
    count = binom.pmf(np.arange(places + 1), places, share[:, :, None]).mean(axis=0)
    return Prediction(chance, count, np.zeros((places, places)))
