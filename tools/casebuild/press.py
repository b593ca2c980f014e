"""Dated press items that the facts cite for a change of hands, as reports of their own day."""

from __future__ import annotations

import re
from datetime import date

from casebuild.days import Span, spans
from casebuild.draft import Draft
from casebuild.judgement import Codings

WITHIN = 5  # days after the event
NOT_PRESS = re.compile(
    r"wikipedia|general reference|anniversar|day note|from memory|chronology|mapping report|communique|\bCIA\b"
    r"|^holder on",
    re.IGNORECASE,
)


def press_reports(draft: Draft, codings: Codings) -> int:
    """Add one report for every dated change that a press item of those days is cited for; return how many."""
    added, not_press = 0, re.compile(str(codings.get("not_press", "(?!)")), re.IGNORECASE)
    names = {row["id"]: row["name"] for row in draft.rows("places")}
    sides = {side["id"]: side["name"] for side in draft.sides}
    for number, row in enumerate(draft.rows("history"), 1):
        event = draft.event_day.get((row["place"], row["latest"]), row["latest"])
        item = _item(not_press.sub("", row["source"]), event, draft) if row["to_side"] else None
        if item is None:
            continue
        published, outlet = item
        added += 1
        draft.add(
            "reports",
            id=f"press-{number:03d}-{row['place']}",
            published_at=published,
            event_date=event,
            place=row["place"],
            claim="fell",
            side=row["to_side"],
            polarity="asserted",
            source_class="agency",
            verification="confirmed",
            interest="none",
            origin=re.split(r" \(|/(?!RL)| via ", outlet)[0].strip(),
            outlet=outlet,
            words=f"{names[row['place']]} taken by {sides[row['to_side']]}",
            note="cited later for the change of hands",
            source=row["source"],
            confidence="medium",
        )
    return added


def _item(source: str, event: date, draft: Draft) -> tuple[date, str] | None:
    """Return the earliest press item of the days after an event: its date and its outlet."""
    found = []
    for part in re.split(r"\s*[;|]\s*", source):
        if NOT_PRESS.search(part):
            continue
        for span in spans(part, draft.start, draft.end):
            if not span.exact or not _of_the_day(part, span) or _looks_back(part, span):
                continue
            if 0 <= (span.last - event).days <= WITHIN:
                found.append((span.last, outlet_of(part, span.begin)))
                break
    return min(found, key=lambda item: item[0], default=None)


def outlet_of(part: str, until: int) -> str:
    """Return the name of the outlet that a citation begins with."""
    return re.split(r",| \((?!via|reprint)| https?:", part[:until])[0].strip(" (") or "press"


def _of_the_day(part: str, span: Span) -> bool:
    """Say whether a phrase can date an item: it names a year, or stands as 'on 12 June'."""
    named = re.search(r"\d{4}", part[span.begin : span.end])
    return bool(named or re.search(r"\bon $", part[: span.begin]))


def _looks_back(part: str, span: Span) -> bool:
    """Say whether an item was written in a later year than the day it names."""
    return any(int(year) > span.last.year for year in re.findall(r"\((\d{4})\)", part))
