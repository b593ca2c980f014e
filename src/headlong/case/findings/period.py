"""The days of a war: in order, no more than one can last, and none too near an end of the calendar to reckon from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from headlong.case.rows import LONGEST
from headlong.case.settings import SettingsFile
from headlong.case.tables.table import Table
from headlong.errors import OUT_OF_REACH, in_reach

__all__ = ["check_period", "day_in_row"]


def check_period(settings: SettingsFile, tables: Mapping[str, Table]) -> None:
    """Check start, end and init; findings are added to the settings.

    Parameters
    ----------
    settings, tables
        What case.toml and the tables say.
    """
    start = settings.values.get("start")
    if start:
        _length(start, settings, tables)
    _in_order(start, settings)


def day_in_row(value: Any) -> Any:
    """The day of a cell with a day, or with a day and a time.

    Parameters
    ----------
    value
        The cell.
    """
    return value.date() if hasattr(value, "hour") else value


def _in_order(start: date | None, settings: SettingsFile) -> None:
    end, init = settings.values.get("end"), settings.values.get("init")
    if start and end and end < start:
        settings.note("end", end, f"before the start ({start})", "Correct start or end.")
    elif init and ((start and init < start) or (end and init > end)):
        period = f"{start} to {end}" if end else f"that begins on {start}"
        settings.note("init", init, f"outside the period {period}", "Choose a day within it.")


def _length(start: date, settings: SettingsFile, tables: Mapping[str, Table]) -> None:
    """Find a war longer than any: a digit of one of its days is wrong or missing."""
    end, init = settings.values.get("end"), settings.values.get("init")
    told = [(end, "end")] if end else [(init or start, "init"), *_told(tables)]
    last, where = max(told)
    if (last - start).days > LONGEST:
        problem = (
            f"{(last - start).days:,} days before {last} ({where}); a war lasts {LONGEST:,} days at most"
        )
        settings.note("start", start, problem, "Correct the year of one of the two days.")
    elif not in_reach(start):
        settings.note("start", start, OUT_OF_REACH, "Correct the year.")


def _told(tables: Mapping[str, Table]) -> Iterator[tuple[date, str]]:
    """Days that tables speak of, up to which a war without an end goes on, and where they stand."""
    for table, column in (("history", "latest"), ("reports", "published_at")):
        for row in tables[table].rows if table in tables else ():
            if row[column]:
                yield day_in_row(row[column]), f"{table}.csv:{row.line}"
