"""The gold texts: the reader does not fall behind what it could do, and never reads a negative as a claim."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import reading  # noqa: E402

TUNED = reading.gold_texts("tuned")
HELD_OUT = reading.gold_texts("held_out")


def f1(score):
    return 2 * score.matched / (2 * score.matched + score.missed + score.extra)


def test_tuned_texts_are_read():
    score = reading.read_all(TUNED)
    assert f1(score) > 0.9
    for name in reading.FIELDS:
        assert score.fields[name] > 0.9 * score.asked[name], name


def test_negatives_yield_nothing():
    score = reading.read_all(TUNED + HELD_OUT)
    kept, broken = score.negatives
    assert broken <= 0.1 * (kept + broken)


@pytest.mark.skipif(reading.founding() is None, reason="the founding report lies beside the repository only")
def test_the_founding_report():
    score = reading.read_all([reading.founding()])
    assert score.missed == 0 and score.extra == 0
    assert score.flags[1] == 0


@pytest.mark.parametrize("gold", TUNED, ids=lambda gold: gold.id)
def test_every_sentence_is_read_or_skipped(gold):
    from headlong.reading.reader import read_text

    case = reading.open_gold_case(gold.case)
    found = read_text(gold.text, case, gold.published)
    told = {report["sentence"] for report in found["reports"]}
    skipped = [entry["sentence"] for entry in found["skipped"]]
    assert len(skipped) == len(set(skipped)) and not told & set(skipped)
    numbers = told | set(skipped) - {0}
    assert numbers - {0} == set(range(1, max(numbers) + 1))
