"""A forecast as one still picture (SVG): for notebooks, and wherever scripts do not run."""

from __future__ import annotations

from html import escape
from math import log, pi
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from headlong.text import day, percent
from headlong.view.figures.basemap import clipped, inside, shipped
from headlong.view.figures.palette import ACCENT, HOST, INK, LAND, SEA, Mark, marks, shape

if TYPE_CHECKING:
    import xarray as xr

WIDTH, HEIGHT, MAP = 860, 400, 500
SHOWN = 9
WINDOW = 7


def sketch(forecast: xr.Dataset) -> str:
    """Still picture of a forecast as SVG: who may hold what, and what falls next.

    Parameters
    ----------
    forecast : xarray.Dataset
        From `headlong.forecast`; of a what-if the baseline is drawn.
    """
    from headlong.forecast.results.summary import fall_probability, summarise

    forecast = forecast.isel(arm=0, drop=True) if "arm" in forecast.dims else forecast
    summary = summarise(forecast)
    within = min(WINDOW, forecast.sizes["time"] - 1)
    chance = fall_probability(forecast, within).values
    init = str(forecast["time"].values[0])[:10]
    until = str(forecast["time"].values[within])[:10]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'role="img" font-family="system-ui, sans-serif" style="background:#fff">',
        f"<title>{escape(summary['title'])}: forecast from the evening of {day(init, year=True)}</title>",
        text(10, 22, summary["title"], 16, bold=True),
        text(10, 40, f"from the evening of {day(init, year=True)}, who may hold what on {day(until)}", 12),
        *map_parts(forecast, within),
        *list_parts(forecast, chance, f"Falls next: chance by {day(until)}"),
        text(
            10,
            HEIGHT - 8,
            f"Model estimate of {summary['members']:,} futures. Boundaries: Natural Earth.",
            10,
        ),
        "</svg>",
    ]
    return f"<div>{''.join(parts)}<p>{escape(summary['sentence'])}</p></div>"


def text(x: float, y: float, words: str, size: int, bold: bool = False, anchor: str = "start") -> str:
    """Text of a picture."""
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}"{weight} text-anchor="{anchor}" fill="{INK}">'
        f"{escape(words)}</text>"
    )


def mercator(lat: Any) -> Any:
    """Height on a Mercator map, in degrees of longitude."""
    return np.degrees(np.log(np.tan(pi / 4 + np.radians(lat) / 2)))


def map_parts(forecast: xr.Dataset, within: int) -> list[str]:
    """Land, places and their likeliest holders."""
    inner = np.flatnonzero(forecast["kind"].values != "refuge")
    lon, lat = (np.asarray(forecast[name].values, float) for name in ("lon", "lat"))
    y = mercator(lat)
    k = min((MAP - 60) / max(np.ptp(lon[inner]), 0.1), (HEIGHT - 110) / max(np.ptp(y[inner]), 0.1))
    left = MAP / 2 - k * (lon[inner].min() + lon[inner].max()) / 2
    low = (HEIGHT + 30) / 2 + k * (y[inner].min() + y[inner].max()) / 2

    def spot(x: float, up: float) -> tuple[float, float]:
        return left + k * x, low - k * up

    parts = ['<defs><clipPath id="hl-map">', f'<rect x="8" y="48" width="{MAP}" height="{HEIGHT - 70}"/>']
    parts += ["</clipPath></defs>", '<g clip-path="url(#hl-map)">']
    parts.append(f'<rect x="8" y="48" width="{MAP}" height="{HEIGHT - 70}" fill="{SEA}"/>')
    shapes = list(clipped(shipped(str(forecast.attrs.get("case", ""))), near(lon[inner], lat[inner])))
    hosts = {s.name for s in shapes if inside(s.ring, lat[inner], lon[inner]).sum() > 0.3 * len(inner)}
    for found in shapes:
        points = " ".join(f"{a:.0f},{b:.0f}" for a, b in (spot(p, mercator(q)) for p, q in found.ring))
        fill = HOST if found.name in hosts else LAND
        parts.append(f'<polygon points="{points}" fill="{fill}" stroke="#a9a397" stroke-width="0.8"/>')
    share = held_shares(forecast, within)
    looks = marks([str(s) for s in forecast["side"].values])
    for n in inner[np.argsort(forecast["population"].values[inner])]:
        parts.append(glyph(*spot(lon[n], y[n]), size_of(forecast, n), share[n], looks))
    taken: list[tuple[float, float]] = []
    for n in inner[np.argsort(-forecast["population"].values[inner])][:16]:
        at = spot(lon[n], y[n])
        if all(abs(at[0] - a) > 90 or abs(at[1] - b) > 13 for a, b in taken):
            name = text(at[0] + 9, at[1] + 4, str(forecast["place_name"].values[n]), 11)
            parts.append(
                name.replace("<text", '<text paint-order="stroke" stroke="#fff" stroke-width="3"', 1)
            )
            taken.append(at)
    return [*parts, "</g>"]


def near(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> tuple[float, float, float, float]:
    """Window a little larger than the picture's map."""
    x = 0.25 * float(max(np.ptp(lon), np.ptp(lat))) + 0.5
    return float(lon.min() - x), float(lat.min() - x), float(lon.max() + x), float(lat.max() + x)


def held_shares(forecast: xr.Dataset, when: int) -> NDArray[np.float64]:
    """Share of futures in which each side holds each place on a day (place, side)."""
    control = forecast["control"].isel(time=when).values
    weight = forecast["weight"].values / forecast["weight"].values.sum()
    return np.stack([weight @ (control == s) for s in range(forecast.sizes["side"])], axis=1)


def size_of(forecast: xr.Dataset, n: int) -> float:
    """Radius of a place [pixels]."""
    if str(forecast["kind"].values[n]) == "capital":
        return 9.0
    return float(np.clip(3 + 1.3 * (log(max(1.0, forecast["population"].values[n]), 10) - 3), 4.0, 8.0))


def glyph(x: float, y: float, r: float, share: NDArray[np.float64], looks: list[Mark]) -> str:
    """Shape of the likeliest holder; an inner dot in the colour of the next, as large as its share."""
    first, second = np.argsort(-share, kind="stable")[:2]
    mark = shape(looks[first], x, y, r) + f' fill="{looks[first].colour}" stroke="{INK}" stroke-width="0.8"/>'
    if share[second] >= 0.02:
        inner = 1.2 * r * float(np.sqrt(share[second]))
        mark += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{inner:.1f}" fill="{looks[second].colour}"/>'
    return mark


def list_parts(forecast: xr.Dataset, chance: NDArray[np.float64], heading: str) -> list[str]:
    """Bars of the places likeliest to change hands, and what the shapes mean."""
    x = MAP + 28
    parts = [text(x, 62, heading, 13, bold=True)]
    for row, n in enumerate(np.argsort(-chance, kind="stable")[:SHOWN]):
        y = 84 + 24 * row
        name = str(forecast["place_name"].values[n])
        parts.append(text(x, y, name if len(name) < 20 else f"{name[:18]}…", 12))
        parts.append(f'<rect x="{x + 140}" y="{y - 10}" width="120" height="11" fill="{LAND}"/>')
        parts.append(
            f'<rect x="{x + 140}" y="{y - 10}" width="{120 * chance[n]:.1f}" height="11" fill="{ACCENT}"/>'
        )
        parts.append(text(x + 306, y, percent(float(chance[n])), 12, bold=True, anchor="end"))
    looks = marks([str(s) for s in forecast["side"].values])
    for row, side in enumerate(forecast["side_name"].values[:-1][:4]):
        y = 84 + 24 * SHOWN + 16 * row + 8
        parts.append(shape(looks[row], x + 6, y - 4, 5) + f' fill="{looks[row].colour}" stroke="{INK}"/>')
        parts.append(text(x + 18, y, str(side)[:46], 11))
    return parts
