"""Workbooks: every sheet as rows of texts, and a case as one workbook with a sheet for each table."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from headlong.errors import BadRequest
from headlong.files import write_bytes
from headlong.importers.formats.sheet_reader import as_text

__all__ = ["sheets_of", "write_workbook"]

MOST_UNPACKED = 500_000_000  # bytes of a zipped workbook
MOST_SECONDS = 300


def sheets_of(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield every sheet: its name, and its rows of cells as a table would write them.

    Parameters
    ----------
    path : Path
        A workbook (xlsx, xls, xlsb, ods).

    Raises
    ------
    BadRequest
        It is no workbook, or the reader is not installed.
    """
    if find_spec("python_calamine") is None:
        raise BadRequest(
            "Reading a workbook needs python-calamine: pip install 'headlong[xlsx]'. Or save the sheets as CSV."
        )
    _not_too_large(path)
    call = [sys.executable, "-m", "headlong.importers.formats.sheet_reader", str(path)]
    try:
        done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        raise BadRequest(f"'{path.name}' cannot be read as a workbook within {MOST_SECONDS} s.") from None
    if done.returncode:
        why = done.stderr.strip().split("\n")[-1][:160] if done.returncode == 1 else "it is damaged"
        raise BadRequest(f"'{path.name}' cannot be read as a workbook: {why}")
    for line in done.stdout.split("\n"):
        if line:
            name, rows = json.loads(line)
            yield name, rows


def _not_too_large(path: Path) -> None:
    """Refuse a workbook that unpacks to more than memory should hold."""
    if not path.is_file():
        raise BadRequest(f"There is no file '{path}'.")
    if zipfile.is_zipfile(path):
        try:
            with zipfile.ZipFile(path) as packed:
                size = sum(part.file_size for part in packed.infolist())
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise BadRequest(f"'{path.name}' cannot be read as a workbook: {error}") from None
        if size > MOST_UNPACKED:
            raise BadRequest(f"'{path.name}' unpacks to {size / 1e6:,.0f} MB. Save its sheets as CSV.")


Sheet = tuple[Sequence[str], Sequence[Sequence[Any]]]
"""Header and rows."""


def write_workbook(path: Path, sheets: Mapping[str, Sheet]) -> None:
    """Write a workbook, whole or not at all: per sheet its header and its rows; numbers and days as such.

    Parameters
    ----------
    path : Path
        File to write.
    sheets : mapping
        Header and rows by name of the sheet.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise BadRequest("Writing a workbook needs XlsxWriter: pip install 'headlong[xlsx]'.") from None
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
        "in_memory": True,
    }
    box = io.BytesIO()
    with xlsxwriter.Workbook(box, options) as book:
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, (header, rows) in sheets.items():
            sheet = book.add_worksheet(name[:31])
            sheet.write_row(0, 0, header, bold)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(rows, 1):
                for place, value in enumerate(row):
                    _put(sheet, (number, place), value, day)
    write_bytes(path, box.getbuffer())


def _put(sheet: Any, at: tuple[int, int], value: Any, day: Any) -> None:
    if value is None or value == "" or value == ():
        return
    if isinstance(value, bool):
        sheet.write_string(*at, "yes" if value else "no")
    elif isinstance(value, datetime):
        sheet.write_string(*at, as_text(value))
    elif isinstance(value, date):
        if value.year >= 1900:
            sheet.write_datetime(*at, datetime.combine(value, time()), day)
        else:
            sheet.write_string(*at, str(value))
    elif isinstance(value, (int, float)):
        sheet.write_number(*at, value)
    else:
        sheet.write_string(*at, "; ".join(value) if isinstance(value, tuple) else str(value))
