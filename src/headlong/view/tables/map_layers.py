"""A forecast as map layers: places as points, roads as lines, with chances, holders and dates as attributes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from headlong.errors import BadRequest
from headlong.files import aside, write_bytes, write_text
from headlong.view.tables.outlook import Outlook, arms_of, chance, outlook_of, own_columns, whole_or_none

if TYPE_CHECKING:
    import xarray as xr

    from headlong.case import Case

__all__ = ["places_layer", "roads_layer", "write_geojson", "write_geopackage"]

WINDOWS = (3, 7, 14, 30)
DATES = {"change_p25": 0.25, "change_p50": 0.5, "change_p75": 0.75}
"""Day by which a place has changed hands in so many of the members; empty beyond the forecast's end, and all but the
median where members are too few for an interval."""

Feature = dict[str, Any]


def leads_of(forecast: xr.Dataset) -> list[int]:
    """Leads that the attributes are about: 3, 7, 14 and 30 days where the forecast is so long, else its end."""
    days = forecast.sizes["time"] - 1
    return [w for w in WINDOWS if w <= days] or [days]


def places_layer(forecast: xr.Dataset) -> list[Feature]:
    """Attributes and spot of each place, in each arm of a what-if."""
    found = []
    sides = [str(name) for name in forecast["side"].values]
    for arm, one in arms_of(forecast):
        out = outlook_of(one, arm)
        for n in range(forecast.sizes["place"]):
            said: Feature = {
                "id": str(forecast["place"].values[n]), "name": str(forecast["place_name"].values[n]),
                "kind": str(forecast["kind"].values[n]), "population": int(forecast["population"].values[n]),
                "case": str(forecast.attrs.get("case", "")), "init": out.init.isoformat(),
            }  # fmt: skip
            said |= {name: str(forecast[name].values[n]) for name in own_columns(forecast)}
            said |= {"arm": arm} if arm else {}
            said |= _chances(out, n, sides, leads_of(forecast))
            at = [float(forecast["lon"].values[n]), float(forecast["lat"].values[n])]
            found.append({"properties": said, "geometry": {"type": "Point", "coordinates": at}})
    return found


def _chances(out: Outlook, n: int, sides: Sequence[str], leads: Sequence[int]) -> Feature:
    """Holders, chances and dates of one place."""
    best = int(out.held[0, n].argmax())
    said: Feature = {"holder": sides[best], "p_holder": chance(out.held[0, n, best])}
    for lead in leads:
        later = int(out.held[lead, n].argmax())
        said |= {f"p_change_{lead}": chance(out.changed[lead, n]), f"holder_{lead}": sides[later]}
        said |= {f"p_held_{side}_{lead}": chance(out.held[lead, n, s]) for s, side in enumerate(sides)}
        said |= {f"displaced_p50_{lead}": whole_or_none(out.displaced[lead, n, 1])}
        said |= {f"displaced_p90_{lead}": whole_or_none(out.displaced[lead, n, 2])}
    for name, share in DATES.items():
        if out.few and share != 0.5:
            said[name] = None
            continue
        days = np.flatnonzero(out.changed[:, n] >= share - 1e-12)
        said[name] = (out.init + timedelta(days=int(days[0]))).isoformat() if days.size else None
    return said


def roads_layer(forecast: xr.Dataset, case: Case | None) -> list[Feature]:
    """Roads of the case, with the chance that their ends are in different hands; none without the case."""
    if case is None:
        return []
    number = {str(name): n for n, name in enumerate(forecast["place"].values)}
    spot = [[float(x), float(y)] for x, y in zip(forecast["lon"].values, forecast["lat"].values, strict=True)]
    found = []
    for arm, one in arms_of(forecast):
        control = one["control"].transpose("member", "time", "place").values
        weight = np.asarray(one["weight"].values, float)
        for row in case.roads:
            ends = number.get(row["from"]), number.get(row["to"])
            if ends[0] is None or ends[1] is None:
                continue
            split = weight @ (control[:, :, ends[0]] != control[:, :, ends[1]]) / weight.sum()
            said: Feature = {"from": row["from"], "to": row["to"], "distance_km": float(row["distance_km"]),
                             "class": row["class"], "p_split": chance(split[0])}  # fmt: skip
            said |= {"arm": arm} if arm else {}
            said |= {f"p_split_{lead}": chance(split[lead]) for lead in leads_of(forecast)}
            line = [spot[ends[0]], spot[ends[1]]]
            found.append({"properties": said, "geometry": {"type": "LineString", "coordinates": line}})
    return found


def write_geojson(forecast: xr.Dataset, case: Case | None, path: Path) -> str:
    """Write places and roads as one GeoJSON; return what it holds."""
    places, roads = places_layer(forecast), roads_layer(forecast, case)
    features = [{"type": "Feature", **f} for f in [*roads, *places]]
    box = {"type": "FeatureCollection", "name": path.stem, "features": features}
    write_text(path, json.dumps(box, ensure_ascii=False, allow_nan=False) + "\n")
    return f"{len(places)} places, {len(roads)} roads"


def write_geopackage(forecast: xr.Dataset, case: Case | None, path: Path) -> str:
    """Write places and roads as two layers of a GeoPackage; return what it holds."""
    try:
        import pyogrio
        import shapely
    except ImportError:
        raise BadRequest(
            "a GeoPackage needs pyogrio and shapely: pip install 'headlong[geo]'. A .geojson needs nothing."
        ) from None
    layers = {"places": places_layer(forecast), "roads": roads_layer(forecast, case)}
    with aside() as folder:
        part = folder / "forecast.gpkg"
        for name, features in layers.items():
            if features:
                names = list(features[0]["properties"])
                columns = [_column([f["properties"][c] for f in features], c) for c in names]
                shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in features]
                kind = features[0]["geometry"]["type"]
                try:
                    pyogrio.raw.write(
                        part, shapely.to_wkb(np.array(shapes, object)), columns, names, layer=name, driver="GPKG",
                        geometry_type=kind, crs="EPSG:4326", append=False,
                    )  # fmt: skip
                except (RuntimeError, OSError) as error:
                    why = " ".join(str(error).split())[:200]
                    raise BadRequest(
                        f"cannot write the layers into '{folder}': {why}. "
                        "Make room there, or name another place by TMPDIR=FOLDER."
                    ) from error
        write_bytes(path, part.read_bytes())
    return f"{len(layers['places'])} places, {len(layers['roads'])} roads"


def _column(values: list[Any], name: str) -> np.ndarray:
    """Values of one attribute: numbers as numbers, all else as text; numbers of people may be none."""
    if name.startswith("displaced_") and None in values:
        return np.array([np.nan if v is None else v for v in values], float)
    kinds = {type(v) for v in values if v is not None}
    if kinds <= {int} and None not in values:
        return np.array(values, np.int64)
    if kinds <= {int, float} and None not in values:
        return np.array(values, float)
    return np.array([None if v is None else str(v) for v in values], object)
