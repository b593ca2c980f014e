"""What a history says: fronts as the engine sees them, news in closed form, vague days left aside."""

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
import sbc
from exposures import AT, theta
from numba import njit
from toy import fronts, toy_world

from headlong.board.state import empty_state
from headlong.board.world import NOBODY
from headlong.engine.day import one_day
from headlong.engine.start import Opening, begin
from headlong.forecast.runnable import draw_params
from headlong.inference.strain_filter import filter_side
from headlong.inputs.control_history import SHARP_DAYS, Change, Past, known_past, reported_past
from headlong.inputs.environment import hinterland, new_situation, pressers
from headlong.inputs.exposure import Exposure, gather
from headlong.inputs.geography import nearest_first
from headlong.inputs.initial_state import initial_board
from headlong.mechanisms.control.front import all_fronts
from headlong.mechanisms.control.news import nearness

THETA = theta(-8.7, 3.4, 1.85, 0.4, 1.25, 0.95)


@njit(cache=True)
def kernel_fronts(roads, sides, ground, hold):
    all_fronts(roads, sides, ground, hold)


@njit(cache=True)
def live_a_day(world, state, params, seed, number, day):
    one_day(world, state, params, (seed, number), day)


@njit(cache=True)
def wake(world, opening, state, seed, number):
    begin(world, opening, state, (seed, number), 0, False)


@pytest.mark.parametrize("seed", range(40))
def test_fronts_are_those_of_the_engine(seed):
    """Any map, any relations, any hinterland, places that nobody holds, sides that hold nothing."""
    rng = np.random.default_rng(seed)
    world = toy_world(int(rng.integers(3, 40)), seed, days=2)
    places, sides = world.sides.seat_log.shape
    presses = (rng.random((sides, sides)) < rng.choice([0.2, 0.6, 1.0])) & ~np.eye(sides, dtype=bool)
    cap = np.where(rng.random((places, sides)) < 0.3, rng.uniform(1, 1500, (places, sides)), np.inf)
    rear = world.ground.rear_km * rng.choice([0.0, 1.0, 5.0])
    world = world._replace(
        sides=world.sides._replace(presses=presses, near_cap=cap), ground=world.ground._replace(rear_km=rear)
    )
    holder = rng.integers(-1 if seed % 3 else 0, sides - seed % 2, places)
    hold = empty_state(world).hold
    hold.control[:] = holder
    kernel_fronts(world.roads, world.sides, world.ground, hold)
    where = SimpleNamespace(km=world.roads.km, rear_km=rear, sides=range(sides), outside=world.ground.outside)
    front, pressed = fronts(where, holder, presses, cap)
    np.testing.assert_array_equal(pressed, hold.pressed)
    np.testing.assert_array_equal(front[pressed], hold.front_log[pressed])
    assert not pressed[holder == NOBODY].any() and not pressed[world.ground.outside].any()


@pytest.mark.parametrize("name", ("libya-2019", "drc-kivu-2012"))
def test_a_history_of_the_engine_is_read_as_the_engine_lived_it(name):
    """Every evening: news, fronts and who is pressed, from control alone, to the last digits."""
    land, days, seed = sbc.country(name), 25, 5
    params = draw_params(
        theta(-4.0, 1.0, 1.0, 0.4, 1.0, 0.8, loss__taken=1.0)[None],
        np.arange(1),
        seed,
        False,
    )[0]
    quiet = new_situation(np.array(land.holder), len(land.where.sides))
    board = initial_board(land.case, land.where, quiet, 0, days, None)
    state, sides = empty_state(board.world), len(land.where.sides)
    wake(
        board.world,
        Opening(board.start, np.zeros((1, sides)), np.zeros((1, sides)), board.muster),
        state,
        seed,
        0,
    )
    control = [state.hold.control.copy()]
    lost = 0
    for day in range(1, days + 1):
        live_a_day(board.world, state, params, seed, 0, day)
        control.append(state.hold.control.copy())
        evidence, now = sbc.read_history(land, np.array(control), day)
        np.testing.assert_array_equal(now.control, state.hold.control)
        for name in ("shed", "won", "won_lately", "nearby"):
            np.testing.assert_allclose(getattr(now, name), getattr(state.mood, name), rtol=1e-9, atol=1e-15)
        for name in ("near_km", "held", "taken", "taker", "pressed"):
            np.testing.assert_allclose(getattr(now, name), getattr(state.hold, name), rtol=1e-9, atol=1e-15)
        pressed = now.pressed
        for name in ("front_log", "border_log"):
            np.testing.assert_allclose(
                getattr(now, name)[pressed], getattr(state.hold, name)[pressed], rtol=1e-12
            )
        told = sum(int(e.lost[e.start[day - 1] :].sum()) for e in evidence)
        assert told == (control[-1] != control[-2]).sum() == (state.hold.lost >= 0).sum()
        lost += told
    assert lost > 10


class Toyland:
    """Enough of a case for `gather`: relations and hinterland that change by date."""

    start = date(2031, 1, 1)

    def __init__(self, pairs, hinterland=()):
        self.pairs, self.hinterland = pairs, hinterland

    def presses(self, day):
        return self.pairs(day) if callable(self.pairs) else self.pairs


def line(km=(100.0, 80.0, 300.0)):
    """Places in a row, two sides; the first three are the first side's, the last one the second side's."""
    spot = np.concatenate([[0.0], np.cumsum(km)])
    distance = np.abs(spot[:, None] - spot)
    outside, extent = np.zeros(4, bool), np.array([EXTENT])
    return SimpleNamespace(
        ids=("a", "b", "c", "d"), sides=("one", "two"), side={"one": 0, "two": 1},
        place={"a": 0, "b": 1, "c": 2, "d": 3}, km=distance, rear_km=np.full(4, 1000.0), outside=outside,
        order=nearest_first(distance), road=np.diag(km, 1) + np.diag(km, -1), hop=np.eye(4, dtype=int) * NOBODY,
        extent=extent, nearness=nearness(distance, outside, EXTENT),
        seat_log=np.zeros((4, 2)), home=np.zeros((4, 2)), extra=np.zeros((4, 2, 0)),
        name=np.arange(4), side_name=np.arange(2),
    )  # fmt: skip


EXTENT = 240.0

BOTH = frozenset({("one", "two"), ("two", "one")})
HOLDER = (0, 0, 0, 1)


def told(changes, days=12, pairs=BOTH, hinterland=(), holder=HOLDER):
    past = Past(days, holder, tuple(changes), "made up")
    return gather(Toyland(pairs, hinterland), line(), past)


def day_of(evidence, day):
    """Rows of one day as (losses nearby over losses anywhere, way to the border [km], lost)."""
    rows = slice(evidence.start[day - 1], evidence.start[day])
    x = evidence.x[rows]
    border = np.exp(-x[:, AT["border"]]) * EXTENT / 6.0
    return [(a, b, bool(d)) for a, b, d in zip(x[:, AT["nearby"]], border, evidence.lost[rows], strict=True)]


def between(near, far):
    """Way to a border that lies anywhere from `near` to `far` [km]: one over the mean of one over it."""
    least = 0.07 * EXTENT
    if near < least:
        return (far - near) / ((least - near) / least + np.log(far / least))
    return (far - near) / np.log(far / near)


def news(evidence):
    return evidence.x[:, AT["nearby"]]


def heard(near, shed):
    return np.log1p(100 * near) - np.log1p(100 * shed) * 2 / 3


def test_a_loss_is_heard_by_share_and_nearness_and_fades():
    (one, two), now = told([Change(4, 2, 0, 1, 4)])
    assert [len(day_of(one, d)) for d in (1, 4, 5)] == [3, 3, 2]
    assert [row[2] for row in day_of(one, 4)] == [False, False, True]
    near = line().nearness[2, :2]
    for day in (5, 6, 9, 12):
        fade = np.exp(-(day - 4) / 7.0)
        np.testing.assert_allclose([row[0] for row in day_of(one, day)], heard(near * fade, fade / 3.0))
    assert not any(row[0] for day in (1, 2, 3, 4) for row in day_of(one, day))
    assert not news(two).any() and not two.lost.any()
    won = np.expm1(two.x[-1, [AT["won"], AT["won_lately"]]]) / 100.0
    np.testing.assert_allclose(won, np.exp(-8.0 / np.array([7.0, 30.0])) / 2.0)
    np.testing.assert_allclose(now.nearby[:, 0], line().nearness[2] * np.exp(-8 / 7.0))
    assert not now.nearby[:, 1].any() and now.held.tolist() == [2.0, 2.0]
    np.testing.assert_allclose(now.taken, [0.0, 0.0, np.exp(-8 / 14.0), 0.0])


def test_two_losses_are_heard_twice():
    (one, _), _ = told([Change(4, 2, 0, 1, 4), Change(6, 1, 0, 1, 6)])
    assert [row[2] for row in day_of(one, 6)] == [False, True]
    near = line().nearness[[2, 1], 0] * np.exp(-np.array([4, 2]) / 7)
    shed = np.array([1 / 3, 1 / 2]) * np.exp(-np.array([4, 2]) / 7)
    assert day_of(one, 8)[0][0] == pytest.approx(heard(near.sum(), shed.sum()))


def test_fronts_move_on_the_morning_after():
    (one, _), _ = told([Change(4, 2, 0, 1, 4)])
    first = (between(180.0, 480.0), between(80.0, 380.0), between(0.0, 300.0))
    for day, km in ((4, first), (5, (between(100.0, 180.0), between(0.0, 80.0)))):
        np.testing.assert_allclose([row[1] for row in day_of(one, day)], km)


def test_a_vague_change_is_hidden_and_no_news():
    """From the first day it may have happened to the day it was certain, the place counts for neither."""
    since, day = 3, 3 + SHARP_DAYS + 1
    (one, two), now = told([Change(day, 2, 0, 1, since)])
    assert [len(day_of(one, d)) for d in range(1, 13)] == [3] * (since - 1) + [2] * (12 - since + 1)
    assert not one.lost.any() and not news(one).any() and not now.nearby.any()
    assert now.control.tolist() == [0, 0, 1, 1]
    assert [len(day_of(two, d)) for d in (day, day + 1)] == [1, 2]  # from the next morning it is theirs
    (sharp, _), _ = told([Change(day, 2, 0, 1, day - SHARP_DAYS)])
    assert sharp.lost.sum() == 1 and news(sharp).any()


def test_a_change_before_the_first_day_is_only_a_holder():
    (one, _), now = told([Change(0, 2, 0, 1, 0)])
    assert not one.lost.any() and not now.nearby.any() and len(day_of(one, 1)) == 2


def test_a_change_that_no_foe_made_says_nothing():
    """Given up to nobody, taken from nobody, or taken by a side that does not press: no loss, no news."""
    for change, loser in ((Change(4, 2, 0, NOBODY, 4), 0), (Change(4, 2, NOBODY, 1, 4), NOBODY)):
        evidence, now = told([change], holder=(0, 0, loser, 1))
        assert not any(e.lost.any() for e in evidence) and not now.nearby.any()
    evidence, now = told([Change(4, 2, 0, 1, 4)], pairs=frozenset({("one", "two")}))
    assert not any(e.lost.any() for e in evidence) and not now.nearby.any()
    given_up = told([Change(4, 2, 0, NOBODY, 4)])[0][0]
    assert [len(day_of(given_up, d)) for d in (3, 4, 5)] == [3, 2, 2]


def test_recapture_is_a_loss_of_the_other_side():
    (one, two), now = told([Change(4, 2, 0, 1, 4), Change(6, 2, 1, 0, 6)])
    assert one.lost.sum() == two.lost.sum() == 1
    assert [len(day_of(two, d)) for d in (4, 5, 6, 7)] == [1, 2, 2, 1]
    assert now.control.tolist() == list(HOLDER)
    assert now.nearby[:, 1] == pytest.approx(line().nearness[2] * np.exp(-6 / 7.0))


def test_who_presses_and_what_is_known_of_the_country_change_by_date():
    when = Toyland.start + timedelta(days=5)

    def pairs(day):
        return BOTH if day >= when else frozenset({("one", "two")})

    row = {"published_on": when + timedelta(days=2), "side": "two", "place": "b", "distance_km": 30.0}
    (one, two), _ = told([], pairs=pairs, hinterland=(row,))
    assert [len(day_of(one, d)) for d in (4, 5, 6)] == [0, 3, 3] and len(day_of(two, 1)) == 1
    assert [day_of(one, d)[1][1] for d in (6, 7)] == pytest.approx([between(80.0, 380.0), 30.0])
    assert day_of(one, 7)[0][1] == pytest.approx(between(180.0, 480.0))
    assert day_of(two, 1)[0][1] == pytest.approx(between(0.0, 300.0))


def test_the_latest_word_on_the_country_counts():
    rows = [
        {"published_on": Toyland.start + timedelta(days=d), "side": "two", "place": p, "distance_km": km}
        for d, p, km in ((1, "", 200.0), (3, "b", 50.0), (4, "", 400.0))
    ]
    case = Toyland(BOTH, rows)
    assert np.isinf(hinterland(case, line(), 0)).all()
    assert hinterland(case, line(), 2)[:, 1].tolist() == [200.0] * 4
    assert hinterland(case, line(), 3)[:, 1].tolist() == [200.0, 50.0, 200.0, 200.0]
    assert hinterland(case, line(), 4)[:, 1].tolist() == [400.0] * 4
    assert np.isinf(hinterland(case, line(), 9)[:, 0]).all()
    assert pressers(case, line(), 1).tolist() == [[False, True], [True, False]]


@pytest.mark.parametrize("name", ("afghanistan-2021", "mali-2012", "drc-kivu-2012", "iraq-2014"))
def test_evidence_of_a_real_war_adds_up(cases, name):
    """Every place-day once at most, news never negative, one loss for each fought change of a known day."""
    from headlong.inputs.geography import read_map

    case = cases(name)
    where = read_map(case)
    past = known_past(case, where, case.end)
    evidence, now = gather(case, where, past)
    assert all(isinstance(e, Exposure) and e.start[-1] == e.lost.size == len(e.x) for e in evidence)
    assert all((np.diff(e.start) >= 0).all() for e in evidence)
    assert all((e.x[:, [AT["won"], AT["taken"]]] >= 0).all() for e in evidence)
    assert all(np.isfinite(e.x).all() for e in evidence)
    for day in range(past.days):
        assert sum(e.start[day + 1] - e.start[day] for e in evidence) <= len(where.ids)
    sharp = [c for c in past.changes if c.sharp and c.day > 0]
    lost = sum(int(e.lost.sum()) for e in evidence)
    assert 0 < lost <= len(sharp)
    assert all(np.isfinite(filter_side(THETA, e)[0]).all() for e in evidence)
    holder = list(past.holder)
    for change in past.changes:
        assert holder[change.place] == change.loser != change.taker
        holder[change.place] = change.taker
    assert now.control.tolist() == holder


@pytest.mark.parametrize("name", ("afghanistan-2021", "mali-2012", "libya-2019"))
def test_the_past_ends_at_init(cases, name):
    case = cases(name)
    from headlong.inputs.geography import read_map

    where = read_map(case)
    for read in (known_past, reported_past):
        whole = read(case, where, case.end)
        for day in (0, 5, (case.init - case.start).days):
            past = read(case, where, case.start + timedelta(days=day))
            assert past.days == day and all(0 <= c.since <= c.day <= day for c in past.changes)
            assert past.holder == whole.holder
            if read is known_past:
                assert past.changes == tuple(c for c in whole.changes if c.day <= day)
