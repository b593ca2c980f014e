"""What need not be learned from words: who holds what, who is named, who speaks, and what the rules read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

import numpy as np

from headlong.case import Case
from headlong.reading.claims.claim import Reading
from headlong.reading.lexicon.holders import holders_on
from headlong.reading.syntax.labels import label_end
from headlong.reading.syntax.phrases import Parsed
from headlong.reading.trained.slots import CLAIMS, Slots, side_of_mention
from headlong.reading.trained.voice import voice_of

__all__ = ["PLACE_CUES", "SIDE_CUES", "place_cues", "side_cues", "side_that_speaks"]

PLACE_CUES = 4 + 2 * len(CLAIMS)
SIDE_CUES = 12
OURS = frozenset({"we", "us", "our", "ours", "ourselves"})
THEIRS = frozenset({"enemy", "enemies", "foe", "you", "your", "yours"})
BACK = 2
"""Sentences back in which a side counts as just named."""


def place_cues(named: Sequence[list[int]], reading: Reading, number: int, slots: Slots) -> list[list[float]]:
    """Return for each place, first none, what is known without the network.

    Whether it is named, is named first, was told of; whether the rules have a say; which claims, asserted and denied,
    they read.

    Parameters
    ----------
    named
        For each place, first none, where the sentence names it.
    reading, number
        The text, and which of its sentences, from 1.
    slots
        What the sentence may speak of.
    """
    own = [one.event for one in reading.claims if one.number == number] if slots.ruled else []
    first = next((at for at, spots in enumerate(named) if spots), -1)
    cues = []
    for at, place in enumerate(["", *slots.places]):
        cells = [0.0] * (2 * len(CLAIMS))
        for event in own:
            if event.place.id == place and event.claim in CLAIMS:
                cells[CLAIMS.index(event.claim) + len(CLAIMS) * (event.stance.polarity == "denied")] = 1.0
        marks = (bool(named[at]), at == first, slots.told.get(place) is not None, slots.ruled)
        cues.append([*map(float, marks), *cells])
    return cues


def side_cues(
    named: Sequence[list[int]], reading: Reading, number: int, slots: Slots
) -> list[list[list[float]]]:
    """Return for each place and side, first none, what is known without the network.

    Whether it holds the place, is the government, is named, took part in what was told of the place, is none, is the
    side that the rules read there; whether it speaks, means itself by "we", is another than who says "the enemy" or
    "you"; whether it holds the nearest place of another holder; whether it was just named, and its share of all names
    of sides so far.

    Parameters
    ----------
    named
        For each side where the sentence names it.
    reading, number
        The text, and which of its sentences, from 1.
    slots
        What the sentence may speak of.
    """
    names = reading.names
    own = [one.event for one in reading.claims if one.number == number] if slots.ruled else []
    words = {token.key for token in reading.parsed[number - 1].tokens}
    speaks = side_that_speaks(reading, number)
    across = _across(names.case, reading.evening)
    just, tally = _named_before(reading, number)
    cues = []
    for place in ["", *slots.places]:
        told = slots.told.get(place)
        read = {event.side for event in own if event.place.id == place and event.claim in CLAIMS}
        cues.append([[0.0, 0.0, 0.0, 0.0, 1.0, float("" in read), *[0.0] * 6]])
        for spots, side in zip(named, slots.sides, strict=True):
            held = slots.holder.get(place, "") == side
            incumbent = side == names.incumbent
            had = told is not None and told.side == side
            mine = side == speaks
            ours, theirs = mine and bool(OURS & words), bool(speaks) and not mine and bool(THEIRS & words)
            near = across.get(place, "") == side
            known = (
                held,
                incumbent,
                bool(spots),
                had,
                False,
                side in read,
                mine,
                ours,
                theirs,
                near,
                side in just,
            )
            share = tally[side] / max(1, tally.total())
            cues[-1].append([*map(float, known), share])
    return cues


def side_that_speaks(reading: Reading, number: int) -> str:
    """Return the side whose words a sentence is, as "we" would mean it; empty if none is or nobody can tell.

    Who speaks in the sentence, else whose label stands before it, else who spoke last before, else whom the headline
    names first.

    Parameters
    ----------
    reading
        The text, its sentences parsed.
    number
        Which sentence, from 1.
    """
    heard = [one for one in reading.speakers[number - 1].values() if one.source != "reporter"]
    if heard:
        return next((one.side for one in heard if one.side), "")
    voice, length = voice_of(reading, number)
    if voice is not reading.headline:
        return _first_side(voice, reading, length)
    for at in range(number - 2, -1, -1):
        sides = [one.side for one in reading.speakers[at].values() if one.side]
        if sides:
            return sides[0]
        if label_end(reading.parsed[at]):
            break
    return _first_side(reading.headline, reading, len(reading.headline.tokens))


def _first_side(parsed: Parsed, reading: Reading, end: int) -> str:
    sides = (side_of_mention(mention, reading.names) for mention in parsed.mentions if mention.start < end)
    return next(filter(None, sides), "")


def _named_before(reading: Reading, number: int) -> tuple[frozenset[str], Counter[str]]:
    """Return the sides named just before a sentence, and how often each was named up to its end."""
    tally: Counter[str] = Counter()
    just: set[str] = set()
    for at, parsed in enumerate((reading.headline, *reading.parsed[:number])):
        sides = [side for mention in parsed.mentions if (side := side_of_mention(mention, reading.names))]
        sides += [side for token in parsed.tokens if (side := reading.names.side_words.get(token.key, ""))]
        tally.update(sides)
        if number - BACK <= at < number:
            just.update(sides)
    return frozenset(just), tally


@lru_cache(maxsize=256)
def _across(case: Case, day: date) -> Mapping[str, str]:
    """Return for each place who holds the nearest place that is not its holder's: who would most likely attack it."""
    held = holders_on(case, day)
    ids = [place["id"] for place in case.places]
    where = np.radians([[place["lat"], place["lon"]] for place in case.places])
    holder = np.array([held.get(id, "") for id in ids])
    found = {}
    for at, id in enumerate(ids):
        others = np.flatnonzero((holder != holder[at]) & (holder != ""))
        if others.size:
            step = (where[others] - where[at]) * (1.0, np.cos(where[at, 0]))
            found[id] = str(holder[others[(step**2).sum(1).argmin()]])
    return found
