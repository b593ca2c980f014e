"""Communiques: a text that one party puts out, so that whatever nobody else says is said by its author."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from headlong.reading.lexicon.gazetteer import Gazetteer
from headlong.reading.lexicon.kinds import SPEAKING
from headlong.reading.lexicon.lexicon import listed
from headlong.reading.meaning.discourse import REPORTER, Discourse, Speaker
from headlong.reading.meaning.speech.speakers import classify
from headlong.reading.syntax.chunker import parse
from headlong.reading.syntax.clause_splitter import clauses_of
from headlong.reading.syntax.phrases import Noun, Parsed

__all__ = ["author_of", "first_party", "is_communique", "names_party"]

KINDS = listed("communique.kinds")
BELONGING = frozenset({",", "of", "the", "-", "\u2013", "\u2014", ":", "(", "|"})
"""What stands between a body and the side that it is of."""
AUTHORS = SPEAKING | {"agency"}


def is_communique(headline: str) -> bool:
    """Whether a headline calls the text a statement, communique or the like."""
    return len(headline) < 160 and bool(KINDS & {word.strip(".,:;").lower() for word in headline.split()})


def names_party(opening: str, names: Gazetteer, day: date) -> bool:
    """Whether what stands before the first comma of an opening names a side or a leader."""
    parsed = parse(opening.split(",")[0], names, day)
    return any(mention.kind in ("side", "leader") for mention in parsed.mentions)


def author_of(headline: str, opening: str, memory: Discourse) -> Speaker:
    """Return who puts out a text that says whose words it is, by headline or opening; else the reporter."""
    if is_communique(headline) and (named := _named_in(headline, SPEAKING, memory)):
        return named
    groups = [group for group in opening.split(",") if not {*group.lower().split()} <= KINDS]
    return _named_in(groups[0], AUTHORS, memory) or REPORTER if groups else REPORTER


def _named_in(text: str, classes: frozenset[str], memory: Discourse) -> Speaker | None:
    """Return the first speaker of some classes that words name."""
    rest = " ".join(word for word in text.split() if word.strip(".,:;").lower() not in KINDS)
    parsed = parse(rest, memory.names, memory.published)
    for clause in clauses_of(parsed, False):
        for noun in clause.nouns:
            speaker = classify(noun, memory)
            if speaker.source in classes:
                return _whose(noun, parsed, memory) or speaker
    return None


def _whose(noun: Noun, parsed: Parsed, memory: Discourse) -> Speaker | None:
    """Return the side whose body a group is, named just behind it: ``General Command, Northern Front``."""
    groups = [one for one in (noun, noun.of, noun.poss) if one is not None]
    if any(mention.kind in ("side", "leader") for one in groups for mention in one.mentions):
        return None
    end = max(noun.end, noun.of.end if noun.of is not None else 0)
    owner = next((m for m in parsed.mentions if m.kind == "side" and m.start >= end), None)
    if owner is None or not {t.text.lower() for t in parsed.tokens[end : owner.start]} <= BELONGING:
        return None
    return classify(Noun(owner.start, owner.end, parsed.tokens[owner.end - 1].key, [owner], ()), memory)


def first_party(speakers: Iterable[Speaker]) -> Speaker:
    """Return the first party to the war among the speakers of a sentence; else the reporter."""
    return next((speaker for speaker in speakers if speaker.source in SPEAKING), REPORTER)
