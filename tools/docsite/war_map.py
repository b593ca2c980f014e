"""Small map of a war: who held each place at its start, and who held it at its end."""

from __future__ import annotations

from html import escape
from math import log
from typing import Any

import numpy as np

from headlong.case import Case
from headlong.case.case import day_counted
from headlong.view.figures.basemap import clipped, shipped, unwrapped
from headlong.view.figures.palette import HOST, INK, SEA, Mark, marks, shape
from headlong.view.figures.svg import mercator, near

WIDTH, HEIGHT, EDGE = 360, 300, 22
LEAST_STEP = 0.7
"""Points of an outline nearer than this to the last one are left out [pixels]."""


def looks(case: Case) -> dict[str | None, Mark]:
    """Mark of each side, as on the page; None is nobody."""
    sides = [side.id for side in case.sides]
    first = next((side.id for side in case.sides if side.role == "incumbent"), sides[0])
    return dict(zip([*sides, None], marks([*sides, "nobody"], first), strict=True))


def holders(case: Case) -> tuple[dict[str, Any], dict[str, Any]]:
    """Who held each place at the start and at the end of a war."""
    start = {place["id"]: place["held_by"] for place in case.places if place["kind"] != "refuge"}
    end = dict(start)
    for row in changes(case):
        end[row["place"]] = row["to_side"]
    return start, end


def changes(case: Case) -> list[Any]:
    """Changes of hands in the order of the days they count from."""
    return sorted(case.history, key=lambda row: (day_counted(row), row["earliest"], row["place"]))


def war_map(case: Case) -> str:
    """Map of a war as SVG: shape of the first holder; an inner dot of the last one, where that is another."""
    places = [place for place in case.places if place["kind"] != "refuge"]
    lon = unwrapped(np.array([place["lon"] for place in places], float))
    lat = np.array([place["lat"] for place in places], float)
    up = mercator(lat)
    scale = min(
        (WIDTH - 2 * EDGE) / max(float(np.ptp(lon)), 0.1), (HEIGHT - 2 * EDGE) / max(float(np.ptp(up)), 0.1)
    )
    left = WIDTH / 2 - scale * float(lon.min() + lon.max()) / 2
    low = HEIGHT / 2 + scale * float(up.min() + up.max()) / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img" font-family="system-ui, sans-serif">',
        f"<title>{escape(case.title)}: who held what at the start, and at the end</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{SEA}"/>',
    ]
    for found in clipped(shipped(case.id), near(lon, lat)):
        points = thin(
            np.stack([left + scale * found.ring[:, 0], low - scale * mercator(found.ring[:, 1])], 1)
        )
        if len(points) > 2:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            parts.append(f'<polygon points="{path}" fill="{HOST}" stroke="#a9a397" stroke-width="0.7"/>')
    mark_of = looks(case)
    start, end = holders(case)
    spots = {
        place["id"]: (left + scale * x, low - scale * y) for place, x, y in zip(places, lon, up, strict=True)
    }
    for place in sorted(places, key=size):
        parts += dots(spots[place["id"]], size(place), mark_of[start[place["id"]]], mark_of[end[place["id"]]])
    parts += names(places, spots)
    return "\n".join([*parts, "</svg>", ""])


def thin(points: np.ndarray) -> np.ndarray:
    """Outline without points that no eye would tell apart."""
    kept = [points[0]]
    for point in points[1:]:
        if np.abs(point - kept[-1]).max() >= LEAST_STEP:
            kept.append(point)
    return np.array(kept)


def size(place: Any) -> float:
    """Radius of a place [pixels]."""
    if place["kind"] == "capital":
        return 6.5
    people = place["population"] or 1
    return float(np.clip(2.0 + 1.1 * (log(max(people, 1), 10) - 3), 2.8, 5.5))


def dots(at: tuple[float, float], radius: float, first: Mark, last: Mark) -> list[str]:
    """Shape of the first holder, and an inner dot where the last holder is another."""
    drawn = [shape(first, *at, radius) + f' fill="{first.colour}" stroke="{INK}" stroke-width="0.7"/>']
    if last != first:
        drawn.append(
            f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{0.62 * radius:.1f}" fill="{last.colour}" '
            f'stroke="{INK}" stroke-width="0.4"/>'
        )
    return drawn


def names(places: list[Any], spots: dict[str, tuple[float, float]]) -> list[str]:
    """Names of the largest places that have room."""
    drawn, taken = [], []
    for place in sorted(places, key=lambda p: (p["kind"] != "capital", -(p["population"] or 0)))[:14]:
        x, y = spots[place["id"]]
        name = place["name"].split(" (")[0]
        room = 5.5 * len(name) + 8
        side = "end" if x + room > WIDTH else "start"
        box = (x - room if side == "end" else x, y)
        if any(abs(box[0] - a) < 70 and abs(y - b) < 11 for a, b in taken):
            continue
        taken.append(box)
        shift = -8 if side == "end" else 8
        drawn.append(
            f'<text x="{x + shift:.1f}" y="{y + 3:.1f}" font-size="9" text-anchor="{side}" fill="{INK}" '
            f'paint-order="stroke" stroke="#fff" stroke-width="2.5">{escape(name)}</text>'
        )
    return drawn
