"""The verb with a drafter: a request out, an answer in, several texts, a review."""

import csv
import json
import sys
from datetime import date

import pytest
from merovia import CASE, DAY, ROW, TEXT, answer
from verbs import run_verb

from headlong.case import check, open_case
from headlong.reading.drafter.candidates import candidates_of
from headlong.reading.drafter.days import day_of
from headlong.reading.lexicon.aliases import gazetteer_of

WHERE = ("--case", str(CASE.folder), "--published", DAY)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.txt").write_text(TEXT, "utf-8")
    (tmp_path / "u.txt").write_text("Front fighters captured Dorun on Monday, two officials said.\n", "utf-8")
    (tmp_path / "f.txt").write_text(
        "Les rebelles ont pris la ville de Dorun et les soldats sont partis dans la nuit."
    )
    (tmp_path / "a.json").write_text(f"Here you are:\n```json\n{answer()}\n```\n", "utf-8")
    return tmp_path


def read(capsys, *words):
    return run_verb(capsys, "read", *words)


def test_a_request_and_its_answer(folder, capsys):
    code, out, err = read(capsys, "t.txt", *WHERE, "--print-request", "q.txt")
    assert code == 0 and not out and "tokens" in err and "--answer FILE" in err
    assert "[1] Front fighters captured Dorun" in (folder / "q.txt").read_text("utf-8")
    code, out, _ = read(capsys, "t.txt", *WHERE, "--answer", "a.json", "--json")
    found = json.loads(out)
    assert code == 0 and found["reports"][0]["drafter"] == "both" and found["failed"] == []
    assert {one["sentence"] for one in found["skipped"]} == {0, 2, 3, 4}
    code, out, _ = read(capsys, "t.txt", *WHERE, "--answer", "a.json", "--out", "r.csv")
    assert code == 0 and "by model and rules" in out and "Read by the rules alone" in out
    assert "drafted by model and rules" in (folder / "r.csv").read_text("utf-8")


def test_before_review_json_print_and_table_say_the_same(folder, capsys):
    """The voice of a writer is 'confirmed' by the rules of coding; nobody has seen it yet, so it is a claim."""
    own = ROW | {"source_class": "reporter", "verification": "confirmed", "interest": "none", "speaker": ""}
    (folder / "a.json").write_text(answer(own), "utf-8")
    call = ("t.txt", *WHERE, "--answer", "a.json")
    found = json.loads(read(capsys, *call, "--json")[1])
    told = read(capsys, *call, "--out", "r.csv")[1]
    with (folder / "r.csv").open(encoding="utf-8") as file:
        table = [(row["source_class"], row["verification"]) for row in csv.DictReader(file)]
    rows = [(row["source_class"], row["verification"]) for row in found["reports"] + found["displaced"]]
    assert sorted(rows) == sorted(table) and ("reporter", "attributed") in rows
    assert "reporter, attributed" in told and "reporter, confirmed" not in told


def test_several_texts(folder, capsys):
    code, _, _ = read(capsys, "t.txt", "u.txt", *WHERE, "--print-request", "q.txt")
    assert code == 0 and (folder / "q-1.txt").exists() and (folder / "q-2.txt").exists()
    both = ("--answer", "a.json", "--answer", "a.json")
    code, out, _ = read(capsys, "t.txt", "u.txt", *WHERE, *both, "--json")
    assert code == 0 and [one["text"] for one in json.loads(out)["texts"]] == ["t.txt", "u.txt"]
    code, _, err = read(capsys, "t.txt", "u.txt", *WHERE, "--answer", "a.json")
    assert code == 2 and "2 requests and 1 answer:" in err
    code, out, _ = read(capsys, "t.txt", "u.txt", *WHERE, "--out", "r.csv")
    assert code == 0 and "== t.txt" in out and "== u.txt" in out
    lines = (folder / "r.csv").read_text("utf-8").splitlines()
    assert len({line.split(",")[0] for line in lines}) == len(lines) and lines[0].startswith("id,")


def test_other_languages_are_said(folder, capsys):
    code, out, err = read(capsys, "f.txt", *WHERE)
    assert code == 2 and "is French" in err and "--drafter URL" in err and not out
    assert read(capsys, "f.txt", *WHERE, "--print-request", "q.txt")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--print-request", "q.txt", "--answer", "a.json"), "comes first"),
        (("--answer", "a.json", "--drafter", "http://127.0.0.1:1"), "leave --drafter out"),
        (("--model", "m"), "--model"),
        (("--allow-remote", "h"), "--allow-remote"),
        (("--drafter", "gpt"), "none of 'rules', 'local'"),
        (("--drafter", "https://models.example", "--model", "m"), "not this machine"),
        (("--drafter", "http://127.0.0.1:9", "--model", "m"), "no connection"),
        (("--review",), "--out"),
        (("--review", "--out", "r.csv", "--json"), "--json"),
        (("--answer", "t.txt"), "no JSON object"),
        (("--answer", "gone.json"), "gone.json"),
    ],
)
def test_what_cannot_be(folder, capsys, monkeypatch, words, said):
    monkeypatch.setattr("headlong.reading.drafter.endpoint.time.sleep", lambda seconds: None)
    code, out, err = read(capsys, "t.txt", *WHERE, *words)
    assert code == 2 and said in err and not out


def test_a_review_keeps_what_was_decided(folder, capsys, monkeypatch):
    rows = (ROW, ROW | {"claim": "attacked", "place": "kesh"}, ROW | {"place": "x"})
    (folder / "a.json").write_text(answer(*rows), "utf-8")
    said = iter(["z", "e side=martians", "e claim=entered; note=part", "r", "a", "r", "a", *"rrrrrrrr"])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(said))
    code, out, _ = read(capsys, "t.txt", *WHERE, "--answer", "a.json", "--review", "--out", "r.csv")
    assert code == 0 and "Not so: no side 'martians'" in out and "Failed the checks" in out
    gold = (folder / "r.t.gold.txt").read_text("utf-8")
    assert "1 | 2003-05-12 | dorun | entered | front" in gold and "kesh" not in gold.split("---\n")[2]
    sys.path.insert(0, str(CASE.folder.parents[4] / "validation"))
    import reading

    kept = reading.load(folder / "r.t.gold.txt")
    assert (
        kept.rows[0]["claim"] == "entered"
        and kept.flags[0][0] == "contradiction"
        and kept.style == "reviewed"
    )
    table = (folder / "r.csv").read_text("utf-8")
    assert "entered" in table and "attacked" not in table


def test_drafts_of_a_model_fit_a_case(folder, capsys, tmp_path):
    import shutil

    read(capsys, "t.txt", *WHERE, "--answer", "a.json", "--out", "r.csv")
    shutil.copytree(CASE.folder, tmp_path / "case")
    shutil.copy("r.csv", tmp_path / "case" / "reports.csv")
    assert check(tmp_path / "case") == []


@pytest.mark.parametrize(
    ("words", "day", "wanted"),
    [
        ("on 12 and 13 September", "1995-09-12", "1995-09-12"),
        ("on September 12 and 13", "1995-09-13", "1995-09-13"),
        ("on 12-13 September", "1995-09-12", "1995-09-12"),
        ("on 13 September", "1995-09-12", "1995-09-13"),
        ("on 1995-09-12", "1995-09-10", "1995-09-12"),
    ],
)
def test_of_several_days_of_a_month_the_drafted_one_is_kept(words, day, wanted):
    assert day_of(words, day, "", date(1995, 9, 17)).day == date.fromisoformat(wanted)


@pytest.mark.parametrize("name", ["bosnia-1995", "croatia-1995", "afghanistan-2021"])
def test_the_request_and_the_rules_call_the_same_side_the_government(name):
    case = open_case(name)
    table = candidates_of(case, case.init)
    told = [line.split(" | ")[0] for line in table.splitlines() if "| the government:" in line]
    assert told == [gazetteer_of(case).incumbent]
