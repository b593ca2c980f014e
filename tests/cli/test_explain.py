"""Every word that is listed has a meaning, and every meaning has a unit and a source."""

from typing import get_type_hints

import pytest

import headlong as hl
from headlong.case.tables.schema import schema
from headlong.errors import BadRequest
from headlong.forecast.file.layout import SUMMARY
from headlong.forecast.results.shapes import forecast
from headlong.view.terminal import explain as room
from headlong.view.terminal.glossary import GLOSSARY, KEYS, OUTPUT

VOCABULARY = (
    "case place road side control garrison leader client patron strain front seat report "
    "observation mechanism law member ensemble init lead forecast hindcast assimilate calibrate "
    "scenario what-if reference verify score skill neutral"
)


def flat(text):
    return " ".join(text.split())


def test_the_vocabulary_is_whole():
    assert set(VOCABULARY.split()) <= set(GLOSSARY)
    assert not set(GLOSSARY) & set(OUTPUT) and not set(KEYS) & {*GLOSSARY, *OUTPUT}


def test_every_word_is_explained():
    known = room._known()
    assert len(known) > 100
    for word in [*GLOSSARY, *OUTPUT, *KEYS]:
        assert hl.explain(word).startswith(f"{word} (term): ")
    for table, columns in schema().items():
        assert f"{table} (table of a case)" in hl.explain(table)
        for name, column in columns.items():
            assert f"{table}.{name} (column)" in hl.explain(f"{table}.{name}")
            for choice in column.choices:
                assert f"{choice} (value of {table}.{name})" in flat(hl.explain(choice))


def test_every_mechanism_and_parameter_is_explained():
    for name, text, pars in room._rooms():
        assert text, f"{name} has no docstring"
        assert f"{name} (mechanism)" in hl.explain(name)
        for par in pars:
            meaning = flat(hl.explain(f"{name}.{par.name}"))
            assert flat(par.doc) in meaning and flat(par.source) in meaning and f"[{par.unit}]" in meaning
            assert all(f"{fact} " in meaning for fact in ("default", "neutral", "prior", "source:"))
            assert "draws it from" in meaning or "one value for all members" in meaning


def test_lines_are_not_too_long():
    words = [*room._known(), *(name for name, _, _ in room._rooms())]
    text = "\n".join([hl.explain(), *map(hl.explain, words)])
    assert max(map(len, text.splitlines())) <= 112 and "::" not in text


def test_without_a_word_all_are_listed():
    text = hl.explain()
    assert all(part in text for part in ("Terms", "Tables of a case", "Mechanisms", "places: id", "  loss  "))


def test_case_and_dashes_do_not_matter():
    assert hl.explain("STRAIN") == hl.explain("strain")
    assert hl.explain("held-by") == hl.explain("held_by")
    assert hl.explain("places.csv") == hl.explain("places")
    assert hl.explain("melted_away").startswith("melted away (term)")


def test_an_unknown_word_gets_a_suggestion():
    for word, meant in (("garison", "garrison"), ("p_chnge", "p_change"), ("loss.saet", "loss.seat"),
                        ("median-dat", "median_date"), ("P_HELDD", "p_held")):  # fmt: skip
        with pytest.raises(BadRequest, match=f"Did you mean '{meant}'"):
            hl.explain(word)


def test_chances_and_intervals_of_a_summary_are_explained():
    """Every key of JSON that is a chance or an interval, and every chance of a forecast without members."""
    kinds = (forecast.PlaceEntry, forecast.LeaderEntry, forecast.ForecastSummary)
    keys = {key for kind in kinds for key in get_type_hints(kind)} | set(SUMMARY)
    keys = {key for key in keys if key.startswith(("p_", "q_", "interval_", "median_"))}
    assert len(keys) > 8
    for key in keys:
        assert hl.explain(key).startswith(f"{key} (term): ")
