"""What a command writes: never over what it reads, never two things into one file, and all of it said beforehand."""

import os
import shutil
from pathlib import Path

import click
import pytest
from verbs import run_verb

from headlong.case import open_case
from headlong.case.template import new_case
from headlong.cli import headlong
from headlong.cli.edge import run
from headlong.cli.outputs import Command, OutFile
from headlong.inference.bank import bank_for, save_bank
from headlong.view.tables.write import ENDINGS

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


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A folder with a forecast and one file of each form that it is exported in, and of each other kind."""
    where = tmp_path_factory.mktemp("written")
    quick = ("--members", "20", "--days", "7", "--control", "history")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(where)
        for words in (
            ("forecast", "chad-2008", *quick, "--out", "f.nc"),
            *(("export", "f.nc", f"o{ending}") for ending in ENDINGS),
            (*VERIFIED, "--out", "v.json", "--csv", "v.csv"),
        ):
            assert run(headlong, list(words)) == 0
        save_bank(bank_for("chad-2008"), "b.npz")
    return where


VERIFIED = ("verify", "chad-2008", "--members", "20", "--leads", "3", "--inits", "2008-02-01")
WRITES = {
    "forecast": (("rerun", "f.nc", "--out"), "o.nc", "f.nc"),
    "bank": (("calibrate", "chad-2008", "--out"), "b.npz", "b.npz"),
    "scores": ((*VERIFIED, "--csv"), "v.csv", "v.csv"),
    "json": ((*VERIFIED, "--out"), "v.json", "v.json"),
} | {ending: (("export", "f.nc"), f"o{ending}", f"o{ending}") for ending in ENDINGS}


@pytest.mark.parametrize("kind", WRITES)
def test_only_what_a_command_wrote_is_replaced_unasked(written, tmp_path, monkeypatch, capsys, kind):
    words, target, ours = WRITES[kind]
    monkeypatch.chdir(tmp_path)
    learned = "headlong.view.terminal.calibration.learn_all"
    monkeypatch.setattr(learned, lambda _, out, **__: save_bank(bank_for("chad-2008"), out))
    shutil.copy(written / "f.nc", "f.nc")
    other = next(p for p in sorted(written.iterdir()) if p.suffix not in (".nc", Path(target).suffix))
    added = (written / ours).read_bytes() + b"one more line\n"
    for notes in (b"somebody's notes\n", other.read_bytes(), *([added] if kind == ".md" else [])):
        Path(target).write_bytes(notes)
        code, out, err = run_verb(capsys, *words, target)
        assert code == 2 and "--force" in err and not out and Path(target).read_bytes() == notes
    for before, more in (((written / ours).read_bytes(), ()), (b"", ()), (b"notes", ("--force",))):
        Path(target).write_bytes(before)
        assert run_verb(capsys, *words, target, *more)[0] == 0
        assert Path(target).read_bytes() not in (b"", b"notes")


@pytest.mark.parametrize("target", ["book.xlsx", "drafts.csv"])
def test_what_people_go_on_with_is_not_replaced_unasked(folder, capsys, target):
    """A case's workbook and drafts are there to be edited: the second time nothing is replaced."""
    (folder / "t.txt").write_text("NDJAMENA - Rebels took Massaguet on Friday, officials said.\n", "utf-8")
    read = (
        "read",
        "t.txt",
        "--case",
        "chad-2008",
        "--published",
        "2008-02-01",
        "--drafter",
        "rules",
        "--out",
    )
    words = ("export-case", "mine") if target == "book.xlsx" else read
    assert run_verb(capsys, *words, target)[0] == 0
    before = (folder / target).read_bytes()
    code, _, err = run_verb(capsys, *words, target)
    assert code == 2 and "--force" in err and (folder / target).read_bytes() == before
    assert run_verb(capsys, *words, target, "--force")[0] == 0


def test_the_demo_replaces_nothing_but_its_own_files(folder, capsys):
    (folder / "afghanistan-2021.html").write_bytes(KEPT)
    code, out, err = run_verb(capsys, "demo", "--members", "2")
    assert code == 2 and "afghanistan-2021.html" in err and not out


def commands(group):
    for command in group.commands.values():
        yield from commands(command) if isinstance(command, click.Group) else [command]


def test_every_verb_has_the_guard():
    found = list(commands(headlong))
    assert len(found) > 15 and all(isinstance(command, Command) for command in found)
    writing = {c.name for c in found if any(isinstance(p.type, OutFile) for p in c.params)}
    assert {"read", "forecast", "what-if", "rerun", "archive", "calibrate", "calibrate-flight"} <= writing
    assert {"verify", "export", "export-case"} <= writing
    forced = {c.name for c in found if any("--force" in p.opts for p in c.params)}
    assert forced == writing


def test_a_name_that_no_disk_takes_is_said_before_the_work(folder, capsys):
    code, out, err = run_verb(capsys, *CALIBRATE, "--out", "b" * os.pathconf(".", "PC_NAME_MAX") + ".npz")
    assert code == 2 and "Take a shorter name" in err and err.startswith("Usage:") and not out
