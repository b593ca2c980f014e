"""Roads measured on a map layer of them: an OpenStreetMap extract, or any layer of lines.

Lines of the larger classes become a net; each place is tied to its nearest corner; the road between two places is the
shortest way on the net. A link is kept if no third place lies on the way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headlong.case.rows import Cells
from headlong.errors import BadRequest
from headlong.importers.formats.layers import need_geo
from headlong.importers.formats.source import check_file

__all__ = ["OSM", "roads_from_layer"]

OSM = "OpenStreetMap contributors, ODbL (openstreetmap.org/copyright)"
CLASSES = ("motorway", "trunk", "primary", "secondary")
EXTRACTS = (".pbf", ".osm")
KINDS = ("highway", "fclass", "class", "type", "road_class")
TIE_KM = 10.0  # a place farther than this from every line is on no road
WAY_THROUGH = 1.05  # a third place lies on the way if the way by it is no longer than this
EARTH_KM = 6371.0
MOST_WAYS = 3_000_000


def roads_from_layer(path: Path, places: Sequence[Mapping[str, Any]]) -> tuple[list[Cells], list[str]]:
    """Measure the roads between places; return rows of roads.csv and the places that no road comes near.

    Parameters
    ----------
    path : Path
        OpenStreetMap extract (pbf, osm), or a layer of lines.
    places : sequence of mapping
        Rows of places.csv.
    """
    corners, starts, classes = _lines(path)
    ends, length = _pieces(corners, starts)
    node, spots = _nodes(corners, ends)
    tied, apart = _tie(spots, places)
    if not tied:
        raise BadRequest(f"'{path.name}' has no road within {TIE_KM:.0f} km of any place.")
    km = _shortest(node, length, len(spots), [n for _, n, _ in tied])
    to_road = np.array([far for _, _, far in tied])
    km = km + to_road[:, None] + to_road  # never shorter than the straight line
    rows = _links(
        [str(places[i]["id"]) for i, _, _ in tied], km, f"{path.name}: {OSM if classes else 'layer of roads'}"
    )
    return rows, [str(places[i]["id"]) for i in apart]


def _lines(path: Path) -> tuple[NDArray[np.float64], NDArray[np.int64], bool]:
    """Corners of all lines as longitude and latitude (N, 2), where each line starts, and if it is an OSM extract."""
    check_file(path)
    shapely, pyogrio = need_geo("Measuring roads")
    extract = path.suffix.lower() in EXTRACTS
    try:
        info = pyogrio.read_info(path, layer="lines" if extract else None)
        kind = next((name for name in info["fields"] if str(name).lower() in KINDS), None)
        quoted = ", ".join(f"'{c}'" for name in CLASSES for c in (name, f"{name}_link"))
        where = f'"{kind}" IN ({quoted})' if kind else None
        _, _, shapes, _ = pyogrio.raw.read(
            path, layer="lines" if extract else None, columns=[], where=where, max_features=MOST_WAYS
        )
    except Exception as error:
        raise BadRequest(f"'{path.name}' cannot be read as a layer of roads: {str(error)[:160]}") from None
    found = shapely.get_parts(shapely.from_wkb(shapes, on_invalid="ignore"))
    found = found[shapely.get_type_id(found) == 1]
    if not len(found):
        raise BadRequest(f"'{path.name}' has no lines of the classes {', '.join(CLASSES)}.")
    corners, owner = shapely.get_coordinates(found, return_index=True)
    if not np.isfinite(corners).all() or np.abs(corners).max() > 180.5:
        raise BadRequest(f"'{path.name}' is not in degrees. Save it as EPSG:4326.")
    return corners, np.flatnonzero(np.diff(owner, prepend=-1)), extract


def _pieces(
    corners: NDArray[np.float64], starts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Pairs of neighbouring corners (E, 2) and the length of each piece [km]."""
    first = np.arange(len(corners) - 1)
    first = first[~np.isin(first + 1, starts)]
    ends = np.column_stack([first, first + 1])
    lon, lat = np.radians(corners).T
    half = (
        np.sin((lat[ends[:, 1]] - lat[ends[:, 0]]) / 2) ** 2
        + np.cos(lat[ends[:, 0]])
        * np.cos(lat[ends[:, 1]])
        * np.sin((lon[ends[:, 1]] - lon[ends[:, 0]]) / 2) ** 2
    )
    return ends, 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, half)))


def _nodes(
    corners: NDArray[np.float64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Ends of each piece as numbers of nodes (E, 2): corners at one spot are one node; and the nodes' spots."""
    spots, number = np.unique(np.round(corners, 6), axis=0, return_inverse=True)
    return number.reshape(-1)[ends], spots


def _tie(
    spots: NDArray[np.float64], places: Sequence[Mapping[str, Any]]
) -> tuple[list[tuple[int, int, float]], list[int]]:
    """Nearest node of each place and how far it is [km], and the places that are near none."""
    from scipy.spatial import cKDTree

    def on_sphere(lon: Any, lat: Any) -> NDArray[np.float64]:
        lon, lat = np.radians(lon), np.radians(lat)
        return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])

    tree = cKDTree(on_sphere(spots[:, 0], spots[:, 1]))
    far, node = tree.query(on_sphere([p["lon"] for p in places], [p["lat"] for p in places]))
    far = EARTH_KM * far
    tied = [(i, int(node[i]), float(far[i])) for i in range(len(places)) if far[i] <= TIE_KM]
    return tied, [i for i in range(len(places)) if far[i] > TIE_KM]


def _shortest(
    node: NDArray[np.int64], length: NDArray[np.float64], many: int, from_nodes: Sequence[int]
) -> NDArray[np.float64]:
    """Shortest ways on the net between the given nodes [km]; infinite where there is none."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    net = coo_array((np.maximum(length, 1e-6), (node[:, 0], node[:, 1])), shape=(many, many)).tocsr()
    return np.array([dijkstra(net, directed=False, indices=n)[list(from_nodes)] for n in from_nodes])


def _links(ids: Sequence[str], km: NDArray[np.float64], source: str) -> list[Cells]:
    """Links between places without those on whose way a third place lies."""
    rows = []
    for i in range(len(ids)):
        for j in range(i):
            if np.isfinite(km[i, j]):
                by = km[i] + km[j]
                by[[i, j]] = np.inf
                if by.min(initial=np.inf) > WAY_THROUGH * km[i, j]:
                    rows.append(
                        {"from": ids[j], "to": ids[i], "distance_km": round(max(1.0, float(km[i, j])), 1),
                         "class": "primary", "source": source, "confidence": "medium"}
                    )  # fmt: skip
    return sorted(rows, key=lambda row: (row["from"], row["to"]))
