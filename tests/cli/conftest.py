"""Summaries written by hand, for what is printed; a small case, for the verbs."""

import copy

import pytest
from toyland import SMALL, write_case

WINDOWS = ("3", "7", "14", "30")


def place(ident, name, chances, median, inner, outer, holder="government"):
    return {
        "id": ident,
        "name": name,
        "kind": "town",
        "holder": holder,
        "p_change": dict(zip(WINDOWS, chances, strict=True)),
        "median_date": median,
        "interval_50": inner,
        "interval_90": outer,
        "to": {"rebels": 1.0},
        "ways": {"handed_over": 0.6, "overrun": 0.4},
    }


SUMMARY = {
    "schema": "headlong-forecast/1",
    "case": "toyland",
    "title": "Toyland",
    "init": "2021-08-12",
    "days": 30,
    "members": 1000,
    "seed": 1,
    "scenario": None,
    "version": "0.1.0",
    "sentence": "By 11 Sep 2021, 3 of 4 places may have changed hands (median).",
    "sides": [{"id": "government", "name": "Government"}, {"id": "rebels", "name": "Rebels"}],
    "places": [
        place("d", "Far [hill]", (0.0, 0.0, 0.004, 0.2), None, [None, None], ["2021-09-02", None], None),
        place(
            "a", "Alpha", (0.9, 1.0, 1.0, 1.0), "2021-08-14", ["2021-08-13", "2021-08-15"], ["2021-08-13"] * 2
        ),
        place(
            "b",
            "Beta",
            (0.2, 0.5, 0.7, 0.9),
            "2021-08-19",
            ["2021-08-16", "2021-09-01"],
            ["2021-08-13", None],
        ),
    ],
    "changes": {
        window: {"p05": 0.0, "p25": 1.0, "p50": median, "p75": 3.0, "p95": 4.0, "mean": 2.0}
        for window, median in zip(WINDOWS, (1.0, 2.0, 2.0, 3.0), strict=True)
    },
    "fallen": {
        window: {"p05": 0, "p25": 1, "p50": median, "p75": 3, "p95": 3, "mean": 1.9}
        for window, median in zip(WINDOWS, (1, 2, 2, 3), strict=True)
    },
    "capital": [
        {
            "id": "b",
            "name": "Beta",
            "holder": "government",
            "p_change": {"3": 0.2, "7": 0.5, "14": 0.7, "30": 0.9},
        }
    ],
    "crossings": [
        {
            "id": "x",
            "name": "Iron Bridge",
            "p50": {"civilians": 12345.0, "soldiers": 87.0, "leaders": 1.0},
            "p90": {"civilians": 67890.0, "soldiers": 1234.0, "leaders": 2.0},
            "queue_p90": 4500.0,
        }
    ],
    "ways": {"handed_over": 0.45, "overrun": 0.3, "melted_away": 0.249, "switched": 0.001},
    "leaders": [{"id": "l", "name": "Somebody", "role": "governor", "p_fled": 0.4, "p_captured": 0.1}],
    "displaced": {"p50": 150_000.0, "p90": 420_000.0},
    "assumptions": ["strength of the garrison of Alpha is not known"],
    "control_from": "reports published by init",
    "calibrated_on": ["here", "there"],
    "effective_draws": 321.0,
}

WHAT_IF = {
    "schema": "headlong-what-if/1",
    "case": "toyland",
    "init": "2021-08-12",
    "days": 30,
    "members": 1000,
    "scenario": {
        "name": "bridge-open",
        "title": "The bridge stays open",
        "what": "Policy open from init on.",
    },
    "sentence": "With the bridge open, 1 place fewer changes hands.",
    "places": [
        {
            "id": name.lower(),
            "name": name,
            "p_change": {
                "baseline": {"7": 0.4, "14": 0.5, "30": 0.6},
                "scenario": {"7": 0.4, "14": 0.5, "30": 0.6 + moved},
                "difference": {"30": {"mean": moved, "low": moved - 0.03, "high": moved + 0.03}},
            },
        }
        for name, moved in (("Alpha", 0.01), ("Beta", -0.2))
    ],
    "changes": {
        "window": 30,
        "baseline": {"p50": 3.0, "p05": 1.0, "p95": 5.0},
        "scenario": {"p50": 2.0, "p05": 1.0, "p95": 5.0},
        "difference": {"mean": -0.6, "low": -1.4, "high": 0.2},
    },
    "crossings": [
        {
            "id": "x",
            "name": "Iron Bridge",
            "baseline": {
                "p50": {"civilians": 12345, "soldiers": 87, "leaders": 0},
                "p90": {"civilians": 67890, "soldiers": 1234, "leaders": 1},
            },
            "scenario": {
                "p50": {"civilians": 22345, "soldiers": 88, "leaders": 0},
                "p90": {"civilians": 97890, "soldiers": 1240, "leaders": 1},
            },
        }
    ],
    "displaced": {"baseline": {"p50": 1000, "p90": 5000}, "scenario": {"p50": 900, "p90": 5000}},
    "judgement": ["leakage of a closed bridge"],
}


@pytest.fixture
def summary():
    return copy.deepcopy(SUMMARY)


@pytest.fixture
def comparison():
    return copy.deepcopy(WHAT_IF)


@pytest.fixture
def toyland(monkeypatch, tmp_path):
    """An empty folder to work in, but for a small case that everything really runs on."""
    monkeypatch.chdir(tmp_path)
    reports = "".join(SMALL["reports.csv"].splitlines(keepends=True)[:2])  # none later than init
    return write_case(tmp_path / "toyland", {"reports.csv": reports})
