"""A new case: nothing is wrong with it but what is still to be written."""

import os
import re
import subprocess
import sys
import tomllib

import pytest
from verbs import run_verb

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


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_full_disk_leaves_nothing_and_the_file_is_named(tmp_path, monkeypatch, capsys):
    import resource

    monkeypatch.chdir(tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, before[1]))
    try:
        code, out, err = run_verb(capsys, "new", "somewhere-2031")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert code == 2 and not out and re.search(r"cannot write 'somewhere-2031/\w+\.(csv|toml)': ", err)
    assert not list(tmp_path.iterdir())
    assert run_verb(capsys, "new", "somewhere-2031")[0] == 0


@pytest.mark.parametrize("words", [(), ("--places", "towns.csv")])
def test_a_case_that_is_stopped_while_it_is_made_is_not_there(tmp_path, monkeypatch, capsys, words):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    (tmp_path / "towns.csv").write_text("name,lat,lon,population\nAlpha,1,1,50000\n")
    monkeypatch.setattr("headlong.case.template._columns", stop)
    monkeypatch.setattr("headlong.importers.ground.new_war.propose_places", stop)
    assert run_verb(capsys, "new", "somewhere-2031", *words)[0] == 130
    assert [path.name for path in tmp_path.iterdir()] == ["towns.csv"]


KILLED = """
import os, sys
from headlong.case import template
from headlong.importers import staging
template._columns = staging.finish = lambda *_: os.kill(os.getpid(), 9)
{do}
"""
DOING = {
    "new": "template.new_case('somewhere-2031')",
    "import": "it = staging.Staging(__import__('pathlib').Path('.')); it.put('places.csv', 'id'); it.commit()",
}


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("doing", DOING)
def test_what_a_killed_maker_left_is_cleared_by_the_next_writer(tmp_path, monkeypatch, doing):
    monkeypatch.chdir(tmp_path)
    done = subprocess.run([sys.executable, "-c", KILLED.format(do=DOING[doing])])
    assert done.returncode == -9
    (left,) = tmp_path.iterdir()
    assert left.is_dir() and left.name.startswith(".headlong-")
    new_case("elsewhere-2031")
    assert [path.name for path in tmp_path.iterdir()] == ["elsewhere-2031"]


def test_a_name_that_no_disk_takes(tmp_path):
    with pytest.raises(BadRequest, match="Take a shorter name"):
        new_case(tmp_path / ("a" * (os.pathconf(tmp_path, "PC_NAME_MAX") + 1)))
    assert not list(tmp_path.iterdir())
