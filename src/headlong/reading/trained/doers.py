"""Whose deed a claim is, beside what the network says: no side that is not there, and who is named as doer."""

from __future__ import annotations

from collections.abc import Sequence

from headlong.reading.claims.claim import Claim, Reading
from headlong.reading.lexicon.holders import holders_on
from headlong.reading.meaning.arguments import sides
from headlong.reading.trained.meant import meant_in
from headlong.reading.trained.slots import side_of_mention
from headlong.reading.trained.speaking import OURS

__all__ = ["away_sides", "labelled", "named_doer", "spoken_of"]

DEEDS = frozenset({"fell", "entered", "attacked", "besieged"})
"""Claims whose doer is the subject of an active verb, or stands after ``by``."""


def away_sides(reading: Reading) -> frozenset[str]:
    """Return the sides that hold no place and that the text neither names nor means: what is done is not theirs.

    Parameters
    ----------
    reading
        The text, its sentences parsed.
    """
    names = reading.names
    there = {names.incumbent, *holders_on(names.case, reading.evening).values()}
    there |= spoken_of(reading, len(reading.parsed))
    return frozenset(side.id for side in names.case.sides if side.id not in there)


def spoken_of(reading: Reading, last: int) -> frozenset[str]:
    """Return the sides that a text names or means up to a sentence.

    Parameters
    ----------
    reading
        The text, its sentences parsed.
    last
        The number of the sentence.
    """
    names, there = reading.names, set[str]()
    for number, parsed in enumerate((reading.headline, *reading.parsed[:last])):
        there.update(meant_in(reading, number).values())
        there.update(side_of_mention(mention, names) for mention in parsed.mentions)
        there.update(names.side_words.get(token.key, "") for token in parsed.tokens)
    return frozenset(there - {""})


def named_doer(about: tuple[str, str, bool], own: Sequence[Claim], reading: Reading) -> str:
    """Return the side that words name as doer of what the rules read too: ``won by the army``; else nothing.

    Parameters
    ----------
    about
        Place and claim, and whether it is denied.
    own
        What the rules read in that sentence.
    reading
        The text.
    """
    place, claim, denied = about
    same = [one.event for one in own if one.event.claim == claim and one.event.place.id == place]
    same = [one for one in same if (one.stance.polarity == "denied") == denied]
    if claim not in DEEDS or len({one.side for one in same}) != 1 or reading.memory is None:
        return ""
    clause, side = same[0].clause, same[0].side
    if clause.verb is None or same[0].nominal:
        return ""
    by = [noun for noun in clause.preps if noun.prep == "by"]
    doer = by[0] if by else clause.subject if not clause.verb.passive else None
    if doer is None or doer.pronoun or OURS & set(doer.keys):
        return ""
    return side if sides(doer, reading.memory)[:1] == [side] else ""


def labelled(place: str, own: Sequence[Claim]) -> Claim | None:
    """Return what the rules read of a place whose state is told as a label: ``El Obeid: besieged since 20 October``.

    Parameters
    ----------
    place
        The place.
    own
        What the rules read in that sentence.
    """
    states = [one for one in own if one.event.place.id == place and one.event.claim in ("besieged", "held")]
    if len(own) != 1 or not states or len(own[0].clauses) != 2:
        return None
    heading, told = own[0].clauses
    bare = told.verb is not None and not told.own_subject and told.verb.start == told.start
    return own[0] if heading.heading and bare else None
