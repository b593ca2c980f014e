"""What the verb read writes: nothing is lost that somebody has written, gone through or decided."""

import os
from errno import ENOSPC

import click
import pytest
from merovia import CASE, DAY, ROW, TEXT, answer
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


REVIEW = ("--answer", "a.json", "--answer", "a.json", "--review", "--out", "r.csv")
GOLD = ["r.t-2.gold.txt", "r.t.gold.txt"]


@pytest.fixture
def twins(folder, monkeypatch):
    """Two texts of one name, of which a person decides as `says` has it; an exception is raised."""
    for name in ("a", "b"):
        (folder / name).mkdir()
        (folder / name / "t.txt").write_text(f"{TEXT}\nFolder {name}.\n", "utf-8")
    rows = (ROW, ROW | {"claim": "attacked", "place": "kesh"})
    (folder / "a.json").write_text(answer(*rows), "utf-8")

    def says(*words):
        said = iter(words)

        def prompt(*_, **__):
            word = next(said)
            if isinstance(word, BaseException):
                raise word
            return word

        monkeypatch.setattr("click.prompt", prompt)

    return says


def review(capsys, *more):
    return read(capsys, "a/t.txt", "b/t.txt", (*REVIEW, *more))


def made(folder):
    return sorted(path.name for path in folder.glob("r.*"))


def test_texts_of_one_name_have_each_their_gold(folder, capsys, twins):
    twins(*"aaqaq")
    assert review(capsys)[0] == 0 and made(folder) == ["r.csv", *GOLD]
    assert "Folder b." in (folder / GOLD[0]).read_text("utf-8")
    assert "Folder a." in (folder / GOLD[1]).read_text("utf-8")
    assert (folder / "r.csv").read_text("utf-8").count("\n") == 4


@pytest.mark.parametrize("name", [*GOLD, "r.unfinished.csv", "r.t.unfinished.txt"])
def test_gold_is_not_replaced_unasked(folder, capsys, twins, name):
    twins()
    (folder / name).write_text("an hour of work", "utf-8")
    code, _, err = review(capsys)
    assert code == 2 and name in err and "--force" in err
    assert (folder / name).read_text("utf-8") == "an hour of work" and made(folder) == [name]
    twins(*"qq")
    assert review(capsys, "--force")[0] == 0


@pytest.mark.parametrize("stop", [click.Abort(), KeyboardInterrupt()])
def test_a_review_that_is_stopped_keeps_what_was_decided(folder, capsys, twins, stop):
    twins("a", "a", "q", "a", stop)
    code, _, err = review(capsys)
    assert code == 130 and "3 decisions kept in" in err
    assert made(folder) == ["r.t-2.unfinished.txt", "r.t.gold.txt", "r.unfinished.csv", "r.unfinished.json"]
    assert all(name in err for name in made(folder))
    part = (folder / "r.t-2.unfinished.txt").read_text("utf-8")
    assert "style: unfinished" in part and "Folder b." in part and "| dorun |" in part
    assert (folder / "r.unfinished.csv").read_text("utf-8").count("\n") == 4


def test_a_review_that_is_stopped_leaves_the_one_before(folder, capsys, twins):
    twins(*"aaqaq")
    assert review(capsys)[0] == 0
    before = {name: (folder / name).read_bytes() for name in made(folder)}
    twins("r", KeyboardInterrupt())
    assert review(capsys, "--force")[0] == 130
    assert {name: (folder / name).read_bytes() for name in before} == before
    twins(KeyboardInterrupt())
    code, _, err = review(capsys, "--force", "--anew")
    assert code == 130 and "No decision is kept yet" in err


DECIDED = ("a", "e claim=entered", "q", "r", "q")


@pytest.mark.parametrize("stops", [(k,) for k in range(1, 5)] + [(1, 1, 1, 1), (2, 2)])
def test_a_review_that_was_stopped_goes_on_where_it_was(folder, capsys, twins, stops):
    """However often it is stopped: nobody is asked twice, and what comes out is as from one go."""
    twins(*DECIDED)
    assert review(capsys)[0] == 0
    whole = {name: (folder / name).read_bytes() for name in made(folder)}
    for name in whole:
        (folder / name).unlink()
    done = 0
    for more in stops:
        twins(*DECIDED[done : done + more], KeyboardInterrupt())
        code, _, err = review(capsys)
        assert code == 130 and (f"{done} decision" in err.split("kept in")[0]) == (done > 0)
        done += more
    twins(*DECIDED[done:])
    code, _, err = review(capsys)
    assert code == 0 and f"{done} decision{'s' * (done > 1)} taken over from r.unfinished.json" in err
    assert {name: (folder / name).read_bytes() for name in made(folder)} == whole


@pytest.mark.parametrize("spoil", ["text", "damage", "hand"])
def test_a_review_of_something_else_is_not_gone_on_with_nor_lost(folder, capsys, twins, spoil):
    twins("a", KeyboardInterrupt())
    review(capsys)
    spoilt = {"text": "a/t.txt", "damage": "r.unfinished.json", "hand": "r.unfinished.csv"}[spoil]
    (folder / spoilt).write_text(f"{TEXT}\nAnother end.\n", "utf-8")
    before = {name: (folder / name).read_bytes() for name in made(folder)}
    twins()
    code, _, err = review(capsys)
    assert code == 2 and ("--anew" in err or "--force" in err)
    assert {name: (folder / name).read_bytes() for name in made(folder)} == before
    twins("q", "q")
    code, _, err = review(capsys, "--anew")
    assert code == 0 and "taken over" not in err and made(folder) == ["r.csv", *GOLD]


@pytest.mark.parametrize("full", ["r.csv", "r.t.gold.txt", "r.t-2.gold.txt"])
def test_a_full_disk_at_the_end_loses_nothing(folder, capsys, twins, monkeypatch, full):
    replace = os.replace

    def refuse(part, target):
        if os.path.basename(target) == full:
            raise OSError(ENOSPC, "No space left on device")
        replace(part, target)

    monkeypatch.setattr("os.replace", refuse)
    twins(*"aaqaq")
    code, _, err = review(capsys)
    assert code == 2 and full in err and "Make room" in err and "decisions kept in" in err
    assert "r.unfinished.csv" in made(folder) and "| dorun |" in "".join(
        (folder / name).read_text("utf-8") for name in made(folder) if name.startswith("r.t")
    )


def test_names_are_checked_before_anything_is_asked(folder, capsys, twins):
    twins()
    name = "t" * (os.pathconf(".", "PC_NAME_MAX") - 6) + ".txt"
    (folder / name).write_text(TEXT, "utf-8")
    code, out, err = read(capsys, name, (*REVIEW[2:],))
    assert code == 2 and "Take a shorter name" in err and not out
