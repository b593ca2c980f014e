"""How a facts folder is laid out: the columns of its tables, from facts.csv, which the documents are made from too."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLES = (
    "places",
    "roads",
    "falls",
    "home",
    "forces",
    "leaders",
    "reports",
    "timeline",
    "repulses",
    "displacement",
)
EVERYWHERE = frozenset({"source", "confidence", "note"})
"""Columns that any table may have."""
HELD_BY = "held_by_at_start"  # found by its beginning, not by one name


class Column(NamedTuple):
    """One column of a facts table, or one key of case.json, as facts.csv describes it."""

    table: str
    column: str
    also: tuple[str, ...]
    type: str
    unit: str
    required: bool
    read: bool
    meaning: str


@cache
def layout() -> tuple[Column, ...]:
    """Return every column, in the order of facts.csv."""
    with (Path(__file__).parent / "facts.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_column(row) for row in csv.DictReader(file))


def _column(row: dict[str, str]) -> Column:
    also = tuple(name for name in row["also"].split(";") if name)
    needed, read = row["required"] == "yes", row["read"] == "yes"
    return Column(row["table"], row["column"], also, row["type"], row["unit"], needed, read, row["meaning"])


@cache
def columns(table: str) -> frozenset[str]:
    """Return every name that a column of a table may have."""
    return frozenset(
        name for column in layout() if column.table == table for name in (column.column, *column.also)
    )


@cache
def synonyms(table: str) -> dict[str, tuple[str, ...]]:
    """Return the other names of the columns that are read, by the usual one."""
    mine = [column for column in layout() if column.table == table and column.read]
    return {column.column: column.also for column in mine if column.also and column.column != HELD_BY}
