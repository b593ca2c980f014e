"""What need not be learned from words: who holds what, who is named, who speaks, and what the rules read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from headlong.reading.claims.claim import Reading
from headlong.reading.lexicon.holders import holders_on
from headlong.reading.meaning.frames.event import Event
from headlong.reading.trained.meant import meant_in, nearest_held, rebels_at
from headlong.reading.trained.slots import CLAIMS, Slots, side_of_mention
from headlong.reading.trained.speaking import OURS, side_that_speaks

__all__ = ["PLACE_CUES", "SIDE_CUES", "place_cues", "side_cues"]

PLACE_CUES = 4 + 2 * len(CLAIMS)
SIDE_CUES = 18
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
    own = _read(reading, number, slots)
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
    of sides so far. Then whether a word of the sentence means it, "the rebels" would be it here, it is against who
    speaks, was named last before or took part in the claim before; and its share of all places.

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
    own = _read(reading, number, slots)
    words = {token.key for token in reading.parsed[number - 1].tokens[slice(*slots.span)]}
    speaks = side_that_speaks(reading, number)
    meant = {side for at, side in meant_in(reading, number).items() if slots.covers(at)}
    against = names.opponent(speaks)
    rebels = rebels_at(reading, number) if len(names.rebels) > 1 else ""
    held = Counter(holders_on(names.case, reading.evening).values())
    just, tally, last = _named_before(reading, number)
    lately = slots.last.side if slots.last is not None else ""
    cues = []
    for place in ["", *slots.places]:
        told = slots.told.get(place)
        read = {event.side for event in own if event.place.id == place and event.claim in CLAIMS}
        near = _across(reading, place, slots)
        cues.append([[0.0, 0.0, 0.0, 0.0, 1.0, float("" in read), *[0.0] * 12]])
        for spots, side in zip(named, slots.sides, strict=True):
            mine = side == speaks
            known = (
                slots.holder.get(place, "") == side,
                side == names.incumbent,
                bool(spots),
                told is not None and told.side == side,
                False,
                side in read,
                mine,
                mine and bool(OURS & words),
                bool(speaks) and not mine and bool(THEIRS & words),
                side == near,
                side in just,
            )
            share = tally[side] / max(1, tally.total())
            more = (side in meant, side == rebels, side == against, side == last, side == lately)
            cues[-1].append([*map(float, known), share, *map(float, more), held[side] / max(1, held.total())])
    return cues


def _read(reading: Reading, number: int, slots: Slots) -> list[Event]:
    """Return what the rules read in a sentence or its part, where that is a cue."""
    own = [one.event for one in reading.claims if one.number == number] if slots.ruled else []
    return [event for event in own if slots.covers(event.clause.start)]


def _named_before(reading: Reading, number: int) -> tuple[frozenset[str], Counter[str], str]:
    """Return the sides named just before a sentence, how often each was named so far, and the last one before."""
    tally: Counter[str] = Counter()
    just: set[str] = set()
    last = ""
    for at, parsed in enumerate((reading.headline, *reading.parsed[:number])):
        sides = [side for mention in parsed.mentions if (side := side_of_mention(mention, reading.names))]
        sides += [side for token in parsed.tokens if (side := reading.names.side_words.get(token.key, ""))]
        tally.update(sides)
        if number - BACK <= at < number:
            just.update(sides)
            meant = meant_in(reading, at)
            spots = {m.start: side for m in parsed.mentions if (side := side_of_mention(m, reading.names))}
            last = next((side for _, side in sorted((meant | spots).items(), reverse=True)), last)
    return frozenset(just), tally, last


def _across(reading: Reading, place: str, slots: Slots) -> str:
    """Return who holds the nearest place that is not its holder's: who would most likely attack it."""
    far = nearest_held(reading.names.case, reading.evening).get(place, {})
    holder = slots.holder.get(place, "")
    return min((side for side in far if side != holder), key=lambda side: far[side], default="")
