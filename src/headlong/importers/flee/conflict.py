"""A conflict of Flee or FabFlee becomes a case: places, roads, crossings, reports of fighting, counts per camp.

Flee knows where there is fighting, not who holds what; so a day on which conflict comes to a place is a report that
there was fighting, by no side, and no change of hands, unless that is asked for.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from headlong.case.rows import Cells, Side
from headlong.errors import CaseError, Finding
from headlong.importers.flee.days import Fight, closures, conflicts
from headlong.importers.flee.days import crossing_rows as crossings_of
from headlong.importers.flee.files import find_folders
from headlong.importers.flee.map import CAMPS, SOURCE, home_of, locations, routes_between
from headlong.importers.flee.people import counts as counts_of
from headlong.importers.flee.people import fighting as fighting_of
from headlong.importers.flee.people import refuges as refuges_of
from headlong.importers.folder import Folder

__all__ = ["import_flee"]

SIDES = (Side("government", "The government", "incumbent"), Side("rebels", "Those who fight it", "insurgent"))


def import_flee(
    path: Path, folder: Folder, counts: Path | None = None, start: date | None = None, taken: bool = False
) -> list[str]:
    """Bring a Flee conflict into a case folder; return what to say.

    Parameters
    ----------
    path : Path
        Folder with locations.csv and routes.csv, or one with ``input_csv/``.
    folder : Folder
        The case folder.
    counts : Path, optional
        Folder with data_layout.csv and the counts it names.
    start : date, optional
        First day, where no sim_period.csv says it.
    taken : bool
        Take the coming of conflict for a change of hands, from the government to the rebels.
    """
    flee = find_folders(path, counts, start)
    findings: list[Finding] = []
    table, places = locations(flee, findings)
    home = home_of(places)
    for place in places.values():
        abroad = place["country"] != home or place["x_flee_type"] in CAMPS
        place |= (
            {"kind": "refuge", "population": None} if abroad else {"kind": "town", "held_by": SIDES[0].id}
        )
    largest = max(places.values(), key=lambda p: (p["kind"] == "town", p["population"] or 0), default=None)
    if largest is not None and largest["kind"] == "town":
        largest["kind"] = "capital"
    routes, roads, soft = routes_between(flee, places, findings)
    shut = closures(flee, places, routes, findings, soft)
    fights = list(conflicts(flee, table, places, findings, soft))
    stocks = list(counts_of(flee, places, findings, soft)) if flee.counts else []
    if findings:
        raise CaseError(findings)
    notes = [f"{line}" for line in soft]
    if flee.length:
        folder.settings.setdefault("end", flee.start + timedelta(days=flee.length - 1))
    folder.write_settings(
        folder.id, flee.start, list(SIDES), "Made from a Flee conflict. Flee knows no sides: check them."
    )
    folder.write("places", list(places.values()), ("id",))
    folder.write("roads", roads, ("from", "to"))
    crossings = list(crossings_of(flee, places, roads, shut))
    _write(folder, "crossings", crossings, ("place", "to", "from"))
    _write(folder, "reports", _reports(fights), ("id",))
    _write(folder, "fighting", fighting_of(fights), ("place", "from"))
    _write(folder, "refuges", refuges_of(flee, places, routes), ("place",))
    _write(folder, "displacement", stocks, ("date", "to_place", "kind"))
    if taken:
        _write(folder, "history", _taken(fights, flee.start), ("place", "latest"))
    if shut:
        folder.write_aside("flee-closures.csv", ("from", "to", "shut_on", "open_on"), shut)
    folder.commit()
    return [*notes, *_notes(places, roads, crossings, fights, stocks, taken)]


def _write(folder: Folder, table: str, rows: list[Cells], key: tuple[str, ...]) -> None:
    if rows:
        folder.write(table, rows, key)


def _begun(fights: list[Fight]) -> list[tuple[str, date]]:
    """Places and days to which conflict comes; growing harder is no coming."""
    going: dict[str, date | None] = {}
    found = []
    for fight in fights:
        before = going.get(fight.place)
        if before is None or (fight.first - before).days > 1:
            found.append((fight.place, fight.first))
        going[fight.place] = fight.last or date.max
    return found


def _reports(fights: list[Fight]) -> list[Cells]:
    """A report of fighting, by no side, for each day on which conflict comes to a place."""
    return [
        {"id": f"flee-{place}-{day}", "published_at": day, "event_date": day, "place": place, "claim": "attacked",
         "source_class": "none", "verification": "attributed", "origin": f"flee-{place}-{day}",
         "words": "conflict comes to the place; by whom is not said", "source": f"{SOURCE} conflicts",
         "confidence": "low"}
        for place, day in _begun(fights)
    ]  # fmt: skip


def _taken(fights: list[Fight], start: date) -> list[Cells]:
    """The first conflict at each place as a change of hands."""
    first: dict[str, date] = {}
    for place, day in _begun(fights):
        first[place] = min(day, first.get(place, day))
    return [
        {"place": place, "earliest": max(day, start + timedelta(days=1)), "latest": max(day, start + timedelta(days=1)),
         "from_side": SIDES[0].id, "to_side": SIDES[1].id, "mode": "fight",
         "note": "assumed: Flee says that there was conflict, not that the place changed hands",
         "source": f"{SOURCE} conflicts", "confidence": "low"}
        for place, day in sorted(first.items())
    ]  # fmt: skip


def _notes(
    places: Any, roads: Any, crossings: Any, fights: list[Fight], stocks: Any, taken: bool
) -> list[str]:
    camps = [p for p in places.values() if p["x_flee_type"] in CAMPS]
    capacity = sum(1 for p in camps if p["x_flee_capacity"])
    notes = [
        f"places.csv: {len(places)} places, {len(camps)} of them camps, {capacity} with a capacity (x_flee_capacity).",
        f"roads.csv: {len(roads)} roads; crossings.csv: {len(crossings)} rows.",
        f"reports.csv: conflict comes to a place {len(_begun(fights))} times: reports of fighting, by no side; "
        f"fighting.csv: {len(fights)} rows.",
        f"refuges.csv: {len(camps)} camps; their capacities are known in hindsight, so no forecast uses them.",
    ]
    if stocks:
        notes.append(f"displacement.csv: {len(stocks):,} counts, as stocks per camp and day.")
    notes.append(
        "Flee knows no sides: all places are the government's at the start, the largest is the capital. Check both."
    )
    if taken:
        notes.append(
            "history.csv takes the first conflict at each place for a change of hands: an assumption."
        )
    return notes
