"""Reports in a forecast file, and how each moved it, as the page's header carries them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from headlong.view.page.shapes import Report, ReportsBlock, SourceRow

if TYPE_CHECKING:
    import xarray as xr

NUMBERS = ("weight", "counted", "before", "after", "country_before", "country_after")
TEXTS = (
    "place",
    "claim",
    "side",
    "leader",
    "polarity",
    "source_class",
    "verification",
    "interest",
    "outlet",
    "origin",
    "words",
)
IDLE = ("no_place", "no_side", "no_place_and_no_side", "refuge", "nobody")
"""Why a report can move no place: what its claim needs and lacks, a refuge, or a claim that speaks of no holder."""
STAMPS = ("published_at", "event_date")
SOURCES = ("reliability", "reliability_low", "reliability_high", "reliability_prior", "reliability_reports")


def reports_block(forecast: xr.Dataset) -> ReportsBlock | None:
    """Reports and sources of a forecast; None for one made without reports."""
    if "report" not in forecast.dims:
        return None
    rows: list[dict[str, object]] = [{"id": str(name)} for name in forecast["report"].values]
    for name in (*STAMPS, *TEXTS, *NUMBERS):
        variable = f"report_{name}"
        if variable not in forecast:
            continue
        values = one_arm(forecast[variable]).values
        for row, value in zip(rows, values, strict=True):
            row[name] = (
                stamp(value) if name in STAMPS else page_number(value) if name in NUMBERS else str(value)
            )
    listed = {text.partition(": ")[0] for text in json.loads(forecast.attrs.get("idle_reports") or "[]")}
    for row in rows:
        row["idle"] = why_no_weight(row, row["id"] in listed)
    return {"rows": cast("list[Report]", rows), "sources": source_rows(forecast), "ess": effective(forecast)}


def why_no_weight(row: dict[str, object], listed: bool) -> str:
    """Why a report can move no place, as one of `IDLE`; nothing for one that has a weight.

    Reports without a weight that the file does not list as idle claim nothing of who holds a place.
    """
    if row.get("weight") is not None:
        return ""
    if not listed:
        return "nobody"
    return "_and_".join(f"no_{name}" for name in ("place", "side") if not row[name]) or "refuge"


def one_arm(variable: xr.DataArray) -> xr.DataArray:
    """Variable of the baseline: reports are the same in both arms of a what-if."""
    return variable.isel(arm=0, drop=True) if "arm" in variable.dims else variable


def stamp(value: Any) -> str | None:
    """Moment as text to the minute; None where it is not known."""
    return None if np.isnat(value) else str(np.datetime64(value, "m"))


def page_number(value: Any) -> float | None:
    """Number rounded for the page; None where there is none."""
    return round(float(value), 5) if np.isfinite(value) else None


def source_rows(forecast: xr.Dataset) -> list[SourceRow]:
    """How much each class of source can be relied on, with its spread."""
    if "source_class" not in forecast.dims:
        return []
    rows: list[dict[str, object]] = [{"name": str(name)} for name in forecast["source_class"].values]
    for name in SOURCES:
        if name in forecast:
            for row, value in zip(rows, one_arm(forecast[name]).values, strict=True):
                row[name] = page_number(value)
    return cast("list[SourceRow]", rows)


def effective(forecast: xr.Dataset) -> list[tuple[str, float | None]]:
    """Effective number of particles after each day with reports."""
    if "assimilation_ess" not in forecast:
        return []
    values = one_arm(forecast["assimilation_ess"]).values
    return [(str(d)[:10], page_number(v)) for d, v in zip(forecast["report_day"].values, values, strict=True)]
