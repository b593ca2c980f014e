"""Verbs taken for what they do with a report: ``called it a lie`` rejects it, ``took back its claim`` retracts it.

``Did not take back its claim`` insists on it, as ``held that`` does.
"""

from __future__ import annotations

from headlong.reading.lexicon.lexicon import listed
from headlong.reading.syntax.clause import RUMOUR, kind_of
from headlong.reading.syntax.phrases import Noun, Parsed, Sign, Verb

__all__ = ["recast"]

CALLING = listed("clauses.calling")
UNTRUE = listed("clauses.untrue")
WAVING = listed("clauses.waving")
ASIDE = listed("clauses.aside")
TAKING = listed("clauses.taking")
BACK = listed("clauses.back")
REPORTED = listed("clauses.reported")
RETRACTING = listed("clauses.retracting")
REFUSING = frozenset({"refuse", "decline", "fail"})
REACH = 16
"""Words within which somebody calls a report what it is to him."""
NEXT = 10
"""Words within which ``back`` stands after ``take`` and its object."""


def recast(parsed: Parsed) -> None:
    """Give verbs that reject, retract or repeat a report a verb that says so.

    Parameters
    ----------
    parsed
        A sentence; its verbs are changed.
    """
    keys = [token.key for token in parsed.tokens]
    for at, item in enumerate(parsed.items):
        if not isinstance(item, Verb):
            continue
        if _holds_that(item, at, parsed):
            item.lemma = "maintain"
            parsed.reworded[item.end - 1] = "insisted"
            continue
        if item.negated or REFUSING & set(item.chain):
            _stand_by(item, at, parsed, keys)
            continue
        if item.modal:
            continue
        after = keys[item.end : item.end + REACH]
        about = keys[max(0, item.start - REACH) : item.start] if item.passive else after
        calls = item.lemma in CALLING and UNTRUE & set(after)
        waves = item.lemma in WAVING and ASIDE & set(after[:2])
        if (calls or waves) and RUMOUR & set(about):
            item.lemma = "reject"
        elif not item.chain and _takes_back(item, at, parsed, after):
            item.lemma = "retract"


def _holds_that(verb: Verb, at: int, parsed: Parsed) -> bool:
    """Whether somebody holds a view and no place: ``the army held that the town was calm``."""
    after = parsed.items[at + 1 :]
    if verb.lemma != "hold" or verb.passive or not after or parsed.tokens[verb.end].key != "that":
        return False
    return isinstance(after[0], Sign) and any(isinstance(item, Verb) for item in after)


def _stand_by(verb: Verb, at: int, parsed: Parsed, keys: list[str]) -> None:
    """Make of a report that is not taken back one that its source insists on, of a denial refused one not made."""
    retracts = verb.lemma in RETRACTING and _is_report(verb, at, parsed)
    if retracts or _takes_back(verb, at, parsed, keys[verb.end : verb.end + REACH]):
        verb.lemma, verb.negated, verb.modal, verb.stands = "insist", False, "", True
        parsed.reworded |= dict.fromkeys(range(verb.start, verb.end - 1), "") | {verb.end - 1: "repeated"}
    elif kind_of(verb) == "deny":
        verb.negated = True
    else:
        return
    verb.chain, verb.infinitive = [], False


def _takes_back(verb: Verb, at: int, parsed: Parsed, after: list[str]) -> bool:
    """Whether it is a report that a verb takes back: not a town, and not troops."""
    back = verb.lemma in BACK and "back" in after[:NEXT]
    if verb.lemma not in TAKING and not back:
        return False
    return _is_report(verb, at, parsed)


def _is_report(verb: Verb, at: int, parsed: Parsed) -> bool:
    """Whether what is done is done to a report."""
    if verb.passive:
        return any(isinstance(item, Noun) and item.head in REPORTED for item in parsed.items[:at])
    told = next((item for item in parsed.items[at + 1 :] if isinstance(item, Noun)), None)
    return told is not None and told.head in REPORTED and told.prep not in ("from", "in", "at", "after")
