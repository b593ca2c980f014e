"""Denials that name no claim: ``the ministry rejected the claim``, ``the rebels denied this``."""

from __future__ import annotations

from dataclasses import replace

from headlong.reports.reading.clause import RUMOUR, Clause, kind_of
from headlong.reports.reading.context import Memory, Place, Speaker
from headlong.reports.reading.event import Event
from headlong.reports.reading.stance import Stance

__all__ = ["blanket"]

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
    clause: Clause, clauses: list[Clause], speaker: Speaker, told: list[Event], memory: Memory
) -> list[Event]:
    """Return the denial of what was told last by somebody else; of claims in general, without a place."""
    verb = clause.verb
    if kind_of(verb) != "deny" or verb is None or verb.negated or verb.modal or not clause.own_report:
        return []
    if any(c.parent == clause.number and c.opener in ("that", "say") and c.verb is not None for c in clauses):
        return []
    nouns = [clause.subject] if verb.passive and clause.subject else clause.objects
    about = next((noun for noun in nouns if noun.head in RUMOUR or noun.head in POINTING), None)
    if about is None or (about.of is not None and about.head in RUMOUR and about.of.head not in RUMOUR):
        return []
    last = [event for event in told if event.stance.polarity == "asserted" and event.clause is not clause]
    last = [event for event in last if not speaker.side or _against(event, speaker.side)]
    if not last:
        return []
    number = max(event.sentence for event in last)
    near = [event for event in last if event.sentence == number]
    best = min(near, key=lambda event: MAIN.index(event.claim) if event.claim in MAIN else 99)
    plural = about.head in ("claims", "reports", "allegations", "rumours", "rumors", "assertions")
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
