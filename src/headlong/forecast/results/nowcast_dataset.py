"""A nowcast as an `xarray.Dataset`: who holds each place, how sure that is, and what every report did."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from headlong.forecast.results.coordinates import NONE
from headlong.forecast.results.shapes.nowcast import NowcastSummary

CHANCE = {"units": "1"}
NUMBERS = {
    "weight": "posterior chance that the report describes what was so",
    "counted": "share of the report that counts beside copies",
    "before": "chance that its side holds its place, without it",
    "after": "chance that its side holds its place, with it",
}
TRUST = {"reliability": "share of its claims that are true", "prior": "the same before this war"}


def to_dataset(summary: NowcastSummary) -> xr.Dataset:
    """The nowcast that `headlong.forecast.nowcast.nowcast_summary` says in plain Python.

    Places abroad are left out; `init` is a scalar, `lead` is 0.
    """
    places, reports, sources = summary["places"], summary["reports"], summary["sources"]
    sides = [side["id"] for side in summary["sides"]]
    held = [[place["held_by"].get(side, 0.0) for side in (*sides, NONE)] for place in places]
    variables: dict[str, object] = {
        "p_held": (
            ("place", "side"),
            np.array(held),
            {"long_name": "chance that the side holds it"} | CHANCE,
        ),
        "p_error": (
            "place",
            key_column(places, "error"),
            {"long_name": "standard error; another seed seldom moves it by more than twice as much"},
        ),
        "since": (
            "place",
            days(places, "since"),
            {"long_name": "likeliest day since which the likeliest holds it, or the median if none is told"},
        ),
        "contested": (
            "place",
            np.array([p["contested"] for p in places], np.int8),
            {"long_name": "1 if contested"},
        ),
        "rests_on": ("place", [" ".join(p["rests_on"]) for p in places], {"long_name": "ids of reports"}),
        "contradicted_by": ("place", [" ".join(p["contradicted_by"]) for p in places]),
        "effective": ("day", [e["effective"] for e in summary["particles"]["by_day"]]),
    }
    for name, what in NUMBERS.items():
        variables[f"report_{name}"] = ("report", key_column(reports, name), {"long_name": what} | CHANCE)
    for name in ("published_at", "event_date"):
        variables[f"report_{name}"] = ("report", days(reports, name))
    for name, what in TRUST.items():
        variables[name] = ("source_class", key_column(sources, name), {"long_name": what} | CHANCE)
    coordinates = nowcast_coordinates(summary)
    kept = {k: summary[k] for k in ("schema", "case", "title", "version", "sentence")}
    kept |= {"Conventions": "CF-1.11", "left_out": json.dumps(summary["left_out"]),
             "idle_reports": json.dumps(summary["idle_reports"], ensure_ascii=False)}  # fmt: skip
    return xr.Dataset(variables, coordinates, kept)


def nowcast_coordinates(summary: NowcastSummary) -> dict[str, object]:
    """Coordinates: ids along every dimension, names, the evening."""
    places, sides = summary["places"], [side["id"] for side in summary["sides"]]
    return {
        "place": [p["id"] for p in places],
        "place_name": ("place", [p["name"] for p in places]),
        "kind": ("place", [p["kind"] for p in places]),
        "side": [*sides, NONE],
        "side_name": ("side", [*(side["name"] for side in summary["sides"]), "nobody"]),
        "report": [r["id"] for r in summary["reports"]],
        "source_class": [s["source_class"] for s in summary["sources"]],
        "day": days(summary["particles"]["by_day"], "day"),
        "init": np.datetime64(summary["init"], "ns"),
        "lead": ((), 0, {"long_name": "days since init", "units": "day"}),
    }


def key_column(rows: Sequence[Mapping[str, Any]], name: str) -> np.ndarray:
    """Numbers of one key; not a number where there is none."""
    return np.array([np.nan if row[name] is None else row[name] for row in rows], float)


def days(rows: Sequence[Mapping[str, Any]], name: str) -> np.ndarray:
    """Days of one key; not a time where there is none."""
    return np.array([row[name] or "NaT" for row in rows], "datetime64[ns]")
