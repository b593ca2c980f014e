"""The rule by which draft rows are matched with coded ones."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

import reading_score as score  # noqa: E402

import reading  # noqa: E402

RULE = reading.SHARED / "reading" / "match.py"
CODED = {
    "sentence": "1",
    "event_date": "2021-08-12",
    "place": "herat",
    "claim": "fell",
    "side": "taliban",
    "leader": "",
    "count": "",
    "polarity": "asserted",
    "source_class": "official",
    "verification": "attributed",
    "interest": "own_failure",
    "note": "",
}
ROW = CODED | {"sentence": 1, "count": None, "words": "Herat fell"}


def pairs(rows, coded, sides=("taliban", "republic")):
    return score.pairs_of(rows, coded, sides, score.STRICT)


@pytest.mark.parametrize(
    ("coded", "row", "right"),
    [
        ({}, {}, True),
        ({}, {"event_date": "2021-08-13"}, False),
        ({"note": "range=2021-08-12..2021-08-13; part"}, {"event_date": "2021-08-13"}, True),
        ({"claim": "held"}, {"claim": "held", "event_date": "2021-08-13"}, True),
        ({"claim": "held"}, {"claim": "held", "event_date": "2021-08-14"}, False),
        ({"polarity": "denied"}, {"polarity": "denied", "event_date": "2021-08-11"}, True),
        ({"note": "alt_side=republic"}, {"side": "republic"}, True),
        ({"note": "alt_claim=entered, handed_over"}, {"claim": "handed_over"}, True),
        ({"note": "province"}, {"place": ""}, True),
        ({}, {"place": ""}, False),
        ({}, {"side": ""}, False),
        ({"side": "russia"}, {"side": ""}, True),
        ({}, {"polarity": "denied"}, False),
    ],
)
def test_what_agrees(coded, row, right):
    assert pairs([ROW | row], [CODED | coded]) == ([(0, 0)] if right else [])


def test_as_many_pairs_as_possible():
    wide = CODED | {"note": "range=2021-08-10..2021-08-14"}
    rows = [ROW, ROW | {"event_date": "2021-08-11"}]
    assert len(pairs(rows, [wide, CODED])) == 2 and len(pairs(rows, [CODED, wide])) == 2


def test_the_right_leader_is_preferred():
    coded = [CODED | {"leader": name} for name in ("Noor", "Dostum")]
    assert pairs([ROW | {"leader": "Dostum"}, ROW | {"leader": "Noor"}], coded) == [(0, 1), (1, 0)]


def test_optional_rows_and_sentences_that_are_not_scored():
    gold = score.Gold(
        "t", "c", "2021-08-13", "", [CODED | {"note": "optional"}], [], {3}, unscored=frozenset({2})
    )
    one = score.score_text(gold, {"reports": [ROW | {"sentence": 2}], "flags": []}, ())
    assert (one.strict.hits, one.strict.false, one.strict.missed) == (0, 0, 0)
    one = score.score_text(gold, {"reports": [ROW | {"sentence": 3, "place": "kabul"}], "flags": []}, ())
    assert (one.strict.false, one.strict.missed, one.broken, one.edits) == (1, 0, 1, 1)


def test_flags():
    coded = [("side_swap", {1, 2}, ""), ("garbled", {3}, "look-alike: x")]
    gold = score.Gold("t", "c", "2021-08-13", "", [], coded, set())
    said = [
        {"kind": "side_swap", "sentences": [2], "note": ""},
        {"kind": "garbled", "sentences": [2], "note": ""},
    ]
    one = score.score_text(gold, {"reports": [], "flags": said}, ())
    assert (one.flags.hits, one.flags.missed) == (1, 0)
    assert (one.flags_said.hits, one.flags_said.false) == (1, 1)


@pytest.mark.skipif(not RULE.exists(), reason="the shared rule lies beside the repository only")
def test_the_shared_rule_counts_the_same():
    spec = importlib.util.spec_from_file_location("shared_match", RULE)
    shared = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shared)
    for gold in reading.gold_texts("all"):
        case = reading.open_gold_case(gold.case)
        sides = {side.id for side in case.sides}
        found = reading.by_rules(gold, case)["reports"]
        coded = [row | {"place_id": row["place"]} for row in gold.rows]
        own = score.count_rows(found, gold.rows, pairs(found, gold.rows, sides))
        assert (own.hits, own.false, own.missed) == shared.count(
            coded, found, shared.match(coded, found, sides)
        ), gold.id


@pytest.mark.parametrize(
    ("said", "right"), [("Mohammad Ismail Khan", True), ("mohammad-ismail-khan", True), ("", False)]
)
def test_a_leader_may_be_said_by_name_or_by_id(said, right):
    assert score.says("leader", ROW | {"leader": said}, CODED | {"leader": "mohammad-ismail-khan"}) is right
