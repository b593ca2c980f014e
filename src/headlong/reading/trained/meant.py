"""Which sides are meant where none is named: ``the army``, ``the rebels``, ``we``, ``the enemy``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

import numpy as np

from headlong.case import Case
from headlong.reading.claims.claim import Reading
from headlong.reading.lexicon.gazetteer import Gazetteer
from headlong.reading.lexicon.holders import holders_on
from headlong.reading.lexicon.kinds import SPEAKING
from headlong.reading.lexicon.lexicon import listed
from headlong.reading.syntax.phrases import Parsed
from headlong.reading.trained.slots import place_of, side_of_mention
from headlong.reading.trained.speaking import OURS, side_that_speaks

__all__ = ["MeantSides", "meant_in", "nearest_held", "rebels_at"]

STATE = listed("meant.state")
ARMY = listed("meant.army")
REBEL = listed("meant.rebel")
BASE = listed("meant.base")
PEACE = listed("meant.peace")
FOE = listed("meant.foe")
FORCES = listed("meant.forces")
POSSESSIVE = frozenset({"his", "her", "their", "its"})
OWNED = listed("meant.owned")
"""Words before ``army`` and the like that make it another's."""
REACH = 3
"""Sentences back in which rebels may have been named who are now only "the rebels"."""
MISSION = frozenset({"un", "mission", "peacekeepers", "peacekeeping", "multinational", "monusco", "ecomil"})
CLEAR = 0.6
"""Share of the distance to other rebels below which rebels are the ones of a place."""

MeantSides = dict[int, str]
"""For the number of a word the side that it means."""


def meant_in(reading: Reading, number: int) -> MeantSides:
    """Return which words of a sentence mean a side without naming it.

    Parameters
    ----------
    reading
        The text, its sentences parsed.
    number
        Which sentence, from 1; the headline is 0.
    """
    if number not in reading.meant:
        parsed = reading.parsed[number - 1] if number else reading.headline
        speaks = side_that_speaks(reading, number) if number else ""
        found = {at: _meant(parsed, at, reading, number, speaks) for at in _free(parsed)}
        reading.meant[number] = {at: side for at, side in found.items() if side and found.get(at - 1) != side}
    return reading.meant[number]


def _meant(parsed: Parsed, at: int, reading: Reading, number: int, speaks: str) -> str:
    """Return the side that one word means, from where it stands and who speaks."""
    key, names = parsed.tokens[at].key, reading.names
    if key in OURS:
        return speaks
    before = {token.key for token in parsed.tokens[max(0, at - 2) : at]}
    if speaks and key in FORCES and before & POSSESSIVE and _heard(reading, number, speaks):
        return speaks
    if before & OWNED:
        return ""
    if key in FOE:
        return _foe(key, reading, number, speaks)
    if _named_beside(parsed, at, names):
        return ""
    if key in REBEL:
        return rebels_at(reading, number)
    if key in PEACE:
        return mission_of(names)
    if before & REBEL:
        return ""
    if key in ARMY:
        return names.army_side
    return names.incumbent if key in STATE else ""


def _heard(reading: Reading, number: int, side: str) -> bool:
    """Whether a sentence says that somebody of a side says it: "his men" are of that side."""
    speakers = reading.speakers[number - 1].values()
    return any(one.side == side and one.source in SPEAKING for one in speakers)


def _free(parsed: Parsed) -> Iterator[int]:
    """Yield the numbers of the words that belong to no name."""
    taken = {at for mention in parsed.mentions for at in range(mention.start, mention.end)}
    return (at for at, token in enumerate(parsed.tokens) if token.word and at not in taken)


def _named_beside(parsed: Parsed, at: int, names: Gazetteer) -> bool:
    """Whether a name just before or after a word tells whose men they are: ``the Ugandan army``, ``rebels of M23``."""
    for mention in parsed.mentions:
        if mention.kind in ("place", "province"):
            continue
        known = side_of_mention(mention, names) or mention.kind in ("demonym", "country")
        between = (
            parsed.tokens[mention.end : at] if mention.end <= at else parsed.tokens[at + 1 : mention.start]
        )
        plain = all(token.word or token.text == "'s" for token in between)
        near = len(between) < 2 or (mention.start > at and between[0].key == "of" and len(between) == 2)
        if known and plain and near:
            return True
    return False


def _foe(key: str, reading: Reading, number: int, speaks: str) -> str:
    """Return whom a party means by ``the enemy`` or ``terrorists``; others mean the rebels by some of these words."""
    names = reading.names
    if not speaks:
        return rebels_at(reading, number) if key in BASE else ""
    return names.opponent(speaks) or (rebels_at(reading, number) if speaks not in names.rebels else "")


def mission_of(names: Gazetteer) -> str:
    """Return the side that keeps the peace for others, where there is one only."""
    sides = [side for side in names.case.sides if side.role in ("outside", "third")]
    found = [
        side.id
        for side in sides
        if MISSION & set(side.name.lower().replace("(", " ").replace(")", " ").split())
    ]
    return found[0] if len(found) == 1 else ""


def rebels_at(reading: Reading, number: int) -> str:
    """Return the side that "the rebels" are in a sentence.

    Where there are several: those that the sentence names, those that hold or are nearest to its place, those that
    were named last, those with most.
    """
    names = reading.names
    if len(names.rebels) < 2:
        return next(iter(names.rebels), "")
    sentences = (reading.headline, *reading.parsed[:number])
    own = _rebels_named(sentences[-1], names)
    if own:
        return own[0]
    near = _near(sentences[-1], reading)
    if near:
        return near
    for parsed in reversed(sentences[-1 - REACH : -1]):
        if named := _rebels_named(parsed, names):
            return named[-1]
    held = holders_on(names.case, reading.evening)
    return max(names.rebels, key=lambda side: sum(holder == side for holder in held.values()))


def _rebels_named(parsed: Parsed, names: Gazetteer) -> list[str]:
    sides = [side_of_mention(mention, names) for mention in parsed.mentions]
    return [side for side in sides if side in names.rebels]


def _near(parsed: Parsed, reading: Reading) -> str:
    """Return the rebels who hold the first place that a sentence names, or are by far the nearest to it."""
    names = reading.names
    place = next(filter(None, (place_of(mention, names) for mention in parsed.mentions)), "")
    far = nearest_held(names.case, reading.evening).get(place, {})
    ranked = sorted((far[side], side) for side in names.rebels if side in far)
    if not ranked:
        return ""
    clear = len(ranked) == 1 or ranked[0][0] < CLEAR * ranked[1][0]
    return ranked[0][1] if clear else ""


@lru_cache(maxsize=64)
def nearest_held(case: Case, day: date) -> Mapping[str, Mapping[str, float]]:
    """Return for each place how far, in radians, the nearest place is that each side held on an evening."""
    held = holders_on(case, day)
    ids = [place["id"] for place in case.places]
    where = np.radians([[place["lat"], place["lon"]] for place in case.places])
    holder = np.array([held.get(id, "") for id in ids])
    found: dict[str, dict[str, float]] = {}
    for at, id in enumerate(ids):
        step = (where - where[at]) * (1.0, np.cos(where[at, 0]))
        far = np.sqrt((step**2).sum(1))
        found[id] = {str(side): float(far[holder == side].min()) for side in np.unique(holder) if side}
    return found
