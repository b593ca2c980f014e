"""What a scenario changes: the same luck on both sides, member by member."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from headlong.forecast.results.shapes.forecast import CrossingEntry, ForecastSummary, LeaderEntry
from headlong.forecast.results.shapes.what_if import (
    ByJudgement,
    Interval,
    MovedChance,
    MovedCrossing,
    MovedLeader,
    MovedNumber,
    MovedPlace,
    WhatIfSummary,
)
from headlong.forecast.results.summary import fall_dates, summarise
from headlong.text import FEW_MEMBERS, gap, many, percent


def summarise_what_if(both: xr.Dataset) -> WhatIfSummary:
    """Everything the terminal prints of a what-if and ``--json`` gives, as plain Python.

    Parameters
    ----------
    both : xarray.Dataset
        From `headlong.what_if`.
    """
    arms = [both.isel(arm=k, drop=True) for k in (0, 1)]
    before, after = (summarise(arm) for arm in arms)
    attrs = both.attrs
    changes = change_entries(arms, before, after)
    summary: WhatIfSummary = {
        "schema": "headlong-what-if/1",
        "case": attrs["case"],
        "title": attrs["title"],
        "init": attrs["init"],
        "days": attrs["days"],
        "members": attrs["members"],
        "seed": attrs["seed"],
        "version": attrs["version"],
        "scenario": {
            "name": attrs["scenario"],
            "title": attrs["scenario_title"],
            "what": attrs["scenario_what"],
        },
        "places": place_entries(arms, before, after),
        "changes": changes,
        "crossings": [
            moved_crossing(*pair) for pair in zip(before["crossings"], after["crossings"], strict=True)
        ],
        "displaced": {"baseline": before["displaced"], "scenario": after["displaced"]},
        "leaders": [moved_leader(*pair) for pair in zip(before["leaders"], after["leaders"], strict=True)],
        "idle_reports": before["idle_reports"],
        "judgement": judgement(attrs),
        "by_judgement": by_judgement(arms, attrs["acts_through"], changes["window"]),
        "sentence": "",
    }
    summary["sentence"] = sentence(summary)
    return summary


def moved_crossing(baseline: CrossingEntry, scenario: CrossingEntry) -> MovedCrossing:
    """A crossing on both sides."""
    return {"id": baseline["id"], "name": baseline["name"], "baseline": baseline, "scenario": scenario}


def moved_leader(baseline: LeaderEntry, scenario: LeaderEntry) -> MovedLeader:
    """A leader in the baseline, and his chances in the scenario."""
    return {
        **baseline,
        "scenario": {"p_fled": scenario["p_fled"], "p_captured": scenario["p_captured"]},
    }


def judgement(attrs: Any) -> list[str]:
    """What of a what-if rests on judgement."""
    common = (
        "On both sides support, garrisons, seized arms, leaders and holdouts act on the chance of loss with "
        "wide priors; none of these terms is calibrated, and in a plain forecast all are neutral."
    )
    return [common, attrs["judgement"]] if attrs["judgement"] else [common]


def interval(difference: NDArray[np.float64], weight: NDArray[np.float64]) -> Interval:
    """Mean of a difference over members, and its 90 % interval from the spread of the mean, unless they are too few."""
    share = weight / weight.sum()
    mean = float(share @ difference)
    if len(share) < FEW_MEMBERS:
        return {"mean": mean, "low": None, "high": None}
    error = float(np.sqrt(max(0.0, share**2 @ (difference - mean) ** 2)))
    return {"mean": mean, "low": mean - 1.645 * error, "high": mean + 1.645 * error}


def place_entries(
    arms: list[xr.Dataset], before: ForecastSummary, after: ForecastSummary
) -> list[MovedPlace]:
    """Chance of changing hands of each place on both sides, and the difference."""
    falls = [fall_dates(arm).values for arm in arms]
    time, weight = arms[0]["time"].values, arms[0]["weight"].values
    entries: list[MovedPlace] = []
    for i, (a, b) in enumerate(zip(before["places"], after["places"], strict=True)):
        moved = {}
        for w in a["p_change"]:
            fallen = [(f[:, i] <= time[int(w)]).astype(float) for f in falls]
            moved[w] = interval(fallen[1] - fallen[0], weight)
        chances: MovedChance = {"baseline": a["p_change"], "scenario": b["p_change"], "difference": moved}
        entries.append({"id": a["id"], "name": a["name"], "kind": a["kind"], "p_change": chances})
    return entries


def more_fallen(arms: list[xr.Dataset], window: int) -> NDArray[np.float64]:
    """Places that change hands within `window` days in the scenario less those in the baseline, by member."""
    last = arms[0]["time"].values[window]
    counts = [(fall_dates(arm).values <= last).sum(axis=1).astype(float) for arm in arms]
    return np.asarray(counts[1] - counts[0])


def by_judgement(arms: list[xr.Dataset], parameter: str, window: int) -> ByJudgement:
    """The difference where the parameter the scenario acts through is weak or strong (thirds of its prior)."""
    if arms[0].sizes["member"] < FEW_MEMBERS:
        return {"parameter": parameter, "weak": None, "strong": None}
    value = arms[1]["parameters"].sel(parameter=parameter).values
    low, high = np.quantile(value, (1 / 3, 2 / 3))
    weight, more = arms[0]["weight"].values, more_fallen(arms, window)
    weak, strong = (
        float(more[chosen] @ weight[chosen] / weight[chosen].sum())
        for chosen in (value <= low, value >= high)
    )
    return {"parameter": parameter, "weak": weak, "strong": strong}


def change_entries(arms: list[xr.Dataset], before: ForecastSummary, after: ForecastSummary) -> MovedNumber:
    """Number of places that change hands by the longest window on both sides, and the difference."""
    window = max(before["fallen"], key=int)
    found = interval(more_fallen(arms, int(window)), arms[0]["weight"].values)
    return {
        "window": int(window),
        "baseline": before["fallen"][window],
        "scenario": after["fallen"][window],
        "difference": found,
    }


def sentence(summary: WhatIfSummary) -> str:
    """The difference in one or two sentences with numbers."""
    change, window = summary["changes"], summary["changes"]["window"]
    d = change["difference"]
    how_sure = f"{gap(d['low'])} to {gap(d['high'])}"
    if d["low"] is None:
        how_sure = f"{many(summary['members'], 'pair')} of members, too few for an interval"
    text = (
        f"{summary['scenario']['title']}: {gap(d['mean'])} places change hands within {many(int(window), 'day')} "
        f"on average ({how_sure})"
    )
    judged = summary["by_judgement"]
    if d["mean"] != 0.0 and judged["weak"] is not None:
        text += (
            f", from {gap(judged['weak'])} to {gap(judged['strong'])} by how strongly {judged['parameter']} is "
            "taken to act (lowest and highest third of its prior)"
        )
    text += "."
    for p in summary["places"]:
        if p["kind"] == "capital":
            a, b = (percent(p["p_change"][k][str(window)]) for k in ("baseline", "scenario"))
            moved = f"with {b} instead of {a}" if a != b else f"with {a} either way"
            text += f" {p['name']} changes hands {moved}."
    return text
