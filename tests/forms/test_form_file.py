"""A form in a file of one's own, on the command line: learned, run, scored, run again; and what is no form."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from large_towns import LARGE_TOWNS

import headlong as hl
from headlong.cli import headlong
from headlong.errors import BadRequest
from headlong.forms.form_file import read_form
from headlong.inference.bank import load_bank

FILE = Path(__file__).with_name("large_towns.py")
WAR = "chad-2008"
SHORT = ["--days", "2", "--members", "4", "--known-control"]

BAD = {
    "no-such.py": (None, "cannot be read as a form"),
    "form.txt": ("", "a form is a Python file"),
    "broken.py": ("x = 1\nFORM = Form(\n", "broken.py:2 is not Python"),
    "raises.py": ("import os\n\nnothing = os.nothing\n", "raises.py:3 does not run: AttributeError"),
    "leaves.py": ("raise SystemExit('away')\n", "leaves.py:1 does not run: SystemExit"),
    "none.py": ("from headlong.forms import DEFAULT, SHARES, Form\n", "makes no form: a file has one"),
    "two.py": (
        "from headlong.forms import Form\nA, B = (Form(n, '', ('strain.mean', 'strain.slow_sd')) for n in 'ab')\n",
        "makes 2 forms ('a', 'b')",
    ),
    "unsound.py": (
        "from headlong.forms import Form\nF = Form('f', '', ('strain.mean', 'loss.wind'))\n",
        "it learns 'loss.wind', which is no parameter; it does not learn 'strain.slow_sd'",
    ),
}


def call(*words):
    """Exit code, what was said, and whether a traceback would be seen."""
    done = CliRunner().invoke(headlong, [str(word) for word in words], standalone_mode=False)
    return done.exception, done.output


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    """A bank that the command line made of the form's file."""
    path = tmp_path_factory.mktemp("form") / "large-towns.npz"
    wrong, said = call(
        "calibrate", WAR, "chad-1990", "rwanda-1994", "--form", FILE, "--draws", 300, "--out", path
    )
    assert wrong is None and "extra.size" in said, said
    return path


@pytest.mark.parametrize("name", sorted(BAD))
def test_what_is_no_form_is_refused_with_its_place(name, tmp_path):
    text, message = BAD[name]
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadRequest) as error:
        read_form(tmp_path / name)
    said = str(error.value)
    assert message in said and (str(tmp_path / name) in said or "form 'f'" in said)
    wrong, _ = call("calibrate", WAR, "--form", tmp_path / name, "--out", tmp_path / "b.npz")
    assert isinstance(wrong, BadRequest) and message in str(wrong) and not (tmp_path / "b.npz").exists()


def test_a_form_that_is_changed_from_the_default_is_one(tmp_path):
    text = "from dataclasses import replace\nfrom headlong.forms import DEFAULT\nMINE = replace(DEFAULT, name='mine')\n"
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    assert read_form(tmp_path / "mine.py").name == "mine"


def test_a_form_needs_its_bank():
    for verb in ("forecast", "verify"):
        wrong, _ = call(verb, WAR, "--form", FILE)
        assert "--form goes with --bank FILE" in wrong.format_message()


def test_it_is_run_and_run_again(bank, tmp_path):
    out = tmp_path / "one.nc"
    wrong, said = call("forecast", WAR, "--bank", bank, "--form", FILE, *SHORT, "--out", out)
    assert wrong is None, (wrong, said)
    wrong, said = call("rerun", out, "--form", FILE)
    assert wrong is None and said.startswith("The same bits"), (wrong, said)
    wrong, _ = call("rerun", out)
    assert "brings columns of its own (extra.size)" in str(wrong) and "--form FILE.py" in str(wrong)
    assert hl.load(out)["bank_theta"].attrs["form_hash"] == read_form(FILE).file_hash


def test_a_file_that_has_changed_is_noticed(bank, tmp_path):
    changed = shutil.copy(FILE, tmp_path / "large_towns.py")
    with open(changed, "a", encoding="utf-8") as file:
        file.write("\n# now otherwise\n")
    with pytest.raises(BadRequest, match=r"is no longer the one that .*large-towns\.npz was made with"):
        load_bank(bank, read_form(changed))
    assert load_bank(bank, LARGE_TOWNS).form is LARGE_TOWNS  # made in a program: no file to compare


def test_it_is_scored(bank, tmp_path, monkeypatch):
    """With the verb's own lessons; a bank without its form is refused."""
    words = (
        "verify",
        WAR,
        "--bank",
        bank,
        "--inits",
        "2008-02-03",
        "--leads",
        "3",
        "--members",
        "8",
        "--json",
    )
    wrong, _ = call(*words)
    assert "give the form" in str(wrong).lower()
    wrong, said = call(*words, "--form", FILE)
    assert wrong is None and '"headlong"' in said, (wrong, said[:500])


def test_a_column_that_fails_says_where(tmp_path):
    text = FILE.read_text("utf-8").replace('place["population"] or 10_000', 'place["inhabitants"]')
    (tmp_path / "f.py").write_text(text, encoding="utf-8")
    wrong, _ = call("calibrate", WAR, "--form", tmp_path / "f.py", "--out", tmp_path / "b.npz")
    assert (
        "form 'large-towns', column 'size', case chad-2008: its function failed (KeyError('inhabitants'))"
        in str(wrong)
    )
