"""Roads where nobody has a table of them: proposed from neighbours, or measured on a map layer of roads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headlong.case.rows import Cells

__all__ = ["propose_roads", "straight"]

DETOUR = 1.15  # a link is left out if a third place lies on a way no longer than so many times the link
WINDING = 1.27  # road over straight line: median of the eight bundled cases
EARTH_KM = 6371.0
MOST = 5000  # places, for the table of all distances
SOURCE = "proposed: nearest neighbours that need no detour, straight line times 1.27"


def propose_roads(places: Sequence[Mapping[str, Any]]) -> list[Cells]:
    """Propose a link between neighbours that no third place lies between, and the links that hold all together.

    Parameters
    ----------
    places : sequence of mapping
        Rows of places.csv.

    Returns
    -------
    list of dict
        Rows of roads.csv, marked as proposed.
    """
    if len(places) < 2:
        return []
    km = straight(places)
    pairs = sorted(_neighbours(places, km) | _holding_together(km))
    return [
        {"from": places[i]["id"], "to": places[j]["id"], "distance_km": round(max(1.0, WINDING * km[i, j])),
         "class": "secondary", "source": SOURCE, "confidence": "low"}
        for i, j in pairs
    ]  # fmt: skip


def straight(places: Sequence[Mapping[str, Any]]) -> NDArray[np.float64]:
    """Great-circle distances between places (P, P) [km]."""
    lat, lon = (np.radians([float(p[c]) for p in places]) for c in ("lat", "lon"))
    half = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, half))))


def _neighbours(places: Sequence[Mapping[str, Any]], km: NDArray[np.float64]) -> set[tuple[int, int]]:
    """Sides of the triangles between places (Delaunay) without those that a third place lies on the way of."""
    from scipy.spatial import Delaunay, QhullError

    lat = np.radians([float(p["lat"]) for p in places])
    spots = np.column_stack([np.radians([float(p["lon"]) for p in places]) * np.cos(lat.mean()), lat])
    try:
        corners = Delaunay(spots, qhull_options="Qbb Qc QJ").simplices
    except (QhullError, ValueError):  # fewer than four places, or all on one line
        corners = np.array([(i, j, j) for i in range(len(places)) for j in range(i)])
    edges = {
        (int(min(a, b)), int(max(a, b)))
        for t in corners
        for a, b in ((t[0], t[1]), (t[1], t[2]), (t[0], t[2]))
    }
    kept = set()
    for i, j in edges:
        if i != j:
            around = km[i] + km[j]
            around[[i, j]] = np.inf
            if around.min() > DETOUR * km[i, j]:
                kept.add((i, j))
    return kept


def _holding_together(km: NDArray[np.float64]) -> set[tuple[int, int]]:
    """Links of the shortest net that joins all places (minimum spanning tree)."""
    from scipy.sparse.csgraph import minimum_spanning_tree

    tree = minimum_spanning_tree(np.maximum(km, 1e-6)).tocoo()
    return {(int(min(i, j)), int(max(i, j))) for i, j in zip(tree.row, tree.col, strict=True)}
