"""What leaders and civilians do: who gets away, who crosses, who flees where."""

import numpy as np
import pytest
from luck import four, quantiles
from steps import step_alone
from worlds import morning, row_play, with_params

from headlong.board.state import (
    CIVILIANS,
    FLED,
    LEADERS,
    OVERRUN,
    RETURNED,
    STAYS,
    TAKEN,
)
from headlong.board.streams import FLIGHT, RETURN
from headlong.board.world import SLOTS
from headlong.mechanisms.comeback import CALM
from headlong.mechanisms.flight import part


def fate(play, day=1):
    """Status of the leaders, and those in queues, after the place 1 of a row is lost on some day."""
    state = morning(play)
    state.hold.lost[1] = 0
    after = step_alone(play, "leaders", state, day)
    return after.chiefs.status.tolist(), after.border.queue[:, LEADERS].sum()


@pytest.mark.parametrize(
    ("row", "out"),
    [
        (row_play([0, 0, 1], leaders=[(0, 1)]), True),
        (row_play([1, 0, 1], leaders=[(0, 1)]), False),
        (row_play([0, 0, 1], leaders=[(0, 1)], roads=False), False),
        (row_play([1, 0, 1], leaders=[(0, 1)], air=[1]), True),
        (row_play([1, 0, 1], leaders=[(0, 1)], crossings=[1]), True),
        (row_play([-1, 0, 1], leaders=[(0, 1)], outside=[0]), True),
    ],
)
def test_a_leader_gets_away_only_by_a_way_out(row, out):
    sure = with_params(row, leaders__away=1.0, leaders__taken=1.0)
    status, queued = fate(sure)
    assert status == [FLED if out else TAKEN]
    assert queued == (row.world.gates.place.size > 0)
    assert fate(with_params(row, leaders__away=1.0))[0] == [FLED if out else STAYS]


def test_leaders_elsewhere_or_of_others_are_not_concerned():
    play = row_play([0, 0, 1], leaders=[(0, 0), (1, 1), (0, 2)])
    assert fate(with_params(play, leaders__away=1.0, leaders__taken=1.0))[0] == [STAYS] * 3


def test_a_leader_made_to_stay_does_not_leave_before():
    play = with_params(row_play([0, 0, 1], leaders=[(0, 1), (0, 1)]), leaders__early=50.0)
    held = play.world._replace(roster=play.world.roster._replace(held=np.array([True, False])))
    after = step_alone(play._replace(world=held), "leaders", morning(play), 1)
    assert after.chiefs.status.tolist() == [STAYS, FLED]


def test_a_leader_comes_home_when_his_side_holds_the_base_far_from_the_front(moments):
    came = 0
    for play, day, before, after in moments["comeback"]:
        for who, base in enumerate(play.world.roster.base):
            home = before.hold.control[base] == play.world.roster.side[who]
            home &= before.hold.front_log[base] > CALM
            fled = before.chiefs.status[who] == FLED
            back = (
                fled and home and four(play.seed, 0, RETURN, day, who)[0] < play.params["comeback"]["back"][0]
            )
            assert after.chiefs.status[who] == (RETURNED if back else before.chiefs.status[who])
            assert after.chiefs.place[who] == (base if back else before.chiefs.place[who])
            came += back
    assert came > 2


def test_leaders_cross_before_soldiers_before_civilians():
    play = with_params(row_play([0, 1], crossings=[0]), crossings__scale=1.0)
    for capacity, left in (
        (0, [10, 20, 3]),
        (2, [10, 20, 1]),
        (10, [10, 13, 0]),
        (25, [8, 0, 0]),
        (40, [0, 0, 0]),
    ):
        gates = play.world.gates._replace(capacity=np.array([float(capacity)]))
        state = morning(play)
        state.border.queue[0] = (10, 20, 3)
        after = step_alone(
            play._replace(world=play.world._replace(gates=gates)), "crossings", state, 1
        ).border
        assert after.queue[0].tolist() == left
        assert (after.queue + after.crossed).tolist() == [[10, 20, 3]]


def test_some_of_the_displaced_join_the_queue():
    play = with_params(row_play([0, 1], crossings=[0]), crossings__wish=0.2)
    state = morning(play)
    state.people.guests[:] = 100_000
    after = step_alone(play, "crossings", state, 1)
    assert after.people.guests[1] == 100_000
    assert after.border.queue[0, CIVILIANS] == pytest.approx(100_000 * (1 - np.exp(-0.2)), rel=0.02)
    assert after.border.queue[0, CIVILIANS] + after.people.guests[0] == 100_000


def test_those_who_leave_home_are_as_many_as_the_law_says(moments):
    left = 0
    for play, day, before, after in moments["flight"]:
        p, hold, ground = play.params[0]["flight"], before.hold, play.world.ground
        for i in range(hold.control.size):
            lost, pressed = hold.lost[i] >= 0, hold.pressed[i]
            r = p["threat"] * np.exp(-hold.front_log[i]) * pressed
            r += (p["fought"] if hold.way[i] == OVERRUN else p["quiet"]) * lost
            a, _, c, _ = four(play.seed, 0, FLIGHT, day, i)
            z = quantiles(np.array([c]))[0]
            crowd = np.exp(p["spread"] * z - 0.5 * p["spread"] ** 2)
            share = (1 - np.exp(-r * crowd)) * (not ground.outside[i])
            gone = before.people.residents[i] - after.people.residents[i]
            expected = part(int(before.people.residents[i]), share, a)
            assert abs(gone - expected) <= 1e-9 * before.people.residents[i]
            if gone:
                left += 1
    assert left > 100


@pytest.mark.parametrize("holder", [0, 1])
def test_people_take_all_roads_out_and_shun_those_to_the_enemy(holder):
    """The enemy is who presses those who lost the place, also once it is in his hands."""
    play = with_params(row_play([0, 0, 0, 1, 1], crossings=[4]), flight__fought=50.0)
    play.opening.start.people.residents[2] = 900_000
    state = morning(play)
    state.hold.lost[2], state.hold.way[2], state.hold.control[2] = 0, OVERRUN, holder
    walking = step_alone(play, "flight", state, 1).people.walking[2]  # 50 km take a day
    assert walking.sum() == 900_000 and (walking[[0, 2, 4]] == 0).all()
    assert walking[3] / walking[1] == pytest.approx(0.32, rel=0.02)


def test_people_without_a_road_stay_in_the_place_as_displaced():
    play = with_params(row_play([0, 0, 1], roads=False), flight__fought=50.0)
    play.opening.start.people.residents[1] = 1000
    state = morning(play)
    state.hold.lost[1], state.hold.way[1] = 0, OVERRUN
    people = step_alone(play, "flight", state, 1).people
    assert (people.residents[1], people.guests[1], people.walking.sum()) == (0, 1000, 0)


def test_nobody_walks_through_a_crossing_but_who_chooses_it_waits_there():
    play = with_params(row_play([-1, 0, 0, 1], outside=[0], crossings=[1]), flight__fought=50.0)
    play.opening.start.people.residents[1] = 1000
    state = morning(play)
    state.hold.lost[1], state.hold.way[1] = 0, OVERRUN
    people = step_alone(play, "flight", state, 1).people
    assert people.walking[:, 0].sum() == 0
    assert people.walking[:, 2].sum() == 500 and people.guests[1] == 500


def test_people_walk_over_a_border_without_a_crossing():
    play = with_params(row_play([-1, 0, 0, 1], outside=[0]), flight__fought=50.0)
    play.opening.start.people.residents[1] = 1000
    state = morning(play)
    state.hold.lost[1], state.hold.way[1] = 0, OVERRUN
    walking = step_alone(play, "flight", state, 1).people.walking
    assert walking[:, 0].sum() == pytest.approx(500, abs=80) and walking.sum() == 1000


def test_those_on_foot_arrive_as_displaced():
    play = row_play([0, 1])
    state = morning(play)
    state.people.walking[3, 1] = 70
    state.people.walking[4, 0] = 5
    people = step_alone(play, "arrivals_on_foot", state, 3 + SLOTS).people
    assert people.guests.tolist() == [0, 70] and people.walking.sum() == 5
