"""The verb read: wrong input is said in words, nothing is overwritten unasked, drafts are good for a case."""

import csv
import io
import json
import random
import shutil

import pytest
from verbs import run_verb

from headlong.case import check, open_case
from headlong.reading.output.draft_table import drafts_csv
from headlong.reports.report_file import add_reports

TEXT = "The Taliban captured Herat on Thursday, two officials said. The army denied it.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.txt").write_text(TEXT, "utf-8")
    (tmp_path / "empty.txt").write_text(" \n\n", "utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 4)
    (tmp_path / "noise.dat").write_bytes(random.Random(1).randbytes(4000))
    (tmp_path / "d").mkdir()
    return tmp_path


def read(capsys, *words):
    return run_verb(capsys, "read", *words)


GOOD = ("t.txt", "--case", "afghanistan-2021", "--published", "2021-08-13")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("none.txt", *GOOD[1:]), "No such file"),
        (("d", *GOOD[1:]), "directory"),
        (("empty.txt", *GOOD[1:]), "no text"),
        (("a.pdf", *GOOD[1:]), "a PDF"),
        (("noise.dat", *GOOD[1:]), "binary"),
        (
            ("t.txt", "--case", "afganistan-2021", "--published", "2021-08-13"),
            "Did you mean 'afghanistan-2021'",
        ),
        (("t.txt", "--case", "d", "--published", "2021-08-13"), "case.toml"),
        (("t.txt", "--case", "afghanistan-2021", "--published", "13.8.2021"), "2021-08-13"),
        (("t.txt", "--case", "afghanistan-2021", "--published", "2021-02-30"), "calendar"),
        (GOOD[:3], "--published"),
        ((GOOD[0], *GOOD[3:]), "--case"),
        ((*GOOD, "--out", "d"), "folder"),
        ((*GOOD, "--out", "no/r.csv"), "no folder"),
        ((*GOOD, "--out", "t.txt"), "the text itself"),
        ((*GOOD, "--out", "t.txt", "--force"), "the text itself"),
        ((*GOOD, "--jsn"), "--json"),
    ],
)
def test_wrong_input_is_said(folder, capsys, words, said):
    code, out, err = read(capsys, *words)
    assert code == 2 and said in err and not out


def test_drafts_are_not_replaced_unasked(folder, capsys):
    assert read(capsys, *GOOD, "--out", "r.csv")[0] == 0
    before = (folder / "r.csv").read_text("utf-8")
    (folder / "r.csv").write_text(before + "reviewed", "utf-8")
    code, _, err = read(capsys, *GOOD, "--out", "r.csv")
    assert code == 2 and "--force" in err and (folder / "r.csv").read_text("utf-8").endswith("reviewed")
    assert read(capsys, *GOOD, "--out", "r.csv", "--force")[0] == 0
    assert (folder / "r.csv").read_text("utf-8") == before


def test_json_alone_on_standard_output(folder, capsys):
    code, out, _ = read(capsys, *GOOD, "--json")
    found = json.loads(out)
    assert code == 0 and [r["polarity"] for r in found["reports"]] == ["asserted", "denied"]


def test_a_day_outside_the_case_is_said(folder, capsys):
    code, _, err = read(capsys, "t.txt", "--case", "afghanistan-2021", "--published", "1999-08-13")
    assert code == 0 and "is before the start of afghanistan-2021" in err


def test_a_war_that_goes_on_has_no_end_to_be_after(folder, capsys):
    shutil.copytree(open_case("afghanistan-2021").folder, folder / "case")
    told = (folder / "case" / "case.toml").read_text("utf-8")
    kept = [line for line in told.splitlines() if not line.startswith("end ")]
    (folder / "case" / "case.toml").write_text("\n".join(kept), "utf-8")
    code, _, err = read(capsys, "t.txt", "--case", str(folder / "case"), "--published", "2021-12-24")
    assert code == 0 and "after the end" not in err
    code, _, err = read(capsys, "t.txt", "--case", "afghanistan-2021", "--published", "2021-12-24")
    assert code == 0 and "after the end" in err


VOICES = (
    ("belligerent", "own_success"), ("belligerent", "own_failure"), ("reporter", "none"), ("official", "none"),
)  # fmt: skip
FOUND = [
    {
        "source_class": who,
        "interest": why,
        "sentence": 1,
        "words": "",
        "note": "",
        "leader": "",
        "verification": "confirmed",
    }
    for who, why in (*VOICES, *VOICES)
]


def table_of(rows, **how):
    """Cells of the table of drafts."""
    found = {"reports": rows, "displaced": [], "flags": []}
    return list(
        csv.DictReader(
            io.StringIO(drafts_csv(found, open_case("afghanistan-2021"), "2021-08-13", "t", **how))
        )
    )


def test_a_text_and_a_party_in_it_are_one_source_each():
    """The second time one says the same is a copy; two officials may be two."""
    origins = [row["origin"] for row in table_of(FOUND)]
    assert origins[:4] == origins[4:] and len({*origins}) == 4 and origins[3] == ""


def test_no_text_is_believed_outright_before_a_person_has_seen_it():
    """A writer's own voice, and what a party says for itself, are claims; an admission is believed as such."""
    said = [row["verification"] for row in table_of(FOUND)]
    assert said[:4] == ["attributed", "confirmed", "attributed", "confirmed"]
    assert {row["verification"] for row in table_of(FOUND, reviewed=True)} == {"confirmed"}


def test_drafts_can_join_a_case(folder, capsys):
    read(capsys, *GOOD, "--out", "r.csv")
    case = open_case("afghanistan-2021")
    assert len(add_reports(case, folder / "r.csv").reports) == len(case.reports) + 2
    shutil.copytree(case.folder, folder / "case")
    shutil.copy(folder / "r.csv", folder / "case" / "reports.csv")
    assert check(folder / "case") == []


def test_two_texts_of_one_day_have_their_own_ids(folder, capsys):
    (folder / "u.txt").write_text("The Taliban entered Ghazni on Thursday, a doctor said.\n", "utf-8")
    read(capsys, *GOOD, "--out", "r.csv")
    read(capsys, "u.txt", *GOOD[1:], "--out", "s.csv")
    case = add_reports(open_case("afghanistan-2021"), folder / "r.csv")
    assert len(add_reports(case, folder / "s.csv").reports) == len(case.reports) + 1
