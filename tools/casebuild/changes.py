"""Who held what from the start on: changes of hands, with the days on which they may have happened."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from casebuild.change_days import in_order, one_day, two_days
from casebuild.draft import Draft, counted
from casebuild.folder import Facts, Row, slug
from casebuild.frame import armed, status_day

MODES = {"fight", "negotiated", "abandoned", "unopposed", "switched", "mixed"}


def history(facts: Facts, draft: Draft) -> None:
    """Add the changes of hands, and set who held each place at the start."""
    status = status_day(facts)
    late = status is not None and status > draft.start
    events: dict[str, list[tuple[date, Row]]] = defaultdict(list)
    for row in facts.rows("falls"):
        day, place = facts.day(row, "date"), slug(row["place"])
        if day is None:
            continue
        if place not in draft.holder:
            facts.drop(row, f"unknown place '{row['place']}'")
        elif day <= draft.start:
            draft.left_out["changes up to the start of the case (places.csv says who held what)"] += 1
        elif draft.cut and day > draft.end:
            draft.left_out["changes after the end of the period, of which only guesses are known"] += 1
        else:
            events[place].append((day, row))
    for place in draft.holder:
        changes = sorted(events[place], key=lambda event: event[0])
        if late and status is not None:
            _undo(draft, place, changes, status)
        held, found = draft.holder[place], []
        for day, row in changes:
            change = _change(facts, draft, row, place, day, held)
            if change:
                held = change["to_side"]
                found.append(change)
        for change in in_order(found, draft):
            draft.add("history", **change)
    draft.rows("history").sort(key=lambda row: (counted(row), row.get("date") or row["earliest"]))
    for row in draft.rows("places"):
        row["held_by"] = draft.holder[row["id"]]


def _undo(draft: Draft, place: str, changes: list[tuple[date, Row]], status: date) -> None:
    """Set the holder at the start from the holder on a later day, by undoing the changes between."""
    held = draft.holder[place]
    if not held:
        return
    before = [row for day, row in changes if day <= status]
    if before:
        first = armed(before[0].get("from_side", ""))
        draft.holder[place] = first or (draft.incumbent if held != draft.incumbent else _challenger(draft))
        return
    if held == draft.incumbent:
        return
    draft.holder[place] = draft.incumbent
    if changes:  # a dated loss after that day: the place, or the part that counts, was still held then
        draft.left_out["status rows that a dated later change contradicts"] += 1
        return
    draft.add(
        "history",
        place=place,
        earliest=draft.start,
        latest=status,
        from_side=draft.incumbent,
        to_side=held,
        mode="",
        note=f"changed hands between the start and {status}; the day is not known",
        source=f"holder on {status} in places.csv of the facts",
        confidence="low",
    )


def _challenger(draft: Draft) -> str:
    return draft.insurgents[0] if draft.insurgents else ""


def _change(facts: Facts, draft: Draft, row: Row, place: str, day: date, held: str) -> dict[str, Any] | None:
    """Return one change of hands, or None where the row tells of none."""
    before = armed(row.get("from_side", ""))
    before = before if before in draft.side_ids else ""
    after = armed(row.get("to_side", ""))
    if not row.get("to_side"):
        after = _challenger(draft) if held in ("", draft.incumbent) else draft.incumbent
    if row.get("from_side") and before != held:
        facts.problems.append(
            f"{row['_at']}: '{before or 'nobody'}' did not hold {place} by the earlier rows"
        )
    if after == held or (after and after not in draft.side_ids):
        facts.drop(
            row, f"'{row.get('to_side') or after}' takes {place}: no armed side, or it held it already"
        )
        return None
    other = facts.day(row, "alt_date") if row.get("alt_date") else None
    days = two_days(day, other) if other and other != day else one_day(day, row)
    draft.event_day[place, days["date"] or days["latest"]] = day
    sources = [row["source"], row.get("alt_source", "")]
    return {
        "place": place,
        **days,
        "from_side": held,
        "to_side": after,
        "mode": row["mode"] if row.get("mode") in MODES else "",
        "note": row["note"],
        "source": " | ".join(part for part in sources if part),
        "confidence": row["confidence"],
    }
