"""What is kept in mind from a clause for the next ones: places, sides, leaders, and whose deed it was."""

from __future__ import annotations

from typing import Any

from headlong.reading.lexicon.lexicon import words
from headlong.reading.meaning.arguments import sides
from headlong.reading.meaning.discourse import Discourse
from headlong.reading.meaning.location import where_of
from headlong.reading.meaning.speech.speakers import classify
from headlong.reading.syntax.clause import Clause, kind_of
from headlong.reading.syntax.phrases import Noun

__all__ = ["is_metonym", "remember_clause", "remember_places", "subjects_of"]

SPOKEN_FOR = frozenset({"official", "belligerent", "agency"})


def is_metonym(noun: Noun) -> bool:
    """Whether a place stands for a government: ``Kabul said``."""
    return any(m.kind == "place" and m.end == noun.end for m in noun.mentions)


def subjects_of(clause: Clause) -> list[Noun]:
    """Return the subject of a clause, if it is its own."""
    return [clause.subject] if clause.subject is not None and clause.own_subject and clause.verb else []


def remember_places(noun: Noun, memory: Discourse) -> None:
    """Keep in mind the places that a group names; not one that stands for an office."""
    if noun.also and len(several := [m.id for m in _all_mentions(noun) if m.kind == "place"]) > 1:
        memory.listed = several
    office = noun.head in words().groups or words().sources.get(noun.head, ("", 0))[0] in SPOKEN_FOR
    for mention in _all_mentions(noun):
        if (
            office
            and mention in noun.mentions
            and mention.id == memory.names.capital
            and mention.end < noun.end
        ):
            continue
        if mention.kind == "place" and memory.names.kind_of.get(mention.id) != "refuge":
            memory.saw_place(mention.id)
        elif mention.kind == "province" and memory.names.capital_of.get(mention.id):
            memory.saw_place(memory.names.capital_of[mention.id])


def _all_mentions(noun: Noun) -> list[Any]:
    found = list(noun.mentions)
    for other in (noun.of, noun.poss, *noun.also):
        if other is not None:
            found += _all_mentions(other)
    return found


def remember_clause(clause: Clause, memory: Discourse) -> None:
    """Keep in mind the places, sides and leaders of a clause, and whose deed it was."""
    there = where_of(clause, memory)
    for noun in clause.nouns:
        if noun is clause.subject and clause.own_report and is_metonym(noun):
            continue
        if noun in clause.lead and noun not in there:
            continue
        beside = noun.prep == "by" and words().nouns.get(noun.head) in ("part", "crossing", "edge", "area")
        beside = beside or (noun.prep == "from" and kind_of(clause.verb) == "say")
        if noun.prep not in ("to", "toward", "towards", "from", "by") or beside:
            remember_places(noun, memory)
        for mention in _all_mentions(noun):
            if mention.kind == "side":
                memory.saw_side(mention.id)
            elif mention.kind == "leader":
                memory.saw_leader(mention.id)
        if noun.named and noun.named.split()[-1] not in memory.known:
            classify(noun, memory)
        if noun.head in words().groups and (found := sides(noun, memory)):
            memory.saw_side(found[0])
    _remember_subject(clause, memory)


def _remember_subject(clause: Clause, memory: Discourse) -> None:
    """Keep in mind whose deed it was; a side clause does not push aside the main one of its sentence."""
    if (
        clause.verb is not None
        and clause.own_subject
        and clause.subject is not None
        and not clause.subject.pronoun
    ):
        found = sides(clause.subject, memory)
        beside = clause.opener in (
            "as",
            "while",
            "after",
            "before",
            "when",
            "because",
            "where",
            "which",
            "who",
        )
        if found and not (beside and memory.subject_at == memory.sentence):
            memory.subject_side, memory.subject_at = found[0], memory.sentence
            memory.actor = classify(clause.subject, memory)
        if found:
            memory.saw_side(found[0])
