"""Reads a workbook in a process of its own: ``python -m headlong.importers.formats.sheet_reader FILE``.

The reader is compiled; a damaged workbook can make it ask for terabytes and end the process, which nothing can catch.
So it runs apart, with bounds on memory, and gives its sheets as JSON, one a line.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

__all__ = ["as_text", "main"]

MOST_CELLS = 20_000_000
MOST_MEMORY = 4 << 30  # bytes


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


def main(path: str) -> None:
    """Write every sheet of a workbook to standard output: its name and its rows."""
    try:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY if hard < 0 else min(MOST_MEMORY, hard), hard))
    except (ImportError, ValueError, OSError):
        pass  # no such bound on this system
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(path) as book:
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height * sheet.width > MOST_CELLS:
                raise ValueError(f"sheet '{name}' has more than {MOST_CELLS:,} cells")
            rows = [[as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            print(json.dumps([name, rows]))


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except Exception as error:  # said in one line; the other side refuses the file
        sys.exit(" ".join(str(error).split())[:160] or type(error).__name__)
