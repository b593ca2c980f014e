# ruff: noqa: E501
"""A case made from facts: any folder of that shape, the same bytes every time, and no outcome in it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from facts.build import build
from headlong.case import read
from headlong.errors import BadRequest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "build_case.py"


def made(source, target):
    list(build(source, target))
    return read(target)


def test_a_whole_folder(facts, tmp_path):
    case = made(facts(), tmp_path / "out")
    assert [(side.id, side.role) for side in case.sides] == [
        ("crown", "incumbent"),
        ("guild", "insurgent"),
        ("farland", "outside"),
    ]
    held = {place.id: place.held_by for place in case.places}
    assert held == {"alpha": "crown", "beta": "crown", "gamma": None, "gate": "crown", "haven": None}
    assert [(row.place, row.to_side) for row in case.history] == [
        ("beta", "guild"),
        ("gamma", "guild"),
        ("beta", "farland"),
        ("gate", "guild"),
    ]
    assert case.crossings[0].to == "haven" and case.crossings[0].policy is None
    assert case.end.isoformat() == "2031-04-30"
    assert {
        "leaders-stay",
        "amnesty-not-credible",
        "crossings-open",
        "crossings-closed",
    } < case.scenarios.keys()


def test_outcomes_are_left_out(facts, tmp_path):
    case = made(facts(), tmp_path / "out")
    bold, grey, moon, smith = case.leaders
    assert (bold.role, bold.known_until.isoformat()) == ("President", "2031-03-03")
    assert (moon.role, moon.known_from.isoformat()) == ("Prime Minister", "2031-03-03")
    assert smith.known_from.isoformat() == "2031-02-10" and grey.known_from is None
    units = {row.unit: row for row in case.garrisons}
    assert units["Crown army total"].kind == "total" and units["Beta garrison"].leader == "cid-grey"
    assert "Legion" not in units and units["Gamma band"].known_from.isoformat() == "2031-02-20"
    assert "Guild, March 2031" in units and units["Guild, March 2031"].kind == "total"
    inside = {
        file.name: file.read_text() for file in (tmp_path / "out").glob("*.csv") if "history" not in file.name
    }
    for word in ("fled", "surrendered", "gave up", "early by a day", "true then", "passed to the guild"):
        assert not [name for name, text in inside.items() if word in text], word


def test_reports_by_the_rules(facts, tmp_path):
    case = made(facts(), tmp_path / "out")
    told = {row.id: (row.claim, row.side, row.source_class, row.interest) for row in case.reports}
    assert told == {
        "r1": ("fell", "guild", "belligerent", "own_success"),
        "r2": ("held", "crown", "belligerent", "own_success"),
        "press-001-beta": ("fell", "guild", "agency", "none"),
        "press-004-gate": ("fell", "guild", "agency", "none"),
    }


def test_the_same_bytes_every_time(facts, tmp_path):
    source = facts()
    for name in ("one", "two", "one"):
        list(build(source, tmp_path / name))
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two and len(one) >= 10


@pytest.mark.parametrize(
    "missing",
    [
        ["case.json"],
        [
            "leaders.csv",
            "forces.csv",
            "reports.csv",
            "timeline.csv",
            "repulses.csv",
            "falls_after_window.csv",
        ],
        ["roads.csv"],
        ["falls.csv", "falls_after_window.csv", "forces.csv"],
    ],
)
def test_tables_may_be_missing(facts, tmp_path, missing):
    case = made(facts(dict.fromkeys(missing)), tmp_path / "out")
    assert len(case.sides) >= 2 and len(case.roads) >= 4
    assert len(case.assumptions) >= 4 and all(line.endswith(".") for line in case.assumptions)


def test_without_case_json_the_frame_is_derived(facts, tmp_path):
    case = made(facts({"case.json": None}), tmp_path / "out")
    assert case.id == "moorland" and case.side("crown").role == "incumbent"
    assert case.start.isoformat() == "2031-01-11" and case.init.isoformat() == "2031-02-10"
    assert any("no period" in line for line in case.assumptions)
    assert any("no government" in line for line in case.assumptions)


def test_the_other_layout(facts, tmp_path):
    """Holders of a later day, changes without sides, other column names: undone to the start."""
    places = """id,name,kind,province,country,lat,lon,population,held_by_on_2031-02-15,held_by_source,source,confidence
alpha,Alpha,capital,Low,MOR,10.0,20.0,900000,crown,Wire,atlas,high
beta,Beta,town,Low,MOR,10.5,20.5,40000,guild,Wire,atlas,high
gate,Gate,crossing,High,MOR,11.0,21.0,,guild,Wire,atlas,medium
"""
    falls = """place_id,date,mode,note,alt_date,alt_source,source,confidence
beta,2031-02-10,fight,,2031-02-11,Gazette,Wire,high
alpha,2031-03-01,unopposed,,,,Wire,high
"""
    roads = "from,to,distance_km,class,note,source,confidence\nalpha,beta,95,highway,,atlas,low\nbeta,gate,95,track,,atlas,low\n"
    leaders = "name,role,side,base_place_id,outcome,outcome_date,note,source,confidence\nAnn Bold,president,crown,alpha,fled,2031-03-01,,Wire,high\n"
    changes = {
        "places.csv": places,
        "falls.csv": falls,
        "roads.csv": roads,
        "leaders.csv": leaders,
        "case.json": None,
    }
    drop = dict.fromkeys(["forces.csv", "falls_after_window.csv", "repulses.csv", "reports.csv"])
    case = made(facts(changes | drop, name="fenland"), tmp_path / "out")
    assert {place.held_by for place in case.places} == {"crown"}
    told = {
        row.place: (row.earliest.isoformat(), row.latest.isoformat(), row.confidence) for row in case.history
    }
    assert told == {
        "beta": ("2031-02-10", "2031-02-11", "high"),
        "gate": ("2031-01-11", "2031-02-15", "low"),
        "alpha": ("2031-03-01", "2031-03-01", "high"),
    }
    status = {row.place: row.side for row in case.reports if row.id.startswith("status-")}
    assert status == {"alpha": "crown", "beta": "guild", "gate": "guild"}


def test_bad_rows_are_said_and_left_out(facts, tmp_path):
    source = facts()
    for name, line in [
        ("falls.csv", "nowhere,2031-02-10,crown,guild,fight,,Wire,high\n"),
        ("falls.csv", "alpha,the tenth,crown,guild,fight,,Wire,high\n"),
        ("roads.csv", "alpha,nowhere,10,track,atlas,low,\n"),
        ("roads.csv", "alpha,gate,5,track,atlas,low,\n"),
        ("places.csv", "delta,Delta,town,Low,MOR,910,20.0,1,crown,atlas,high,\n"),
        ("reports.csv", "r1,2031-02-09,,,words,army,true,,Wire,high\n"),
        ("repulses.csv", "alpha,2031-03-01,nobody-known,crown,Wire,high\n"),
        ("leaders.csv", 'a,"b\n'),
    ]:
        with (source / name).open("a") as file:
            file.write(line)
    told = "\n".join(build(source, tmp_path / "out"))
    for words in (
        "falls.csv:6",
        "'the tenth' is not a date",
        "roads.csv:6",
        "as the crow flies",
        "places.csv:7",
        "reports.csv:5",
        "repulses.csv:3",
    ):
        assert words in told, told
    assert len(read(tmp_path / "out").places) == 5


def test_as_a_program(facts, tmp_path):
    def run(*words):
        return subprocess.run([sys.executable, SCRIPT, *map(str, words)], capture_output=True, text=True)

    done = run(facts(), tmp_path / "out")
    assert done.returncode == 0 and "<Case moorland: 5 places" in done.stdout
    assert run().returncode == 2
    lost = run(tmp_path / "nowhere", tmp_path / "out2")
    assert lost.returncode == 2 and "no facts folder" in lost.stderr and "Traceback" not in lost.stderr


def test_what_cannot_be_a_case_is_said(facts, tmp_path):
    with pytest.raises(BadRequest, match="nothing to hold"):
        list(build(facts({"places.csv": None}), tmp_path / "out"))
    with pytest.raises(BadRequest, match="armed sides"):
        meta = json.dumps({"window_start": "2031-01-01", "window_end": "2031-02-01"})
        changes = {"case.json": meta, **dict.fromkeys(["falls.csv", "falls_after_window.csv", "forces.csv"])}
        list(build(facts(changes, name="quiet"), tmp_path / "out"))
