"""Denials that name no claim: ``the ministry rejected the claim``, ``the rebels denied this``."""

from __future__ import annotations

from dataclasses import replace

from headlong.reading.meaning.discourse import Discourse, Place, Speaker
from headlong.reading.meaning.factuality import Stance
from headlong.reading.meaning.frames.event import Event
from headlong.reading.syntax.clause import RUMOUR, Clause, kind_of
from headlong.reading.syntax.phrases import Noun

__all__ = ["blanket"]

TRUE = frozenset({"true", "correct", "accurate"})
UNTRUE = frozenset(
    {
        "false",
        "untrue",
        "baseless",
        "unfounded",
        "lies",
        "lie",
        "propaganda",
        "fabricated",
        "fabrication",
        "invention",
        "fantasy",
        "wrong",
    }
)
POINTING = frozenset({"this", "it", "that", "them"})
MAIN = (
    "fell",
    "handed_over",
    "entered",
    "withdrew",
    "attacked",
    "repulsed",
    "held",
    "fled",
    "captured",
    "switched",
    "crossed",
    "support",
)


def blanket(
    clause: Clause, clauses: list[Clause], speaker: Speaker, told: list[Event], memory: Discourse
) -> list[Event]:
    """Return the denial of what was told last by somebody else; of claims in general, without a place."""
    verb = clause.verb
    if memory.aside:
        return []
    if verb is not None and verb.lemma == "be" and _called_untrue(clause, clauses):
        return _denied(clause.subject, clause, speaker, told, memory)
    if kind_of(verb) != "deny" or verb is None or verb.negated or verb.modal or not clause.own_report:
        return []
    if any(c.parent == clause.number and c.opener in ("that", "say") and c.verb is not None for c in clauses):
        return []
    if any(c.verb is not None and c.verb.lemma in ("accuse", "blame", "charge") for c in clauses):
        return []
    nouns = [clause.subject] if verb.passive and clause.subject else clause.objects
    about = next((noun for noun in nouns if noun.head in RUMOUR or noun.head in POINTING), None)
    if about is None or (about.of is not None and about.head in RUMOUR and about.of.head not in RUMOUR):
        return []
    return _denied(about, clause, speaker, told, memory)


def _called_untrue(clause: Clause, clauses: list[Clause]) -> bool:
    """``The claim was "not true"``: said of a claim, not of what it says."""
    if (
        clause.subject is None
        or clause.subject.head not in RUMOUR
        or clause.opener in ("that", "if", "whether")
    ):
        return False
    after = clauses[clause.number + 1 : clause.number + 2]
    objects = [*clause.objects, *(noun for c in after if c.verb is None for noun in c.objects)]
    said = {key for noun in objects for key in noun.keys}
    negated = clause.verb is not None and clause.verb.negated
    return bool(said & UNTRUE) or (bool(said & TRUE) and (negated or "not" in said))


def _denied(
    about: Noun | None, clause: Clause, speaker: Speaker, told: list[Event], memory: Discourse
) -> list[Event]:
    """Return the denial of the last thing told that the speaker has cause to deny."""
    last = [event for event in told if event.stance.polarity == "asserted" and event.clause is not clause]
    last = [event for event in last if not speaker.side or _against(event, speaker.side)]
    if not last:
        return []
    number = max(event.sentence for event in last)
    reach = 1 if about is None or about.head in POINTING else 3
    if memory.sentence - number > reach:
        return []
    near = [event for event in last if event.sentence == number]
    best = min(near, key=lambda event: MAIN.index(event.claim) if event.claim in MAIN else 99)
    plural = about is not None and about.head in (
        "claims",
        "reports",
        "allegations",
        "rumours",
        "rumors",
        "assertions",
    )
    place = Place("") if plural else best.place
    return [
        replace(
            best,
            place=place,
            stance=Stance("denied"),
            clause=clause,
            nominal=False,
            start=clause.start,
            end=clause.end,
        )
    ]


def _against(event: Event, side: str) -> bool:
    """Whether an event is bad news for a side, so that it has cause to deny it."""
    if event.claim in ("withdrew", "fled", "captured", "crossed"):
        return event.side == side
    return event.side != side
