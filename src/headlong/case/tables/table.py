"""One CSV file: its rows with typed values, and everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from headlong.case.rows import Cells, Row
from headlong.case.tables.cells import EMPTY, Misfit, parse
from headlong.case.tables.schema import Column, columns_of
from headlong.case.tables.sniff import looks_like
from headlong.case.tables.table_text import (
    SEPARATORS,
    Line,
    comma_decimals,
    either,
    file_text,
    known_cell,
    lines_of,
    plain_number,
    separator_of,
)
from headlong.errors import Finding, nearest

__all__ = ["FREE", "Table", "read_table", "table_in"]

SHOWN = 60  # characters of a value that a finding repeats

FREE = re.compile(r"x_[a-z0-9_]{1,60}", re.ASCII)
"""Names of a user's own columns: kept as text, read by no forecast, carried to outputs."""


@dataclass
class Table:
    """What came out of one file: rows that are whole, ids that were named, and findings.

    Parameters
    ----------
    name : str
        Table.
    file : str
        Name of the file, for findings; by default that of the table.
    rows : list of Row
        Rows without a finding.
    broken : list of Row
        Rows with a finding: what could be read of them, so that the rest is checked too.
    ids : set of str
        Every id the file names, of broken rows too, so that one slip does not make twenty findings.
    findings : list of Finding
        What is wrong.
    usable : bool
        False when the file could not be read as a table at all.
    separator : str
        Sign between its cells.
    commas : bool
        Whether its numbers have decimal commas.
    """

    name: str
    file: str = ""
    rows: list[Row] = field(default_factory=list)
    broken: list[Row] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    usable: bool = True
    separator: str = ","
    commas: bool = False

    def note(self, row: int | None, column: str | None, value: str | None, problem: str, remedy: str) -> None:
        """Add a finding on this file."""
        if value is not None and len(value) > SHOWN:
            value = value[:SHOWN] + "…"
        if value is not None:
            value = value.replace("\n", " ").replace("\r", " ").replace("\x00", "␀")
        self.findings.append(Finding(self.file or f"{self.name}.csv", row, column, value, problem, remedy))


def read_table(path: Path, name: str | None = None) -> Table:
    """Read one CSV file of a case folder against the schema.

    Parameters
    ----------
    path : Path
        The file; its stem is the name of the table unless `name` is given.
    name : str, optional
        Table whose columns it has.
    """
    text = file_text(path)
    if isinstance(text, Finding):
        return Table(name or path.stem, path.name, findings=[text], usable=False)
    return table_in(text, name or path.stem, path.name)


def table_in(text: str, name: str, file: str) -> Table:
    """Read the text of a table against the schema.

    Parameters
    ----------
    text : str
        The table.
    name : str
        Table whose columns it has.
    file : str
        Name of the file, for findings.
    """
    table = Table(name, file)
    table.separator = separator_of(text, columns_of(table.name))
    remedy = 'Close every " and double those inside.'
    lines = lines_of(text, table.separator, lambda row, what: table.note(row, None, None, what, remedy))
    first = next(lines, None)
    if first is None:
        if not table.findings:
            table.note(None, None, None, "the file is empty", "Write the header line, or delete the file.")
        table.usable = False
        return table
    names = _trimmed(first.cells)
    known = _header(first.number, names, table)
    if not known:
        table.usable = False
        return table
    rest = list(lines)
    table.commas = comma_decimals(names, rest, known)
    for line in rest:
        _row(line, names, known, table)
    return table


def _trimmed(names: list[str]) -> list[str]:
    """Return the header without the empty cells that spreadsheets leave at its end."""
    return names[: max((place for place, name in enumerate(names, 1) if name), default=0)]


def _header(number: int, names: list[str], table: Table) -> Mapping[str, Column]:
    """Check the header; return the known columns it has."""
    schema = columns_of(table.name)
    strange = [name for name in names if name not in schema and not FREE.fullmatch(name)]
    foreign = looks_like(frozenset(names))
    if foreign and strange:
        table.note(number, None, None, f"this looks like {foreign.what}", foreign.remedy(table.file))
        return {}
    if len(strange) == len(names) == 1 and len(schema) > 1:
        remedy = "Put commas, semicolons or tabs between the cells, and the names of the columns on top."
        table.note(number, names[0], None, "a header of one cell", remedy)
        return {}
    for place, name in enumerate(names):
        if name in names[:place]:
            table.note(number, name, None, "the column stands twice", "Keep one of them.")
        elif not name:
            remedy = "Name it, or delete it (in pandas: to_csv(index=False))."
            table.note(number, None, None, f"column {place + 1} has no name", remedy)
        elif name in strange:
            known = nearest(name, schema).strip() or f"Known columns: {', '.join(schema)}."
            table.note(number, name, None, "unknown column", f"{known} Your own columns: x_ in front.")
    for name, column in schema.items():
        if column.required != "no" and name not in names:
            remedy = f"Add it: {_lower(column.meaning)}."
            table.note(number, name, None, "required column is missing", remedy)
    return {name: schema[name] for name in names if name in schema}


def _row(line: Line, names: list[str], known: Mapping[str, Column], table: Table) -> None:
    """Check one line; keep it as a row if nothing is wrong with it."""
    number, cells = line
    cells = cells[: len(names)] if not any(cells[len(names) :]) else cells
    if len(cells) != len(names):
        more = "more" if len(cells) > len(names) else "fewer"
        between = "" if table.separator == "," else f" (with {SEPARATORS[table.separator]} between cells)"
        sign = SEPARATORS[table.separator].removesuffix("s")
        remedy = f'Put cells that hold a {sign} between "quotes" and fill missing ones with empty cells.'
        problem = f"{len(cells)} cells, {more} than the header's {len(names)}{between}"
        table.note(number, None, None, problem, remedy)
    raw = dict(zip(names, cells, strict=False))
    if raw.get("id"):
        table.ids.add(raw["id"])
    before, whole = len(table.findings), len(cells) == len(names)
    values = {name: EMPTY.get(column.type) for name, column in columns_of(table.name).items()}
    for name, column in columns_of(table.name).items():
        text = known_cell(raw.get(name, ""), column)
        if not text and column.required == "yes":
            whole = False
            if name in known:
                remedy = f"Write it: {_lower(column.meaning)}."
                table.note(number, name, None, "must not be empty", remedy)
            continue
        _cell(number, text, column, values, table)
    values |= {
        name: raw[name] for name in names if name not in known and FREE.fullmatch(name) and name in raw
    }
    (table.rows if whole and len(table.findings) == before else table.broken).append(Row(values, number))


def _cell(number: int, text: str, column: Column, values: Cells, table: Table) -> None:
    """Put the value of one cell among a row's values, or say what is wrong with it."""
    try:
        values[column.column] = parse(plain_number(text, column) if table.commas else text, column)
    except Misfit as misfit:
        problem, remedy = misfit.problem, misfit.remedy
        if either(text, column):
            problem = f"either {text.replace(',', '.')} or {text.replace(',', '')}"
            remedy = "Write a point for decimals and no sign for thousands."
        table.note(number, column.column, text, problem, remedy)


def _lower(meaning: str) -> str:
    """Return a meaning as it stands inside a sentence."""
    return meaning[0].lower() + meaning[1:]
