"""Skill over cases: means, jackknife, pooling."""

import numpy as np
import pytest

from headlong.verify.scores.skill import (
    against,
    case_means,
    even_mean,
    jackknife,
    mean_gain,
    pool,
    ratio_skill,
)


def card(case, ours, theirs, lead=7, horizon=None):
    scores = {"headlong": ours, "rival": theirs}
    entry = {"brier": scores, "log": scores, "count_crps": scores}
    return {"case": case, "leads": {lead: entry}, "horizon": horizon}


CARDS = [card("a", 0.1, 0.2), card("a", 0.3, 0.2), card("b", 0.1, 0.3), card("c", 0.2, 0.1)]


def test_cases_count_alike():
    table = case_means(CARDS, "brier", 7)
    assert table["a"]["headlong"] == pytest.approx(0.2) and table["b"]["rival"] == 0.3
    got = against(table, "rival")
    assert got["skill"] == pytest.approx(1 - (0.2 + 0.1 + 0.2) / (0.2 + 0.3 + 0.1))
    assert got["gain"] == pytest.approx((0.0 + 0.2 - 0.1) / 3)
    assert (got["won"], got["cases"]) == (1, 3)
    assert got["skill_without"]["c"] == pytest.approx(1 - 0.3 / 0.5)
    assert got["skill_by_case"]["b"] == pytest.approx(1 - 0.1 / 0.3)


def test_jackknife_of_a_mean_is_its_standard_error():
    rng = np.random.default_rng(1)
    pairs = dict(enumerate(rng.random((8, 2))))
    gains = np.array([b - a for a, b in pairs.values()])
    assert jackknife(pairs, mean_gain) == pytest.approx(gains.std(ddof=1) / np.sqrt(8))
    assert jackknife({0: pairs[0]}, mean_gain) is None


def test_strata_count_alike_however_many_wars_they_have():
    table = case_means(CARDS, "brier", 7)
    got = against(table, "rival", {"a": "fell", "b": "fell", "c": "held"})
    ours, theirs = ((0.2 + 0.1) / 2 + 0.2) / 2, ((0.2 + 0.3) / 2 + 0.1) / 2
    assert got["score"] == pytest.approx(theirs) and got["skill"] == pytest.approx(1 - ours / theirs)
    assert got["skill_without"]["b"] == pytest.approx(1 - 0.2 / 0.15)
    pooled = pool(CARDS, [7], {"a": "fell", "b": "fell", "c": "held"})
    assert pooled["7"]["brier"]["ours"] == pytest.approx(ours)


def test_nothing_against_nothing_is_no_skill():
    assert ratio_skill(np.zeros(2)) == 0.0


def test_pool_names_the_strongest():
    pooled = pool(CARDS, [7, 14])
    entry = pooled["7"]["brier"]
    assert entry["strongest"] == "rival" and entry["ours"] == pytest.approx(0.5 / 3)
    assert "14" not in pooled
    reach = entry["against"]["rival"]["gain_90"]
    assert reach[0] < entry["against"]["rival"]["gain"] < reach[1]


def test_even_mean_skips_what_is_not_there():
    mean, n = even_mean(CARDS, lambda c: None if c["case"] == "b" else c["leads"][7]["brier"]["rival"])
    assert mean == pytest.approx(0.15) and n == 3
    assert even_mean([], lambda c: 1) == (None, 0)
