"""Workbooks: every sheet as rows of texts, and a case as one workbook with a sheet for each table."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from headlong.errors import BadRequest
from headlong.files import whole

__all__ = ["sheets_of", "write_workbook"]

MOST_UNPACKED = 500_000_000  # bytes of a zipped workbook
MOST_CELLS = 20_000_000


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
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        raise BadRequest(
            "Reading a workbook needs python-calamine: pip install 'headlong[xlsx]'. Or save the sheets as CSV."
        ) from None
    _not_too_large(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                if sheet.height * sheet.width > MOST_CELLS:
                    raise BadRequest(f"'{path.name}': sheet '{name}' has more than {MOST_CELLS:,} cells.")
                yield (
                    name,
                    [[as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)],
                )
    except BadRequest:
        raise
    except BaseException as error:  # the reader's own errors, its panics among them, have no common class
        if isinstance(error, (KeyboardInterrupt, MemoryError, SystemExit, GeneratorExit)):
            raise
        raise BadRequest(f"'{path.name}' cannot be read as a workbook: {str(error)[:120]}") from None


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


def as_text(cell: Any) -> str:
    """Return a cell as a case's table would write it: days as 2021-08-12, whole numbers without a point."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == time() else cell.isoformat(timespec="minutes")
    if isinstance(cell, (date, time, timedelta)):
        return str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell).strip()


def write_workbook(path: Path, sheets: Mapping[str, tuple[Sequence[str], Sequence[Sequence[Any]]]]) -> None:
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
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with whole(path) as part, xlsxwriter.Workbook(str(part), options) as book:
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, (header, rows) in sheets.items():
            sheet = book.add_worksheet(name[:31])
            sheet.write_row(0, 0, header, bold)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(rows, 1):
                for place, value in enumerate(row):
                    _put(sheet, (number, place), value, day)


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
