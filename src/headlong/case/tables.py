"""One CSV file: its rows with typed values, and everything that is wrong with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from headlong.case.cells import EMPTY, Misfit, parse
from headlong.case.rows import Row
from headlong.case.schema import Column, columns_of
from headlong.errors import Finding, nearest

__all__ = ["Table", "read_table", "read_text"]

SHOWN = 60  # characters of a value that a finding repeats

csv.field_size_limit(1 << 22)


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
    ids : set of str
        Every id the file names, of broken rows too, so that one slip does not make twenty findings.
    findings : list of Finding
        What is wrong.
    usable : bool
        False when the file could not be read as a table at all.
    """

    name: str
    file: str = ""
    rows: list[Row] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    usable: bool = True

    def note(self, row: int | None, column: str | None, value: str | None, problem: str, remedy: str) -> None:
        """Add a finding on this file."""
        if value is not None and len(value) > SHOWN:
            value = value[:SHOWN] + "…"
        if value is not None:
            value = value.replace("\n", " ").replace("\r", " ").replace("\x00", "␀")
        self.findings.append(Finding(self.file or f"{self.name}.csv", row, column, value, problem, remedy))


def read_text(path: Path) -> str | Finding:
    """Return the text of a file, or what is wrong with its bytes. A byte order mark is accepted."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return Finding(path.name, None, None, None, f"cannot be opened ({error.strerror})", "Check the file.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bad = repr(data[max(0, error.start - 10) : error.end])[2:-1]
        remedy = "Save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8')."
        return Finding(path.name, line, None, bad, "not UTF-8 text", remedy)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        return Finding(path.name, line, None, None, "holds NUL bytes", "Save the file again as UTF-8 text.")
    return text


def read_table(path: Path, name: str | None = None) -> Table:
    """Read one CSV file of a case folder against the schema.

    Parameters
    ----------
    path : Path
        The file; its stem is the name of the table unless `name` is given.
    name : str, optional
        Table whose columns it has.
    """
    table = Table(name or path.stem, path.name)
    text = read_text(path)
    if isinstance(text, Finding):
        table.findings.append(text)
        table.usable = False
        return table
    lines = _lines(text, table)
    first = next(lines, None)
    if first is None:
        if not table.findings:
            table.note(None, None, None, "the file is empty", "Write the header line, or delete the file.")
        table.usable = False
        return table
    known = _header(first, table)
    for number, cells in lines:
        _row(number, cells, first[1], known, table)
    return table


def _lines(text: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) of every line that is neither blank nor a comment (``#``)."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            remedy = 'Close every " and double those inside.'
            table.note(number, None, None, f"not a CSV line ({error})", remedy)
            if "unexpected end" in str(error) or "field larger" in str(error):
                return
            continue
        if any(cells) and not cells[0].startswith("#"):
            yield number, cells


def _header(first: tuple[int, list[str]], table: Table) -> Mapping[str, Column]:
    """Check the header; return the known columns it has."""
    number, names = first
    schema = columns_of(table.name)
    for place, name in enumerate(names):
        if name not in schema:
            remedy = nearest(name, schema).strip() or f"Known columns: {', '.join(schema)}."
            table.note(number, name, None, "unknown column", remedy)
        elif name in names[:place]:
            table.note(number, name, None, "the column stands twice", "Keep one of them.")
    for name, column in schema.items():
        if column.required != "no" and name not in names:
            remedy = f"Add it: {_lower(column.meaning)}."
            table.note(number, name, None, "required column is missing", remedy)
    return {name: schema[name] for name in names if name in schema}


def _row(number: int, cells: list[str], names: list[str], known: Mapping[str, Column], table: Table) -> None:
    """Check one line; keep it as a row if nothing is wrong with it."""
    if len(cells) != len(names):
        more = "more" if len(cells) > len(names) else "fewer"
        remedy = 'Put cells that hold a comma between "quotes" and fill missing ones with empty cells.'
        table.note(number, None, None, f"{len(cells)} cells, {more} than the header's {len(names)}", remedy)
    raw = dict(zip(names, cells, strict=False))
    if raw.get("id"):
        table.ids.add(raw["id"])
    before, whole = len(table.findings), len(cells) == len(names)
    values = {name: EMPTY.get(column.type) for name, column in columns_of(table.name).items()}
    for name, column in columns_of(table.name).items():
        text = raw.get(name, "")
        if not text and column.required == "yes":
            whole = False
            if name in known:
                remedy = f"Write it: {_lower(column.meaning)}."
                table.note(number, name, None, "must not be empty", remedy)
            continue
        try:
            values[name] = parse(text, column)
        except Misfit as misfit:
            table.note(number, name, text, misfit.problem, misfit.remedy)
    if whole and len(table.findings) == before:
        table.rows.append(Row(values, number))


def _lower(meaning: str) -> str:
    """Return a meaning as it stands inside a sentence."""
    return meaning[0].lower() + meaning[1:]
