"""Figures for papers and print, with matplotlib (pip install 'headlong[plots]')."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from headlong.errors import BadRequest
from headlong.text import FEW_MEMBERS, day
from headlong.view.figures.basemap import clipped, shipped, window_around
from headlong.view.figures.palette import HOST, INK, SEA, marks
from headlong.view.figures.svg import held_shares, mercator, size_of

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.axes import Axes

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
NAMED = 12


def axes_of(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """Axes to draw on: given ones, or of a new figure."""
    if ax is not None:
        return ax
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        raise BadRequest("figures need matplotlib. Install it with: pip install 'headlong[plots]'") from None
    return plt.subplots(figsize=size, layout="constrained")[1]


def one(forecast: xr.Dataset) -> xr.Dataset:
    """A forecast as it is; of a what-if the baseline."""
    return forecast.isel(arm=0, drop=True) if "arm" in forecast.dims else forecast


def draw_map(forecast: xr.Dataset, on: int = 7, ax: Axes | None = None, basemap: bool = True) -> Axes:
    """Draw who may hold what on the evening of one day.

    Parameters
    ----------
    forecast : xarray.Dataset
        From `headlong.forecast`; of a what-if the baseline is drawn.
    on : int
        Days after init.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.
    basemap : bool
        Whether to draw countries.

    Returns
    -------
    matplotlib.axes.Axes
        ``.figure.savefig("map.pdf")`` writes it.

    Raises
    ------
    BadRequest
        matplotlib is not installed, or the day is not within the forecast.
    """
    forecast = one(forecast)
    on = days_within(forecast, on)
    ax = axes_of(ax, (7.2, 5.2))
    lon, lat = (np.asarray(forecast[name].values, float) for name in ("lon", "lat"))
    y = mercator(lat)
    inner = np.flatnonzero(forecast["kind"].values != "refuge")
    if basemap:
        for found in clipped(shipped(str(forecast.attrs.get("case", ""))), window_around(lat, lon)):
            ax.fill(found.ring[:, 0], mercator(found.ring[:, 1]), fc=HOST, ec="#a9a397", lw=0.6, zorder=1)
    ax.set_facecolor(SEA)
    share = held_shares(forecast, on)
    draw_places(ax, forecast, share, inner, lon, y)
    edge = 0.06 * max(np.ptp(lon[inner]), np.ptp(y[inner])) + 0.1
    ax.set_xlim(lon[inner].min() - edge, lon[inner].max() + edge)
    ax.set_ylim(y[inner].min() - edge, y[inner].max() + edge)
    ax.set_aspect("equal")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_title(title(forecast, f"who may hold what on {when(forecast, on)}"), loc="left", fontsize=10)
    ax.set_xlabel(
        "Inner dot: share of futures of the next likeliest holder. Boundaries: Natural Earth.", fontsize=7
    )
    return ax


def draw_places(ax: Axes, forecast: xr.Dataset, share: Any, inner: Any, lon: Any, y: Any) -> None:
    """Add places: the mark of the likeliest holder, a dot for the next, names of the largest."""
    looks = marks([str(s) for s in forecast["side"].values])
    order = np.argsort(-share, axis=1, kind="stable")
    names = [str(name)[:32] for name in forecast["side_name"].values]
    for side, look in enumerate(looks):
        own = [n for n in inner if order[n, 0] == side]
        sizes = [(1.5 * size_of(forecast, n)) ** 2 for n in own]
        if own:
            ax.scatter(lon[own], y[own], s=sizes, c=look.colour, marker=look.marker, ec=INK, lw=0.6, zorder=3, label=names[side])  # fmt: skip  # noqa: E501
    for n in inner:
        next_share = share[n, order[n, 1]]
        if next_share >= 0.02:
            colour = looks[order[n, 1]].colour
            ax.scatter(
                lon[n], y[n], s=(1.5 * size_of(forecast, n)) ** 2 * next_share, c=colour, lw=0, zorder=4
            )
    for n in inner[np.argsort(-forecast["population"].values[inner])][:NAMED]:
        name = str(forecast["place_name"].values[n])
        ax.annotate(name, (lon[n], y[n]), xytext=(6, 2), textcoords="offset points", fontsize=7, zorder=5)
    ax.legend(fontsize=7, loc="lower left")


def draw_timeline(forecast: xr.Dataset, ax: Axes | None = None) -> Axes:
    """Draw how many places each side holds, day by day: median, 50 and 90 % of futures; of a few the median alone.

    Parameters
    ----------
    forecast : xarray.Dataset
        From `headlong.forecast`; of a what-if the baseline is drawn.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes
        Days across, places held up.

    Raises
    ------
    BadRequest
        matplotlib is not installed.
    """
    forecast = one(forecast)
    ax = axes_of(ax, (6.4, 3.4))
    inner = forecast["kind"].values != "refuge"
    time = forecast["time"].values
    looks = marks([str(s) for s in forecast["side"].values])
    styles = ("-", "--", ":", "-.")
    few = forecast.sizes["member"] < FEW_MEMBERS
    for side, name in enumerate(forecast["side_name"].values[:-1]):
        held = (forecast["control"].values[:, :, inner] == side).sum(axis=2)
        low, lower, middle, upper, high = np.quantile(held, LEVELS, axis=0, method="inverted_cdf")
        colour = looks[side].colour
        if not few:
            ax.fill_between(time, low, high, color=colour, alpha=0.18, lw=0)
            ax.fill_between(time, lower, upper, color=colour, alpha=0.3, lw=0)
        ax.plot(time, middle, styles[side % 4], color=colour, lw=2, label=str(name)[:40])
    ax.set_ylabel("places held")
    ax.set_ylim(0)
    spread = "median; members too few for an interval" if few else "median, 50 and 90 %"
    ax.set_title(title(forecast, f"places held, {spread}"), loc="left", fontsize=10)
    ax.legend(fontsize=7)
    ax.figure.autofmt_xdate()
    return ax


def days_within(forecast: xr.Dataset, days: int) -> int:
    """Days after init, checked."""
    if not 0 <= days < forecast.sizes["time"]:
        raise BadRequest(f"day {days} is not within the forecast's {forecast.sizes['time'] - 1} days.")
    return int(days)


def when(forecast: xr.Dataset, on: int) -> str:
    """Day as it is written."""
    return day(str(forecast["time"].values[on])[:10])


def title(forecast: xr.Dataset, what: str) -> str:
    """Title of a figure: the forecast, and what is drawn."""
    init = day(str(forecast["time"].values[0])[:10], year=True)
    return f"{forecast.attrs.get('title', '')}, from the evening of {init}:\n{what}"
