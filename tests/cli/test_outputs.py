"""What a command writes: never over what it reads, never two things into one file, and all of it said beforehand."""

import os
import shutil

import click
import pytest
from verbs import run_verb

from headlong.case import open_case
from headlong.case.template import new_case
from headlong.cli import headlong
from headlong.cli.outputs import Command, OutFile

KEPT = b"kept"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("f.nc", "old.npz", "t.txt", "own.py"):
        (tmp_path / name).write_bytes(KEPT)
    (tmp_path / "link.npz").symlink_to("new.npz")
    (tmp_path / "arch").mkdir()
    (tmp_path / "arch" / "2008-02-02.nc").write_bytes(KEPT)
    shutil.copytree(open_case("chad-2008").folder, tmp_path / "mine")
    new_case("empty-2031")
    return tmp_path


def state(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


CALIBRATE, VERIFY = ("calibrate", "mine"), ("verify", "mine")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*CALIBRATE, "--out", "b.npz", "--csv", "b.npz"), "--out and --csv are one file"),
        ((*CALIBRATE, "--out", "b.npz", "--csv", "./arch/../b.npz"), "are one file"),
        ((*CALIBRATE, "--out", "new.npz", "--csv", "link.npz"), "are one file"),
        ((*VERIFY, "--out", "v.json", "--csv", "v.json"), "--out and --csv are one file"),
        ((*VERIFY, "--bank", "old.npz", "--out", "old.npz"), "is the file of --bank"),
        ((*VERIFY, "--csv", "mine/places.csv"), "is a table of the case 'mine'"),
        (("rerun", "f.nc", "--out", "f.nc"), "--out 'f.nc' is the forecast itself"),
        (("export", "f.nc", "f.nc"), "OUT 'f.nc' is the forecast itself"),
        (("export-case", "mine", "mine/case.toml", "--xlsx"), "is a table of the case 'mine'"),
        (("archive", "arch", "--csv", "arch/2008-02-02.nc"), "the forecasts that 'arch' keeps"),
        (("archive", "arch", "mine", "--csv", "arch/2008-02-03.nc"), "the forecasts that 'arch' keeps"),
    ],
)
def test_nothing_is_destroyed(folder, capsys, words, said):
    before = state(folder)
    code, out, err = run_verb(capsys, *words)
    assert code == 2 and said in " ".join(err.split()) and not out
    assert state(folder) == before


@pytest.mark.parametrize(
    "words", [("export-case", "mine", "mine/mine.xlsx"), ("export-case", "mine", "book.xlsx")]
)
def test_other_files_beside_a_case_may_be_written(folder, capsys, words):
    assert run_verb(capsys, *words)[0] == 0 and (folder / words[2]).stat().st_size > 1000


def commands(group):
    for command in group.commands.values():
        yield from commands(command) if isinstance(command, click.Group) else [command]


def test_every_verb_has_the_guard():
    found = list(commands(headlong))
    assert len(found) > 15 and all(isinstance(command, Command) for command in found)
    writing = {c.name for c in found if any(isinstance(p.type, OutFile) for p in c.params)}
    assert {"read", "forecast", "what-if", "rerun", "archive", "calibrate", "calibrate-flight"} <= writing
    assert {"verify", "export", "export-case"} <= writing


def test_a_name_that_no_disk_takes_is_said_before_the_work(folder, capsys):
    code, out, err = run_verb(capsys, *CALIBRATE, "--out", "b" * os.pathconf(".", "PC_NAME_MAX") + ".npz")
    assert code == 2 and "Take a shorter name" in err and err.startswith("Usage:") and not out
