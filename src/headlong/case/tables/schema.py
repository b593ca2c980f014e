"""The schema is a table: every check, every explanation and every page on a column is made from it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

__all__ = ["HAS_IT", "SETTINGS", "Column", "columns_of", "schema", "tables"]

SETTINGS = ("case", "sides", "scenarios")  # written in TOML, not in CSV

HAS_IT = frozenset({"fell", "handed_over", "held"})
"""Claims of a report that its side has the place."""


@dataclass(frozen=True)
class Column:
    """One column of one table, or one key of a settings file.

    Parameters
    ----------
    table, column : str
        Where it stands.
    type : str
        text, id, date, stamp, number, integer, share, yesno, choice, list, ref; in settings also
        textlist, tables, any.
    unit : str
        Unit, empty for none.
    required : str
        ``yes``: must be filled; ``column``: must be there, its cells may be empty; ``no``.
    refers_to : str
        Table whose ids it must name, empty for none.
    choices : tuple of str
        Allowed words.
    low, high : float or None
        Allowed range.
    default : str
        What an empty cell means, empty for nothing.
    meaning : str
        One sentence.
    """

    table: str
    column: str
    type: str
    unit: str
    required: str
    refers_to: str
    choices: tuple[str, ...]
    low: float | None
    high: float | None
    default: str
    meaning: str


def _column(row: Mapping[str, str]) -> Column:
    return Column(
        table=row["table"],
        column=row["column"],
        type=row["type"],
        unit=row["unit"],
        required=row["required"],
        refers_to=row["refers_to"],
        choices=tuple(word for word in row["choices"].split("|") if word),
        low=float(row["low"]) if row["low"] else None,
        high=float(row["high"]) if row["high"] else None,
        default=row["default"],
        meaning=row["meaning"],
    )


@cache
def schema() -> Mapping[str, Mapping[str, Column]]:
    """Return every table's columns, in the order of ``schema.csv``."""
    found: dict[str, dict[str, Column]] = {}
    with (Path(__file__).parent / "schema.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            column = _column(row)
            found.setdefault(column.table, {})[column.column] = column
    return MappingProxyType({table: MappingProxyType(columns) for table, columns in found.items()})


def columns_of(table: str) -> Mapping[str, Column]:
    """Return the columns of one table by name."""
    return schema()[table]


def tables() -> tuple[str, ...]:
    """Return the names of the CSV tables, in reading order."""
    return tuple(table for table in schema() if table not in SETTINGS)
