"""Who held what on which day: read from layers of polygons or points, and from tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

import numpy as np

from headlong.errors import BadRequest, nearest
from headlong.importers.formats.layers import ENDINGS, Layer, covering, points_of, read_layer
from headlong.importers.formats.records import is_layer
from headlong.importers.formats.source import read_source
from headlong.importers.formats.values import day_in, day_of, order_of
from headlong.importers.naming import Places

__all__ = ["ControlAsked", "MappedHolders", "read_control"]

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


class ControlOptions(TypedDict, total=False):
    """`ControlAsked` as options by name."""

    holder: str | None
    day: str | None
    layer: str | None
    mapped: str | None
    unmapped: str | None


class ControlAsked(NamedTuple):
    """What a user says of a record of control.

    Parameters
    ----------
    holder, day : str or None
        Attributes with the holder and the day; None: found by their names.
    layer : str or None
        Layer of a file that has several.
    mapped : str or None
        Who holds all that is mapped, where no attribute says it.
    unmapped : str or None
        Who holds places that no feature covers on a day that is mapped.
    """

    holder: str | None = None
    day: str | None = None
    layer: str | None = None
    mapped: str | None = None
    unmapped: str | None = None


def read_control(path: Path, places: Sequence[Any], asked: ControlAsked) -> MappedHolders:
    """Read a folder of layers, one layer, or a table.

    Parameters
    ----------
    path : Path
        What to read.
    places : sequence of mapping
        Rows of places.csv that can be held.
    asked : ControlAsked
        What the user says of it.
    """
    seen = MappedHolders()
    if path.is_dir():
        _read_folder(path, places, seen, asked)
    elif is_layer(path):
        _read_layer(path, None, places, seen, asked)
    else:
        _read_table(path, places, seen, asked)
    if asked.unmapped is not None:
        for here in seen.days.values():
            here |= {number: asked.unmapped for number in range(len(places)) if number not in here}
    return seen


def _read_folder(path: Path, places: Sequence[Any], seen: MappedHolders, asked: ControlAsked) -> None:
    """Read every layer of a folder; the day stands in the file's name, in its folder's, or in an attribute."""
    files = sorted(p for p in path.rglob("*") if p.suffix.lower() in ENDINGS and p.is_file())
    if not files:
        raise BadRequest(f"'{path}' holds no map layer ({', '.join(ENDINGS[:5])}).")
    if len(files) > MOST_DAYS:
        raise BadRequest(f"'{path}' holds {len(files):,} layers, more than {MOST_DAYS:,}.")
    for file in files:
        when = day_in(file.stem) or day_in(file.parent.name)
        _read_layer(file, when, places, seen, asked)


def _read_layer(
    path: Path, when: date | None, places: Sequence[Any], seen: MappedHolders, asked: ControlAsked
) -> None:
    """Read one layer: polygons over places, or points that are places."""
    layer, day = read_layer(path, layer=asked.layer), asked.day
    if not len(layer):
        seen.out["layers without a feature"] += 1
        return
    who, holders = _holders(layer, path.name, asked)
    dated = (
        _column(day, DAYS, layer.attributes, path.name, "the day", "--day") if when is None or day else None
    )
    if asked.holder is None and who.lower() == "name" and len({*holders}) > MOST_HOLDERS:
        raise BadRequest(
            f"'{path.name}': is '{who}' the holder? It has {len({*holders})} values, such as '{holders[0]}'. Say "
            f"--holder NAME. It has: {', '.join(layer.attributes)}."
        )
    seen.attribute = who
    texts = [str(v or "") for v in layer.attributes[dated]] if dated is not None else []
    order = order_of(texts)
    days = [day_of(text, order) for text in texts] if dated is not None else [when] * len(layer)
    if asked.unmapped is not None:
        seen.days |= {at: seen.days.get(at, {}) for at in days if at is not None}
    for feature, numbers in _where(layer, places, path.name):
        at = days[feature]
        if at is None:
            seen.out["features without a day that can be told"] += 1
        elif not holders[feature]:
            seen.out["features without a holder"] += 1
        else:
            for number in numbers:
                seen.add(at, int(number), holders[feature])


def _holders(layer: Layer, file: str, asked: ControlAsked) -> tuple[str, list[str]]:
    """The attribute with the holder, and each feature's holder: the one that the user names, if all is one's."""
    if asked.mapped is not None:
        return "", [asked.mapped] * len(layer)
    try:
        who = _column(asked.holder, HOLDERS, layer.attributes, file, "the holder", "--holder")
    except BadRequest as error:
        if asked.holder is not None:
            raise
        raise BadRequest(
            f"{error} If all that is mapped is one side's: --mapped NAME; and --unmapped NAME for who holds the rest."
        ) from None
    return who, ["" if v is None else str(v).strip() for v in layer.attributes[who]]


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


def _read_table(path: Path, places: Sequence[Any], seen: MappedHolders, asked: ControlAsked) -> None:
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
            asked.holder,
            HOLDERS,
            [c for c in source.columns if c != names],
            path.name,
            "the holder",
            "--holder",
        )
    )
    seen.attribute = who or ""
    when = None if wide else _column(asked.day, DAYS, source.columns, path.name, "the day", "--day")
    order = order_of(row[str(when)] for row in source.rows) if when else ""
    for row in source.rows:
        place = known.named(row[names])
        if place is None:
            seen.out["rows of places that the case does not have"] += 1
            continue
        cells = wide if wide else {str(who): day_of(row[str(when)], order)}
        for column, at in cells.items():
            if at is None:
                source.findings.note(
                    row.line, when, row[str(when)], "not a day that can be told", "Write 2021-08-12."
                )
            elif row[column]:
                seen.add(at, number[place], row[column])
    source.findings.stop()
