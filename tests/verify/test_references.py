"""References: covariates by hand, fits against scipy, the daily form against a plain loop, no hindsight."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from scipy.optimize import minimize
from toy import fronts

from headlong.case import open_case
from headlong.forecast.request import as_known
from headlong.inputs.control_history import known_past
from headlong.inputs.environment import hinterland, pressers
from headlong.verify.references.covariates import (
    COLUMNS,
    RATE_SMOOTH,
    USUAL_RATE,
    links,
    place_days,
    seat_log,
    weights_of,
)
from headlong.verify.references.forecasters import NAMES, growth, learn, lesson_of, look_at, own_rate, predict
from headlong.verify.references.logit_references import (
    HORIZONS,
    SimulatedLogit,
    direct_chances,
    fit_logit,
    outcomes,
    simulate_first_changes,
)
from headlong.verify.references.logit_simulation import RATE_DAYS
from headlong.verify.scores.scores import brier
from headlong.verify.scores.truth import read_history, truth_after

HORIZON = 14


@pytest.fixture(scope="module")
def chad():
    return read_history(open_case("chad-2008"))


@pytest.fixture(scope="module")
def lessons(chad):
    vietnam = read_history(open_case("south-vietnam-1975"))
    told = ((chad, [3]), (vietnam, [7, 14, 21, 28]))
    return learn([lesson_of(history, looks, HORIZON) for history, looks in told], HORIZON)


@pytest.fixture(scope="module")
def history(riverland):
    return read_history(riverland)


def scene_at(history, day, case=None):
    case = case or history.case
    cut = as_known(case, case.start + timedelta(days=day), "history")
    return look_at(history, cut, day, HORIZON, truth_after(history, day, HORIZON).scored)


def test_covariates_by_hand(history):
    past = known_past(history.case, history.where, history.case.end)
    crown = place_days(history.case, history.where, past)[0][0]
    row = {
        (int(d), int(p)): crown.columns[k]
        for k, (d, p) in enumerate(zip(crown.day, crown.place, strict=True))
    }
    before, after = row[8, 3], row[9, 3]  # Gamma on the 9th, when Delta fell, and on the 10th
    name = {c: k for k, c in enumerate(COLUMNS)}
    assert before[name["momentum"]] == before[name["neighbour"]] == 0.0
    fresh = 0.4 * np.exp(-1 / 5)
    assert after[name["momentum"]] == pytest.approx(np.log1p(fresh))
    assert after[name["neighbour"]] == pytest.approx(np.log1p(fresh))
    assert row[9, 0][name["neighbour"]] == 0.0  # Alpha is not linked to Delta
    assert before[name["front"]] == pytest.approx(np.log(190 / 100))
    assert after[name["front"]] == pytest.approx(np.log(70 / 100))
    assert after[name["seat"]] == pytest.approx(np.log(140 / 200))
    assert before[name["pause"]] == pytest.approx(np.log(38.0)) and after[name["pause"]] == 0.0
    held = np.bincount(crown.day)
    usual = sum(USUAL_RATE * held[d] * np.exp(-(9 - d) / RATE_DAYS) for d in range(9))
    recent = np.exp(-1 / RATE_DAYS)
    assert after[name["rate"]] == pytest.approx(np.log((recent + RATE_SMOOTH) / (usual + RATE_SMOOTH)))


def test_what_is_learnt_from_is_what_happened(history):
    past = known_past(history.case, history.where, history.case.end)
    crown = place_days(history.case, history.where, past)[0][0]
    usable, came = outcomes(history, crown, 7)
    assert usable.sum() > 90
    for k in np.flatnonzero(usable):
        truth = truth_after(history, int(crown.day[k]), 7)
        fell = truth.fell[7][list(truth.scored).index(crown.place[k])]
        assert came[k] == fell or 0.0 < fell < 1.0


def test_a_logit_against_scipy():
    rng = np.random.default_rng(2)
    columns = np.column_stack([np.ones(400), rng.standard_normal((400, 2))])
    happened = (rng.random(400) < 1 / (1 + np.exp(-columns @ [-1.0, 0.8, -0.3]))).astype(float)

    def loss(b):
        eta = columns @ b
        return np.sum(np.logaddexp(0, eta) - happened * eta) + 0.5e-3 * b @ b

    assert fit_logit(columns, happened) == pytest.approx(minimize(loss, np.zeros(3)).x, abs=1e-4)
    rare = np.zeros(400)
    rare[:2] = 1.0  # far from where the fit starts, and nearly separable
    odd = np.column_stack([np.ones(400), np.where(rare > 0, 9.0, 0.0) + rng.standard_normal(400)])
    far = fit_logit(odd, rare)
    p = 1 / (1 + np.exp(-odd @ far))
    assert np.abs(odd.T @ (rare - p) - 1e-3 * far).max() < 1e-4
    doubled = fit_logit(np.vstack([columns, columns]), np.concatenate([happened, happened]))
    assert fit_logit(columns, happened, np.full(400, 2.0)) == pytest.approx(doubled, abs=1e-6)


def test_direct_chances_meet_their_horizons_and_never_fall():
    rng = np.random.default_rng(3)
    beta = np.column_stack([np.array([-6, -5, -4.5, -4.6, -3.0])[:, None], rng.normal(0, 0.1, (5, 6))])
    columns = np.column_stack([np.ones(8), rng.standard_normal((8, 6))])
    chance = direct_chances(beta, columns, 40)
    assert (np.diff(chance, axis=0) >= -1e-12).all() and not chance[0].any()
    single = 1 / (1 + np.exp(-(columns @ beta.T)))
    assert chance[HORIZONS[0]] == pytest.approx(single[:, 0])
    assert chance[HORIZONS[-1]] == pytest.approx(single.max(axis=1))
    assert (chance[40] > chance[30]).all()


def by_hand(case, where, holder, days, mood, logit, luck):
    """The daily form for one member, as plainly as can be said."""
    today = days[0].days
    presses, cap = pressers(case, where, today), hinterland(case, where, today)
    momentum, neighbour = mood.momentum.copy(), mood.neighbour.copy()
    losses, expected = np.zeros(len(days)), np.zeros(len(days))
    for s, d in enumerate(days):
        p = 1 / (1 + np.exp(-(d.columns @ logit.beta)))
        age = np.exp(-(today - d.day) / RATE_DAYS)
        losses[s], expected[s] = d.lost @ age, p @ age
    now, first = holder.copy(), np.full(holder.size, len(luck) + 1)
    for t, u in enumerate(luck):
        momentum, neighbour = momentum * np.exp(-1 / 5), neighbour * np.exp(-1 / 5)
        front, pressed = fronts(where, now, presses, cap)
        fallen, p = [], np.zeros(holder.size)
        for i in np.flatnonzero(pressed & (now >= 0)):
            s = now[i]
            x = [1, np.log1p(momentum[s]), np.log1p(neighbour[i, s]), front[i], seat_log(where, s)[i]]
            eta = np.dot(x, logit.beta[:5])
            p[i] = 1 / (1 + np.exp(-eta))
            eta += np.log((losses[s] + logit.smooth) / (expected[s] + logit.smooth))
            if u[i] < 1 / (1 + np.exp(-eta)):
                fallen.append(i)
        before = now.copy()
        for i in fallen:
            s = before[i]
            near = {
                q: min(np.min(where.km[i, before == q], initial=np.inf), cap[i, q])
                for q in range(len(days))
                if presses[q, s]
            }
            now[i] = min(near, key=near.get)
            momentum[s] += weights_of(case)[i]
            neighbour[:, s] += links(case, where)[i]
            losses[s] += 1
        for s in range(len(days)):
            expected[s] += p[before == s].sum()
        losses, expected = losses * np.exp(-1 / RATE_DAYS), expected * np.exp(-1 / RATE_DAYS)
        first = np.where((now != holder) & (first > t + 1), t + 1, first)
    return first


@pytest.mark.parametrize("name", ["riverland", "south-vietnam-1975"])
def test_the_lived_form_against_a_plain_loop(name, riverland):
    history = read_history(riverland if name == "riverland" else open_case(name))
    scene = scene_at(history, 15)
    logit = SimulatedLogit(np.append([-4.0, 1.5, 1.0, -0.6, 0.4], np.zeros(len(COLUMNS) - 5)), 0.5)
    luck = np.random.default_rng(1).random((12, 20, len(history.where.ids)))
    holder = scene.holder[-1]
    got = simulate_first_changes(scene, logit, luck)
    assert (got <= 20).any() and (got == 21).any()
    for n, one in enumerate(luck):
        expected = by_hand(scene.case, scene.where, holder, scene.days, scene.mood, logit, one)
        assert got[n].tolist() == expected.tolist()


def test_own_rate_is_smoothed_by_one_loss(history):
    crown = scene_at(history, 12).days[0]
    assert own_rate(crown, 0.01) == pytest.approx((1 + 1) / (crown.lost.size + 100))
    last = crown.lost[crown.day >= 2]
    assert own_rate(crown, 0.01, 10) == pytest.approx((last.sum() + 1) / (last.size + 100))


def test_growth_goes_on_along_its_curve(history):
    """A side that loses places along a logistic curve is forecast to go on along it."""
    days, most = 60, 1000
    share = 1 / (1 + np.exp(-(np.arange(days + 15.0) - 60) / 8))
    held = np.round(most * (1 - share)).astype(int)
    holder = (np.arange(most) >= held[:days, None]).astype(np.int64)
    scene = scene_at(history, 12)._replace(holder=holder)
    expected = (share[days - 1 : days + HORIZON] - share[days - 1]) / (1 - share[days - 1])
    lessons = learn([lesson_of(history, [3], HORIZON)], HORIZON)
    assert growth(scene, lessons, 0) == pytest.approx(expected, abs=0.02)


def test_every_reference_speaks_the_same_language(history, lessons):
    scene = scene_at(history, 12)
    luck = np.random.default_rng(0).random((50, HORIZON, len(history.where.ids)))
    for name in NAMES:
        said = predict(name, scene, lessons, luck)
        places = scene.asked.size
        assert said.chance.shape == (HORIZON + 1, places) and said.order.shape == (places, places)
        assert not said.chance[0].any() and (np.diff(said.chance, axis=0) >= -1e-12).all()
        assert said.number.sum(axis=1) == pytest.approx(np.ones(HORIZON + 1))
        assert said.number @ np.arange(places + 1) == pytest.approx(said.chance.sum(axis=1))
    assert not predict("persistence", scene, lessons, luck).chance.any()


def test_climatology_counts_cases_alike(lessons):
    assert lessons.cases == ("chad-2008", "south-vietnam-1975")
    vietnam = read_history(open_case("south-vietnam-1975"))
    chad = read_history(open_case("chad-2008"))
    looked = [truth_after(vietnam, d, HORIZON).fell[7].mean() for d in (7, 14, 21, 28)]
    expected = 0.5 * np.mean(looked) + 0.5 * truth_after(chad, 3, HORIZON).fell[7].mean()
    assert lessons.share[:, 7].mean() == pytest.approx(expected, abs=0.005)


def test_references_do_not_know_the_future(history, lessons):
    """With every later row of the history gone they say the same, bit for bit."""
    luck = np.random.default_rng(0).random((20, HORIZON, len(history.where.ids)))
    day = 12
    case = history.case
    blind = replace(case, history=case.known_by(case.start + timedelta(days=day)).history)
    scene = scene_at(history, day)
    other = scene_at(read_history(blind), day, blind)._replace(asked=scene.asked)
    cut = as_known(blind, case.start + timedelta(days=day), "history")
    other = look_at(read_history(blind), cut, day, HORIZON, scene.asked)
    for name in NAMES:
        one, two = predict(name, scene, lessons, luck), predict(name, other, lessons, luck)
        assert np.array_equal(one.chance, two.chance) and np.array_equal(one.number, two.number)


def test_persistence_scores_what_changed(history, lessons):
    truth = truth_after(history, 11, 10)
    nothing = np.zeros(truth.fell.shape)
    assert brier(nothing[5], truth.fell[5]).mean() == pytest.approx(truth.fell[5].mean())
