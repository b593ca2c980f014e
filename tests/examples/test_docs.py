"""The documents: made pages are up to date, links lead somewhere, commands and programs are as they are now."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from headlong.cli import headlong

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def commands(text):
    """Words of every headlong command that a document shows as run."""
    for line in re.findall(r"^\$ (headlong .*)$", text, re.MULTILINE):
        yield shlex.split(re.split(r"[|;>]|2>", line)[0])[1:]


@pytest.mark.parametrize("script", ["make_case_docs.py", "make_facts_docs.py"])
def test_the_pages_of_tables_are_up_to_date(script):
    call = [sys.executable, str(ROOT / "scripts" / script), "--check"]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_commands_name_are_there(page):
    text = page.read_text("utf-8")
    for name in re.findall(r"\b((?:scripts|benchmarks|validation|examples)/\w+\.py)\b", text):
        assert (ROOT / name).is_file(), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_their_options_exist(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for verb, *words in commands(page.read_text("utf-8")):
        command = headlong.get_command(click.Context(headlong), verb)
        assert command is not None, verb
        command.make_context(verb, words)


def test_the_program_in_the_readme_runs(tmp_path):
    (program,) = PYTHON.findall((ROOT / "README.md").read_text("utf-8"))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.count("0.") >= 5, done.stderr
    assert (tmp_path / "afghanistan.nc").is_file()
