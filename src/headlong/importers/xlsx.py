"""A case as one workbook, one sheet for each table, and back."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from headlong.case import Case
from headlong.case.rows import Side
from headlong.case.tables.cells import Misfit, parse
from headlong.case.tables.schema import columns_of, tables
from headlong.errors import BadRequest, nearest
from headlong.importers.folder import Folder, quoted
from headlong.importers.formats.workbook import Sheet, sheets_of, write_workbook

__all__ = ["export_case", "import_workbook"]

SETTINGS, SIDES, SCENARIOS = "case", "sides", "scenarios"
NONE = "(none)"
"""A cell that says that there is none, where an empty one leaves it to a rule."""

PLAIN = ("start", "end", "init")  # dates stand bare in TOML


def import_workbook(path: Path, folder: Folder) -> list[str]:
    """Turn the sheets of a workbook into the tables of a case; return what to say.

    Sheets are named as tables (places, roads, ...); ``case`` holds key and value, ``sides`` a row for each side.

    Parameters
    ----------
    path : Path
        The workbook.
    folder : Folder
        The case folder.
    """
    known = [*tables(), SETTINGS, SIDES, SCENARIOS]
    found, notes = {}, []
    for name, rows in sheets_of(path):
        table = name.strip().lower().removesuffix(".csv").removesuffix(".toml").replace(" ", "_")
        rows = [row for row in rows if any(row)]
        if table in known:
            found[table] = rows
        elif rows:
            notes.append(f"Sheet '{name}' is no table of a case and was left out.{nearest(table, known)}")
    if "places" not in found:
        raise BadRequest(
            f"'{path.name}' has no sheet 'places'. Name each sheet as its table: {', '.join(known)}."
        )
    settings = found.pop(SETTINGS, []), found.pop(SIDES, [])
    scenarios = found.pop(SCENARIOS, [])
    there = [t for t in found if (folder.path / f"{t}.csv").exists() and folder.rows(t)]
    if there and folder.keep != "replace":
        raise BadRequest(f"'{folder.path}' has rows in {', '.join(there)} already. Say --replace.")
    for table, rows in found.items():
        if rows:
            width = max((n for n, cell in enumerate(rows[0], 1) if cell), default=0)
            out = io.StringIO()
            csv.writer(out, lineterminator="\n").writerows(row[:width] for row in rows)
            folder.put(f"{table}.csv", out.getvalue())
            notes.append(f"{table}.csv: {len(rows) - 1:,} rows.")
    notes += _settings(folder, *settings)
    if scenarios:
        folder.put("scenarios.toml", "\n".join(row[0] for row in scenarios) + "\n")
    folder.commit()
    return notes


def _settings(folder: Folder, case: list[list[str]], sides: list[list[str]]) -> list[str]:
    """Write case.toml from the sheets of settings, if there are any."""
    if not case and not sides:
        return (
            []
            if folder.has_settings()
            else ["No sheet 'case' and 'sides': write case.toml (headlong new makes one)."]
        )
    lines = [
        toml_line("case", row[0], row[1])
        for row in case
        if len(row) > 1 and row[0] and row[0] != "key" and row[1]
    ]
    if not any(line.startswith("id =") for line in lines):
        lines.insert(0, f'id = "{folder.id}"')
    for row in sides[1:]:
        lines += ["", "[[sides]]"]
        said = dict(zip(sides[0], row, strict=False))
        lines += [toml_line("sides", key, value) for key, value in said.items() if key and value]
    folder.put("case.toml", "\n".join([*lines, ""]))
    return ["case.toml: settings and sides."]


def toml_line(table: str, key: str, value: str) -> str:
    """One setting as TOML: a date bare, a list in brackets, all else as text."""
    column = columns_of(table).get(key)
    name = key if key.replace("_", "").isalnum() and key.isascii() else quoted(key)
    if value == NONE:
        return f"{name} = " + ("[]" if column is not None and column.type == "list" else '""')
    if column is not None and column.type in ("list", "textlist"):
        parts = [part.strip() for part in value.split(";" if column.type == "list" else "\n") if part.strip()]
        return f"{name} = [{', '.join(map(quoted, parts))}]"
    if key in PLAIN and column is not None:
        try:
            return f"{name} = {parse(value[:10], column)}"
        except Misfit:
            pass
    return f"{name} = {quoted(value)}"


def export_case(case: Case, path: Path) -> int:
    """Write a case to one workbook that `import_workbook` reads back; return how many sheets it has.

    Parameters
    ----------
    case : Case
        The case.
    path : Path
        File to write.
    """
    sheets: dict[str, Sheet] = {
        SETTINGS: (["key", "value"], _keys(case)),
        SIDES: _sides(case.sides),
    }
    for table in tables():
        rows = getattr(case, table)
        if rows:
            names = list(dict.fromkeys(name for row in rows for name in row))
            full = [name for name in names if _filled(table, name, rows)]
            sheets[table] = (full, [[row.get(name) for name in full] for row in rows])
    text = case.folder / "scenarios.toml"
    if text.is_file():
        lines = text.read_text("utf-8").splitlines()
        sheets[SCENARIOS] = (lines[:1], [[line] for line in lines[1:]])
    write_workbook(path, sheets)
    return len(sheets)


def _filled(table: str, name: str, rows: Any) -> bool:
    """Say whether a column is written: one that must be there, one of the user's own, or one that any row fills."""
    column = columns_of(table).get(name)
    return (
        column is None or column.required != "no" or any(row.get(name) not in (None, "", ()) for row in rows)
    )


def _keys(case: Case) -> list[list[Any]]:
    """Settings of the case as they stand in its file; without one, from the case itself."""
    said = {"id": case.id, "title": case.title, "start": case.start, "init": case.init, "licence": case.licence,
            "map": case.map, "stratum": case.stratum,
            "notes": case.notes, "assumptions": "\n".join(case.assumptions)}  # fmt: skip
    if not case.ongoing:
        said["end"] = case.end
    return [[key, value] for key, value in said.items() if value]


def _sides(sides: tuple[Side, ...]) -> tuple[list[str], list[list[Any]]]:
    names = ["id", "name", "role", "friends", "presses", "seat"]
    explicit = ("presses", "seat")  # None: from a rule; empty: none
    return names, [
        [NONE if n in explicit and getattr(side, n) in ("", ()) else getattr(side, n) for n in names]
        for side in sides
    ]
