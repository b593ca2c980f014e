"""What the verb read writes: nothing is lost that somebody has written, gone through or decided."""

import pytest
from merovia import CASE, DAY, TEXT
from verbs import run_verb

WHERE = ("--case", str(CASE.folder), "--published", DAY)
TEXTS = ("t.txt", "u.txt")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in TEXTS:
        (tmp_path / name).write_text(TEXT, "utf-8")
    return tmp_path


def read(capsys, *words):
    return run_verb(capsys, "read", *words[:-1], *WHERE, *words[-1])


def test_a_request_is_not_written_over_the_text(folder, capsys):
    code, _, err = read(capsys, "t.txt", ("--print-request", "t.txt", "--force"))
    assert code == 2 and "the text itself" in err and (folder / "t.txt").read_text("utf-8") == TEXT
    (folder / "t-1.txt").write_text(TEXT, "utf-8")
    code, _, err = read(capsys, "t-1.txt", "u.txt", ("--print-request", "t.txt", "--force"))
    assert code == 2 and "the text itself" in err and (folder / "t-1.txt").read_text("utf-8") == TEXT


@pytest.mark.parametrize(("texts", "name"), [(TEXTS[:1], "q.txt"), (TEXTS, "q-2.txt")])
def test_a_request_replaces_nothing_unasked(folder, capsys, texts, name):
    (folder / name).write_text("notes", "utf-8")
    before = sorted(folder.iterdir())
    code, _, err = read(capsys, *texts, ("--print-request", "q.txt"))
    assert code == 2 and "--force" in err and (folder / name).read_text("utf-8") == "notes"
    assert sorted(folder.iterdir()) == before
    assert read(capsys, *texts, ("--print-request", "q.txt", "--force"))[0] == 0
    assert "Front fighters" in (folder / name).read_text("utf-8")
