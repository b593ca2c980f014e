"""Fronts, takers, seats and news after any history, against plain sums over the whole board."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from steps import copied, evenings, look
from worlds import plays, random_play, toy_play

from headlong.board.world import FAR_KM, NOBODY
from headlong.mechanisms.control.border import somewhere
from headlong.mechanisms.control.handover import TAKEN_DAYS
from headlong.mechanisms.control.news import LONG_MEMORY_DAYS, MEMORY_DAYS

RELAXED = settings(
    max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def nearest(km, control, sides):
    """Distance from each place to the nearest other place of each side (P, S)."""
    apart = km + np.where(np.eye(len(km), dtype=bool), np.inf, 0.0)
    return np.stack(
        [np.where(control == s, apart, np.inf).min(axis=1, initial=np.inf) for s in range(sides)], 1
    )


def check_fronts(world, hold):
    """All that is derived from `control`."""
    sides = world.sides.presses.shape[0]
    near = nearest(world.roads.km, hold.control, sides)
    np.testing.assert_array_equal(hold.near_km, near)
    known = np.minimum(near, world.sides.near_cap)
    for i, s in enumerate(hold.control):
        foes = np.flatnonzero(world.sides.presses[:, s]) if s >= 0 else np.array([], int)
        assert hold.pressed[i] == (foes.size > 0)
        assert hold.taker[i] == (foes[np.argmin(known[i, foes])] if foes.size else NOBODY)
        km = known[i, foes].min(initial=np.inf)
        km = world.ground.rear_km[i] if km == np.inf else km
        np.testing.assert_allclose(hold.front_log[i], np.log(np.clip(km, 10.0, FAR_KM) / 100.0), atol=1e-14)
        if foes.size:
            theirs = np.flatnonzero(np.isin(hold.control, foes))
            edge = np.inf
            if theirs.size:
                first = theirs[np.argmin(world.roads.km[i, theirs] - 0.5 * near[theirs, s])]
                least = 0.07 * world.roads.extent[0]
                edge = somewhere(world.roads.km[i, first], near[first, s], least)
            edge = min(edge, world.sides.near_cap[i, foes].min())
            edge = world.ground.rear_km[i] if known[i, foes].min() == np.inf else edge
            share = np.clip(edge / world.roads.extent[0], 0.07, 4.0)
            np.testing.assert_allclose(hold.border_log[i], np.log(share * 6.0), atol=1e-13)
    inside = ~world.ground.outside
    for s, seat in enumerate(world.sides.seat):
        assert hold.held[s] == (hold.control[inside] == s).sum()
        assert hold.seat_fallen[s] == (seat >= 0 and hold.control[seat] != s)


@given(play=plays(days=15))
@RELAXED
def test_fronts_after_any_history(play):
    for _, state in evenings(play):
        check_fronts(play.world, state.hold)


def test_fronts_over_a_long_war():
    play = toy_play(30, 1, 90, strain=6.0)
    moved = 0
    for _, state in evenings(play):
        moved += (state.hold.lost >= 0).sum()
        check_fronts(play.world, state.hold)
    assert moved > 15


def test_fronts_moved_are_fronts_seen_anew():
    moved = 0
    for seed in range(40):
        play = random_play(seed, days=8)
        for _, state in evenings(play):
            anew = copied(state)
            anew.hold.near_km[:] = -1.0
            anew.hold.front_log[:] = 99.0
            anew.hold.taker[:] = 99
            look(play.world, anew)
            assert all(np.array_equal(a, b) for a, b in zip(anew.hold, state.hold, strict=True))
            moved += (state.hold.lost >= 0).sum()
    assert moved > 200


def test_a_place_goes_to_the_nearest_that_presses():
    """As seen on the day: the taker was nearest on the evening before."""
    taken = 0
    for seed in range(30):
        play = random_play(seed, days=8)
        before = None
        for _, state in evenings(play):
            if before is not None:
                lost = np.flatnonzero(state.hold.lost >= 0)
                assert (state.hold.lost[lost] == before.control[lost]).all()
                assert (state.hold.control[lost] == before.taker[lost]).all()
                assert before.pressed[lost].all()
                taken += lost.size
            before = copied(state.hold)
    assert taken > 150


@given(play=plays(days=20), member=st.just(0))
@RELAXED
def test_news_is_the_sum_of_recorded_losses(play, member):
    """Today's news from the record alone: each loss by share, place and age, and what was heard before init."""
    control = play.run().control[member].astype(int)
    week, month, fortnight = (
        np.exp(-1.0 / MEMORY_DAYS),
        np.exp(-1.0 / LONG_MEMORY_DAYS),
        np.exp(-1.0 / TAKEN_DAYS),
    )
    start, near = play.opening.start, play.world.sides.nearness
    shed, won, lately = (np.array(start.mood[k]) for k in (2, 3, 4))
    nearby, taken = np.array(start.mood.nearby), np.array(start.hold.taken)
    for day, state in evenings(play, member):
        if day:
            shed, won, lately, nearby, taken = (
                shed * week,
                won * week,
                lately * month,
                nearby * week,
                taken * fortnight,
            )
            before = control[day - 1]
            held = np.array([(before == s).sum() for s in range(shed.size)])
            for e in np.flatnonzero(control[day] != before):
                loser, taker = before[e], control[day, e]
                shed[loser] += 1.0 / held[loser]
                won[taker] += 1.0 / (held[taker] + 1.0)
                lately[taker] += 1.0 / (held[taker] + 1.0)
                nearby[:, loser] += near[e]
                taken[e] = 1.0
        for found, expected in zip(state.mood[2:6], (shed, won, lately, nearby), strict=True):
            np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-14)
        np.testing.assert_allclose(state.hold.taken, taken, rtol=1e-9, atol=1e-14)
