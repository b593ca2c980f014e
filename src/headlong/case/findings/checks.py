"""What one row cannot know of itself: names that lead nowhere, doubles, and days outside the period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any

from headlong.case.findings.period import check_period, day_in_row
from headlong.case.rows import Row, Side
from headlong.case.settings import SettingsFile
from headlong.case.tables.schema import columns_of
from headlong.case.tables.table import Table
from headlong.errors import nearest

__all__ = ["across", "great_circle_km"]

SHORTEST = 0.7  # a link shorter than this share of the great circle is taken for a slip
SLACK_KM = 5.0

KINDS_READ = ("stock_inside", "stock_abroad", "idp_stock", "idp_cumulative")
"""Kinds of counts that a forecast reads; others are for verification, and may be called as their source does."""

SLIP = 0.85  # how alike two kinds are, so that one is a slip of the pen for the other


def across(tables: Mapping[str, Table], settings: SettingsFile, scenarios: SettingsFile) -> None:
    """Check all tables and settings against one another; findings are added where they belong.

    Parameters
    ----------
    tables : mapping of str to Table
        Tables read from the folder.
    settings, scenarios : Settings
        What case.toml and scenarios.toml say.
    """
    known = _known(tables, settings)
    for table in tables.values():
        _doubles(table)
        for row in table.rows:
            _references(row, table, known)
    check_period(settings, tables)
    _sides(settings, known)
    if "places" in tables:
        _twins(tables["places"])
    if "refuges" in tables:
        _rooms(tables["refuges"])
    if "displacement" in tables:
        _kinds(tables["displacement"])
    if "roads" in tables and "places" in tables:
        _roads(tables["roads"], tables["places"])
    _order(tables, settings)
    for name, values in scenarios.blocks.items():
        _scenario(name, values, scenarios, known)


def great_circle_km(one: Row, other: Row) -> float:
    """Return the distance between two places as the crow flies, in km."""
    lat1, lon1, lat2, lon2 = (radians(x) for x in (one["lat"], one["lon"], other["lat"], other["lon"]))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(min(h, 1.0)))


def _known(tables: Mapping[str, Table], settings: SettingsFile) -> dict[str, set[str] | None]:
    """Return the ids that can be referred to; None where the table could not be read."""
    known: dict[str, set[str] | None] = {"sides": None}
    if settings.ids:
        known["sides"] = settings.ids
    for name in ("places", "leaders"):
        table = tables.get(name)
        known[name] = set() if table is None else table.ids if table.usable else None
    if not known["places"]:
        known["places"] = None
    known["crossings"] = known["places"] and _crossings_named(tables)
    return known


def _crossings_named(tables: Mapping[str, Table]) -> set[str] | None:
    """Return the places that are crossings, by their kind or by crossings.csv; None where that cannot be told."""
    both = [tables[name] for name in ("places", "crossings") if name in tables]
    rows = {table.name: [*table.rows, *table.broken] for table in both}
    by_kind = {row["id"] for row in rows["places"] if row["kind"] in ("crossing", None)}
    told = {row["place"] for row in rows.get("crossings", ())}
    return by_kind | told if None not in told and all(table.usable for table in both) else None


def _doubles(table: Table) -> None:
    key = "place" if table.name == "home" else "id"
    if key not in columns_of(table.name):
        return
    first: dict[str, int] = {}
    for row in table.rows:
        if row[key] in first:
            remedy = "Give each row its own id." if key == "id" else "Keep one of the two lines."
            table.note(row.line, key, row[key], f"stands already on line {first[row[key]]}", remedy)
        first.setdefault(row[key], row.line)


def _twins(places: Table) -> None:
    """Find places of one name and one spot: two lines for one place, whatever their ids."""
    first: dict[Any, Row] = {}
    for row in places.rows:
        spot = (row["name"].casefold(), round(row["lat"], 2), round(row["lon"], 2))
        twin = first.setdefault(spot, row)
        if twin is not row and twin["id"] != row["id"]:
            remedy = "Keep one of the two lines, or tell the names apart."
            problem = f"the same name and spot as '{twin['id']}' on line {twin.line}"
            places.note(row.line, "name", row["name"], problem, remedy)


def _rooms(refuges: Table) -> None:
    """Find capacities of one refuge from one day on, and days without a capacity."""
    first: dict[Any, int] = {}
    for row in refuges.rows:
        since = row["capacity_from"]
        if since is not None and row["capacity"] is None:
            remedy = "Write the capacity, or leave the day out."
            refuges.note(row.line, "capacity_from", str(since), "a day without a capacity", remedy)
        elif row["capacity"] is not None:
            key = (row["place"], since or row["opened"], bool(row["hindsight"]))
            if key in first:
                problem = f"line {first[key]} gives this refuge a capacity from the same day on"
                refuges.note(
                    row.line, "capacity", str(row["capacity"]), problem, "Keep one, or write capacity_from."
                )
            first.setdefault(key, row.line)


def _kinds(displacement: Table) -> None:
    """Find kinds of counts that are nearly those which a forecast reads, and would be left out in silence."""
    from difflib import SequenceMatcher  # slow to import

    for row in displacement.rows:
        kind = str(row["kind"] or "")
        near = [k for k in KINDS_READ if kind != k and SequenceMatcher(None, kind.lower(), k).ratio() > SLIP]
        if near and kind not in KINDS_READ:
            displacement.note(
                row.line, "kind", kind, "no forecast reads this kind", nearest(kind, near).strip()
            )


def _references(row: Row, table: Table, known: Mapping[str, set[str] | None]) -> None:
    for name, column in columns_of(table.name).items():
        ids = known.get(column.refers_to) if column.refers_to else None
        if ids is None or not row[name]:
            continue
        for value in row[name] if column.type == "list" else (row[name],):
            if value not in ids:
                where = "case.toml" if column.refers_to == "sides" else f"{column.refers_to}.csv"
                remedy = f"Add it to {where}, or correct it.{nearest(value, ids)}"
                table.note(row.line, name, value, f"unknown {column.refers_to.removesuffix('s')}", remedy)


def _sides(settings: SettingsFile, known: Mapping[str, set[str] | None]) -> None:
    if not settings.usable:
        return
    names = [side.id for side in settings.sides]
    if len(settings.ids) < 2:
        remedy = "Write one [[sides]] block for each, two at least."
        settings.note("sides", None, f"{len(names)} armed sides", remedy)
    roles = [side.role for side in settings.sides]
    if len(names) >= 2 and len(names) == len(settings.ids) and roles.count("incumbent") != 1:
        remedy = 'Give exactly one side role = "incumbent".'
        settings.note("role", None, f"{roles.count('incumbent')} sides are incumbent", remedy)
    for number, side in enumerate(settings.sides):
        if side.id in names[:number]:
            settings.note("id", side.id, "two sides have this id", "Give each side its own id.")
        for key, value in _side_names(side):
            ids = known["places"] if key == "seat" else known["sides"]
            if ids is not None and value not in ids:
                what = "unknown place" if key == "seat" else "unknown side"
                settings.note(key, value, what, f"Correct it.{nearest(value, ids)}", f'"{side.id}"')
        if set(side.friends) & set(side.presses or ()):
            both = ", ".join(sorted(set(side.friends) & set(side.presses or ())))
            remedy = "Take it from one of the lists."
            settings.note("presses", both, f"side '{side.id}' presses a friend", remedy)


def _side_names(side: Side) -> Iterator[tuple[str, str]]:
    yield from (("friends", name) for name in side.friends)
    yield from (("presses", name) for name in side.presses or ())
    if side.seat:
        yield "seat", side.seat


def _roads(roads: Table, places: Table) -> None:
    where = {row["id"]: row for row in places.rows}
    seen: dict[Any, int] = {}
    for row in roads.rows:
        one, other = row["from"], row["to"]
        if one == other:
            roads.note(row.line, "to", other, "a road to itself", "Name another place, or delete the line.")
            continue
        link = (frozenset((one, other)), row["class"])
        if link in seen:
            remedy = "Keep one of the two lines."
            roads.note(row.line, "to", other, f"the same link as line {seen[link]}", remedy)
        seen.setdefault(link, row.line)
        if one in where and other in where:
            direct = great_circle_km(where[one], where[other])
            if too_short(row, direct) and row["confidence"] != "low":  # of low confidence: a warning
                remedy = "Check the distance and the coordinates of both ends."
                problem = f"shorter than the {direct:.0f} km as the crow flies"
                roads.note(row.line, "distance_km", f"{row['distance_km']:g}", problem, remedy)


def too_short(row: Mapping[str, Any], direct: float) -> bool:
    """Whether a road is much shorter than the way as the crow flies."""
    return bool(row["distance_km"] < SHORTEST * direct - SLACK_KM)


def _order(tables: Mapping[str, Table], settings: SettingsFile) -> None:
    """Check pairs of values that must stand in order."""
    start = settings.values.get("start")
    for name, low, high in ORDERED:
        for row in tables[name].rows if name in tables else ():
            if (
                row[low] is not None
                and row[high] is not None
                and day_in_row(row[high]) < day_in_row(row[low])
            ):
                problem = f"smaller than {low} ({day_in_row(row[low])})"
                tables[name].note(
                    row.line, high, str(day_in_row(row[high])), problem, "Swap or correct them."
                )
    for row in tables["reports"].rows if "reports" in tables else ():
        if row["event_date"] and row["published_at"] and is_stale(row["event_date"], row["published_at"]):
            tables["reports"].note(row.line, "event_date", str(row["event_date"]), *STALE)
    for row in tables["history"].rows if "history" in tables else ():
        if isinstance(start, date) and row["latest"] < start:
            remedy = "Leave it out: held_by in places.csv already says who held the place at the start."
            problem = f"before the start ({start})"
            tables["history"].note(row.line, "latest", str(row["latest"]), problem, remedy)
        if row["from_side"] == row["to_side"]:
            remedy = "Leave it out: history holds changes only."
            tables["history"].note(row.line, "to_side", row["to_side"], "the same side as before", remedy)


def is_stale(event: date, published: date) -> bool:
    """Whether a report is of an event so long past that the year must be wrong."""
    return bool(day_in_row(published) - event > OLDEST)


OLDEST = timedelta(days=366)
"""A report that comes out later than that after its event says nothing of who holds a place now (judgement)."""
STALE = (
    "more than a year before published_at",
    "Correct the year; what happened so long ago says nothing of now: leave it out.",
)
"""What is said of such a report, and what to do."""


ORDERED = (
    ("garrisons", "effective_low", "effective_high"),
    ("leaders", "known_from", "known_until"),
    ("reports", "event_date", "published_at"),
    ("history", "earliest", "latest"),
    ("history", "earliest", "date"),
    ("history", "date", "latest"),
    ("displacement", "count", "count_high"),
    ("refuges", "opened", "closed"),
    ("fighting", "from", "until"),
)


def _scenario(
    name: str, values: Mapping[str, Any], settings: SettingsFile, known: Mapping[str, set[str] | None]
) -> None:
    places = known["places"]
    named = [
        ("crossings", "places" if places is not None and place not in places else "crossings", place)
        for place in values.get("crossings", ())
    ]
    stay = values.get("leaders_stay")
    named += [("leaders_stay", "leaders", leader) for leader in (stay if isinstance(stay, tuple) else ())]
    for key, table, value in named:
        ids = known[table]
        if ids is not None and value not in ids:
            remedy = f"Add it to {table}.csv, or correct it.{nearest(value, ids)}"
            settings.note(key, value, f"unknown {table.removesuffix('s')}", remedy, settings.head_of(name))
