"""Reports: claims as they were published, by the coding rules; never what turned out to be true."""

from __future__ import annotations

import re
from typing import Any

from facts.codings import Codings
from facts.draft import Draft
from facts.folder import Facts, Row, slug
from facts.frame import armed
from facts.ground import stamp_day
from facts.speakers import Claim, interest, speaker_class, speaker_side
from facts.words import read_words

PART = re.compile(
    r"\b(part|parts|partly|most|mostly|largely|key areas|quarters|airport|base|only|sector)\b", re.I
)
SEIZED = re.compile(
    r"govern\w+ (office|residence|building)|headquarters|prison|installation|universit|quarters|city", re.I
)
WHOLE = re.compile(r"\ball installations|city taken|\band 209th|announced as new", re.I)
BACK = re.compile(r"retaken|regained|recaptured|taken back", re.I)
BEATEN = re.compile(r"beaten (back|off)|repell|thrown back", re.I)
VERIFIED = {"confirmed", "attributed", "unverified", "denied"}


def reports(facts: Facts, draft: Draft, codings: Codings) -> None:
    """Add every report that the coding rules can read; count the others."""
    seen: set[str] = set()
    for row in facts.rows("reports"):
        published, place = row["published"], slug(row.get("place", ""))
        day = stamp_day(published)
        id = slug(row["id"]) or f"r{len(seen) + 1:03d}"
        if day is None or id in seen or (place and place not in draft.holder):
            facts.drop(row, "a report needs its own id, a date of publication and a known place or none")
            continue
        seen.add(id)
        fixed, reason = codings.cells("reports", row["id"]), codings.correction("reports", row["id"])
        claim = _typed(row, place, draft) if row.get("type") else read_words(row, place, draft)
        if reason.get("leave_out") or (claim is None and "claim" not in fixed):
            draft.left_out["reports that are no claim on a place, or that the rules cannot read"] += 1
            continue
        values = _values(row, place, claim or Claim(str(fixed["claim"])), draft) | {"id": id}
        event = stamp_day(row.get("event_date", ""))
        values["event_date"] = event if event and event <= day else ""
        draft.add("reports", **(values | fixed))
        if reason:
            draft.coded.append(f"report {row['id']}: {reason['reason']}")
    if not draft.rows("reports"):
        draft.assume("No reports are given: what was known by a day is taken from the dated changes.")


def _values(row: Row, place: str, claim: Claim, draft: Draft) -> dict[str, Any]:
    source_class = speaker_class(row.get("speaker", ""), draft)
    speaker = speaker_side(row.get("speaker", ""), row.get("words", ""), draft)
    denied = claim.polarity == "denied"
    said = row.get("verification", "") if row.get("type") else ""
    fallback = "unverified" if source_class in ("none", "social_media") else "attributed"
    outlet = row.get("outlet") or _outlet(row["source"])
    return {
        "published_at": row["published"],
        "place": place,
        "claim": claim.claim,
        "side": claim.side,
        "count": claim.count,
        "polarity": claim.polarity,
        "source_class": source_class,
        "verification": "denied" if denied else said if said in VERIFIED - {"denied"} else fallback,
        "interest": interest(claim, speaker),
        "origin": _origin(outlet) if row.get("outlet") else row.get("speaker", ""),
        "outlet": outlet,
        "url": row.get("url", ""),
        "words": row.get("words", ""),
        "note": claim.note,
        "source": row["source"] if row["source"] != "not given in the facts" else outlet,
        "confidence": row["confidence"] if row["confidence"] != "low" else "medium",
    }


def _outlet(source: str) -> str:
    return re.split(r"[;|]| \(|,", source)[0].strip()


def _origin(outlet: str) -> str:
    """Return who first said it: the agency before '(via ...)'."""
    return re.split(r" \(|/(?!RL)| via ", outlet)[0].strip()


def _typed(row: Row, place: str, draft: Draft) -> Claim | None:
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
    return table.get(kind) or (Claim(kind, side) if kind in CLAIMS else None)


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
    from facts.frame import held_by_column, status_day

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
