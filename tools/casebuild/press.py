"""Items of the press of the day that the facts cite for a change of hands, as reports of their own day."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from casebuild.citations import Item, press_items
from casebuild.draft import Draft, counted
from casebuild.judgement import Codings

WITHIN = 5  # days after the event
SAID = re.compile(
    r"\bclaim|\bden(?:y|ies|ied)\b|contradict|disput|unconfirmed|not (?:confirmed|verified)|no independent|announc"
    r"|\bstatement\b|spokes|\bsaid\b|\breported(?:ly)?\b|according|\bper \w|rebel account|army source|\bother \w+ say",
    re.IGNORECASE,
)
"""Notes that say that the change was a claim, or that somebody denied it: what was printed is not known well enough."""
CONCEDED = re.compile(r"conced|confirm(?:s|ed) (?:by|to|in|on)|\badmit", re.IGNORECASE)


def press_reports(draft: Draft, codings: Codings) -> int:
    """Add one report for every change whose day is sure and for which the press of those days is cited.

    A change that was claimed or denied at the time gives none: what the item said of it is not known.
    """
    added, not_press = 0, re.compile(str(codings.get("not_press", "(?!)")), re.IGNORECASE)
    for number, row in enumerate(draft.rows("history"), 1):
        event = draft.event_day.get((row["place"], counted(row)), counted(row))
        item = item_of(not_press.sub("", row["source"]), event) if row["to_side"] else None
        if item is None:
            continue
        if row["confidence"] != "high":
            draft.left_out["press cited for a change whose day is not sure"] += 1
        elif hearsay(row):
            draft.left_out["press cited for a change that was only claimed, or denied, at the time"] += 1
        else:
            added += 1
            id, note = f"press-{number:03d}-{row['place']}", "cited later for the change of hands"
            draft.add("reports", id=id, note=note, **told(draft, row, event, item))
    return added


def hearsay(change: dict[str, Any]) -> bool:
    """Say whether a change is noted as claimed or denied at the time, and nobody conceded it."""
    return bool(SAID.search(change["note"])) and not CONCEDED.search(change["note"])


def item_of(source: str, event: date) -> Item | None:
    """Return the earliest item of the press that was published within some days after an event."""
    found = [item for item in press_items(source) if 0 <= (item.published - event).days <= WITHIN]
    return min(found, key=lambda item: item.published, default=None)


def told(draft: Draft, change: dict[str, Any], event: date, item: Item) -> dict[str, Any]:
    """Return the cells of a report that a place was taken, as an item of the press told it."""
    place = next(row["name"] for row in draft.rows("places") if row["id"] == change["place"])
    side = next(side["name"] for side in draft.sides if side["id"] == change["to_side"])
    return {
        "published_at": item.published,
        "event_date": event,
        "place": change["place"],
        "claim": "fell",
        "side": change["to_side"],
        "polarity": "asserted",
        "source_class": "agency",
        "verification": "confirmed",
        "interest": "none",
        "origin": re.split(r" \(|/(?!RL)| via ", item.outlet)[0].strip(),
        "outlet": item.outlet,
        "words": f"{place} taken by {side}",
        "source": change["source"],
        "confidence": "medium",
    }
