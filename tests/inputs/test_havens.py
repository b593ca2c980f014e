"""Where those who stay in the country may go: every place of a small country, a fair choice in a large one."""

import numpy as np
import pytest
from scipy.sparse.csgraph import shortest_path
from toy import roads, toy_world

from headlong.inputs.exits import ALL, HEAVIEST, OTHERS, havens, nearby_havens

KNOWN = HEAVIEST + OTHERS


def country(places, seed=1):
    """Distances, next places and draws of a made-up country, a twentieth of it abroad."""
    rng = np.random.default_rng(seed)
    road = roads(rng, places)
    km, before = shortest_path(road, directed=False, return_predecessors=True)
    outside = np.arange(places) >= places - places // 20
    people = np.exp(rng.normal(10.3, 1.0, places)).astype(int) * ~outside
    hop = np.where(before.T >= 0, before.T, -1).astype(np.int32)
    return road, km, hop, outside, people, havens(km, outside, people, hop)


def spread_out(at, draw, places):
    """The draws of the havens that are known (P, H), as a table of all places (P, P)."""
    table = np.zeros((places, places))
    np.add.at(table, (np.arange(places)[:, None], at), draw)
    return table


def test_a_small_country_is_known_whole():
    draw = country(KNOWN)[-1]
    at, known = nearby_havens(draw, np.arange(KNOWN))
    np.testing.assert_array_equal(known, draw)
    np.testing.assert_array_equal(at, np.tile(np.arange(KNOWN), (KNOWN, 1)))


@pytest.mark.parametrize("holders", ["scattered", "front"])
def test_in_a_large_country_few_go_elsewhere_than_by_the_full_law(holders):
    places = 400
    _, km, _, outside, people, draw = country(places)
    ours = (
        np.random.default_rng(3).random(places) > 0.2 if holders == "scattered" else km[0] > np.median(km[0])
    )
    ours &= ~outside
    at, known = nearby_havens(draw, np.arange(places) * 7919)
    full, few = draw * ours, spread_out(at, known, places) * ours
    shares = [table / table.sum(axis=1, keepdims=True) for table in (full, few)]
    came = [(people * ours) @ share for share in shares]
    assert np.abs(came[0] - came[1]).sum() < 0.03 * came[0].sum()
    assert np.abs(shares[0] - shares[1])[ours].max() < 0.07


def test_the_others_draw_as_much_as_they_would_and_the_heaviest_as_they_do():
    places = 400
    draw = country(places)[-1]
    at, known = nearby_havens(draw, np.arange(places))
    np.testing.assert_allclose(known.sum(axis=1), draw.sum(axis=1))
    heaviest = -np.sort(-draw, axis=1)[:, :HEAVIEST]
    np.testing.assert_array_equal(known[:, :HEAVIEST], heaviest)
    assert (np.take_along_axis(draw, at, 1) > 0).all() and at.shape == (places, KNOWN)


def test_the_order_of_places_changes_nothing():
    places = 300
    draw, name = np.round(country(places)[-1], 1), np.random.default_rng(5).permutation(10**6)[:places]
    at, known = nearby_havens(draw, name)
    row = np.random.default_rng(6).permutation(places)
    turned, same = nearby_havens(draw[np.ix_(row, row)], name[row])
    np.testing.assert_array_equal(name[row][turned], name[at][row])
    np.testing.assert_array_equal(same, known[row])


def test_twigs_are_the_roads_on_the_ways_and_each_is_followed_by_those_beyond_it():
    world = toy_world(400)
    ways, exits = world.roads, world.exits
    assert ways.twig_end.size < 230 * 400
    assert (np.abs(ways.haven.sum(axis=1) - ALL) < KNOWN).all()
    for i in range(0, 400, 37):
        span = slice(ways.twig_start[i], ways.twig_start[i + 1])
        to, over = ways.link_to[ways.twig_end[span]], ways.twig_over[span]
        before = ways.hop[to, i]
        np.testing.assert_array_equal(ways.link_at[before, to], ways.twig_end[span])
        ends = np.concatenate([ways.haven_at[i], exits.at]).astype(int)
        leads = np.concatenate([ways.haven_twig[i], exits.twig[i]]).astype(int)
        np.testing.assert_array_equal(np.append(to, i)[leads], ends)
        for k, j in enumerate(to):
            beyond = [j in way_back(ways.hop, other, i) for other in to]
            assert np.flatnonzero(beyond).tolist() == list(range(k, over[k]))


def way_back(hop, j, i):
    """Places on the way from `j` to `i`."""
    way = [j]
    while way[-1] != i:
        way.append(hop[way[-1], i])
    return way
