"""What is said of besieged towns in a twin: early claims, denials of what is so, admissions, and long quarrels.

A town is besieged while a place of its enemy is within `RING` of it. None of this follows the law by which the
filter weighs reports, so it tests whether that law bears what wars are like:

- the besieger says that he has taken the town before he has (`EARLY` a day), and nearly always when he has;
- who lost it denies that in half of all cases, and again the next days, or admits it one to three days later;
- on quiet days both sides speak of attacks beaten off and of men inside the town; an agency tells of the siege;
- a loss that was none is admitted once in `SLIP` days of a place.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

RING = 90.0
"""Road distance within which a town is besieged [km]."""

EARLY, SAYS, DENIES, AGAIN, ADMITS, QUIET, TOLD, SLIP = 0.04, 0.8, 0.5, 0.4, 0.5, 0.06, 0.03, 1 / 2000
"""Chances: an early claim, a true one, a denial, one more, an admission, talk, word of the siege, a slip."""

NAMES = ("gov", "rebels")

Say = Callable[..., None]
"""Called with (day, place, claim, side, (class, group), days late)."""


def besieged(km: NDArray[np.float64], holder: NDArray[np.int64], i: int) -> bool:
    """Whether an enemy of the holder of place `i` is near."""
    return bool((km[i][holder != holder[i]] <= RING).any())


def quarrel(rng: np.random.Generator, km: NDArray[np.float64], holder: NDArray[np.int64], say: Say) -> None:
    """Speak of every town, day by day; `holder` is (T + 1, P)."""
    for day in range(1, len(holder)):
        for i in range(holder.shape[1]):
            has, had = int(holder[day, i]), int(holder[day - 1, i])
            if has != had:
                loss(rng, day, i, had, len(holder) - 1, say)
            elif besieged(km, holder[day - 1], i):
                siege(rng, day, i, has, say)
            elif rng.random() < SLIP:
                say(day, i, "withdrew", has, ("belligerent", "admitted"))


def loss(rng: np.random.Generator, day: int, i: int, loser: int, last: int, say: Say) -> None:
    """Speak of a true loss."""
    if rng.random() < SAYS:
        say(day, i, "fell", 1 - loser, ("belligerent", "interested"))
    if rng.random() < DENIES:
        say(day, i, "fell", 1 - loser, ("official", "denial"))
        if day < last and rng.random() < AGAIN:
            say(day + 1, i, "held", loser, ("official", "interested"))
    if rng.random() < ADMITS:
        say(min(last, day + int(rng.integers(4))), i, "withdrew", loser, ("belligerent", "admitted"))


def siege(rng: np.random.Generator, day: int, i: int, has: int, say: Say) -> None:
    """Speak of a town that holds out."""
    if rng.random() < EARLY:
        say(day, i, "fell", 1 - has, ("belligerent", "interested"))
        if rng.random() < DENIES:
            say(day, i, "fell", 1 - has, ("official", "denial"))
    if rng.random() < QUIET:
        say(day, i, "entered", 1 - has, ("belligerent", "interested"))
    if rng.random() < QUIET:
        say(day, i, "repulsed", 1 - has, ("official", "interested"))
    if rng.random() < TOLD:
        say(day, i, "besieged", 1 - has, ("agency", "plain"))
