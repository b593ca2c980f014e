"""Where those who stay in the country may go: a fair choice, from which all havens draw alike."""

import numpy as np
import pytest
from scipy.sparse.csgraph import shortest_path
from toy import roads, toy_world

from headlong.inputs.exits import HAVENS, havens, known_havens


def country(places, seed=1):
    """Distances, next places and draws of a made-up country, a twentieth of it abroad."""
    rng = np.random.default_rng(seed)
    road = roads(rng, places)
    km, before = shortest_path(road, directed=False, return_predecessors=True)
    outside = np.arange(places) >= places - places // 20
    people = np.exp(rng.normal(10.3, 1.0, places)).astype(int) * ~outside
    hop = np.where(before.T >= 0, before.T, -1).astype(np.int32)
    return road, km, hop, outside, people, havens(km, outside, people, hop)


def counted(at, places):
    """How often each place knows each other one (P, P)."""
    table = np.zeros((places, places))
    np.add.at(table, (np.arange(places)[:, None], at), 1.0)
    return table


@pytest.mark.parametrize("places", [30, 400])
def test_each_haven_is_known_as_often_as_it_draws_but_for_one(places):
    draw = country(places)[-1]
    often, due = counted(known_havens(draw, np.arange(places)), places), HAVENS * draw
    due /= draw.sum(axis=1, keepdims=True)
    assert (np.abs(often - due) < 1.0 + 1e-9).all() and (draw[often > 0] > 0).all()


def test_a_place_that_draws_nobody_is_a_haven_of_none_and_one_without_havens_knows_itself():
    at = known_havens(np.array([[0.0, 2.0, 0.0], [0.0, 0.0, 0.0], [1.0, 3.0, 0.0]]), np.arange(3))
    assert set(at[0]) == {1} and set(at[1]) == {1} and abs((at[2] == 1).sum() - 192) <= 1


@pytest.mark.parametrize("holders", ["scattered", "front"])
def test_few_go_elsewhere_than_by_the_full_law(holders):
    places = 400
    _, km, _, outside, people, draw = country(places)
    ours = (
        np.random.default_rng(3).random(places) > 0.2 if holders == "scattered" else km[0] > np.median(km[0])
    )
    ours &= ~outside
    full, few = draw * ours, counted(known_havens(draw, np.arange(places) * 7919), places) * ours
    shares = [table / np.maximum(table.sum(axis=1, keepdims=True), 1e-300) for table in (full, few)]
    came = [(people * ours) @ share for share in shares]
    assert np.abs(came[0] - came[1]).sum() < 0.05 * came[0].sum()


def test_the_order_of_places_changes_nothing():
    places = 300
    draw, name = np.round(country(places)[-1], 1), np.random.default_rng(5).permutation(10**6)[:places]
    at = known_havens(draw, name)
    row = np.random.default_rng(6).permutation(places)
    turned = known_havens(draw[np.ix_(row, row)], name[row])
    np.testing.assert_array_equal(name[row][turned], name[at][row])


def test_twigs_are_the_roads_on_the_ways_and_each_is_followed_by_those_beyond_it():
    world = toy_world(400)
    ways, exits = world.roads, world.exits
    assert ways.twig_end.size < 230 * 400
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
