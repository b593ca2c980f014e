"""The gold texts: the reader does not fall behind what it could do, and never reads a negative as a claim."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

import reading_score as score  # noqa: E402

import reading  # noqa: E402

TUNED = reading.gold_texts("tuned")
HELD_OUT = reading.gold_texts("held_out")


def test_tuned_texts_are_read():
    scores = reading.score_all(TUNED)
    assert score.strict_f1(scores) > 0.88
    placed = score.total(one.placed for one in scores).hits
    for name in ("side", "event_date", "leader", "count", "source_class", "verification", "interest"):
        assert sum(one.right[name] for one in scores) > 0.9 * placed, name


def test_negatives_yield_nothing():
    scores = reading.score_all(TUNED + HELD_OUT)
    kept, broken = sum(one.kept for one in scores), sum(one.broken for one in scores)
    assert broken <= 0.1 * (kept + broken)


@pytest.mark.skipif(reading.founding() is None, reason="the founding report lies beside the repository only")
def test_the_founding_report():
    (one,) = reading.score_all([reading.founding()])
    assert one.strict.missed == 0 and one.strict.false == 0 and one.whole == 11
    assert one.flags.missed == 0 and one.flags_said.false == 0 and one.broken == 0


@pytest.mark.parametrize("gold", TUNED, ids=lambda gold: gold.id)
def test_every_sentence_is_read_or_skipped(gold):
    from headlong.reading.reader import read_text

    case = reading.open_gold_case(gold.case)
    found = read_text(gold.text, case, gold.published)
    told = {report["sentence"] for report in found["reports"] + found["displaced"]}
    skipped = [entry["sentence"] for entry in found["skipped"]]
    assert len(skipped) == len(set(skipped)) and not told & set(skipped)
    numbers = told | set(skipped) - {0}
    assert numbers - {0} == set(range(1, max(numbers) + 1))


def test_no_small_case_has_the_name_of_one_of_the_gallery():
    gallery = {folder.name for folder in (ROOT / "cases").iterdir()}
    assert not gallery & {folder.name for folder in (reading.GOLD / "cases").iterdir()}
