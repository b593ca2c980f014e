"""How a program wrote a table: its bytes, its separator, its decimal sign, its words for "not known"."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from headlong.case.tables.schema import Column
from headlong.errors import Finding

__all__ = [
    "SEPARATORS",
    "Line",
    "comma_decimals",
    "either",
    "file_text",
    "is_tags",
    "known_cell",
    "lines_of",
    "plain_number",
    "separator_of",
]

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
"""Signs that may stand between cells, the usual one first."""

UNKNOWN = frozenset({"NA", "N/A", "#N/A", "<NA>", "NaN", "nan", "NaT", "NULL", "null", "None"})
"""What programs write for an empty cell."""

COUNTRY = "country"  # NA is the code of Namibia there
NUMERIC = ("number", "share", "integer")
COMMA = re.compile(r"[+-]?(\d{1,15}),(\d{1,15})", re.ASCII)
POINT = re.compile(r"[+-]?\d*\.\d+", re.ASCII)
HXL = re.compile(r"#[A-Za-z][A-Za-z0-9_]*(\s*\+\s*[A-Za-z0-9_]+)*", re.ASCII)
WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}

MOST_BYTES = 1_000_000_000
"""No table of a case is as large."""

csv.field_size_limit(1 << 22)


class Line(NamedTuple):
    """One line of a table."""

    number: int
    cells: list[str]


def file_text(path: Path) -> str | Finding:
    """Return the text of a file, or what is wrong with its bytes.

    UTF-8 with or without a byte order mark, or UTF-16 with one (Excel's "Unicode text").
    """
    try:
        if path.exists() and not path.is_file():  # a device or a pipe may never end
            return Finding(path.name, None, None, None, "is no plain file", "Put the file itself there.")
        if path.stat().st_size > MOST_BYTES:
            return Finding(path.name, None, None, None, f"holds over {MOST_BYTES:,} bytes", "Check the file.")
        data = path.read_bytes()
    except OSError as error:
        return Finding(path.name, None, None, None, f"cannot be opened ({error.strerror})", "Check the file.")
    try:
        text = data.decode(WIDE.get(data[:2], "utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bad = repr(data[max(0, error.start - 10) : error.end])[2:-1]
        remedy = "Save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8')."
        return Finding(path.name, line, None, bad, "not UTF-8 text", remedy)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        return Finding(path.name, line, None, None, "holds NUL bytes", "Save the file again as UTF-8 text.")
    return text


def separator_of(text: str, known: Mapping[str, object] | frozenset[str]) -> str:
    """Return the sign between the cells of the header line: that which gives most known names, then most names."""
    header = next((line for line in text.splitlines() if line.strip() and line.lstrip()[0] != "#"), "")

    def names(sign: str) -> tuple[int, int]:
        cells = [cell.strip().strip('"') for cell in header.split(sign)]
        return sum(cell in known for cell in cells), len(cells)

    return max(SEPARATORS, key=names)


def lines_of(text: str, separator: str, broken: Callable[[int, str], None]) -> Iterator[Line]:
    """Yield every line that is neither blank, nor a comment (``#``), nor a row of HXL tags.

    Parameters
    ----------
    text : str
        The table.
    separator : str
        Sign between cells.
    broken : callable
        Told (line number, what is wrong) of a line that is none.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            broken(number, f"not a CSV line ({error})")
            if "unexpected end" in str(error) or "field larger" in str(error):
                return
            continue
        if any(cells) and not cells[0].startswith("#") and not is_tags(cells):
            yield Line(number, cells)


def is_tags(cells: Sequence[str]) -> bool:
    """Say whether a line is one of HXL tags: ``#adm2+code``, ``#population``."""
    return all(not cell or HXL.fullmatch(cell) for cell in cells)


def known_cell(text: str, column: Column) -> str:
    """Return the cell, or nothing where it is a program's word for "not known" and may be empty."""
    if text in UNKNOWN and column.required != "yes" and column.column != COUNTRY:
        return ""
    return text


def comma_decimals(names: Sequence[str], lines: Sequence[Line], columns: Mapping[str, Column]) -> bool:
    """Say whether the table is written with decimal commas: some number can be nothing else, and none has a point.

    ``34,5`` and ``0,125`` can be nothing else, and ``34,525`` in a column that ends at 90; ``1,234`` may be either.
    """
    proof = False
    for place, name in enumerate(names):
        column = columns.get(name)
        if column is None or column.type not in NUMERIC:
            continue
        for line in lines:
            cell = line.cells[place] if place < len(line.cells) else ""
            if POINT.fullmatch(cell):
                return False
            proof = proof or _is_decimal(cell, column)
    return proof


def _is_decimal(cell: str, column: Column) -> bool:
    found = COMMA.fullmatch(cell)
    if found is None or column.type == "integer":
        return False
    if len(found[2]) != 3 or found[1].startswith("0") or len(found[1]) > 3:
        return True
    size = float(cell.replace(",", ""))
    return not (column.low or 0) <= size <= (column.high if column.high is not None else size)


def plain_number(cell: str, column: Column) -> str:
    """Return a number that has a decimal comma with a point."""
    return cell.replace(",", ".") if column.type in NUMERIC and COMMA.fullmatch(cell) else cell


def either(cell: str, column: Column) -> bool:
    """Say whether a number with a comma may mean two things."""
    return column.type in ("number", "share") and COMMA.fullmatch(cell) is not None
