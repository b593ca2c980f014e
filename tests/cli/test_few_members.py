"""Too few members give no interval: null in JSON, words or a dash in print."""

import csv
import json
import re
import sqlite3
from contextlib import closing

import pytest
from verbs import run_verb

import headlong as hl
from headlong.importers.formats.workbook import sheets_of
from headlong.text import FEW_MEMBERS
from headlong.view.figures.matplotlib import draw_timeline

SHORT = ("--days", "5", "--no-reports")
SPREAD = re.compile(r"p05|p10|p25|p75|p90|p95|queue_p90|interval_50|interval_90|low|high|weak|strong")
BETWEEN = re.compile(r"\d–\d|[\d%] to [+−\d]|P90 \d")
"""What an interval looks like in print."""


def asked(capsys, verb, members, *more):
    words = (verb, "toyland", *(["calm"] if verb == "what-if" else []), *SHORT, "--members", str(members))
    code, out, _ = run_verb(capsys, *words, *more)
    assert code == 0
    return out


def spreads(found):
    """Every number that speaks of the spread of members."""
    for key, value in found.items() if isinstance(found, dict) else enumerate(found):
        if isinstance(key, str) and SPREAD.fullmatch(key):
            yield from value.values() if isinstance(value, dict) else [value]
        elif isinstance(value, (dict, list)):
            yield from spreads(value)


@pytest.mark.parametrize("verb", ("forecast", "what-if"))
def test_too_few_members_give_no_interval_in_json(toyland, capsys, verb):
    for members in (1, FEW_MEMBERS - 1, FEW_MEMBERS):
        found = json.loads(asked(capsys, verb, members, "--json"))
        found.pop("track_record", None)
        told = list(spreads(found))
        assert told and all((one is None) == (members < FEW_MEMBERS) for one in told)
        assert ("too few for an interval" in found["sentence"]) == (members < FEW_MEMBERS)
        assert not (members < FEW_MEMBERS and BETWEEN.search(found["sentence"]))


@pytest.mark.parametrize("verb", ("forecast", "what-if"))
def test_too_few_members_give_no_interval_in_print(toyland, capsys, verb):
    for members in (1, FEW_MEMBERS):
        text = " ".join(asked(capsys, verb, members).partition("Track record")[0].split())
        assert bool(BETWEEN.search(text)) == (members == FEW_MEMBERS), text
        assert ("too few" in text) == (members < FEW_MEMBERS)


def test_a_paragraph_to_paste_has_none_either(toyland, capsys):
    asked(capsys, "forecast", 1, "--out", "one.nc")
    assert run_verb(capsys, "export", "one.nc", "one.md", "--case", "toyland")[0] == 0
    text = (toyland.parent / "one.md").read_text("utf-8")
    assert "1 member, too few for an interval" in text and not BETWEEN.search(text)


BESIDE = re.compile(r"displaced_p[19]0(_\d+)?|change_p[27]5")
MIDDLE = re.compile(r"displaced_p50(_\d+)?")


def exported(folder, ending):
    """Rows of an exported file as tables of texts; None where a cell is empty."""
    path = folder / f"f{ending}"
    if ending == ".csv":
        rows = list(csv.DictReader(path.open(encoding="utf-8")))
        return [{name: cell or None for name, cell in row.items()} for row in rows]
    if ending == ".geojson":
        return [
            f["properties"]
            for f in json.loads(path.read_text("utf-8"))["features"]
            if "id" in f["properties"]
        ]
    if ending == ".gpkg":
        with closing(sqlite3.connect(path)) as base:
            base.row_factory = sqlite3.Row
            return [dict(row) for row in base.execute("select * from places")]
    sheets = dict(sheets_of(path))
    head, *body = sheets["forecast"]
    return [{name: cell or None for name, cell in zip(head, row, strict=True)} for row in body]


@pytest.mark.parametrize("members", (1, FEW_MEMBERS - 1, FEW_MEMBERS))
def test_no_table_and_no_layer_has_one_either(toyland, capsys, members):
    asked(capsys, "forecast", members, "--out", "f.nc")
    for ending in (".csv", ".xlsx", ".geojson", ".gpkg"):
        assert run_verb(capsys, "export", "f.nc", f"f{ending}", "--case", "toyland")[0] == 0
        rows = exported(toyland.parent, ending)
        beside = [v for row in rows for k, v in row.items() if BESIDE.fullmatch(k)]
        middle = [v for row in rows for k, v in row.items() if MIDDLE.fullmatch(k)]
        assert beside and all(v is None for v in beside) == (members < FEW_MEMBERS), ending
        assert middle and None not in middle


def test_a_figure_has_none_either(toyland, capsys):
    for members in (1, FEW_MEMBERS):
        ax = draw_timeline(hl.forecast("toyland", days=5, control="start", members=members))
        assert bool(ax.collections) == (members == FEW_MEMBERS)
        assert ("too few" in ax.get_title("left")) == (members < FEW_MEMBERS)


@pytest.mark.parametrize("members", (1, FEW_MEMBERS))
def test_who_writes_a_page_is_told(toyland, capsys, members):
    asked(capsys, "forecast", members, "--out", "f.nc")
    code, out, _ = run_verb(capsys, "export", "f.nc", "f.html", "--case", "toyland")
    assert code == 0 and ("too few for the intervals" in out) == (members < FEW_MEMBERS)
