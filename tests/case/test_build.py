# ruff: noqa: E501
"""A case made from facts: any folder of that shape, the same bytes every time, and no outcome in it."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from casebuild.build import build
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
        "alpha": ("2031-02-28", "2031-03-01", "high"),  # nothing is known after the end
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


def renamed(texts, names):
    """The facts with their sides called otherwise."""
    for old, new in names.items():
        texts = {file: re.sub(rf"\b{old}\b", new, text) for file, text in texts.items()}
    return texts


def roles(case):
    return {side.id: side.role for side in case.sides}


@pytest.mark.parametrize(
    "names",
    [
        {"crown": "government", "guild": "rebels", "hill": "opposition"},
        {"crown": "state", "guild": "rebel", "farland": "foreign"},
        {"crown": "regime", "guild": "opposition", "farland": "un"},
    ],
)
@pytest.mark.parametrize("meta", [True, False])
def test_sides_may_have_names_like_roles(facts, fact_texts, tmp_path, names, meta):
    case = made(facts(renamed(fact_texts, names) | ({} if meta else {"case.json": None})), tmp_path / "out")
    found = roles(case)
    assert found[names["crown"]] == "incumbent" and found[names["guild"]] == "insurgent"
    assert next(row.to_side for row in case.history if row.place == "beta") == names["guild"]
    assert len(case.history) == 4 and len(found) >= 3


def test_three_sides_may_fight(facts, fact_texts, tmp_path):
    meta = fact_texts["case.json"].replace('"role": "third"', '"role": "insurgent"')
    falls = fact_texts["falls.csv"] + "gate,2031-03-01,crown,hill,fight,,Wire (2 Mar 2031),high\n"
    case = made(facts({"case.json": meta, "falls.csv": falls}), tmp_path / "out")
    assert roles(case)["hill"] == "insurgent" and ("crown", "hill") in case.presses(case.start)
    assert ("guild", "hill") not in case.presses(case.start)


def test_a_side_that_case_json_forgets_is_a_side(facts, fact_texts, tmp_path):
    falls = fact_texts["falls.csv"] + "gate,2031-03-01,crown,brigands,fight,,Wire (2 Mar 2031),high\n"
    case = made(facts({"falls.csv": falls}), tmp_path / "out")
    assert roles(case)["brigands"] == "insurgent"
    assert any("'brigands' no role" in line for line in case.assumptions)


def test_case_json_may_be_otherwise(facts, fact_texts, tmp_path):
    meta = json.loads(fact_texts["case.json"])
    sides = {block["id"]: {"name": block["name"], "role": "government"} for block in meta["sides"][:1]}
    sides |= {"guild": {"role": "armed opposition"}, "farland": {"role": "foreign power"}}
    for number, (said, expected) in enumerate(
        [
            (sides, {"crown": "incumbent", "guild": "insurgent", "farland": "outside"}),
            (["crown", "guild"], {"crown": "incumbent", "guild": "insurgent", "farland": "insurgent"}),
            ("crown", {"crown": "incumbent", "guild": "insurgent", "farland": "insurgent"}),
        ]
    ):
        changed = facts({"case.json": json.dumps(meta | {"sides": said})}, name=f"f{number}")
        assert roles(made(changed, tmp_path / f"out{number}")) == expected
    for number, text in enumerate(["[]", "{", "null", '{"as_of": "2040-01-01", "window_end": "soon"}']):
        case = made(facts({"case.json": text}, name=f"g{number}"), tmp_path / f"outg{number}")
        assert case.start < case.init <= case.end


@pytest.mark.parametrize(
    "how",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(",", ";") if '"' not in text else text,
        lambda text: re.sub(r"(2031)-(\d\d)-(\d\d)", r"\1-\2-\3T14:30:00Z", text),
        lambda text: re.sub(r"(2031)-(\d\d)-(\d\d)", r"\1/\2/\3", text),
        lambda text: text.replace("Beta", "Bêta").replace("Alpha", "阿尔法"),
        lambda text: text.replace("beta", "бета"),
        lambda text: text.replace("capital,Low", "town,Low"),
        lambda text: text.replace("haven,Haven,refuge,Abroad,LND,11.1,21.2,,other,atlas,medium,\n", ""),
        lambda text: text.replace(",900000,", ",,").replace(",40000,", ",,"),
        lambda text: text.replace("held_by_at_start", "held_by"),
        lambda text: text.replace(",confidence", ",c").replace(",source", ",s"),
        lambda text: text.replace(",high", ",High!").replace(",low", ","),
    ],
)
def test_tables_may_be_written_otherwise(facts, fact_texts, tmp_path, how):
    texts = {file: how(text) if file.endswith(".csv") else text for file, text in fact_texts.items()}
    case = made(facts(texts), tmp_path / "out")
    assert len(case.places) in (4, 5) and len(case.history) == 4
    assert {"crown", "guild"} < roles(case).keys()
    assert all(row.source and row.confidence for table in (case.places, case.roads) for row in table)


@pytest.mark.parametrize(
    "gone", ["leaders", "forces", "timeline", "reports", "repulses", "roads", "falls_after_window"]
)
@pytest.mark.parametrize("empty", [True, False])
def test_any_table_may_be_empty_or_absent(facts, fact_texts, tmp_path, gone, empty):
    header = fact_texts[f"{gone}.csv"].splitlines()[0] + "\n"
    case = made(facts({f"{gone}.csv": header if empty else None}), tmp_path / "out")
    assert len(case.places) == 5 and case.roads and case.history


def test_whoever_takes_places_need_not_be_named(facts, tmp_path):
    falls = "place_id,date\nbeta,2031-02-10\ngate,2031-02-20\n"
    gone = dict.fromkeys(("case.json", "forces.csv", "leaders.csv", "reports.csv", "repulses.csv"))
    places = "id,lat,lon,held_by\nalpha,10,20,crown\nbeta,10.5,20.5,crown\ngate,11,21,crown\n"
    changes = {"falls.csv": falls, "falls_after_window.csv": None, "places.csv": places, "roads.csv": None}
    case = made(facts(gone | changes), tmp_path / "out")
    assert roles(case) == {"crown": "incumbent", "challenger": "insurgent"}
    assert {row.to_side for row in case.history} == {"challenger"}
    assert any("challenger" in line for line in case.assumptions)


def test_without_holders_the_first_losers_are_taken(facts, fact_texts, tmp_path):
    places = fact_texts["places.csv"].replace("held_by_at_start", "old_note")
    case = made(facts({"places.csv": places}), tmp_path / "out")
    held = {place.id: place.held_by for place in case.places}
    assert held == {"alpha": "crown", "beta": "crown", "gamma": None, "gate": "crown", "haven": None}


def test_a_chronology_gives_reports(facts, tmp_path):
    """Only of sure events, from an item with its own day within five days, about the place that it names."""
    timeline = """date,category,actor,event,source,confidence
2031-01-05,military,guild,Rising begins,Wire,high
2031-02-10,military,guild,Beta taken,Wire (12 Feb 2031),high
2031-02-25,military,guild,"Gate lost, Alpha cut off","Wire, 26 February 2031",high
2031-02-25,military,guild,Haven lost,"Wire, key dates (26 Feb 2031)",high
2031-02-27,military,guild,Alpha taken,general reference (unverified),medium
2031-02-28,military,guild,Alpha taken,Wire retrospective (2041),high
2031-03-01,political,guild,Alpha taken,Wire (2 Mar 2031),high
"""
    falls = """place_id,date,from_side,to_side,mode,note,source,confidence
beta,2031-02-10,crown,guild,abandoned,garrison left,Wire (11 Feb 2031) wire.example,high
gate,2031-02-25,crown,guild,fight,,Gazette of 2035,high
alpha,2031-03-20,crown,guild,fight,,Gazette of 2035,high
"""
    changes = {"timeline.csv": timeline, "falls.csv": falls, "falls_after_window.csv": None}
    case = made(facts(changes), tmp_path / "out")
    listed = [
        (row.id, row.side, row.outlet, str(row.published_at.date()))
        for row in case.reports
        if row.id.startswith("timeline")
    ]
    # Beta has an item of its own; of Alpha no more is said than that it was cut off
    assert listed == [("timeline-2031-02-25-gate", "guild", "Wire", "2031-02-26")]
    text = (tmp_path / "out" / "sources.md").read_text(encoding="utf-8")
    assert "1 reports whose id starts with `timeline-`" in text and "No report settles 1 of the 3" in text


@pytest.mark.parametrize(
    ("source", "note", "confidence", "told"),
    [
        ("Wire (11 Feb 2031) wire.example", "", "high", "2031-02-11"),
        ("Gazette (2041); Wire, 2031-02-12, https://wire.example/a", "", "high", "2031-02-12"),
        ("Wire, 12 February 2031 wire.example/2031/02/12", "", "high", "2031-02-12"),
        ("wire.example id20310213", "", "high", "2031-02-13"),
        ("The Wire archive item of 14 February 2031, wire.example", "", "high", "2031-02-14"),
        ("Wire (11 Feb 2031)", "", "medium", None),
        ("Wire (11 Feb 2031)", "", "low", None),
        ("recalled: press of 11 February 2031", "", "high", None),
        ("Wire, key dates (11 Feb 2031)", "", "high", None),
        ("Wire timeline (11 Feb 2031 entry)", "", "high", None),
        ("Wire (10-12 Feb 2031)", "", "high", None),
        ("Wire (about 11 Feb 2031)", "", "high", None),
        ("Wire on the fall of 11 Feb 2031, ten years later", "", "high", None),
        ("Wire (11 Feb 2031), Crown denies loss of Beta", "", "high", None),
        ("Wire (11 Feb 2031), Guild claims Beta", "", "high", None),
        ("Guild headquarters press release (11 Feb 2031)", "", "high", None),
        ("Wire (11 Feb 2031)", "guild claim, denied by the crown", "high", None),
        ("Wire (11 Feb 2031)", "guild claim, conceded by the crown", "high", "2031-02-11"),
        ("Wire (20 Feb 2031)", "", "high", None),
        ("Wire (9 Feb 2031)", "", "high", None),
    ],
)
def test_press_that_is_cited_gives_a_report_only_where_it_is_sure(
    facts, tmp_path, source, note, confidence, told
):
    falls = (
        f"place_id,date,from_side,to_side,mode,note,source,confidence\n"
        f'beta,2031-02-10,crown,guild,fight,"{note}","{source}",{confidence}\n'
    )
    changes = {"falls.csv": falls, "falls_after_window.csv": None, "reports.csv": None}
    found = [
        str(row.published_at.date()) for row in made(facts(changes), tmp_path / "out").reports if row.place
    ]
    assert found == ([told] if told else [])


def test_days_are_spread(facts, tmp_path):
    falls = """place_id,date,from_side,to_side,mode,note,source,confidence,alt_date
beta,2031-02-10,crown,guild,fight,,Wire,high,
beta,2031-02-14,guild,crown,fight,,recalled,low,
gate,2031-03-10,crown,guild,fight,,recalled,medium,
gamma,2031-03-05,,guild,fight,5 or 6 March,recalled,low,
alpha,2031-04-25,crown,guild,fight,the month is known,recalled,low,
alpha,2031-04-29,guild,crown,fight,,Wire,high,2031-04-27
"""
    case = made(facts({"falls.csv": falls, "falls_after_window.csv": None}), tmp_path / "out")
    days = [(row.place, row.earliest.day, row.date and row.date.day, row.latest.day) for row in case.history]
    assert days == [
        ("beta", 9, 10, 11),
        ("beta", 13, 14, 24),
        ("gamma", 5, 5, 6),
        ("gate", 7, 10, 13),
        ("alpha", 10, 25, 27),
        ("alpha", 28, None, 29),
    ]
    assert case.known_by(date(2031, 3, 10)).history[-1].place == "gate"


def test_home_comes_from_the_facts(facts, tmp_path):
    home = """place_id,side,basis,source,confidence
alpha,crown,court,atlas,medium
beta,Guild,trades,atlas,low
gate,,mixed,atlas,low
nowhere,crown,,atlas,low
gamma,isle,settlers,atlas,low
"""
    case = made(facts({"home.csv": home}), tmp_path / "out")
    assert dict(case.home_of) == {"alpha": "crown", "beta": "guild", "gate": None}
    text = (tmp_path / "out" / "sources.md").read_text(encoding="utf-8")
    assert "'isle' is no side of the case" in text and "a row of home needs a known place" in text
    assert "Whose own people live in 1 of the places is not known." in case.assumptions


def test_friends_foes_and_seats_of_case_json_are_honoured_or_refused(facts, fact_texts, tmp_path):
    meta = json.loads(fact_texts["case.json"])
    meta["sides"][0] |= {"presses": ["Guild"], "seat": "beta", "flag": "red"}
    meta["sides"][1] |= {"friends": ["hill", "isle"], "seat": "nowhere", "presses": "crown"}
    meta["sides"][3] |= {"seat": ""}
    meta["sides"][4] |= {"seat": "alpha"}
    case = made(facts({"case.json": json.dumps(meta)}), tmp_path / "out")
    crown, guild, far = (case.side(name) for name in ("crown", "guild", "farland"))
    assert (crown.presses, crown.seat, case.seat_of("crown")) == (("guild",), "beta", "beta")
    assert (guild.friends, guild.presses, guild.seat) == ((), None, None) and far.seat == ""
    text = (tmp_path / "out" / "sources.md").read_text(encoding="utf-8")
    for line in (
        "a key 'flag' of 'crown' is not known; it is not used",
        "presses of 'guild' is not a list of sides; refused",
        "guild: friends 'hill' is no side of the case; refused",
        "guild: friends 'isle' is no side of the case; refused",
        "seat 'nowhere' is not in the facts; it is left out",
        "'isle' is no side of the case; what it says of it is not used",
    ):
        assert line in text, line


def test_an_incumbent_without_a_capital_sits_where_its_first_leader_sits(facts, fact_texts, tmp_path):
    places = fact_texts["places.csv"].replace("Alpha,capital", "Alpha,town")
    leaders = fact_texts["leaders.csv"].replace("President to 3 March 2031,crown,alpha", "General,crown,beta")
    case = made(facts({"places.csv": places, "leaders.csv": leaders}), tmp_path / "out")
    assert case.seat_of("crown") == "beta"


def test_what_cannot_be_a_case_is_said(facts, tmp_path):
    with pytest.raises(BadRequest, match="nothing to hold"):
        list(build(facts({"places.csv": None}), tmp_path / "out"))
    with pytest.raises(BadRequest, match="armed sides"):
        meta = json.dumps({"window_start": "2031-01-01", "window_end": "2031-02-01"})
        changes = {"case.json": meta, **dict.fromkeys(["falls.csv", "falls_after_window.csv", "forces.csv"])}
        list(build(facts(changes, name="quiet"), tmp_path / "out"))
