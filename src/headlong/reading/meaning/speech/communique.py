"""Communiques: a text that one party puts out, so that whatever nobody else says is said by its author."""

from __future__ import annotations

from collections.abc import Iterable

from headlong.reading.lexicon.lexicon import listed
from headlong.reading.meaning.discourse import REPORTER, Discourse, Speaker
from headlong.reading.meaning.speech.speakers import classify
from headlong.reading.syntax.chunker import parse
from headlong.reading.syntax.clause_splitter import clauses_of

__all__ = ["author_of", "first_party", "is_communique"]

KINDS = listed("communique.kinds")
PARTIES = frozenset({"official", "belligerent", "leader"})


def is_communique(headline: str) -> bool:
    """Whether a headline calls the text a statement, communique or the like."""
    return len(headline) < 160 and bool(KINDS & {word.strip(".,:;").lower() for word in headline.split()})


def author_of(headline: str, memory: Discourse) -> Speaker:
    """Return who puts out a text that calls itself a statement, by its headline; else the reporter."""
    if not is_communique(headline):
        return REPORTER
    rest = " ".join(word for word in headline.split() if word.strip(".,:;").lower() not in KINDS)
    parsed = parse(rest, memory.names, memory.published)
    for clause in clauses_of(parsed, False):
        for noun in clause.nouns:
            speaker = classify(noun, memory)
            if speaker.source in PARTIES:
                return speaker
    return REPORTER


def first_party(speakers: Iterable[Speaker]) -> Speaker:
    """Return the first party to the war among the speakers of a sentence; else the reporter."""
    return next((speaker for speaker in speakers if speaker.source in PARTIES), REPORTER)
