"""People in a Flee conflict: the camps, when they opened, their room; and how many were counted in each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from headlong.case.rows import Cells
from headlong.errors import Finding
from headlong.importers.flee.days import Fight
from headlong.importers.flee.files import Flee, FleeLine, day_number, read_flee
from headlong.importers.flee.map import CAMPS, SOURCE, Routes
from headlong.importers.formats.source import Findings
from headlong.importers.formats.values import day_of, number_of

__all__ = ["counts", "fighting", "refuges"]

PlaceRows = dict[str, Cells]
Series = dict[date, float]


def fighting(fights: list[Fight]) -> list[Cells]:
    """Rows of fighting.csv."""
    return [
        {"place": f.place, "from": f.first, "until": f.last, "intensity": f.hard, "source": f"{SOURCE} conflicts",
         "confidence": "low"}
        for f in fights
    ]  # fmt: skip


def refuges(flee: Flee, places: PlaceRows, routes: Routes) -> list[Cells]:
    """Rows of refuges.csv: the camps. What Flee calls a capacity is most often the largest count, so hindsight."""
    opened = openings(flee, places, routes)
    rows: list[Cells] = []
    for name, place in places.items():
        if place["x_flee_type"] in CAMPS:
            room = place["x_flee_capacity"]
            rows.append(
                {"place": place["id"], "opened": opened.get(name), "known_from": opened.get(name),
                 "capacity": int(room) if room else None, "hindsight": True if room else None,
                 "note": "capacity as in Flee, most often the largest count" if room else "",
                 "source": place["source"], "confidence": "medium"}
            )  # fmt: skip
    return rows


def openings(flee: Flee, places: PlaceRows, routes: Routes) -> dict[str, date]:
    """Day on which a camp opens, of those that closures.csv opens during the war.

    A camp is closed while it, or its way to all of its country, is; and until people are no longer sent on from it
    to another. Where they are sent on for ever they count where they were, so that camp is open.
    """
    path, found = flee.inputs / "closures.csv", dict[str, date]()
    camps = {name for name, place in places.items() if place["x_flee_type"] in CAMPS}
    sent_on = {
        ends: next((n for n in ends if places[n]["id"] == row["x_flee_forced"].split(" to ")[0]), "")
        for ends, row in routes.items()
        if row["x_flee_forced"]
    }
    aside = Findings(path.name)
    for line in read_flee(path).lines if path.is_file() else ():
        kind, one, other = (line.cell(k) for k in range(3))
        if kind.startswith("remove_"):
            camp = sent_on.get((min(one, other), max(one, other)), "")
            day = day_number(line, 3, flee.start, aside, "closure_start")
        else:
            camp = one if one in camps and other not in places else other if other in camps else ""
            camp = "" if (one in places and other in places) or kind == "country" else camp
            day = _end(line, flee, aside)
        if camp in camps and day is not None and day > flee.start:
            found[camp] = max(day, found.get(camp, day))
    return found


def _end(line: FleeLine, flee: Flee, aside: Findings) -> date | None:
    """The day a closure ends, if it began at the start."""
    first = day_number(line, 3, flee.start, aside, "closure_start")
    last = number_of(line.cell(4))
    if (first is not None and first > flee.start) or (last is not None and last <= 0):
        return None
    return day_number(line, 4, flee.start, aside, "closure_end")


def counts(flee: Flee, places: PlaceRows, findings: list[Finding], soft: list[Finding]) -> Iterator[Cells]:
    """Counts of people in each camp, as stocks, by day; several files of one camp are added up.

    Counts before a new registration are scaled by its jump, as Flee does, and say so.
    """
    assert flee.counts is not None
    layout = read_flee(flee.counts / "data_layout.csv", header=False)
    there = {path.name: path for path in flee.counts.iterdir() if path.is_file()}
    fixed = corrections(flee)
    for line in layout.lines:
        name, files = line.cell(0), [cell for cell in line.cells[1:] if cell]
        total = name.lower() == "total"
        if not total and name not in places:
            told = "no location of this name, so its counts are left out"
            soft.append(Finding("data_layout.csv", line.number, "name", name[:60], told, "Check the name."))
            continue
        parts = []
        for file in files or [""]:
            path = there.get(Path(file).name)
            if path is None:
                problem = "there is no such file"
                layout.findings.note(line.number, name, file, problem, "Correct it, or leave it out.")
            else:
                parts.append(series(path, findings))
        known = added(parts)
        mended = corrected(known, fixed.get(name, ()))
        for day, count in sorted(mended.items()):
            note = f"as published {known[day]:.0f}" if round(known[day]) != round(count) else ""
            where = None if total else places[name]["id"]
            yield {"date": day, "to_place": where,
                   "kind": "refugees in all camps (stock)" if total else "stock_abroad", "note": note,
                   "count": round(count), "unit": "people", "source": "; ".join(files),
                   "confidence": "medium"}  # fmt: skip
    findings += layout.findings


def series(path: Path, findings: list[Finding]) -> Series:
    """Counts of one file by day."""
    table, found = read_flee(path, header=False), Series()
    for row in table.lines:
        day, count = day_of(row.cell(0)), number_of(row.cell(1))
        if (count is None and row is table.lines[0] and day is None) or (day is not None and not row.cell(1)):
            continue  # a header; a day without a count
        if day is None or count is None or not 0 <= count <= 1e8:
            told = "not a day and a count"
            table.findings.note(row.number, None, ", ".join(row.cells), told, "Write 2012-03-21,950.")
            continue
        found[day] = count
    findings += table.findings
    return found


def added(parts: list[Series]) -> Series:
    """The sum of several series on all their days; between two counts by a straight line, outside as at the end."""
    parts = [part for part in parts if part]
    days = sorted({day for part in parts for day in part})
    at = np.array([day.toordinal() for day in days], float)
    total = np.zeros(at.size)
    for part in parts:
        known = sorted(part.items())
        total += np.interp(at, [d.toordinal() for d, _ in known], [n for _, n in known])
    return dict(zip(days, total.tolist(), strict=True))


def corrections(flee: Flee) -> dict[str, list[date]]:
    """Days on which the people in a camp were registered anew, by camp."""
    path, found = flee.inputs / "registration_corrections.csv", dict[str, list[date]]()
    for line in read_flee(path, header=False).lines if path.is_file() else ():
        if day := day_of(line.cell(1)):
            found.setdefault(line.cell(0), []).append(day)
    return found


def corrected(known: Series, days: Any) -> Series:
    """Counts with all before each new registration scaled by its jump."""
    for day in sorted(days):
        before = max((d for d in known if d < day), default=None)
        if day in known and before is not None and known[before] > 0:
            ratio = known[day] / known[before]
            known = {d: n * ratio if d < day else n for d, n in known.items()}
    return {d: min(n, 1e8) for d, n in known.items()}
