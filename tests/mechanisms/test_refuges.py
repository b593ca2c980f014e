"""Refuges: who takes in how many, and how the counts in camps go on."""

import numpy as np
import pytest
from steps import step_alone
from worlds import laid_out, morning, row_play, with_params

from headlong.board.state import CIVILIANS, empty_state
from headlong.mechanisms.people.refuges import CLOSED, CRAMPED
from headlong.mechanisms.people.registration import FARTHEST, UNCOUNTED


def refuge_play(refuges, exits=1, **known):
    """A row with one crossing, some ways through it, and refuges beyond with the fields given."""
    play = row_play([0, 0, *(-1 for _ in range(refuges))], crossings=[1], outside=range(2, 2 + refuges))
    here, days = play.world.exits, play.days + 1
    ways = here._replace(
        at=np.ones(exits, int), to=np.full(exits, 2), gate=np.zeros(exits, int), country=np.zeros(exits, int),
        name=np.arange(exits),
        far=np.zeros((play.world.ground.outside.size, exits)), openness=np.ones((exits, days)),
        days=np.repeat(here.days, exits, axis=1), twig=np.repeat(here.twig, exits, axis=1),
    )  # fmt: skip
    beyond = play.world.refuges._replace(**{"far": np.zeros((exits, refuges)), **known})
    world = laid_out(play.world._replace(exits=ways, refuges=beyond), play.world)
    return play._replace(world=world, opening=play.opening._replace(start=empty_state(world)))


def test_a_full_refuge_draws_a_thousandth_and_a_closed_one_next_to_nothing():
    there = np.ones((4, 21), bool)
    there[3] = False
    room = np.repeat([[1000.0], [1000.0], [np.inf], [np.inf]], there.shape[1], axis=1)
    play = refuge_play(4, capacity=room, open=there)
    state = morning(play)
    state.people.guests[2:] = (950, 2000, 10**6, 0)
    call = step_alone(play, "see_refuges", state, 1).people.call
    assert call.tolist() == pytest.approx([0.5, CRAMPED, 1.0, CLOSED])


def test_the_last_refuge_opened_draws_more():
    newest = np.zeros((2, 21), bool)
    newest[1, 5:] = True
    play = with_params(refuge_play(2, newest=newest), refuges__newest=4.0)
    assert step_alone(play, "see_refuges", morning(play), 4).people.call.tolist() == [1.0, 1.0]
    assert step_alone(play, "see_refuges", morning(play), 5).people.call.tolist() == [1.0, 4.0]


def test_those_let_through_go_to_refuges_by_their_way_and_nobody_is_lost():
    play = refuge_play(3, exits=2)
    play = with_params(play, crossings__scale=1.0)
    state = morning(play)
    state.people.call[:] = 1.0
    state.people.fond[:] = [[1.0, 0.0, 3.0], [0.0, 1.0, 0.0]]
    state.border.door[:] = 1.0
    state.people.waiting[:], state.border.queue[0, CIVILIANS] = (400, 300), 700
    play.world.gates.capacity[:] = 350
    after = step_alone(play, "crossings", state, 1)
    assert after.people.waiting.tolist() == [200, 150] and after.border.queue[0, CIVILIANS] == 350
    assert after.people.guests[2:].tolist() == pytest.approx([50, 150, 150], abs=1)
    assert after.people.guests.sum() == after.border.crossed[0, CIVILIANS] == 350


def test_without_a_refuge_those_over_the_border_are_elsewhere():
    play = with_params(row_play([0, 0], crossings=[1]), crossings__scale=1.0)
    state = morning(play)
    state.people.waiting[0], state.border.queue[0, CIVILIANS], state.border.door[:] = 9, 9, 1.0
    after = step_alone(play, "crossings", state, 1)
    assert after.people.elsewhere.tolist() == [9] and after.border.queue[0, CIVILIANS] == 0


def counted_play(rise, **known):
    """A row with two refuges, whose counts rise by so many a day; all who come are from the second place."""
    source = np.tile([0.0, 1.0, 1.0, 1.0], (2, 1))
    play = refuge_play(2, rise=np.array([rise, [0.0, 0.0]]), unseen=np.zeros(2), source=source, **known)
    play = with_params(play, registration__last=50.0)
    state = morning(play)
    state.people.residents[1], state.people.guests[2:], state.people.fond[:] = 10**6, 1000, 1.0
    return play, state


def test_counts_that_rose_go_on_rising_and_fade():
    play, state = counted_play([100.0, 0.0])
    first = step_alone(play, "registration", state, 1)
    assert first.people.guests[2:].tolist() == [1100, 1000] and first.people.residents[1] == 10**6 - 100
    for day in range(2, 21):
        first = step_alone(play, "registration", first, day)
    assert first.people.flow[0] == pytest.approx(100.0 * (49 / 50) ** 20)
    assert first.people.guests[2] == pytest.approx(1000 + 100 * 50 * (1 - (49 / 50) ** 20), abs=15)


def test_who_came_since_the_last_count_comes_in_on_the_first_day():
    play, state = counted_play([100.0, 0.0])
    play.world.refuges.unseen[:] = 20.0
    assert step_alone(play, "registration", state, 1).people.guests[2] == 1000 + 100 * (1 + 20 * UNCOUNTED)


def test_closed_camps_take_nobody_in_and_some_leave_to_nowhere_known():
    play, state = counted_play([100.0, 100.0], open=np.zeros((2, 21), bool))
    play = with_params(play, registration__leave=0.1)
    after = step_alone(play, "registration", state, 1).people
    assert after.guests[2:].tolist() == pytest.approx(
        [900, 900], abs=1
    ) and after.elsewhere.sum() == pytest.approx(200, abs=2)
    assert after.residents[1] == 10**6


def test_members_differ_in_what_is_still_to_come():
    play, state = counted_play([100.0, 100.0])
    play = with_params(play, registration__spread=0.8)
    flow = step_alone(play, "registration", state, 1).people.flow
    assert flow[0] != flow[1] and (flow > 0).all() and (flow < 100 * np.exp(0.8 * FARTHEST)).all()


def test_what_no_count_shows_spreads_wider():
    play, state = counted_play([100.0, 0.0])
    play.world.refuges.rise[1, 1] = 100.0
    play = with_params(play, registration__spread=0.4)
    seeds = [step_alone(play._replace(seed=k), "registration", state, 1) for k in range(40)]
    flow = np.array([after.people.flow for after in seeds])
    assert np.log(flow[:, 1] / 100.0).std() > 1.5 * np.log(flow[:, 0] / 100.0).std() > 0.0


def test_tastes_say_where_people_go_abroad_and_not_how_many():
    play = with_params(row_play([-1, 0, 0, -1], outside=[0, 3]), flight__fought=50.0)
    play.opening.start.people.residents[1] = 10**6
    found = []
    for liked in (1.0, 5.0):
        state = morning(play)
        state.people.alarm[1] = state.people.taste[:] = state.people.draw[:] = 1.0
        state.people.taste[1, 0] = state.people.draw[0, 0] = liked
        found.append(step_alone(play, "flight", state, 1).people.bound.sum(axis=0))
    assert found[1].sum() == pytest.approx(found[0].sum(), abs=2) and found[0].sum() > 10_000
    assert found[1][0] > 1.2 * found[0][0]
