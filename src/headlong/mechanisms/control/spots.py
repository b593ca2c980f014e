"""Spots: how much of what a long table says is one thing said twice.

Towns that lie side by side fall together. A table that lists them all has no more to tell than one that lists the
largest, and its fronts are no more ragged. So a country has at most forty *spots*. The most central place is the first,
each next one the place that is farthest by road from all before; every place belongs to the spot nearest to it ::

    luck of a place           = luck of its spot
    what a day tells of strain = chance of the day ** min(1, spots / places)

A place keeps its own chance of loss; where chances are alike, places of one spot are lost on the same days. In a table
of at most forty places each is a spot of its own.

With two villages more along the roads of each place, chances of the places themselves are as before, in wars to learn
from .97 of it. Without spots they scatter by a quarter from war to war. Scores of these wars stay as they are; with 20
or 28 spots they are worse (docs/model-log.md).

Reads   nothing.     Writes   nothing.
"""

from __future__ import annotations

import numpy as np

from headlong.board.world import Bools, Floats, Ints

SPOTS = 40
"""Spots of a country: about as many as the tables of past wars list places (the median is 44)."""


def spots(km: Floats, outside: Bools, name: Ints) -> Ints:
    """Spot of each place (P), as the place at its centre; places outside are spots of their own.

    `km` (P, P) are ways by road, `name` (P) the numbers of the ids, which settle what is as far.
    """
    found = np.arange(name.size, dtype=np.int64)
    inside = np.flatnonzero(~outside)
    if inside.size <= SPOTS:
        return found
    inside = inside[np.argsort(name[inside])]
    way = km[np.ix_(inside, inside)]
    centre = int(np.argmin(way.sum(axis=0)))
    near, gap = np.full(inside.size, centre), way[centre].copy()
    for _ in range(SPOTS - 1):
        centre = int(np.argmax(gap))
        nearer = way[centre] < gap
        near[nearer], gap[nearer] = centre, way[centre][nearer]
    found[inside] = inside[near]
    return found


def evidence_share(outside: Bools) -> Floats:
    """What one place's day tells of strain, as a share of what it would tell on its own (1)."""
    return np.array([min(1.0, SPOTS / max(1, int((~outside).sum())))])
