"""What changes by the day in a Flee conflict: closures, conflict, counts of people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from headlong.case.rows import Cells
from headlong.errors import Finding, nearest
from headlong.importers.flee.files import Flee, FleeTable, day_number, read_flee
from headlong.importers.flee.map import Routes
from headlong.importers.formats.values import number_of

__all__ = ["Fight", "closures", "conflicts", "crossing_rows"]


def closures(
    flee: Flee,
    places: dict[str, Cells],
    routes: Routes,
    findings: list[Finding],
    soft: list[Finding],
) -> list[Cells]:
    """Roads that are shut, from when to when; a closure of two countries shuts every road between them.

    What is wrong goes to `findings`, what looks odd and stops nothing to `soft`.
    """
    if not (flee.inputs / "closures.csv").is_file():
        return []
    table = read_flee(flee.inputs / "closures.csv")
    at = [table.column(name) for name in ("closure_type", "name1", "name2", "closure_start", "closure_end")]
    if table.lines and None in at:
        problem = "required column is missing: closure_type, name1, name2, closure_start, closure_end"
        table.findings.note(1, None, None, problem, "Add it.")
    shut: list[Cells] = []
    for line in table.lines if not table.findings else ():
        if line.cell(at[0]).startswith("remove_"):  # read with the camps: importers.flee_people
            continue
        first = day_number(line, at[3], flee.start, table.findings, "closure_start")
        last = number_of(line.cell(at[4]))
        ends = last is None or last > 0  # 0 and below: the closure does not end
        end = day_number(line, at[4], flee.start, table.findings, "closure_end") if ends else None
        one, other = line.cell(at[1]), line.cell(at[2])
        hit = [row for ends, row in routes.items() if _between(ends, (one, other), places)]
        if not hit:
            what = f"{one}, {other}"[:60]
            soft.append(
                Finding("closures.csv", line.number, "name1", what, "closes no route", "Check both names.")
            )
        shut += [
            {"from": row["from"], "to": row["to"], "shut_on": first or flee.start, "open_on": end}
            for row in hit
        ]
    findings += table.findings
    return shut


def _between(ends: tuple[str, str], named: tuple[str, str], places: dict[str, Cells]) -> bool:
    """Say whether a route runs between two locations, or a location and a country, or two countries."""
    a, b = ({name, places[name]["country"]} for name in ends)
    return (named[0] in a and named[1] in b) or (named[1] in a and named[0] in b)


def crossing_rows(
    flee: Flee, places: dict[str, Cells], roads: list[Cells], shut: list[Cells]
) -> Iterator[Cells]:
    """A crossing for each road out of the country: open from the start, shut and opened again as Flee says."""
    abroad = {place["id"]: place["kind"] == "refuge" for place in places.values()}
    for road in roads:
        near, beyond = road["from"], road["to"]
        if abroad[near] == abroad[beyond]:
            continue
        if abroad[near]:
            near, beyond = beyond, near
        steps = {flee.start: "open"}
        for closure in shut:
            if {closure["from"], closure["to"]} == {near, beyond}:
                steps[max(closure["shut_on"], flee.start)] = "closed"
                if closure["open_on"]:
                    steps.setdefault(max(closure["open_on"], flee.start), "open")
        for day, policy in sorted(steps.items()):
            first = None if day == flee.start else day
            yield {"place": near, "to": beyond, "from": first, "policy": policy, "reason": "as in Flee's closures",
                   "source": road["source"], "confidence": "medium"}  # fmt: skip


class Fight(NamedTuple):
    """Days in a row of conflict at a place."""

    place: str
    first: date
    last: date | None  # None: it goes on
    hard: float  # 0..1


def conflicts(
    flee: Flee, table: FleeTable, places: dict[str, Cells], findings: list[Finding], soft: list[Finding]
) -> Iterator[Fight]:
    """Fights at places, in the order of their first days: from conflicts.csv, else from the dates in locations.csv.

    A day without a line in conflicts.csv is like the one before.
    """
    path = flee.inputs / "conflicts.csv"
    if not path.is_file():
        yield from _dated(flee, table, places, findings)
        return
    found = read_flee(path)
    names = [name.strip() for name in found.names]
    for name in names[1:]:
        if name and name not in places:
            told, remedy = (
                "no location of this name, so its conflicts are left out",
                f"Check the name.{nearest(name, places)}",
            )
            soft.append(Finding("conflicts.csv", 1, name[:60], None, told, remedy))
    going: dict[str, Fight] = {}
    done: list[Fight] = []
    for line in found.lines:
        day = day_number(line, 0, flee.start, found.findings, names[0] if names else "Day")
        for column, name in enumerate(names[1:], 1):
            value = number_of(line.cell(column)) if line.cell(column) else 0.0
            if value is None:
                found.findings.note(
                    line.number, name, line.cell(column), "not a number", "Write 0, 1, or between."
                )
            elif name in places and day is not None:
                _go_on(going, done, places[name]["id"], day, min(1.0, value))
    findings += found.findings
    yield from sorted([*done, *going.values()], key=lambda fight: (fight.first, fight.place))


def _go_on(going: dict[str, Fight], done: list[Fight], place: str, day: date, hard: float) -> None:
    """Begin, end or go on with the conflict at a place."""
    now = going.get(place)
    if now is not None and now.hard != hard:
        done.append(going.pop(place)._replace(last=max(now.first, day - timedelta(days=1))))
        now = None
    if now is None and hard > 0:
        going[place] = Fight(place, day, None, hard)


def _dated(
    flee: Flee, table: FleeTable, places: dict[str, Cells], findings: list[Finding]
) -> Iterator[Fight]:
    """Conflict zones with the day on which conflict comes there and stays, from locations.csv."""
    at, when, before = table.column("name"), table.column("conflict_date"), len(table.findings)
    for line in table.lines if when is not None else ():
        place = places.get(line.cell(at), {})
        if line.cell(when) and place.get("x_flee_type") == "conflict_zone":
            day = day_number(line, when, flee.start, table.findings, "conflict_date")
            if day is not None:
                yield Fight(place["id"], day, None, 1.0)
    findings += table.findings[before:]
