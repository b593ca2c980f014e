"""What a scenario changes: the same luck on both sides, member by member."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from headlong.forecast.summary import Summary, fall_dates, summarise
from headlong.forecast.tally import WINDOWS
from headlong.words import gap, percent


def summarise_what_if(both: xr.Dataset) -> Summary:
    """Everything the terminal prints of a what-if and ``--json`` gives, as plain Python.

    Parameters
    ----------
    both : xarray.Dataset
        From `headlong.what_if`.
    """
    arms = [both.isel(arm=k, drop=True) for k in (0, 1)]
    before, after = (summarise(arm) for arm in arms)
    attrs = both.attrs
    summary: Summary = {
        "schema": "headlong-what-if/1",
        **{k: attrs[k] for k in ("case", "title", "init", "days", "members", "seed", "version")},
        "scenario": {
            "name": attrs["scenario"],
            "title": attrs["scenario_title"],
            "what": attrs["scenario_what"],
        },
        "places": place_entries(arms, before, after),
        "changes": change_entries(arms, before, after),
        "crossings": [
            {"id": a["id"], "name": a["name"], "baseline": a, "scenario": b}
            for a, b in zip(before["crossings"], after["crossings"], strict=True)
        ],
        "displaced": {"baseline": before["displaced"], "scenario": after["displaced"]},
        "leaders": [
            {**a, "scenario": {k: b[k] for k in ("p_fled", "p_captured")}}
            for a, b in zip(before["leaders"], after["leaders"], strict=True)
        ],
        "judgement": judgement(attrs),
    }
    summary["sentence"] = sentence(summary)
    return summary


def judgement(attrs: Any) -> list[str]:
    """What of a what-if rests on judgement."""
    common = (
        "On both sides support, garrisons, seized arms, leaders and holdouts act on the chance of loss with "
        "wide priors; none of these terms is calibrated, and in a plain forecast all are neutral."
    )
    return [common, attrs["judgement"]] if attrs["judgement"] else [common]


def interval(difference: NDArray[np.float64], weight: NDArray[np.float64]) -> dict[str, float]:
    """Mean of a difference over members, and its 90 % interval from the spread of the mean."""
    share = weight / weight.sum()
    mean = float(share @ difference)
    error = float(np.sqrt(max(0.0, share**2 @ (difference - mean) ** 2)))
    return {"mean": mean, "low": mean - 1.645 * error, "high": mean + 1.645 * error}


def place_entries(arms: list[xr.Dataset], before: Summary, after: Summary) -> list[Summary]:
    """Chance of changing hands of each place on both sides, and the difference."""
    falls = [fall_dates(arm).values for arm in arms]
    time, weight = arms[0]["time"].values, arms[0]["weight"].values
    entries = []
    for i, (a, b) in enumerate(zip(before["places"], after["places"], strict=True)):
        moved = {}
        for w in a["p_change"]:
            fallen = [(f[:, i] <= time[int(w)]).astype(float) for f in falls]
            moved[w] = interval(fallen[1] - fallen[0], weight)
        chances = {"baseline": a["p_change"], "scenario": b["p_change"], "difference": moved}
        entries.append({"id": a["id"], "name": a["name"], "kind": a["kind"], "p_change": chances})
    return entries


def change_entries(arms: list[xr.Dataset], before: Summary, after: Summary) -> Summary:
    """Number of changes of hands by the longest window on both sides, and the difference."""
    window = max(before["changes"], key=int, default=str(WINDOWS[0]))
    counts = []
    for arm in arms:
        control = arm["control"].transpose("member", "time", "place").values[:, : int(window) + 1]
        counts.append((control[:, 1:] != control[:, :-1]).sum(axis=(1, 2)).astype(float))
    found = interval(counts[1] - counts[0], arms[0]["weight"].values)
    return {
        "window": int(window),
        "baseline": before["changes"].get(window, {}),
        "scenario": after["changes"].get(window, {}),
        "difference": found,
    }


def sentence(summary: Summary) -> str:
    """The difference in one or two sentences with numbers."""
    change, window = summary["changes"], summary["changes"]["window"]
    d = change["difference"]
    text = (
        f"{summary['scenario']['title']}: {gap(d['mean'])} changes of hands within {window} days on average "
        f"({gap(d['low'])} to {gap(d['high'])})."
    )
    for p in summary["places"]:
        if p["kind"] == "capital":
            a, b = (p["p_change"][k][str(window)] for k in ("baseline", "scenario"))
            text += f" {p['name']} changes hands with {percent(b)} instead of {percent(a)}."
    return text
