"""Regression of the number lost by side, analogues, and how numbers are spread over places."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom

from headlong.inputs.control_history import known_past
from headlong.verify.references.analogues import NEAREST, by_likeness, past_evenings
from headlong.verify.references.covariates import place_days
from headlong.verify.references.number_regression import (
    LEADS,
    SideEvenings,
    by_regression,
    fit,
    fit_numbers,
    side_evenings,
)
from headlong.verify.references.numbers_by_side import raised, spread_over
from headlong.verify.references.side_facts import FACTS, WIDTH, side_facts
from headlong.verify.scores.scores import ranked
from headlong.verify.scores.truth import truth_after

rng = np.random.default_rng(5)


def made_up(rows, known_days=100):
    facts = np.zeros((rows, len(FACTS)))
    facts[:, 0], facts[:, 1] = 1.0, rng.random(rows)
    places = rng.integers(5, 30, rows).astype(float)
    mean, precision = 1 / (1 + np.exp(3.0 - 2.0 * facts[:, 1])), np.exp(1.5)
    lost = rng.binomial(places.astype(int), rng.beta(mean * precision, (1 - mean) * precision))
    return SideEvenings(
        facts, places, np.repeat(lost[:, None], len(LEADS), 1).astype(float), np.full(rows, known_days)
    )


def test_the_regression_finds_what_made_the_numbers():
    told = made_up(4000)
    got = fit(told.facts, told.places, told.lost[:, 0], np.ones(4000), np.zeros(len(FACTS) + WIDTH))
    assert got[:2] == pytest.approx([-3.0, 2.0], abs=0.25)
    assert got[len(FACTS)] + 0.5 * got[len(FACTS) + 1] == pytest.approx(1.5, abs=0.2)


def test_wars_count_alike_and_unknown_leads_fall_back():
    short, long = made_up(50, known_days=7), made_up(50)
    numbers = fit_numbers([short])
    assert numbers.mean[LEADS.index(30)].tolist() == numbers.mean[LEADS.index(7)].tolist()
    twice = SideEvenings(*(np.concatenate([part, part]) for part in long))
    assert fit_numbers([twice]).mean == pytest.approx(fit_numbers([long]).mean, abs=1e-3)


def test_a_law_of_numbers_is_a_distribution_and_never_falls():
    law = by_regression(fit_numbers([made_up(300)]))
    facts = made_up(1).facts[0]
    said = law(facts, 12, 40)
    assert said.shape == (41, 13) and said.sum(axis=1) == pytest.approx(np.ones(41))
    assert said[0, 0] == 1.0 and (np.diff(said @ np.arange(13)) >= -1e-9).all()
    mean = said[7] @ np.arange(13) / 12
    spread = said[7] @ (np.arange(13) / 12 - mean) ** 2
    assert spread > mean * (1 - mean) / 12  # wider than independent places


@given(st.integers(1, 6), st.integers(1, 6), st.floats(0.0, 1.0))
def test_chances_are_raised_to_their_mean_and_keep_their_order(leads, places, top):
    order = np.cumsum(np.random.default_rng(leads).random((leads + 1, places)), axis=0) / (2 * leads + 2)
    mean = np.linspace(0.0, top, leads + 1)
    got = raised(order, mean)
    assert got.mean(axis=1) == pytest.approx(mean, abs=1e-6)
    assert (np.diff(got, axis=0) >= 0.0).all()
    assert (np.diff(got[1][np.argsort(order[1])]) >= -1e-12).all()


def test_sides_are_independent_and_their_numbers_add_up():
    def law(facts, places, horizon):
        said = betabinom.pmf(np.arange(places + 1.0), places, facts[0], 2.0)
        return np.stack([np.eye(1, places + 1)[0], *[said] * horizon])

    side = np.array([0, 0, 0, 1, 1])
    said = spread_over(law, [np.array([1.0]), np.array([0.5])], side, np.full((3, 5), 0.2))
    both = np.convolve(betabinom.pmf(range(4), 3, 1.0, 2.0), betabinom.pmf(range(3), 2, 0.5, 2.0))
    assert said.number[2] == pytest.approx(both)
    assert said.number @ np.arange(6) == pytest.approx(said.chance.sum(axis=1))
    idle = spread_over(law, [np.array([1.0]), np.array([np.nan])], side, np.full((3, 5), 0.2))
    assert not idle.chance[:, 3:].any()


def test_an_analogue_repeats_what_came_of_its_like():
    quiet, burst = made_up(NEAREST), made_up(NEAREST)
    burst.facts[:, 1:4], quiet.facts[:, 1] = (0.0, 0.0, 9.0), 0.0
    burst.lost[:] = burst.places[:, None]
    quiet.lost[:] = 0.0
    law = by_likeness(past_evenings([quiet, burst]))
    assert law(burst.facts[0], 4, 30)[30, 4] == pytest.approx(1.0, abs=1e-6)
    assert law(quiet.facts[0], 4, 30)[30, 0] == pytest.approx(1.0)
    cut = past_evenings([burst._replace(known=np.full(NEAREST, 7), lost=burst.lost * [0, 0, 0.5, 0, 0])])
    assert cut.share[:, LEADS.index(14)] == pytest.approx(1 - 0.5**2)  # beyond the end the rate goes on


def test_facts_are_those_of_the_evening_before(riverland):
    from headlong.verify.scores.truth import read_history

    history = read_history(riverland)
    past = known_past(history.case, history.where, history.case.end)
    days = place_days(history.case, history.where, past)[0]
    name, fresh = FACTS.index("shed"), []
    for s, side in enumerate(days):
        facts = side_facts(side)
        for change in history.changes:
            if change.loser == s and change.day < side.days:
                known_then, next_morning = facts[change.day - 1, name], facts[change.day, name]
                fresh.append(next_morning > known_then)
                assert not fresh[-1] or side.lost[side.day == change.day - 1].any()
    assert any(fresh)
    told = side_evenings(history, days)
    assert told.facts.shape == (told.places.size, len(FACTS)) and np.isfinite(told.facts).all()
    truth = truth_after(history, 1, LEADS[-1])
    first = int(truth.holder[0])
    assert told.places[0] == (truth.holder == first).sum()


def test_order_within_sides():
    p, side = np.array([0.9, 0.1, 0.5, 0.5]), np.array([0, 0, 1, 1])
    assert ranked(p, np.array([1.0, 0.0, 0.0, 0.0]), side) == 1.0
    assert ranked(p, np.array([0.0, 1.0, 1.0, 0.0]), side) == 0.25  # wrong once, even once
    assert ranked(p, np.zeros(4), side) is None
