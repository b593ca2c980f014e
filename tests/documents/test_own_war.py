"""From own files to a page: the steps that are timed are those of the document, and each can be taken."""

import csv
import re
from pathlib import Path

import own_war
import pytest

from headlong.cli import headlong
from headlong.cli.edge import run

PAGE = Path(__file__).parents[2] / "docs" / "own-war.md"


def test_steps_are_those_of_the_document():
    text = PAGE.read_text("utf-8")
    for steps in own_war.ways(1000).values():
        for step in steps:
            if not isinstance(step, own_war.Edit):
                verb = " ".join(re.match(r"headlong (new|import \w+|\w+)", step).group(0).split()[:3])
                assert verb in text, step


@pytest.mark.parametrize("way", sorted(own_war.INIT))
def test_every_step_can_be_taken(way, tmp_path, monkeypatch, capsys):
    own_war.lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    for step in own_war.ways(10)[way]:
        if isinstance(step, own_war.Edit):
            step.make(tmp_path)
        else:
            assert run(headlong, step.split()[1:]) == 0, (step, capsys.readouterr().err)
    assert "<html" in Path("moorland.html").read_text("utf-8")[:500]
    with Path("moorland/history.csv").open(encoding="utf-8", newline="") as file:
        taken = {row["place"] for row in csv.DictReader(file)}
    assert {"beta", "gamma"} <= taken


def test_an_edit_of_what_is_not_there_is_refused(tmp_path):
    (tmp_path / "t.csv").write_text("name,side\na,\n")
    own_war.Edit("one cell", "t.csv", {("a", "side"): "x"}).make(tmp_path)
    assert (tmp_path / "t.csv").read_text() == "name,side\na,x\n"
    with pytest.raises(StopIteration):
        own_war.Edit("one cell", "t.csv", {("b", "side"): "x"}).make(tmp_path)
