"""Where words leave no choice: what they rule out of what the network reads, and what the rules read in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from headlong.reading.claims.claim import Claim, Reading
from headlong.reading.lexicon.lexicon import phrases
from headlong.reading.meaning.factuality import text_between
from headlong.reading.meaning.retractions import is_upheld, retracts, taken_back
from headlong.reading.syntax.clause import Clause, kind_of
from headlong.reading.syntax.phrases import Parsed
from headlong.reading.text.dates import When
from headlong.reading.trained.doers import DEEDS, spoken_of
from headlong.reading.trained.slots import Found

__all__ = ["by_words", "denies_nothing", "ruled_out", "take_back"]

CONDITIONS = frozenset({"if", "unless", "lest"})
SUPPOSED = re.compile(
    r"\W*(?:should (?!n[o']t\b)(?=[^,]*,)|in case\b|in the event (?:of|that)\b|were (?=[^,]* to \w+[^,]*,))",
    re.IGNORECASE,
)
"""How a clause begins that only supposes: ``should Herat fall, ...``."""
LONG_PAST = re.compile(r"\d{4}|\b(?:year|decade|centur|generation)", re.IGNORECASE)
"""What a date of long ago says, where it names no day."""


def ruled_out(one: Claim, parsed: Parsed) -> bool:
    """Whether the clause that names the place of a claim is a condition, or is dated to beyond two weeks.

    Nor is a claim denied where words only leave it open.

    Parameters
    ----------
    one
        A claim of the network.
    parsed
        Its sentence.
    """
    clause, place = one.event.clause, one.event.place.id
    spots = [m.start for m in parsed.mentions if m.kind == "place" and m.id == place]
    loose = [other for other in one.clauses if other.verb is None]
    naming = [c for c in (clause, *loose) if any(c.start <= at < c.end for at in spots)]
    if one.drafter != "local":
        return False
    denied = one.event.stance.polarity == "denied"
    if (denied and denies_nothing(parsed.text)) or _left_open(clause, one.clauses):
        return True
    if not naming:
        return False
    old = naming[0] is clause and _long_past(one.dates.get(clause.number, []), parsed)
    return old or _supposed(naming[0], parsed)


def _left_open(clause: Clause, clauses: list[Clause]) -> bool:
    """Whether what a clause tells is only what somebody did not deny."""
    parent = clauses[clause.parent] if clause.parent is not None else None
    return (
        parent is not None
        and parent.verb is not None
        and parent.verb.negated
        and kind_of(parent.verb) == "deny"
    )


def _supposed(clause: Clause, parsed: Parsed) -> bool:
    begin = clause.start - (parsed.tokens[clause.start].key == "case" and clause.start > 0)
    supposed = SUPPOSED.match(text_between(parsed, begin, len(parsed.tokens)))
    return clause.opener in CONDITIONS or supposed is not None


def _long_past(dates: list[When], parsed: Parsed) -> bool:
    if any(when.kind in ("day", "relative") for when in dates):
        return False
    old = [when for when in dates if when.kind == "history" and not when.since]
    return any(when.day is not None or LONG_PAST.search(parsed.text[when.start : when.end]) for when in old)


SILENT = re.compile(
    r"\b(?:(?:do|does|did|has|have|had|would|could|can|will|is|was)(?: not|n't)|never|no longer|cannot"
    r"|(?:refus|declin|fail)(?:e|es|ed|s|ing)? to)(?: \w+ly| yet| once| even|, [\w ]{2,20},)? (?:"
    r"den(?:y|ied)|disput(?:e|ed)|contest(?:ed)?|contradict(?:ed)?|comment(?:ed)?|ruled? out|(?:retract|recant)(?:ed)?"
    r"|(?:with(?:draw|drawn|drew)|t[ao]k(?:e|en) back) (?:its|their|his|her|the) (?:claim|report|statement)s?)\b"
    r"|\bnever (?:retracted|denied|disputed|(?:withdrew|took back) \w+ (?:claim|report|statement)s?)\b",
    re.IGNORECASE,
)
"""Words that say what somebody did not deny or take back."""
BARRED = re.compile(
    r"\baccess\b[^.;]{0,60}?\bdenied\b|\bden(?:y|ie[sd]|ying)(?: (?!that\b|having\b)\w+){0,4} access\b"
    r"|\baccess denials?\b",
    re.IGNORECASE,
)
"""Words by which somebody is kept out, and no claim is denied: ``access to Herat is denied``."""
UNSAYING = (SILENT, BARRED, phrases()["unclear"], phrases()["unverified"])
"""Words that leave a claim open: they deny nothing, though a "not" is in them."""
DENIES = re.compile(
    r"n't\b|\b(?:not?|never|none|nobody|nothing|neither|nor|without|cannot|den(?:y|ie[sd]|ials?|ying)|only|still|yet|"
    r"(?:reject|dismiss|refut|rebut|repudiat|contradict|disput|contest|fals|untru|wrong|lie|lying|rumou?r|retract|withdr|"
    r"invent|fabricat|correct|err|mist|fake|refus|fail|nonsens|rubbish|propagand|baseless|unfounded|contrary)\w*)\b",
    re.IGNORECASE,
)
"""Words by which something may be denied."""


def denies_nothing(text: str) -> bool:
    """Whether all that sounds like a denial in a sentence only leaves a claim open: ``did not deny that it fell``."""
    left = text.replace("\u2019", "'")
    for pattern in UNSAYING:
        left = pattern.sub(" ", left)
    return len(left) < len(text) and DENIES.search(left) is None


CONTROL = frozenset({"fell", "held"})
"""Claims that say who has a place."""


def by_words(
    drafts: Sequence[Found], own: Sequence[Claim], reading: Reading, number: int
) -> tuple[list[Found], list[Claim]]:
    """Return the drafts that the words of a sentence leave, and what the rules read in the place of the others.

    Three kinds of words leave no choice: what is taken back ("retracted its report that"), what is over ("no longer
    holds"), and two sides named for one deed ("both claim to have taken it"). Of doers whom nobody can name
    ("unknown gunmen") no side is drafted.

    Parameters
    ----------
    drafts
        What the network finds in the sentence.
    own
        What the rules read in it.
    reading, number
        The text, and which sentence.
    """
    kept, worded = list(drafts), list[Claim]()
    for place in dict.fromkeys(one.event.place.id for one in own if one.event.place.id):
        read = [one for one in own if one.event.place.id == place]
        here = [one for one in kept if one.place == place]
        if any(_retold(one) for one in read):
            left, added = list[Found](), read
        else:
            left, added = _over(here, read, spoken_of(reading, number + 1))
            left, shared = _shared(left, read)
            added = [*added, *shared]
        kept = [one for one in kept if one.place != place or one in left]
        worded += [_agreed(one, here) for one in added]
        if any("nameless" in one.event.tokens for one in read):
            kept = [
                replace(one, side="") if one.place == place and one.claim in DEEDS else one for one in kept
            ]
    return kept, worded


def _retold(one: Claim) -> bool:
    """Whether the rules read a claim in words that take it back, or say that it is not taken back."""
    clause = one.event.clause
    if is_upheld(clause, one.clauses):
        return one.event.stance.polarity == "asserted"
    return taken_back(clause, one.clauses) or (one.event.nominal and retracts(clause))


def _over(here: list[Found], read: list[Claim], spoken: frozenset[str]) -> tuple[list[Found], list[Claim]]:
    """Leave out who is said to hold a place against words that one side does so no more, unless he was spoken of."""
    states = [one for one in read if "ended" in one.event.tokens]
    if not states:
        return here, []
    losers = {one.event.side for one in states}
    agreed = {(one.event.claim, one.event.side) for one in read if one not in states}
    left = [
        one
        for one in here
        if one.claim not in CONTROL
        or (one.claim, one.side) in agreed
        or (one.claim == "fell" and not one.denied and one.side in spoken - losers)
    ]
    told = any(one.claim in ("fell", "handed_over") or one.side in losers for one in left)
    return left, [] if told else states


def _shared(here: list[Found], read: list[Claim]) -> tuple[list[Found], list[Claim]]:
    """Take what the rules read where they find several sides in one clause for what the network gives to one.

    "Neither the one nor the other holds it" is taken also where the network finds nothing.
    """
    left = here
    added = [one for one in read if "together" in one.event.tokens and _denied(one)]
    for found in here:
        same = [one for one in read if one.event.claim == found.claim and _denied(one) == found.denied]
        same = [one for one in same if one.event.clause is same[0].event.clause]
        if len({one.event.side for one in same}) > 1:
            left = [one for one in left if (one.claim, one.denied) != (found.claim, found.denied)]
            added += [one for one in same if one not in added]
    return left, added


def _denied(one: Claim) -> bool:
    return one.event.stance.polarity == "denied"


def _agreed(one: Claim, here: Sequence[Found]) -> Claim:
    """Mark a claim of the rules by whether the network found the same."""
    event = one.event
    same = any((event.claim, event.side, _denied(one)) == (f.claim, f.side, f.denied) for f in here)
    one.drafter = "both" if same else "rules"
    return one


def take_back(one: Claim) -> Claim:
    """Return a claim of the network, denied where its clause is told only to be taken back.

    Parameters
    ----------
    one
        The claim; it is changed.
    """
    event = one.event
    if event.stance.polarity == "asserted" and (
        taken_back(event.clause, one.clauses) or retracts(event.clause)
    ):
        event.stance = replace(event.stance, polarity="denied")
    return one
