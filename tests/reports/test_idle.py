"""Reports that can move no place are said by row and id, with why."""

import io
import json

import pytest
from click.testing import CliRunner
from rich.console import Console
from tables import place, report, tiny_war
from toyland import SMALL, write_case
from verbs import run_verb

from headlong.case import open_case
from headlong.cli import headlong
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
