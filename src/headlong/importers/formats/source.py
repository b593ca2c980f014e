"""A table of somebody else's: its rows as texts with their lines, whatever program wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from headlong.case.tables.table_text import SEPARATORS, UNKNOWN, file_text, is_tags, lines_of, separator_of
from headlong.errors import BadRequest, CaseError, Finding, nearest
from headlong.files import must_be_plain

__all__ = ["Findings", "Source", "SourceRecord", "read_source"]

MOST_BYTES = 2_000_000_000
MOST_FINDINGS = 100
TITLES = 30  # lines among which the header is looked for
OTHERS = {
    ".pbf": "an OpenStreetMap extract. It measures roads: --roads FILE",
    ".osm": "an OpenStreetMap extract. It measures roads: --roads FILE",
    ".zip": "packed. Unpack it, and name the file inside",
    ".gz": "packed. Unpack it, and name the file inside",
    ".rds": "data of R. Save it as CSV",
    ".rda": "data of R. Save it as CSV",
    ".dta": "data of Stata. Save it as CSV",
    ".pdf": "a page, no table. Name the table's own file",
}
WHOLE = re.compile(r"\d+\.0+", re.ASCII)
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


class Findings(list[Finding]):
    """What is wrong in a source; only the first hundred are kept, the others are counted.

    Parameters
    ----------
    file : str
        Name of the file.
    """

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file, self.beyond = file, 0

    def note(self, row: int | None, column: str | None, value: Any, problem: str, remedy: str) -> None:
        """Add a finding."""
        if len(self) >= MOST_FINDINGS:
            self.beyond += 1
            return
        text = None if value is None else str(value)[:60].replace("\n", " ").replace("\r", " ")
        self.append(Finding(self.file, row, column, text, problem, remedy))

    def stop(self) -> None:
        """Raise them, if there are any."""
        if self.beyond:
            problem = f"{self.beyond:,} findings more"
            self.append(Finding(self.file, None, None, None, problem, "Mend these first."))
        if self:
            raise CaseError(self)


@dataclass(frozen=True)
class SourceRecord:
    """One row: its line in the file and its cells by column; empty cells and words for "not known" are empty."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def code(self, column: str) -> str:
        """A cell with a code; ``1.0``, as programs write whole numbers of a column with gaps, is 1."""
        text = self[column]
        return text.split(".")[0] if WHOLE.fullmatch(text) else text


@dataclass
class Source:
    """A table as it was read: columns in lower case, rows, and what is wrong.

    Parameters
    ----------
    path : Path
        The file.
    columns : tuple of str
        Names of the columns.
    rows : list of Record
        The rows.
    findings : Findings
        What is wrong.
    sheet : str
        Sheet of a workbook that it was read from.
    orders : dict
        By column of days, whether the day or the month stands first where that must be told.
    """

    path: Path
    columns: tuple[str, ...]
    rows: list[SourceRecord]
    findings: Findings
    sheet: str = ""
    orders: dict[str, str] = field(default_factory=dict)

    def need(self, *columns: str) -> None:
        """Find the columns that are missing, and stop if any is."""
        for name in columns:
            if name not in self.columns:
                remedy = nearest(name, self.columns).strip() or f"It has: {', '.join(self.columns)[:300]}."
                self.findings.note(1, name, None, "required column is missing", remedy)
        self.findings.stop()


def read_source(
    path: Path,
    aliases: Mapping[str, str] | None = None,
    header: Sequence[str] | None = None,
    wanted: Collection[str] = (),
) -> Source:
    """Read a CSV file, a sheet of a workbook or a JSON list of records.

    Parameters
    ----------
    path : Path
        The file.
    aliases : mapping, optional
        Other names of columns: ``{"lat": "latitude"}``.
    header : sequence of str, optional
        Names of the columns of a file with tabs that has no header.
    wanted : collection of str
        Names of columns by which the header is told from titles above it, and the sheet from others.

    Raises
    ------
    CaseError, BadRequest
        The file cannot be read as a table at all.
    """
    check_file(path)
    findings = Findings(path.name)
    kind, sheet = path.suffix.lower(), ""
    if kind in OTHERS:
        raise BadRequest(f"'{path.name}' is {OTHERS[kind]}.")
    marks = Marks(wanted, aliases or {})
    if header is not None:
        names, lines = _dump(path, header)
    elif kind in WORKBOOKS:
        names, lines, sheet = _workbook(path, marks)
    elif kind in (".json", ".jsonl"):
        names, lines = _json(path, findings)
    else:
        names, lines = _text(path, findings, marks)
    columns = tuple(map(marks.name, names))
    rows = [SourceRecord(number, _cells(columns, cells)) for number, cells in lines]
    if not findings and not rows:
        findings.note(None, None, None, "no rows", "Name a file with a header and rows.")
    findings.stop()
    return Source(path, columns, rows, findings, sheet)


def check_file(path: Path) -> None:
    """Refuse what is not there, is a folder, or is larger than memory should hold."""
    if not path.exists():
        raise BadRequest(f"There is no file '{path}'.")
    if path.is_dir():
        raise BadRequest(f"'{path}' is a folder. Name a file.")
    must_be_plain(path, "a file with an end")
    if path.stat().st_size > MOST_BYTES:
        raise BadRequest(f"'{path}' is larger than {MOST_BYTES / 1e9:.0f} GB. Bring it in piece by piece.")


def column_key(name: str) -> str:
    """Name of a column in lower case, with underscores, without the ``#`` that some programs put in front."""
    return "_".join(name.strip().lstrip("#").strip().strip('"').lower().replace("-", " ").split())


def _cells(columns: Sequence[str], cells: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=False):
        if name and name not in found:
            found[name] = "" if cell in UNKNOWN else cell
    return found


class Marks(NamedTuple):
    """Columns by which a header is known, and other names that they have."""

    wanted: Collection[str]
    aliases: Mapping[str, str]

    def name(self, cell: str) -> str:
        """Name of a column."""
        return self.aliases.get(column_key(cell), column_key(cell))

    def seen(self, cells: Iterable[str]) -> int:
        """How many of the wanted columns a line names."""
        return len({self.name(cell) for cell in cells} & set(self.wanted))

    def first(self, rows: Sequence[Sequence[str]]) -> int:
        """Which of the first rows is the header: the one with most of the wanted columns."""
        return max(range(min(len(rows), TITLES)), key=lambda n: self.seen(rows[n]), default=0)


def _below_titles(text: str, marks: Marks) -> str:
    """The text with blank lines in the place of titles above the header, so that numbers of lines stay."""
    lines = text.split("\n", TITLES)
    heads = [max((line.split(sign) for sign in SEPARATORS), key=marks.seen) for line in lines[:TITLES]]
    first = marks.first([[cell.strip().strip('"') for cell in cells] for cells in heads])
    return "\n" * first + "\n".join(lines[first:])


def _text(path: Path, findings: Findings, marks: Marks) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Header and rows of a text table; a header may begin with ``#``."""
    text = file_text(path)
    if isinstance(text, Finding):
        findings.append(text)
        findings.stop()
    assert isinstance(text, str)
    stripped = text.lstrip("\n\r ")
    if stripped.startswith(("#", '"#')):
        text = stripped.replace("#", "", 1)
    text = _below_titles(text, marks)
    separator = separator_of(text, frozenset())
    remedy = 'Close every " and double those inside.'
    lines = lines_of(text, separator, lambda row, what: findings.note(row, None, None, what, remedy))
    first = next(lines, None)
    if first is None:
        findings.note(None, None, None, "the file is empty", "Name a file with a header and rows.")
        findings.stop()
    assert first is not None
    return first.cells, ((line.number, line.cells) for line in lines)


def _dump(path: Path, header: Sequence[str]) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Rows of a file with tabs, without header and without quotes."""
    text = path.read_text("utf-8", errors="replace")
    return list(header), ((n, line.split("\t")) for n, line in enumerate(text.split("\n"), 1) if line.strip())


def _json(path: Path, findings: Findings) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Records of a JSON list, of the ``data`` of an API's answer, or one a line."""
    text = file_text(path)
    if isinstance(text, Finding):
        findings.append(text)
        findings.stop()
    try:
        if path.suffix.lower() == ".jsonl":
            records = [json.loads(line) for line in str(text).splitlines() if line.strip()]
        else:
            records = json.loads(str(text))
    except (ValueError, RecursionError) as error:
        findings.note(None, None, None, f"not JSON ({str(error)[:100]})", "Export it again, or as CSV.")
        findings.stop()
    if isinstance(records, dict):
        records = next((v for k, v in records.items() if k.lower() in ("data", "result", "results")), None)
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        findings.note(None, None, None, "no list of records", "Export it as CSV.")
        findings.stop()
    names = list(dict.fromkeys(str(name) for record in records for name in record))
    rows = ((n, ["" if r.get(k) is None else str(r[k]) for k in names]) for n, r in enumerate(records, 1))
    return names, rows


def _workbook(path: Path, marks: Marks) -> tuple[list[str], Iterator[tuple[int, list[str]]], str]:
    """Header and rows of the sheet with most of the wanted columns, the longest of several; and its name."""
    from headlong.importers.formats.workbook import sheets_of

    sheets = [(name, rows, marks.first(rows)) for name, rows in sheets_of(path) if rows]
    if not sheets:
        raise BadRequest(f"'{path}' has no sheet with rows.")
    scores = [(marks.seen(rows[first]), len(rows) if marks.wanted else 0) for _, rows, first in sheets]
    name, rows, first = sheets[scores.index(max(scores))]
    below = enumerate(rows[first + 1 :], first + 2)
    return rows[first], ((n, cells) for n, cells in below if any(cells) and not is_tags(cells)), name
