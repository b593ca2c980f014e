"""Who held what on which day: read from layers of polygons or points, and from tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from headlong.errors import BadRequest, nearest
from headlong.importers.formats.layers import ENDINGS, Layer, covering, points_of, read_layer
from headlong.importers.formats.source import read_source
from headlong.importers.formats.values import day_in, day_of
from headlong.importers.naming import Places

__all__ = ["MappedHolders", "read_control"]

HOLDERS = (
    "holder",
    "controlled_by",
    "control",
    "controller",
    "held_by",
    "side",
    "faction",
    "occupied_by",
    "occupier",
    "party",
    "group",
    "actor",
    "force",
    "owner",
    "name",
)
DAYS = ("date", "day", "valid_on", "datetime", "time", "updated")
NAMES = ("place", "id", "pcode", "name", "town", "location", "admin_name")
MOST_DAYS = 40_000
MOST_HOLDERS = 8
"""Values up to which an attribute called name may be the holder, unless it is asked for."""


@dataclass
class MappedHolders:
    """Holders by day and place: what was mapped, and what could not be told.

    Parameters
    ----------
    days : dict
        Holder's name by place's number, by day; an empty name where two were mapped.
    out : Counter
        How many features were left out, by why.
    attribute : str
        What the holder was taken from; empty in a table with a column for each day.
    """

    days: dict[date, dict[int, str]] = field(default_factory=dict)
    out: Counter[str] = field(default_factory=Counter)
    attribute: str = ""

    def add(self, day: date, place: int, holder: str) -> None:
        """Note one holder of one place on one day."""
        here = self.days.setdefault(day, {})
        here[place] = holder if here.get(place, holder) == holder else ""


def read_control(path: Path, places: Sequence[Any], holder: str | None, day: str | None) -> MappedHolders:
    """Read a folder of layers, one layer, or a table.

    Parameters
    ----------
    path : Path
        What to read.
    places : sequence of mapping
        Rows of places.csv that can be held.
    holder, day : str or None
        Attributes with the holder and the day; None: found by their names.
    """
    seen = MappedHolders()
    if path.is_dir():
        _read_folder(path, places, seen, holder, day)
    elif path.suffix.lower() in ENDINGS and not _is_table(path):
        _read_layer(path, None, places, seen, holder, day)
    else:
        _read_table(path, places, seen, holder, day)
    return seen


def _is_table(path: Path) -> bool:
    """Say whether a .json file is a list of records and no map layer."""
    if path.suffix.lower() != ".json":
        return False
    with path.open("rb") as file:
        return b"FeatureCollection" not in file.read(4096)


def _read_folder(
    path: Path, places: Sequence[Any], seen: MappedHolders, holder: str | None, day: str | None
) -> None:
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
    path: Path,
    when: date | None,
    places: Sequence[Any],
    seen: MappedHolders,
    holder: str | None,
    day: str | None,
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
    if holder is None and who.lower() == "name" and len({*holders}) > MOST_HOLDERS:
        raise BadRequest(
            f"'{path.name}': is '{who}' the holder? It has {len({*holders})} values, such as '{holders[0]}'. Say "
            f"--holder NAME. It has: {', '.join(layer.attributes)}."
        )
    seen.attribute = who
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
    lower = {str(name).lower(): str(name) for name in there}
    if asked is not None:
        if asked in there or asked.lower() in lower:
            return asked if asked in there else lower[asked.lower()]
        raise BadRequest(
            f"'{file}' has no attribute '{asked}'.{nearest(asked, there)} It has: {', '.join(there)}."
        )
    found = next((lower[name] for name in usual if name in lower), None)
    if found is None:
        raise BadRequest(
            f"'{file}': which attribute is {what}? Say {option} NAME. It has: {', '.join(there) or 'none'}."
        )
    return found


def _read_table(
    path: Path, places: Sequence[Any], seen: MappedHolders, holder: str | None, day: str | None
) -> None:
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
    seen.attribute = who or ""
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
