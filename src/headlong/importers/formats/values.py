"""Days, numbers and spots as other people's tables write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from headlong.errors import in_reach
from headlong.importers.formats.source import Findings, Source, SourceRecord

__all__ = ["day_in", "day_of", "number_of", "order_of", "spot_of"]

MONTHS = {name: n for n, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", re.ASCII)
COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)", re.ASCII)
SPELT = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ ,-]+(\d{4}|\d{2})(?!\d)", re.ASCII)
NAMED = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})(?!\d)", re.ASCII)
EITHER = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)", re.ASCII)
SERIAL = re.compile(r"(\d{5})(\.0+)?", re.ASCII)
NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


DAY_FIRST, MONTH_FIRST = "day first", "month first"
"""The two ways to read ``12/08/2021``."""


def order_of(texts: Iterable[str]) -> str:
    """Return which of day and month stands first in a column of ``12/08/2021``: some cell can be nothing else.

    Nothing where no cell tells, or where they tell both.
    """
    told = set()
    for text in texts:
        if (found := EITHER.match(text.strip())) and (int(found[1]) > 12) != (int(found[2]) > 12):
            told.add(DAY_FIRST if int(found[1]) > 12 else MONTH_FIRST)
    return told.pop() if len(told) == 1 else ""


def day_of(text: str, order: str = "") -> date | None:
    """Return the day in ``2021-08-12``, ``2021-08-12 00:00:00``, ``20210812``, ``12 August 2021``; None if in none.

    ``12/08/2021`` may mean two days, so it means none unless the order is known. Years of two digits are those from
    1969 to 2068.
    """
    text = text.strip()[:40]
    if (found := ISO.match(text)) or (found := COMPACT.match(text)):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := SPELT.match(text):
        return _day(_year(found[3]), MONTHS.get(found[2][:3].lower(), 0), int(found[1]))
    if found := NAMED.match(text):
        return _day(int(found[3]), MONTHS.get(found[1][:3].lower(), 0), int(found[2]))
    if order and (found := EITHER.match(text)):
        day, month = (int(found[1]), int(found[2])) if order == DAY_FIRST else (int(found[2]), int(found[1]))
        return _day(_year(found[3]), month, day)
    if found := SERIAL.fullmatch(text):  # days since 1899-12-30, as spreadsheets count
        return date(1899, 12, 30) + timedelta(days=int(found[1]))
    return None


def day_in(name: str) -> date | None:
    """Return the day in the name of a file: ``control_2021-08-12``, ``20210812``, ``2021_8_12``."""
    found = ISO.search(name.replace("_", "-")) or COMPACT.search(name)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else None


def _year(text: str) -> int:
    """A year of four digits, or of two: 69 is 1969, 68 is 2068."""
    number = int(text)
    return number if len(text) == 4 else number + (1900 if number >= 69 else 2000)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if in_reach(found) else None


def number_of(text: str) -> float | None:
    """Return the number, with a decimal point or a decimal comma; None if it is none."""
    text = text.strip().replace(" ", "").replace(" ", "")
    if re.fullmatch(r"[+-]?\d+,\d{1,2}|[+-]?\d+,\d{4,}", text):
        text = text.replace(",", ".")
    elif re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", text):
        text = text.replace(",", "")
    return float(text) if NUMBER.fullmatch(text) and abs(float(text)) < 1e300 else None


def need_day(source: Source, record: SourceRecord, column: str) -> date | None:
    """Return the day of a cell, or find what is wrong with it; other cells tell if the day stands first."""
    if column not in source.orders:
        source.orders[column] = order_of(row[column] for row in source.rows)
    text = record[column]
    day = day_of(text, source.orders[column])
    if day is None:
        problem = "not a day that can be told" if text else "must not be empty"
        if EITHER.match(text) and not source.orders[column]:
            problem = "day or month first? No other row tells, or they tell both"
        source.findings.note(record.line, column, text, problem, "Write it as 2021-08-12.")
    return day


def spot_of(record: SourceRecord, findings: Findings) -> tuple[float, float] | None:
    """Return latitude and longitude, or find what is wrong with them."""
    found: list[float] = []
    for column, limit in (("latitude", 90.0), ("longitude", 180.0)):
        value = number_of(record[column])
        if value is None or not -limit <= value <= limit:
            problem = f"no {column} between -{limit:.0f} and {limit:.0f}"
            findings.note(record.line, column, record[column], problem, "Write degrees, such as 34.5.")
            return None
        found.append(value)
    return found[0], found[1]
