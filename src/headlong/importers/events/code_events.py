"""From events to the tables of a case: sides, places if there are none, reports, history, holders at the start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from headlong.errors import BadRequest
from headlong.importers.events import acled, ucdp
from headlong.importers.events.actors import Actor, settle_sides
from headlong.importers.events.coded import (
    CodedEvent,
    at_places,
    changes_of,
    first_day,
    places_from,
    reports_of,
    start_holders,
)
from headlong.importers.folder import Folder
from headlong.importers.ground.roads import propose_roads
from headlong.importers.naming import Places

__all__ = ["KINDS", "import_events"]

Reader = Callable[..., tuple[list[CodedEvent], dict[str, Actor], dict]]
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
    """
    name, reader, licence = KINDS[kind]
    events, actors, proposed = reader(path, lag, clashes)
    if not events:
        what = (
            "" if clashes or kind == "ucdp" else " that tell who holds a place; --clashes reads fighting, too"
        )
        raise BadRequest(f"'{path.name}' has no events{what}.")
    if len({side.id for side in proposed.values()}) < 2:
        folder.keep_proposed()
    start = first_day(folder, events)
    sides, notes = settle_sides(folder, actors, proposed, f"{kind}-actors.csv")
    if not folder.settled:
        unique = {side.id: side for side in proposed.values()}
        if len(unique) < 2:
            raise BadRequest(
                f"'{path.name}' names fewer than two sides. Write [[sides]] into case.toml first."
            )
        folder.write_settings(folder.id, start, list(unique.values()), f"Events: {name}. {licence}")
        notes.append(
            f"The start ({start}) and the sides in case.toml are proposed: check names, roles, and who presses whom."
        )
    notes += _places(folder, events)
    found, out = at_places(events, Places(folder.places, within_km), sides)
    notes += [f"Left out: {many:,} of {len(events):,} events {why}." for why, many in out.most_common()]
    if not found:
        raise BadRequest(
            "\n".join([*notes, "No report was written: no event is of a side and at a place of the case."])
        )
    notes += _tables(folder, found, sides, start)
    return [*notes, licence]


def _places(folder: Folder, events: Sequence[CodedEvent]) -> list[str]:
    """Propose places and roads where the case has none."""
    if folder.places:
        return []
    rows = places_from(events, MOST_PLACES)
    folder.write("places", rows, ("id",))
    folder.places = folder.rows("places")
    roads = propose_roads(folder.places)
    folder.write("roads", roads, ("from", "to"))
    return [
        f"There were no places: {len(rows)} are proposed from the events, with {len(roads)} roads between neighbours. "
        "Mark the capital and the refuges (kind), and correct the roads."
    ]


def _tables(
    folder: Folder, found: list[tuple[CodedEvent, str]], sides: dict[str, str], start: date
) -> list[str]:
    """Write reports, holders and history."""
    notes, places = [], Places(folder.places)
    held: dict[str, str | None] = {str(row["id"]): row["held_by"] for row in folder.places}
    incumbent = folder.incumbent
    if incumbent and not any(held.values()):
        held = {**held, **start_holders(found, places, sides, incumbent, start)}
        folder.replace_places([row.but(held_by=held[row["id"]] or None) for row in folder.places])
        others = sum(1 for side in held.values() if side and side != incumbent)
        notes.append(
            f"Who held what on {start} is proposed: {others} places by whom they were taken from first, the others by "
            f"'{incumbent}'. Check held_by in places.csv."
        )
    reports = reports_of(found, sides)
    changes, idle = changes_of(found, sides, held, start)
    notes.append(
        f"reports.csv: {folder.write('reports', reports, ('id',)):,} rows, {len(reports):,} of them from here."
    )
    if changes:
        rows = folder.write("history", changes, ("place", "latest", "to_side"))
        notes.append(f"history.csv: {rows:,} changes of hands, {len(changes):,} of them from here.")
    if idle:
        notes.append(
            f"{idle:,} takings changed nothing: the taker held the place already, by held_by and history."
        )
    return notes
