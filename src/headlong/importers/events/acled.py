"""An export of ACLED becomes reports and changes of hands (https://acleddata.com).

Of its events only those are read that tell who holds a place (``acled_events.csv``), and armed clashes if asked for. An
event counts as published when ACLED's weekly release with it is out: a week after it, or on the day of the export.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from headlong.errors import BadRequest
from headlong.importers.events.actors import Actor, sides_from
from headlong.importers.events.coded import CodedEvent, CodedSource, of_country
from headlong.importers.formats.records import read_records
from headlong.importers.formats.source import Source, SourceRecord
from headlong.importers.formats.values import day_of, need_day, number_of, spot_of

__all__ = ["LICENCE", "read_acled"]

LICENCE = (
    "ACLED data: its terms do not let you pass the data on. Keep the tables made from it to yourself, and cite "
    "acleddata.com with the day of your export. Its event notes are not copied."
)
LAG = 7  # days from an event to the weekly release with it
NEED = ("event_date", "sub_event_type", "actor1", "latitude", "longitude", "location")
KINDS = ("state forces", "rebel group", "political militia", "identity militia", "rioters", "protesters", "civilians",
         "external/other forces")  # fmt: skip
OLD = re.compile(r"^battle ?- ?")
"""What stood before the types of battles until 2018."""

FIGHTS = "that are armed clashes (--clashes reads them as reports of fighting)"
STATE, REBELS = KINDS[0], KINDS[1:3]
SLACK = {"2": 7, "3": 31}  # days, by time_precision
SURE = {"1": "high", "2": "medium"}  # by geo_precision
SCALES = (("new media", "social_media"), ("international", "agency"), ("other", "none"))


@cache
def meanings() -> Mapping[str, Mapping[str, str]]:
    """What each event type that is read says, by its name in lower case."""
    with (Path(__file__).parent / "acled_events.csv").open(encoding="utf-8", newline="") as file:
        return {row["sub_event_type"].lower(): row for row in csv.DictReader(file)}


def read_acled(
    path: Path, lag: int | None = None, clashes: bool = False, country: str | None = None
) -> CodedSource:
    """Read an export.

    Parameters
    ----------
    path : Path
        CSV, workbook, the JSON of the API, or a map layer of points.
    lag : int, optional
        Days from an event to its publication.
    clashes : bool
        Read armed clashes, too: reports that there was fighting.
    country : str, optional
        Read events of this country alone.
    """
    source = read_records(path, wanted=NEED)
    if {"week", "events"} <= set(source.columns):
        raise BadRequest(
            f"'{path.name}' holds ACLED's counts by week and region, which do not say what happened where. Export the "
            "events themselves."
        )
    by = "sub_event_type" if "sub_event_type" in source.columns else "event_type"  # before 2019
    source.need(*NEED[:1], by, *NEED[2:])
    out: Counter[str] = Counter()
    exported = max((_stamp(row) for row in source.rows), default=None)
    events: list[CodedEvent] = []
    actors: dict[str, Actor] = {}
    for number, row in of_country(source, country, out):
        meaning = meanings().get(OLD.sub("", row[by].lower()))
        if meaning is None or (meaning["who"] == "nobody" and not clashes):
            out["that tell nothing of who holds a place" if meaning is None else FIGHTS] += 1
            continue
        event = _event(source, row, meaning)
        if event is None:
            continue
        published = event[0] + timedelta(days=LAG if lag is None else lag)
        found = _made(row, meaning, event, min(published, max(exported or published, event[0])), number)
        events.append(found)
        for name, kind in ((found.actor, row["inter1"]), (found.other, row["inter2"])):
            if name:
                actor = actors.setdefault(name, Actor(name, _kind(kind)))
                actor.seen(found.day, found.changes)
    source.findings.stop()
    sides = sides_from(actors.values(), STATE, REBELS)
    return CodedSource(events, actors, sides, len(source.rows), out, source.sheet)


Parts = tuple[date, tuple[float, float], str]


def _event(source: Source, row: SourceRecord, meaning: Mapping[str, str]) -> Parts | None:
    """Day, spot and provenance of an event; None if something is wrong with it."""
    findings, where = source.findings, f"{source.path.name}, line {row.line}"
    day, spot = need_day(source, row, "event_date"), spot_of(row, findings)
    if not row["location"]:
        findings.note(row.line, "location", None, "must not be empty", "Name the place.")
    if meaning["changes"] == "yes" and not row["actor1"]:
        findings.note(row.line, "actor1", None, "must not be empty", "Name who took the place.")
        return None
    return (day, spot, where) if day and spot and row["location"] else None


def _made(
    row: SourceRecord, meaning: Mapping[str, str], parts: Parts, published: date, number: int
) -> CodedEvent:
    day, (lat, lon), where = parts
    ident = (row["event_id_cnty"] or row.code("data_id") or f"{row.code('iso')}-{number}").lower()
    return CodedEvent(
        id="acled-" + "".join(c if c.isascii() and c.isalnum() else "-" for c in ident)[:60],
        source=f"ACLED event {row['event_id_cnty'] or where}",
        outlet=row["source"],
        day=day,
        published=published,
        slack=SLACK.get(row.code("time_precision"), 0),
        claim=meaning["claim"],
        mode=meaning["mode"],
        actor=row["actor1"],
        other=row["actor2"],
        place=row["location"],
        region=row["admin1"],
        country=row["country"],
        lat=lat,
        lon=lon,
        source_class=next((c for word, c in SCALES if word in row["source_scale"].lower()), "reporter"),
        confidence=SURE.get(row.code("geo_precision"), "low"),
        changes=meaning["changes"] == "yes",
    )


def _kind(code: str) -> str:
    """Kind of an actor: ACLED writes it as a number or, in newer exports, in words."""
    number = number_of(code)
    if number is not None and 1 <= number <= len(KINDS):
        return KINDS[int(number) - 1]
    return code.lower()


def _stamp(row: SourceRecord) -> date:
    """Day of ACLED's last change of a row; the export is not older."""
    number = number_of(row["timestamp"])
    if number is not None and 1e9 < number < 4e9:
        return datetime.fromtimestamp(number, UTC).date()
    return day_of(row["timestamp"]) or date.min
