"""Days, numbers and spots as other people's tables write them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from headlong.importers.formats.source import Findings, SourceRecord

__all__ = ["day_in", "day_of", "number_of", "spot_of"]

MONTHS = {name: n for n, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", re.ASCII)
COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)", re.ASCII)
SPELT = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -,]+(\d{4})", re.ASCII)
SERIAL = re.compile(r"(\d{5})(\.0+)?", re.ASCII)
NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


def day_of(text: str) -> date | None:
    """Return the day in ``2021-08-12``, ``2021-08-12 00:00:00``, ``20210812``, ``12 August 2021``; None if in none.

    ``12/08/2021`` may mean two days, so it means none.
    """
    text = text.strip()[:40]
    if (found := ISO.match(text)) or (found := COMPACT.match(text)):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := SPELT.match(text):
        return _day(int(found[3]), MONTHS.get(found[2][:3].lower(), 0), int(found[1]))
    if found := SERIAL.fullmatch(text):  # days since 1899-12-30, as spreadsheets count
        return date(1899, 12, 30) + timedelta(days=int(found[1]))
    return None


def day_in(name: str) -> date | None:
    """Return the day in the name of a file: ``control_2021-08-12``, ``20210812``, ``2021_8_12``."""
    found = ISO.search(name.replace("_", "-")) or COMPACT.search(name)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def number_of(text: str) -> float | None:
    """Return the number, with a decimal point or a decimal comma; None if it is none."""
    text = text.strip().replace(" ", "").replace(" ", "")
    if re.fullmatch(r"[+-]?\d+,\d{1,2}|[+-]?\d+,\d{4,}", text):
        text = text.replace(",", ".")
    elif re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", text):
        text = text.replace(",", "")
    return float(text) if NUMBER.fullmatch(text) and abs(float(text)) < 1e300 else None


def need_day(record: SourceRecord, column: str, findings: Findings) -> date | None:
    """Return the day of a cell, or find what is wrong with it."""
    day = day_of(record[column])
    if day is None:
        problem = "must not be empty" if not record[column] else "not a day that can be told"
        findings.note(record.line, column, record[column], problem, "Write it as 2021-08-12.")
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
