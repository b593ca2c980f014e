"""Scores against known answers and a second opinion."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, poisson_binom, rankdata

from headlong.verify.scores.predictive import of_chances, of_members, of_mixture
from headlong.verify.scores.scores import (
    BINS,
    FLOOR,
    brier,
    count_crps,
    coverage,
    date_crps,
    log_score,
    observed_count,
    order_score,
    reliability_table,
)
from headlong.verify.scores.truth import Truth

H, Q = 10, 6


def truth_of(first, last=None, horizon=H):
    first = np.asarray(first)
    last = first if last is None else np.asarray(last)
    leads = np.arange(horizon + 1)[:, None]
    fell = np.clip((leads - first + 1) / (last - first + 1), 0, 1)
    return Truth(np.arange(first.size), np.zeros(first.size, int), fell, first, last, 99, ())


@pytest.fixture
def drawn():
    rng = np.random.default_rng(3)
    return rng.integers(1, H + 5, (200, Q)), rng.random(200)


def test_brier_and_log_of_a_coin():
    assert brier(0.3, 1) == pytest.approx(0.49) and brier(0.3, 0) == pytest.approx(0.09)
    assert log_score(0.25, 1) == pytest.approx(np.log(4)) and log_score(0.25, 0) == pytest.approx(
        -np.log(0.75)
    )
    assert log_score(0.0, 1) == pytest.approx(-np.log(FLOOR))
    assert log_score(1.0, 1) == pytest.approx(-np.log1p(-FLOOR))


def test_an_uncertain_truth_gives_the_expected_score():
    for score in (brier, log_score):
        assert score(0.3, 0.4) == pytest.approx(0.4 * score(0.3, 1) + 0.6 * score(0.3, 0))


@given(q=st.floats(0.01, 0.99), p=st.floats(0.01, 0.99))
def test_brier_and_log_are_proper(q, p):
    assert brier(p, q) >= brier(q, q) - 1e-12
    assert log_score(p, q) >= log_score(q, q) - 1e-12


def test_count_crps_is_the_area_between_the_curves():
    """The closed form on whole numbers: the squared difference of the distribution functions, added up."""
    rng = np.random.default_rng(1)
    for _ in range(20):
        p, q = rng.dirichlet(np.ones(9)), np.zeros(9)
        q[rng.integers(9)] = 1.0
        assert count_crps(p, q) == pytest.approx(np.sum((np.cumsum(p) - np.cumsum(q)) ** 2))
        mixed = 0.3 * q + 0.7 * np.eye(9)[4]
        each = 0.3 * count_crps(p, q) + 0.7 * count_crps(p, np.eye(9)[4])
        assert count_crps(p, mixed) == pytest.approx(each)


def test_crps_by_a_second_library(drawn):
    """Members with weights, scored by scoringrules."""
    from scoringrules import brier_score, crps_ensemble

    day, weight = drawn
    said = of_members(day, H, weight)
    fallen = (day <= 7).sum(axis=1).astype(float)
    seen = np.eye(Q + 1)[2]
    other = crps_ensemble(2.0, fallen, ens_w=weight, estimator="nrg", backend="numpy")
    assert count_crps(said.number[7], seen) == pytest.approx(float(other))
    truth = truth_of([3, 10, 11, 1, 40, 7])
    cut = np.minimum(day, H + 1).astype(float).T
    dates = np.minimum(truth.first, H + 1).astype(float)
    weights = np.broadcast_to(weight, cut.shape)
    other = crps_ensemble(dates, cut, ens_w=weights, estimator="nrg", backend="numpy")
    assert date_crps(said.chance, truth.fell) == pytest.approx(np.asarray(other))
    came = truth.fell[7]
    other = brier_score(came, said.chance[7], backend="numpy")
    assert brier(said.chance[7], came) == pytest.approx(np.asarray(other))


def test_count_crps_of_weighted_members_agrees_with_repeating_them(drawn):
    day, _ = drawn
    weight = np.random.default_rng(2).integers(1, 4, len(day))
    one = of_members(day, H, weight)
    other = of_members(np.repeat(day, weight, axis=0), H)
    seen = np.eye(Q + 1)[2]
    assert count_crps(one.number[7], seen) == pytest.approx(count_crps(other.number[7], seen))
    assert one.chance == pytest.approx(other.chance) and one.order == pytest.approx(other.order)


def test_date_crps_is_that_of_the_date_cut_at_the_horizon(drawn):
    """Second opinion: the energy form on the members' own dates."""
    day, _ = drawn
    truth = truth_of([3, 10, 11, 1, 40, 7])
    got = date_crps(of_members(day, H).chance, truth.fell)
    cut = np.minimum(day, H + 1)
    for i in range(Q):
        x, y = cut[:, i].astype(float), min(truth.first[i], H + 1)
        energy = np.abs(x - y).mean() - 0.5 * np.abs(x[:, None] - x).mean()
        assert got[i] == pytest.approx(energy)


def test_date_crps_of_an_exponential_date_cut_at_the_horizon():
    half = 3.0
    chance = 1.0 - 0.5 ** (np.arange(H + 1.0) / half)
    fell = (np.arange(H + 1) >= 4).astype(float)
    by_hand = sum((1 - 0.5 ** (d / half) - (d >= 4)) ** 2 for d in range(1, H + 1))
    assert date_crps(chance[:, None], fell[:, None])[0] == pytest.approx(by_hand)


def test_a_perfect_forecast_is_perfect():
    truth = truth_of([3, 10, 11, 1, 40, 7])
    perfect = of_members(truth.first[None], H)
    seen = observed_count(truth)
    assert not brier(perfect.chance, truth.fell).any() and not date_crps(perfect.chance, truth.fell).any()
    assert all(count_crps(perfect.number[d], seen[d]) == pytest.approx(0.0) for d in range(H + 1))
    assert order_score(perfect, truth)[0] < 1e-5
    inside = coverage(perfect.number[7], seen[7])
    assert inside.inside_50 == inside.inside_90 == inside.meant_90 == 1.0


def test_shuffled_ensembles_lose():
    """Members drawn around the truth beat the same members with the places exchanged."""
    rng = np.random.default_rng(5)
    first = np.array([1, 2, 4, 8, 30, 30, 30, 30])
    truth = truth_of(first)
    good = np.maximum(1, first + rng.integers(-1, 2, (300, first.size)))
    bad = good[:, rng.permutation(first.size)]
    a, b = of_members(good, H), of_members(bad, H)
    assert brier(a.chance[5], truth.fell[5]).mean() < 0.5 * brier(b.chance[5], truth.fell[5]).mean()
    assert log_score(a.chance[5], truth.fell[5]).mean() < log_score(b.chance[5], truth.fell[5]).mean()
    assert date_crps(a.chance, truth.fell).mean() < date_crps(b.chance, truth.fell).mean()
    assert order_score(a, truth)[0] < order_score(b, truth)[0]
    shifted = of_members(np.where(rng.random(good.shape) < 0.5, H + 1, good), H)
    seen = observed_count(truth)[5]
    assert count_crps(a.number[5], seen) < count_crps(shifted.number[5], seen)


def test_order_knows_pairs_and_ties():
    truth = truth_of([2, 5, 40], [3, 5, 40])
    sure = of_members(np.array([[1, 2, 40]]), H)
    assert order_score(sure, truth)[1] == 3
    score, pairs = order_score(of_chances(np.zeros((H + 1, 3))), truth)
    assert (score, pairs) == (0.25, 3)
    overlapping = truth_of([2, 3, 40], [4, 5, 40])
    assert order_score(sure, overlapping)[1] == 2  # which of the first two went first is not known
    sides = truth._replace(holder=np.array([0, 1, 1]))
    assert order_score(sure, sides)[1] == 1
    assert order_score(sure, truth_of([40, 40, 40])) == (0.0, 0)


def test_independent_places_against_scipy():
    rng = np.random.default_rng(8)
    chance = np.sort(rng.random((H + 1, Q)), axis=0)
    chance[0] = 0.0
    got = of_chances(chance)
    for d in (1, 5, H):
        assert got.number[d] == pytest.approx(poisson_binom.pmf(np.arange(Q + 1), chance[d]), abs=1e-9)
    alike = of_chances(np.repeat(chance[:, :1], Q, axis=1))
    assert alike.number[5] == pytest.approx(binom.pmf(np.arange(Q + 1), Q, chance[5, 0]))
    assert of_mixture(chance[None, :, 0], Q).number == pytest.approx(alike.number)


def test_independent_places_against_members():
    rng = np.random.default_rng(9)
    rate = np.array([0.02, 0.1, 0.3])
    chance = 1.0 - (1.0 - rate) ** np.arange(H + 1.0)[:, None]
    day = rng.geometric(rate, (40_000, 3))
    formula, members = of_chances(chance), of_members(day, H)
    assert formula.chance == pytest.approx(members.chance, abs=0.01)
    assert formula.number == pytest.approx(members.number, abs=0.01)
    off = ~np.eye(3, dtype=bool)
    assert formula.order[off] == pytest.approx(members.order[off], abs=0.01)


def test_reliability_counts_everything_once():
    p = np.array([0.0, 0.01, 0.02, 0.5, 0.55, 0.95, 1.0])
    came = np.array([0, 0, 1, 0, 1, 1, 1])
    number, said, true = reliability_table(p, came)
    assert number.sum() == 7 and said.sum() == pytest.approx(p.sum()) and true.sum() == 4
    assert number[np.searchsorted(BINS, 0.5, side="right") - 1] == 2
    assert number[-1] == 2 and number[0] == 2


def test_coverage_and_rank_of_a_right_forecast():
    """Numbers drawn from the forecast itself: coverage as meant, ranks even."""
    rng = np.random.default_rng(4)
    p = binom.pmf(np.arange(21), 20, 0.3)
    drawn = [coverage(p, np.eye(21)[k]) for k in rng.choice(21, 4000, p=p)]
    assert np.mean([s.inside_90 for s in drawn]) == pytest.approx(drawn[0].meant_90, abs=0.02)
    assert np.mean([s.inside_50 for s in drawn]) == pytest.approx(drawn[0].meant_50, abs=0.02)
    assert drawn[0].meant_90 >= 0.9 and drawn[0].meant_50 >= 0.5
    assert np.mean([s.pit for s in drawn], axis=0) == pytest.approx(np.full(10, 0.1), abs=0.02)


@settings(max_examples=50)
@given(st.lists(st.floats(0.001, 1.0), min_size=2, max_size=12), st.data())
def test_ranks_add_up_to_one(raw, data):
    p = np.array(raw) / np.sum(raw)
    seen = np.eye(p.size)[data.draw(st.integers(0, p.size - 1))]
    inside = coverage(p, seen)
    assert inside.pit.sum() == pytest.approx(1.0) and (inside.pit >= -1e-12).all()
    assert inside.meant_50 >= 0.5 - 1e-9 and inside.meant_90 >= 0.9 - 1e-9


def test_members_are_ranked_as_scipy_ranks_them(drawn):
    day, _ = drawn
    got = of_members(day, H).order
    cut = np.minimum(day, H + 1)
    ranks = np.array([rankdata(row, method="min") for row in cut])
    assert got[0, 1] == pytest.approx(np.mean(ranks[:, 0] < ranks[:, 1]))
