"""Spots: a longer table of one country has the same luck and tells as much of strain."""

import numpy as np
import pytest
from exposures import exposure, theta
from hypothesis import given, settings
from hypothesis import strategies as st
from resized import refined
from steps import evenings
from worlds import random_play

from headlong.case import open_case
from headlong.inference.strain_filter import filter_side
from headlong.inputs.geography import read_map
from headlong.mechanisms.control.loss import SPOTS, evidence_share, spots


def country(seed, places):
    """Ways, who is outside, and names."""
    rng = np.random.default_rng(seed)
    at = rng.random((places, 2))
    km = np.linalg.norm(at[:, None] - at, axis=2) * 500.0
    return km, rng.random(places) < 0.1, rng.permutation(places * 7)[:places]


@settings(max_examples=50)
@given(st.integers(0, 10_000), st.integers(1, 160))
def test_at_most_so_many_and_each_place_at_the_nearest(seed, places):
    km, outside, name = country(seed, places)
    found = spots(km, outside, name)
    centres = np.unique(found[~outside])
    assert centres.size == min(SPOTS, (~outside).sum())
    np.testing.assert_array_equal(found[outside], np.flatnonzero(outside))
    inside = np.flatnonzero(~outside)
    np.testing.assert_allclose(
        km[inside, found[inside]], km[np.ix_(inside, centres)].min(axis=1, initial=np.inf)
    )


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(30, 120))
def test_the_order_of_the_table_does_not_matter(seed, places):
    km, outside, name = country(seed, places)
    turn = np.random.default_rng(seed + 1).permutation(places)
    found = spots(km, outside, name)
    turned = spots(km[np.ix_(turn, turn)], outside[turn], name[turn])
    np.testing.assert_array_equal(name[found][turn], name[turn][turned])


def test_a_short_table_is_left_as_it_was():
    where = read_map(open_case("chad-2008"))
    np.testing.assert_array_equal(where.spot, np.arange(len(where.ids)))
    assert evidence_share(where.outside) == 1.0


def test_a_long_table_tells_as_much_as_its_spots():
    where = read_map(refined(open_case("mali-2012")))
    inside = (~where.outside).sum()
    assert inside > 2 * SPOTS and evidence_share(where.outside)[0] * inside == pytest.approx(SPOTS)


def test_each_place_said_twice_with_half_the_weight_tells_the_same():
    """The belief about strain; its likelihood is of twice as many places, so it differs."""
    rng = np.random.default_rng(3)
    day, rows = np.sort(rng.integers(0, 30, 200)), rng.normal(0.0, 1.0, (3, 200))
    lost = rng.random(200) < 0.03

    def told(times, share):
        start = np.searchsorted(np.repeat(day, times), np.arange(31))
        columns = (np.repeat(r, times) for r in rows)
        return exposure(start, *columns, np.repeat(lost, times))._replace(share=share)

    vector = theta(-5.0, 2.0, 1.0, 0.8, 1.0, 0.3)
    once, twice, loud = (filter_side(vector, told(*a))[1].weights for a in ((1, 1.0), (2, 0.5), (2, 1.0)))
    np.testing.assert_allclose(twice, once, rtol=1e-9, atol=1e-14)
    assert np.abs(loud - once).max() > 1e-3


def test_places_of_one_spot_fall_together_and_as_often_as_alone():
    """In made-up worlds: what is likelier to fall falls with what is less likely, and chances come true."""
    together, foreseen, came = 0, 0.0, 0.0
    for seed in range(60):
        play = random_play(seed, acting=False)
        ground = play.world.ground
        one_spot = with_spots(play, np.full(ground.name.size, ground.name[0]))
        for _, state in evenings(one_spot):
            chance, lost = state.hold.chance, state.hold.lost >= 0
            if lost.any():
                assert lost[chance >= chance[lost].min()].all()
                together += lost.sum() > 1
            foreseen, came = foreseen + chance.sum(), came + lost.sum()
    assert together > 20
    assert came == pytest.approx(foreseen, rel=0.25)


def with_spots(play, spot):
    """The play with other spots."""
    world = play.world._replace(ground=play.world.ground._replace(spot=spot))
    return play._replace(world=world)
