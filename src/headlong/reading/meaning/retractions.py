"""What is told only to be taken back: ``retracted its report that ...``, ``an earlier version said ...``."""

from __future__ import annotations

from headlong.reading.lexicon.lexicon import listed
from headlong.reading.syntax.clause import Clause
from headlong.reading.syntax.phrases import Noun

__all__ = ["is_superseded", "is_upheld", "retracts", "taken_back"]

SUPERSEDED = listed("clauses.superseded")
EARLIER = listed("clauses.earlier")
REPORTED = listed("clauses.reported")
RETRACTING = listed("clauses.retracting")
GOVERNED = frozenset({"that", "inf", "say", "and", "or", "part"})
"""How a clause begins that is what is told, and no new statement after a colon."""
STEPS = 8
"""Clauses up which it is looked for."""


def taken_back(clause: Clause, clauses: list[Clause]) -> bool:
    """Whether a clause, or one that governs it, says that what it tells was said and is said no more.

    Parameters
    ----------
    clause
        A clause.
    clauses
        All of its sentence.
    """
    current, steps = clause, 0
    while steps < STEPS:
        if _was_retracted(current, clauses):
            return True
        parent = clauses[current.parent] if current.parent is not None else None
        if parent is None or current.opener not in GOVERNED:
            return False
        if retracts(parent) or (parent.own_report and is_superseded(parent.subject)):
            return True
        current, steps = parent, steps + 1
    return False


def retracts(clause: Clause) -> bool:
    """Whether a clause says that a report is taken back."""
    verb = clause.verb
    if verb is None or verb.negated or verb.modal or verb.chain:
        return False
    return verb.lemma in RETRACTING


def is_upheld(clause: Clause, clauses: list[Clause]) -> bool:
    """Whether a clause, or one that governs it, says that a report is not taken back."""
    current: Clause | None = clause
    for _ in range(STEPS):
        if current is None:
            break
        if current.verb is not None and current.verb.stands:
            return True
        current = clauses[current.parent] if current.parent is not None else None
    return False


def _was_retracted(clause: Clause, clauses: list[Clause]) -> bool:
    """Whether the noun that a clause hangs on was taken back: ``the report that it had fallen was withdrawn``."""
    claimed = clause.subject if clause.verb is not None and clause.verb.infinitive else None
    noun = clause.noun or (claimed.head if claimed is not None else "")
    after = next((c for c in clauses[clause.number + 1 :] if c.opener == "main"), None)
    if noun not in REPORTED or after is None or after.verb is None:
        return False
    return after.verb.passive and retracts(after)


def is_superseded(noun: Noun | None) -> bool:
    """Whether it is a text that another has replaced: ``an earlier version of this story``."""
    return noun is not None and noun.head in SUPERSEDED and bool(EARLIER & set(noun.keys))
