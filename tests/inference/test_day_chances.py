"""The chance of what was held and lost on a day, of any number of places."""

import numpy as np
import pytest
from numba import njit

from headlong.inference.strain_filter import chance_of_day


@njit
def day_chances(odds, x, lost, beta):
    out, room = np.empty_like(odds), np.empty_like(odds)
    chance_of_day(odds, x, lost, 0, lost.size, beta, room, out)
    return out


@pytest.mark.parametrize("places", [1, 40, 3000])
@pytest.mark.parametrize("hard", [-40.0, 0.0, 60.0])
def test_the_chance_of_a_day_finds_room_however_many_places_and_however_hard(places, hard):
    """Products of so many odds are far beyond what a number holds."""
    rng = np.random.default_rng(places)
    odds, x = np.exp(np.linspace(-9, 9, 37)), rng.normal(size=(places, 2))
    lost, beta = rng.random(places) < 0.5, np.array([3.0, hard])
    x[:, 1] = 1.0
    eta = (x @ beta)[:, None] + np.log(odds)
    wanted = np.where(lost[:, None], -np.logaddexp(0, -eta), -np.logaddexp(0, eta)).sum(axis=0)
    np.testing.assert_allclose(day_chances(odds, x, lost, beta), wanted, rtol=1e-9, atol=1e-12)
