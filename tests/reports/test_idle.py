"""Reports that can move no place are said by row and id, with why."""

import io
import json

import numpy as np
import pytest
from click.testing import CliRunner
from rich.console import Console
from tables import place, report, tiny_war
from toyland import SMALL, write_case
from verbs import run_verb

import headlong as hl
from headlong.case import open_case
from headlong.cli import headlong
from headlong.forecast.nowcast import nowcast_summary
from headlong.forecast.results.what_if import summarise_what_if
from headlong.reports.idle import idle_in_words, idle_reports
from headlong.view.terminal.case import print_case

PLACES = (*tiny_war().places, place("haven", 11.0, "refuge", None))


def why(**other):
    cells = {"place": "town", "claim": "fell", "side": "rebels"} | other
    row = report("r1", 3, cells.pop("place"), cells.pop("claim"), cells.pop("side"), **cells)
    return [found["why"] for found in idle_reports([row], PLACES)]


def test_what_a_claim_needs_and_lacks_is_said():
    assert why() == []
    assert why(side=None) == ["'fell' needs a side and has none"]
    assert why(place=None) == ["'fell' needs a place and has none"]
    assert why(place=None, side=None, claim="withdrew") == [
        "'withdrew' needs a place and a side and has none"
    ]
    assert why(place="haven") == ["haven is a refuge, which no side holds"]


@pytest.mark.parametrize(
    "cells",
    (
        {"claim": "support", "place": None},
        {"claim": "crossed", "side": None},
        {"claim": "fled", "leader": "lord", "place": None},
    ),
)
def test_claims_that_are_of_something_else_are_not_among_them(cells):
    assert why(**cells) == []


def test_the_sentence_names_eight_and_counts_the_rest():
    idle = [{"id": f"r{k}", "row": k, "why": "so"} for k in range(1, 11)]
    assert idle_in_words([]) == ""
    assert idle_in_words(idle[:1]) == "1 report can move no place: row 1 (r1), so."
    assert idle_in_words(idle).endswith("row 8 (r8), so; and 2 more.")
    assert idle_in_words([{"id": "x", "row": 0, "why": "so"}]) == "1 report can move no place: x, so."


HEAD = "id,published_at,event_date,place,claim,side,source_class,verification,source,confidence\n"
ROWS = "r5,2031-01-20,2031-01-20,gate,held,crown,reporter,attributed,made up,low\n"
ROWS += "r6,2031-01-20,2031-01-20,gate,fell,,reporter,confirmed,made up,low\n"
SAID = "1 report can move no place: row 3 (r6), 'fell' needs a side and has none."


@pytest.fixture
def toyland(tmp_path):
    (tmp_path / "told.csv").write_text(HEAD + ROWS)
    return str(write_case(tmp_path / "toyland")), str(tmp_path / "told.csv")


def test_nowcast_says_so_and_gives_them_no_weight(toyland, capsys):
    case, told = toyland
    call = ["nowcast", case, "--reports", told, "--members", "40"]
    found = json.loads(CliRunner().invoke(headlong, [*call, "--json"], catch_exceptions=False).stdout)
    assert found["idle_reports"] == [{"id": "r6", "row": 3, "why": "'fell' needs a side and has none"}]
    weights = {r["id"]: r["weight"] for r in found["reports"]}
    assert weights["r6"] is None and weights["r5"] > 0.5
    code, out, _ = run_verb(capsys, *call)
    assert code == 0 and SAID in " ".join(out.split())


def test_forecast_says_so(toyland, capsys):
    case, told = toyland
    call = ["forecast", case, "--reports", told, "--members", "10", "--days", "3"]
    found = json.loads(CliRunner().invoke(headlong, [*call, "--json"], catch_exceptions=False).stdout)
    assert found["idle_reports"] == [{"id": "r6", "row": 3, "why": "'fell' needs a side and has none"}]
    code, out, _ = run_verb(capsys, *call)
    assert code == 0 and SAID in " ".join(out.split())
    early = CliRunner().invoke(headlong, [*call, "--json", "--init", "2031-01-15"], catch_exceptions=False)
    assert json.loads(early.stdout)["idle_reports"] == []


def test_check_says_so(tmp_path):
    lost = SMALL["reports.csv"].replace("beta,fell,guild", "beta,fell,")
    case = open_case(str(write_case(tmp_path / "toyland", {"reports.csv": lost})))
    out = io.StringIO()
    print_case(case, Console(file=out, width=200, highlight=False))
    assert "reports.csv: 1 report can move no place: row 2 (r1), 'fell' needs a side" in out.getvalue()


def test_what_if_says_so(toyland, capsys):
    case, told = toyland
    call = ["what-if", case, "calm", "--reports", told, "--members", "10", "--days", "3"]
    found = json.loads(CliRunner().invoke(headlong, [*call, "--json"], catch_exceptions=False).stdout)
    assert found["idle_reports"] == [{"id": "r6", "row": 3, "why": "'fell' needs a side and has none"}]
    code, out, _ = run_verb(capsys, *call)
    assert code == 0 and SAID in " ".join(out.split())


@pytest.mark.parametrize("verb", (hl.forecast, hl.what_if))
def test_a_forecast_in_python_and_its_file_say_so(toyland, tmp_path, verb):
    """And give them no weight, as a nowcast does; read again, the file says the same."""
    case, told = toyland
    asked = {"scenario": "calm"} if verb is hl.what_if else {}
    found = verb(case, reports=told, members=10, days=3, **asked)
    hl.save(found, tmp_path / "f.nc")
    for one in (found, hl.load(tmp_path / "f.nc")):
        assert json.loads(one.attrs["idle_reports"]) == ["r6: 'fell' needs a side and has none"]
        weight = dict(zip(one["report"].values.tolist(), one["report_weight"].values, strict=True))
        assert np.isnan(weight["r6"]) and weight["r5"] > 0.5
    short = summarise_what_if(found) if asked else hl.summarise(found)
    assert short["idle_reports"] == [{"id": "r6", "row": 0, "why": "'fell' needs a side and has none"}]


def test_a_forecast_knows_what_is_contested_as_a_nowcast_does(tmp_path):
    rows = "r7,2031-01-20,2031-01-20,gate,held,crown,reporter,attributed,made up,low\n"
    rows += "r8,2031-01-22,2031-01-22,gate,fell,guild,belligerent,attributed,made up,low\n"
    (tmp_path / "told.csv").write_text(HEAD + rows)
    asked = {"reports": str(tmp_path / "told.csv"), "init": "2031-01-23"}
    case = str(write_case(tmp_path / "toyland"))
    told = hl.forecast(case, members=10, days=3, **asked)
    now = {p["id"]: p["contested"] for p in nowcast_summary(case, **asked)["places"]}
    found = dict(zip(told["place"].values.tolist(), told["contested"].values.tolist(), strict=True))
    assert now["gate"] and {name: bool(found[name]) for name in now} == now
