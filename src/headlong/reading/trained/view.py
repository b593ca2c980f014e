"""What the network sees of a sentence: signs in the place of names, who holds what, and the words just before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from headlong.reading.claims.claim import Reading
from headlong.reading.lexicon.gazetteer import Gazetteer
from headlong.reading.syntax.phrases import Parsed
from headlong.reading.trained.cues import place_cues, side_cues
from headlong.reading.trained.meant import MeantSides, meant_in
from headlong.reading.trained.parts import part_end
from headlong.reading.trained.slots import WHOLE, Slots, place_of, side_of_mention
from headlong.reading.trained.speaking import voice_of
from headlong.reading.trained.wordpiece import CLOSE, LEADER, NOWHERE, OPEN, PLACES, SIDES, Pieces

__all__ = ["View", "view_of"]

BEFORE = 44
"""Pieces of the sentences before that are seen."""
VOICE = 26
"""Pieces of the label or headline that says who speaks."""
LONGEST = 120
"""Pieces of a sentence that are seen, where what stands before leaves so many."""
MOST = 256
"""Pieces of all: the network knows no more positions."""
ROLES = {"incumbent": "government", "insurgent": "rebels", "third": "militia", "outside": "foreign"}
KINDS = {
    "provincial_capital": "city", "capital": "capital", "town": "town", "crossing": "border",
    "airport": "airport", "port": "port", "base": "base", "refuge": "abroad",
}  # fmt: skip
SAID = {"handed_over": "surrendered", "repulsed": "repelled"}


@dataclass
class View:
    """The pieces of one sentence with what leads to it, and where each sign stands.

    Parameters
    ----------
    numbers, kinds : list of int
        Numbers of pieces; 0 for what comes before, 1 for the sentence itself.
    places, sides : list of int
        Where the signs of places and sides are explained; first the one for no place.
    named_places, named_sides : list of list of int
        Where the sentence itself names them.
    place_cues : list of list of float
        For each place, first none: `headlong.reading.trained.cues.place_cues`.
    side_cues : list of list of list of float
        For each place and side, first none: `headlong.reading.trained.cues.side_cues`.
    """

    numbers: list[int]
    kinds: list[int]
    places: list[int] = field(default_factory=list)
    sides: list[int] = field(default_factory=list)
    named_places: list[list[int]] = field(default_factory=list)
    named_sides: list[list[int]] = field(default_factory=list)
    place_cues: list[list[float]] = field(default_factory=list)
    side_cues: list[list[list[float]]] = field(default_factory=list)


def view_of(
    reading: Reading,
    number: int,
    slots: Slots,
    pieces: Pieces,
    signs: tuple[Sequence[str], Sequence[str]] = (PLACES, SIDES),
) -> View:
    """Return what the network sees of a sentence.

    Parameters
    ----------
    reading
        The text, its sentences parsed.
    number
        Which sentence, from 1.
    slots
        What it may speak of.
    pieces
        The network's vocabulary.
    signs
        The signs to use for places and sides; shuffled while training.
    """
    place_sign = dict(zip(slots.places, signs[0], strict=False))
    side_sign = dict(zip(slots.sides, signs[1], strict=False))
    names = reading.names
    view = View([], [])
    view.numbers = pieces.numbers([*_lead(reading, number, slots, place_sign, side_sign), CLOSE])
    after = view.numbers.index(pieces.number[NOWHERE])
    view.places = [after]
    view.sides = [view.numbers.index(pieces.number[side_sign[side]]) for side in slots.sides]
    view.places += [view.numbers.index(pieces.number[place_sign[place]], after) for place in slots.places]
    heard, length = voice_of(reading, number)
    voice = pieces.numbers(_words(heard, names, place_sign, side_sign, {}, (0, length)))
    view.numbers += [*voice[:VOICE], pieces.number[CLOSE]]
    before: list[int] = []
    for at, parsed in list(enumerate((reading.headline, *reading.parsed[: number - 1])))[-2:]:
        before += pieces.numbers(_words(parsed, names, place_sign, side_sign, meant_in(reading, at)))
    parsed, meant = reading.parsed[number - 1], meant_in(reading, number)
    begin, end = slots.span
    if said := _words(parsed, names, place_sign, side_sign, meant, (0, part_end(parsed, begin))):
        before += pieces.numbers([*said, "."])
    view.numbers += [*before[-BEFORE:], pieces.number[CLOSE]]
    view.kinds = [0] * len(view.numbers)
    own = pieces.numbers(_words(parsed, names, place_sign, side_sign, meant, (begin, end)))
    begin = len(view.numbers)
    own = own[: min(LONGEST, MOST - 1 - begin)]
    view.numbers += [*own, pieces.number[CLOSE]]
    view.kinds += [1] * (len(own) + 1)
    view.named_places = [
        [],
        *(_found(own, pieces.number[place_sign[place]], begin) for place in slots.places),
    ]
    view.named_sides = [_found(own, pieces.number[side_sign[side]], begin) for side in slots.sides]
    view.place_cues = place_cues(view.named_places, reading, number, slots)
    view.side_cues = side_cues(view.named_sides, reading, number, slots)
    return view


def _lead(
    reading: Reading, number: int, slots: Slots, place_sign: dict[str, str], side_sign: dict[str, str]
) -> list[str]:
    """Return the words that explain the signs: sides and who speaks, then places, who holds them and what was told."""
    names = reading.names
    lead: list[str] = [OPEN]
    for side in slots.sides:
        lead += [side_sign[side], _role(side, names)]
    speaking = dict.fromkeys(speaker.side for speaker in reading.speakers[number - 1].values())
    lead += [word for side in speaking if side in side_sign for word in ("says", side_sign[side])]
    lead.append(NOWHERE)
    for place in slots.places:
        lead += [place_sign[place], KINDS.get(names.kind_of.get(place, ""), "town")]
        lead += [side_sign[held]] if (held := slots.holder.get(place, "")) in side_sign else []
        if (told := slots.told.get(place)) is not None:
            lead += ["not"] if told.polarity == "denied" else []
            lead += [SAID.get(told.claim, told.claim)]
            lead += [side_sign[told.side]] if told.side in side_sign else []
    return lead


def _role(side: str, names: Gazetteer) -> str:
    """Return what texts call a side: the government is the one that they call so."""
    if side == names.incumbent:
        return ROLES["incumbent"]
    role = names.case.side(side).role
    return ROLES["insurgent" if role == "incumbent" else role]


def _found(numbers: list[int], wanted: int, begin: int) -> list[int]:
    return [begin + at for at, number in enumerate(numbers) if number == wanted]


def _words(
    parsed: Parsed,
    names: Gazetteer,
    place_sign: dict[str, str],
    side_sign: dict[str, str],
    meant: MeantSides,
    span: tuple[int, int] = WHOLE,
) -> list[str]:
    """Return the words of a sentence or part, with signs in the place of the names of places, sides and leaders.

    Before a word that means a side stands its sign.
    """
    out: list[str] = []
    opened = {mention.start: mention for mention in parsed.mentions}
    at, end = span
    while at < min(end, len(parsed.tokens)):
        token, mention = parsed.tokens[at], opened.get(at)
        if mention is None:
            worded = side_sign.get(meant.get(at) or names.side_words.get(token.key, ""), "")
            out += [worded] if worded else []
            out.append(parsed.reworded.get(at, token.text))
            at += 1
            continue
        at = mention.end
        place, side = place_of(mention, names), side_of_mention(mention, names)
        if place in place_sign:
            out += [place_sign[place], *(["province"] if mention.kind == "province" else [])]
        elif side in side_sign:
            out += [side_sign[side], *([LEADER] if mention.kind == "leader" else [])]
        elif mention.kind in ("place", "province"):
            out.append("elsewhere")
        elif mention.kind == "leader":
            out.append(LEADER)
        else:
            out.append(mention.text)
    return out
