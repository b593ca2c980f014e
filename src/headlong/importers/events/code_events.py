"""From events to the tables of a case: sides, places if there are none, reports, history, holders at the start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from headlong.case.findings.warnings import landless
from headlong.case.rows import Cells, Row, Side
from headlong.errors import BadRequest
from headlong.importers.events import acled, ucdp
from headlong.importers.events.actors import Actor, settle_sides
from headlong.importers.events.coded import (
    FAR,
    AtPlaces,
    CodedEvent,
    CodedSource,
    at_places,
    changes_of,
    first_day,
    places_from,
    reports_of,
    start_holders,
    telling,
)
from headlong.importers.folder import PROPOSED, Folder, quoted
from headlong.importers.ground.roads import propose_roads
from headlong.importers.naming import Places
from headlong.text import many

__all__ = ["KINDS", "import_events"]

Reader = Callable[..., CodedSource]
KINDS: dict[str, tuple[str, Reader, str]] = {
    "acled": ("ACLED", acled.read_acled, acled.LICENCE),
    "ucdp": ("UCDP", ucdp.read_ucdp, ucdp.LICENCE),
}
MOST_PLACES = 100


def import_events(
    kind: str,
    path: Path,
    folder: Folder,
    lag: int | None = None,
    clashes: bool = False,
    within_km: float = 10.0,
    *,
    add_places: bool = False,
    country: str | None = None,
) -> list[str]:
    """Bring events into a case folder; return what to say.

    Parameters
    ----------
    kind : str
        acled or ucdp.
    path : Path
        The export.
    folder : Folder
        Where it goes.
    lag : int, optional
        Days from an event to its publication.
    clashes : bool
        Read armed clashes, too.
    within_km : float
        How far from a place an event may be and still be there.
    add_places : bool
        Add the places of events that are at none of the case's.
    country : str, optional
        Bring in events of this country alone.
    """
    name, reader, licence = KINDS[kind]
    read = reader(path, lag, clashes, country)
    events, actors, proposed = read.events, read.actors, read.proposed
    if not events:
        raise BadRequest("\n".join([f"'{path.name}' has no event that can be used.", *read.said()]))
    unique = {side.id: side for side in proposed.values()}
    if not unique:
        folder.keep_proposed()
    start = first_day(folder, events)
    sides, notes = settle_sides(folder, actors, proposed, f"{kind}-actors.csv")
    if not folder.settled and not unique:
        raise BadRequest("\n".join([*notes, _nobody(path, actors)]))
    rows, new, said = places_for(folder, events, within_km, add_places)
    at = at_places(events, Places(rows, within_km), sides)
    notes = [*read.said(), *several(events), *notes, *said, *left_out(at, len(events), add_places)]
    if not at.found:
        raise BadRequest(
            "\n".join([*notes, "No report was written: no event is of a side and at a place of the case."])
        )
    notes += _settings(folder, start, unique, f"Events: {name}. {licence}")
    _write_places(folder, rows, new)
    notes += _tables(folder, at.found, sides, start, new)
    folder.commit()
    last = max(event.published for event, _ in at.found)
    return [*notes, f"A forecast with --init {last} reads all of these reports.", licence]


def several(events: Sequence[CodedEvent]) -> list[str]:
    """A line on events of several countries: a case is one war."""
    there = Counter(event.country for event in events if event.country)
    if len(there) < 2:
        return []
    some = ", ".join(f"{name} ({many:,})" for name, many in there.most_common(6)) + (
        " …" if len(there) > 6 else ""
    )
    return [
        f"Events of {len(there)} countries: {some}. --country {quoted(there.most_common(1)[0][0])} takes those of one."
    ]


def _settings(folder: Folder, start: date, proposed: Mapping[str, Side], note: str) -> list[str]:
    """Write case.toml where nobody has said who fights."""
    if folder.settled:
        return []
    both, said = two_sides(proposed)
    folder.write_settings(folder.id, start, both, note)
    return [
        f"The start ({start}) and the sides in case.toml are proposed: check names, roles, and who presses whom.",
        *said,
    ]


def _nobody(path: Path, actors: Mapping[str, Actor]) -> str:
    """What to say of a file in which nobody is a side."""
    often = sorted(actors.values(), key=lambda actor: (-actor.events, actor.name))[:5]
    named = ", ".join(f"'{actor.name}'" for actor in often) or "no actor"
    return (
        f"'{path.name}' names neither the state's forces nor a rebel group, but {named}. Write [[sides]] into "
        "case.toml and who belongs to them into that table, then the same command again."
    )


def two_sides(proposed: Mapping[str, Side]) -> tuple[list[Side], list[str]]:
    """Proposed sides by id as a list of two at least, and what to say if the source names one alone."""
    found = list(proposed.values())
    if len(found) > 1:
        return found, []
    (known,) = found
    other = PROPOSED[1] if known.role == "incumbent" else PROPOSED[0]
    return sorted([known, other], key=lambda side: side.role != "incumbent"), [
        f"The file names one side alone, '{known.name}'. The other, '{other.name}', is proposed: an export of both "
        "sides says more."
    ]


def places_for(
    folder: Folder, events: Sequence[CodedEvent], within_km: float, add: bool
) -> tuple[list[Row], list[Cells], list[str]]:
    """Places of the case with those that are proposed from the events, these alone, and what to say.

    They are proposed where the case has none, or if more are asked for: then of events that are at none.
    """
    there = folder.places
    if there and not add:
        return there, [], []
    known = Places(there, within_km)
    apart = [event for event in events if known.at(event.place, event.lat, event.lon) is None]
    new = places_from(apart, MOST_PLACES, {str(row["id"]) for row in there})
    if not new:
        return there, [], []
    links = "with roads between neighbours. Mark the capital and the refuges (kind), and correct the roads."
    said = f"There were no places: {len(new)} are proposed from the events, {links}"
    if there:
        names = ", ".join(str(row["name"]) for row in new[:8]) + (" and others" if len(new) > 8 else "")
        said = f"places.csv: {len(new)} places are added, with proposed roads: {names}."
    columns = dict.fromkeys(name for row in there for name in row)
    return [*there, *(Row({**dict.fromkeys(columns), "held_by": None, **row}) for row in new)], new, [said]


def _write_places(folder: Folder, rows: Sequence[Row], new: Sequence[Cells]) -> None:
    """Write places that are new, and the roads that they hang on."""
    if not new:
        return
    added, fresh = {row["id"] for row in new}, len(new) == len(rows)
    held = {str(row["id"]): row["held_by"] for row in folder.rows("places")}
    folder.places = [*folder.places, *(row for row in rows if row["id"] in added)]
    folder.replace_places([row.but(held_by=held.get(row["id"])) for row in folder.places])
    inner = [row for row in folder.places if row["kind"] != "refuge"]
    roads = [road for road in propose_roads(inner) if fresh or added & {road["from"], road["to"]}]
    folder.write_also("roads", roads, ("from", "to"))


def left_out(at: AtPlaces, many: int, add_places: bool) -> list[str]:
    """What to say of events that are not brought in: how many, why, and of which names."""
    notes = []
    for why, names in at.out.items():
        named = ", ".join(f"{name} ({count:,})" for name, count in names.most_common(6))
        more = " and others" if len(names) > 6 else ""
        notes.append(f"Left out: {names.total():,} of {many:,} events {why}: {named}{more}.")
    if FAR in at.out and not add_places:
        notes.append(
            "--add-places adds such places to the case; --within KM takes what is farther for the nearest."
        )
    return notes


def _tables(
    folder: Folder,
    found: list[tuple[CodedEvent, str]],
    sides: dict[str, str],
    start: date,
    new: Sequence[Cells],
) -> list[str]:
    """Write reports, holders and history."""
    notes, places = [], Places(folder.places)
    held: dict[str, str | None] = {str(row["id"]): row["held_by"] for row in folder.places}
    incumbent, added = folder.incumbent, {str(row["id"]) for row in new}
    if incumbent and (not any(held.values()) or added):
        rivals = [incumbent, *(side.id for side in folder.sides if side.id != incumbent)]
        proposed = start_holders(found, places, sides, rivals, start)
        proposed = proposed if not any(held.values()) else {p: proposed[p] for p in added}
        held = {**held, **proposed}
        folder.replace_places([row.but(held_by=held[row["id"]] or None) for row in folder.places])
        notes += _holders(proposed, telling(found, sides), places, f"on {start}", incumbent)
    reports = reports_of(found, sides)
    changes, idle = changes_of(found, sides, held, start)
    notes.append(
        f"reports.csv: {many(folder.write('reports', reports, ('id',)), 'row')}, {len(reports):,} of them from here."
    )
    if changes:
        rows = folder.write("history", changes, ("place", "latest", "to_side"))
        notes.append(f"history.csv: {many(rows, 'change')} of hands, {len(changes):,} of them from here.")
    if idle:
        notes.append(
            f"{many(idle, 'taking')} changed nothing: the taker held the place already, by held_by and history."
        )
    near_nowhere = landless(folder.rows("places"), folder.rows("reports"), folder.rows("hinterland"))
    return [*notes, *map(str, near_nowhere)]


def _holders(
    proposed: Mapping[str, str], told: Collection[str], places: Places, when: str, incumbent: str
) -> list[str]:
    """Say who is proposed to hold what, and of how many places no event tells it."""
    by_side: dict[str, list[str]] = {}
    for place, side in proposed.items():
        if place in told:
            by_side.setdefault(side, []).append(str(places.by_id[place]["name"]))
    parts = [
        f"{side or 'nobody known'} {many(len(names), 'place')} ({', '.join(names[:6])}"
        + (" and others)" if len(names) > 6 else ")")
        for side, names in by_side.items()
    ]
    silent = sum(place not in told for place in proposed)
    notes = [f"Who held what {when} is proposed by events: {', '.join(parts)}."] if parts else []
    if silent:
        notes.append(
            f"Of {many(silent, 'place')} no event tells who held it {when}: '{incumbent}' is proposed."
        )
    return [
        *notes,
        "Correct held_by in places.csv: what is said of a side far from all it holds is hardly believed.",
    ]
