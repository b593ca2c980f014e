"""What leaders and civilians do: who gets away, who crosses, who flees where."""

import numpy as np
import pytest
from luck import four, quantiles
from steps import step_alone
from worlds import Size, morning, random_play, row_play, with_params

from headlong.board.parts import MOST, part
from headlong.board.state import (
    CIVILIANS,
    FLED,
    LEADERS,
    MELTED,
    OVERRUN,
    RETURNED,
    STAYS,
    TAKEN,
)
from headlong.board.streams import FLIGHT, RETURN
from headlong.board.world import SLOTS
from headlong.mechanisms.people.alarm import FELT_KM, REMEMBERED
from headlong.mechanisms.people.comeback import CALM
from headlong.mechanisms.people.destinations import HAVEN_KM
from headlong.mechanisms.people.flight import CALM as CALM_PLACE
from headlong.mechanisms.people.flight import SIZE, WEEK
from headlong.mechanisms.people.refuges import drive, take_roads


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
    play = with_params(row_play([0, 0, 1], leaders=[(0, 1), (0, 1)]), leaders__early=1.0)
    held = play.world._replace(roster=play.world.roster._replace(held=np.array([True, False])))
    state = morning(play)
    state.hold.chance[1] = 1.0
    after = step_alone(play._replace(world=held), "leaders", state, 1)
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
    assert came > 1


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
        state.border.door[0] = 1.0
        after = step_alone(
            play._replace(world=play.world._replace(gates=gates)), "crossings", state, 1
        ).border
        assert after.queue[0].tolist() == left
        assert (after.queue + after.crossed).tolist() == [[10, 20, 3]]


def test_those_who_leave_home_are_as_many_as_the_law_says(moments):
    left = 0
    for play, day, before, after in moments["flight"]:
        p, hold, ground, people = play.params[0]["flight"], before.hold, play.world.ground, before.people
        for i in range(hold.control.size):
            calm = p["fought"] * people.alarm[i] < CALM_PLACE
            acts = not ground.outside[i] and (not calm or (day + i) % WEEK == 0)
            near = np.exp(-hold.front_log[i]) * hold.pressed[i]
            a, _, c, _ = four(play.seed, 0, FLIGHT, day, i)
            z = quantiles(np.array([c]))[0]
            r = (p["fought"] * people.alarm[i] + p["threat"] * near) * (WEEK if calm else 1)
            r *= np.exp(p["spread"] * z - 0.5 * p["spread"] ** 2)
            r *= (max(people.residents[i], 1) / SIZE) ** -p["thin"]
            gone = people.residents[i] - after.people.residents[i]
            expected = part(int(people.residents[i]), (1 - np.exp(-r)) * acts, a)
            assert abs(gone - expected) <= 1 + 1e-9 * people.residents[i]
            left += gone > 0
    assert left > 100


def fled(holders, people=100_000, **other):
    """People after one day of flight from place 1 of a row, whose alarm is such that all leave."""
    play = with_params(row_play(holders, **other), flight__fought=50.0)
    play.opening.start.people.residents[1] = people
    state = morning(play)
    state.people.alarm[1] = 1.0
    state.people.taste[:] = state.people.draw[:] = 1.0
    return play, step_alone(play, "flight", state, 1).people


def test_people_go_to_their_own_side_and_farther_places_draw_less():
    _, people = fled([0, 0, 0, 0, 1])
    walking = people.walking.sum(axis=0)
    assert people.residents[1] == 0 and walking.sum() == 100_000
    assert walking[4] == walking[1] == 0
    assert walking[0] == pytest.approx(walking[2], abs=1)
    assert walking[3] / walking[2] == pytest.approx(np.exp(-50.0 / HAVEN_KM), rel=0.01)


def test_people_with_nowhere_to_go_stay_in_the_place_as_displaced():
    _, people = fled([1, 0, 1])
    assert (people.residents[1], people.guests[1], people.walking.sum()) == (0, 100_000, 0)


def test_those_who_go_abroad_are_bound_for_a_crossing():
    play, people = fled([0, 0, 0, -1], outside=[3], crossings=[2])
    p = play.params[0]["destinations"]
    weight = np.exp(-50.0 / p["reach"])
    assert people.bound.sum() == pytest.approx(100_000 * weight / (weight + p["inside"]), abs=100_000 / MOST)
    assert people.bound.sum() + people.walking.sum() == 100_000 and people.walking[:, 3].sum() == 0


def test_people_walk_over_a_border_without_a_crossing():
    play, people = fled([-1, 0, 0, 1], outside=[0])
    abroad = people.bound.sum()
    assert 20_000 < abroad < 80_000 and abroad + people.walking.sum() == 100_000
    state = morning(play)
    state.people.bound[3, 0], state.people.call[:], state.people.fond[:] = 70, 1.0, 1.0
    after = step_alone(play, "arrivals_at_border", state, 3)
    assert after.people.guests.tolist() == [70, 0, 0, 0] and not after.people.bound.any()


def test_a_closed_crossing_keeps_people_in():
    play = row_play([-1, 0, 0, 1], outside=[0], crossings=[1])
    play = with_params(play, destinations__reach=220.0, destinations__within=60.0)
    found = []
    for door in (1.0, 0.1, 0.0):
        state = morning(play)
        state.border.way_open[:], state.people.call[:], state.people.fond[:] = door, 1.0, 1.0
        found.append(step_alone(play, "see_exits", state, 1).people.draw[0, 0])
    assert found[0] == 1.0 and found[1] == pytest.approx(0.1 ** (220.0 / 60.0)) and 0 < found[2] < 1e-20


def test_tastes_are_a_members_own_and_last():
    play = with_params(row_play([-1, 0, 0, 1], outside=[0], crossings=[1]), destinations__pull=0.8)
    first = step_alone(play, "see_exits", morning(play), 1)
    assert (first.people.taste != 1.0).all() and (first.people.taste > 0).all()
    later = step_alone(play, "see_exits", first, 2)
    assert (later.people.taste == first.people.taste).all()


def alarmed(play, state, day=2):
    """Alarm after the step of that name."""
    return step_alone(play, "alarm", state, day).people.alarm


def test_alarm_rises_where_a_place_is_lost_and_around_and_fades():
    play = with_params(row_play([0, 1, 0, 1, 1]), alarm__linger=30.0, alarm__quiet=0.2, alarm__felt=0.5)
    state = morning(play)
    state.hold.lost[1], state.hold.way[1] = 0, OVERRUN
    shock = alarmed(play, state) * 30.0
    assert shock[1] == 1.0 and shock[3] == shock[4] == 0.0
    assert shock[0] == shock[2] == pytest.approx(0.5 * np.exp(-50.0 / FELT_KM))
    state.hold.way[1] = MELTED
    assert alarmed(play, state)[1] * 30.0 == pytest.approx(0.2)
    state.hold.lost[1] = -1
    state.people.alarm[:] = 0.6
    assert alarmed(play, state) == pytest.approx(0.6 * 29 / 30)


def test_what_is_newly_cut_off_is_alarmed_once():
    play = with_params(row_play([0, 0, 1, 1]), alarm__linger=30.0, alarm__siege=0.5)
    state = morning(play)
    assert state.people.cut.tolist() == [0, 0, 0, 0]
    state.hold.control[0], state.hold.lost[0], state.hold.way[0] = 1, 0, MELTED
    once = step_alone(play, "alarm", state, 2)
    assert once.people.cut.tolist() == [1, 1, 0, 0]
    assert once.people.alarm[1] * 30.0 == pytest.approx(0.5)
    assert step_alone(play, "alarm", once, 3).people.alarm[1] < once.people.alarm[1]


def test_what_fell_before_init_is_remembered_on_the_first_day():
    play = with_params(row_play([1, 0, 0, 1]), alarm__linger=30.0, alarm__felt=0.5)
    state = morning(play)
    state.hold.taken[0] = np.exp(-10.0 / 14.0)  # ten days ago
    found = alarmed(play, state, 1) * 30.0
    assert found[0] == pytest.approx(REMEMBERED * np.exp(-10.0 / 30.0))
    assert found[1] == pytest.approx(found[0] * 0.5 * np.exp(-50.0 / FELT_KM)) and found[3] == 0.0
    assert not alarmed(play, state, 2).any()


def test_those_on_the_road_arrive_as_displaced_or_at_their_crossing():
    play = row_play([0, 1], crossings=[1])
    state = morning(play)
    state.people.walking[3, 1] = 70
    state.people.walking[4, 0] = 5
    state.people.bound[3, 0] = 9
    people = step_alone(play, "arrivals_on_foot", state, 3 + SLOTS).people
    assert people.guests.tolist() == [0, 70] and people.walking.sum() == 5
    after = step_alone(play, "arrivals_at_border", state, 3 + SLOTS)
    assert after.border.queue[0, CIVILIANS] == after.people.waiting[0] == 9 and after.people.bound.sum() == 0


def test_known_fighting_alarms_on_its_first_day_and_while_it_goes_on():
    play = row_play([0, 0, 1], days=9)
    play = with_params(play, alarm__linger=10.0, alarm__felt=0.5, alarm__standing=0.1)
    play.world.known.fought[2:6, 0] = 0.5
    state = morning(play)
    first = step_alone(play, "alarm", state, 2)
    felt = 0.5 * 0.5 * np.exp(-50.0 / FELT_KM)
    assert first.people.alarm * 10.0 == pytest.approx([0.5, felt, 0.0])
    assert alarmed(play, state, 3) * 10.0 == pytest.approx([0.05, 0.0, 0.0])
    assert not alarmed(play, state, 7).any()


def test_a_replay_loses_what_was_lost_and_nothing_else():
    play = row_play([0, 0, 1], days=3)
    path, way = np.tile([0, 0, 1], (4, 1)), np.zeros((4, 3), int)
    path[2:, 1], way[2, 1] = 1, OVERRUN
    known = play.world.known._replace(control=path, way=way)
    play = play._replace(world=play.world._replace(known=known))
    state = morning(play)
    state.hold.lost[0], state.hold.way[0] = 0, MELTED  # by the law
    assert step_alone(play, "replay", state, 1).hold.lost.tolist() == [-1, -1, -1]
    after = step_alone(play, "replay", state, 2).hold
    assert after.lost.tolist() == [-1, 0, -1] and after.way[1] == OVERRUN and after.taker[1] == 1
    record = play.run()
    assert (record.control[0] == path).all() and record.way[0, 2, 1] == OVERRUN


def path_counts(roads, i, sent):
    """People on each road end when those sent from place `i` walk one by one; places without a road are left out."""
    passed = np.zeros(roads.link_to.size, int)
    for j, many in enumerate(sent):
        at = i
        while at != j and roads.hop[at, j] >= 0:
            passed[roads.link_at[at, roads.hop[at, j]]] += many
            at = roads.hop[at, j]
    return passed


@pytest.mark.parametrize("seed", range(6))
def test_people_are_counted_on_every_road_of_their_shortest_way(seed):
    play = random_play(seed, Size(places=12, outside=2))
    state, rng, roads = morning(play), np.random.default_rng(seed), play.world.roads
    sent = rng.integers(0, 500, 12) * (rng.random(12) < 0.7)
    known, slot = np.unique(roads.haven_at[3], return_index=True)
    sent[np.setdiff1d(np.arange(12), known)] = 0
    np.add.at(state.memo.sent, roads.twig_start[3] + 3 + roads.haven_twig[3, slot], sent[known])
    take_roads.py_func(roads, state.people, state.memo.sent, state.scratch.passed, 3)
    assert (state.people.trod == path_counts(roads, 3, sent)).all() and not state.memo.sent.any()


def test_beyond_the_border_roads_count_only_where_the_whole_way_stays_abroad():
    play = row_play([0, 0, -1, -1, -1, 0, -1], outside=[2, 3, 4, 6])
    roads, ground, people = play.world.roads, play.world.ground, morning(play).people
    drive.py_func(roads, ground, people, 2, 4, 70)
    assert [people.trod[roads.link_at[k]] for k in ((2, 3), (3, 4), (3, 2))] == [70, 70, 0]
    drive.py_func(roads, ground, people, 4, 6, 70)
    assert people.trod.sum() == 140
