"""Texts of others reach the terminal as texts: no colour, no cursor, no direction turned; advice names what exists."""

import json
import re
import tomllib
from io import StringIO
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headlong.cli.edge import Verbs, run
from headlong.errors import BadRequest
from headlong.text import ACTING, as_json, inert
from headlong.view.terminal.tables import Plain, TextColumn, console, print_table, print_text

ROOT = Path(__file__).parents[2]
HOSTILE = "\x1b[31mA\x9b31mB\u202egnp\u2066x\x07\x7f\ufeff\u2028"


@given(st.text())
def test_what_is_inert_acts_on_nothing(text):
    assert not ACTING.search(inert(text)) and inert(inert(text)) == inert(text)
    assert inert("two\nlines\tand a tab") == "two\nlines\tand a tab"


@given(st.text())
def test_json_is_read_as_it_was_written(text):
    said = as_json({"a": text})
    assert json.loads(said) == {"a": text} and not ACTING.search(said)


def test_nothing_of_others_acts_on_the_console():
    out = StringIO()
    screen = Plain(file=out, width=100, force_terminal=True, color_system="truecolor")
    print_text(HOSTILE, screen, style="bold")
    print_table([TextColumn(HOSTILE, right=False), TextColumn("b")], [[HOSTILE, HOSTILE]], screen)
    screen.print(HOSTILE)
    said = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert "A" in said and not ACTING.search(said.replace("[31m", ""))
    assert "\x1b[31m" not in out.getvalue() and isinstance(console(), Plain)


@pytest.mark.parametrize("error", [BadRequest(HOSTILE), click.UsageError(HOSTILE), RuntimeError(HOSTILE)])
def test_errors_are_inert(error, capfd):
    group = Verbs()

    @group.command()
    def fail():
        raise error

    assert run(group, ["fail"]) in (1, 2)
    assert "gnp" in (said := capfd.readouterr().err) and not ACTING.search(said)


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device", "/x/y"), PermissionError(13, "Permission denied", "z")]
)
def test_what_the_system_refuses_is_no_fault_of_ours(error, capfd):
    group = Verbs()

    @group.command()
    def fail():
        raise error

    assert run(group, ["fail"]) == 2
    said = capfd.readouterr().err
    assert error.strerror in said and error.filename in said and "fault" not in said
    assert any(advice in said for advice in ("Name", "name another place", "Make room"))


def test_advice_names_what_there_is():
    """Every `pip install 'headlong[x]'`, and every `headlong verb`, that a message or a text names."""
    from headlong.cli import headlong as group

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    files = [
        *(ROOT / "src").rglob("*.py"),
        *(ROOT / "docs").glob("*.md"),
        ROOT / "README.md",
        *(ROOT / "extras").rglob("*.md"),
    ]
    extra, verb = re.compile(r"headlong\[([^\]]*)\]"), re.compile(r"(?<=`)headlong ([a-z][a-z-]+)")
    named = {
        name.strip()
        for f in files
        for found in extra.findall(f.read_text("utf-8"))
        for name in found.split(",")
    }
    verbs = {name for f in files for name in verb.findall(f.read_text("utf-8"))}
    assert named and named <= set(extras), named - set(extras)
    assert len(verbs) > 5 and verbs <= set(group.commands), verbs - set(group.commands)


def test_a_file_of_another_form_is_refused_before_the_work(capfd):
    from headlong.cli import headlong as group

    for name in ("x.csv", "x.html", "x", "x.nc.gz"):
        assert run(group, ["forecast", "chad-2008", "--out", name]) == 2
        said = capfd.readouterr().err
        assert ".nc or .nc4" in said and "headlong export" in said
