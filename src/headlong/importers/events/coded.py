"""Coded events become dated reports and, where the coding says so, changes of hands.

A coder's event is not proof: it enters as an attributed report, weighed like any other. What a source calls a
change of hands enters ``history.csv`` as well, which no forecast reads but hindcasts with ``--known-control``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from headlong.case.rows import Cells, Side
from headlong.errors import BadRequest, nearest
from headlong.importers.events.actors import Actor
from headlong.importers.folder import Folder
from headlong.importers.formats.source import Source, SourceRecord
from headlong.importers.naming import Places, new_id, plain_name

__all__ = ["CodedEvent", "CodedSource", "changes_of", "places_from", "reports_of", "start_holders"]


FIGHTING = "attacked"
"""Claim of an event of which no source says who attacked: it is reported of no side."""


@dataclass(frozen=True)
class CodedEvent:
    """One coded event.

    Parameters
    ----------
    id, source, outlet : str
        Its id, where the row comes from, who was quoted.
    day, published : date
        When it happened, and when the coding was out.
    slack : int
        Days by which the day may be off.
    claim, mode : str
        What is claimed, and for a change of hands in which way.
    actor, other : str
        Who acts, and against whom: names of the source.
    place, region, country, code : str
        Where: names of the source.
    lat, lon : float
        Where.
    source_class, confidence : str
        Who speaks; how exact the spot is.
    changes : bool
        Whether the place changed hands.
    """

    id: str
    source: str
    outlet: str
    day: date
    published: date
    slack: int
    claim: str
    mode: str
    actor: str
    other: str
    place: str
    region: str
    country: str
    lat: float
    lon: float
    source_class: str
    confidence: str
    changes: bool


class CodedSource(NamedTuple):
    """What was read of a source of events."""

    events: list[CodedEvent]
    actors: dict[str, Actor]  # all names of those who fight
    proposed: dict[str, Side]  # sides for them, where the case has none
    rows: int
    out: Counter[str]  # how many events were left out, by why
    sheet: str = ""  # of a workbook

    def said(self) -> list[str]:
        """Lines that say what was left out, and which sheet was read."""
        lines = [f"Read from the sheet '{self.sheet}'."] if self.sheet else []
        return lines + [
            f"Not read: {many:,} of {self.rows:,} events {why}." for why, many in self.out.most_common()
        ]


def of_country(source: Source, country: str | None, out: Counter[str]) -> Iterator[tuple[int, SourceRecord]]:
    """Yield rows of one country, by its name or code, with their numbers; all where none is asked for.

    How many are left out is counted in `out`.
    """
    there = Counter(row["country"] for row in source.rows)
    if country is None:
        yield from enumerate(source.rows)
        return
    wanted = plain_name(country)
    names = [name for name in (*there, *(row["iso3"] for row in source.rows)) if plain_name(name) == wanted]
    if not names:
        some = ", ".join(f"{name} ({many:,})" for name, many in there.most_common(8))
        raise BadRequest(
            f"'{source.path.name}' has no events of '{country}'.{nearest(country, there)} It has: {some}."
        )
    for number, row in enumerate(source.rows):
        if plain_name(row["country"]) == wanted or plain_name(row["iso3"]) == wanted:
            yield number, row
        else:
            out["of other countries"] += 1


@dataclass(frozen=True)
class AtPlaces:
    """Events with the place where they are, and of those left out how many of each name, by why."""

    found: list[tuple[CodedEvent, str]]
    out: dict[str, Counter[str]]


FAR, SIDELESS = "at none of the case's places", "of names without a side"
"""Why an event is left out."""


def places_from(events: Iterable[CodedEvent], most: int, ids: Collection[str] = ()) -> list[Cells]:
    """Propose places, none with one of `ids`: those that changed hands, then those named most often."""
    seen: dict[tuple[str, str], list[CodedEvent]] = {}
    for event in events:
        seen.setdefault((event.place, event.region), []).append(event)
    ranked = sorted(seen.items(), key=lambda item: (-sum(e.changes for e in item[1]), -len(item[1]), item[0]))
    rows: list[Cells] = []
    taken = set(ids)
    for (name, region), found in ranked[:most]:
        ident = new_id(name, taken)
        taken.add(ident)
        rows.append(
            {"id": ident, "name": name, "kind": "town", "region": region, "country": found[0].country,
             "lat": found[0].lat, "lon": found[0].lon, "source": f"{found[0].source.split(',')[0]} and others",
             "confidence": "medium", "alt_names": ()}
        )  # fmt: skip
    return rows


def at_places(events: Iterable[CodedEvent], places: Places, sides: dict[str, str]) -> AtPlaces:
    """Events of a side at a place of the case, and what was left out."""
    found: list[tuple[CodedEvent, str]] = []
    out: dict[str, Counter[str]] = {}
    for event in events:
        place = places.at(event.place, event.lat, event.lon)
        if place is None:
            out.setdefault(FAR, Counter())[event.place] += 1
        elif event.actor not in sides and (event.claim != FIGHTING or event.other not in sides):
            out.setdefault(SIDELESS, Counter())[event.actor] += 1
        else:
            found.append((event, place))
    return AtPlaces(found, out)


def reports_of(found: Iterable[tuple[CodedEvent, str]], sides: dict[str, str]) -> list[Cells]:
    """Reports of events at places."""
    return [
        {"id": event.id, "published_at": event.published, "event_date": event.day, "place": place,
         "claim": event.claim, "side": None if event.claim == FIGHTING else sides[event.actor],
         "source_class": event.source_class,
         "verification": "attributed", "origin": event.id, "outlet": event.outlet,
         "words": f"{event.claim} at {event.place}: {event.actor}, {event.other or 'nobody named'}",
         "source": event.source, "confidence": event.confidence}
        for event, place in found
    ]  # fmt: skip


def start_holders(
    found: Sequence[tuple[CodedEvent, str]],
    places: Places,
    sides: Mapping[str, str],
    rivals: Sequence[str],
    start: date,
) -> dict[str, str]:
    """Propose who held each place at the start: by the last event until then that tells it, else by the first after.

    Parameters
    ----------
    found : sequence of (CodedEvent, str)
        Events with their places.
    places : Places
        Places of the case.
    sides : mapping of str to str
        Side by name of the source.
    rivals : sequence of str
        All sides, the incumbent first: it is proposed where no event tells.
    start : date
        Evening for which holders are proposed.

    Returns
    -------
    dict
        Side by place; empty text where nobody known held it.
    """
    held = {str(row["id"]): rivals[0] for row in places.rows if row["kind"] != "refuge"}
    for place, events in telling(found, sides).items():
        if place not in held:
            continue
        before = [event for event in events if event.day <= start]
        held[place] = sides[before[-1].actor] if before else _before(events[0], sides, rivals)
    return held


def telling(found: Iterable[tuple[CodedEvent, str]], sides: Mapping[str, str]) -> dict[str, list[CodedEvent]]:
    """Events in order, by place, that tell who has it: takings, and bases but those before a taking by the same side.

    Who takes a place did not hold it before, so a base that he had there until then is not proof that he did.
    """
    told: dict[str, list[CodedEvent]] = {}
    for event, place in sorted(found, key=lambda pair: (pair[0].day, pair[0].id)):
        if event.claim == FIGHTING:
            continue
        events = told.setdefault(place, [])
        while (
            event.changes
            and events
            and not events[-1].changes
            and sides[events[-1].actor] == sides[event.actor]
        ):
            events.pop()
        events.append(event)
    return told


def _before(event: CodedEvent, sides: Mapping[str, str], rivals: Sequence[str]) -> str:
    """Who held a place before its first event: who has a base there, else who loses it, else the taker's one rival."""
    taker, loser, others = sides[event.actor], sides.get(event.other, ""), rivals[1:]
    if not event.changes:
        return taker
    if loser and loser != taker:
        return loser
    if taker != rivals[0]:
        return rivals[0]
    return others[0] if len(others) == 1 and not event.other else ""


def changes_of(
    found: Sequence[tuple[CodedEvent, str]], sides: dict[str, str], held: dict[str, str | None], start: date
) -> tuple[list[Cells], int]:
    """Changes of hands after the start, in order; and how many events changed nothing, as the taker held the place."""
    now, rows, idle = dict(held), [], 0
    for event, place in sorted(found, key=lambda pair: (pair[0].day, pair[0].id)):
        if not event.changes or event.day <= start:
            continue
        taker = sides[event.actor]
        if now.get(place) == taker:
            idle += 1
            continue
        slack = timedelta(days=event.slack)
        rows.append(
            {"place": place, "earliest": max(event.day - slack, start), "latest": event.day + slack,
             "from_side": now.get(place), "to_side": taker, "mode": event.mode, "source": event.source,
             "confidence": event.confidence}
        )  # fmt: skip
        now[place] = taker
    return rows, idle


def first_day(folder: Folder, events: Sequence[CodedEvent]) -> date:
    """The case's start; where there is none, the day before the first event."""
    return folder.start or min(event.day for event in events) - timedelta(days=1)
