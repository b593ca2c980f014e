"""Events of UCDP, final (GED) or candidate, become reports of fighting (https://ucdp.uu.se).

UCDP counts deadly fighting; it codes neither who attacked nor who held the place. So an event is a report that there
was fighting, by no side, and no change of hands is made from it. Deaths are not read.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from headlong.importers.events.actors import Actor, sides_from
from headlong.importers.events.coded import CodedEvent, CodedSource, of_country
from headlong.importers.formats.records import read_records
from headlong.importers.formats.source import SourceRecord
from headlong.importers.formats.values import need_day, spot_of

__all__ = ["LICENCE", "read_ucdp"]

LICENCE = "UCDP data: CC BY 4.0. Cite UCDP (ucdp.uu.se) and the version of the file."
NEED = ("type_of_violence", "side_a", "side_b", "date_start", "latitude", "longitude")
RELEASED = 20  # day of the next month on which candidate events of a month come out
EXACT = ("1", "2", "3")  # where_prec: the spot, within 25 km, the district
SURE = {"1": "high", "2": "medium"}
ONE_SIDED = "3"
STATE, REBEL = "state forces", "rebel group"


def released(day: date) -> date:
    """Day on which the candidate events of a day come out."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=RELEASED)


def read_ucdp(
    path: Path, lag: int | None = None, clashes: bool = True, country: str | None = None
) -> CodedSource:
    """Read events; those of which only the province is known, and one-sided violence, are left out and counted.

    Parameters
    ----------
    path : Path
        CSV, workbook, or a map layer of points.
    lag : int, optional
        Days from an event to its publication; by default the 20th of the next month.
    clashes : bool
        Not used: all events are fighting.
    country : str, optional
        Read events of this country alone.
    """
    source = read_records(path, wanted=NEED)
    source.need(*NEED)
    events: list[CodedEvent] = []
    actors: dict[str, Actor] = {}
    out: Counter[str] = Counter()
    for number, row in of_country(source, country, out):
        if row.code("type_of_violence") == ONE_SIDED:
            out["of violence against civilians by one side"] += 1
            continue
        if (row.code("where_prec") or "1") not in EXACT:
            out["of which only the province or the country is known (where_prec)"] += 1
            continue
        first, spot = need_day(source, row, "date_start"), spot_of(row, source.findings)
        day = need_day(source, row, "date_end") if row["date_end"] else first
        if first is None or day is None or spot is None:
            continue
        if day < first:
            source.findings.note(
                row.line, "date_end", row["date_end"], "before date_start", "Swap or correct them."
            )
            continue
        known = released(day) if lag is None else day + timedelta(days=lag)
        found = _made(row, day, (day - first).days, known, spot, number)
        events.append(found)
        for name, kind in ((found.actor, STATE), (found.other, REBEL)):
            if name:
                mine = kind if row.code("type_of_violence") == "1" else REBEL
                actors.setdefault(name, Actor(name, mine)).seen(day, False)
    source.findings.stop()
    sides = sides_from(actors.values(), STATE, (REBEL,))
    return CodedSource(events, actors, sides, len(source.rows), out, source.sheet)


def _made(
    row: SourceRecord, day: date, slack: int, out: date, spot: tuple[float, float], number: int
) -> CodedEvent:
    name = row.code("id") or str(number)
    ident = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower())[:60]
    return CodedEvent(
        id=f"ucdp-{ident}",
        source=f"UCDP event {row.code('id') or row.line}",
        outlet=row["source_office"] or row["source_article"].split(",")[0][:80],
        day=day,
        published=out,
        slack=slack,
        claim="attacked",
        mode="",
        actor=row["side_a"],
        other=row["side_b"],
        place=row["where_coordinates"] or row["where_description"] or row["adm_2"] or f"event {name}",
        region=row["adm_1"],
        country=row["country"],
        lat=spot[0],
        lon=spot[1],
        source_class="none",
        confidence=SURE.get(row.code("where_prec"), "low"),
        changes=False,
    )
