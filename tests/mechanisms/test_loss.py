"""What weighs on a loss, whether a place is lost, and in which way: against the equations written in numpy."""

import numpy as np
import pytest
from luck import four, quantiles
from steps import evenings, fields, step_alone, steps
from worlds import default, morning, random_play, row_play, toy_play, with_params

from headlong.board.state import (
    FLED,
    TAKEN,
)
from headlong.board.streams import LEAVING, LOSS, STRAIN
from headlong.board.world import NOBODY
from headlong.mechanisms.control.strain import FAST_DAYS, OUTSET, SLOW_DAYS


def pushes(moments, name, formula):
    """Compare what a step adds to `push` with a formula (play, day, state, place, holder, taker, parameters)."""
    acted = 0
    for play, day, before, after in moments[name]:
        expected = np.zeros(before.hold.push.size)
        for i, s in enumerate(before.hold.control):
            if s >= 0:
                expected[i] = formula(play, day, before, i, s, before.hold.taker[i], play.params[0])
        np.testing.assert_allclose(after.hold.push - before.hold.push, expected, rtol=1e-9, atol=1e-12)
        acted += np.count_nonzero(expected)
    assert acted > 50


def test_support_weighs_by_its_change(moments):
    def gain(play, day, side, p):
        b = play.world.backing
        hope = b.expected[day, side] - b.expected_known[day, side]
        return p.worth * hope + p.now * (b.delivered[day, side] - b.delivered_known[day, side])

    def formula(play, day, state, i, s, q, params):
        p = play.params.view(np.recarray)[0].support
        return gain(play, day, q, p) - gain(play, day, s, p) if q >= 0 else 0.0

    pushes(moments, "support", formula)


def test_strength_weighs_by_numbers_and_arms(moments):
    def formula(play, day, state, i, s, q, params):
        if q < 0:
            return 0.0
        sides, t, p = play.world.sides, state.troops, params["strength"]
        held = np.clip(np.log((t.garrison[i] + 1) / (sides.typical[s] + 1)), -2, 2) + sides.ghosts[s]
        return p["arms"] * np.log(1 + t.arms[q] / (1000 + t.field[q])) - p["garrison"] * held

    pushes(moments, "strength", formula)


def test_clients_heed_their_leaders(moments):
    def formula(play, day, state, i, s, q, params):
        who, roster, p = play.world.ground.leader_of[i], play.world.roster, params["leaders"]
        if who < 0 or roster.side[who] != s:
            return 0.0
        gone = state.chiefs.status[who] in (FLED, TAKEN)
        stand = p["stand"] if roster.held[who] and not gone else 0.0
        return roster.weight[who] * (p["shock"] * gone - stand) + p["feud"] * roster.feud[who]

    pushes(moments, "example_of_leaders", formula)


def test_promises_not_believed_make_garrisons_hold(moments):
    def formula(play, day, state, i, s, q, params):
        return -params["leaving"]["holdfast"] * (1 - play.world.sides.amnesty[q]) if q >= 0 else 0.0

    pushes(moments, "doubt_promises", formula)


def test_holdouts_hold_once_the_seat_has_fallen(moments):
    def formula(play, day, state, i, s, q, params):
        seat = play.world.sides.seat[s]
        fallen = seat >= 0 and state.hold.control[seat] != s
        return -params["comeback"]["holdout"] * (fallen and play.world.ground.holdout[i])

    pushes(moments, "hold_out", formula)


def chance(play, state, i, s):
    """Chance that place `i` of side `s` is lost today, by the equation of the core."""
    p, mood, hold, world = play.params[0], state.mood, state.hold, play.world
    news, place = p["news"], p["loss"]
    eta = p["strain"]["mean"] + mood.slow[s] + mood.fast[s] + hold.push[i]
    near = np.log(1 + 100 * mood.nearby[i, s]) - np.log(1 + 100 * mood.shed[s]) * 2 / 3
    eta += news["nearby"] * near + news["won"] * np.log(1 + 100 * mood.won[s])
    eta += news["won_lately"] * np.log(1 + 100 * mood.won_lately[s]) - place["border"] * hold.border_log[i]
    eta += place["seat"] * world.sides.seat_log[i, s] + place["home"] * world.sides.home[i, s]
    eta += place["taken"] * hold.taken[i]
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-eta))


def test_places_are_lost_by_the_equation_of_the_core(moments):
    held = lost = 0
    for play, day, before, after in moments["loss"]:
        for i, s in enumerate(before.hold.control):
            u = four(play.seed, 0, LOSS, day, i)[0]
            falls = s >= 0 and before.hold.pressed[i] and u < chance(play, before, i, s)
            assert after.hold.lost[i] == (s if falls else NOBODY)
            held, lost = held + (not falls), lost + falls
    assert held > 100 and lost > 100


def test_losses_are_as_frequent_as_their_chance():
    """20,000 members live one day in one world; each place falls as often as it should, within chance."""
    members = 20_000
    play = toy_play(12, members, 1, seed=4)
    play = play._replace(params=np.repeat(default(1), members))
    play.params["strain"]["slow_sd"] = play.params["strain"]["fast_sd"] = 0.0
    play.opening.slow[:] = 7.5
    play.opening.fast[:] = 0.0
    record = play.run()
    before = next(before for _, name, before, _ in steps(play) if name == "loss")
    control = record.control[0, 0]
    p = np.array([chance(play, before, i, s) * before.hold.pressed[i] for i, s in enumerate(control)])
    often = (record.control[:, 1] != control).mean(axis=0)
    assert ((p > 0.02) & (p < 0.98)).sum() >= 5
    assert (often[p == 0.0] == 0.0).all()
    z = (often - p)[p > 0] / np.sqrt(p * (1 - p) / members)[p > 0]
    assert np.abs(z).max() < 4.0 and (z**2).sum() < 3 * z.size
    together = (record.control[:, 1] != control).astype(float)[:, (p > 0.02) & (p < 0.98)]
    apart = np.corrcoef(together.T)[np.triu_indices(together.shape[1], 1)]
    assert np.abs(apart).max() < 4.5 / np.sqrt(members)  # given strain and news, places fall on their own


def test_strain_moves_by_its_law(moments):
    renewed = 0
    for play, day, before, after in moments["strain"]:
        for s in range(before.mood.slow.size):
            z = quantiles(np.array(four(play.seed, 0, STRAIN, day, s)))
            p = play.params[0]["strain"]
            for part, memory, sd, k in (("slow", SLOW_DAYS, "slow_sd", 0), ("fast", FAST_DAYS, "fast_sd", 1)):
                r = np.exp(-1 / memory)
                expected = r * getattr(before.mood, part)[s] + p[sd] * np.sqrt(1 - r * r) * z[k]
                known = (before.hold.held > 0) | (play.world.sides.near_cap < np.inf).any(axis=0)
                foes = play.world.sides.presses[:, s] & known
                renewal = p["renewal"] if foes.any() else max(p["renewal"], OUTSET)
                if part == "slow" and four(play.seed, 0, STRAIN, day, s)[2] < renewal:
                    expected, renewed = p[sd] * z[k], renewed + 1
                assert getattr(after.mood, part)[s] == pytest.approx(expected, rel=1e-12)
    assert renewed > 0


def test_ways_are_chosen_by_their_utilities():
    """One place with a way out and one without fall to a side whose promise is half believed."""
    for roads in (True, False):
        play = row_play([0, 0, 1], roads=roads)
        world = play.world._replace(
            sides=play.world.sides._replace(amnesty=np.array([1.0, 0.5])),
            ground=play.world.ground._replace(ties=np.array([0.0, 0.7, 0.0])),
        )
        play = with_params(play, leaving__deal=-0.2, leaving__withdraw=-1.0, leaving__switch=-1.5,
                           leaving__melt=-0.3, leaving__road=1.5, leaving__kin=1.0,
                           leaving__amnesty=1.0)._replace(world=world)  # fmt: skip
        odds = np.exp([-0.2 + 0.7 - 0.5, -1.0 + 1.5 * roads, -1.5 - 0.5, -0.3, 0.0])
        edges = np.cumsum(odds / odds.sum())
        state = morning(play)
        state.hold.lost[1] = 0
        seen = np.zeros(6, int)
        for day in range(1, 300):
            way = step_alone(play, "leaving", state, day).hold.way
            u = four(play.seed, 0, LEAVING, day, 1)[0]
            assert way.tolist() == [0, 1 + np.searchsorted(edges, u), 0]
            seen[way[1]] += 1
        assert (seen[1:] > 3).all()


def test_a_day_wipes_what_belongs_to_it_alone():
    play = random_play(3)
    *_, (_, state) = evenings(play)
    state.hold.push[:] = 4.0
    state.hold.lost[:] = 1
    after = fields(step_alone(play, "clear", state, 1))
    assert not after["push"].any() and (after["lost"] == NOBODY).all()
