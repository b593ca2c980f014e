"""One place as a chain of states: its ages, changes that no pressing side makes, and the chance of a claim in a state.

A state is who holds the place, and since 0, 1, 2 or more days. Shared by the look-ahead proposal, the particles and the
forward pass of one place, so that they differ in nothing else.
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from headlong.board.kernel import kernel

AGES = 4
"""States of age: 0, 1, 2 and more days since the place changed hands."""

BACKGROUND = 0.0001
"""Chance per day of each change that no pressing side makes: a pact, a garrison that goes (judgement)."""

BACKGROUND_NOBODY = 0.002
"""The same for a place that nobody holds."""

OTHER_TAKER = 0.05
"""Chance that a pressing side other than the nearest takes the place (judgement)."""


@kernel
def fit_column(same, age):
    """Which fit of a claim applies: its side holds the place or another does, for how long."""
    late = 0 if age == 0 else (1 if age < 3 else 2)
    return late if same else 3 + late


@kernel
def claim_chance(p_true, fit, base_rate_ratio):
    """Relative chance of a claim by a source of reliability `p_true`, that fits the state so well.

    A false claim of a change may be made of any place on any day: `base_rate_ratio` times as many as see one.
    """
    return p_true * fit + (1.0 - p_true) * (1.0 - fit) / base_rate_ratio


@kernel
def background_rate(presses, known, holder, other, sides):
    """Chance per day that a place passes from `holder` to `other`, who does not press him; by index."""
    if not known[other]:
        return 0.0
    if holder == sides:
        return BACKGROUND_NOBODY if other < sides else 0.0
    if other < sides and presses[other, holder]:
        return 0.0
    return BACKGROUND
