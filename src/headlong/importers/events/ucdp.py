"""Events of UCDP, final (GED) or candidate, become reports of fighting (https://ucdp.uu.se).

UCDP counts deadly fighting; it codes neither who attacked nor who held the place. So an event is a report that there
was fighting, by no side, and no change of hands is made from it. Deaths are not read.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from headlong.importers.events.actors import Actor, sides_from
from headlong.importers.events.coded import CodedEvent
from headlong.importers.formats.source import SourceRecord, read_source
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
    path: Path, lag: int | None = None, clashes: bool = True
) -> tuple[list[CodedEvent], dict[str, Actor], dict]:
    """Read events; those of which only the province is known, and one-sided violence, are left out.

    Parameters
    ----------
    path : Path
        CSV or workbook.
    lag : int, optional
        Days from an event to its publication; by default the 20th of the next month.
    clashes : bool
        Not used: all events are fighting.
    """
    source = read_source(path)
    source.need(*NEED)
    events: list[CodedEvent] = []
    actors: dict[str, Actor] = {}
    for number, row in enumerate(source.rows):
        if row["type_of_violence"] == ONE_SIDED or (row["where_prec"] or "1") not in EXACT:
            continue
        first, spot = need_day(row, "date_start", source.findings), spot_of(row, source.findings)
        day = need_day(row, "date_end", source.findings) if row["date_end"] else first
        if first is None or day is None or spot is None:
            continue
        if day < first:
            source.findings.note(
                row.line, "date_end", row["date_end"], "before date_start", "Swap or correct them."
            )
            continue
        out = released(day) if lag is None else day + timedelta(days=lag)
        found = _made(row, day, (day - first).days, out, spot, number)
        events.append(found)
        for name, kind in ((found.actor, STATE), (found.other, REBEL)):
            if name:
                mine = kind if row["type_of_violence"] == "1" else REBEL
                actors.setdefault(name, Actor(name, mine)).seen(day, False)
    source.findings.stop()
    return events, actors, sides_from(actors.values(), STATE, (REBEL,))


def _made(
    row: SourceRecord, day: date, slack: int, out: date, spot: tuple[float, float], number: int
) -> CodedEvent:
    ident = "".join(c if c.isascii() and c.isalnum() else "-" for c in (row["id"] or str(number)).lower())[
        :60
    ]
    return CodedEvent(
        id=f"ucdp-{ident}",
        source=f"UCDP event {row['id'] or row.line}",
        outlet=row["source_office"] or row["source_article"].split(",")[0][:80],
        day=day,
        published=out,
        slack=slack,
        claim="attacked",
        mode="",
        actor=row["side_a"],
        other=row["side_b"],
        place=row["where_coordinates"] or row["where_description"] or row["adm_2"] or f"event {row['id']}",
        region=row["adm_1"],
        country=row["country"],
        lat=spot[0],
        lon=spot[1],
        source_class="none",
        confidence=SURE.get(row["where_prec"], "low"),
        changes=False,
    )
