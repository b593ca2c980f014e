"""Programs beside the package still run: each answers --help, and what is quick runs at its smallest."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("benchmarks", "validation", "scripts", "tools")
"""Examples have no options: `tests/examples` runs them whole."""
PROGRAMS = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py")
    if 'if __name__ == "__main__":' in path.read_text("utf-8")
)
NEEDS = {
    "scripts/picture_page.py": "PIL",
    "scripts/train_reader.py": "torch",
}
"""Programs that need what the test extra does not install."""
SMALLEST = {
    "validation/left_out.py cuba-1958": "sum",
    "validation/capitals.py --members 4 cuba-1958": "mean chance",
    "validation/twins.py --twins 1": "",
    "validation/twin_sieges.py --members 20": "the admission alone",
    "scripts/compare_control.py cuba-1958": "places differ",
    "scripts/mutate_imports.py 3": "",
}
"""Command, and what it says."""


def answer(path, *words, monkeypatch):
    """Run a program here, in this process: its exit code."""
    monkeypatch.setattr(sys, "argv", [str(path), *words])
    monkeypatch.setattr(sys, "path", list(sys.path))
    try:
        runpy.run_path(str(path), run_name="__main__")
    except SystemExit as end:
        return end.code or 0
    return 0


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: str(path.relative_to(ROOT)))
def test_program_says_how_it_is_called(path, monkeypatch, capsys):
    if needed := NEEDS.get(str(path.relative_to(ROOT))):
        pytest.importorskip(needed)
    assert answer(path, "--help", monkeypatch=monkeypatch) == 0
    assert capsys.readouterr().out.startswith("usage: ")


@pytest.mark.parametrize("command", sorted(SMALLEST))
def test_quick_program_runs(command):
    call = [sys.executable, *command.split()]
    paths = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        call, cwd=ROOT, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert SMALLEST[command] in done.stdout


def test_the_benchmark_of_speed_measures(monkeypatch):
    import speed

    monkeypatch.setattr(speed, "SIZES", (50,))
    monkeypatch.setattr(speed, "PLACE_DAYS", 1)
    monkeypatch.setattr(speed, "TIMES", 1)
    rows = speed.table(["places"], None, "")
    shown = speed.SHOWN
    assert shown[50][0] > 0 and any(", 50 places" in row for row in rows) and "<circle" in speed.figure(shown)


def test_the_benchmark_of_start_runs_what_it_times(monkeypatch):
    import start

    exec(start.RUN, {})


def test_the_benchmark_of_the_page_makes_a_page(monkeypatch):
    import page

    for name, small in {"PLACES": 400, "DAYS": 5, "MEMBERS": 4, "GATES": 2, "LEADERS": 2}.items():
        monkeypatch.setattr(page, name, small)
    forecast = page.war()
    assert page.filled(page.payload(forecast, page.roads(forecast)))


def test_shell_scripts_are_sound():
    for path in (ROOT / "scripts").iterdir():
        if path.is_file() and path.read_text("utf-8").startswith("#!/bin/sh"):
            assert subprocess.run(["sh", "-n", str(path)]).returncode == 0, path


def test_a_program_that_cannot_start_is_found(tmp_path, monkeypatch):
    broken = tmp_path / "broken.py"
    broken.write_text("from headlong.case import no_such_name\n", "utf-8")
    with pytest.raises(ImportError):
        answer(broken, "--help", monkeypatch=monkeypatch)
