"""A forecast without its members, as an `xarray.Dataset`: chances and quantiles, of any number of members.

docs/forecast-file.md lists what it holds. It says how it was made, like a whole forecast, and can be run again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from headlong.board.state import STATUSES, WAYS
from headlong.errors import BadRequest
from headlong.forecast.pieces.counts import Counts
from headlong.forecast.results.accumulator import Tally
from headlong.forecast.results.analysis import analysis
from headlong.forecast.results.bins import PEOPLE_LEVELS, from_bin
from headlong.forecast.results.coordinates import attrs, coords, report_variables
from headlong.forecast.results.request_in_file import carried
from headlong.forecast.results.summary import tally_of
from headlong.forecast.results.tracks import as_variables
from headlong.forecast.runnable import nobody
from headlong.inference.resampling import quantile_index

if TYPE_CHECKING:
    from headlong.forecast.ensemble import Ensemble
    from headlong.forecast.settings import Runtime

SCHEMA = "headlong-summary/1"

Told = tuple[tuple[str, ...], NDArray[Any], str]
"""Dimensions, values, and what they are."""

Variables = dict[str, object]
"""Variables or coordinates as `xarray.Dataset` takes them."""

ALONG_MEMBERS = ("member", "parameter", "holder", "fate", "time")
"""Dimensions of a whole forecast that one without members does not have."""


def digest(ensemble: Ensemble, counts: Counts) -> xr.Dataset:
    """Forecast without members, of an ensemble whose members have been counted."""
    variables, ends = (
        control_digest(counts.tally, counts.control),
        as_variables(counts.tracks.result(), ensemble.where.ids),
    )
    names = {k: v for k, v in coords(ensemble, nobody()).items() if k not in (*ALONG_MEMBERS, "lead")}
    names |= digest_coordinates(counts.tally)
    for more, beside in (ends, analysis(ensemble), report_variables(ensemble), carried(ensemble.request)):
        variables |= more
        names |= beside
    return xr.Dataset(variables, names, attrs(ensemble) | {"schema": SCHEMA})


def count(ensemble: Ensemble, runtime: Runtime) -> Counts:
    """Run an ensemble, count its members and forget them."""
    counts = Counts(ensemble.runnable)
    for _, _, record in ensemble.run(runtime):
        counts.add(record)
    return counts


def digest_of(forecast: xr.Dataset) -> xr.Dataset:
    """Forecast without members, of one that has them: the same as of the ensemble, to the bit.

    Parameters
    ----------
    forecast : xarray.Dataset
        From `headlong.forecast`.
    """
    if has_no_members(forecast):
        return forecast
    if "control" not in forecast or "arm" in forecast.dims:
        raise BadRequest("only a forecast can be summed up so: a what-if has two.")
    tally, weight = tally_of(forecast), forecast["weight"].values / forecast["weight"].values.max()
    held = forecast["control"].transpose("time", "place", "member").values
    control = np.stack([(held == s) @ weight for s in range(forecast.sizes["side"])], axis=2)
    kept = forecast.drop_dims(ALONG_MEMBERS).drop_vars(["cut_off", "within"], errors="ignore")
    found = xr.Dataset(control_digest(tally, control), digest_coordinates(tally))
    return kept.merge(found).assign_attrs(forecast.attrs | {"schema": SCHEMA})


def digest_coordinates(tally: Tally) -> Variables:
    """Coordinates that only a forecast without members has."""
    return {
        "lead": ("lead", np.arange(tally.days + 1), {"long_name": "days since init", "units": "day"}),
        "window": ("window", tally.windows, {"long_name": "days within which", "units": "day"}),
        "number": np.arange(tally.fallen.shape[1]),
        "within": ("within", tally.civilians.windows),
        "look": ("look", tally.civilians.looks, {"long_name": "days since init", "units": "day"}),
        "level": list(PEOPLE_LEVELS),
        "way_name": list(WAYS),
        "leader_state": list(STATUSES),
    }


def control_digest(tally: Tally, control: NDArray[np.float64]) -> Variables:
    """Chances and quantiles; `control` (T + 1, P, S + 1) counts members by day, place and holder."""
    total, change = tally.weight, tally.first[:, : tally.days + 1].cumsum(axis=1)
    found: dict[str, Told] = {
        "p_held": (
            ("place", "side", "lead"),
            control.transpose(1, 2, 0) / total,
            "chance that the side holds the place that evening",
        ),
        "p_change": (
            ("place", "lead"),
            change / total,
            "chance that the place has changed hands by that evening",
        ),
        "p_number": (
            ("window", "number"),
            tally.fallen / total,
            "chance that so many places change hands within the days",
        ),
        "p_taker": (
            ("place", "side"),
            tally.to / total,
            "chance that the first change of hands goes to the side",
        ),
        "p_way": (
            ("place", "way_name"),
            tally.way / total,
            "chance that the first change of hands goes this way",
        ),
        "p_leader": (
            ("leader", "leader_state"),
            tally.leaders / total,
            "chance of what becomes of the leader by the end",
        ),
    } | civilians_digest(tally)
    units = {"p": "1", "q": "people"}
    return {
        name: (dims, values, {"long_name": text, "units": units[name[0]]})
        for name, (dims, values, text) in found.items()
    }


def civilians_digest(tally: Tally) -> dict[str, Told]:
    """What happens to civilians: quantiles, and chances of being cut off."""
    p = tally.civilians
    cut = p.cut.cumsum(axis=1)[:, [0, *p.windows]] / p.weight
    return {
        "q_displaced": (
            ("within", "place", "level"),
            quantiles_by_bin(p.displaced),
            "displaced civilians in the place",
        ),
        "q_new": (("within", "level"), quantiles_by_bin(p.new), "people who have left home since init"),
        "q_abroad": (("within", "level"), quantiles_by_bin(p.abroad), "refugees in places over the border"),
        "q_displaced_inside": (
            ("level",),
            quantiles_by_bin(tally.displaced),
            "displaced civilians in all places of the country on the last day",
        ),
        "q_arrivals": (
            ("crossing", "stream", "level"),
            quantiles_by_bin(tally.arrivals),
            "people who have crossed by the end",
        ),
        "q_arrivals_by_day": (
            ("look", "crossing", "level"),
            quantiles_by_bin(p.arrivals),
            "civilians who have crossed since init",
        ),
        "p_cut_off_at_init": (("place",), cut[:, 0], "chance that the place is cut off at init already"),
        "p_cut_off": (("within", "place"), cut[:, 1:].T, "chance that the place is cut off within the days"),
    }


def quantiles_by_bin(counts: NDArray[np.float64]) -> NDArray[np.int64]:
    """P10, P50 and P90 of numbers of people from their bins (..., BINS)."""
    flat = counts.reshape(-1, counts.shape[-1])
    found = np.array([quantile_index(row, PEOPLE_LEVELS) for row in flat]).reshape(-1, len(PEOPLE_LEVELS))
    return from_bin(found).reshape(*counts.shape[:-1], len(PEOPLE_LEVELS))


def has_no_members(forecast: xr.Dataset) -> bool:
    """Whether a forecast holds chances only."""
    return str(forecast.attrs.get("schema", "")) == SCHEMA


def need_members(forecast: xr.Dataset, what: str) -> None:
    """Refuse a forecast without members where they are needed.

    Raises
    ------
    BadRequest
        It has none; the message says how to get them.
    """
    if has_no_members(forecast):
        raise BadRequest(
            f"the file holds chances and no members, and {what} needs members. `headlong rerun FILE --whole --out "
            "WHOLE.nc` makes the whole forecast again from it, the same bits."
        )
