"""Conservative keyword rules: a claim from one short paraphrase, or nothing."""

from __future__ import annotations

import re

from facts.draft import Draft
from facts.folder import Row
from facts.speakers import Claim, named_side, names_stranger, speaker_side

NOT_NOW = re.compile(
    r"\b(will|would|could|may|might|should|soon|next|expect\w*|likely|probably|about to|plan\w*|aim|intend\w*|can|"
    r"intention|ready|want\w*|if|seem\w*|each side)\b",
    re.IGNORECASE,
)
NEGATION = re.compile(r"\b(not|never|no longer|cannot|denie[sd]|false|without)\b", re.IGNORECASE)
HARMLESS = re.compile(
    r"(with(out)?|no) (a fight|no fighting( reported)?|fighting|opposition|resistance|shots)", re.I
)
PATTERNS = (
    (
        "repulsed",
        r"repell|repuls|beat(en)? off|dr(iven|ove) (back|from)|thrown back|push(ed|ing)( \w+)? (back|out)|disp"
        r"ersed",
    ),
    ("attacked", r"attacked|\battack on\b|fighting|strikes?\b|shelled|encircl|surrounded|besieged|clash"),
    (
        "fell",
        r"\bfell\b|has fallen|\btaken\b|\btook\b|captured|overrun|seized|retaken|recaptured|regained|\blost on\b",
    ),
    ("held", r"\bholds?\b|holding|under( \w+)? control|\bcontrols?\b|in \w+ hands|in charge of|\bheld by\b"),
    ("entered", r"\bentered\b|\binside\b|moving into"),
    ("withdrew", r"withdr|pulled (back|out)|\bleft\b|\bgone\b|retreat|leaving|fallen back"),
)
PASSIVE = re.compile(r"\b(was|were|been|is|are|dispersed)\b", re.IGNORECASE)
LOST = re.compile(r"\bfell\b|fallen|\blost\b", re.IGNORECASE)
BY = re.compile(r"\b(?:held |taken |captured |seized )?by (.+)", re.IGNORECASE)


def read_words(row: Row, place: str, draft: Draft) -> Claim | None:
    """Return the claim that a paraphrase makes on its place; None when the rules are not sure.

    Parameters
    ----------
    row : dict
        A facts row with ``words`` and ``speaker``.
    place : str
        Its place, empty for none.
    draft : Draft
        The case in the making, for its sides.
    """
    words = HARMLESS.sub("", row.get("words", ""))
    if not place or NOT_NOW.search(words) or NEGATION.search(words) or names_stranger(words, draft):
        return None
    for claim, pattern in PATTERNS:
        hit = re.search(pattern, words, re.IGNORECASE)
        if hit:
            speaker = speaker_side(row.get("speaker", ""), words, draft)
            side = _side(claim, words, hit, speaker, place, draft)
            return Claim(claim, side) if side else None
    return None


def _side(claim: str, words: str, hit: re.Match[str], speaker: str, place: str, draft: Draft) -> str:
    """Return whose claim it is in the sense of the schema; an empty string when that is not sure."""
    by = BY.search(words)
    subject = named_side(words[: hit.end()], draft) or (named_side(by[1], draft) if by else "")
    if claim == "repulsed":
        if not subject:
            return _opponent(speaker, draft)
        return subject if PASSIVE.search(words) else _opponent(subject, draft)
    if subject:
        return subject
    if claim == "held":
        return speaker
    if claim in ("fell", "entered"):
        loss = LOST.search(words) and speaker == draft.incumbent
        return speaker if speaker and not loss else _opponent(draft.holder[place], draft)
    return ""


def _opponent(side: str, draft: Draft) -> str:
    """Return the other side where there is only one; an empty string otherwise."""
    if side == draft.incumbent:
        return draft.insurgents[0] if len(draft.insurgents) == 1 else ""
    return draft.incumbent if side in draft.insurgents else ""
