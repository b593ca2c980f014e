"""Who speaks: class, side and interest of a source, from the words that name it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casebuild.draft import Draft

CLASS_WORDS = {
    "officials": "official",
    "insurgent spokesman": "belligerent",
    "wire reporter": "reporter",
    "residents": "resident",
    "social media": "social_media",
}
CLASSES = (
    ("none", r"^$|rumou?r|leaflet|street talk|clandestine"),
    ("reporter", r"\breporter|team on the spot|correspondent"),
    (
        "resident",
        r"resident|witness|traveller|cameraman|civil society|doctor|church|town source|local source",
    ),
    ("social_media", r"social media|tweet|telegram|video"),
    (
        "agency",
        r"\bmedia\b|\bpress\b|\b[Nn]ews\b|Agency|wire|television|outlet|\bTV\b|digest|chronolog|\bTimes\b|Guardian|Independent"
        r"|Journal|AFP|Reuters|\bAP\b|\bUPI\b|BBC|CNN|RFI|IRIN|\bNYT\b|\bISW\b|\bMSF\b|Alwihda|Info-",
    ),
    (
        "belligerent",
        r"army|armed forces|military|officer|captain|colonel|rebel|insurgent|commander|militia|peshmerga",
    ),
    (
        "official",
        r"minist|governor|mayor|councill|police chief|lawmaker|deput|diplomat|ambassador|envoy|president|"
        r"municipal|official|United Nations|\bUN\b|\bCIA\b|\bDCI\b|intelligence|estimate|joint chiefs|"
        r"government|elder|junta|state agency",
    ),
)
REBELS = r"(?:rebels?|insurgents?|fighters|mutineers?|militants|opposition)"
GENERIC = {
    "incumbent": r"\barmy\b|government|minister|ministry|\bmilitary\b|\btroops\b|\bsoldiers?\b|garrison|junta|palace",
    "insurgent": r"\brebels?\b|insurgents?\b|mutineers?\b|\bfighters\b|militants",
}
SKIP = re.compile(
    r"allied|allies|armed|army|command|democratic|forces?|foreign|front|government|groups?|head|liberation|local|loyal"
    r"|march|militias|mission|movement|national|other|party|region|republic|side|the|tribal|unified",
    re.IGNORECASE,
)
NOT_OWN = re.compile(
    r"\bsources?\b|\bmedia\b|television|radio|\bTV\b|digest|chronolog|\bpro-|\bside\b|opposition|state|official"
    r"|\bMSF\b|UNHCR|Red Cross|\baid\b|exile|partisan",
    re.IGNORECASE,
)
"""Speakers that are outlets of a side, quoted by others, or no outlets at all."""
OUTLET = re.compile(r"\b(News|Agency|Times|Post|Journal|Press|Radio)\b")
PRO = re.compile(r"\bpro-|-side\b", re.IGNORECASE)
NOBODYS = re.compile(
    r"(?:a |senior |two )*(military|security|army) (source|official)s?\b(?! of)", re.IGNORECASE
)
"""A military source of which nobody says whose military it is."""
GAINS = {"fell", "entered", "attacked", "handed_over"}
LOSSES = {"withdrew", "fled", "captured", "repulsed"}


@dataclass(frozen=True)
class Claim:
    """What a report claims."""

    claim: str
    side: str = ""
    polarity: str = "asserted"
    count: str = ""
    note: str = ""


def aliases(draft: Draft) -> dict[str, re.Pattern[str]]:
    """Return a pattern for each side: its id, the names in its full name, and generic words."""
    patterns = {}
    for side in draft.sides:
        names = re.findall(r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)?", side["name"])
        words = [side["id"], *(name for name in names if not SKIP.fullmatch(name))]
        words += draft.aliases.get(side["id"], [])
        end = rf"(?:n|an|ian|i|ese)?\b(?! {REBELS})" if side["role"] == "incumbent" else r"\b"
        parts = [rf"\b{re.escape(word)}{end}" for word in words if len(word) > 2]
        if side["role"] == "incumbent" or draft.insurgents == [side["id"]]:
            parts.append(GENERIC[side["role"]])
        patterns[side["id"]] = re.compile("|".join(parts) or "(?!)", re.IGNORECASE)
    return patterns


def named_side(text: str, draft: Draft) -> str:
    """Return the side that a text names first; an empty string if it names none."""
    found = []
    for side, pattern in aliases(draft).items():
        hit = pattern.search(text)
        if hit:
            found.append((hit.start(), -len(hit[0]), side))
    return min(found)[2] if found else ""


def names_stranger(text: str, draft: Draft) -> bool:
    """Say whether a text names a party that is no side (a foreign army, a patron)."""
    named = (word for name in draft.strangers for word in re.findall(r"[A-Z]\w{3,}", name))
    words = {word for word in named if not SKIP.fullmatch(word)}
    return any(re.search(rf"\b{word[:5]}\w*", text) for word in words)


def own_words(speaker: str) -> str:
    """Return who speaks, without the outlet that carried it."""
    return re.split(r" (?:via|to|per|citing|as cited) ", speaker)[0]


def speaker_class(speaker: str, draft: Draft) -> str:
    """Return the source class of a speaker."""
    if speaker.lower() in CLASS_WORDS:
        return CLASS_WORDS[speaker.lower()]
    if _leader_side(speaker, draft) is not None:
        return "leader"
    for who in re.split(r" and |[;,] ", own_words(speaker)):
        side = named_side(who, draft)
        for source_class, words in CLASSES:
            if re.search(words, who, re.IGNORECASE if source_class != "agency" else 0):
                return _by_party(source_class, side, who, draft)
        if side:
            return "official" if side == draft.incumbent and who.lower() == side else "belligerent"
    return "agency"


def _by_party(source_class: str, side: str, who: str, draft: Draft) -> str:
    """Return the class that fits the party: rebels have no officials, soldiers of third countries are officials."""
    if source_class == "official" and side in draft.insurgents:
        return "belligerent"
    foreign = names_stranger(who, draft) or re.search(r"\bjoint\b|peacekeep|observer", who)
    return "official" if source_class == "belligerent" and foreign else source_class


def own_voice(speaker: str, draft: Draft) -> bool:
    """Say whether a reporter or an outlet speaks for itself, not for a source or for a side."""
    if speaker_class(speaker, draft) not in ("reporter", "agency") or own_words(speaker) != speaker:
        return False
    return not (NOT_OWN.search(speaker) or (named_side(speaker, draft) and not OUTLET.search(speaker)))


def speaker_side(speaker: str, words: str, draft: Draft) -> str:
    """Return the side a source speaks for; an empty string for third parties."""
    if speaker.lower() == "insurgent spokesman":
        return draft.insurgents[0] if len(draft.insurgents) == 1 else ""
    if speaker.lower() == "officials":
        foreign = re.search(r"\bUS\b|Tajik|Pakistan|Iran|EU official|Uzbek", words)
        return "" if foreign else draft.incumbent
    led = _leader_side(speaker, draft)
    if led is not None:
        return led
    who, source_class = own_words(speaker), speaker_class(speaker, draft)
    if source_class == "agency" and PRO.search(who):
        return named_side(who, draft)
    if source_class not in ("official", "belligerent") or names_stranger(who, draft) or NOBODYS.match(who):
        return ""
    foreign = re.search(r"\b(Ugandan|Rwanda|US|UN|French|Western|Turkish|Moscow|African)\b", who)
    return "" if foreign else named_side(who, draft)


def _leader_side(speaker: str, draft: Draft) -> str | None:
    """Return the side of the leader a source names; None if it names none."""
    for leader in draft.rows("leaders"):
        surname = leader["name"].split()[-1]
        if len(surname) > 4 and re.search(rf"\b{re.escape(surname)}\b", own_words(speaker)):
            return str(leader["side"])
    return None


def interest(claim: Claim, speaker: str) -> str:
    """Say whether the claim is good or bad news for the side that speaks."""
    if not speaker or not claim.side or claim.claim not in GAINS | LOSSES | {"held", "stayed", "switched"}:
        return "none"
    mine = claim.side == speaker
    good = not mine if claim.claim in LOSSES else mine
    if claim.polarity == "denied":
        good = not good
    return "own_success" if good else "own_failure"
