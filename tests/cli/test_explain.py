"""Every word that is listed has a meaning, and every meaning has a unit and a source."""

import pytest

import headlong as hl
from headlong.case.schema import schema
from headlong.errors import BadRequest
from headlong.view import explain as room
from headlong.view.glossary import GLOSSARY


def test_every_word_is_explained():
    known = room._known()
    assert len(known) > 100
    for word in GLOSSARY:
        assert hl.explain(word).startswith(f"{word} (term): ")
    for table, columns in schema().items():
        assert f"{table} (table of a case)" in hl.explain(table)
        for column in columns:
            assert f"{table}.{column} (column)" in hl.explain(f"{table}.{column}")


def test_every_mechanism_and_parameter_is_explained():
    for name, text, pars in room._rooms():
        assert text, f"{name} has no docstring"
        assert f"{name} (mechanism)" in hl.explain(name)
        for par in pars:
            meaning = hl.explain(f"{name}.{par.name}")
            assert par.doc in meaning and par.source in meaning and f"[{par.unit}]" in meaning


def test_without_a_word_all_are_listed():
    text = hl.explain()
    assert all(part in text for part in ("Terms", "Tables of a case", "Mechanisms", "places: id", "  loss: "))


def test_case_and_dashes_do_not_matter():
    assert hl.explain("STRAIN") == hl.explain("strain")
    assert hl.explain("held-by") == hl.explain("held_by")


def test_an_unknown_word_gets_a_suggestion():
    with pytest.raises(BadRequest, match="Did you mean 'garrison'"):
        hl.explain("garison")
