"""The layout of facts: one table that the reader, the documents and the real folders agree on."""

import csv
from pathlib import Path

import pytest

from casebuild.folder import read_facts
from casebuild.layout import EVERYWHERE, TABLES, columns, layout, synonyms

OUTSIDE = Path(__file__).resolve().parents[3] / "shared" / "facts"
NAMES = sorted(path.name for path in OUTSIDE.glob("*/")) if OUTSIDE.is_dir() else []


def test_every_column_is_described_once():
    keys = [(column.table, column.column) for column in layout()]
    assert len(keys) == len(set(keys)) and {*TABLES, "case.json", "sides"} == {table for table, _ in keys}
    assert all(column.meaning.endswith(".") and column.type for column in layout())
    for table in TABLES:
        usual = {column.column for column in layout() if column.table == table}
        others = [name for names in synonyms(table).values() for name in names]
        assert not usual & set(others), table


def test_what_is_not_known_is_said(facts, fact_texts):
    places = fact_texts["places.csv"].replace(",note\n", ",remark\n", 1)
    meta = fact_texts["case.json"].replace('"title"', '"heading"')
    found = read_facts(facts({"places.csv": places, "case.json": meta})).problems
    assert found == [
        "case.json: a key 'heading' is not known; it is not used",
        "places.csv: a column 'remark' is not known; it is not used",
    ]


@pytest.mark.skipif(not NAMES, reason="the facts lie outside the repository")
@pytest.mark.parametrize("name", NAMES)
def test_the_facts_of_the_bundled_cases_are_described(name):
    for path in (OUTSIDE / name).glob("*.csv"):
        table = {"falls_after_window": "falls"}.get(path.stem, path.stem)
        if table not in TABLES:
            assert path.stem == "reports_hindsight"
            continue
        with path.open(encoding="utf-8", newline="") as file:
            header = set(next(csv.reader(file)))
        strange = header - columns(table) - EVERYWHERE
        assert all(word.startswith("held_by_on_") for word in strange), (path.name, strange)
        assert {"source", "confidence"} <= header or path.stem == "reports", path.name
