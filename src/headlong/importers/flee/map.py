"""Locations and routes of a Flee conflict as places and roads."""

from __future__ import annotations

from collections.abc import Mapping

from headlong.case.rows import Cells
from headlong.errors import Finding
from headlong.importers.flee.files import Flee, FleeLine, FleeTable, need, read_flee
from headlong.importers.formats.values import number_of
from headlong.importers.naming import near_km, new_id

__all__ = ["CAMPS", "SOURCE", "Routes", "home_of", "locations", "routes_between"]

CAMPS = ("camp", "idpcamp")
SOURCE = "Flee"

LOCATIONS = (
    "name",
    "region",
    "country",
    "latitude",
    "longitude",
    "location_type",
    "conflict_date",
    "population",
)
ROUTES = ("name1", "name2", "distance", "forced_redirection")
"""Columns of files that name none."""

Routes = dict[tuple[str, str], Cells]
"""Roads by their ends, in Flee's names."""


def locations(flee: Flee, findings: list[Finding]) -> tuple[FleeTable, dict[str, Cells]]:
    """Places by Flee's name, not yet with their kind."""
    table = read_flee(flee.inputs / "locations.csv", usual=LOCATIONS)
    at = {
        "name": table.column("name"), "lat": table.column("latitude", "lat", "gps_x"),
        "lon": table.column("longitude", "lon", "long", "gps_y"), "type": table.column("location_type"),
        "region": table.column("region"), "country": table.column("country"),
        "people": table.column("population", "pop/cap", "pop_cap", "capacity"),
    }  # fmt: skip
    for name in ("name", "lat", "lon", "type", "country"):
        if at[name] is None:
            table.findings.note(
                1, name, None, "required column is missing", f"It has: {', '.join(table.header)}."
            )
    places: dict[str, Cells] = {}
    taken: set[str] = set()
    for line in table.lines if not table.findings else ():
        name = line.cell(at["name"])
        lat, lon = number_of(line.cell(at["lat"])), number_of(line.cell(at["lon"]))
        people = number_of(line.cell(at["people"]))
        if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
            table.findings.note(
                line.number, "latitude", line.cell(at["lat"]), "no spot on the globe", "Write degrees."
            )
        elif not name or name in places:
            problem = "stands already above" if name else "must not be empty"
            table.findings.note(line.number, "name", name, problem, "Give each location its own name.")
        elif people is not None and not 0 <= people <= 1e8:
            table.findings.note(
                line.number, "population", f"{people:g}", "no number of people", "Correct it."
            )
        else:
            places[name] = _place(line, at, (lat, lon, people), new_id(name, taken))
            taken.add(places[name]["id"])
    if not places and not table.findings:
        table.findings.note(None, None, None, "no locations", "Write one line for each.")
    findings += table.findings
    return table, places


def _place(
    line: FleeLine, at: Mapping[str, int | None], numbers: tuple[float, float, float | None], ident: str
) -> Cells:
    """One location as a row of places.csv; of a camp the number of people is its capacity."""
    lat, lon, people = numbers
    kind = line.cell(at["type"]).lower()
    camp = kind in CAMPS
    return {
        "id": ident, "name": line.cell(at["name"]).replace("_", " "), "alt_names": (),
        "region": line.cell(at["region"]), "country": line.cell(at["country"]), "lat": lat, "lon": lon,
        "kind": "town", "population": None if people is None or camp else int(people), "x_flee_type": kind,
        "x_flee_capacity": f"{people:.0f}" if camp and people else "",
        "source": f"{SOURCE} locations.csv, line {line.number}", "confidence": "medium",
    }  # fmt: skip


def home_of(places: dict[str, Cells]) -> str:
    """The country at war: that of the conflict zones, or else of most places that are no camps."""
    names = [p["country"] for p in places.values() if p["x_flee_type"] == "conflict_zone"]
    names = names or [p["country"] for p in places.values() if p["x_flee_type"] not in CAMPS]
    return max(sorted(set(names)), key=names.count, default="")


def routes_between(
    flee: Flee, places: dict[str, Cells], findings: list[Finding]
) -> tuple[Routes, list, list[Finding]]:
    """Roads by their ends in Flee's names; and findings on those shorter than the straight line."""
    table = read_flee(flee.inputs / "routes.csv", usual=ROUTES)
    one, other = table.column("name1", "from"), table.column("name2", "to")
    far, forced = table.column("distance", "distance_km"), table.column("forced_redirection")
    routes: Routes = {}
    short: list[Finding] = []
    if one is None or other is None or far is None:
        table.findings.note(1, None, None, "required column is missing: name1, name2, distance", "Add it.")
    for line in table.lines if None not in (one, other, far) else ():
        ends = (
            need(table, line, one, "name1", places.keys() | set()),
            need(table, line, other, "name2", places.keys() | set()),
        )
        km = number_of(line.cell(far))
        if km is None or not 0 <= km <= 20000:
            table.findings.note(
                line.number, "distance", line.cell(far), "no distance in km", "Write a number."
            )
            continue
        if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
            continue
        a, b = places[ends[0]], places[ends[1]]
        direct = near_km(a["lat"], a["lon"], b["lat"], b["lon"])
        if km < 0.99 * direct:
            problem = f"shorter than the {direct:.0f} km as the crow flies"
            remedy = "The case keeps it as given. Check the distance and the coordinates of both ends."
            short.append(Finding("routes.csv", line.number, "distance", f"{km:g}", problem, remedy))
        way = {"1": f"{b['id']} to {a['id']}", "2": f"{a['id']} to {b['id']}"}.get(line.cell(forced), "")
        key = (min(ends), max(ends))  # type: ignore[type-var]
        routes.setdefault(key, {  # type: ignore[arg-type]
            "from": a["id"], "to": b["id"], "distance_km": round(max(km, 0.1), 1), "class": "secondary",
            "x_flee_forced": way, "source": f"{SOURCE} routes.csv, line {line.number}",
            "confidence": "low" if km < 0.99 * direct else "medium",
        })  # fmt: skip
    findings += table.findings
    return routes, list(routes.values()), short
