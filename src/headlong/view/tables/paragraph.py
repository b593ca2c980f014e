"""A paragraph and a table to paste into a situation report (Markdown)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from headlong.forecast.results.too_few import at_most
from headlong.text import SURE, UNKNOWN, day, holder_in_words, inert, people, percent, span
from headlong.view.tables.outlook import arms_of

if TYPE_CHECKING:
    import xarray as xr

    from headlong.forecast.results.shapes.forecast import ForecastSummary, PlaceEntry

__all__ = ["markdown"]

SHOWN = 10
LEAST = 0.01  # places less likely to change hands are left out


def markdown(forecast: xr.Dataset) -> str:
    """Return the forecast in words: what may happen, the places likeliest to change hands, crossings, what it is.

    Parameters
    ----------
    forecast : xarray.Dataset
        From `headlong.forecast`; of a what-if each arm after the other.
    """
    from headlong.forecast.results.summary import summarise

    parts = []
    for arm, one in arms_of(forecast):
        summary = summarise(one)
        heading = f"## {summary['title']}: forecast from the evening of {day(summary['init'], year=True)}"
        parts += [
            heading + (f" ({arm})" if arm else ""),
            summary["sentence"],
            _places(summary),
            _crossings(summary),
        ]
        parts.append(
            f"*Model estimate of {summary['members']:,} simulated futures, {summary['days']} days ahead; control at "
            f"the start: {summary['control_from']}. Headlong {summary['version']}; read it with its track record.*"
        )
    return inert("\n\n".join(part for part in parts if part)) + "\n"


def _cell(text: str) -> str:
    """A text as a cell of a table."""
    return " ".join(text.replace("|", "\\|").split())


def _places(summary: ForecastSummary) -> str:
    windows = list(summary["places"][0]["p_change"]) if summary["places"] else []
    last = windows[-1] if windows else ""
    ranked = [
        p
        for p in sorted(summary["places"], key=lambda p: -p["p_change"][last])
        if p["p_change"][last] >= LEAST
    ]
    if not ranked:
        return "No place has a chance of one per cent or more of changing hands."
    names = {side["id"]: side["name"] for side in summary["sides"]}
    head = [
        "Place",
        "Held by",
        *(f"within {w} days" for w in windows),
        "If so, likeliest to",
        "Median date (50 %)",
    ]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for place in ranked[:SHOWN]:
        held = place["held_by"].get(place["holder"] or "none", 1.0)
        inner = place["interval_50"]
        when = day(place["median_date"]) + (f" ({span(inner)})" if inner and inner[0] else "")
        holder = holder_in_words(names.get(place["holder"] or "", "nobody"), held)
        cells = [place["name"], holder, *(percent(place["p_change"][w]) for w in windows),
                 new_holder(place, names), when]  # fmt: skip
        lines.append(f"| {' | '.join(map(_cell, cells))} |")
    return "\n".join(lines) + _of_doubt(ranked[:SHOWN], summary["init"])


def new_holder(place: PlaceEntry, names: Mapping[str, str]) -> str:
    """Return who likeliest takes a place, other than who is shown as its holder: some members start with others."""
    takers = (side for side in place["to"] if side != (place["holder"] or "none"))
    return next((names.get(side, "nobody") for side in takers), UNKNOWN)


def _of_doubt(places: Sequence[PlaceEntry], init: str) -> str:
    """Say what stands in brackets behind a holder, where any is not sure."""
    if all(place["held_by"].get(place["holder"] or "none", 1.0) >= SURE for place in places):
        return ""
    return (
        f"\n\nIn brackets: chance that the side holds the place on the evening of {day(init)}, where that is not sure. "
        "A place changes hands in a simulated future when whoever holds it there that evening loses it."
    )


def _crossings(summary: ForecastSummary) -> str:
    """People over the border by the end, where anyone goes."""
    busy = [c for c in summary["crossings"] if at_most(c, "civilians") > 0]
    if not busy:
        return ""
    head = "| Crossing | civilians, median | P90 |\n|---|---|---|"
    ranked = sorted(busy, key=lambda c: -at_most(c, "civilians"))[:SHOWN]
    rows = [
        f"| {_cell(c['name'])} | {people(c['p50']['civilians'])} | {people(c['p90']['civilians'])} |"
        for c in ranked
    ]
    return "\n".join([head, *rows])
