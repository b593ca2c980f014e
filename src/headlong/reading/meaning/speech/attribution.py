"""Who speaks in each clause, of what class, and for which side."""

from __future__ import annotations

from dataclasses import replace

from headlong.reading.lexicon.lexicon import words
from headlong.reading.meaning.arguments import sides
from headlong.reading.meaning.discourse import Discourse, Speaker
from headlong.reading.meaning.speech.speakers import classify
from headlong.reading.syntax.clause import Clause, kind_of
from headlong.reading.syntax.phrases import Noun, Verb

__all__ = ["assign", "classify"]

SPEAKS = frozenset({"say", "confirm", "deny", "think", "unreal"})
ACCOUNTS = frozenset(["account", "telling", "version", "words", "view"])
ITS = (("its",), ("their",))
PAPERS = frozenset(["statement", "communique", "message", "letter", "release", "bulletin"])
OWN = frozenset(["his", "her", "their", "its"])
WATCHERS = frozenset(["resident", "reporter", "agency", "social_media"])


def assign(clauses: list[Clause], memory: Discourse, after: list[Clause]) -> dict[int, Speaker]:
    """Return the speaker of every clause of a sentence; the reporter where there is none.

    Parameters
    ----------
    clauses
        The sentence.
    memory
        What was read so far.
    after
        The next sentence, if a quotation goes on into it: its speaker has the word here too.
    """
    reports = [c for c in clauses if _reports(c, clauses, memory)]
    speakers = {c.number: _speaker(c, clauses, memory) for c in reports}
    found: dict[int, Speaker] = {}
    for report in reports:
        report.own_report = True
    coming = [c for c in after if _reports(c, after, memory)] if after and not reports else []
    later = _speaker(coming[0], after, memory) if coming else None
    loose = [report for report in reports if not _has_child(report, clauses)]
    owners: list[Clause | None] = []
    for clause in clauses:
        owners.append(_owner(clause, clauses, loose, owners))
        owner = owners[-1]
        if owner is not None:
            found[clause.number] = speakers[owner.number]
        elif clause.quoted and reports:
            found[clause.number] = speakers[reports[-1].number]
        elif clause.quoted and later is not None:
            found[clause.number] = later
        elif clause.quoted and memory.speaker is not None:
            found[clause.number] = memory.speaker
        elif clause.verb is None and clause.number and clause.follows_sign == '"':
            found[clause.number] = found[clause.number - 1]
        else:
            found[clause.number] = memory.default
    if reports:
        last = [speakers[c.number] for c in reports if speakers[c.number].source != "reporter"]
        memory.speaker = last[-1] if last else memory.speaker
    elif silent := next((c for c in clauses if _is_asked(c)), None):
        memory.speaker = _speaker(silent, clauses, memory)
    return found


def _is_asked(clause: Clause) -> bool:
    """Whether a spokesman is brought in who says nothing yet: the next "he" is he."""
    subject = clause.subject
    return clause.verb is not None and subject is not None and subject.head.startswith("spokes")


def _reports(clause: Clause, clauses: list[Clause], memory: Discourse) -> bool:
    """Whether a clause says who says something."""
    if _according(clause) is not None:
        return True
    if clause.heading:
        return bool(clause.objects) and classify(clause.objects[0], memory).source not in ("none", "resident")
    kind = kind_of(clause.verb)
    verb = clause.verb
    if verb is None or clause.subject is None or (verb.infinitive and not verb.chain):
        return False
    if verb.chain and not verb.chain_passive and _spoken_chain(verb):
        return True
    if kind in ("show", "see") and verb.chain and not verb.passive:
        return classify(clause.subject, memory).source in WATCHERS
    if _by_whom(clause, memory) is not None:
        return True
    if verb.passive or verb.chain:
        return kind in SPEAKS and verb.passive and not verb.chain and clause.subject.head in ("it", "quoted")
    if verb.lemma == "declare" and any(noun.prep == "for" for noun in clause.preps):
        return False
    if kind in ("show", "see"):
        return classify(clause.subject, memory).source in WATCHERS
    return kind in SPEAKS and (
        kind != "unreal" or any(c.parent == clause.number for c in clauses if c.opener in ("that", "say"))
    )


def _by_whom(clause: Clause, memory: Discourse) -> Noun | None:
    """Return who confirms or denies in the passive: ``the fall of Nyala was denied by the army``."""
    verb = clause.verb
    if verb is None or not verb.passive or verb.chain or kind_of(verb) not in ("deny", "confirm"):
        return None
    agents = (noun for noun in clause.preps if noun.prep == "by")
    return next((noun for noun in agents if classify(noun, memory).source != "none"), None)


def _spoken_chain(verb: Verb) -> str:
    """Return the kind of a verb of speech in a chain: ``denied losing``, ``claimed to have taken``."""
    kinds = (words().kinds.get(lemma, "") for lemma in verb.chain)
    return next((kind for kind in kinds if kind in ("say", "deny", "confirm")), "")


def _according(clause: Clause) -> Noun | None:
    nouns = clause.nouns
    for noun in (*clause.lead, *([] if clause.verb else clause.preps)):
        if (
            noun.prep in ("by", "in")
            and noun.head in ACCOUNTS
            and (noun.poss or noun.keys[0] in OWN if noun.keys else noun.poss)
        ):
            return noun.poss or noun
    for at, noun in enumerate(nouns):
        if noun.head == "according" and at + 1 < len(nouns) and nouns[at + 1].prep == "to":
            return nouns[at + 1]
    return None


def _owner(
    clause: Clause, clauses: list[Clause], loose: list[Clause], owners: list[Clause | None]
) -> Clause | None:
    """Return the report clause that a clause is said by; ``loose`` reports have no clause of their own."""
    if clause.own_report:
        return clause
    parent, steps = clause.parent, 0
    while parent is not None and steps < 12:
        if clauses[parent].own_report:
            return clauses[parent]
        parent, steps = clauses[parent].parent, steps + 1
    after = next((r for r in loose if r.number > clause.number), None)
    if after is not None and any(
        c.follows_sign == ";" for c in clauses[clause.number + 1 : after.number + 1]
    ):
        after = None
    if after is not None and not _inside_subject(clause, after, clauses):
        return after
    last = next((r for r in reversed(loose) if r.number < clause.number), None)
    if last is None:
        return None
    if last.heading:
        return last
    told = any(owner is last for owner in owners[: last.number])
    if told and clause.opener in ("and", "while", "but") and clause.number == last.number + 1:
        return last
    opened = last.number == 0 or all(c.verb is None for c in clauses[: last.number])
    follows = _according(last) is not None and opened
    return last if clause.quoted or follows or (last.number == 0 and clause.follows_sign == ":") else None


def _has_child(report: Clause, clauses: list[Clause]) -> bool:
    return (
        any(
            c.parent == report.number
            and c.verb is not None
            and c.opener in ("that", "say", "", "part", "whether", "if")
            for c in clauses
        )
        and _according(report) is None
    )


def _inside_subject(clause: Clause, report: Clause, clauses: list[Clause]) -> bool:
    """Whether a clause stands between the speaker and the verb of speech, and so is not what is said."""
    subject = report.subject
    if subject is None or _according(report) is not None or report.heading:
        return False
    return subject.start < clause.start < report.start or (
        subject is clause.subject and clause.opener in ("part",)
    )


def _speaker(clause: Clause, clauses: list[Clause], memory: Discourse) -> Speaker:
    noun = (
        _according(clause)
        or _by_whom(clause, memory)
        or clause.subject
        or (clause.objects[0] if clause.heading else None)
    )
    assert noun is not None
    if noun.head in PAPERS:
        noun = noun.of or next(
            (n for n in clause.nouns if n.prep in ("from", "by") and n.start >= noun.end), noun
        )
    beside = list(noun.also)
    for other in clauses[: clause.number]:
        for mention in (one for group in other.nouns for one in group.mentions if one.kind == "leader"):
            memory.saw_leader(mention.id)
        if noun.keys[:1] in ITS and other.own_subject and other.subject is not None and not other.own_report:
            memory.subject_side = next(iter(sides(other.subject, memory)), "") or memory.subject_side
    for at in (clause.number + 1, *range(clause.number - 1, max(-1, clause.number - 4), -1)):
        if 0 <= at < len(clauses) and clauses[at].verb is None and clauses[at].objects:
            near = clauses[at].objects[0]
            if near is not noun and (at > clause.number or near.start > noun.start):
                beside.append(near)
    verb = kind_of(clause.verb) if _according(clause) is None and not clause.heading else "say"
    if clause.verb is not None and clause.verb.chain:
        verb = _spoken_chain(clause.verb) or verb
    if (
        _according(clause) is None
        and clause.verb is not None
        and clause.verb.negated
        and verb in ("say", "confirm", "deny", "think")
    ):
        verb = "silent"
    speaker = replace(classify(noun, memory, beside, _behalf(clause)), verb=verb)
    others = [replace(classify(other, memory), verb=verb) for other in noun.also if other.conj]
    return replace(speaker, others=tuple(other for other in others if _heard_apart(other, speaker)))


def _heard_apart(other: Speaker, first: Speaker) -> bool:
    """Whether a second speaker is a source of his own: of another class, or of another side."""
    if other.source == first.source:
        return bool(first.side) and other.side not in ("", first.side)
    return other.source != "none"


def _behalf(clause: Clause) -> Noun | None:
    """Return for whom a spokesman speaks: ``a spokesman for the governor``."""
    groups = (n for n in (*clause.lead, *clause.preps) if n.prep in ("for", "with", "at", "in"))
    subject, verb = clause.subject, clause.verb
    if subject is None or verb is None:
        return None
    return next(
        (
            n
            for n in groups
            if subject.end <= n.start and (n.start < verb.start or subject.start > verb.start)
        ),
        None,
    )
