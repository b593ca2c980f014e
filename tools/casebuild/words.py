"""Conservative keyword rules: the claims of one short paraphrase, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from casebuild.draft import Draft, counted
from casebuild.folder import Row
from casebuild.naming import NEAR, named_places, only_names
from casebuild.speakers import Claim, named_side, names_stranger, speaker_side

NOT_NOW = re.compile(
    r"\b(will|would|could|may|might|should|soon|next|expect\w*|likely|probably|about to|plan\w*|aim|intend\w*|can|"
    r"intention|ready|able|want\w*|if|seem\w*|looks?|appears?|each side|preparing|prepared|fear\w*|almost)\b",
    re.IGNORECASE,
)
NEGATION = re.compile(r"\b(not|never|nor|no longer|cannot|denie[sd]|denying|false|without)\b", re.IGNORECASE)
DENIED = re.compile(
    r"\b(?:not|never)(?: (?!to\b)\w+){0,2} (?:taken|retaken|recaptured|captured|fallen|lost|overrun|seized)\b"
    r"|\b(?:taken|fallen|lost) is (?:false|untrue|not true)\b",
    re.IGNORECASE,
)
HARMLESS = re.compile(
    r"(with(out)?|no) (a fight|no fighting( reported)?|fighting( or \w+)?|opposition|resistance|shots)", re.I
)
SPLIT = re.compile(r"\s*[;,]\s+|\s+(?:and|but|while|then|although|though)\s+")
VERB = re.compile(r"\b(is|are|was|were|has|have|had)\b", re.IGNORECASE)
PERSONS = r"(?: \w+)? (?:soldiers|men|troops|fighters|officers|prisoners?|tanks|vehicles|weapons|arms)"
PATTERNS = (
    ("support", r"reinforce(d|ments)|sent (fighters|troops|arms|weapons)|deliver\w* (arms|weapons)"),
    (
        "repulsed",
        r"repell|repuls|beat(en)? (off|back)|dr(iven|ove) (back|from|off|out)|thrown back|dispersed|\brouted\b"
        r"|(push|chas)(ed|ing)( \w+){0,3} (back|out)|\battack( \w+){0,3} (failed|foiled)",
    ),
    (
        "fell",
        r"\b(fell|fallen)\b(?! back)|\bfalls\b(?! back)"
        r"|\b(re)?taken\b(?! prisoner| part| place| hostage| to )|\b(re)?took\b(?! part| place| prisoner)"
        rf"|\b(re)?captured\b(?! \d|{PERSONS})|overrun|\bseized\b(?!{PERSONS})|\bregained\b|\bconquered\b"
        rf"|\b(lost|loses)\b(?! \d|{PERSONS}| contact| touch)",
    ),
    (
        "attacked",
        r"attacked|\battack on\b|\bassault on\b|fighting|strikes?\b|shelled|bombed|encircl|surrounded|besieged|ringed"
        r"|clash",
    ),
    (
        "held",
        r"\bholds?\b|holding|\b(in|under)( \w+){0,2} control\b|\bcontrols?\b|in \w+ hands|in charge of"
        r"|\bheld\b(?! back| up\b| talks)|\bare ours\b|\bis ours\b|\bdug in\b|\bstill in\b|\bremains? in\b",
    ),
    ("entered", r"\bentered\b|\binside\b|moving into|\b(is|are|were|was|back) in (?=[A-Z])|\bback in\b"),
    (
        "withdrew",
        r"withdr|pulled (back|out)|(?<!is )\bleft\b(?! armour| behind| dead| to )|\bgone\b|\bretreat|leaving|"
        r"\bto leave\b|fallen back|fell back|evacuat|abandoned|\bfled\b|ordered out|\bis out of\b",
    ),
)
PASSIVE = re.compile(r"\b(was|were|been|is|are|being)\b(?: \w+){0,2} $|dispersed|routed", re.IGNORECASE)
LOSING = re.compile(r"\bfell\b|fallen|\bfalls\b|\blost\b|\bloses\b", re.IGNORECASE)
BACK = re.compile(r"retaken|retook|regained|recaptured|taken back|took back", re.IGNORECASE)
ACTIVE = re.compile(r"fighting|clash|strike", re.IGNORECASE)
OUT = re.compile(r"\bout\b|\bfrom\b", re.IGNORECASE)
MOST = re.compile(r"\b(partly|mostly|most of|nearly all|almost all)\b", re.IGNORECASE)
OTHER = re.compile(
    r"\b(refinery|oil ?fields?|power plant|prison|hospital|university|consulate|embassy)\b", re.I
)
PART = re.compile(
    r"\b(parts? of|key areas|quarters?|centre|center|districts?|suburbs?|outskirts|airport"
    r"|airfield|base|camp|barracks|bridges?|sector|zone)\b",
    re.IGNORECASE,
)
AGENT = re.compile(r"\b(?:by|to) (.+)", re.IGNORECASE)
FROM = re.compile(r"\bfrom (.+)", re.IGNORECASE)


class Told(NamedTuple):
    """A claim and the place it is about."""

    place: str
    claim: Claim


class Sides(NamedTuple):
    """Who is spoken of, who speaks, and who held the place; empty where that is not known."""

    subject: str
    speaker: str
    holder: str


def read_words(row: Row, place: str, draft: Draft) -> list[Told]:
    """Return the claims that a paraphrase makes; none when the rules are not sure.

    Each part of a sentence is read alone; a part that names no side has that of the part before it.

    Parameters
    ----------
    row : dict
        A facts row with ``words`` and ``speaker``.
    place : str
        Its place, empty for none.
    draft : Draft
        The case in the making, for its sides and places.
    """
    told: dict[Told, None] = {}
    subject, words = "", HARMLESS.sub("", row.get("words", ""))
    speaker = speaker_side(row.get("speaker", ""), words, draft)
    for clause in clauses(words, draft):
        if NOT_NOW.search(clause):
            continue
        if names_stranger(clause, draft):
            break  # what follows may be said of the stranger
        subject = named_side(clause, draft) or subject
        for about in _about(clause, place, draft):
            holder = "" if _changed(about, row, draft) else draft.holder[about]
            claim = _claim(clause, about, Sides(subject, speaker, holder), draft)
            if claim:
                told[Told(about, claim)] = None
    return [one for one in told if not any(_contains(other, one) for other in told)]


def _changed(place: str, report: Row, draft: Draft) -> bool:
    """Say whether a place had changed hands before, so that whose it was then is not plain."""
    day = (report.get("event_date") or report.get("published", ""))[:10]
    return any(row["place"] == place and str(counted(row)) < day for row in draft.rows("history"))


def _contains(one: Told, other: Told) -> bool:
    """Say whether a claim makes another on the same place needless."""
    if one.place != other.place:
        return False
    pair = (one.claim.claim, other.claim.claim)
    same = one.claim.side == other.claim.side
    if one.claim.polarity == "denied":
        return pair == ("fell", "held") and other.claim.polarity != "denied"
    return (pair == ("repulsed", "attacked") and same) or (pair == ("fell", "repulsed") and not same)


def clauses(words: str, draft: Draft) -> Iterator[str]:
    """Yield the parts of a sentence that say something; names in a list stay with their verb."""
    waiting: list[str] = []
    said: list[str] = []
    for piece in SPLIT.split(words):
        if VERB.search(piece) or NOT_NOW.search(piece) or any(hit for _, hit in _hits(piece)):
            said.append(", ".join([*waiting, piece]))
            waiting = []
        elif said and not waiting and only_names(piece, draft):
            said[-1] += f", {piece}"
        else:
            waiting.append(piece)
    yield from said


def _hits(clause: str) -> Iterator[tuple[str, re.Match[str]]]:
    for claim, pattern in PATTERNS:
        hit = re.search(pattern, clause, re.IGNORECASE)
        if hit:
            yield claim, hit


def _about(clause: str, place: str, draft: Draft) -> list[str]:
    """Return the places a clause is about: those it names, else the one the row names."""
    named = named_places(clause, draft)
    if named or not NEAR.search(clause):
        return named or [place] * bool(place)
    return []


def _claim(clause: str, place: str, sides: Sides, draft: Draft) -> Claim | None:
    """Return the claim of one clause on one place."""
    if OTHER.search(clause):
        return None
    if DENIED.search(clause):
        side = _taker(clause, "", sides._replace(speaker=""), draft)
        return Claim("fell", side, polarity="denied") if side else None
    if NEGATION.search(clause):
        return None
    for claim, hit in _hits(clause):
        own = named_side(clause[: hit.end()], draft)
        side = _side(claim, clause, hit, own, sides, draft)
        if claim == "repulsed" and OUT.search(hit[0]) and own not in ("", side, sides.holder) and side:
            claim, side = "fell", own
        name = next(row["name"] for row in draft.rows("places") if row["id"] == place)
        section = bool(PART.search(clause) and not PART.search(name))
        if claim == "fell" and section:
            claim = "entered"
        return Claim(claim, side, note="part" * (section or bool(MOST.search(clause)))) if side else None
    return None


def _side(claim: str, clause: str, hit: re.Match[str], own: str, sides: Sides, draft: Draft) -> str:
    """Return whose claim it is in the sense of the schema; an empty string when that is not sure."""
    suffers = bool(PASSIVE.search(clause[: hit.start()]) or PASSIVE.fullmatch(hit[0]))
    agent = AGENT.search(clause, hit.end())
    by = named_side(agent[1], draft) if agent else ""
    if claim == "fell":
        return by or _taker(clause, own or ("" if suffers else sides.subject), sides, draft)
    if claim == "repulsed":
        other = named_side(clause[hit.start() :], draft)
        if own and not suffers and "fail" not in hit[0] and "foil" not in hit[0]:
            return other if other not in ("", own) else opponent(own, draft)
        return own or (sides.subject if suffers else "") or opponent(sides.speaker, draft)
    if claim == "attacked":
        if own and suffers and not ACTIVE.search(hit[0]):
            return by or opponent(own, draft)
        attacker = sides.speaker if sides.speaker != sides.holder else ""
        return own or by or attacker or opponent(sides.holder, draft)
    if claim == "entered":
        return own or by or sides.subject or sides.speaker or opponent(sides.holder, draft)
    return own or by or sides.subject or sides.speaker


def _taker(clause: str, own: str, sides: Sides, draft: Draft) -> str:
    """Return the side that gained a place."""
    losing, loser = LOSING.search(clause), FROM.search(clause)
    if loser and named_side(loser[1], draft):
        return opponent(named_side(loser[1], draft), draft)
    if own:
        return opponent(own, draft) if losing else own
    if BACK.search(clause):
        return sides.speaker or sides.holder
    if sides.speaker and not (losing and sides.speaker == sides.holder):
        return sides.speaker
    return opponent(sides.holder, draft)


def opponent(side: str, draft: Draft) -> str:
    """Return the other side where there is only one; an empty string otherwise."""
    if side == draft.incumbent:
        return draft.insurgents[0] if len(draft.insurgents) == 1 else ""
    return draft.incumbent if side in draft.insurgents else ""
