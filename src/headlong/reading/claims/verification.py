"""Verification, by the words used, and interest: whether a claim is good or bad news for the speaker's side."""

from __future__ import annotations

import re

from headlong.reading.claims.claim import Claim
from headlong.reading.lexicon.gazetteer import Gazetteer
from headlong.reading.lexicon.kinds import PARTIES, SPEAKING
from headlong.reading.lexicon.lexicon import phrases
from headlong.reading.meaning.discourse import Speaker
from headlong.reading.meaning.frames.event import Event

__all__ = ["disclaim", "interest", "muddled", "verification"]

GAINS = frozenset(["fell", "entered", "attacked", "handed_over", "besieged", "relieved"])
LOSSES = frozenset(["withdrew", "fled", "captured", "crossed"])


def verification(speaker: Speaker, event: Event, words: str) -> str:
    """Return confirmed, attributed, unverified or denied.

    Parameters
    ----------
    speaker : Speaker
        Who says it.
    event : Event
        What is said.
    words : str
        The words of the clause and of the clause that reports it.
    """
    if event.stance.polarity == "denied":
        return "denied"
    if event.stance.hearsay or speaker.hearsay or phrases()["hearsay"].search(words):
        return "unverified"
    if phrases()["unverified"].search(words):
        return "unverified"
    seen = speaker.source == "reporter" and speaker.verb in ("see", "show")
    if speaker.verb == "confirm" or speaker.key == "reporter" or seen:
        return "confirmed"
    return "attributed"


def interest(speaker: Speaker, event: Event, names: Gazetteer) -> str:
    """Return own_success, own_failure or none."""
    if event.claim == "support" and not event.side and _own_help(speaker, event, names):
        return "own_success"
    if speaker.source in PARTIES and not speaker.side:
        return (
            "own_success"  # nobody can tell whose news it is: three times in four it is good for the speaker
        )
    if speaker.source not in SPEAKING or not speaker.side:
        return "none"
    good = _good(event, speaker.side, names)
    if good is None:
        return "none"
    if event.stance.polarity == "denied":
        good = not good
    return "own_success" if good else "own_failure"


def _own_help(speaker: Speaker, event: Event, names: Gazetteer) -> bool:
    """Whether help from outside is told by whoever gives it, or by the side that gets it."""
    if speaker.source not in SPEAKING or event.stance.polarity == "denied":
        return False
    subject = event.clause.subject
    lands = {m.id for m in subject.mentions} if subject is not None else set()
    gives = (
        not speaker.side
        and subject is not None
        and (subject.pronoun or speaker.key.removeprefix("country:") in lands)
    )
    return gives or bool(speaker.side and speaker.side == names.holder.get(event.place.id))


def muddled(claims: list[Claim]) -> None:
    """Call it a loss when a side is said to take the very place that the same sentence says it left."""
    left = {
        (one.number, one.event.side, one.event.place.id) for one in claims if one.event.claim == "withdrew"
    }
    for one in claims:
        event = one.event
        if event.claim in ("fell", "entered") and (one.number, event.side, event.place.id) in left:
            one.interest = "own_failure" if one.interest == "own_success" else one.interest


def _good(event: Event, own: str, names: Gazetteer) -> bool | None:
    """Whether an event, as asserted, is good news for a side; None where it is no news for it."""
    friends = {own, *names.case.side(own).friends}
    ours = event.side in friends
    if event.claim == "fell" and not event.side and names.holder.get(event.place.id) in friends:
        return False
    if event.claim in GAINS | {"held", "switched", "stayed", "support"}:
        if ours or event.claim == "switched":
            return ours
        rivals = own != names.incumbent and event.side != names.incumbent and event.claim != "held"
        return None if not event.side or event.claim in ("stayed", "support") or rivals else False
    if not event.side:
        return None
    if event.claim == "repulsed":
        return not ours
    return not ours if event.claim in LOSSES else None


ALL = re.compile(
    r"\b(?:claims|accounts|reports|statements|assertions|either side|both sides|battlefield)\b", re.IGNORECASE
)
SEEN = re.compile(r"\b(?:videos?|footage|pictures?|images?|photos?|photographs?|clips?)\b", re.IGNORECASE)


def disclaim(claims: list[Claim], sentences: list[tuple[int, str]]) -> None:
    """Mark claims unverified where a sentence says that they could not be verified."""
    for number, text in sentences:
        if not phrases()["unverified"].search(text):
            continue
        here = [one for one in claims if one.number == number]
        if SEEN.search(text) and not ALL.search(text):
            covered = [one for one in claims if one.speaker.source == "social_media"]
        elif ALL.search(text) and not here:
            covered = [one for one in claims if one.speaker.source in ("belligerent", "leader")]
            covered = covered or [one for one in claims if one.speaker.source == "official"]
        else:
            before = max((one.number for one in claims if one.number <= number), default=0)
            covered = [
                one
                for one in claims
                if one.number == number or (one.number == before and one.speaker.source != "reporter")
            ]
        for one in covered:
            if one.verification in ("attributed", "confirmed"):
                one.verification = "unverified"
