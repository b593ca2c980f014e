"""What a forecast says, in plain numbers: for the terminal, for machines, for people who write.

A place falls in a member on the first day it is not held by the side that held it at init in that member.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from headlong.board.state import FLED, HELD, STATUSES, STAYS, STREAMS, TAKEN, WAYS
from headlong.errors import BadRequest
from headlong.forecast.results.accumulator import MemberBatch, Tally, count_record, new_tally
from headlong.forecast.results.bins import from_bin, quantile
from headlong.forecast.results.civilians import CivilianFates
from headlong.forecast.results.coordinates import as_lists, attrs, coords
from headlong.forecast.results.shapes.forecast import (
    CountEntry,
    CrossingEntry,
    Displaced,
    ForecastSummary,
    LeaderEntry,
    PlaceEntry,
)
from headlong.forecast.results.too_few import at_most, spread_if_enough
from headlong.forecast.results.tracks import TrackCounts, area_entries, counts_for, from_file, road_entries
from headlong.forecast.runnable import nobody
from headlong.reports.idle import idle_from
from headlong.text import exactness, likely, many, people, percent

if TYPE_CHECKING:
    import xarray as xr

    from headlong.forecast.ensemble import Ensemble
    from headlong.forecast.settings import Runtime

ASKED = ("case", "title", "init", "days", "members", "seed", "scenario", "version")

LEVELS = (("p50", 0.5), ("p90", 0.9))

NEAR = 7
"""Days ahead that the sentence speaks of first."""


def fall_dates(forecast: xr.Dataset) -> xr.DataArray:
    """Date on which each place falls in each member.

    Parameters
    ----------
    forecast : xarray.Dataset
        From `headlong.forecast`.

    Returns
    -------
    xarray.DataArray
        Dates (member, place); NaT where the place does not fall.
    """
    import xarray as xr

    control = forecast["control"].transpose("member", "time", "place")
    away = (control != control.isel(time=0, drop=True)).values
    when = forecast["time"].values[away.argmax(axis=1)]
    dates = np.where(away.any(axis=1), when, np.datetime64("NaT"))
    return xr.DataArray(
        dates, dims=("member", "place"), coords={"place": forecast["place"]}, name="fall_date"
    )


def fall_probability(forecast: xr.Dataset, within: int = 7) -> xr.DataArray:
    """Probability that each place changes hands within some days of init.

    Parameters
    ----------
    forecast : xarray.Dataset
        From `headlong.forecast`.
    within : int
        Days after init, at most the length of the forecast.

    Returns
    -------
    xarray.DataArray
        Probabilities (place), from 0 to 1: the weight of the members in which the place falls.

    Raises
    ------
    BadRequest
        `within` is not a whole number of days from 0 to the length of the forecast.
    """
    longest = forecast.sizes["time"] - 1
    if isinstance(within, bool) or not isinstance(within, int | np.integer) or not 0 <= within <= longest:
        raise BadRequest(f"within is {within!r}: not a whole number of days from 0 to {longest}.")
    last = forecast["time"].values[within]
    fallen = fall_dates(forecast) <= last
    weight = forecast["weight"]
    share = (fallen * weight).sum("member") / weight.sum("member")
    return share.rename("fall_probability").assign_attrs(
        long_name=f"probability of falling within {within} days"
    )


def tally_of(forecast: xr.Dataset) -> Tally:
    """Tally of a forecast that is in memory."""
    sizes, control = forecast.sizes, forecast["control"].values
    weight = forecast["weight"].values
    held = [weight @ (control[:, 0] == s) for s in range(sizes["side"])]
    tally = Tally(
        np.argmax(held, axis=0), sizes["side"] - 1, sizes["time"] - 1, sizes["crossing"], sizes["leader"]
    )
    names = ("way", "displaced", "arrivals", "queue", "leader_status")
    way, displaced, arrivals, queue, status = (forecast[name].values for name in names)
    inside = forecast["kind"].values != "refuge"
    seen = MemberBatch(control, way, displaced * inside, arrivals, queue, status)
    tally.add(seen, weight / weight.max())
    if "cut" in forecast:
        at_home, cut = forecast["at_home"].values, forecast["cut"].values
        fates = CivilianFates(control, displaced, at_home, cut, arrivals, ~inside)
        tally.civilians.add(fates, weight / weight.max())
    tally.tracks = from_file(forecast)
    return tally


def labels_of(forecast: xr.Dataset) -> Mapping[str, Any]:
    """Names and attributes of a forecast, without its members."""
    names = {str(name): coordinate.values for name, coordinate in forecast.coords.items()}
    return as_lists(names, dict(forecast.attrs))


def sum_up(ensemble: Ensemble, runtime: Runtime) -> ForecastSummary:
    """Summary of an ensemble that is run and forgotten: memory does not grow with its members."""
    tally, tracks = new_tally(ensemble.runnable), counts_for(ensemble.runnable)
    for _, _, piece in ensemble.run(runtime):
        count_record(tally, piece, ensemble.where.outside)
        tracks.add(piece)
    return of_tally(ensemble, tally, tracks)


def of_tally(ensemble: Ensemble, tally: Tally, tracks: TrackCounts) -> ForecastSummary:
    """Summary of an ensemble whose members have been counted."""
    tally.tracks = tracks.result()
    return summary_of(tally, as_lists(coords(ensemble, nobody()), attrs(ensemble)))


def summarise(forecast: xr.Dataset) -> ForecastSummary:
    """Everything the terminal prints and ``--json`` gives, as plain Python.

    Parameters
    ----------
    forecast : xarray.Dataset
        From `headlong.forecast`.

    Returns
    -------
    dict
        Chances from 0 to 1, people, dates as text; `headlong.forecast.results.shapes.forecast` names every key.
    """
    return summary_of(tally_of(forecast), labels_of(forecast))


def summary_of(tally: Tally, labels: Mapping[str, Any]) -> ForecastSummary:
    """Summary of a tally, given names and attributes (`labels_of`)."""
    attrs = labels["attrs"]
    places = [place_entry(tally, labels, i) for i in range(tally.holder.size)]
    displaced: Displaced = {n: int(from_bin(quantile(tally.displaced, q))) for n, q in LEVELS}  # type: ignore[assignment]
    summary: ForecastSummary = {
        "schema": "headlong-forecast/1",
        **{k: attrs[k] for k in ASKED},  # type: ignore[typeddict-item]
        "sides": [{"id": i, "name": n} for i, n in zip(labels["side"], labels["side_name"], strict=True)][
            :-1
        ],
        "places": places,
        "changes": {str(w): count_entry(tally.changes[k]) for k, w in enumerate(tally.windows)},
        "fallen": {str(w): count_entry(tally.fallen[k]) for k, w in enumerate(tally.windows)},
        "capital": [
            {"id": p["id"], "name": p["name"], "holder": p["holder"], "p_change": p["p_change"]}
            for p in places
            if p["kind"] == "capital"
        ],
        "crossings": [crossing_entry(tally, labels, c) for c in range(tally.queue.shape[0])],
        "ways": shares(tally.way.sum(axis=0), WAYS, skip=HELD),
        "leaders": [leader_entry(tally, labels, k) for k in range(tally.leaders.shape[0])],
        "displaced": {**displaced, **(tally.civilians.country() if tally.civilians.weight else {})},
        "areas": area_entries(tally.tracks) if tally.tracks else [],
        "roads": road_entries(tally.tracks, labels) if tally.tracks else [],
        "assumptions": json.loads(attrs["assumptions"]),
        "idle_reports": idle_from(json.loads(attrs.get("idle_reports", "[]"))),
        "control_from": attrs["control_from"],
        "calibrated_on": json.loads(attrs["calibrated_on"]),
        "effective_draws": attrs["effective_draws"],
        "p_least": 1.0 / float(attrs["members"]),
        "sentence": "",
    }
    told: ForecastSummary = spread_if_enough(summary, summary["members"])
    told["sentence"] = sentence(told)
    return told


def place_entry(tally: Tally, labels: Mapping[str, Any], i: int) -> PlaceEntry:
    """One place: who holds it, when it may change hands, to whom and how."""
    init = date.fromisoformat(labels["attrs"]["init"])

    def when(q: float) -> str | None:
        day = tally.fall_day(i, q)
        return None if day is None else str(init + timedelta(days=day))

    best = tally.likeliest(i)
    entry: PlaceEntry = {
        "id": labels["place"][i],
        "name": labels["place_name"][i],
        "kind": labels["kind"][i],
        "holder": None if best == tally.to.shape[1] - 1 else labels["side"][best],
        "held_by": shares(tally.held[i], labels["side"]),
        "p_change": {str(w): tally.chance(i, w) for w in tally.windows},
        "median_date": when(0.5),
        "interval_50": [when(0.25), when(0.75)],
        "interval_90": [when(0.05), when(0.95)],
        "to": shares(tally.to[i], labels["side"]),
        "ways": shares(tally.way[i], WAYS, skip=HELD),
    }
    if tally.civilians.weight:
        entry.update(tally.civilians.place(i))  # type: ignore[typeddict-item]
    return entry


def shares(counts: np.ndarray, names: Any, skip: int | None = None) -> dict[str, float]:
    """Share of each name among the counts, those that occur; empty if none does."""
    kept = {n: float(c) for k, (n, c) in enumerate(zip(names, counts, strict=True)) if c > 0 and k != skip}
    total = sum(kept.values())
    return {n: c / total for n, c in sorted(kept.items(), key=lambda item: -item[1])}


def count_entry(counts: np.ndarray) -> CountEntry:
    """Quantiles and mean of a number, from how often each was seen."""
    p05, p25, p50, p75, p95 = (quantile(counts, q) for q in (0.05, 0.25, 0.5, 0.75, 0.95))
    mean = float(counts @ np.arange(counts.size) / counts.sum())
    return {"p05": p05, "p25": p25, "p50": p50, "p75": p75, "p95": p95, "mean": mean}


def crossing_entry(tally: Tally, labels: Mapping[str, Any], c: int) -> CrossingEntry:
    """Arrivals over one crossing by the end, by stream, and the queue of soldiers and civilians."""
    name = labels["crossing"][c]
    p50, p90 = (
        {s: int(from_bin(quantile(tally.arrivals[c, k], q))) for k, s in enumerate(STREAMS)}
        for _, q in LEVELS
    )
    return {
        "id": name,
        "name": labels["place_name"][labels["place"].index(name)],
        "p50": p50,
        "p90": dict(p90),
        "queue_p90": int(from_bin(quantile(tally.queue[c], 0.9))),
        "civilians_by_day": tally.civilians.crossing(c) if tally.civilians.weight else {},
    }


def leader_entry(tally: Tally, labels: Mapping[str, Any], k: int) -> LeaderEntry:
    """One leader's chances by the end; of one who had fled, been captured or left the role by init, that."""
    odds, before = tally.leaders[k] / tally.weight, int(tally.leaders_before[k])
    return {
        "id": labels["leader"][k],
        "name": labels["leader_name"][k],
        "role": labels["leader_role"][k],
        "p_fled": float(odds[FLED]),
        "p_captured": float(odds[TAKEN]),
        "before_init": None if before == STAYS else STATUSES[before],
    }


def sentence(summary: ForecastSummary) -> str:
    """The forecast in a few words, with numbers."""
    days = sorted(map(int, summary["fallen"]))
    near, last = next((str(d) for d in days if d == NEAR), str(days[-1])), str(days[-1])
    by = date.fromisoformat(summary["init"]) + timedelta(days=int(near))
    count = summary["fallen"][near]
    inside = [p for p in summary["places"] if p["kind"] != "refuge"]
    ranked = sorted(inside, key=lambda p: -p["p_change"][near])[:3]
    few = count["p05"] is None
    how_sure = f"90 %: {count['p05']} to {count['p95']}"
    if few:
        how_sure = f"{many(summary['members'], 'member')}, too few for an interval"
    text = (
        f"By {by.day} {by:%B %Y} the median forecast is {many(count['p50'], 'place')} changing hands ({how_sure}); "
        "likeliest are " + ", ".join(f"{p['name']} ({percent(p['p_change'][near])})" for p in ranked) + "."
    )
    for seat in summary["capital"]:
        text += f" {seat['name']} to change hands within {many(int(near), 'day')}: {likely(seat['p_change'][near])}"
        text += (
            f", within {many(int(last), 'day')}: {likely(seat['p_change'][last])}." if last != near else "."
        )
    busy = max(summary["crossings"], key=lambda c: at_most(c, "civilians"), default=None)
    if busy and at_most(busy, "civilians") > 0:
        worst = "" if few else f" (P90 {people(busy['p90']['civilians'])})"
        text += (
            f" The busiest crossing may be {busy['name']}: {people(busy['p50']['civilians'])} civilians in "
            f"{summary['days']} days{worst}."
        )
    return f"{text} {exactness(summary['members'])}" if few else text
