"""Writing a draft as a case folder: CSV tables, case.toml, scenarios.toml and sources.md."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

from casebuild.draft import Draft
from headlong.case.tables.schema import columns_of, tables

CREDITS = {
    "geonames": "Coordinates from GeoNames (geonames.org), CC BY 4.0.",
    "simplemaps": "Coordinates cross-checked with, or from, SimpleMaps World Cities (simplemaps.com), CC BY 4.0.",
}


def credits(draft: Draft) -> str:
    """Return whom the coordinates are owed to, by the sources that the places name."""
    named = " ".join(row["source"] for row in draft.rows("places")).lower()
    return " ".join(line for word, line in CREDITS.items() if word in named)


def write(draft: Draft, folder: Path, scenarios: str, sources: str) -> None:
    """Write the folder; files of earlier builds that have no rows any more are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables():
        path = folder / f"{table}.csv"
        if draft.rows(table):
            _write_table(path, table, draft.rows(table))
        else:
            path.unlink(missing_ok=True)
    (folder / "case.toml").write_text(_settings(draft), encoding="utf-8", newline="\n")
    path = folder / "scenarios.toml"
    if scenarios:
        path.write_text(scenarios, encoding="utf-8", newline="\n")
    else:
        path.unlink(missing_ok=True)
    (folder / "sources.md").write_text(sources, encoding="utf-8", newline="\n")


def _write_table(path: Path, table: str, rows: list[dict[str, Any]]) -> None:
    """Write one table; optional columns that no row fills are left out."""
    schema = columns_of(table)
    unknown = {key for row in rows for key in row} - schema.keys()
    if unknown:
        raise ValueError(f"{table}: no such columns {sorted(unknown)}")
    used = [
        name
        for name, column in schema.items()
        if column.required != "no" or any(_cell(row.get(name)) for row in rows)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(used)
        writer.writerows([_cell(row.get(name)) for name in used] for row in rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ";".join(str(item) for item in value)
    return " ".join(str(value).split())


def text(value: str) -> str:
    """Return a TOML string."""
    return json.dumps(" ".join(value.split()), ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(text(str(item)) for item in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return text(str(value))


def _settings(draft: Draft) -> str:
    lines = [
        f"id = {text(draft.id)}",
        f"title = {text(draft.title)}",
        f"start = {draft.start}",
        f"end = {draft.end}",
        f"init = {draft.init}",
        *(
            f"{key} = {text(value)}"
            for key, value in (("stratum", draft.stratum), ("map", draft.map))
            if value
        ),
        f"licence = {text(f'Facts and figures with their sources, in our own words: CC BY 4.0. {credits(draft)}')}",
        'notes = "Built from sourced tables; sources.md says how. history and displacement are for verification."',
        "assumptions = [",
        *(f"  {text(line)}," for line in draft.assumptions),
        "]",
    ]
    for side in draft.sides:
        lines += ["", "[[sides]]", *(f"{key} = {_value(value)}" for key, value in side.items())]
    return "\n".join(lines) + "\n"
