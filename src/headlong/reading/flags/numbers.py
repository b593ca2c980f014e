"""Two numbers for the same people: ``600 laid down their arms``, ``the UN counted 450``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from headlong.reading.claims.claim import Claim, Reading
from headlong.reading.claims.shapes import Flag
from headlong.reading.lexicon.kinds import COUNTED
from headlong.reading.lexicon.lexicon import listed
from headlong.reading.syntax.noun_phrases import number_in
from headlong.reading.syntax.phrases import Parsed

__all__ = ["numbers_apart"]

COUNTING = re.compile(
    r"\b(?:count(?:s|ed)?|estimat\w+|figures?|tall(?:y|ies)|totals?|number(?:s|ed)?|register\w*|prefers?"
    r"|puts?|speaks? of|spoke of|(?:not|no) (?:more|less|fewer) than|at (?:most|least)|nearer|closer to"
    r"|only|more like|holds?)\b",
    re.IGNORECASE,
)
"""Words of who counts."""
UNITS = listed("numbers.units")
FEWEST = 20
"""Number of people from which a number is no hour, day or grade."""
NEAR = 2
"""Sentences apart within which two numbers are of the same people."""


def numbers_apart(reading: Reading, claims: list[Claim]) -> Iterator[Flag]:
    """Return pairs of sentences that give two numbers for the same people.

    Parameters
    ----------
    reading
        The text as it was read.
    claims
        Its claims, those that gave no row as well.
    """
    by_sentence: dict[int, list[Claim]] = {}
    for one in claims:
        if one.event.claim in COUNTED and one.event.stance.polarity == "asserted":
            by_sentence.setdefault(one.number, []).append(one)
    for number in sorted(by_sentence):
        first = _people(reading.parsed[number - 1])
        if len(first) != 1:
            continue
        for later in range(number + 1, min(number + NEAR, len(reading.parsed)) + 1):
            second = _people(reading.parsed[later - 1])
            if len(second) == 1 and second != first and _same(reading, by_sentence, number, later):
                yield "contradiction", (number, later), f"{first[0]} or {second[0]}"
                break


def _same(reading: Reading, told: dict[int, list[Claim]], number: int, later: int) -> bool:
    """Whether two sentences count the same people: by claim and place, or by a word of counting and no other place."""
    first = {(one.event.claim, one.event.place.id) for one in told[number]}
    second = {(one.event.claim, one.event.place.id) for one in told.get(later, [])}
    if first & second:
        return True
    parsed = reading.parsed[later - 1]
    named = {mention.id for mention in parsed.mentions if mention.kind == "place"}
    here = {mention.id for mention in reading.parsed[number - 1].mentions if mention.kind == "place"}
    known = named <= here | {place for _, place in first}
    return known and not second and COUNTING.search(parsed.text) is not None


def _people(parsed: Parsed) -> list[int]:
    """Return the numbers of a sentence that may be of people: no years, dates, hours or distances."""
    found = []
    for counts, group in groupby(enumerate(parsed.tags), lambda pair: pair[1] == "#"):
        at = [place for place, _ in group]
        if not counts or _dated(parsed, at[0]):
            continue
        keys = tuple(token.key for token in parsed.tokens[at[0] : at[-1] + 1])
        after = next((token.key for token in parsed.tokens[at[-1] + 1 : at[-1] + 2]), "")
        number = number_in(keys)
        year = number is not None and 1900 <= number < 2030 and keys[0].isdecimal()
        if number is not None and number >= FEWEST and not year and after not in UNITS and ":" not in keys[0]:
            found.append(number)
    return found


def _dated(parsed: Parsed, at: int) -> bool:
    start = parsed.tokens[at].start
    return any(when.start <= start < when.end for when in parsed.dates)
