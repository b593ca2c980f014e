"""Who held what on which day, as other people map it, becomes a history of changes.

A folder or a file of dated polygons or points, or a table of place, date and holder. What is mapped on a day counts for
that day; a place that no feature covers, or two holders' features do, is not known on that day and keeps its holder.
A change is dated between the last day on which the old holder was seen and the first on which the new one was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Unpack

from headlong.case.rows import Cells, Side
from headlong.errors import BadRequest
from headlong.importers.control.read import ControlAsked, ControlOptions, MappedHolders, read_control
from headlong.importers.events.actors import MOST_SIDES, Actor, settle_sides
from headlong.importers.folder import Folder
from headlong.importers.naming import new_id

__all__ = ["import_control"]

STATE = re.compile(
    r"\b(gov(t|ernment)?|regime|gouvernement|gobierno|governo|hukuma|state (security )?forces|national army)\b"
    r"|^(the )?(armed|military|security|defen[cs]e) forces of (?!national|liberation)",
    re.I,
)
"""Words in the name of whoever holds the state."""


def import_control(
    path: Path, folder: Folder, least_days: int = 1, **asked: Unpack[ControlOptions]
) -> list[str]:
    """Bring a record of control into a case folder that has places; return what to say.

    Parameters
    ----------
    path : Path
        A folder of dated layers, one layer with dates, or a table.
    folder : Folder
        The case folder.
    least_days : int
        A change that is undone within fewer days is taken for noise of the mapping.
    **asked
        What the user says of the record (`headlong.importers.control.read.ControlAsked`).
    """
    if not folder.places:
        raise BadRequest(
            f"'{folder.path}' has no places. First: headlong import places SOURCE {folder.path}."
        )
    inner = [row for row in folder.places if row["kind"] != "refuge"]
    seen = read_control(path, inner, ControlAsked(**asked))
    if not seen.days:
        why = (
            "; ".join(f"{many:,} {what}" for what, many in seen.out.most_common(3))
            or "no feature covers a place"
        )
        raise BadRequest(f"'{path.name}' says of none of the case's places who held it: {why}.")
    notes = _write(folder, inner, seen, least_days)
    folder.commit()
    return notes


def _sides(
    folder: Folder, places: Sequence[Any], seen: MappedHolders
) -> tuple[dict[str, str], date, list[str]]:
    """Side of each holder, the start, and what to say; sides and start are written where nobody has said them."""
    actors: dict[str, Actor] = {}
    for at in sorted(seen.days):
        for name in filter(None, seen.days[at].values()):
            actors.setdefault(name, Actor(name)).seen(at, False)
    if len(actors) < 2:
        folder.keep_proposed()
    proposed, why = ({}, "") if folder.settled else _proposed(actors, places, seen)
    sides, notes = settle_sides(folder, actors, proposed, "control-holders.csv")
    if seen.attribute:
        some = ", ".join(sorted(actors)[:6]) + (" and others" if len(actors) > 6 else "")
        notes.insert(0, f"Holders are taken from '{seen.attribute}': {some}. --holder names another.")
    start = folder.start or min(seen.days)
    if proposed:
        folder.write_settings(folder.id, start, list(proposed.values()))
        notes.append(
            f"The start ({start}) and the sides in case.toml are proposed: check names, roles, and who presses whom."
        )
        notes.append(why)
    if not sides:
        there = ", ".join(side.id for side in folder.sides)
        remedy = f"Fill in its column 'side' (case.toml has: {there}), or begin anew: headlong new."
        if len(actors) == 1:
            remedy = f"It knows one only: say who holds the rest (--unmapped NAME). {remedy}"
        raise BadRequest(
            "\n".join([*notes, f"No change was written: no holder on the map has a side yet. {remedy}"])
        )
    return sides, start, notes


def _write(folder: Folder, places: Sequence[Any], seen: MappedHolders, least_days: int) -> list[str]:
    """Turn holders by day into holders at the start and changes, and write them."""
    days = sorted(seen.days)
    sides, start, notes = _sides(folder, places, seen)
    held: dict[str, str | None] = {str(row["id"]): row["held_by"] for row in folder.places}
    first, changes = changes_seen(places, seen, sides, (start, least_days))
    if folder.renewed:
        held |= {row["id"]: folder.incumbent for row in places if row["id"] not in first}
    notes += _start(folder, held, first, days[0], start)
    rows = [row for row in changes if row["latest"] > start]
    for row in rows:
        row |= {"source": f"control record of {days[0]} to {days[-1]}", "confidence": "medium"}
    count = folder.write("history", rows, ("place", "latest", "to_side")) if rows else 0
    notes.append(f"{len(days):,} days from {days[0]} to {days[-1]}, {len(places):,} places.")
    notes.append(f"A forecast with --init {days[-1]} --known-control starts from the last of them.")
    notes.append(f"history.csv: {count:,} changes of hands, {len(rows):,} of them from here.")
    notes += [f"Left out: {many:,} {why}." for why, many in seen.out.most_common()]
    silent = len(places) - len({place for here in seen.days.values() for place in here})
    return notes + (
        [f"{silent:,} of {len(places):,} places are on no map: held_by stays as it is."] if silent else []
    )


def _proposed(
    actors: dict[str, Actor], places: Sequence[Any], seen: MappedHolders
) -> tuple[dict[str, Side], str]:
    """Propose sides where the case has none, and say who is taken for the incumbent and why.

    It is the holder whose name says so; of several, or if there is none, who holds the capital first, else who holds
    most places.
    """
    ranked = sorted(actors.values(), key=lambda actor: (-actor.events, actor.name))
    if len(ranked) < 2:
        raise BadRequest(
            f"the map knows one holder only, '{ranked[0].name}'. Say who holds the places that are not mapped: "
            "--unmapped NAME. Or write [[sides]] into case.toml first."
        )
    home, why = _incumbent([actor.name for actor in ranked], places, seen)
    kept = [actor for actor in ranked if actor.name != home][: MOST_SIDES - 1]
    found: dict[str, Side] = {}
    for name in [actor.name for actor in ranked if actor in kept or actor.name == home]:
        ident = new_id(name, {side.id for side in found.values()}, "side")
        found[name] = Side(ident, name, "incumbent" if name == home else "insurgent")
    return found, f"Proposed as the incumbent: '{home}', {why}. If that is wrong, change role in case.toml."


def _incumbent(names: Sequence[str], places: Sequence[Any], seen: MappedHolders) -> tuple[str, str]:
    """The holder that may be the state, of names in the order of how much they hold, and why it is taken for that."""
    named = [name for name in names if STATE.search(name)]
    if len(named) == 1:
        return named[0], "whose name says so"
    for number in (n for n, row in enumerate(places) if row["kind"] == "capital"):
        held = (seen.days[at].get(number, "") for at in sorted(seen.days))
        first = next((name for name in held if name in (named or names)), None)
        if first:
            return first, f"who is the first to hold the capital, {places[number]['name']}"
    return (named or names)[0], "who is mapped most often, for no name and no capital tells"


def changes_seen(
    places: Sequence[Any], seen: MappedHolders, sides: dict[str, str], rule: tuple[date, int]
) -> tuple[dict[str, str], list[Cells]]:
    """Holders on the evening of the start, where they were mapped by then, and all changes.

    `rule` is the start, and for how many days a change must last.
    """
    start, least_days = rule
    at_start: dict[str, str] = {}
    rows: list[Cells] = []
    days = sorted(seen.days)
    for number, place in enumerate(places):
        line = [(at, sides[name]) for at in days if (name := seen.days[at].get(number, "")) in sides]
        line = steady(line, least_days)
        for (before, old), (after, new) in pairwise(line):
            if new != old:
                rows.append(
                    {"place": place["id"], "earliest": max(before + timedelta(days=1), start), "latest": after,
                     "from_side": old, "to_side": new}
                )  # fmt: skip
        known = [side for at, side in line if at <= start]
        if known or line:
            at_start[str(place["id"])] = known[-1] if known else line[0][1]
    return at_start, sorted(rows, key=lambda row: (row["latest"], row["place"]))


def steady(line: Sequence[tuple[date, str]], least_days: int) -> list[tuple[date, str]]:
    """The line of holders without those who held for fewer than `least_days` days between two turns of another."""
    if least_days <= 1 or not line:
        return list(line)
    runs: list[list[tuple[date, str]]] = []
    for at, side in line:
        if runs and runs[-1][-1][1] == side:
            runs[-1].append((at, side))
        else:
            runs.append([(at, side)])
    kept = [
        run for n, run in enumerate(runs)
        if not 0 < n < len(runs) - 1 or (runs[n + 1][0][0] - run[0][0]).days >= least_days
    ]  # fmt: skip
    return [item for run in kept for item in run]


def _start(
    folder: Folder, held: dict[str, str | None], first: dict[str, str], day: date, start: date
) -> list[str]:
    """Fill in held_by from the map where it is empty; say where the map disagrees."""
    gaps = [place for place, side in first.items() if not held.get(place)]
    apart = sorted(place for place, side in first.items() if held.get(place) and held[place] != side)
    notes = []
    if gaps:
        folder.replace_places(
            [row.but(held_by=held[row["id"]] or first.get(row["id"])) for row in folder.places]
        )
        late = "" if day <= start else f" (the record begins on {day}, after the start)"
        notes.append(f"held_by of {len(gaps):,} places is filled in from the map of {start}{late}.")
    if apart:
        named = ", ".join(apart[:8]) + (" and others" if len(apart) > 8 else "")
        notes.append(
            f"held_by and the map disagree on {start} for {len(apart):,} places: {named}. held_by was kept."
        )
    return notes
