"""The command line: what it calls, what it prints where, and how it ends."""

import json

import pytest

from headlong.cli import headlong
from headlong.cli.edge import run
from headlong.errors import BadRequest, CaseError, Finding


def call(capsys, *words):
    code = run(headlong, words)
    done = capsys.readouterr()
    return code, done.out, done.err


def test_forecast_passes_every_option(engine, capsys):
    line = "forecast toyland --init 2021-08-12 --days 9 --members 50 --seed 7 --no-reports --known-control"
    code, out, _ = call(capsys, *line.split(), "--threads", "2", "--scenario", "calm", "--out", "toy.nc")
    assert code == 0 and "Next to change hands" in out and "Wrote toy.nc." in out
    names = [name for name, _, _ in engine.calls]
    assert names == ["open_case", "forecast", "save", "summarise"]
    _, args, how = engine.calls[1]
    assert args == ("the case",)
    assert how == {
        "init": "2021-08-12",
        "days": 9,
        "members": 50,
        "seed": 7,
        "scenario": "calm",
        "reports": False,
        "known_control": True,
        "threads": 2,
        "progress": None,
        "bank": None,
    }


def test_json_is_json_only(engine, capsys, summary):
    code, out, err = call(capsys, "forecast", "toyland", "--json")
    found = json.loads(out)
    assert code == 0 and found.pop("track_record")["dates"] > 0
    assert found == summary and err == ""


def test_what_if_json(engine, capsys, comparison):
    code, out, _ = call(capsys, "what-if", "toyland", "bridge-open", "--init", "2021-08-12", "--json")
    assert code == 0 and json.loads(out) == comparison
    assert engine.calls[1][1] == ("the case", "bridge-open")


def test_nothing_written_is_said(engine, capsys):
    _, out, _ = call(capsys, "what-if", "toyland", "bridge-open")
    assert "Nothing was written" in out


def test_demo_writes_into_the_current_folder(engine, capsys):
    code, out, err = call(capsys, "demo")
    assert code == 0
    assert [str(args[-1]) for name, args, _ in engine.calls if name == "save"] == ["afghanistan-2021.nc"]
    assert "Wrote afghanistan-2021.nc" in out and "Running 500 futures" in err


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["forcast", "toyland"], "No such command 'forcast'. Did you mean 'forecast'?"),
        (["whatif", "toyland"], "Did you mean 'what-if'?"),
        (["xyzzy"], "There are: calibrate, cases, check, demo"),
        (["forecast", "toyland", "--memberz", "3"], "Did you mean '--members'?"),
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
        (["forecast"], "Missing argument 'CASE'"),
        (["explain", "garison"], "Did you mean 'garrison'?"),
    ],
)
def test_typos_end_with_2_and_a_hint(engine, capsys, words, hint):
    code, out, err = call(capsys, *words)
    assert code == 2 and out == ""
    assert hint in err and "Traceback" not in err
    assert not engine.calls


def raises(error):
    def call(*args, **kwargs):
        raise error

    return call


def test_findings_are_all_listed(engine, capsys):
    findings = [
        Finding("places.csv", 4, "lat", "134.3", "not between -90 and 90", "Write decimal degrees."),
        Finding("case.toml", None, "init", None, "is missing", "Add it."),
    ]
    engine.modules["headlong.case"].open_case = raises(CaseError(findings))
    code, out, err = call(capsys, "check", "toyland")
    assert code == 2 and out == ""
    first = "places.csv:4: column 'lat', value '134.3': not between -90 and 90. Write decimal degrees."
    assert err.splitlines() == [
        first,
        "case.toml: key 'init': is missing. Add it.",
        "2 findings.",
    ]


def test_a_bad_request_ends_with_2(engine, capsys):
    engine.modules["headlong.forecast.api"].outlook = raises(
        BadRequest("no scenario 'clam'. Did you mean 'calm'?")
    )
    code, _, err = call(capsys, "forecast", "toyland", "--scenario", "clam")
    assert (code, err) == (2, "no scenario 'clam'. Did you mean 'calm'?\n")


def test_a_stop_ends_with_130(engine, capsys):
    engine.modules["headlong.forecast.api"].forecast = raises(KeyboardInterrupt())
    code, out, err = call(capsys, "forecast", "toyland", "--out", "toy.nc")
    assert (code, out, err.strip()) == (130, "", "stopped; nothing broken")
    assert "save" not in [name for name, _, _ in engine.calls]


def test_a_fault_is_one_line_and_where_to_report(engine, capsys):
    engine.modules["headlong.forecast.api"].outlook = raises(ZeroDivisionError("by\nzero"))
    code, _, err = call(capsys, "forecast", "toyland")
    assert code == 1
    assert err.startswith("headlong failed: ZeroDivisionError: by zero\n") and "issue tracker" in err
    assert "Traceback" not in err
    code, _, err = call(capsys, "--debug", "forecast", "toyland")
    assert code == 1 and "Traceback" in err


def test_too_much_asked_of_memory(engine, capsys):
    engine.modules["headlong.forecast.api"].outlook = raises(MemoryError())
    code, _, err = call(capsys, "forecast", "toyland")
    assert code == 1 and "fewer --members" in err
