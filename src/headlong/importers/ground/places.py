"""Places, roads, seats and crossings for a case that has none, proposed for a person to edit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from headlong.errors import BadRequest
from headlong.importers.folder import Folder
from headlong.importers.formats.records import is_layer
from headlong.importers.ground import gazetteer
from headlong.importers.ground.road_layer import OSM, roads_from_layer
from headlong.importers.ground.roads import WINDING, propose_roads, straight

__all__ = ["PACKAGE", "import_places", "propose_places"]

PACKAGE = "geonames"
"""Source that means the package with GeoNames' cities."""


def import_places(
    source: str | None,
    folder: Folder,
    country: str | None,
    least: int,
    most: int,
    roads: Path | None,
    *,
    names: str | None = None,
    layer: str | None = None,
) -> list[str]:
    """Write places.csv, roads.csv and crossings.csv; return what to say.

    Parameters
    ----------
    source : str or None
        Table of a gazetteer, layer of boundaries, or ``geonames`` for the package.
    folder : Folder
        The case folder.
    country : str or None
        Three letters of the country.
    least, most : int
        People a place must have at least; most places.
    roads : Path or None
        Layer of roads to measure on.
    names, layer : str, optional
        Column or attribute with the names; layer of a file with several.
    """
    asked = gazetteer.PlacesAsked(names, layer)
    notes = propose_places(source, folder, country, least, most, roads, asked=asked)
    folder.commit()
    return notes


def propose_places(
    source: str | None,
    folder: Folder,
    country: str | None,
    least: int,
    most: int,
    roads: Path | None,
    *,
    asked: gazetteer.PlacesAsked,
) -> list[str]:
    """Take places, roads and crossings for a folder, which writes them later; return what to say."""
    towns, beyond, notes = _towns(source, country, least, asked)
    out = [f"Left out: {many:,} {why}." for why, many in asked.out.most_common()]
    if not towns:
        first = f"no place of at least {least:,} people was found. Lower --least, or name another source."
        raise BadRequest("\n".join([first, *out]))
    notes += [*asked.notes, *out]
    rows = gazetteer.rows_of(towns, most)
    refuges, crossings = gazetteer.crossings_of(rows, beyond)
    whole = [*rows, *refuges]
    count = folder.write("places", whole, ("id",))
    folder.places = folder.rows("places")
    notes.append(
        f"places.csv: {count - len(refuges):,} places of {len(towns):,} found"
        + (f", and {len(refuges)} refuges beyond the border." if refuges else ".")
    )
    if not any(row["kind"] == "capital" for row in rows):
        notes.append("No place is the capital: mark it in places.csv (kind).")
    notes += _roads(folder, rows, refuges, crossings, roads)
    if crossings:
        folder.write("crossings", crossings, ("place", "to"))
        notes.append(
            f"crossings.csv: {len(crossings)} ways over the border, each to the neighbour's nearest city: proposed."
        )
    return notes


def _towns(
    source: str | None, country: str | None, least: int, asked: gazetteer.PlacesAsked
) -> tuple[list[Any], list[Any], list[str]]:
    if source is None or source == PACKAGE:
        if country is None:
            raise BadRequest("Say which country: --country MLI, or name a file with its places.")
        own, beyond = gazetteer.from_package(country, least)
        return own, beyond, [f"Places from {gazetteer.GEONAMES}: name it wherever you pass them on."]
    path = Path(source)
    if is_layer(path):
        return (
            gazetteer.from_boundaries(path, asked),
            [],
            [f"One place for each area of {path.name}, at a spot inside it."],
        )
    return gazetteer.from_table(path, country, least, asked), [], []


def _roads(
    folder: Folder, rows: Sequence[Any], refuges: Sequence[Any], crossings: Sequence[Any], layer: Path | None
) -> list[str]:
    """Write roads: measured on a layer, or proposed; refuges hang on their crossing alone."""
    notes = []
    if layer is None:
        found = propose_roads(rows)
        notes.append(
            f"roads.csv: {len(found):,} links between neighbours that need no detour, {WINDING} times the straight "
            "line: proposed. Correct them, or name an OpenStreetMap extract with --roads."
        )
    else:
        found, apart = roads_from_layer(layer, rows)
        notes.append(f"roads.csv: {len(found):,} links measured on {layer.name} ({OSM}).")
        if apart:
            notes.append(f"No road comes within 10 km of {len(apart)} places: {', '.join(apart[:8])}.")
    place = {row["id"]: row for row in [*rows, *refuges]}
    for crossing in crossings:
        ends = [place[crossing["place"]], place[crossing["to"]]]
        km = round(max(1.0, WINDING * float(straight(ends)[0, 1])))
        found.append({"from": crossing["place"], "to": crossing["to"], "distance_km": km, "class": "secondary",
                      "source": crossing["source"], "confidence": "low"})  # fmt: skip
    folder.write("roads", found, ("from", "to"))
    return notes
