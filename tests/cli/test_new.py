"""A new case: nothing is wrong with it but what is still to be written."""

import re
import tomllib

import pytest

import headlong as hl
from headlong.case.tables.schema import columns_of, tables
from headlong.case.template import new_case
from headlong.errors import BadRequest, CaseError


def test_a_new_case_lacks_only_what_must_be_written(tmp_path):
    folder = new_case(tmp_path / "somewhere-2031")
    with pytest.raises(CaseError) as caught:
        hl.open_case(folder)
    lacking = {(finding.file, finding.column) for finding in caught.value.findings}
    assert {("places.csv", None), ("roads.csv", None), ("case.toml", "title")} <= lacking
    unwritten = ("missing", "no rows", "0 armed sides")
    assert all(any(word in str(finding) for word in unwritten) for finding in caught.value.findings)


def test_the_settings_can_be_uncommented(tmp_path):
    folder = new_case(tmp_path / "somewhere-2031")
    for name, words in (("case.toml", ["case", "sides"]), ("scenarios.toml", ["scenarios"])):
        text = re.sub(r"^# (?=\w+ = |\[)", "", (folder / name).read_text("utf-8"), flags=re.MULTILINE)
        read = tomllib.loads(text)
        keys = set(read) | set(read.get("sides", [{}])[0]) | set(read.get("my-scenario", {}))
        assert {column for table in words for column in columns_of(table)} <= keys


def test_every_table_is_there_with_its_header(tmp_path):
    folder = new_case(tmp_path / "somewhere-2031")
    for table in tables():
        assert (folder / f"{table}.csv").read_text("utf-8").strip().split(",") == list(columns_of(table))


@pytest.mark.parametrize(
    ("name", "hint"),
    [("Some Where", "Try 'some-where'"), ("taken", "is there already"), ("no/where", "There is no folder")],
)
def test_what_cannot_be_made_is_said(tmp_path, monkeypatch, name, hint):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").mkdir()
    with pytest.raises(BadRequest, match=hint):
        new_case(name)
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
