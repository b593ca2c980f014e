"""A forecast as the payload of a page: whole members, quantiles, names, and what stands beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from headlong.board.state import STATUSES, STREAMS, WAYS
from headlong.errors import BadRequest
from headlong.text import FEW_MEMBERS
from headlong.view.page.optional import analysed_past, contested_places, flows, put_cut_off
from headlong.view.page.pack import Changes, PageColumns, changes, in_fours, log_codes, pack
from headlong.view.page.reports import reports_block
from headlong.view.page.shapes import ArmHeader, Header, Names, WhatIf, WordTable

if TYPE_CHECKING:
    import xarray as xr

    from headlong.view.page.context import Beside

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
DISPLACED_LEVELS = (0.1, 0.5, 0.9)
WINDOWS = (3, 7, 14, 30)
"""Windows that readers ask for most: numbers that are kept on some days only are kept at their ends [days]."""
MOST_MEMBERS = 4000
"""More members than these are cut: the first ones are a sample of all."""
MEMBER_CELLS, FEWER_CELLS = 450_000, 120_000
"""Numbers of people kept by member, at most: days are skipped to stay below. Fewer in a large war."""
END_CELLS, PLACE_CELLS = 8_400, 60_000
"""Quantiles kept by day at most: of soldiers and of those who wait, and of displaced people by place."""
LARGE = 300_000
"""Changes of hands that make a war large: the way of each is then not kept, only how often each way is the first."""


def payload(forecast: xr.Dataset, beside: Beside | None = None) -> bytes:
    """Payload of the page of a forecast or of a what-if.

    Parameters
    ----------
    forecast : xarray.Dataset
        From `headlong.forecast` or `headlong.what_if`.
    beside : Beside, optional
        Roads, the past, the land and the track record (`headlong.view.page.context.look_beside`).
    """
    from headlong.view.page.context import Beside

    beside = Beside() if beside is None else beside
    forecast = must_be_forecast(forecast)
    header = cast("Header", {**names_of(forecast), **beside.header})
    columns: PageColumns = {}
    arms = (
        [forecast.isel(arm=k, drop=True) for k in range(forecast.sizes["arm"])]
        if "arm" in forecast.dims
        else [forecast]
    )
    header["arms"] = [arm_columns(arm, f"{k}.", columns) for k, arm in enumerate(arms)]
    if days := put_cut_off(forecast, columns):
        header["cut_off"] = days
    if (contested := contested_places(forecast)) is not None:
        header["contested"] = contested
    if past := analysed_past(forecast, columns):
        header["past"] = past
    if roads := flows(forecast, arms, [arm["top"] for arm in header["arms"]], columns):
        header["flows"] = roads
    columns |= {
        "lat": arms[0]["lat"].values.astype(np.float32),
        "lon": arms[0]["lon"].values.astype(np.float32),
    }
    if not np.isclose(arms[0]["weight"].values, arms[0]["weight"].values[0]).all():
        columns["weight"] = arms[0]["weight"].values.astype(np.float32)
    return pack(header, columns | beside.columns)


def must_be_forecast(forecast: xr.Dataset) -> xr.Dataset:
    """Refuse what is no forecast, and keep no more members than a page can carry."""
    missing = [name for name in ("control", "way", "weight", "arrivals") if name not in forecast]
    if missing:
        raise BadRequest(f"this is not a whole forecast: it has no {', '.join(missing)}.")
    if forecast.sizes["time"] < 2:
        raise BadRequest("a page needs a forecast of at least one day.")
    if forecast.sizes["time"] > 366 or forecast.sizes["side"] > 12:
        raise BadRequest("a page shows at most 366 days and 12 sides.")
    return forecast.isel(member=slice(0, MOST_MEMBERS))


def names_of(forecast: xr.Dataset) -> Names:
    """Header: what was asked for, and the names along the dimensions."""
    said = {k: python_value(v) for k, v in forecast.attrs.items()}
    for name in ("assumptions", "calibrated_on"):
        said[name] = json.loads(said.get(name) or "[]")
    place = {name: k for k, name in enumerate(texts(forecast["place"]))}
    return {
        "format": "headlong-page/1",
        "attrs": said,
        "members_run": int(said.get("members", forecast.sizes["member"])),
        "members": forecast.sizes["member"],
        "few_members": FEW_MEMBERS,
        "days": forecast.sizes["time"] - 1,
        "init": str(forecast["time"].values[0])[:10],
        "places": side_by_side(forecast, "place", "place_name", "kind", "population"),
        "sides": side_by_side(forecast, "side", "side_name"),
        "crossings": [place[name] for name in texts(forecast["crossing"])],
        "leaders": side_by_side(forecast, "leader", "leader_name", "leader_role"),
        "streams": list(STREAMS),
        "ways": list(WAYS),
        "statuses": list(STATUSES),
        "levels": list(LEVELS),
        "displaced_levels": list(DISPLACED_LEVELS),
        "reports": reports_block(forecast),
        "whatif": what_if_of(said),
        "words": interface_words(),
    }


def python_value(value: Any) -> Any:
    """Plain Python behind a number of numpy."""
    return value.item() if isinstance(value, np.generic) else value


def texts(names: xr.DataArray) -> list[str]:
    """Names as text."""
    return [str(name) for name in names.values]


def side_by_side(forecast: xr.Dataset, *names: str) -> list[list[Any]]:
    """Coordinates of one dimension, side by side."""
    return [list(row) for row in zip(*(forecast[name].values.tolist() for name in names), strict=True)]


def what_if_of(said: Mapping[str, Any]) -> WhatIf | None:
    """What the scenario is, for a what-if."""
    if not str(said.get("schema", "")).startswith("headlong-what-if"):
        return None
    return {
        "scenario": said.get("scenario", ""),
        "scenario_title": said.get("scenario_title", ""),
        "scenario_what": said.get("scenario_what", ""),
        "judgement": said.get("judgement", ""),
    }


def arm_columns(arm: xr.Dataset, prefix: str, columns: PageColumns) -> ArmHeader:
    """Add the columns of one arm; returns what its header says."""
    put_changes(columns, f"{prefix}control", arm["control"].values, arm["way"].values)
    put_changes(columns, f"{prefix}leader", arm["leader_status"].values)
    kept, whole, last = people_arrays(arm)
    series = kept | whole
    everywhere = arm["displaced"].values
    top = max(1.0, *(float(values.max(initial=0)) for values in (*(series | last).values(), everywhere)))
    quantiles = [np.quantile(v, LEVELS, axis=0).T for v in series.values()]
    codes = log_codes(np.stack(quantiles), top, "uint16")
    columns[f"{prefix}people.q"] = np.diff(codes, axis=1, prepend=np.uint16(0))
    days = some_days(arm.sizes["time"], len(last) * len(LEVELS), END_CELLS)
    ends = [np.quantile(v[:, days], LEVELS, axis=0).T for v in last.values()]
    shaped = np.reshape(ends, (len(ends), len(days), len(LEVELS))).transpose(1, 0, 2)
    columns[f"{prefix}people.ends"] = log_codes(shaped, top, "uint16")
    columns[f"{prefix}people.ends.days"] = days.astype(np.uint16)
    daily = [np.quantile(np.diff(v, axis=1), LEVELS, axis=0).T for v in kept.values()]
    columns[f"{prefix}people.daily"] = log_codes(np.stack(daily), top, "uint16")
    most = FEWER_CELLS if len(columns[f"{prefix}control.day"]) > LARGE else MEMBER_CELLS
    days = checkpoints(arm.sizes["time"], arm.sizes["member"] * len(kept), most)
    columns[f"{prefix}people.days"] = days.astype(np.uint16)
    members = np.stack([v[:, days].T for v in kept.values()])
    codes = log_codes(members, top, "uint8")
    columns[f"{prefix}people.members"] = np.diff(codes, axis=1, prepend=np.uint8(0))
    put_displaced(columns, f"{prefix}displaced", everywhere, top)
    return {"series": list(series), "kept": list(kept), "ends": list(last), "top": top}


def put_displaced(columns: PageColumns, name: str, amounts: NDArray[Any], top: float) -> None:
    """Add quantiles of displaced people by place (member, time, place), on some days."""
    cells = amounts.shape[2] * len(DISPLACED_LEVELS)
    days = some_days(amounts.shape[1], cells, PLACE_CELLS)
    columns[name] = log_codes(np.quantile(amounts[:, days], DISPLACED_LEVELS, axis=0), top, "uint8")
    columns[f"{name}.days"] = days.astype(np.uint16)


def put_changes(
    columns: PageColumns, name: str, values: NDArray[Any], ways: NDArray[Any] | None = None
) -> None:
    """Add whole histories as changes."""
    found = changes(values)
    fours = in_fours(found.number)
    columns |= {f"{name}.base": found.base}
    columns |= {f"{name}.count": found.number} if fours is None else {f"{name}.fours": fours}
    day = found.day.astype(np.uint8) if values.shape[1] <= 256 else found.day
    columns |= {f"{name}.day": day, f"{name}.value": found.value}
    if ways is not None and len(day) <= LARGE:
        columns[f"{name}.way"] = ways[found.where].astype(np.uint8)
    elif ways is not None:
        columns[f"{name}.ways"] = first_ways(found, ways)


def first_ways(found: Changes, ways: NDArray[Any]) -> NDArray[np.uint32]:
    """How often each place first changes hands in each way (place, way)."""
    member, day, thing = (index[found.day > 0] for index in found.where)
    first = np.r_[True, (np.diff(member) != 0) | (np.diff(thing) != 0)][: len(member)]
    counts = np.zeros((len(found.base), len(WAYS)), np.uint32)
    np.add.at(counts, (thing[first], ways[member, day, thing][first]), 1)
    return counts


def people_arrays(arm: xr.Dataset) -> tuple[dict[str, NDArray[Any]], ...]:
    """Numbers of people: by member and day with members kept, by member and day, and on some days only."""
    arrivals, queue = arm["arrivals"].values, arm["queue"].values
    inside = arm["displaced"].values.sum(axis=2, dtype=np.int64)
    kept: dict[str, NDArray[Any]] = {"abroad": arrivals[:, :, :, 0].sum(axis=2, dtype=np.int64)}
    kept |= {f"civilians:{c}": arrivals[:, :, c, 0] for c in range(arrivals.shape[2])}
    rest = {"inside": inside, "on_road": arm["on_road"].values, "at_home": arm["at_home"].values}
    last: dict[str, NDArray[Any]] = {}
    for c in range(arrivals.shape[2]):
        last[f"soldiers:{c}"] = arrivals[:, :, c, 1]
        last[f"queue:{c}"] = queue[:, :, c].sum(axis=2)
    return kept, rest, last


def some_days(times: int, cells: int, most: int) -> NDArray[np.int64]:
    """Days on which quantiles are kept: all, or fewer; the last one and the ends of windows always."""
    ends = [day for day in WINDOWS if day < times]
    return np.unique(np.r_[checkpoints(times, cells, most), ends].astype(np.int64))


def checkpoints(times: int, cells: int, most: int = MEMBER_CELLS) -> NDArray[np.int64]:
    """Days on which numbers of people are kept by member: all, or fewer, the last one always."""
    number = int(np.clip(most // max(1, cells) + 1, 2, times))
    return np.unique(np.rint(np.linspace(0, times - 1, number)).astype(np.int64))


def interface_words() -> dict[str, WordTable]:
    """Tables of the interface's words, by language."""
    folder = files("headlong.view.page") / "words"
    return {
        path.name.removesuffix(".json"): json.loads(path.read_text("utf-8"))
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".json")
    }
