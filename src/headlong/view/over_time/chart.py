"""One place over time: who may hold it and how likely it is to change hands, by kept forecast, with the reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from headlong.archive.archive import Archive
from headlong.archive.over_time import of_place
from headlong.errors import BadRequest
from headlong.files import whole
from headlong.text import day
from headlong.view.figures.palette import ACCENT, INK, made_by, marks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEIGHT = 2.6
MOST = 6
"""Places in one figure."""


def draw_over_time(archive: Archive, places: list[str], path: Path) -> None:
    """Write a chart of some places over time.

    Parameters
    ----------
    archive : Archive
        With at least one kept forecast.
    places : list of str
        Ids.
    path : Path
        File that ends in .svg or .png.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise BadRequest("figures need matplotlib. Install it with: pip install 'headlong[plots]'") from None
    if len(places) > MOST:
        raise BadRequest(f"{len(places)} places are too many for one chart: name at most {MOST}.")
    figure = Figure(figsize=(8.0, HEIGHT * len(places) + 0.7), layout="constrained")
    rows = figure.subplots(len(places), 1, sharex=True, squeeze=False)[:, 0]
    for place, ax in zip(places, rows, strict=True):
        draw_place(archive, place, ax)
    newest = archive.latest
    rows[0].legend(fontsize=7, loc="upper left", ncols=4)
    figure.suptitle(f"{newest.data.attrs['title']}: {len(archive.dailies)} forecasts over time", fontsize=10)
    rows[-1].set_xlabel("evening from which each forecast starts; marks: reports of the place", fontsize=8)
    with whole(path) as part:
        form = path.suffix[1:].lower()
        figure.savefig(part, format=form, dpi=160, metadata=made_by(form))


def draw_place(archive: Archive, place: str, ax: Axes) -> None:
    """Add one place: shares of holders as bands, chances of change as lines, reports as marks."""
    found, newest = of_place(archive, place), archive.latest
    inits: Any = np.array([np.datetime64(str(d.init)) for d in archive.dailies])
    none = [np.nan] * len(newest.sides)
    held = np.array([h or none for h in found["held"]], float)
    base = np.zeros(len(inits))
    looks = marks(newest.sides)
    names = [str(name)[:28] for name in newest.data["side_name"].values]
    for side, look in enumerate(looks):
        share = held[:, side]
        if np.nanmax(share, initial=0.0) > 0.0:
            ax.fill_between(
                inits, base, base + share, color=look.colour, alpha=0.35, lw=0, label=f"held by {names[side]}"
            )
            base = base + np.nan_to_num(share)
    near, far = newest.window(7), newest.window(30)
    ax.plot(
        inits,
        np.array(found["p_near"], float),
        "-o",
        color=ACCENT,
        ms=3,
        label=f"changes hands within {near} days",
    )
    ax.plot(inits, np.array(found["p_far"], float), "--", color=INK, lw=1, label=f"within {far} days")
    for init, reports in zip(inits, found["reports"], strict=True):
        if reports:
            text = ", ".join(reports[:2]) + (" …" if len(reports) > 2 else "")
            ax.annotate(text, (init, 1.0), fontsize=6, rotation=90, ha="center", va="top")
            ax.plot([init], [1.0], "v", color=INK, ms=4)
    ax.set_ylim(0, 1.02)
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "25 %", "50 %", "75 %", "100 %"], fontsize=7)
    shown = inits[:: max(1, -(-len(inits) // 8))]
    ax.set_xticks(shown, [day(str(d)) for d in shown], fontsize=7)
    ax.set_title(found["name"], loc="left", fontsize=9)
