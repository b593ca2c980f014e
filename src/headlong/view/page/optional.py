"""What a page shows only of files that have it: the days before init, what is contested, who may be cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from headlong.view.page.context import PAST_DAYS
from headlong.view.page.pack import PageColumns, log_codes
from headlong.view.page.reports import one_arm
from headlong.view.page.shapes import Flows, PagePast

if TYPE_CHECKING:
    import xarray as xr


def analysed_past(forecast: xr.Dataset, columns: PageColumns) -> PagePast | None:
    """Who held what before init, as reports weighed at init tell it; None where the file does not say.

    Adds the column ``past.share`` (day, place, side): the days before init and init itself are then told by the
    same weighing, and the clock does not jump at init.
    """
    if "control_analysis" not in forecast:
        return None
    found = one_arm(forecast["control_analysis"])
    before = (found["analysis_time"].values < forecast["time"].values[0]).nonzero()[0][-PAST_DAYS:]
    if not len(before):
        return None
    share = found.transpose("analysis_time", "place", "side").values[before]
    columns["past.share"] = np.rint(255.0 * share).astype(np.uint8)
    lead = share.argmax(axis=2)
    changed = [
        (int(day) + 1 - len(before), int(place), int(lead[day + 1, place]))
        for day, place in zip(*np.nonzero(lead[1:] != lead[:-1]), strict=True)
    ]
    source = str(forecast.attrs.get("control_from", "reports, weighed"))
    return {"days": len(before), "holder": lead[0].tolist(), "changes": changed, "source": source}


def contested_places(forecast: xr.Dataset) -> list[int] | None:
    """Places that are contested at init, as a nowcast has it; None where the file does not say."""
    if "contested" not in forecast:
        return None
    return [int(place) for place in one_arm(forecast["contested"]).values.nonzero()[0]]


def flows(
    forecast: xr.Dataset, arms: list[xr.Dataset], tops: list[float], columns: PageColumns
) -> Flows | None:
    """Roads that people take, one for each direction, where the file says it.

    Adds the column ``road`` of each arm (level, day, road) on the scale of its other numbers of people.
    """
    if "road_people" not in forecast:
        return None
    used = np.any([arm["road_people"].values.any(axis=(0, 1)) for arm in arms], axis=0).nonzero()[0]
    place = {str(name): k for k, name in enumerate(forecast["place"].values)}
    ends = [[place[str(name)] for name in forecast[c].values[used]] for c in ("road_from", "road_to")]
    for k, (arm, top) in enumerate(zip(arms, tops, strict=True)):
        columns[f"{k}.road"] = log_codes(arm["road_people"].values[:, :, used], top, "uint8")
    days = [int(day) for day in forecast["road_lead"].values]
    return {"days": days, "roads": list(zip(*ends, strict=True))}


def put_cut_off(forecast: xr.Dataset, columns: PageColumns) -> list[int]:
    """Chance that each place is cut off within some days (within, place), and at init, where the file says it."""
    if "cut_off" not in forecast or "within" not in forecast["cut_off"].dims:
        return []
    found = one_arm(forecast["cut_off"]).transpose("within", "place")
    columns["cut_off"] = np.rint(255.0 * found.values).astype(np.uint8)
    if "cut" in forecast:
        already = one_arm(forecast["cut"]).isel(time=0).mean("member")
        columns["cut_off.start"] = np.rint(255.0 * already.values).astype(np.uint8)
    return [int(day) for day in found["within"].values]
