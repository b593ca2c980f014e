"""Make the shipped shapes of countries from the npm package world-atlas (Natural Earth, public domain).

    cd viewer && npm ci && cd .. && python scripts/make_basemap.py

Writes src/headlong/view/figures/land/: the world at 1:50m, and for each bundled case what is around it at 1:10m.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from headlong.case.gallery import gallery, open_case
from headlong.view.figures.basemap import Shape, clipped, freeze, window_around

ROOT = Path(__file__).parents[1]
ATLAS = ROOT / "viewer" / "node_modules" / "world-atlas"
FOLDER = ROOT / "src" / "headlong" / "view" / "figures" / "land"


def simplified(line, tolerance):
    """Points of a line that matter by more than `tolerance` degrees (Douglas and Peucker)."""
    keep = np.zeros(len(line), bool)
    keep[[0, -1]] = True
    if np.array_equal(line[0], line[-1]) and len(line) > 3:
        far = int(np.hypot(*(line - line[0]).T).argmax())
        spans = [(0, far), (far, len(line) - 1)]
        keep[far] = True
    else:
        spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        chord = line[last] - line[first]
        rest = line[first + 1 : last] - line[first]
        length = np.hypot(*chord)
        off = np.abs(rest[:, 0] * chord[1] - rest[:, 1] * chord[0]) / length if length else np.hypot(*rest.T)
        worst = int(off.argmax())
        if off[worst] > tolerance:
            middle = first + 1 + worst
            keep[middle] = True
            spans += [(first, middle), (middle, last)]
    return line[keep]


def shapes_of(path, tolerance, least):
    """Rings of all countries; borders are simplified once, so that neighbours still meet."""
    found = json.loads(path.read_text("utf-8"))
    scale, shift = (np.array(found["transform"][k]) for k in ("scale", "translate"))
    arcs = [simplified(np.cumsum(np.array(arc), axis=0) * scale + shift, tolerance) for arc in found["arcs"]]
    for country in found["objects"]["countries"]["geometries"]:
        polygons = {"Polygon": [country.get("arcs")], "MultiPolygon": country.get("arcs")}.get(
            country["type"], []
        )
        for rings in polygons:
            for ring in rings:
                parts = [arcs[k] if k >= 0 else arcs[~k][::-1] for k in ring]
                whole = np.concatenate([part[:-1] for part in parts])
                if len(whole) >= 3 and np.ptp(whole, axis=0).max() > least:
                    yield Shape(country["properties"]["name"], whole, True)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    world = freeze(shapes_of(ATLAS / "countries-50m.json", 0.02, 0.15), 0.01)
    (FOLDER / "world.json.gz").write_bytes(world)
    print("world", len(world))
    fine = list(shapes_of(ATLAS / "countries-10m.json", 0.008, 0.02))
    for name in gallery():
        places = open_case(name).places
        lat, lon = (np.array([p[c] for p in places]) for c in ("lat", "lon"))
        raw = freeze(clipped(fine, window_around(lat, lon)), 0.002)
        (FOLDER / f"{name}.json.gz").write_bytes(raw)
        print(name, len(raw))


if __name__ == "__main__":
    main()
