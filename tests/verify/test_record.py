"""The track record in short: shipped, the same as its page, and printed beside a forecast."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from headlong import __version__
from headlong.inference.bank import bank_for
from headlong.verify.results import track_record as record

PAGE = Path(__file__).parents[2] / record.PAGE


@pytest.fixture(scope="module")
def found():
    return record.record()


def test_it_is_of_this_version_and_of_the_wars_that_were_learned_from(found):
    assert found["version"] == __version__
    assert sorted(found["cases"]) == sorted(bank_for("a-war-of-ones-own").cases)


def test_the_page_says_the_same(found):
    page = PAGE.read_text("utf-8")
    assert f"{found['dates']} " in page
    for lead, row in found["strongest"]["brier"].items():
        line = re.search(rf"^\| Brier score \| {lead} \|.*$", page, re.M).group()
        assert f"| {row['reference']} |" in line and f"{row['won']}/{row['cases']}" in line
        assert f"{row['ours']:.4f}".lstrip("0") in line
    for low, high, n, *_ in found["reliability"]["30"]:
        assert 0 <= low < high <= 1 and f"| {n:,} |" in page


def test_failures_are_said_as_failures(found):
    worse = json.loads(json.dumps(found))
    worse["strongest"]["brier"]["7"]["skill"] = -0.21
    worse["after_bursts"] |= {"foreseen": 90.0, "came": 30.0}
    text = " ".join(record.sentences(worse))
    assert "−0.21 at 7" in text and "90 changes were foreseen for 7 days, 30 came" in text


def test_nothing_is_invented_where_there_is_no_record(monkeypatch, tmp_path):
    monkeypatch.setattr(record, "files", lambda _: tmp_path)
    assert record.record() is None
    assert (files("headlong.verify.results") / "record.json").is_file()
