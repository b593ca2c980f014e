"""Map layers: features with their attributes, from GeoJSON without anything else, from other files with pyogrio.

Plain GeoJSON is read by the standard library; GeoPackage, Shapefile, FlatGeobuf, KML and OpenStreetMap extracts need
the extra ``geo`` (pyogrio, shapely). Points in polygons are found by shapely where it is there, else by counting edges.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.errors import BadRequest, nearest
from headlong.importers.formats.source import check_file

__all__ = ["ENDINGS", "Layer", "covering", "need_geo", "read_layer"]

ENDINGS = (".geojson", ".json", ".gpkg", ".shp", ".fgb", ".kml", ".geojsonl", ".geojsons", ".gml")
PLAIN = (".geojson", ".json")
GEO = "pip install 'headlong[geo]'"


class Layer(NamedTuple):
    """Features of a layer: geometries as GeoJSON writes them, or as shapely does, and attributes by name."""

    shapes: Sequence[Any]
    attributes: Mapping[str, Sequence[Any]]
    shapely: bool

    def __len__(self) -> int:
        return len(self.shapes)


def need_geo(what: str) -> Any:
    """Return shapely and pyogrio, or say how to get them."""
    try:
        import pyogrio
        import shapely
    except ImportError:
        raise BadRequest(f"{what} needs pyogrio and shapely: {GEO}. Plain GeoJSON works without.") from None
    return shapely, pyogrio


def has_shapely() -> bool:
    """Say whether shapely is installed."""
    from importlib.util import find_spec

    return find_spec("shapely") is not None


def read_layer(path: Path, columns: Sequence[str] | None = None, layer: str | None = None) -> Layer:
    """Read one layer; coordinates in degrees (WGS 84).

    Parameters
    ----------
    path : Path
        The file.
    columns : sequence of str, optional
        Attributes to read; all by default.
    layer : str, optional
        Layer of a file with several.
    """
    check_file(path)
    if path.suffix.lower() in PLAIN:
        return _geojson(path)
    shapely, pyogrio = need_geo(f"Reading '{path.name}'")
    try:
        layer = _which(
            path.name, [str(n) for n, kind in pyogrio.list_layers(path) if kind is not None], layer
        )
        info = pyogrio.read_info(path, layer=layer)
        if info["crs"] not in (None, "EPSG:4326", "OGC:CRS84") and not _in_degrees(info):
            raise BadRequest(
                f"'{path.name}' is in {str(info['crs'])[:60]}, not in degrees. Save it as EPSG:4326."
            )
        meta, _, shapes, values = pyogrio.raw.read(path, layer=layer, columns=columns, read_geometry=True)
    except BadRequest:
        raise
    except Exception as error:
        raise BadRequest(f"'{path.name}' cannot be read as a map layer: {str(error)[:160]}") from None
    found = dict(
        zip((str(f) for f in meta["fields"]), (_readable(list(v), info) for v in values), strict=True)
    )
    shapes = shapely.from_wkb(shapes, on_invalid="ignore") if shapes is not None else []
    return Layer(shapes, found, True)


def _which(file: str, there: Sequence[str], asked: str | None) -> str | None:
    """The layer that is meant: the one asked for, or the only one."""
    some = ", ".join(there[:20]) + (" …" if len(there) > 20 else "")
    if asked is not None and asked not in there:
        raise BadRequest(f"'{file}' has no layer '{asked}'.{nearest(asked, there)} It has: {some or 'none'}.")
    if asked is None and len(there) > 1:
        raise BadRequest(f"'{file}' has {len(there)} layers. Say which: --layer NAME. It has: {some}.")
    return asked


def _readable(values: list[Any], info: Mapping[str, Any]) -> list[Any]:
    """Texts of a Shapefile that does not say how it writes them: as UTF-8, if all of them can be that."""
    if info.get("encoding") != "ISO-8859-1":
        return values
    try:
        return [v.encode("latin-1").decode("utf-8") if isinstance(v, str) else v for v in values]
    except UnicodeError:
        return values


def _in_degrees(info: Mapping[str, Any]) -> bool:
    bounds = info.get("total_bounds")
    return bounds is None or bool(np.all(np.abs(np.asarray(bounds, float)) <= 180.5))


def _geojson(path: Path) -> Layer:
    """Read GeoJSON with the standard library."""
    try:
        box = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError, OSError) as error:
        raise BadRequest(f"'{path.name}' is not GeoJSON: {str(error)[:120]}") from None
    features = box.get("features") if isinstance(box, dict) else None
    if not isinstance(features, list):
        raise BadRequest(f"'{path.name}' is not GeoJSON: no list of features.")
    features = [f for f in features if isinstance(f, dict)]
    shapes = [f.get("geometry") if isinstance(f.get("geometry"), dict) else None for f in features]
    said = [f["properties"] if isinstance(f.get("properties"), dict) else {} for f in features]
    names = dict.fromkeys(str(name) for one in said for name in one)
    return Layer(shapes, {name: [one.get(name) for one in said] for name in names}, False)


def points_of(layer: Layer, file: str) -> list[tuple[float, float] | None]:
    """Latitude and longitude of each feature: of a point, or of a spot inside a polygon."""
    found: list[tuple[float, float] | None] = []
    for shape in layer.shapes:
        if layer.shapely:
            inside = None if shape is None or shape.is_empty else shape.representative_point()
            found.append(None if inside is None else (float(inside.y), float(inside.x)))
        else:
            found.append(_spot(shape))
    return found


def _spot(shape: Any) -> tuple[float, float] | None:
    """A point's spot; of a polygon the middle of its largest ring's corners."""
    if isinstance(shape, dict) and shape.get("type") == "Point":
        corners = _corners([shape.get("coordinates")])
        return None if corners is None or len(corners) != 1 else (float(corners[0, 1]), float(corners[0, 0]))
    rings = [ring for polygon in polygons_of(shape) for ring in polygon[:1]]
    if not rings:
        return None
    ring = max(rings, key=lambda r: float(np.ptp(r[:, 0]) * np.ptp(r[:, 1])))
    middle = (ring.min(0) + ring.max(0)) / 2
    return float(middle[1]), float(middle[0])


def polygons_of(shape: Any) -> list[list[NDArray[np.float64]]]:
    """Polygons of a GeoJSON geometry, each a list of rings (N, 2), the outer one first; none if it has none."""
    if not isinstance(shape, dict):
        return []
    kind, coordinates = shape.get("type"), shape.get("coordinates")
    if kind == "GeometryCollection":
        inner = shape.get("geometries")
        return [p for one in (inner if isinstance(inner, list) else ())[:10_000] for p in _plain(one)]
    return _plain({"type": kind, "coordinates": coordinates})


def _plain(shape: Any) -> list[list[NDArray[np.float64]]]:
    kind = shape.get("type") if isinstance(shape, dict) else None
    coordinates = shape.get("coordinates") if isinstance(shape, dict) else None
    if not isinstance(coordinates, list) or kind not in ("Polygon", "MultiPolygon"):
        return []
    found = []
    for polygon in [coordinates] if kind == "Polygon" else coordinates:
        rings = [_corners(ring) for ring in polygon] if isinstance(polygon, list) else []
        whole = [ring for ring in rings if ring is not None and len(ring) >= 3]
        if whole:
            found.append(whole)
    return found


def _corners(ring: Any) -> NDArray[np.float64] | None:
    """Corners of a ring as longitude and latitude (N, 2); None if they are none."""
    try:
        corners = np.array([point[:2] for point in ring], float)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    good = corners.ndim == 2 and corners.shape[1] == 2 and bool(np.isfinite(corners).all())
    return corners if good else None


def covering(
    layer: Layer, lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Yield for each feature with an area the spots inside it: (feature, indices of spots)."""
    if has_shapely():
        yield from _with_shapely(layer, lat, lon)
        return
    for number, shape in enumerate(layer.shapes):
        inside = np.zeros(lat.size, bool)
        for polygon in polygons_of(shape):
            here = np.zeros(lat.size, bool)
            for ring in polygon:
                here ^= in_ring(ring, lat, lon)
            inside |= here
        if inside.any():
            yield number, np.flatnonzero(inside)


def _with_shapely(
    layer: Layer, lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> Iterator[tuple[int, NDArray[np.intp]]]:
    import shapely

    shapes = layer.shapes if layer.shapely else [_shaped(shape) for shape in layer.shapes]
    areas = np.array(
        [s if s is not None and s.geom_type in ("Polygon", "MultiPolygon") else None for s in shapes], object
    )
    tree = shapely.STRtree(shapely.points(lon, lat))
    features, spots = tree.query(areas, predicate="intersects")
    for number in np.unique(features):
        yield int(number), np.sort(spots[features == number])


def _shaped(shape: Any) -> Any:
    """A GeoJSON geometry as shapely's; None if it has no area. Rings may cross."""
    import shapely

    polygons = [shapely.Polygon(p[0], p[1:]) for p in polygons_of(shape)]
    if not polygons:
        return None
    return shapely.MultiPolygon(polygons) if len(polygons) > 1 else polygons[0]


def in_ring(
    ring: NDArray[np.float64], lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Say which spots lie inside a closed ring: a line to the east crosses it an odd number of times."""
    x, y = ring[:, 0], ring[:, 1]
    px, py = np.roll(x, 1), np.roll(y, 1)
    inside = np.zeros(lat.size, bool)
    box = (lat >= y.min()) & (lat <= y.max()) & (lon >= x.min()) & (lon <= x.max())
    for k in np.flatnonzero(box):
        crosses = (y > lat[k]) != (py > lat[k])
        at = px[crosses] + (lat[k] - py[crosses]) / (y[crosses] - py[crosses]) * (x[crosses] - px[crosses])
        inside[k] = np.count_nonzero(lon[k] < at) % 2 == 1
    return inside
