"""The order of rows and sides in a Case is their own: the order of lines in a file changes no bit of a forecast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from headlong.case.case import KNOWN_SINCE, day_counted
from headlong.case.rows import Row, Side
from headlong.case.tables.schema import columns_of

__all__ = ["rows_in_order", "sides_in_order"]

ROLES = ("incumbent", "insurgent", "third", "outside")

UNRANKED = 1_000_000


def sides_in_order(sides: Iterable[Side]) -> tuple[Side, ...]:
    """Return the sides by role, then by id."""
    return tuple(sorted(sides, key=lambda side: (ROLES.index(side.role), side.id)))


def rows_in_order(table: str, rows: Iterable[Row], sides: Sequence[Side]) -> tuple[Row, ...]:
    """Return the rows of a table by the day they were known, then by all that they hold, column by column.

    Leaders come by side, then by rank: whoever comes first leads the garrisons that two could lead. Changes of
    one place on one day follow from one another: each begins with the side with which the one before ended.
    """
    columns = list(columns_of(table))

    def cells(row: Row) -> list[str]:
        own = sorted(name for name in row if name not in columns)
        return ["" if row.get(name) is None else str(row[name]) for name in (*columns, *own)]

    if table == "leaders":
        place = {side.id: k for k, side in enumerate(sides)}
        return tuple(sorted(rows, key=lambda row: (place[row["side"]], row["rank"] or UNRANKED, row["id"])))
    if table == "history":
        return tuple(_linked(sorted(rows, key=lambda row: (*_when(row), row["place"], *cells(row)))))
    since = KNOWN_SINCE.get(table, "")
    return tuple(sorted(rows, key=lambda row: (str(row.get(since) or ""), *cells(row))))


def _when(row: Row) -> tuple[Any, ...]:
    return day_counted(row), row["earliest"], row["latest"]


def _linked(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield changes; those of one place on one day so that each follows from the one before."""
    holder: dict[str, str | None] = {}
    for (_, place), group in groupby(rows, lambda row: (_when(row), row["place"])):
        left = list(group)
        while left:
            ends = {row["to_side"] for row in left}
            start = holder.get(
                place, next((r["from_side"] for r in left if r["from_side"] not in ends), None)
            )
            row = next((r for r in left if r["from_side"] == start), left[0])
            holder[place] = row["to_side"]
            left.remove(row)
            yield row
