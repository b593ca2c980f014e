"""A case in the making: its frame, its tables, and the lines that say what was done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any


@dataclass
class Draft:
    """What will be written.

    Parameters
    ----------
    id, title : str
        Names.
    start, end, init : date
        Period and default start of a forecast.
    sides : list of dict
        Blocks of case.toml.
    tables : dict
        Rows by table.
    holder : dict
        Who holds each place at the start ('' for nobody).
    event_day : dict
        The day the facts give for a change, by place and the day from which it counts.
    aliases : dict
        Further names of the sides in texts.
    strangers : list of str
        Names of parties that are no sides.
    incumbent : str
        The government's side.
    cut : bool
        Whether the period ends before the facts do, because their tail only guesses.
    stratum, map : str
        How far the war went in the end; the ground it shares with other cases.
    insurgents : list of str
        Sides that press it.
    assumptions : list of str
        What is left to its prior.
    doubts, coded : list of str
        For sources.md.
    left_out : Counter
        Facts rows not used, by reason.
    """

    id: str
    title: str
    start: date
    end: date
    init: date
    sides: list[dict[str, Any]] = field(default_factory=list)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    holder: dict[str, str] = field(default_factory=dict)
    event_day: dict[tuple[str, date], date] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)
    incumbent: str = ""
    cut: bool = False
    stratum: str = ""
    map: str = ""
    insurgents: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    coded: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, table: str, **row: Any) -> None:
        self.tables.setdefault(table, []).append(row)

    def rows(self, table: str) -> list[dict[str, Any]]:
        return self.tables.get(table, [])

    def assume(self, line: str) -> None:
        if line not in self.assumptions:
            self.assumptions.append(line)

    @property
    def side_ids(self) -> set[str]:
        return {side["id"] for side in self.sides}

    def friends(self, side: str) -> set[str]:
        block = next((block for block in self.sides if block["id"] == side), {})
        return set(block.get("friends", ()))

    def holder_on(self, place: str, day: date) -> str:
        """Return who holds a place on the evening of a day, by history."""
        held = self.holder.get(place, "")
        for row in sorted(self.rows("history"), key=counted):
            if row["place"] == place and counted(row) <= day:
                held = row["to_side"]
        return held

    def held_since(self, place: str, side: str) -> date | None:
        """Return the first day on which a side is known to hold a place; None if it never does."""
        if self.holder.get(place) == side:
            return self.start
        rows = (row for row in self.rows("history") if row["place"] == place and row["to_side"] == side)
        return min(map(counted, rows), default=None)


def counted(change: dict[str, Any]) -> date:
    """Return the day from which a change of hands counts: the likeliest one, else the last one possible."""
    day: date = change.get("date") or change["latest"]
    return day


def day_before(day: date) -> date:
    return day - timedelta(days=1)
