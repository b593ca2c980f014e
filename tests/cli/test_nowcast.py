"""The verb nowcast: what it prints, what it refuses, and that text of others stays text."""

import io
import json

import pytest
from click.testing import CliRunner
from rich.console import Console

from headlong.case import open_case
from headlong.cli import headlong
from headlong.errors import HeadlongError
from headlong.forecast.nowcast import nowcast_summary as nowcast
from headlong.view.terminal.nowcast import on_one_line, print_nowcast


@pytest.fixture(scope="module")
def said():
    return nowcast(open_case("chad-2008"), init="2008-02-03", members=250)


def text_of(summary, width=100):
    out = io.StringIO()
    print_nowcast(summary, Console(file=out, width=width, highlight=False))
    return out.getvalue()


def test_unsure_places_come_first_with_what_is_said(said):
    text = text_of(said)
    assert said["sentence"][:40] in text.replace("\n", " ")
    assert "Not sure who holds" in text and "for: " in text and "against: " in text and "Sources" in text
    unsure = [p["name"] for p in said["places"] if p["p"] < 0.95]
    where = [text.replace("\n", " ").index(name) for name in unsure[1:4]]
    assert where == sorted(where)
    assert " 0 %" not in text and "100 %" not in text


@pytest.mark.parametrize("width", (40, 80, 140))
def test_it_fits_the_console(said, width):
    assert max(map(len, text_of(said, width).splitlines())) <= max(width, 60)


def test_how_far_another_seed_goes_is_said_and_where_that_is_not_known(said):
    found = text_of(said | {"particles": said["particles"] | {"ancestors": 400.0}})
    worst = max(p["error"] for p in said["places"])
    assert f"may move the least sure chance by {200 * worst:.0f} points" in " ".join(found.split())
    few = text_of(said | {"particles": said["particles"] | {"ancestors": 3.0}})
    assert "so few that another seed may move any unsure chance" in " ".join(few.split())


def test_text_of_others_is_inert(said):
    bad = "\x1b[2J\x1b]0;owned\x07[bold]x[/bold]\u202eabc\r\n[link=http://x]y[/link]"
    reports = [{**r, "words": bad, "outlet": bad} for r in said["reports"]]
    text = text_of({**said, "reports": reports}, 200)
    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(text)
    assert "[bold]x[/bold]" in text
    assert on_one_line(None) == ""


def test_json_is_json_and_nothing_else(tmp_path):
    call = ["nowcast", "chad-2008", "--init", "2008-01-31", "--members", "40", "--json"]
    done = CliRunner().invoke(headlong, call, catch_exceptions=False)
    found = json.loads(done.stdout)
    assert done.exit_code == 0 and found["schema"] == "headlong-nowcast/1"
    assert found["particles"]["number"] == 40 and found["places"]


@pytest.mark.parametrize(
    "call",
    (
        ["nowcast", "nowhere"],
        ["nowcast", "chad-2008", "--init", "1999-01-01"],
        ["nowcast", "chad-2008", "--reports", "no-such-file.csv"],
        ["forecast", "chad-2008", "--reports", "no-such-file.csv"],
    ),
)
def test_bad_input_is_named(call):
    done = CliRunner().invoke(headlong, call)
    assert isinstance(done.exception, HeadlongError) and str(done.exception)


def test_reports_and_no_reports_exclude_each_other():
    done = CliRunner().invoke(headlong, ["forecast", "chad-2008", "--no-reports", "--reports", "x.csv"])
    assert done.exit_code == 2 and "exclude each other" in done.output
