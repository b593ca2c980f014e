"""A side that fights itself, word by word: ``our fighters flung our fighters back``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from headlong.reading.claims.claim import Reading
from headlong.reading.claims.shapes import Flag
from headlong.reading.syntax.phrases import Parsed
from headlong.reading.trained.meant import meant_in

__all__ = ["own_ranks"]

ACROSS = frozenset({"from", "before", "against", "by", "to"})
LITTLE = frozenset({"the", "a", "an", "its", "their", "his", "own", "some", "of", "out", "off", "back"})
FIGHTS = re.compile(
    r"\b(?:captur|seiz|took|take|drove|driv|flung|fling|thr[eo]w|chas|beat|repuls|repel|shell|attack|lost|lose|losing|fle[de]|defend"
    r"|surround|storm|overr|recaptur|retook|surrender|crumbl|laid|lay|ran\b|shot|expel|push|rout|oust|hurl|evict|fell|fall)\w*",
    re.IGNORECASE,
)
"""Verbs that need two sides."""


def own_ranks(reading: Reading) -> Iterator[Flag]:
    """Return the sentences in which one side stands on both ends of a fight."""
    for number, parsed in enumerate(reading.parsed, 1):
        spots = sorted(_sides(reading, number, parsed).items())
        for (one, side), (other, again) in pairwise(spots):
            if side == again and _fight(parsed, one, other):
                yield "side_swap", (number,), f"{side} fights itself"
                break


def _sides(reading: Reading, number: int, parsed: Parsed) -> dict[int, str]:
    """Return where a sentence names or means a side, and which."""
    names = reading.names
    found = {
        at: names.side_words[token.key]
        for at, token in enumerate(parsed.tokens)
        if token.key in names.side_words
    }
    found |= meant_in(reading, number)
    for mention in parsed.mentions:
        for at in range(mention.start, mention.end):
            found.pop(at, None)
        if mention.kind == "side":
            found[mention.start] = mention.id
    return found


def _fight(parsed: Parsed, one: int, other: int) -> bool:
    """Whether the words between two places of a sentence say that the second suffers what the first does."""
    tokens = parsed.tokens
    back = other - 1
    while back > one and tokens[back].key in LITTLE:
        back -= 1
    between = parsed.text[tokens[one].end : tokens[back].end]
    if back <= one or re.search(r"[\"“”:;]|\b(?:sa(?:id|ys)|that|and|but|who|which|while)\b", between):
        return False
    after = tokens[other + 1 : other + 2]
    if after and after[0].text in ("'s", "'"):
        return False
    crosses = tokens[back].key in ACROSS and FIGHTS.search(between) is not None
    return crosses or FIGHTS.fullmatch(tokens[back].text) is not None
