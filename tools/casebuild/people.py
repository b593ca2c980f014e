"""People under arms and those they follow: garrisons and leaders, as they could be known, without outcomes."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from casebuild.days import spans
from casebuild.draft import Draft
from casebuild.folder import Facts, Row, slug
from casebuild.frame import armed
from casebuild.ground import number
from casebuild.judgement import Codings

HINDSIGHT = re.compile(
    r"withdr|surrend|\bfled\b|\bfell\b|\blost\b|captur|kill|\bleft\b|beaten|dispers|dissol|evacuat|retak|retreat"
    r"|taken|mov(ed|ing) |recall(ed|ing) toward|disarm|desert|chang\w* side|driven|siege|besieg|refused|last hill"
    r"|\bafter\b|final",
    re.IGNORECASE,
)
"""Words that tell how it ended: no note and no unit with one of them enters a case."""

OFFICE = re.compile(
    r"\b(president|minister|governor|commander|chief|spokesman|speaker|head|general|colonel|captain|marshal"
    r"|officer|secretary|adviser|chair)",
    re.IGNORECASE,
)
TOTAL = re.compile(
    r"\btotal\b|\ball\b|\boverall\b|nominal|\bcount\b|own claim|national|uprising forces", re.IGNORECASE
)
UNCODED = (
    ("clients", "Which places follow a leader"),
    ("feud_with_centre", "A leader's feud with the centre"),
)
UNIT_KINDS = (
    ("police", r"polic|gendarm"),
    ("special", r"special|command|presidential|guard|ranger|parachut|airborne"),
    ("militia", r"militia|volunteer|tribal|recruit|fighters|protection force|uprising"),
    (
        "army",
        r"army|corps|division|brigade|garrison|regiment|battalion|sector|camp|marine|peshmerga|front|zone",
    ),
)
KIND_WORDS = {"total", "insurgent_total"}


def leaders(facts: Facts, draft: Draft, codings: Codings) -> None:
    """Add public office-holders and commanders of the sides, without what became of them."""
    ids: set[str] = set()
    for row in facts.rows("leaders"):
        fixed = codings.cells("leaders", row["name"])
        reason = codings.correction("leaders", row["name"])
        side = fixed.get("side") or armed(row.get("side", ""))
        outside = {block["id"] for block in draft.sides if block["role"] == "outside"}
        if reason.get("leave_out") or side not in draft.side_ids - outside or not row["name"]:
            draft.left_out["leaders of no armed side, or known by an outcome only"] += 1
            continue
        role, since, until = _role(row.get("role", ""), draft)
        if HINDSIGHT.search(role) and "role" not in fixed:
            draft.left_out["leaders of no armed side, or known by an outcome only"] += 1
            continue
        id = slug(row["name"])
        id = id if id not in ids else f"{id}-{len(ids)}"
        ids.add(id)
        base, since = _base(draft, side, fixed.get("base", slug(row.get("base", ""))), since, fixed)
        values: dict[str, Any] = {
            "id": id,
            "name": row["name"],
            "role": role or "public role not given",
            "side": side,
            "rank": 1 + sum(other["side"] == side for other in draft.rows("leaders")),
            "base": base,
            "in_office": _in_office(role),
            "known_from": since,
            "known_until": until,
            "reason": _why(reason),
            "source": row["source"],
            "confidence": row["confidence"],
        }
        draft.add("leaders", **(values | fixed))
        if reason:
            draft.coded.append(f"leader {row['name']}: {reason['reason']}")
    _say_unknown(draft)


def _say_unknown(draft: Draft) -> None:
    if not draft.rows("leaders"):
        draft.assume("No leaders are given: how far places follow a leader is left to its prior.")
        return
    for column, what in (
        ("clients", "Which places follow a leader"),
        ("feud_with_centre", "A leader's feud with the centre"),
    ):
        if not all(row.get(column) not in (None, "", []) for row in draft.rows("leaders")):
            draft.assume(f"{what} is left to its prior where the table is empty.")


def _why(correction: dict[str, Any]) -> str:
    if not correction:
        return ""
    return f"{correction['reason']} [{correction['source']}; {correction['date']}]"


def _in_office(role: str) -> bool | str:
    if re.search(r"\bformer\b", role, re.IGNORECASE):
        return False
    return True if OFFICE.search(role) else ""


def _role(text: str, draft: Draft) -> tuple[str, date | None, date | None]:
    """Split a role into its words, the day it was known from, and its last day."""
    since: date | None = None
    until: date | None = None
    for span in reversed(list(spans(text, draft.start, draft.end))):
        before = text[: span.begin].rstrip(" (,")
        word = before.split()[-1].lower().strip("(") if before.split() else ""
        if word in ("to", "until"):
            until = span.last
        else:
            since = span.first if span.exact else span.last
            until = span.last if span.exact and span.last > span.first else until
        if word in ("to", "until", "from", "since", "in"):
            before = before[: -len(word)].rstrip(" (,")
        text = before + text[span.end :].lstrip(")")
    clean = re.sub(r"\bfrom \d{4}\b", "", text).strip(" ,(")
    return " ".join(clean.split()), since if since and since > draft.start else None, until


def _base(
    draft: Draft, side: str, base: str, since: date | None, fixed: dict[str, Any]
) -> tuple[str, date | None]:
    """Return a leader's base and the day from which the row can be known.

    A base that the side holds only later is where the leader was seen later: the row waits for that day.
    """
    if base not in draft.holder or "base" in fixed:
        return (base if base in draft.holder else ""), since
    if draft.holder[base] in {side, *draft.friends(side)}:
        return base, since
    held = draft.held_since(base, side)
    if held is None:
        return "", since
    return base, max(held, since or held)


def garrisons(facts: Facts, draft: Draft, codings: Codings) -> None:
    """Add the units of the sides at places they held, without what became of them."""
    for row in facts.rows("forces"):
        fixed, reason = codings.cells("garrisons", row["unit"]), codings.correction("garrisons", row["unit"])
        side = fixed.get("side") or armed(row.get("side", ""))
        why_not = _why_not(row, side, reason, fixed, draft)
        if why_not:
            draft.left_out[why_not] += 1
            continue
        kind = fixed.get("kind") or _kind(row, side)
        place, since = _where(row, side, kind, fixed, draft)
        if place is None:
            draft.left_out["units at places their side did not hold when they were known"] += 1
            continue
        low, high = _whole(row.get("low", "")), _whole(row.get("high", ""))
        values: dict[str, Any] = {
            "side": side,
            "place": place,
            "unit": row["unit"],
            "leader": _leader(row, since, draft),
            "kind": kind,
            "nominal": _whole(row.get("nominal", "")),
            "effective_low": low if low != "" else high,
            "effective_high": high if high != "" else low,
            "known_from": since,
            "note": _note(row, draft) if not reason else _why(reason),
            "source": row["source"],
            "confidence": row["confidence"],
        }
        draft.add("garrisons", **(values | fixed))
        if reason:
            draft.coded.append(f"unit {row['unit']}: {reason['reason']}")
    _say_strength(draft)


def _say_strength(draft: Draft) -> None:
    rows = draft.rows("garrisons")
    if not rows:
        draft.assume("No garrisons are given: strengths are left to their prior.")
        return
    draft.assume("Strengths are mostly estimates, some of them made afterwards; places without a row: prior.")
    for side in draft.sides:
        mine = [row for row in rows if row["side"] == side["id"] and row["kind"] != "total" and row["place"]]
        if not mine and side["role"] != "outside":
            draft.assume(f"Side '{side['id']}': no units at places are given; left to their prior.")


def _why_not(row: Row, side: str, reason: dict[str, Any], fixed: dict[str, Any], draft: Draft) -> str:
    """Return why a unit is left out, or an empty string."""
    if side not in draft.side_ids or side in {s["id"] for s in draft.sides if s["role"] == "outside"}:
        return "units of outside backers and of parties that are no side"
    if reason.get("leave_out") or HINDSIGHT.search(row["unit"]):
        return "units known only by what became of them"
    if not row["unit"]:
        return "units without a name"
    return ""


def _kind(row: Row, side: str) -> str:
    said, area = row.get("kind", "").lower(), row.get("area", "").lower()
    own = re.match(rf"{re.escape(side)}\b(,| in | total)", row["unit"], re.IGNORECASE)
    if said in KIND_WORDS or "national" in area or "reserve" in area or own or TOTAL.search(row["unit"]):
        return "total"
    for kind, words in UNIT_KINDS:
        if re.search(words, said) or (not said and re.search(words, row["unit"], re.IGNORECASE)):
            return kind
    return "other"


def _where(
    row: Row, side: str, kind: str, fixed: dict[str, Any], draft: Draft
) -> tuple[str | None, date | None]:
    """Return a unit's place and the day it was known from; None: it was never at a place of its side."""
    place = fixed.get("place", slug(row.get("place", "")))
    last = max((span.last for span in spans(row["unit"], draft.start, draft.end)), default=None)
    since = fixed.get("known_from") or (last if last and last > draft.start else None)
    own = {side, *draft.friends(side)}
    if place not in draft.holder or kind == "total":
        return (place if draft.holder_on(place, since or draft.start) in own else ""), since
    if since is None and draft.holder[place] not in own:
        since = draft.held_since(place, side)
        if since is None:
            return None, None
    if draft.holder_on(place, since or draft.start) not in own:
        return None, None
    return place, since


def _leader(row: Row, since: date | None, draft: Draft) -> str:
    """Return the leader a unit follows: one who is named with it and was known by then."""
    named = f"{row.get('commander', '')} {row['unit']}"
    for leader in draft.rows("leaders"):
        known = leader.get("known_from")
        if leader["name"] in named and (not known or (since is not None and known <= since)):
            return str(leader["id"])
    return ""


def _note(row: Row, draft: Draft) -> str:
    """Return the basis of the figures, if it tells nothing that came after the start."""
    parts = [row.get("nominal_basis", ""), row.get("estimate_basis", ""), row.get("note", "")]
    fair = [part for part in parts if part and not HINDSIGHT.search(part) and not _later(part, draft)]
    return "; ".join(fair)


def _later(text: str, draft: Draft) -> bool:
    years = (int(year) for year in re.findall(r"\b(1[89]\d\d|20\d\d)\b", text))
    late = any(span.last > draft.start for span in spans(text, draft.start, draft.end))
    return late or any(year > draft.start.year for year in years)


def _whole(text: str) -> int | str:
    value = number(text)
    return round(value) if value is not None and 0 <= value <= 1e7 else ""
