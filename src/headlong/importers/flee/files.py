"""The files of a Flee conflict as rows: headers that begin with ``#``, days as numbers, rows of uneven length."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from headlong.case.tables.table_text import file_text
from headlong.errors import BadRequest, Finding
from headlong.importers.formats.source import Findings, column_key
from headlong.importers.formats.values import day_of, number_of

__all__ = ["Flee", "FleeLine", "FleeTable", "find_folders", "read_flee"]

MOST_DAYS = 20_000


@dataclass(frozen=True)
class FleeLine:
    """One line of a file."""

    number: int
    cells: list[str]

    def cell(self, place: int | None) -> str:
        """The cell in a column, empty beyond the end of the line."""
        return self.cells[place] if place is not None and place < len(self.cells) else ""


@dataclass
class FleeTable:
    """One file: its header in lower case, its lines, and what is wrong with it."""

    header: list[str]
    names: list[str]
    lines: list[FleeLine]
    findings: Findings

    def column(self, *names: str) -> int | None:
        """Place of the first column that has one of these names."""
        return next((self.header.index(name) for name in names if name in self.header), None)


@dataclass(frozen=True)
class Flee:
    """Where the files of a conflict are, and the day its clock starts."""

    inputs: Path
    counts: Path | None
    start: date
    length: int | None


def read_flee(path: Path, header: bool = True, usual: Sequence[str] = ()) -> FleeTable:
    """Read one file; without `header` its first line is a row, unless it begins with ``#``.

    So it is where a line without ``#`` names none of the `usual` columns, which then are the columns, as Flee has it.
    """
    findings = Findings(path.name)
    text = file_text(path)
    if isinstance(text, Finding):
        findings.append(text)
        return FleeTable([], [], [], findings)
    lines: list[FleeLine] = []
    reader = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            break
        except csv.Error as error:
            findings.note(
                number, None, None, f"not a CSV line ({error})", 'Close every " and double those inside.'
            )
            if "unexpected end" in str(error) or "field larger" in str(error):
                break
            continue
        if any(cells):
            lines.append(FleeLine(number, cells))
    names: list[str] = []
    if lines and usual and not lines[0].cells[0].startswith("#"):
        header = bool({column_key(cell) for cell in lines[0].cells} & {*usual})
        names = [] if header else list(usual)
    if lines and (header or lines[0].cells[0].startswith("#")):
        first = lines.pop(0).cells
        names = [first[0].lstrip("#").strip().strip('"'), *first[1:]]
    rows = [line for line in lines if not line.cells[0].startswith("#")]
    return FleeTable([column_key(name) for name in names], names, rows, findings)


def find_folders(path: Path, counts: Path | None, start: date | None) -> Flee:
    """Find the inputs (``input_csv/`` in FabFlee), the counts (``source_data/``) and the first day.

    Parameters
    ----------
    path : Path
        Folder of the conflict.
    counts : Path or None
        Folder with data_layout.csv, where it lies elsewhere.
    start : date or None
        First day, where no sim_period.csv says it.
    """
    if not path.is_dir():
        raise BadRequest(
            f"'{path}' is no folder. Name the folder of a Flee conflict, with locations.csv in it."
        )
    inputs = path / "input_csv" if (path / "input_csv").is_dir() else path
    missing = [name for name in ("locations.csv", "routes.csv") if not (inputs / name).is_file()]
    if missing:
        raise BadRequest(
            f"'{inputs}' has no {' and no '.join(missing)}: it is not the folder of a Flee conflict."
        )
    there = counts or next((p for p in _where_counts(path) if (p / "data_layout.csv").is_file()), None)
    if counts is not None and not (counts / "data_layout.csv").is_file():
        raise BadRequest(f"'{counts}' has no data_layout.csv: it is not a folder of counts.")
    said = _period(inputs, path)
    first = start or (said.get("startdate") and day_of(str(said["startdate"]))) or None
    if not isinstance(first, date):
        raise BadRequest("The first day is not known: no sim_period.csv says it. Say --start DATE.")
    length = number_of(said.get("length", ""))
    return Flee(
        inputs, there, first, int(length) if length is not None and 0 <= length <= MOST_DAYS else None
    )


def _where_counts(path: Path) -> list[Path]:
    """Folders in which the counts may lie: inside, or beside as in a checkout of Flee."""
    beside = path.resolve().parent.parent / "conflict_validation"
    named = [
        p
        for p in sorted(beside.glob(f"{path.resolve().name}*"))
        if p.name[len(path.resolve().name) :].isdigit()
    ]
    return [path / "source_data", path / "refugee_data", *named]


def _period(*folders: Path) -> dict[str, str]:
    for folder in folders:
        if (folder / "sim_period.csv").is_file():
            lines = read_flee(folder / "sim_period.csv", header=False).lines
            return {column_key(line.cells[0]): line.cell(1) for line in lines}
    return {}


def day_number(
    line: FleeLine, place: int | None, start: date, findings: Findings, column: str
) -> date | None:
    """Day of a cell: whole days since the start, or a date; None for none, which is found unless it says forever."""
    text = line.cell(place)
    number = number_of(text)
    if number is not None and number.is_integer() and abs(number) <= MOST_DAYS:
        with suppress(OverflowError):  # past the year 9999
            return start + timedelta(days=int(number))
    found = day_of(text)
    if found is None and text:
        findings.note(
            line.number, column, text, "neither a number of days nor a date", "Write days since the start."
        )
    return found


def need(
    table: FleeTable, line: FleeLine, place: int | None, column: str, known: Sequence[str] | set[str]
) -> str | None:
    """Name of a location in a cell, or find what is wrong with it."""
    from headlong.errors import nearest

    text = line.cell(place)
    if text in known:
        return text
    table.findings.note(
        line.number, column, text, "unknown location", f"Add it to locations.csv.{nearest(text, known)}"
    )
    return None
