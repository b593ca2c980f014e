"""What a sentence may speak of: the sides of the case, and the places it names or that were named before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from headlong.reading.claims.claim import Reading
from headlong.reading.lexicon.gazetteer import Gazetteer, squeeze
from headlong.reading.lexicon.holders import holders_on
from headlong.reading.lexicon.place_names import KIND_WORDS
from headlong.reading.syntax.entities import Mention
from headlong.reading.syntax.phrases import Parsed
from headlong.reading.trained.wordpiece import PLACES, SIDES

__all__ = ["CLAIMS", "WHOLE", "EarlierClaim", "Found", "Slots", "place_of", "side_of_mention", "slots_of"]

CLAIMS = (
    "fell", "held", "entered", "attacked", "repulsed", "withdrew", "handed_over", "switched",
    "fled", "captured", "stayed", "crossed", "support", "besieged", "relieved", "displaced",
)  # fmt: skip
"""The claims, in the order of the network's outputs."""
REACH = 5
"""Sentences back in which a place may stand that is meant without being named."""
WHOLE = (0, 1_000_000)
"""The span of a sentence that is read as one."""


@dataclass(frozen=True)
class EarlierClaim:
    """What was read before of a place."""

    place: str
    claim: str
    side: str
    polarity: str


@dataclass
class Found:
    """A claim that the network finds in a sentence."""

    place: str
    claim: str
    denied: bool
    side: str
    chance: float
    source: str
    part: bool


@dataclass
class Slots:
    """The sides and places that a sentence may speak of.

    Parameters
    ----------
    sides, places : list of str
        Their ids, in the order of their signs.
    holder : dict
        Who held each place on the evening before publication, as far as the case knows.
    told : dict
        The last claim that the text made about a place.
    ruled : bool
        Whether what the rules read is a cue.
    named : frozenset of str
        The places that the sentence names; none where it names no place.
    last : EarlierClaim, optional
        The last claim of the text so far.
    span : tuple of int
        From which word to which the sentence is read, where it is read in parts.
    listed : bool
        Whether these are further places of a list: the first ones were read already, and what is at no place.
    """

    sides: list[str]
    places: list[str]
    holder: dict[str, str] = field(default_factory=dict)
    told: dict[str, EarlierClaim] = field(default_factory=dict)
    ruled: bool = True
    named: frozenset[str] = frozenset()
    last: EarlierClaim | None = None
    span: tuple[int, int] = WHOLE
    listed: bool = False

    def covers(self, at: int) -> bool:
        """Whether a word belongs to what is read."""
        return self.span[0] <= at < self.span[1]


def place_of(mention: Mention, names: Gazetteer) -> str:
    """Return the place that a mention names; a province names its capital."""
    if mention.kind == "province":
        return names.capital_of.get(mention.id, "")
    return mention.id if mention.kind == "place" else ""


def side_of_mention(mention: Mention, names: Gazetteer) -> str:
    """Return the side that a mention names or belongs to."""
    if mention.kind == "side":
        return mention.id
    if mention.kind == "leader":
        return names.leader_side.get(mention.id, "")
    if mention.kind in ("country", "demonym", "capital"):
        return names.country_side.get(mention.id, "")
    return ""


def slots_of(
    reading: Reading,
    number: int,
    told: list[EarlierClaim],
    span: tuple[int, int] = WHOLE,
    without: frozenset[str] = frozenset(),
) -> Slots:
    """Return what the sentence of a number, or a part of it, may speak of.

    Parameters
    ----------
    reading
        The text, its sentences parsed.
    number
        Which sentence, from 1.
    told
        What was read in the sentences before.
    span
        From which word to which it is read.
    without
        Places that were read already: of a list of many places only so many are seen at a time.
    """
    names = reading.names
    whole = reading.parsed[number - 1]
    own = cut_to(whole, *span)
    order = _named(own, names) + _beside(own, names) + _seats(own, names)
    here = frozenset(order) if _named(own, names) else frozenset()
    order += _named(cut_to(whole, 0, span[0]), names) + _named(whole, names)
    for parsed in reversed(reading.parsed[max(0, number - 1 - REACH) : number - 1]):
        order += _named(parsed, names)
    order += [one.place for one in reversed(told[-3:]) if one.place]
    order += _named(reading.headline, names) + _topic(reading, number)
    places = [place for place in dict.fromkeys(order) if place not in without][: len(PLACES)]
    held = holders_on(names.case, reading.evening)
    return Slots(
        _sides(names),
        places,
        {place: held.get(place, "") for place in places},
        {one.place: one for one in told if one.place},
        named=here - without,
        last=told[-1] if told else None,
        span=span,
    )


def cut_to(parsed: Parsed, begin: int, end: int) -> Parsed:
    """Return a sentence with only the names and words of a part of it."""
    if begin <= 0 and end >= len(parsed.tokens):
        return parsed
    inside = [mention for mention in parsed.mentions if begin <= mention.start < end]
    return replace(parsed, tokens=parsed.tokens[begin:end], mentions=inside)


def _named(parsed: Parsed, names: Gazetteer) -> list[str]:
    return list(dict.fromkeys(filter(None, (place_of(mention, names) for mention in parsed.mentions))))


def _seats(parsed: Parsed, names: Gazetteer) -> list[str]:
    """Return the capital where a sentence speaks of one, and where the leaders that it names have their seats."""
    found = [names.capital] if any(token.key == "capital" for token in parsed.tokens) else []
    found += [
        names.leader_base.get(mention.id, "") for mention in parsed.mentions if mention.kind == "leader"
    ]
    return [place for place in found if place]


def _beside(parsed: Parsed, names: Gazetteer) -> list[str]:
    """Return the airport or bridge of a named town where it is a place of its own: ``the airport of Luhansk``."""
    said = {token.key for token in parsed.tokens} & KIND_WORDS
    found = [
        [
            entry.id
            for entry in names.entries.get(squeeze([*place.split("-"), word]), ())
            if entry.kind == "place"
        ]
        for place in _named(parsed, names)
        for word in sorted(said)
    ]
    return [id for ids in found for id in ids]


def _topic(reading: Reading, number: int) -> list[str]:
    """Return the place that the text has named most so far."""
    tally: dict[str, int] = {}
    for parsed in reading.parsed[: number - 1]:
        for place in _named(parsed, reading.names):
            tally[place] = tally.get(place, 0) + 1
    return [max(tally, key=lambda place: tally[place])] if tally else []


def _sides(names: Gazetteer) -> list[str]:
    """Return the sides of the case: the government, then those that fight it, then others."""
    rank = {"incumbent": 0, "insurgent": 1, "third": 2, "outside": 3}
    ordered = sorted(names.case.sides, key=lambda side: rank.get(side.role, 4) * (side.id != names.incumbent))
    return [side.id for side in ordered][: len(SIDES)]
