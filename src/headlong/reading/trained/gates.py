"""What the network alone reads and words of the same clause rule out: conditions, and what is long past."""

from __future__ import annotations

import re

from headlong.reading.claims.claim import Claim
from headlong.reading.meaning.factuality import text_between
from headlong.reading.syntax.clause import Clause
from headlong.reading.syntax.phrases import Parsed
from headlong.reading.text.dates import When

__all__ = ["ruled_out"]

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
    if one.drafter != "local" or not naming:
        return False
    old = naming[0] is clause and _long_past(one.dates.get(clause.number, []), parsed)
    return old or _supposed(naming[0], parsed)


def _supposed(clause: Clause, parsed: Parsed) -> bool:
    begin = clause.start - (parsed.tokens[clause.start].key == "case" and clause.start > 0)
    supposed = SUPPOSED.match(text_between(parsed, begin, len(parsed.tokens)))
    return clause.opener in CONDITIONS or supposed is not None


def _long_past(dates: list[When], parsed: Parsed) -> bool:
    if any(when.kind in ("day", "relative") for when in dates):
        return False
    old = [when for when in dates if when.kind == "history" and not when.since]
    return any(when.day is not None or LONG_PAST.search(parsed.text[when.start : when.end]) for when in old)
