"""What governs a clause, and whose deed it is when the clause does not say."""

from __future__ import annotations

from itertools import pairwise

from headlong.reading.lexicon.lexicon import listed, words
from headlong.reading.syntax.clause import BESIDE, RUMOUR, SAYING, Clause, kind_of
from headlong.reading.syntax.phrases import Noun, Verb

__all__ = ["antecedent", "find_subject", "join_names", "link"]


def join_names(clauses: list[Clause]) -> None:
    """Add a leader's name to the office before it: ``the governor, Rado Milic, was captured``."""
    for clause, after in pairwise(clauses):
        nouns = clause.nouns
        if nouns and _listed(nouns[-1], after):
            nouns[-1].also.extend([after.objects[0], *after.objects[0].also])
            continue
        if (
            after.verb is not None
            or not nouns
            or len(after.objects) != 1
            or after.follows_sign != ","
            or after.opener
        ):
            continue
        name, office = after.objects[0], nouns[-1]
        only = (
            len(name.mentions) == 1
            and name.mentions[0].kind == "leader"
            and name.mentions[0].start == name.start
        )
        if (
            only
            and not office.mentions
            and words().nouns.get(office.head) == "person"
            and clause.verb is not None
        ):
            office.also.append(name)


def _listed(noun: Noun, after: Clause) -> bool:
    """Whether the next piece names what was only counted: ``three towns: Kunduz, Taloqan and Sar-e-Pul``."""
    if after.verb is not None or not after.objects or after.follows_sign not in (":", "\u2014", ","):
        return False
    places = any(m.kind == "place" for m in after.objects[0].mentions)
    plural = words().nouns.get(noun.head) == "settlement" and noun.head.endswith("s")
    return places and plural and not noun.mentions and not noun.also


FREE = frozenset({"since", "until", "though", "although", "unless"})


def link(clause: Clause, clauses: list[Clause]) -> None:
    """Find the clause that governs this one."""
    before = clauses[: clause.number]
    last = before[-1] if before else None
    if last is None:
        return
    if clause.opener in ("that", "whether", "if", "how"):
        with_verb = next((c for c in reversed(before) if c.verb is not None), None)
        clause.noun = _governing_noun(last)
        clause.parent = with_verb.number if with_verb is not None else None
    elif clause.opener in ("say", "part", "inf") or (
        clause.follows_sign in (":", '"') and kind_of(last.verb) in SAYING and last.subject
    ):
        clause.parent = last.number
    elif _trailing(clause) and clause.follows_sign == "," and not clause.opener:
        clause.parent = last.parent if last.parent is not None and last.verb is not None else None
    elif clause.opener in (*JOINING, "nor", "yet") and _continues(clause, last, clauses):
        clause.parent, clause.noun = last.parent, last.noun
    elif clause.opener in BESIDE - FREE:
        clause.parent = last.parent if clause.follows_sign != "," else None


def _trailing(clause: Clause) -> bool:
    """Whether a clause is a participle without a subject: ``..., having captured Kemise``."""
    verb = clause.verb
    return (
        verb is not None and not clause.own_subject and clause.subject is None and (verb.ing or verb.perfect)
    )


def _governing_noun(last: Clause) -> str:
    """Return the noun that a clause hangs on, as in ``reports that`` or ``the claim that``."""
    nouns = last.nouns
    tail = nouns[-1] if nouns and (last.verb is None or nouns[-1].start > last.verb.start) else None
    if tail is not None and (tail.head in RUMOUR or (tail.of is None and tail.head.endswith("tion"))):
        return tail.head
    if last.verb is None and last.objects and last.objects[-1].head in RUMOUR:
        return last.objects[-1].head
    return ""


def _continues(clause: Clause, last: Clause, clauses: list[Clause]) -> bool:
    """Whether what follows ``and`` is still said by the same speaker: yes, unless it brings its own."""
    if last.parent is None or (kind_of(clauses[last.parent].verb) not in SAYING and not last.noun):
        return False
    return not (kind_of(clause.verb) in SAYING and clause.verb is not None and not clause.verb.infinitive)


def find_subject(clause: Clause, clauses: list[Clause]) -> None:
    """Give a verb without a subject of its own the one it shares or refers to."""
    verb = clause.verb
    if verb is None or clause.subject is not None:
        return
    before = clauses[: clause.number]
    last = before[-1] if before else None
    if last is not None and last.verb is not None and last.verb.passive and _both_suffered(clause, verb):
        verb.passive, verb.bare = True, False
    if _inverted(clause, verb, before):
        clause.subject, clause.own_subject = clause.objects.pop(0), True
    elif last is None:
        clause.subject = _following_subject(clause, clauses)
    elif clause.opener in ("who", "which", "whom", "that"):
        clause.subject = antecedent(clause, last)
    elif clause.opener in ("part", "inf"):
        clause.subject = _part_subject(verb, last)
    elif clause.opener == "main":
        clause.subject = _head_of_segment(clause, clauses)
    elif (
        clause.opener in JOINING
        and last.subject
        and clause.parent is not None
        and (clause.parent == last.parent and kind_of(verb) not in SAYING)
    ):
        clause.subject = last.subject
    else:
        clause.subject = _told_of(clause, clauses) or _loose(clause, before) or _shared(clause, verb, clauses)


def _both_suffered(clause: Clause, verb: Verb) -> bool:
    """Whether a second participle shares the auxiliary: ``was shelled and overrun``."""
    return clause.opener in JOINING and verb.bare and not clause.objects and verb.lemma not in ALONE


ALONE = listed("subjects.alone")
JOINING = frozenset({"and", "but", "or", "then"})


def _head_of_segment(clause: Clause, clauses: list[Clause]) -> Noun | None:
    """Return the subject before a participle that only describes it: ``fighters captured in Kunduz said``."""
    at = clause.number - 1
    while at > 0 and clauses[at].opener in ("part", "inf"):
        at -= 1
    return clauses[at].subject or _loose(clause, clauses[: clause.number])


def _told_of(clause: Clause, clauses: list[Clause]) -> Noun | None:
    """Return the subject in ``he said the men, among them officers, had left``; the clause is then said by him."""
    if clause.follows_sign != "," or clause.opener or (clause.verb is not None and clause.verb.ing):
        return None
    for other in reversed(clauses[: clause.number]):
        speech = kind_of(other.verb) in ("say", "confirm", "deny") and other.opener not in ("who", "which")
        if other.verb is not None and speech and not other.verb.ing:
            hearer = other.verb.lemma in ("tell", "inform")
            last = other.items[-1] if not hearer else None
            if (
                isinstance(last, Noun)
                and not last.prep
                and last.start > other.verb.start
                and other.objects
                and last is other.objects[-1]
            ):
                clause.parent = other.number
                return last
            return None
        if other.verb is not None and _main(other) and not other.verb.bare:
            return None
    return None


def _inverted(clause: Clause, verb: Verb, before: list[Clause]) -> bool:
    """Whether the speaker follows the verb: ``..., said the governor``."""
    if kind_of(verb) not in ("say", "confirm", "deny") or verb.ing or not clause.objects:
        return False
    if clause.opener in ("and", "but", "part", "inf") or clause.items[0] is not verb:
        return False
    if before and not clause.follows_sign and before[-1].verb is None:
        return False
    return clause.follows_sign == '"' or _loose(clause, before) is None


def antecedent(clause: Clause, last: Clause) -> Noun | None:
    """Return what a relative clause speaks of: the group before it; ``which``: the last thing in it."""
    nouns = last.nouns
    found = nouns[-1] if nouns else last.subject
    while clause.opener == "which" and found is not None and found.of is not None:
        found = found.of
    return found


def _shared(clause: Clause, verb: Verb, clauses: list[Clause]) -> Noun | None:
    """Return the subject of the main clause before; for a participle also of the one that follows."""
    before = clauses[: clause.number]
    if verb.ing or (verb.prep and verb.form.endswith("ing")):
        return _main_subject(before) or _following_subject(clause, clauses)
    speaks = kind_of(verb) in ("say", "confirm", "deny") and clause.opener in ("and", "but")
    shared = next((c for c in reversed(before) if c.subject and speaks and kind_of(c.verb) in SAYING), None)
    shared = shared or next((c for c in reversed(before) if c.subject is not None and _main(c)), None)
    return shared.subject if shared is not None else None


def _part_subject(verb: Verb, last: Clause) -> Noun | None:
    nouns = last.nouns
    plain = list(last.objects)
    if (
        verb.prep in ("after", "before", "by", "while", "without", "since", "upon")
        and last.subject is not None
    ):
        return last.subject
    if verb.infinitive:
        naming = last.verb is not None and last.verb.lemma in ("be", "become", "remain")
        return plain[-1] if plain and not naming else last.subject
    if verb.ing and plain:
        listed = [noun for noun in plain[:-1] if noun is not plain[-1] and noun not in plain[-1].also]
        if kind_of(last.verb) in ("show", "see"):
            plain[-1].also.extend(listed)
        return plain[-1]
    return nouns[-1] if nouns and (verb.bare or plain) else last.subject


def _loose(clause: Clause, before: list[Clause]) -> Noun | None:
    """Return a subject cut off by an insertion: ``The governor, Daud Laghmani, was captured``."""
    if clause.opener in ("and", "or", "but", "then") and clause.follows_sign in ("", '"'):
        return None
    for other in reversed(before):
        if (
            other.verb is None
            and other.objects
            and other.opener in ("", "while", "as", "when", "but", "and", "that", "after")
        ):
            subject, at = other.objects[0], other.number
            while at and not before[at].opener and before[at - 1].verb is None and before[at - 1].objects:
                at -= 1
                subject = _joined(before[at].objects[0], subject)
            return subject
        if other.verb is not None and (not _main(other) or (other.verb.bare and not other.own_subject)):
            continue
        if other.verb is not None:
            return None
    return None


def _joined(owner: Noun, insert: Noun) -> Noun:
    """Add what stands between commas to the group it explains."""
    if insert is not owner and insert not in owner.also and any(m.kind == "leader" for m in insert.mentions):
        owner.also.append(insert)
    return owner


def _main(clause: Clause) -> bool:
    return clause.opener not in BESIDE and not (
        clause.verb is not None and (clause.verb.ing or (clause.verb.infinitive and not clause.verb.chain))
    )


def _main_subject(before: list[Clause]) -> Noun | None:
    main = next((c for c in reversed(before) if c.subject is not None and not (c.verb and c.verb.ing)), None)
    return main.subject if main is not None else None


def _following_subject(clause: Clause, clauses: list[Clause]) -> Noun | None:
    after = clauses[clause.number + 1 :]
    return next(
        (
            c.subject or (c.objects[0] if c.verb is None and c.objects else None)
            for c in after
            if c.subject or c.objects
        ),
        None,
    )
