"""An import is written whole or not at all, wherever it is stopped."""

import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import samples

from headlong.case import check, open_case
from headlong.cli import headlong
from headlong.cli.edge import run
from headlong.errors import BadRequest, CaseError
from headlong.importers import staging
from headlong.importers.control.changes import import_control
from headlong.importers.folder import Folder
from headlong.importers.ground.new_war import new_war


class Killed(BaseException):
    """As if the process had ended here."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A case as `new` proposes it, and a folder of daily maps."""
    root = tmp_path_factory.mktemp("whole")
    (root / "towns.csv").write_text(samples.gazetteer())
    new_war(root / "moorland", None, str(root / "towns.csv"), 0, 100)
    samples.daily_control(root / "daily")
    return root


def all_of(case):
    return {p.name: p.read_bytes() for p in sorted(case.iterdir()) if p.suffix in (".csv", ".toml")}


def imported_until(left, source, case, monkeypatch):
    """Import maps, and end after so many steps on the disk; say whether it came to that."""

    def counted(real):
        def act(*how):
            nonlocal left
            if left == 0:
                raise Killed
            left -= 1
            return real(*how)

        return act

    with monkeypatch.context() as patch:
        patch.setattr(staging, "write_text", counted(staging.write_text))
        for name in ("rename", "replace"):
            patch.setattr(staging.os, name, counted(getattr(staging.os, name)))
        try:
            import_control(source, Folder(case))
        except Killed:
            return True
    return False


def test_killed_at_any_step_a_case_is_as_before_or_done(made, tmp_path, monkeypatch):
    before = all_of(made / "moorland")
    shutil.copytree(made / "moorland", tmp_path / "done")
    import_control(made / "daily", Folder(tmp_path / "done"))
    after = all_of(tmp_path / "done")
    after["case.toml"] = after["case.toml"].replace(b'"done"', b'"moorland"')
    assert all(before[name] != after[name] for name in ("case.toml", "history.csv"))
    steps, seen = 0, set()
    while True:
        case = tmp_path / "moorland"
        shutil.rmtree(case, ignore_errors=True)
        shutil.copytree(made / "moorland", case)
        killed = imported_until(steps, made / "daily", case, monkeypatch)
        if all_of(case) == before:
            seen.add("before")
            assert not check(case) or (case / staging.IMPORTED).is_dir()
        elif killed:
            seen.add("between")
            with pytest.raises(CaseError, match="an import was cut off here"):
                open_case(case)
        now = all_of(Folder(case).path)  # whoever writes next puts the rest in its place
        assert now in (before, after), steps
        assert not [p for p in case.iterdir() if p.name == staging.IMPORTED]
        steps += 1
        if not killed:
            break
    assert seen == {"before", "between"} and steps > 6


def test_what_is_refused_changes_no_table(made, tmp_path, monkeypatch, capsys):
    shutil.copytree(made / "moorland", tmp_path / "moorland")
    monkeypatch.chdir(tmp_path)
    case = Path("moorland")
    (case / "import").mkdir()
    (case / "import" / "control-holders.csv").write_text("actor,side\nGuild,\nGovernment,\n")
    before = all_of(case)
    assert run(headlong, ["import", "control", str(made / "daily"), "moorland"]) == 2
    assert "no holder on the map has a side yet" in capsys.readouterr().err and all_of(case) == before


def test_a_new_folder_that_cannot_be_written_is_not_left_behind(tmp_path, monkeypatch):
    def full(path, text):
        raise BadRequest("cannot write: No space left on device.")

    monkeypatch.setattr(staging, "write_text", full)
    folder = Folder(tmp_path / "moorland")
    folder.write_settings("Moorland", date(2031, 1, 1), [])
    with pytest.raises(BadRequest, match="No space left"):
        folder.commit()
    assert not (tmp_path / "moorland").exists()
