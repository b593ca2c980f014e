"""Records of any file: rows of a table, or features of a map layer with their spots."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from headlong.case.tables.table_text import UNKNOWN
from headlong.importers.formats.layers import ENDINGS, points_of, read_layer
from headlong.importers.formats.source import (
    Findings,
    Source,
    SourceRecord,
    check_file,
    column_key,
    read_source,
)

__all__ = ["is_layer", "read_records"]


def is_layer(path: Path) -> bool:
    """Say whether a file is a map layer; a .json file may be one, or a list of records."""
    if path.suffix.lower() != ".json":
        return path.suffix.lower() in ENDINGS
    check_file(path)
    try:
        with path.open("rb") as file:
            return b"FeatureCollection" in file.read(4096)
    except OSError:
        return False


def read_records(
    path: Path,
    aliases: Mapping[str, str] | None = None,
    header: Sequence[str] | None = None,
    wanted: Collection[str] = (),
) -> Source:
    """Read a table, or the features of a layer as rows with latitude and longitude.

    Parameters
    ----------
    path, aliases, header, wanted
        As in `headlong.importers.formats.source.read_source`.
    """
    if path.is_dir() or not is_layer(path):
        return read_source(path, aliases, header, wanted)
    layer = read_layer(path)
    names = {
        name: (aliases or {}).get(column_key(str(name)), column_key(str(name))) for name in layer.attributes
    }
    rows = []
    for number, spot in enumerate(points_of(layer, path.name)):
        cells = {names[name]: _text(values[number]) for name, values in layer.attributes.items()}
        if spot is not None and not (cells.get("latitude") and cells.get("longitude")):
            cells |= {"latitude": repr(spot[0]), "longitude": repr(spot[1])}
        rows.append(SourceRecord(number + 1, cells))
    columns = tuple(dict.fromkeys(name for row in rows for name in row.cells))
    return Source(path, columns, rows, Findings(path.name))


def _text(value: Any) -> str:
    """A value of an attribute as the cell of a table."""
    text = "" if value is None else str(value).strip()
    return "" if text in UNKNOWN else text
