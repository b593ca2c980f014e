"""Verbs taken for what they do with a report: ``called it a lie`` rejects it, ``took back its claim`` retracts it."""

from __future__ import annotations

from headlong.reading.lexicon.lexicon import listed
from headlong.reading.syntax.clause import RUMOUR
from headlong.reading.syntax.phrases import Noun, Parsed, Verb

__all__ = ["recast"]

CALLING = listed("clauses.calling")
UNTRUE = listed("clauses.untrue")
WAVING = listed("clauses.waving")
ASIDE = listed("clauses.aside")
TAKING = listed("clauses.taking")
BACK = listed("clauses.back")
REPORTED = listed("clauses.reported")
REACH = 16
"""Words within which somebody calls a report what it is to him."""
NEXT = 10
"""Words within which ``back`` stands after ``take`` and its object."""


def recast(parsed: Parsed) -> None:
    """Give verbs that reject or retract a report a verb that says so.

    Parameters
    ----------
    parsed
        A sentence; its verbs are changed.
    """
    keys = [token.key for token in parsed.tokens]
    for at, item in enumerate(parsed.items):
        if not isinstance(item, Verb) or item.negated or item.modal:
            continue
        after = keys[item.end : item.end + REACH]
        about = keys[max(0, item.start - REACH) : item.start] if item.passive else after
        calls = item.lemma in CALLING and UNTRUE & set(after)
        waves = item.lemma in WAVING and ASIDE & set(after[:2])
        if (calls or waves) and RUMOUR & set(about):
            item.lemma = "reject"
        elif not item.chain and _takes_back(item, at, parsed, after):
            item.lemma = "retract"


def _takes_back(verb: Verb, at: int, parsed: Parsed, after: list[str]) -> bool:
    """Whether it is a report that a verb takes back: not a town, and not troops."""
    back = verb.lemma in BACK and "back" in after[:NEXT]
    if verb.lemma not in TAKING and not back:
        return False
    if verb.passive:
        return any(isinstance(item, Noun) and item.head in REPORTED for item in parsed.items[:at])
    told = next((item for item in parsed.items[at + 1 :] if isinstance(item, Noun)), None)
    return told is not None and told.head in REPORTED and told.prep not in ("from", "in", "at", "after")
