"""The command line on a real case: what it runs, what it prints where, and how it ends."""

import importlib
import json
from pathlib import Path

import pytest
from toyland import SMALL, write_case

import headlong as hl
from headlong.cli import headlong
from headlong.cli.edge import run
from headlong.forecast.api import outlook
from headlong.forecast.results.what_if import summarise_what_if

FEW = ("--days", "9", "--members", "30")


def call(capsys, *words):
    code = run(headlong, words)
    done = capsys.readouterr()
    return code, done.out, done.err


def test_forecast_does_what_every_option_says(toyland, capsys):
    line = "forecast toyland --init 2031-02-05 --days 9 --members 50 --seed 7 --known-control"
    code, out, _ = call(capsys, *line.split(), "--threads", "2", "--scenario", "calm", "--out", "toy.nc")
    assert code == 0 and "Next to change hands" in out and "Wrote toy.nc." in out
    made = hl.load("toy.nc")
    asked = {"case": "toyland", "days": 9, "members": 50, "seed": 7, "scenario": "calm", "control": "history"}
    assert {name: made.attrs[name] for name in asked} == asked and made.attrs["init"] == "2031-02-05"
    same = hl.forecast(
        "toyland", "2031-02-05", days=9, members=50, seed=7, scenario="calm", control="history"
    )
    assert made["control"].values.tobytes() == same["control"].values.tobytes()


def test_json_is_json_only(toyland, capsys):
    code, out, err = call(capsys, "forecast", "toyland", *FEW, "--json")
    found = json.loads(out)
    assert code == 0 and found.pop("track_record")["dates"] > 0
    assert err == "" and found["idle_reports"] == []
    assert found == json.loads(json.dumps(outlook("toyland", days=9, members=30)))


def test_what_if_json(toyland, capsys):
    code, out, _ = call(capsys, "what-if", "toyland", "calm", *FEW, "--json")
    both = hl.what_if("toyland", "calm", days=9, members=30)
    assert code == 0 and json.loads(out) == json.loads(json.dumps(summarise_what_if(both)))


def test_nothing_written_is_said(toyland, capsys):
    code, out, _ = call(capsys, "what-if", "toyland", "calm", *FEW)
    assert code == 0 and "Nothing was written" in out
    assert [path.name for path in Path().iterdir()] == ["toyland"]


def test_demo_writes_into_the_current_folder(toyland, capsys):
    code, out, err = call(capsys, "demo")
    assert code == 0 and "Wrote afghanistan-2021.nc" in out and "Running 500 futures" in err
    assert hl.load("afghanistan-2021.nc").attrs["members"] == 500


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["forcast", "toyland"], "No such command 'forcast'. Did you mean 'forecast'?"),
        (["whatif", "toyland"], "Did you mean 'what-if'?"),
        (["xyzzy"], "There are: archive, calibrate"),
        (["forecast", "toyland", "--membars", "3"], "'--members'"),
        (["forecast", "toyland", "--init", "2021-8-12"], "Did you mean 2021-08-12?"),
        (["forecast", "toyland", "--init", "12.08.2021"], "Did you mean 2021-08-12?"),
        (["forecast", "toyland", "--init", "2021/08/12"], "Did you mean 2021-08-12?"),
        (["forecast", "toyland", "--init", "20210812"], "Did you mean 2021-08-12?"),
        (["forecast", "toyland", "--init", "2021-02-30"], "not a day of the calendar"),
        (["forecast", "toyland", "--init", "soon"], "Write year-month-day, such as 2021-08-12."),
        (["forecast", "toyland", "--days", "0"], "--days"),
        (["forecast", "toyland", "--members", "many"], "--members"),
        (["forecast", "toyland", "--out", "no/such/folder.nc"], "no folder 'no/such'"),
        (["forecast", "toyland", "--out", "."], "'.' is a folder"),
        (["forecast", "toyland", "--out", "toy.txt"], "'toy.txt' must end in .nc or .nc4."),
        (["calibrate", "toyland", "--out", "bank.txt"], "'bank.txt' must end in .npz. It is a bank"),
        (["calibrate", "toyland", "--out", "bank"], "'bank' must end in .npz."),
        (["forecast"], "Missing argument 'CASE'"),
        (["verify"], "Name cases, or one of --gallery"),
        (["verify", "toyland", "--learn"], "Name cases, or one of --gallery"),
        (["verify", "--learn", "--validate"], "Name cases, or one of --gallery"),
        (["explain", "garison"], "Did you mean 'garrison'?"),
    ],
)
def test_typos_end_with_2_and_a_hint(toyland, capsys, words, hint):
    code, out, err = call(capsys, *words)
    assert code == 2 and out == ""
    assert hint in err and "Traceback" not in err
    assert [path.name for path in toyland.parent.iterdir()] == ["toyland"]


def raises(error):
    def call(*args, **kwargs):
        raise error

    return call


@pytest.fixture
def failing(monkeypatch):
    """Let one function of the package fail when it is called."""

    def failing(name, error):
        monkeypatch.setattr(importlib.import_module("headlong.forecast.api"), name, raises(error))

    return failing


def test_findings_are_all_listed(toyland, capsys):
    places = SMALL["places.csv"].replace("beta,Beta,,town,Low,TOY,10.5", "beta,Beta,,town,Low,TOY,134.3")
    write_case(
        toyland, {"places.csv": places, "case.toml": SMALL["case.toml"].replace('title = "Toyland"\n', "")}
    )
    code, out, err = call(capsys, "check", "toyland")
    assert code == 2 and out == ""
    *found, last = err.splitlines()
    assert found[0].startswith("case.toml: key 'title': ") and last == f"{len(found)} findings."
    assert any(line.startswith("places.csv:3: column 'lat', value '134.3': ") for line in found)


def test_a_bad_request_ends_with_2(toyland, capsys):
    code, out, err = call(capsys, "forecast", "toyland", "--scenario", "clam")
    assert (code, out) == (2, "") and err.startswith("no scenario 'clam'. Did you mean 'calm'?")


def test_a_stop_ends_with_130(toyland, capsys, failing):
    failing("forecast", KeyboardInterrupt())
    code, out, err = call(capsys, "forecast", "toyland", "--out", "toy.nc")
    assert (code, out, err.strip()) == (130, "", "stopped; nothing broken")
    assert not Path("toy.nc").exists()


def test_a_fault_is_one_line_and_where_to_report(toyland, capsys, failing):
    failing("outlook", ZeroDivisionError("by\nzero"))
    code, _, err = call(capsys, "forecast", "toyland")
    assert code == 1
    assert err.startswith("headlong failed: ZeroDivisionError: by zero\n") and "issue tracker" in err
    assert "Traceback" not in err
    code, _, err = call(capsys, "--debug", "forecast", "toyland")
    assert code == 1 and "Traceback" in err


def test_too_much_asked_of_memory(toyland, capsys, failing):
    failing("outlook", MemoryError())
    code, _, err = call(capsys, "forecast", "toyland")
    assert code == 1 and "fewer --members" in err
