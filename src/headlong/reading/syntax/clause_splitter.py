"""Clauses: one verb each, with its subject, objects and prepositional groups, and the clause that governs it."""

from __future__ import annotations

from dataclasses import replace

from headlong.reading.lexicon.lexicon import words
from headlong.reading.syntax.clause import SAYING, Clause, kind_of
from headlong.reading.syntax.phrases import Item, Noun, Parsed, Sign, Verb
from headlong.reading.syntax.recasting import recast
from headlong.reading.syntax.subjects import find_subject, join_names, link

__all__ = ["Clause", "clauses_of", "kind_of"]


def clauses_of(parsed: Parsed, opens: bool) -> list[Clause]:
    """Return the clauses of a sentence in order, linked."""
    clauses: list[Clause] = []
    recast(parsed)
    for opener, sign, quoted, items in _segments(parsed, opens):
        for inner, part in _one_verb_each(items, opener):
            clause = Clause(len(clauses), part[0].start if part else 0, inner or opener, part, quoted=quoted)
            clause.follows_sign = sign
            clause.end = part[-1].end if part else clause.start
            clauses.append(clause)
            opener, sign = inner or "", ""
    for clause in clauses:
        _fill(clause)
    _head(clauses)
    join_names(clauses)
    for clause in clauses:
        link(clause, clauses)
    for clause in clauses:
        find_subject(clause, clauses)
    return clauses


def _segments(parsed: Parsed, opens: bool) -> list[tuple[str, str, bool, list[Item]]]:
    """Cut at signs and joining words; return opener, sign, whether quoted, and items."""
    out: list[tuple[str, str, bool, list[Item]]] = []
    current: list[Item] = []
    opener, sign, quoted = "", "", opens
    items = parsed.items
    for at, item in enumerate(items):
        if isinstance(item, Sign) and _cuts(items, at, current):
            if current:
                out.append((opener, sign, quoted, current))
                current, sign = [], ""
                opener = ""
            if item.tag in "SRC":
                opener = item.text
            else:
                sign, opener = item.text, opener if item.text in ('"', ",") and not current and opener else ""
            if item.text == '"':
                quoted = not quoted
            continue
        if not isinstance(item, Sign):
            current.append(item)
    if current:
        out.append((opener, sign, quoted, current))
    return out


def _cuts(items: list[Item], at: int, current: list[Item]) -> bool:
    """Whether a sign ends the clause; ``and`` between nouns does not."""
    sign = items[at]
    assert isinstance(sign, Sign)
    if sign.tag != "C":
        return True
    if at + 1 < len(items) and isinstance(items[at + 1], Verb):
        return True
    if not any(isinstance(item, Verb) for item in current):
        return not current
    speech = next((item for item in reversed(current) if isinstance(item, Verb)), None)
    waiting = speech is not None and kind_of(speech) in SAYING and isinstance(current[-1], Noun)
    for item in items[at + 1 :]:
        if isinstance(item, Verb):
            return not item.ing and not (
                waiting and kind_of(item) not in SAYING and current[-1] is not speech
            )
        if isinstance(item, Sign) and item.tag != "C" and item.text != ",":
            return False
        if isinstance(item, Sign) and item.text == ",":
            return False
    return sign.text in ("but", "then")


def _one_verb_each(items: list[Item], opener: str) -> list[tuple[str, list[Item]]]:
    """Cut a segment so that every piece has one verb; return what opened each piece beyond the first."""
    relative = opener in ("who", "which")
    pieces: list[tuple[str, list[Item]]] = []
    current: list[Item] = []
    inside = ""
    verb: Verb | None = None
    for item in items:
        if isinstance(item, Verb) and verb is not None:
            cut, inner = _cut_point(current, verb, item)
            if item.bare and inner == "main" and _by_follows(items, item):
                inner = "part"
            if relative and inner == "part" and cut == len(current) and not item.ing and not item.prep:
                inner = "main"
            pieces.append((inside, current[:cut]))
            current, inside = current[cut:], inner
        if isinstance(item, Verb):
            verb = item
        current.append(item)
    pieces.append((inside, current))
    return [(inner, piece) for inner, piece in pieces if piece]


def _by_follows(items: list[Item], verb: Verb) -> bool:
    """Whether a participle is told who did it: ``a quarter left empty by the army``."""
    after = items[items.index(verb) + 1 :][:2]
    by = [item for item in after if isinstance(item, Noun) and item.prep == "by"]
    return any(noun.mentions or noun.head in words().groups for noun in by)


def _cut_point(current: list[Item], verb: Verb, new: Verb) -> tuple[int, str]:
    """Return where the piece of the new verb begins, and what opens it."""
    after = current.index(verb) + 1
    plain = [
        k
        for k in range(after, len(current))
        if isinstance(current[k], Noun) and not _noun_at(current, k).prep
    ]
    if new.infinitive:
        return len(current), "inf"
    if kind_of(verb) in SAYING and plain and not verb.passive:
        first = plain[1] if verb.lemma == "tell" and len(plain) > 1 else plain[0]
        if verb.lemma == "tell" and len(plain) == 1:
            return len(current), "say"
        return (first, "say") if not new.bare or len(plain) else (len(current), "part")
    if (verb.bare or verb.ing) and not plain and not new.ing and not new.prep:
        return len(current), "main"
    if new.ing or new.prep or (new.bare and not plain):
        return len(current), "part"
    return len(current), "part" if new.bare and not plain else "main"


def _head(clauses: list[Clause]) -> None:
    """Note what stands before a colon at the beginning: a place is where it all happens, else who speaks."""
    after = next((c.number for c in clauses if c.verb is not None or c.follows_sign == ":"), 0)
    if not after or clauses[after].follows_sign != ":" or not clauses[0].objects:
        return
    first = clauses[0].objects[0]
    clauses[0].heading = True
    if any(m.kind in ("place", "province") and m.end == first.end for m in first.mentions):
        clauses[0].preps.append(replace(first, prep="in"))


def _noun_at(items: list[Item], at: int) -> Noun:
    item = items[at]
    assert isinstance(item, Noun)
    return item


def _fill(clause: Clause) -> None:
    """Sort the groups of a clause by their place around the verb."""
    verb_at = next((k for k, item in enumerate(clause.items) if isinstance(item, Verb)), None)
    if verb_at is None:
        clause.objects = [noun for noun in clause.nouns if not noun.prep]
        clause.preps = [noun for noun in clause.nouns if noun.prep]
        return
    verb = clause.items[verb_at]
    assert isinstance(verb, Verb)
    clause.verb = verb
    for k, item in enumerate(clause.items):
        if not isinstance(item, Noun):
            continue
        if k < verb_at:
            if item.prep:
                clause.lead.append(item)
            elif (
                clause.subject is None or clause.subject.head in ("both", "all") or _only_time(clause.subject)
            ):
                clause.subject = item
                clause.own_subject = True
            else:
                clause.subject.also.append(item)
        elif item.prep:
            clause.preps.append(item)
        else:
            clause.objects.append(item)


def _only_time(noun: Noun) -> bool:
    return noun.head in (
        "day",
        "week",
        "morning",
        "night",
        "time",
        "hours",
        "days",
        "dawn",
        "moment",
        "forward",
    )
