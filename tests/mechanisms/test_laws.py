"""Every scalar law, called alone: finite, within its bounds, and rising and falling as its docstring says."""

import math
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit
from numba.core.dispatcher import Dispatcher

import headlong.mechanisms as mechanisms
from headlong.board.linked import Law as Linked
from headlong.board.parts import part
from headlong.board.state import COVARIATES, HANDED_OVER, HELD, MELTED, OVERRUN
from headlong.mechanisms.control.border import border_log, somewhere
from headlong.mechanisms.control.front import front_log
from headlong.mechanisms.control.leaving import way_of_loss
from headlong.mechanisms.control.loss import log_odds
from headlong.mechanisms.control.news import nearness
from headlong.mechanisms.control.strain import FAST_DAYS, SLOW_DAYS, renewal_today, step
from headlong.mechanisms.forces.mobilisation import called_up
from headlong.mechanisms.forces.strength import LIMIT, held_by_numbers
from headlong.mechanisms.people.crossings import limit, opening
from headlong.mechanisms.people.flight import SIZE, rate
from headlong.mechanisms.people.leaders import early_leave
from headlong.mechanisms.people.refuges import room
from headlong.mechanisms.people.registration import whole_number

NONE = MappingProxyType({})


class Law(NamedTuple):
    """A law with the values its arguments may take, those it rises and falls with, and its bounds."""

    function: Dispatcher
    up: Mapping
    down: Mapping = NONE
    other: Mapping = NONE
    low: float = -math.inf
    high: float = math.inf


real = st.floats(-30.0, 30.0)
positive = st.floats(0.0, 20.0)
share = st.floats(0.0, 1.0)
yes = st.booleans()
near = st.floats(math.log(0.1), math.log(10.0))
unit = st.floats(1e-9, 1.0 - 1e-9)

LAWS = [
    Law(front_log, {"km": st.floats(0.0, 5000.0)}, other={"rear_km": st.floats(0.0, 1000.0)},
        low=math.log(0.1), high=math.log(10.0)),
    Law(step, {"part": real, "z": st.floats(-7.0, 7.0)},
        other={"sd": positive, "memory": st.floats(0.5, 365.0)}),
    Law(renewal_today, {"renewal": share, "new": yes}, low=0.0, high=1.0),
    Law(border_log, {"km": st.floats(0.0, 5000.0)}, {"extent": st.floats(1.0, 900.0)},
        low=math.log(0.42) - 1e-12, high=math.log(24.0) + 1e-12),
    Law(somewhere, {"far": st.floats(200.0, 5000.0), "least": st.floats(1.0, 200.0)},
        {"stretch": st.floats(0.0, 200.0)}, low=0.0, high=5000.0),
    Law(rate, {"alarm": positive, "near": st.floats(0.0, 10.0), "fought": positive, "threat": share},
        {"people": st.integers(0, 10**8)}, {"thin": share}, low=0.0),
    Law(part, {"people": st.integers(0, 10**8), "share": share, "luck": unit}, low=0, high=10**8),
    Law(opening, {"gate": st.sampled_from([0.0, 1.0]), "visa": share, "leak": share}, low=0.0, high=1.0),
    Law(limit, {"capacity": st.floats(0.0, 1e6), "door": share, "scale": positive}, low=0.0),
    Law(room, {"capacity": st.floats(1.0, 1e7)}, {"people": st.integers(0, 10**7)}, low=0.001, high=1.0),
    Law(whole_number, {"many": st.floats(0.0, 1e7), "luck": unit}, low=0.0, high=1e7),
    Law(called_up, {"pace": positive}, {"front_log": near}, low=0.0, high=1.0),
    Law(early_leave, {"chance": share, "feud": share, "early": positive}, low=0.0, high=1.0),
    Law(way_of_loss, {"u": unit}, {"deal": st.floats(-8.0, 8.0)},
        dict.fromkeys(("withdraw", "switch", "melt"), st.floats(-8.0, 8.0)), HANDED_OVER, OVERRUN),
    Law(held_by_numbers, {"soldiers": st.integers(0, 10**7), "ghosts": positive},
        {"typical": st.floats(0.0, 1e5)}),
]  # fmt: skip


def scalar_laws():
    """All laws that stand in the files of the mechanisms, or cut people for them: those that Python can call."""
    for name, c in list(sys.modules.items()):
        if name.startswith(f"{mechanisms.__name__}.") or name == part.py_func.__module__:
            for function in vars(c).values():
                if isinstance(function, Linked) and function.py_func.__module__ == c.__name__:
                    yield function


def test_every_law_is_here():
    assert {law.function.py_func.__name__ for law in LAWS} == {f.py_func.__name__ for f in scalar_laws()}
    for law in LAWS:
        named = {*law.up, *law.down, *law.other}
        names = law.function.py_func.__code__.co_varnames[: law.function.py_func.__code__.co_argcount]
        assert named == set(names), law.function


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.function.py_func.__name__)
@given(data=st.data())
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_law_is_finite_and_rises_and_falls_as_it_says(law, data):
    """A law at one point, and at others that differ from it in one argument."""
    domain = {**law.up, **law.down, **law.other}
    at = {name: data.draw(values, label=name) for name, values in domain.items()}
    value = law.function(**at)
    assert math.isfinite(value) and law.low <= value <= law.high
    assert law.function.py_func(**at) == pytest.approx(value, rel=1e-14, abs=1e-14)
    slack = 1e-12 * max(1.0, abs(value))
    for name, values in {**law.up, **law.down}.items():
        other = data.draw(values, label=f"other {name}")
        there = law.function(**{**at, name: other})
        rises = (other > at[name]) == (name in law.up)
        assert other == at[name] or (there >= value - slack if rises else there <= value + slack), name


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.function.py_func.__name__)
def test_a_law_depends_on_all_it_is_given(law):
    """Each argument matters somewhere: between points drawn by chance some change is seen."""
    rng = np.random.default_rng(3)
    ranges = {
        "km": (0, 1500), "extent": (100, 900), "rear_km": (0, 900), "memory": (1, 90), "soldiers": (0, 900),
        "typical": (1, 900),
        "capacity": (1, 5000), "people": (100, 900), "way": (OVERRUN, OVERRUN), "front_log": (-2, 2), "gate": (0, 2),
    }  # fmt: skip
    names = [*law.up, *law.down, *law.other]
    seen = set()
    for _ in range(200):
        at = {n: float(rng.uniform(*ranges.get(n, (0.02, 0.98)))) for n in names}
        at.update({n: math.inf for n in ("km",) if n in at and rng.random() < 0.3})
        at.update({n: float(rng.integers(0, 3) / 2) for n in ("gate",) if n in at})
        at.update({n: bool(at[n] > 0.5) for n in ("pressed", "lost", "new") if n in at})
        at.update({n: int(rng.integers(4, 6)) for n in ("way",) if n in at})
        for n in names:
            other = {**at, n: (not at[n]) if isinstance(at[n], bool) else at[n] * 0.5}
            if n == "way":
                other[n] = MELTED + OVERRUN - at[n]
            if law.function(**at) != law.function(**other):
                seen.add(n)
    assert seen == set(names)


def test_front_of_an_unknown_enemy_is_the_rear():
    assert front_log(math.inf, 300.0) == front_log(300.0, 50.0) == pytest.approx(math.log(3.0))
    assert front_log(math.inf, 1000.0) == pytest.approx(math.log(10.0))
    assert front_log(0.0, 300.0) == front_log(10.0, 300.0) == pytest.approx(math.log(0.1))
    assert front_log(100.0, 300.0) == 0.0


@pytest.mark.parametrize("memory", [SLOW_DAYS, FAST_DAYS])
def test_strain_has_the_memory_and_the_spread_it_is_given(memory):
    """Mean exp(-t / memory) of a start, and standard deviation `sd` in the long run."""
    mean, variance = 3.0, 0.0
    days = int(memory * 12)
    for t in range(1, days + 1):
        r = step(1.0, 0.0, memory, 0.0)
        mean, variance = step(mean, 2.0, memory, 0.0), r * r * variance + step(0.0, 2.0, memory, 1.0) ** 2
        assert mean == pytest.approx(3.0 * math.exp(-t / memory))
    assert variance == pytest.approx(4.0, rel=1e-6)


@njit(cache=True)
def odds_of(strain, beta, x):
    """A kernel can be called by compiled code only."""
    return log_odds(strain, beta, x)


@settings(deadline=None)  # the first call compiles
@given(strain=real, x=st.lists(st.floats(-5.0, 5.0), min_size=COVARIATES, max_size=COVARIATES))
def test_the_law_of_loss_is_linear_in_its_covariates(strain, x):
    """Strain alone where all covariates are nought; each moves the log-odds by its coefficient."""
    beta, none = np.arange(1.0, COVARIATES + 1.0), np.zeros(COVARIATES)
    assert odds_of(strain, beta, none) == strain
    assert odds_of(strain, beta, np.array(x)) == pytest.approx(strain + beta @ np.array(x), abs=1e-9)


def test_news_reaches_by_nearness_and_by_no_count_of_places():
    """Columns add up to one; a place twice as dense around hears the same of the whole."""
    km = np.abs(np.subtract.outer(np.arange(9.0), np.arange(9.0))) * 40.0
    outside = np.arange(9) == 8
    table = nearness(km, outside, 120.0)
    np.testing.assert_allclose(table.sum(axis=0), 1.0)
    assert not table[8].any() and not np.diag(table).any()
    np.testing.assert_allclose(table[1, 0] / table[2, 0], (1 + (80.0 / 20.0) ** 2) / (1 + (40.0 / 20.0) ** 2))


def test_flight_by_alarm_front_and_size():
    size = int(SIZE)
    assert rate(0.0, 0.0, size, 0.3, 0.1, 0.5) == 0.0
    assert rate(0.0, 2.0, size, 0.3, 0.1, 0.5) == pytest.approx(0.2)
    assert rate(2.0, 0.0, size, 0.3, 0.1, 0.5) == pytest.approx(0.6)
    assert rate(2.0, 0.0, 4 * size, 0.3, 0.1, 0.5) == pytest.approx(0.3)


def test_a_crossing_by_policy():
    assert [opening(gate, 0.1, 0.02) for gate in (1.0, 0.5, 0.0)] == [1.0, 0.1, 0.02]
    assert opening(0.5, 0.01, 0.02) == 0.02  # some always find a way
    assert limit(1000.0, 0.1, 1.5) == 150
    assert limit(0.9, 1.0, 1.0) == 0


@given(st.lists(st.floats(-3.0, 3.0), min_size=4, max_size=4))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_ways_have_the_chances_of_their_exponentials(utility):
    luck = (np.arange(4000) + 0.5) / 4000
    share = np.bincount([way_of_loss(u, *utility) for u in luck], minlength=6) / luck.size
    odds = np.exp([*utility, 0.0])
    np.testing.assert_allclose(share[1:], odds / odds.sum(), atol=1.5 / luck.size)
    assert share[HELD] == 0.0


def test_numbers_weigh_within_a_limit():
    assert held_by_numbers(300, 300.0, 0.0) == 0.0
    assert held_by_numbers(10**6, 10.0, 0.0) == LIMIT
    assert held_by_numbers(0, 1e6, 0.5) == 0.5 - LIMIT


@pytest.mark.parametrize(("people", "share"), [(7, 0.31), (1, 0.2), (1000, 0.0004)])
def test_a_part_is_right_in_the_mean(people, share):
    parts = [part(people, share, (k + 0.5) / 10_000) for k in range(10_000)]
    assert max(parts) - min(parts) <= 1
    assert np.mean(parts) == pytest.approx(people * share, abs=2e-4)
