"""Changes of hands that a list of dated events tells plainly, as reports of their day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from casebuild.days import spans
from casebuild.draft import Draft
from casebuild.folder import Facts, Row
from casebuild.frame import armed
from casebuild.judgement import Codings
from casebuild.naming import named_places
from casebuild.press import NOT_PRESS, outlet_of
from casebuild.speakers import named_side
from casebuild.words import NOT_NOW, opponent

KINDS = re.compile(r"milit|territ|control|battle|fall|^$", re.IGNORECASE)
CHANGE = re.compile(
    r"\b(?:lost|loses|fell|falls?|fallen|(?:re)?taken(?: over)?|(?:re)?captured|(?:re)?takes?|captures?|seized"
    r"|seizes|overrun)\b",
    re.IGNORECASE,
)
LOSES = re.compile(r"\b(lost|loses|fell|falls?|fallen)\b", re.IGNORECASE)
UNSURE = re.compile(
    r"\b(claim\w*|den(y|ies|ied)|not|never|part of|parts of|attempt\w*|tries|tried|fails?|failed|stalls|raid"
    r"|begins?|starts?|disputed|reported(ly)?|heights|camp|base|airport|districts?|suburbs?|outskirts|casualt\w*|soldiers|men)\b",
    re.IGNORECASE,
)
PART = re.compile(r"\s*;\s*|\s*:\s+")
YEAR = timedelta(days=366)
NEAR = timedelta(days=5)


def chronology_reports(facts: Facts, draft: Draft, codings: Codings) -> int:
    """Add a report for each place that a dated event says was taken or lost; return how many."""
    added = 0
    for row in facts.rows("timeline"):
        day = facts.day(row, "date")
        if day is None or not draft.start < day <= draft.end or not KINDS.search(row.get("category", "")):
            continue
        item = _dated_item(row["source"], day, draft)
        fixed = codings.correction("timeline", row.get("event", ""))
        told = changes(row, day, draft)
        if fixed:
            told = [] if fixed.get("leave_out") else [(fixed["place"], fixed["side"])]
            draft.coded.append(f"timeline, {day}: {fixed['reason']}")
        for place, side in told:
            if item and not _told(place, day, draft):
                _add(draft, row, day, place, side, item)
                added += 1
    return added


def changes(row: Row, day: date, draft: Draft) -> list[tuple[str, str]]:
    """Return the places that an event says changed hands on its day, with the side that took each."""
    actor, found = armed(row.get("actor", "")), []
    for clause in PART.split(row.get("event", "")):
        change = CHANGE.search(clause)
        other_day = any(span.first != day for span in spans(clause, draft.start, draft.end))
        if not change or other_day or UNSURE.search(clause) or NOT_NOW.search(clause):
            continue
        side = _taker(clause, change, actor, draft)
        if side not in draft.side_ids:
            continue
        found += [(place, side) for place in named_places(clause, draft)]
    return found


def _taker(clause: str, change: re.Match[str], actor: str, draft: Draft) -> str:
    """Return the side that took: the one named as the taker, else the one the event is listed under."""
    before = named_side(clause[: change.start()], draft)
    agent = re.search(r"\b(?:by|to) (.+)", clause[change.end() :])
    if agent and named_side(agent[1], draft):
        return named_side(agent[1], draft)
    if before and LOSES.search(change[0]):
        return actor if actor in draft.side_ids - {before} else opponent(before, draft)
    if before:
        return before
    if actor in draft.side_ids:
        return opponent(actor, draft) if actor == draft.incumbent and LOSES.search(change[0]) else actor
    return draft.insurgents[0] if len(draft.insurgents) == 1 and not actor else ""


def _dated_item(source: str, day: date, draft: Draft) -> str:
    """Return the outlet of a dated press item that tells of the event, printed within a year of it."""
    for part in re.split(r"\s*[;|]\s*", source):
        named = spans(part, draft.start, draft.end)
        dated = [span for span in named if re.search(r"\d{4}", part[span.begin :])]
        if not NOT_PRESS.search(part) and any(day <= span.last <= day + YEAR for span in dated):
            return outlet_of(part, min(span.begin for span in dated))
    return ""


def _told(place: str, day: date, draft: Draft) -> bool:
    """Say whether another report of those days settles who held the place."""
    for row in draft.rows("reports"):
        if row["place"] == place and row["claim"] in ("fell", "handed_over"):
            event = date.fromisoformat(str(row["event_date"] or row["published_at"])[:10])
            if row["verification"] == "confirmed" and abs(event - day) <= NEAR:
                return True
    return False


def _add(draft: Draft, row: Row, day: date, place: str, side: str, outlet: str) -> None:
    name = next(known["name"] for known in draft.rows("places") if known["id"] == place)
    full = next(known["name"] for known in draft.sides if known["id"] == side)
    draft.add(
        "reports",
        id=f"timeline-{day}-{place}",
        published_at=day,
        event_date=day,
        place=place,
        claim="fell",
        side=side,
        polarity="asserted",
        source_class="agency",
        verification="confirmed",
        interest="none",
        origin=outlet,
        outlet=outlet,
        words=f"{name} taken by {full}",
        note="listed under that day in a chronology",
        source=row["source"],
        confidence="medium",
    )
