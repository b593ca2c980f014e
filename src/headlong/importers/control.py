"""Who held what on which day, as other people map it, becomes a history of changes.

A folder or a file of dated polygons or points, or a table of place, date and holder. What is mapped on a day counts for
that day; a place that no feature covers, or two holders' features do, is not known on that day and keeps its holder.
A change is dated between the last day on which the old holder was seen and the first on which the new one was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from headlong.case.rows import Side
from headlong.errors import BadRequest, nearest
from headlong.importers.actors import MOST_SIDES, Actor, settle_sides
from headlong.importers.folder import Folder
from headlong.importers.layers import ENDINGS, Layer, covering, points_of, read_layer
from headlong.importers.naming import Places, new_id
from headlong.importers.source import read_source
from headlong.importers.values import day_in, day_of

__all__ = ["import_control"]

HOLDERS = (
    "holder",
    "controlled_by",
    "control",
    "controller",
    "held_by",
    "side",
    "occupied_by",
    "party",
    "name",
)
DAYS = ("date", "day", "valid_on", "datetime", "time", "updated")
NAMES = ("place", "id", "pcode", "name", "town", "location", "admin_name")
MOST_DAYS = 40_000


@dataclass
class Seen:
    """Holders by day and place: what was mapped, and what could not be told.

    Parameters
    ----------
    days : dict
        Holder's name by place's number, by day; an empty name where two were mapped.
    out : Counter
        How many features were left out, by why.
    """

    days: dict[date, dict[int, str]] = field(default_factory=dict)
    out: Counter[str] = field(default_factory=Counter)

    def add(self, day: date, place: int, holder: str) -> None:
        """Note one holder of one place on one day."""
        here = self.days.setdefault(day, {})
        here[place] = holder if here.get(place, holder) == holder else ""


def import_control(
    path: Path, folder: Folder, holder: str | None = None, day: str | None = None, least_days: int = 1
) -> list[str]:
    """Bring a record of control into a case folder that has places; return what to say.

    Parameters
    ----------
    path : Path
        A folder of dated layers, one layer with dates, or a table.
    folder : Folder
        The case folder.
    holder, day : str, optional
        Attributes with the holder and the day; by default found by their names.
    least_days : int
        A change that is undone within fewer days is taken for noise of the mapping.
    """
    if not folder.places:
        raise BadRequest(
            f"'{folder.path}' has no places. First: headlong import places SOURCE {folder.path}."
        )
    inner = [row for row in folder.places if row["kind"] != "refuge"]
    seen = Seen()
    if path.is_dir():
        _read_folder(path, inner, seen, holder, day)
    elif path.suffix.lower() in ENDINGS and not _is_table(path):
        _read_layer(path, None, inner, seen, holder, day)
    else:
        _read_table(path, inner, seen, holder, day)
    if not seen.days:
        why = (
            "; ".join(f"{many:,} {what}" for what, many in seen.out.most_common(3))
            or "no feature covers a place"
        )
        raise BadRequest(f"'{path.name}' says of none of the case's places who held it: {why}.")
    return _write(folder, inner, seen, least_days)


def _is_table(path: Path) -> bool:
    """Say whether a .json file is a list of records and no map layer."""
    if path.suffix.lower() != ".json":
        return False
    with path.open("rb") as file:
        return b"FeatureCollection" not in file.read(4096)


def _read_folder(path: Path, places: Sequence[Any], seen: Seen, holder: str | None, day: str | None) -> None:
    """Read every layer of a folder; the day stands in the file's name, in its folder's, or in an attribute."""
    files = sorted(p for p in path.rglob("*") if p.suffix.lower() in ENDINGS and p.is_file())
    if not files:
        raise BadRequest(f"'{path}' holds no map layer ({', '.join(ENDINGS[:5])}).")
    if len(files) > MOST_DAYS:
        raise BadRequest(f"'{path}' holds {len(files):,} layers, more than {MOST_DAYS:,}.")
    for file in files:
        when = day_in(file.stem) or day_in(file.parent.name)
        _read_layer(file, when, places, seen, holder, day)


def _read_layer(
    path: Path, when: date | None, places: Sequence[Any], seen: Seen, holder: str | None, day: str | None
) -> None:
    """Read one layer: polygons over places, or points that are places."""
    layer = read_layer(path)
    if not len(layer):
        seen.out["layers without a feature"] += 1
        return
    who = _column(holder, HOLDERS, layer.attributes, path.name, "the holder", "--holder")
    dated = (
        _column(day, DAYS, layer.attributes, path.name, "the day", "--day") if when is None or day else None
    )
    holders = ["" if v is None else str(v).strip() for v in layer.attributes[who]]
    days = [when] * len(layer) if dated is None else [day_of(str(v or "")) for v in layer.attributes[dated]]
    for feature, numbers in _where(layer, places, path.name):
        at = days[feature]
        if at is None:
            seen.out["features without a day that can be told"] += 1
        elif not holders[feature]:
            seen.out["features without a holder"] += 1
        else:
            for number in numbers:
                seen.add(at, int(number), holders[feature])


def _where(layer: Layer, places: Sequence[Any], file: str) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield which places each feature is about."""
    lat = np.array([row["lat"] for row in places], float)
    lon = np.array([row["lon"] for row in places], float)
    areas = set()
    for feature, inside in covering(layer, lat, lon):
        areas.add(feature)
        yield feature, inside.tolist()
    known, number = Places(places), {str(row["id"]): n for n, row in enumerate(places)}
    names = next((layer.attributes[n] for n in NAMES if n in layer.attributes), [""] * len(layer))
    for feature, spot in enumerate(points_of(layer, file)):
        shape = layer.shapes[feature]
        kind = shape.geom_type if layer.shapely and shape is not None else (shape or {}).get("type")
        if feature not in areas and spot is not None and kind == "Point":
            found = known.named(str(names[feature] or "")) or known.at(str(names[feature] or ""), *spot)
            if found is not None:
                yield feature, [number[found]]


def _column(asked: str | None, usual: Sequence[str], there: Any, file: str, what: str, option: str) -> str:
    """Name of the attribute that is meant: the one asked for, or the first of the usual names."""
    if asked is not None:
        if asked in there:
            return asked
        raise BadRequest(
            f"'{file}' has no attribute '{asked}'.{nearest(asked, there)} It has: {', '.join(there)}."
        )
    lower = {str(name).lower(): str(name) for name in there}
    found = next((lower[name] for name in usual if name in lower), None)
    if found is None:
        raise BadRequest(
            f"'{file}': which attribute is {what}? Say {option} NAME. It has: {', '.join(there) or 'none'}."
        )
    return found


def _read_table(path: Path, places: Sequence[Any], seen: Seen, holder: str | None, day: str | None) -> None:
    """Read a table of place, day and holder, or one of places with a column for each day."""
    source = read_source(path)
    known, number = Places(places), {str(row["id"]): n for n, row in enumerate(places)}
    names = next((name for name in NAMES if name in source.columns), None)
    if names is None:
        raise BadRequest(
            f"'{path.name}': which column is the place? Call it 'place'. It has: {', '.join(source.columns)}."
        )
    wide = {name: found for name in source.columns if (found := day_of(name.replace("_", "-")))}
    who = (
        None
        if wide
        else _column(
            holder, HOLDERS, [c for c in source.columns if c != names], path.name, "the holder", "--holder"
        )
    )
    when = None if wide else _column(day, DAYS, source.columns, path.name, "the day", "--day")
    for row in source.rows:
        place = known.named(row[names])
        if place is None:
            seen.out["rows of places that the case does not have"] += 1
            continue
        cells = wide if wide else {str(who): day_of(row[str(when)])}
        for column, at in cells.items():
            if at is None:
                source.findings.note(
                    row.line, when, row[str(when)], "not a day that can be told", "Write 2021-08-12."
                )
            elif row[column]:
                seen.add(at, number[place], row[column])
    source.findings.stop()


def _write(folder: Folder, places: Sequence[Any], seen: Seen, least_days: int) -> list[str]:
    """Turn holders by day into holders at the start and changes, and write them."""
    days = sorted(seen.days)
    actors: dict[str, Actor] = {}
    for at in days:
        for name in seen.days[at].values():
            if name:
                actors.setdefault(name, Actor(name)).seen(at, False)
    proposed = {} if folder.has_settings() else _proposed(actors, places, seen)
    sides, told = settle_sides(folder, actors, proposed, "control-holders.csv")
    start = folder.start or days[0]
    if proposed:
        folder.write_settings(folder.id, start, list(proposed.values()))
        told.append("The sides in case.toml are proposed: check their names and roles, and who presses whom.")
    if not sides:
        return [*told, "Nothing was written: no holder on the map has a side yet."]
    held: dict[str, Any] = {str(row["id"]): row["held_by"] for row in folder.places}
    first, changes = changes_seen(places, seen, sides, (start, least_days))
    told += _start(folder, held, first, days[0], start)
    rows = [row for row in changes if row["latest"] > start]
    for row in rows:
        row |= {"source": f"control record of {days[0]} to {days[-1]}", "confidence": "medium"}
    count = folder.write("history", rows, ("place", "latest", "to_side")) if rows else 0
    told.append(f"{len(days):,} days from {days[0]} to {days[-1]}, {len(places):,} places.")
    told.append(f"history.csv: {count:,} changes of hands, {len(rows):,} of them from here.")
    told += [f"Left out: {many:,} {why}." for why, many in seen.out.most_common()]
    silent = len(places) - len({place for here in seen.days.values() for place in here})
    return told + (
        [f"{silent:,} of {len(places):,} places are on no map: held_by stays as it is."] if silent else []
    )


def _proposed(actors: dict[str, Actor], places: Sequence[Any], seen: Seen) -> dict[str, Side]:
    """Propose sides where the case has none: whoever holds the capital first, or most places, is the incumbent."""
    ranked = sorted(actors.values(), key=lambda actor: (-actor.events, actor.name))[:MOST_SIDES]
    if len(ranked) < 2:
        raise BadRequest("the map knows one holder only. Write [[sides]] into case.toml first.")
    first = seen.days[min(seen.days)]
    capital = next((first.get(n, "") for n, row in enumerate(places) if row["kind"] == "capital"), "")
    home = capital if capital in {actor.name for actor in ranked} else ranked[0].name
    found: dict[str, Side] = {}
    for actor in ranked:
        ident = new_id(actor.name, {side.id for side in found.values()}, "side")
        found[actor.name] = Side(ident, actor.name, "incumbent" if actor.name == home else "insurgent")
    return found


def changes_seen(
    places: Sequence[Any], seen: Seen, sides: dict[str, str], rule: tuple[date, int]
) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Holders on the evening of the start, where they were mapped by then, and all changes.

    `rule` is the start, and for how many days a change must last.
    """
    start, least_days = rule
    at_start: dict[str, str] = {}
    rows: list[dict[str, Any]] = []
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


def _start(folder: Folder, held: dict[str, Any], first: dict[str, str], day: date, start: date) -> list[str]:
    """Fill in held_by from the map where it is empty; say where the map disagrees."""
    gaps = [place for place, side in first.items() if not held.get(place)]
    apart = sorted(place for place, side in first.items() if held.get(place) and held[place] != side)
    told = []
    if gaps:
        keep, folder.keep = folder.keep, "replace"
        rows = [row.but(held_by=held[row["id"]] or first.get(row["id"])) for row in folder.places]
        folder.write("places", rows, ("id",))
        folder.keep = keep
        late = "" if day <= start else f" (the record begins on {day}, after the start)"
        told.append(f"held_by of {len(gaps):,} places is filled in from the map of {start}{late}.")
    if apart:
        named = ", ".join(apart[:8]) + (" and others" if len(apart) > 8 else "")
        told.append(
            f"held_by and the map disagree on {start} for {len(apart):,} places: {named}. held_by was kept."
        )
    return told
