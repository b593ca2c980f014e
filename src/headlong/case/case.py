"""What is known of a war: one frozen Case, and the same case as it was known on an earlier day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from headlong.case.rows import LONGEST, Row, Scenario, Side
from headlong.case.tables.schema import tables
from headlong.errors import BadRequest, Finding, nearest

__all__ = ["KNOWN_SINCE", "Case", "day_counted"]

KNOWN_SINCE = {
    "garrisons": "known_from",
    "leaders": "known_from",
    "patrons": "announced_on",
    "crossings": "from",
    "reports": "published_at",
    "relations": "from",
    "hinterland": "published_on",
    "history": "date",
    "repulses": "date",
    "displacement": "date",
    "refuges": "known_from",
    "fighting": "from",
}
"""Table to the column that says since when a row was known; tables not named stand still."""

PROVENANCE = frozenset({"source", "note", "reason", "words", "url", "pcode", "basis"})
"""Columns that no forecast reads."""


@dataclass(frozen=True, eq=False)
class Case:
    """A war and its tables; rows stand in an order of their own (`headlong.case.order`), not the files'.

    Parameters
    ----------
    id, title : str
        Short and full name.
    start, end, init : date
        Period, and the default start of a forecast (the evening of that day). The end of a war that goes on is
        the last day its reports and its history speak of.
    ongoing : bool
        Whether the war goes on: case.toml names no end, so a forecast may start from any day.
    licence, notes : str
        For readers.
    folder : Path
        Where it was read from.
    sides : tuple of Side
        Who may hold.
    places, roads, home, garrisons, leaders, patrons, crossings, reports, relations : tuple of Row
        The tables; an absent table is empty.
    hinterland, history, repulses, displacement, refuges, fighting : tuple of Row
        The tables; an absent table is empty.
    scenarios : mapping of str to Scenario
        Named what-ifs.
    assumptions : tuple of str
        What is not known and left to its prior.
    stratum : str
        How far the war went in the end: fell, partly, held, or empty. For scores only.
    map : str
        Name of the ground that other cases lie on too, or empty.
    warnings : tuple of Finding
        What looks odd but stops nothing.
    """

    id: str
    title: str
    start: date
    end: date
    init: date
    sides: tuple[Side, ...]
    places: tuple[Row, ...]
    roads: tuple[Row, ...]
    home: tuple[Row, ...] = ()
    garrisons: tuple[Row, ...] = ()
    leaders: tuple[Row, ...] = ()
    patrons: tuple[Row, ...] = ()
    crossings: tuple[Row, ...] = ()
    reports: tuple[Row, ...] = ()
    relations: tuple[Row, ...] = ()
    hinterland: tuple[Row, ...] = ()
    history: tuple[Row, ...] = ()
    repulses: tuple[Row, ...] = ()
    displacement: tuple[Row, ...] = ()
    refuges: tuple[Row, ...] = ()
    fighting: tuple[Row, ...] = ()
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ()
    licence: str = ""
    notes: str = ""
    folder: Path = Path()
    ongoing: bool = False
    stratum: str = ""
    map: str = ""
    warnings: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        return (
            f"<Case {self.id}: {len(self.places)} places, {len(self.sides)} sides, "
            f"{self.period}, {len(self.reports)} reports, {len(self.history)} changes>"
        )

    def __getstate__(self) -> dict[str, object]:
        """To be sent to another process: the fields, and nothing that was worked out from them."""
        found = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return found | {"scenarios": dict(self.scenarios)}

    @property
    def period(self) -> str:
        """The days a forecast may start from, in words."""
        if self.ongoing:
            return f"since {self.start}, for {LONGEST:,} days at most"
        return f"{self.start} to {self.end}"

    def covers(self, day: date) -> bool:
        """Say whether a forecast may start from this day."""
        return self.start <= day and ((day - self.start).days <= LONGEST if self.ongoing else day <= self.end)

    def known_by(self, day: date) -> Case:
        """Return the case as it was known on the evening of ``day``: every later row is gone."""
        kept: dict[str, Any] = {
            table: tuple(row for row in getattr(self, table) if _known(_since(table, row), day))
            for table in KNOWN_SINCE
        }
        kept["refuges"] = tuple(_hide_room(row, day) for row in kept["refuges"])
        for table, end in (("leaders", "known_until"), ("refuges", "closed"), ("fighting", "until")):
            kept[table] = tuple(_hide_later(row, end, day) for row in kept[table])
        names = {row["id"] for row in kept["leaders"]}
        for table in ("garrisons", "reports"):
            kept[table] = tuple(_hide_unknown(row, "leader", names) for row in kept[table])
        return replace(self, **kept)

    def side(self, id: str) -> Side:
        """Return one side by its id."""
        return _pick("side", id, {side.id: side for side in self.sides})

    def scenario(self, name: str) -> Scenario:
        """Return one scenario by its name."""
        return _pick("scenario", name, self.scenarios)

    def seat_of(self, side: str) -> str | None:
        """Return the id of a side's core place, or None where it has none in the table.

        What case.toml says; else for the incumbent the capital it holds at the start; for another side, and
        for an incumbent that holds none, the base of its leader of lowest rank with a base that the side
        holds at the start.
        """
        found = self.side(side)
        if found.seat is not None:
            return found.seat or None
        ours = {place["id"] for place in self.places if place["held_by"] == side}
        if found.role == "incumbent":
            capital = next((p["id"] for p in self.places if p["kind"] == "capital" and p["id"] in ours), None)
            if capital is not None:
                return str(capital)
        return next(
            (row["base"] for row in self.leaders if row["side"] == side and row["base"] in ours), None
        )

    @cached_property
    def home_of(self) -> Mapping[str, str | None]:
        """Side at home in each place by what ``home`` says: None where it is nobody's; not there: not known."""
        return {row["place"]: row["side"] for row in self.home}

    def presses(self, day: date) -> frozenset[tuple[str, str]]:
        """Return who presses whom on ``day`` as pairs (presser, pressed).

        The roles give the default, case.toml may say otherwise, and relations.csv changes it by date.
        """
        pairs = {(one.id, other.id) for one in self.sides for other in self.sides if _presses(one, other)}
        for row in sorted(self.relations, key=lambda row: row["from"]):
            if row["from"] <= day:
                pair = (row["side"], row["other"])
                pairs = pairs | {pair} if row["presses"] else pairs - {pair}
        return frozenset(pairs)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of all that a forecast can depend on: not of titles, sources, notes or reasons."""
        content: dict[str, object] = {
            "id": self.id,
            "start": str(self.start),
            "sides": [[s.id, s.role, s.friends, s.presses, s.seat] for s in self.sides],
            "scenarios": {name: _override(scenario) for name, scenario in sorted(self.scenarios.items())},
        }
        for table in tables():
            rows = getattr(self, table)
            content[table] = [{k: v for k, v in row.items() if _read(k)} for row in rows]
        text = json.dumps(content, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _read(column: str) -> bool:
    """Say whether a forecast can depend on a column: not on where it comes from, nor on a user's own (``x_``)."""
    return column not in PROVENANCE and not column.startswith("x_")


def day_counted(change: Row) -> date:
    """Return the day from which a change of hands counts: the likeliest one, else the last one possible."""
    counted: date = change.get("date") or change["latest"]
    return counted


def _since(table: str, row: Row) -> Any:
    return day_counted(row) if table == "history" else row[KNOWN_SINCE[table]]


def _known(since: date | None, day: date) -> bool:
    if isinstance(since, datetime):
        since = since.date()
    return since is None or since <= day


def _hide_later(row: Row, column: str, day: date) -> Row:
    return row if _known(row[column], day) else row.but(**{column: None})


def _hide_room(row: Row, day: date) -> Row:
    """Return a refuge without the capacity that it gets later, unless the row says that it was known before."""
    if row["known_from"] is not None or _known(row["capacity_from"], day):
        return row
    return row.but(capacity=None, capacity_from=None, hindsight=None)


def _hide_unknown(row: Row, column: str, names: set[str]) -> Row:
    return row if row[column] is None or row[column] in names else row.but(**{column: None})


def _presses(one: Side, other: Side) -> bool:
    """Say whether ``one`` presses ``other`` by case.toml or by the roles."""
    if one.id == other.id or other.id in one.friends or one.id in other.friends:
        return False
    if one.presses is not None:
        return other.id in one.presses
    pair = (one.role, other.role)
    return pair in {
        ("incumbent", "insurgent"),
        ("insurgent", "incumbent"),
        ("third", "incumbent"),
        ("third", "insurgent"),
    }


def _override(scenario: Scenario) -> list[Any]:
    return [
        scenario.support,
        scenario.leaders_stay,
        scenario.amnesty,
        sorted(scenario.crossings.items()),
        scenario.ghost_share,
    ]


def _pick(what: str, name: str, known: Mapping[str, Any]) -> Any:
    if name not in known:
        names = ", ".join(known) or "none"
        raise BadRequest(f"no {what} '{name}'.{nearest(name, known)} Known: {names}.")
    return known[name]
