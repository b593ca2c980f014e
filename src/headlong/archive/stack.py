"""Kept forecasts on top of each other: one dataset along init."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from headlong.archive.daily import Daily

VARIABLES = (
    "p_held", "p_change", "p_number", "p_taker", "p_way", "p_cut_off", "p_cut_off_at_init",
    "q_displaced", "q_new", "q_abroad", "q_displaced_inside", "q_arrivals", "q_arrivals_by_day",
)  # fmt: skip
"""What is stacked; reports differ from day to day and stay in the daily files."""

OF_PLACES = ("place_name", "kind", "lat", "lon", "population")


def stack(dailies: Sequence[Daily]) -> xr.Dataset:
    """One dataset of all kept forecasts.

    A place or side that is not in every forecast has no number (NaN) where it is missing.
    """
    inits = np.array([np.datetime64(str(d.init), "ns") for d in dailies])
    parts = [
        d.data[[v for v in VARIABLES if v in d.data]].drop_vars(OF_PLACES, errors="ignore") for d in dailies
    ]
    parts = [p.drop_vars([n for n in p.coords if n not in p.dims]) for p in parts]
    order = {dim: union([list(p[dim].values) for p in parts if dim in p.dims]) for dim in parts[0].dims}
    same = all(list(p[dim].values) == order[dim] for p in parts for dim in p.dims)
    if not same:
        parts = [p.reindex({dim: order[dim] for dim in p.dims}) for p in parts]
    found = xr.concat(parts, xr.Variable("init", inits), combine_attrs="override")
    names = {
        n: ("place", [last(dailies, n, place) for place in map(str, found["place"].values)])
        for n in OF_PLACES
    }
    own = {
        "members": ("init", [d.members for d in dailies]),
        "kept_at": ("init", [d.kept_at for d in dailies]),
        "version": ("init", [str(d.data.attrs["version"]) for d in dailies]),
        "case_hash": ("init", [str(d.data.attrs["case_hash"]) for d in dailies]),
        "bank_hash": ("init", [str(d.data.attrs["bank_hash"]) for d in dailies]),
        "seed": ("init", [int(d.data.attrs["seed"]) for d in dailies]),
    }
    said = {k: dailies[-1].data.attrs[k] for k in ("case", "title", "days", "control", "scenario")}
    return found.assign_coords(names | own).assign_attrs({"schema": "headlong-archive/1", **said})


def union(lists: Sequence[list[object]]) -> list[object]:
    """All names, in the order in which they first come."""
    return list(dict.fromkeys(name for names in lists for name in names))


def last(dailies: Sequence[Daily], column: str, place: str) -> object:
    """What the newest forecast that knows a place says of it."""
    daily = next(d for d in reversed(dailies) if place in d.places)
    return daily.data[column].values[daily.places[place]]
