"""What looks odd in a case but stops nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from headlong.case.case import Case, day_counted
from headlong.case.findings.checks import great_circle_km, too_short
from headlong.case.rows import Row
from headlong.case.tables.schema import HAS_IT
from headlong.errors import Finding
from headlong.text import many

__all__ = ["landless", "oddities", "unread"]


def oddities(case: Case) -> Iterator[Finding]:
    """Yield warnings on a case that has no findings.

    Parameters
    ----------
    case : Case
        The case.
    """
    linked = {end for road in case.roads for end in (road["from"], road["to"])}
    for place in case.places:
        if place["id"] not in linked:
            remedy = "No front can reach it and nobody can leave it by road; add a road if there is one."
            yield Finding("places.csv", place.line, "id", place["id"], "no road leads there", remedy)
    if not any(place["held_by"] for place in case.places):
        yield Finding("places.csv", None, "held_by", None, "no side holds anything", "Fill in held_by.")
    pieces = _pieces(case)
    if pieces > 1:
        problem = f"the roads fall into {pieces} pieces that nothing links"
        yield Finding("roads.csv", None, None, None, problem, "Add the missing links, if there are any.")
    holders = {place["held_by"] for place in case.places}
    for side in case.sides:
        if side.id in holders and side.seat is None and case.seat_of(side.id) is None:
            remedy = "Distance to its seat will not count; add 'seat' or a leader's base if it has one."
            yield Finding("case.toml", None, "seat", None, f"side '{side.id}' has no seat", remedy)
    yield from landless(case.places, case.reports, case.hinterland)
    yield from _short_roads(case)
    yield from _broken_history(case)
    yield from _beside_the_period(case)
    yield from _late_crossings(case)


def landless(places: Sequence[Row], reports: Sequence[Row], hinterland: Sequence[Row]) -> Iterator[Finding]:
    """Yield the sides that reports say have places, but that are near none at the start, neither by place nor by land.

    Parameters
    ----------
    places, reports, hinterland : sequence of Row
        Tables of a case.
    """
    near = {place["held_by"] for place in places} | {row["side"] for row in hinterland} | {None}
    told = Counter(
        row["side"] for row in reports
        if row["claim"] in HAS_IT and row["polarity"] != "denied" and row["place"] and row["side"] not in near
    )  # fmt: skip
    for side, count in sorted(told.items()):
        problem = f"side '{side}' has places in {many(count, 'report')}, but none at the start"
        remedy = (
            "It is near nowhere then, so its first takings are hardly believed. If it held a place on the evening of "
            "the start, write it there; if it held land alone, say in hinterland.csv how near it was."
        )
        yield Finding("places.csv", None, "held_by", None, problem, remedy)


def _short_roads(case: Case) -> Iterator[Finding]:
    """Yield roads of low confidence that are much shorter than the way as the crow flies."""
    where = {place["id"]: place for place in case.places}
    for road in case.roads:
        direct = great_circle_km(where[road["from"]], where[road["to"]])
        if road["confidence"] == "low" and too_short(road, direct):
            problem = f"shorter than the {direct:.0f} km as the crow flies"
            remedy = "Check the distance and the coordinates of both ends."
            yield Finding("roads.csv", road.line, "distance_km", f"{road['distance_km']:g}", problem, remedy)


def unread(case: Case, init: date) -> Iterator[str]:
    """Yield, by number, which reports and changes a forecast from ``init`` cannot see because they are later.

    Parameters
    ----------
    case : Case
        The case, with all its reports.
    init : date
        The evening the forecast starts from.
    """
    later = sum(row["published_at"].date() > init for row in case.reports)
    if later:
        yield f"{later:,} of {len(case.reports):,} reports are published later than init ({init}) and are not read."


def _beside_the_period(case: Case) -> Iterator[Finding]:
    """Yield how many reports and changes lie outside the period, or after the default init."""
    days = [row["published_at"].date() for row in case.reports]
    changes = [day_counted(row) for row in case.history]
    for file, column, what, found in (
        ("history.csv", "latest", "changes are later than the end", changes),
        ("reports.csv", "published_at", "reports are published after the end", days),
    ):
        beyond = sum(day > case.end for day in found)
        if beyond:
            problem = f"{beyond:,} of {len(found):,} {what} ({case.end})"
            yield Finding(file, None, column, None, problem, "Nothing is forecast or verified after the end.")
    early = sum(day < case.start for day in days)
    if early:
        problem = f"{early:,} of {len(days):,} reports are published before the start ({case.start})"
        remedy = "They are heard as of the day after the start: held_by says who held what on its evening."
        yield Finding("reports.csv", None, "published_at", None, problem, remedy)
    later = sum(day > case.init for day in days)
    if days and later == len(days):
        problem = f"{later:,} of {later:,} reports are later than init ({case.init})"
        remedy = "A forecast from there reads none of them; name a later --init, or set init in case.toml."
        yield Finding("reports.csv", None, "published_at", None, problem, remedy)


def _late_crossings(case: Case) -> Iterator[Finding]:
    """Yield crossings that a scenario sets, but that are not known to be crossings by the default init."""
    by_kind = {place["id"] for place in case.places if place["kind"] == "crossing"}
    since: dict[str, date] = {}
    for row in case.crossings:
        day = row["from"] or case.start
        since[row["place"]] = min(day, since.get(row["place"], day))
    for name, scenario in case.scenarios.items():
        for place in scenario.crossings:
            if place not in by_kind and since[place] > case.init:
                problem = f"'{name}' sets it, but it is a crossing only from {since[place]} on"
                remedy = f"The default init is {case.init}: name a later --init, or correct 'from' in crossings.csv."
                yield Finding("scenarios.toml", None, "crossings", place, problem, remedy)


def _pieces(case: Case) -> int:
    """Return into how many groups the roads link the places that have any."""
    leads = {end: end for road in case.roads for end in (road["from"], road["to"])}

    def first(end: str) -> str:
        while leads[end] != end:
            leads[end] = end = leads[leads[end]]
        return end

    for road in case.roads:
        leads[first(road["from"])] = first(road["to"])
    return sum(end == before for end, before in leads.items())


def _broken_history(case: Case) -> Iterator[Finding]:
    """Yield changes whose side before is not the side that held the place until then."""
    holder = {place["id"]: place["held_by"] for place in case.places}
    for row in sorted(case.history, key=lambda row: (day_counted(row), row["latest"])):
        if row["from_side"] != holder[row["place"]]:
            before = holder[row["place"]] or "nobody"
            problem = f"'{before}' held it before, not '{row['from_side'] or 'nobody'}'"
            remedy = "Check the order of the changes of this place."
            yield Finding("history.csv", row.line, "from_side", row["from_side"], problem, remedy)
        holder[row["place"]] = row["to_side"]
