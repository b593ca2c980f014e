"""Shapes of countries behind the map: shipped ones clipped to the case, a user's own GeoJSON, or none."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

import numpy as np
from numpy.typing import NDArray

from headlong.errors import BadRequest
from headlong.files import must_be_plain

CAPTION = "Boundaries: Natural Earth, of today and de facto. Showing them endorses none."
OWN = "Boundaries: {name}, given by the user."
STEPS = 16383
"""Coordinates are whole numbers of this many steps across the window."""
MARGIN, LEAST_MARGIN = 0.75, 2.0
"""Land is kept around the places: this share of their extent on each side, and this many degrees at least."""
LABEL_SHARE = 0.012
"""A country is named where it fills this share of the window."""

Ring = NDArray[np.float64]  # (n, 2): longitude, latitude
Window = tuple[float, float, float, float]  # west, south, east, north


class Land(TypedDict):
    """What the header of a page says of the land: names and where to write them; which countries the places are in."""

    caption: str
    window: tuple[float, float, float, float]
    steps: int
    names: list[str]
    labels: list[tuple[str, float, float]]
    focus: list[int]


class Shape(NamedTuple):
    """One outline."""

    name: str
    ring: Ring
    closed: bool


def land_of(
    lat: NDArray[np.float64], lon: NDArray[np.float64], basemap: str | None, case: str
) -> tuple[Land | None, dict[str, NDArray[Any]]]:
    """Land around places: what the header says of it, and its columns.

    Parameters
    ----------
    lat, lon : ndarray
        Where the places are [degrees].
    basemap : str or None
        ``none``, a GeoJSON file, or None for the shipped shapes.
    case : str
        Id of the case, for which finer shapes may be shipped.
    """
    if basemap == "none" or not len(lat):
        return None, {}
    lon = unwrapped(lon)
    window = window_around(lat, lon)
    if basemap is None:
        shapes, caption = shipped(case), CAPTION
    else:
        shapes, caption = geojson(Path(basemap)), OWN.format(name=Path(basemap).name)
    kept = list(clipped(shapes, window))
    if not kept:
        return None, {}
    return describe(kept, window, caption, lat, lon), _coded(kept, window)


def unwrapped(lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitudes on one side of the widest gap between them, so that a country across 180 degrees stays whole."""
    ordered = np.sort(lon)
    if np.ptp(ordered) <= 180:
        return lon
    gaps = np.diff(ordered)
    widest = int(gaps.argmax())
    if gaps[widest] <= ordered[0] + 360 - ordered[-1]:
        return lon
    return np.where(lon <= ordered[widest], lon + 360, lon)


def window_around(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Window:
    """Degrees west, south, east and north of the land that is kept."""
    across, up = np.ptp(lon), np.ptp(lat)
    x, y = (max(LEAST_MARGIN, MARGIN * max(across, up)) for _ in "xy")
    return (
        float(lon.min() - x),
        float(max(-85.0, lat.min() - y)),
        float(lon.max() + x),
        float(min(85.0, lat.max() + y)),
    )


def shipped(case: str) -> list[Shape]:
    """Shapes shipped for a case, or of the world."""
    folder = files("headlong.view.figures") / "land"
    path = folder / f"{case}.json.gz"
    if not (case and path.is_file()):
        path = folder / "world.json.gz"
    return thaw(path.read_bytes())


def freeze(shapes: Iterable[Shape], grain: float) -> bytes:
    """Shapes as a small file: steps of `grain` degrees, each point as the difference from the one before."""
    rows = []
    for shape in shapes:
        steps = np.rint(shape.ring / grain).astype(np.int64)
        first = np.diff(steps, axis=0, prepend=0)
        rows.append([shape.name, first.ravel().tolist()])
    text = json.dumps({"grain": grain, "rings": rows}, separators=(",", ":"), ensure_ascii=False)
    return gzip.compress(text.encode(), 9, mtime=0)


def thaw(raw: bytes) -> list[Shape]:
    """Shapes of a file that `freeze` wrote."""
    found = json.loads(gzip.decompress(raw))
    grain = found["grain"]
    return [
        Shape(name, np.cumsum(np.reshape(steps, (-1, 2)), axis=0) * grain, True)
        for name, steps in found["rings"]
    ]


def geojson(path: Path) -> list[Shape]:
    """Outlines of a user's GeoJSON file, in degrees of longitude and latitude."""
    must_be_plain(path, "a GeoJSON file")
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise BadRequest(f"no file {path} for the basemap. Name a GeoJSON file, or none.") from None
    except (UnicodeDecodeError, ValueError) as error:
        raise BadRequest(f"{path} is not GeoJSON: {error}.") from None
    try:
        shapes = list(outlines(found, ""))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadRequest(f"{path} is JSON, but not GeoJSON that can be drawn: {error!r}.") from None
    if not shapes:
        raise BadRequest(f"{path} holds no polygon and no line.")
    return shapes


def outlines(found: dict[str, Any], name: str) -> Iterator[Shape]:
    """Every outline in a GeoJSON object."""
    kind = found["type"]
    if kind == "FeatureCollection":
        for feature in found["features"]:
            yield from outlines(feature, name)
    elif kind == "Feature":
        if found.get("geometry"):
            yield from outlines(found["geometry"], str((found.get("properties") or {}).get("name", "")))
    elif kind == "GeometryCollection":
        for geometry in found["geometries"]:
            yield from outlines(geometry, name)
    else:
        nested: Any = found["coordinates"]
        for _ in range({"MultiPolygon": 1, "LineString": -1}.get(kind, 0)):
            nested = [ring for part in nested for ring in part]
        if kind in ("Polygon", "MultiPolygon", "MultiLineString", "LineString"):
            for ring in [nested] if kind == "LineString" else nested:
                yield Shape(name, np.array([point[:2] for point in ring], float), "Polygon" in kind)


def clipped(shapes: Sequence[Shape], window: Window) -> Iterator[Shape]:
    """Shapes inside a window, cut at its edge; a window beyond 180 degrees sees the other side, too."""
    west, south, east, north = window
    turned = (0.0,) if west >= -180 and east <= 180 else (-360.0, 0.0, 360.0)
    for shape in (s._replace(ring=_turned_by(s.ring, turn)) for turn in turned for s in shapes):
        low, high = shape.ring.min(axis=0), shape.ring.max(axis=0)
        if low[0] > east or high[0] < west or low[1] > north or high[1] < south:
            continue
        if shape.closed and (low[0] < west or high[0] > east or low[1] < south or high[1] > north):
            ring = cut(shape.ring, window)
            if len(ring) >= 3:
                yield shape._replace(ring=ring)
        elif len(shape.ring) >= 2:
            yield shape._replace(ring=np.clip(shape.ring, (west, south), (east, north)))


def _turned_by(ring: Ring, turn: float) -> Ring:
    """Ring turned around the globe; one that jumps from 180 to -180 degrees and back is made whole."""
    lon = np.unwrap(ring[:, 0], period=360.0)
    whole = ring[:, 0] if abs(lon[-1] - lon[0]) > 180 else lon
    return np.stack([whole + turn, ring[:, 1]], axis=1)


def cut(ring: Ring, window: Window) -> Ring:
    """Ring cut at the four edges of a window, one after the other (Sutherland and Hodgman)."""
    points = ring.tolist()
    for axis, edge, sign in ((0, window[0], 1), (1, window[1], 1), (0, window[2], -1), (1, window[3], -1)):
        kept: list[list[float]] = []
        for k, here in enumerate(points):
            before = points[k - 1]
            inside, was = sign * (here[axis] - edge) >= 0, sign * (before[axis] - edge) >= 0
            if inside != was:
                t = (edge - before[axis]) / (here[axis] - before[axis])
                kept.append([before[i] + t * (here[i] - before[i]) for i in (0, 1)])
            if inside:
                kept.append(here)
        points = kept
    return np.array(points).reshape(-1, 2)


def area_and_centre(ring: Ring) -> tuple[float, float, float]:
    """Area of a ring [square degrees] and its centre of gravity."""
    x, y = ring.T
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    area = cross.sum() / 2
    if abs(area) < 1e-9:
        return 0.0, float(x.mean()), float(y.mean())
    return (
        abs(float(area)),
        float(((x + np.roll(x, -1)) * cross).sum() / (6 * area)),
        float(((y + np.roll(y, -1)) * cross).sum() / (6 * area)),
    )


def inside(ring: Ring, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which points are in a ring."""
    x, y = ring.T
    x2, y2 = np.roll(x, -1), np.roll(y, -1)
    straddles = (y[:, None] > lat) != (y2[:, None] > lat)
    rise = np.where(y2 == y, 1.0, y2 - y)[:, None]
    left = lon < (x2 - x)[:, None] * (lat - y[:, None]) / rise + x[:, None]
    return np.asarray((straddles & left).sum(axis=0) % 2 == 1)


def describe(
    shapes: list[Shape], window: Window, caption: str, lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> Land:
    """Header of the land: names with where to write them, and which countries the places are in."""
    names = sorted({shape.name for shape in shapes})
    whole = (window[2] - window[0]) * (window[3] - window[1])
    labels, hosts = [], []
    for name in names:
        rings = [shape.ring for shape in shapes if shape.name == name and shape.closed]
        hosts.append(int(sum(inside(ring, lat, lon).sum() for ring in rings)))
        area, x, y = max((area_and_centre(ring) for ring in rings), default=(0.0, 0.0, 0.0))
        if name and area > LABEL_SHARE * whole:
            labels.append((name, round(x, 3), round(y, 3)))
    most = max(hosts, default=0)
    focus = [k for k, count in enumerate(hosts) if count and count >= 0.3 * most]
    return {
        "caption": caption,
        "window": window,
        "steps": STEPS,
        "names": names,
        "labels": labels,
        "focus": focus,
    }


def _coded(shapes: list[Shape], window: Window) -> dict[str, NDArray[Any]]:
    """Columns of the land: points as differences, where rings start, whose they are, whether closed."""
    west, south, east, north = window
    names = sorted({shape.name for shape in shapes})
    points, starts, at = [], [], 0
    for shape in shapes:
        share = (shape.ring - (west, south)) / (east - west, north - south)
        steps = np.rint(np.clip(share, 0, 1) * STEPS).astype(np.int32)
        moved = np.r_[True, (np.diff(steps, axis=0) != 0).any(axis=1)]
        points.append(np.diff(steps[moved], axis=0, prepend=0))
        starts.append(at)
        at += len(points[-1])
    return {
        "land.xy": np.concatenate(points).astype(np.int16),
        "land.start": np.array([*starts, at], np.uint32),
        "land.owner": np.array([names.index(shape.name) for shape in shapes], np.uint16),
        "land.closed": np.array([shape.closed for shape in shapes], np.uint8),
    }
