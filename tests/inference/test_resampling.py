"""Draws by weight: right on average, even where they are meant to be, and never beyond the ends."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from headlong.inference.resampling import (
    cell_at,
    ess,
    multinomial,
    normalise,
    quantile_index,
    resample_systematic,
    systematic,
    weighted_quantile,
)

weights = arrays(np.float64, st.integers(1, 30), elements=st.floats(0.0, 1e6)).filter(
    lambda w: w.sum() > 1e-3
)
unit = st.floats(0.0, 1.0, exclude_max=True)


@settings(deadline=None)  # a busy machine
@given(weights, unit, st.integers(1, 200))
def test_systematic_draws_are_within_one_of_their_share(weight, u, count):
    drawn = np.bincount(systematic(weight, count, u), minlength=weight.size)
    assert np.all(np.abs(drawn - count * weight / weight.sum()) <= 1.0 + 1e-6)


@settings(deadline=None)  # the first call compiles
@given(weights, arrays(np.float64, st.integers(1, 20), elements=unit))
def test_what_weighs_nothing_is_not_drawn(weight, u):
    drawn = multinomial(weight, u)
    assert np.all(drawn >= 0) and np.all(drawn < weight.size)
    rise = np.cumsum(weight)
    inside = u * rise[-1] < rise[-1]
    assert np.all(weight[drawn][inside] > 0.0)
    assert [cell_at(rise, x) for x in u] == drawn.tolist()


def test_multinomial_draws_are_right_on_average():
    weight = np.array([0.1, 0.0, 0.6, 0.3])
    u = (np.arange(100_000) + 0.5) / 100_000
    assert np.allclose(np.bincount(multinomial(weight, u), minlength=4) / 1e5, weight, atol=2e-5)


def test_normalised_weights_of_any_size():
    assert np.allclose(normalise(np.array([-1e4, -1e4 + np.log(3.0)])), [0.25, 0.75])
    assert normalise(np.array([0.0, -np.inf])).tolist() == [1.0, 0.0]
    assert ess(np.full(8, 0.125)) == pytest.approx(8.0) and ess(np.array([1.0, 0.0])) == 1.0


def test_resampling_in_place():
    log_weight = np.log(np.array([0.5, 1e-300, 0.25, 0.25]))
    table, book = np.arange(8.0).reshape(4, 2), np.arange(4)
    chosen = resample_systematic(log_weight, (table, book[:]), 0.5)
    assert chosen.tolist() == [0, 0, 2, 3] == book.tolist()
    assert table[:, 0].tolist() == [0.0, 0.0, 4.0, 6.0] and not log_weight.any()


def test_a_share_that_is_just_reached_counts():
    assert quantile_index(np.full(10, 0.1), 0.3) == 2  # 0.1 + 0.1 + 0.1 > 0.3 in floats; 3 * 0.1 < sum
    assert quantile_index(np.ones(4), (0.0, 0.5, 1.0)).tolist() == [0, 1, 3]
    values, weight = np.array([5, 1, 3]), np.array([1.0, 1.0, 2.0])
    assert weighted_quantile(values, weight, (0.25, 0.5, 0.75, 0.9)).tolist() == [1, 3, 3, 5]
