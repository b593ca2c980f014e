"""One cell: from the text in the file to a typed value, or to what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from math import isfinite
from typing import Any

from headlong.case.rows import Cells
from headlong.case.tables.schema import Column
from headlong.errors import nearest

__all__ = ["EMPTY", "Misfit", "parse"]

EMPTY: Cells = {"text": "", "list": (), "textlist": ()}
"""Value of an empty cell by type; None for all others."""

ID = re.compile(r"[a-z0-9][a-z0-9_.-]*", re.ASCII)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]([\d:.+Z-]{1,32}))?", re.ASCII)
MIDNIGHT = re.compile(r"00:00(:00(\.0+)?)?(Z|[+-]00:?00)?", re.ASCII)
INTEGER = re.compile(r"[+-]?\d{1,15}", re.ASCII)
NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
YES_NO = {"yes": True, "no": False, "true": True, "false": False}


class Misfit(ValueError):
    """A cell that cannot be used: what is wrong, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


def parse(text: str, column: Column) -> Any:
    """Return the typed value of a cell.

    Parameters
    ----------
    text : str
        The cell, stripped; empty gives the column's default.
    column : Column
        What the schema says of it.

    Raises
    ------
    Misfit
        When the text is no value of that column.
    """
    text = text or column.default
    if not text:
        return EMPTY.get(column.type)
    if CONTROL.search(text):
        raise Misfit("holds a control character", "Delete the cell and type it again.")
    value = PARSERS[column.type](text)
    if column.choices and value not in column.choices:
        words = ", ".join(column.choices)
        raise Misfit(f"not one of {words}", f"Write one of them.{nearest(text, column.choices)}")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        _within(value, column)
    return value


def _within(value: float, column: Column) -> None:
    low, high = column.low, column.high
    if (low is not None and value < low) or (high is not None and value > high):
        unit = f" in {column.unit}" if column.unit else ""
        raise Misfit(f"not between {low or 0:.0f} and {high or 0:.0f}", f"Write a value in that range{unit}.")


def _text(text: str) -> str:
    if len(text) > 10_000:
        raise Misfit(f"a cell of {len(text):,} characters", "Keep a cell under 10,000 characters.")
    return text


def _id(text: str) -> str:
    if len(text) > 80 or not ID.fullmatch(text):
        raise Misfit("not a short name", "Use lower-case letters, digits and hyphens: 'pul-e-khumri'.")
    return text


def _date(text: str) -> date:
    """Read a day; programs write it with a midnight, too (``2021-08-12 00:00:00``)."""
    if (found := DAY.fullmatch(text)) is not None:
        try:
            day = date.fromisoformat(found[1])
        except ValueError:
            raise Misfit("no such day", "Check the month and the day.") from None
        if found[2] and not MIDNIGHT.fullmatch(found[2]):
            raise Misfit("a date with a time", f"Write the day alone: {day}.")
        return day
    raise Misfit("not a date", "Write it as YEAR-MONTH-DAY, such as 2021-08-12.")


def _stamp(text: str) -> datetime:
    """Read a date or a date and time, as the clock on the spot of publication showed it."""
    if DATE.match(text):
        try:
            return datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            pass
    raise Misfit("not a date or a date and time", "Write 2021-08-12 or 2021-08-12T20:27+04:00.")


def _integer(text: str) -> int:
    """Read a whole number; programs write it as ``500000.0`` and ``3e6``, too."""
    if INTEGER.fullmatch(text):
        return int(text)
    if NUMBER.fullmatch(text) and float(text).is_integer() and abs(float(text)) < 1e15:
        return int(float(text))
    raise Misfit("not a whole number", "Write digits only, without separators or signs such as 'about'.")


def _number(text: str) -> float:
    if NUMBER.fullmatch(text) and isfinite(float(text)):
        return float(text)
    raise Misfit("not a number", "Write digits with a point for decimals, such as 12.5.")


def _share(text: str) -> float:
    try:
        return _number(text)
    except Misfit:
        raise Misfit("not a share", "Write a number from 0 to 1, such as 0.3.") from None


def _yes_no(text: str) -> bool:
    if text.lower() in YES_NO:
        return YES_NO[text.lower()]
    raise Misfit("neither yes nor no", "Write yes or no, or leave it empty if not known.")


def _list(text: str) -> tuple[str, ...]:
    return tuple(part for part in (_text(piece.strip()) for piece in text.split(";")) if part)


PARSERS: dict[str, Callable[[str], Any]] = {
    "text": _text,
    "choice": _text,
    "ref": _text,
    "id": _id,
    "date": _date,
    "stamp": _stamp,
    "integer": _integer,
    "number": _number,
    "share": _share,
    "yesno": _yes_no,
    "list": _list,
}
