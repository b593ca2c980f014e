"""What would settle who holds a place: the chance of each side after one more report of today for it.

The chance of each holder, and of each number of days that he has held, is taken from the particles and multiplied
by what the report says of each. That the report would break silence, and teach of its source, is left out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headlong.assimilation.particle_filter import Particles
from headlong.assimilation.transitions import AGES, claim_chance, fit_column
from headlong.reports.credibility import base_rate_ratio, fits, prior, value

__all__ = ["PROOFS", "after_proof"]

PROOFS = ("reporter", "admission", "confirmed")
"""A reporter's own word, the rival's admission, a confirmed report."""


def after_proof(particles: Particles, sides: int) -> NDArray[np.float64]:
    """Chance (P, S, K) that each side holds each place after each of `PROOFS` for it.

    Parameters
    ----------
    particles : Particles
        What the reports so far leave open.
    sides : int
        Number of sides.
    """
    holder, age, weight = particles.history[:, -1], particles.state.age, particles.weight
    state = np.zeros((holder.shape[1], sides + 1, AGES))
    for n in range(weight.size):
        state[np.arange(holder.shape[1]), holder[n], age[n]] += weight[n]
    share = state.sum(axis=2)
    best = share.argmax(axis=1)
    out = np.zeros((holder.shape[1], sides, len(PROOFS)))
    for s in range(sides):
        for k, proof in enumerate(PROOFS):
            held, taken = (likeness(proof, has, s, sides) for has in (True, False))
            chance = state * np.where((best == s)[:, None, None], held, taken)
            out[:, s, k] = chance[:, s].sum(axis=1) / np.maximum(1e-300, chance.sum(axis=(1, 2)))
    return out


def likeness(proof: str, has: bool, side: int, sides: int) -> NDArray[np.float64]:
    """Relative chance (S + 1, AGES) of a report that `side` has the place, or has taken it, in each state."""
    claim, polarity, interest = ("held" if has else "fell"), "asserted", "none"
    whose = np.arange(sides + 1) == side
    if proof == "admission":
        claim, interest = "fell", "own_failure"
        if has:  # the rival admits that he has not taken it
            polarity, whose = "denied", ~whose
    right, wrong = prior(
        "reporter" if proof == "reporter" else "belligerent",
        "admitted" if interest == "own_failure" else "plain",
    )
    p_true = value("verification", "confirmed") if proof == "confirmed" else right / (right + wrong)
    ratio = base_rate_ratio(claim, polarity, interest)
    chance = np.array([claim_chance(p_true, fit, ratio) for fit in fits(claim, polarity, interest)])
    column = [[fit_column(bool(same), age) for age in range(AGES)] for same in whose]
    return np.asarray(chance[column])
