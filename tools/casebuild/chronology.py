"""Changes of hands that a list of dated events tells plainly, as the press of those days told them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from casebuild.days import spans
from casebuild.draft import Draft, counted
from casebuild.folder import Facts, Row
from casebuild.frame import armed
from casebuild.judgement import Codings
from casebuild.naming import named_places, only_names
from casebuild.press import hearsay, item_of, told
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
CLAUSE = re.compile(r"\s*;\s*|\s*:\s+")
PIECE = re.compile(r"\s*,\s+|\s+(?:and|but|while|as|after|before|when|then|with)\s+")
OBJECT = re.compile(r"^(?:\s*(?:the|town|city|capital|of|towns|cities|all|back|again))*\s*")
ELSEWHERE = re.compile(r"\b(?:by|from|in|at|on|with|near|off|between|through|for|to|towards?)\b")
NEAR = timedelta(days=5)


def chronology_reports(facts: Facts, draft: Draft, codings: Codings) -> int:
    """Add a report for each place that a dated event says was taken or lost, and the press of those days told of.

    Only events whose day is sure count, and only if an item that tells of them carries its own day.
    """
    added = 0
    for row in facts.rows("timeline"):
        day = facts.day(row, "date")
        if day is None or not draft.start < day <= draft.end or not KINDS.search(row.get("category", "")):
            continue
        item = item_of(row["source"], day)
        fixed = codings.correction("timeline", row.get("event", ""))
        found = changes(row, day, draft)
        if fixed:
            found = [] if fixed.get("leave_out") else [(fixed["place"], fixed["side"])]
            draft.coded.append(f"timeline, {day}: {fixed['reason']}")
        for place, side in found:
            if row["confidence"] != "high" or item is None or not _sure(place, side, day, draft):
                draft.left_out["events of the timeline that no press of those days surely tells of"] += 1
            elif not _settled(place, day, draft):
                change = {"place": place, "to_side": side, "source": row["source"]}
                id, note = f"timeline-{day}-{place}", "cited later for an event of that day"
                draft.add("reports", id=id, note=note, **told(draft, change, day, item))
                added += 1
    return added


def changes(row: Row, day: date, draft: Draft) -> list[tuple[str, str]]:
    """Return the places that an event says changed hands on its day, with the side that took each.

    Only what is named with the word for the change counts: 'Sarobi lost, Kabul cut off' tells of Sarobi alone.
    """
    actor, found = armed(row.get("actor", "")), []
    for sentence in CLAUSE.split(row.get("event", "")):
        for clause in _pieces(sentence, draft):
            change = CHANGE.search(clause)
            other_day = any(span.first != day for span in spans(clause, draft.start, draft.end))
            if not change or other_day or UNSURE.search(clause) or NOT_NOW.search(clause):
                continue
            side = _taker(clause, change, actor, draft)
            if side in draft.side_ids:
                found += [(place, side) for place in _told_of(clause, change, draft)]
    return list(dict.fromkeys(found))


def _pieces(sentence: str, draft: Draft) -> list[str]:
    """Return the parts of a sentence; names in a list stay with the part that says what became of them."""
    pieces: list[str] = []
    waiting: list[str] = []
    for piece in PIECE.split(sentence):
        if only_names(piece, draft):
            if pieces and not waiting and CHANGE.search(pieces[-1]):
                pieces[-1] += f", {piece}"
            else:
                waiting.append(piece)
        else:
            pieces.append(", ".join([*waiting, piece]))
            waiting = []
    return pieces


def _told_of(clause: str, change: re.Match[str], draft: Draft) -> list[str]:
    """Return the places that were taken: what follows the word for it, else what stands before it."""
    after = OBJECT.sub("", clause[change.end() :])
    object = ELSEWHERE.split(after)[0]
    if named_places(object, draft):
        return named_places(object, draft)
    subject = ELSEWHERE.split(clause[: change.start()])[0]
    return named_places(subject, draft)


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


def _sure(place: str, side: str, day: date, draft: Draft) -> bool:
    """Say whether the history has that change about that day, as a sure one that was no mere claim."""
    return any(
        (row["place"], row["to_side"], row["confidence"]) == (place, side, "high")
        and abs(counted(row) - day) <= NEAR
        and not hearsay(row)
        for row in draft.rows("history")
    )


def _settled(place: str, day: date, draft: Draft) -> bool:
    """Say whether another report of those days settles who held the place."""
    for row in draft.rows("reports"):
        if row["place"] == place and row["claim"] in ("fell", "handed_over"):
            event = date.fromisoformat(str(row["event_date"] or row["published_at"])[:10])
            if row["verification"] == "confirmed" and abs(event - day) <= NEAR:
                return True
    return False
