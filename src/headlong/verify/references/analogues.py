"""Analogues: a side fares as sides did after the most similar evenings of other wars.

Similar are evenings with like facts (`.side_facts`), each in units of its spread over all evenings.
The nearest `NEAREST` are taken, each war's weighing less the more evenings it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.verify.references.number_regression import LEADS, SideEvenings
from headlong.verify.references.numbers_by_side import SideLaw
from headlong.verify.references.side_facts import FACTS

NEAREST = 60
"""How many similar evenings are asked."""


class PastEvenings(NamedTuple):
    """Side-evenings of other wars (R)."""

    facts: NDArray[np.float64]  # (R, facts)
    share: NDArray[np.float64]  # (R, leads) of its places that the side lost
    weight: NDArray[np.float64]  # (R)


def past_evenings(others: Sequence[SideEvenings]) -> PastEvenings:
    """All side-evenings of other wars; beyond the end of a case its losses go on at the rate up to it."""
    told = [one for one in others if one.places.size]
    if not told:
        return PastEvenings(np.zeros((0, len(FACTS))), np.zeros((0, len(LEADS))), np.zeros(0))
    facts, places, lost, known = (np.concatenate(part) for part in zip(*told, strict=True))
    share = lost / places[:, None]
    last = np.clip(np.searchsorted(LEADS, known, side="right") - 1, 0, None)
    kept = np.minimum(share[np.arange(last.size), last], 1.0 - 1e-9)
    ratio = np.array(LEADS, float) / np.array(LEADS)[last][:, None]
    later = 1.0 - (1.0 - kept[:, None]) ** ratio
    share = np.where(np.array(LEADS) <= known[:, None], share, later)
    weight = np.concatenate([np.full(one.places.size, 1.0 / one.places.size) for one in told])
    return PastEvenings(facts, share, weight)


def by_likeness(memory: PastEvenings) -> SideLaw:
    """What similar evenings say, as a law of a side's number."""
    from scipy.stats import binom

    def law(facts: NDArray[np.float64], places: int, horizon: int) -> NDArray[np.float64]:
        if not memory.weight.size:
            return np.eye(1, places + 1).repeat(horizon + 1, axis=0)
        scale = np.maximum(memory.facts.std(axis=0), 1e-6)
        far = (((memory.facts - facts) / scale) ** 2).sum(axis=1)
        near = np.argsort(far, kind="stable")[:NEAREST]
        weight = memory.weight[near] / memory.weight[near].sum()
        leads, days = np.arange(horizon + 1.0), np.array((0, *LEADS), float)
        share = np.stack([np.interp(leads, days, np.append(0.0, row)) for row in memory.share[near]])
        said = binom.pmf(np.arange(places + 1), places, share[:, :, None])
        return np.asarray(np.tensordot(weight, said, axes=1))

    return law
