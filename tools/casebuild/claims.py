"""Reports: claims as they were published, by the coding rules; never what turned out to be true."""

from __future__ import annotations

import re
from typing import Any

from casebuild.draft import Draft
from casebuild.folder import Facts, Row, slug
from casebuild.frame import armed
from casebuild.ground import stamp, stamp_day
from casebuild.judgement import Codings
from casebuild.speakers import Claim, interest, own_voice, speaker_class, speaker_side
from casebuild.words import Told, read_words

PART = re.compile(
    r"\b(part|parts|partly|most|mostly|largely|key areas|quarters|airport|base|only|sector)\b", re.I
)
SEIZED = re.compile(
    r"govern\w+ (office|residence|building)|headquarters|prison|installation|universit|quarters|city", re.I
)
WHOLE = re.compile(r"\ball installations|city taken|\band 209th|announced as new", re.I)
BACK = re.compile(r"retaken|regained|recaptured|taken back", re.I)
BEATEN = re.compile(r"beaten (back|off)|repell|thrown back", re.I)
UNSURE = re.compile(r"\b(reportedly|unconfirmed|unverified|said to|rumou?r\w*)\b", re.I)
CONCEDED = re.compile(r"\b(confirm(s|ed)|conced\w+|admit\w*|acknowledg\w+)\b", re.I)
VERIFIED = {"confirmed", "attributed", "unverified", "denied"}


def reports(facts: Facts, draft: Draft, codings: Codings) -> None:
    """Add every report that is coded by hand or that the coding rules can read; count the others."""
    seen: set[str] = set()
    for row in facts.rows("reports"):
        place, day = slug(row.get("place", "")), stamp_day(row["published"])
        id = slug(row["id"]) or f"r{len(seen) + 1:03d}"
        if day is None or id in seen or (place and place not in draft.holder):
            facts.drop(row, "a report needs its own id, a date of publication and a known place or none")
            continue
        seen.add(id)
        told = _told(row, place, draft, codings)
        if not told:
            why = codings.no_claim(row["id"]) or "no claim on a place, or none that the rules can read"
            draft.left_out[f"reports: {why}"] += 1
        for number, values in enumerate(told, 1):
            event = values.get("event_date") or stamp_day(row.get("event_date", ""))
            values["event_date"] = event if event and str(event) <= str(day) else ""
            draft.add("reports", **(values | {"id": id if number == 1 else f"{id}-{number}"}))
    if codings.by_hand:
        draft.coded.append(
            f"reports: {len(codings.by_hand)} coded by hand, from their words, speaker and days only."
        )
    if not draft.rows("reports") and not codings.found:
        draft.assume(
            "No reports are given: what is known after the start is what other tables cite from the press."
        )


def found_reports(facts: Facts, draft: Draft, codings: Codings) -> None:
    """Add the reports that were found by looking up items of the press of those days, coded from their words."""
    for row in codings.found:
        if row["place"] not in draft.holder or not {row["side"]} <= {"", *draft.side_ids}:
            facts.problems.append(f"codings: found reports: '{row['id']}' names no known place or side")
            continue
        draft.add(
            "reports",
            **row,
            origin=_origin(row["outlet"]),
            source=f"{row['outlet']}, {row['published_at'][:10]}",
        )
    if codings.found:
        draft.coded.append(
            f"reports: {len(codings.found)} found by look-ups (`found-`), from what was published by the day; gains, "
            "losses, claims and denials alike, in the order in which a search gave them."
        )


def _told(row: Row, place: str, draft: Draft, codings: Codings) -> list[dict[str, Any]]:
    """Return the rows that one report yields: by hand where it is coded, else by the rules."""
    by_hand = codings.reports(row["id"])
    if by_hand is not None:
        return [_frame(row, draft) | values for values in by_hand if _known(values, draft)]
    fixed, reason = codings.cells("reports", row["id"]), codings.correction("reports", row["id"])
    if reason.get("leave_out"):
        return []
    told = _by_type(row, place, draft) if row.get("type") else read_words(row, place, draft)
    if not told and "claim" in fixed:
        told = [Told(place, Claim(str(fixed["claim"])))]
    if reason and told:
        draft.coded.append(f"report {row['id']}: {reason['reason']}")
    return [_values(row, about, claim, draft) | fixed for about, claim in told]


def _known(values: dict[str, Any], draft: Draft) -> bool:
    return values["place"] in {"", *draft.holder} and values["side"] in {"", *draft.side_ids}


def _frame(row: Row, draft: Draft) -> dict[str, Any]:
    """Return what a report says of itself: when and where it was published, and its words."""
    outlet = row.get("outlet") or _outlet(row["source"])
    return {
        "published_at": stamp(row["published"]),
        "origin": _origin(outlet) if row.get("outlet") else row.get("speaker", ""),
        "outlet": outlet,
        "url": row.get("url", ""),
        "words": row.get("words", ""),
        "source": row["source"] if row["source"] != "not given in the facts" else outlet,
        "confidence": row.get("_said")
        or "medium",  # a table without the column: reports as the outlet gave them
    }


def _values(row: Row, place: str, claim: Claim, draft: Draft) -> dict[str, Any]:
    source_class = speaker_class(row.get("speaker", ""), draft)
    speaker = speaker_side(row.get("speaker", ""), row.get("words", ""), draft)
    return _frame(row, draft) | {
        "place": place,
        "claim": claim.claim,
        "side": claim.side,
        "count": claim.count,
        "polarity": claim.polarity,
        "source_class": source_class,
        "verification": _verification(row, claim, source_class, draft),
        "interest": interest(claim, speaker),
        "note": claim.note,
    }


def _verification(row: Row, claim: Claim, source_class: str, draft: Draft) -> str:
    """Return how far a claim was confirmed when it was published, by its words."""
    if claim.polarity == "denied":
        return "denied"
    said = row.get("verification", "") if row.get("type") else ""
    if said in VERIFIED - {"denied"}:
        return said
    if source_class in ("none", "social_media") or UNSURE.search(row.get("words", "")):
        return "unverified"
    whole = "part" not in claim.note
    plain = CONCEDED.search(row.get("words", "")) or (
        own_voice(row.get("speaker", ""), draft) and _carried(row)
    )
    return "confirmed" if plain and whole and not row.get("type") else "attributed"


def _carried(row: Row) -> bool:
    """Say whether the outlet that speaks is the one that is cited, and is not quoted by another."""
    names = {word for word in re.findall(r"[A-Z]\w+", row.get("speaker", "")) if word not in ("The", "News")}
    return not names or any(name.lower() in row["source"].lower() for name in names)


def _outlet(source: str) -> str:
    return re.split(r"[;|]| \(|,", source)[0].strip()


def _origin(outlet: str) -> str:
    """Return who first said it: the agency before '(via ...)'."""
    return re.split(r" \(|/(?!RL)| via ", outlet)[0].strip()


def _by_type(row: Row, place: str, draft: Draft) -> list[Told]:
    """Return the claim of a row whose facts table names its type."""
    words, kind = row.get("words", ""), row["type"]
    side = armed(row.get("subject_side", ""))
    side = side if side in draft.side_ids else ""
    ours, theirs = draft.incumbent, draft.insurgents[0] if draft.insurgents else ""
    note = "part" if PART.search(words) else ""
    count = _count(words) if kind == "crossing" else ""
    table = {
        "controls": _controls(side, words, note, ours),
        "entered": Claim("entered", side, note=note),
        "attacks": Claim("repulsed", side) if BEATEN.search(words) else Claim("attacked", side),
        "withdrew": Claim("repulsed", side)
        if side != ours and BEATEN.search(words)
        else Claim("withdrew", side),
        "handed_over": Claim("handed_over", theirs, note=note),
        "fled": Claim("fled", side),
        "crossing": Claim("crossed", side, count=count),
        "captured": _captured(side, words, ours),
        "denial": Claim("fell", theirs, polarity="denied", note=note),
    }
    claim = table.get(kind) or (Claim(kind, side) if kind in CLAIMS else None)
    return [Told(place, claim)] if claim else []


CLAIMS = ("held", "fell", "repulsed", "switched", "captured", "stayed", "crossed", "support")


def _controls(side: str, words: str, note: str, ours: str) -> Claim | None:
    if not side:
        return None
    if side == ours and not BACK.search(words):
        return Claim("held", side, note=note)
    return Claim("fell", side, note=f"{note} retaken".strip() if side == ours else note)


def _captured(side: str, words: str, ours: str) -> Claim:
    """Buildings taken are a place entered or taken; persons taken belong to the other side."""
    if WHOLE.search(words):
        return Claim("fell", side)
    if SEIZED.search(words) and side != ours:
        return Claim("entered", side, note="part")
    return Claim("captured", ours)


def _count(words: str) -> str:
    found = re.search(r"\b(\d{1,3}(?:,\d{3})+|\d+)\b", words)
    return found[1].replace(",", "") if found else ""


def status_reports(facts: Facts, draft: Draft) -> None:
    """Add, for every place, a report on who held it on the day the holders are dated."""
    from casebuild.frame import held_by_column, status_day

    day, column = status_day(facts), held_by_column(facts)
    if day is None or day <= draft.start:
        return
    for row in facts.rows("places"):
        place, side = slug(row["id"]), armed(row.get(column, ""))
        if place not in draft.holder or side not in draft.side_ids or not draft.holder[place]:
            continue
        if draft.holder_on(place, day) != side:
            continue  # a dated later change contradicts it; counted with the history
        draft.add(
            "reports",
            id=f"status-{place}",
            published_at=day,
            event_date=day,
            place=place,
            claim="held",
            side=side,
            polarity="asserted",
            source_class="reporter",
            verification="confirmed",
            interest="none",
            origin="status",
            outlet="",
            words=f"{row.get('name') or place} held by {side}",
            note="status on that day",
            source=row.get("held_by_source") or row["source"],
            confidence=row["confidence"],
        )
