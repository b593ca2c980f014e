"""Luck: the published vectors, an address for every draw, and laws that are the laws they are named for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from luck import (
    FIRST,
    LAST,
    all_places,
    at_most,
    binomials,
    firsts,
    four,
    many_normals,
    quantiles,
    units,
    words,
)
from scipy import stats

from headlong.board import streams
from headlong.board.draws import many_uniforms

WORD = np.uint64
ONES = 0xFFFFFFFF


@pytest.mark.parametrize(
    ("counter", "key", "expected"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((ONES,) * 4, (ONES,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_its_published_vectors(counter, key, expected):
    assert words(np.array(counter, WORD), np.array(key, WORD)) == expected


@given(
    seed=st.integers(0, ONES),
    member=st.integers(0, ONES),
    mechanism=st.integers(0, 200),
    day=st.integers(0, 4000),
    entity=st.integers(0, ONES),
)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_draw_is_the_word_at_its_address(seed, member, mechanism, day, entity):
    block = words(np.array([day, entity, mechanism, 0], WORD), np.array([seed, member], WORD))
    drawn = four(seed, member, WORD(mechanism), day, entity)
    assert drawn == tuple((word + 0.5) / 2**32 for word in block)


def test_each_part_of_the_address_counts():
    here = (7, 3, WORD(2), 5, 11)
    seen = [four(*here)]
    for k, part in enumerate(here):
        there = list(here)
        there[k] = type(part)(int(part) + 1)
        seen.append(four(*there))
    seen.append(four(3, 7, WORD(2), 5, 11))  # seed and member do not stand for each other
    seen.append(four(7, 3, WORD(5), 2, 11))
    seen.append(four(7, 3, WORD(2), 11, 5))
    assert len({u for draw in seen for u in draw}) == 4 * len(seen)


def test_streams_are_distinct_and_keep_their_numbers():
    numbers = {name: int(value) for name, value in vars(streams).items() if isinstance(value, WORD)}
    assert len(set(numbers.values())) == len(numbers)
    known = {
        "STRAIN": 1, "LOSS": 2, "LEAVING": 4, "SEIZURE": 6, "COLUMNS": 7,
        "MOBILISATION": 8, "LEADERS": 9, "FLIGHT": 10, "CROSSINGS": 12, "GARRISON": 13,
        "RETURN": 14, "MEMBER_PARAMETERS": 100, "MEMBER_STRAIN": 101, "MEMBER_GARRISON": 102,
        "MEMBER_TASTE": 103,
    }  # fmt: skip
    assert {name: numbers.get(name) for name in known} == known  # new ones may come, none may move


def test_uniforms_are_never_zero_or_one():
    ends = units(np.array([0, 1, 2**31, ONES - 1, ONES], WORD))
    assert 0.0 < ends[0] == FIRST and ends[-1] == LAST < 1.0
    assert (np.diff(ends) > 0).all()
    assert 1.0 - ends[-1] > 0.0


@pytest.mark.parametrize("axis", ["members", "entities", "seeds"])
def test_uniforms_are_uniform_and_apart(axis):
    n = 40_000
    if axis == "seeds":
        drawn = np.array(
            [many_uniforms(s, np.arange(2), WORD(2), np.arange(2), 0).ravel() for s in range(n)]
        ).T
    else:
        members, entities = (
            (np.arange(n), np.arange(4)) if axis == "members" else (np.arange(4), np.arange(n))
        )
        drawn = many_uniforms(12, members, WORD(2), entities, 0)
        drawn = drawn.T if axis == "members" else drawn
    for row in drawn:
        assert abs(row.mean() - 0.5) < 4.5 * np.sqrt(1 / 12 / n)
        assert abs(row.var() - 1 / 12) < 4.5 * np.sqrt(1 / 180 / n)
        assert stats.kstest(row, "uniform").pvalue > 1e-4
        assert abs(np.corrcoef(row[1:], row[:-1])[0, 1]) < 4.5 / np.sqrt(n)
    apart = np.corrcoef(drawn)[np.triu_indices(4, 1)]
    assert np.abs(apart).max() < 4.5 / np.sqrt(n)


def test_the_four_of_one_address_are_apart():
    drawn = np.array([four(1, n, WORD(2), 3, 4) for n in range(20_000)])
    assert np.abs(np.corrcoef(drawn.T)[np.triu_indices(4, 1)]).max() < 4.5 / np.sqrt(len(drawn))


@pytest.mark.parametrize("places", [1, 7, 64, 101])
def test_all_places_at_once_draw_what_each_draws_alone(places):
    luck = np.zeros((4, places))
    names = np.arange(places)[::-1] * 2_000_003
    all_places(luck, names, 12, 5, streams.FLIGHT, 9)
    assert luck.T.tolist() == [list(four(12, 5, streams.FLIGHT, 9, i)) for i in names]


@pytest.mark.parametrize("places", [1, 7, 64, 101])
def test_all_places_at_once_draw_their_first_as_each_alone(places):
    luck = np.zeros((2, places))
    firsts(luck, np.arange(places)[::-1] * 2_000_003, 12, 5, streams.HISTORY, 9, 3)
    assert (luck[0] == luck[1]).all() and np.unique(luck[0]).size == places


def test_the_normal_quantile():
    luck = np.concatenate(
        [[FIRST, LAST], 10.0 ** -np.linspace(0.3, 9, 400), np.linspace(1e-4, 1 - 1e-4, 4001)]
    )
    luck = np.concatenate([luck, [0.02425, 0.97575, np.nextafter(0.02425, 0), np.nextafter(0.97575, 1)]])
    exact = stats.norm.ppf(luck)
    np.testing.assert_allclose(quantiles(luck), exact, rtol=1.2e-9, atol=1e-12)
    assert (np.diff(quantiles(np.sort(luck))) >= -2e-9).all()


def test_normals_are_normal():
    drawn = many_normals(1, 40_000, WORD(1), 2, 3)
    assert stats.kstest(drawn, "norm").pvalue > 1e-4


EXACT = [(1, 0.3), (7, 0.5), (19, 0.5), (30, 0.1), (300, 0.02), (300, 0.98), (10_000_000, 1e-7), (12, 0.99)]
CLOSE = [
    (20, 0.5),
    (21, 0.52),
    (100, 0.1),
    (100, 0.9),
    (1000, 0.05),
    (1000, 0.5),
    (1_000_010, 1e-5),
    (500_000, 0.03),
]


@pytest.mark.parametrize(("n", "p", "far"), [(*law, 1e-9) for law in EXACT] + [(*law, 6e-4) for law in CLOSE])
def test_the_binomial_law(n, p, far):
    """Total variation between the law of a draw and the binomial: exact for small means, else below 6e-4."""
    mean, sd = n * p, np.sqrt(n * p * (1 - p))
    k = np.arange(max(0, int(mean - 6 * sd) - 2), min(n, int(mean + 6 * sd) + 2) + 1)
    share = np.diff([at_most(n, p, int(j)) for j in k], prepend=at_most(n, p, int(k[0]) - 1))
    exact = stats.binom(n, p).pmf(k)
    assert 0.5 * np.abs(share - exact).sum() < far
    assert share @ k == pytest.approx(mean, rel=1e-4, abs=1e-6)
    assert share @ (k - mean) ** 2 == pytest.approx(sd**2, rel=2e-3)


people = st.integers(0, 30_000_000)
chance = st.one_of(
    st.floats(0.0, 1.0), st.floats(0.0, 1e-6), st.sampled_from([0.5, np.nextafter(0.5, 1), 1.0 - 1e-12])
)
luck = st.floats(FIRST, LAST)


@given(n=people, p=chance, us=st.lists(luck, min_size=2, max_size=8))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_a_binomial_is_in_its_bounds_and_grows_with_luck(n, p, us):
    drawn = binomials(n, p, np.sort([FIRST, *us, LAST]))
    assert drawn.min() >= 0 and drawn.max() <= n
    assert (np.diff(drawn) >= 0).all()


@pytest.mark.parametrize(("n", "p"), [*EXACT, *CLOSE, (10_001, 0.001), (25, 0.41), (1_000_000, 1.1e-5)])
def test_a_binomial_grows_with_luck_everywhere(n, p):
    tail = 10.0 ** -np.linspace(0.35, 9.6, 3000)
    drawn = binomials(n, p, np.sort(np.concatenate([tail, 1.0 - tail, np.linspace(1e-4, 1 - 1e-4, 20_001)])))
    assert (np.diff(drawn) >= 0).all()


def test_a_binomial_without_choice():
    middle = np.array([FIRST, 0.5, LAST])
    for n, p, expected in ((0, 0.5, 0), (-3, 0.5, 0), (9, 0.0, 0), (9, -0.1, 0), (9, 1.0, 9), (9, 1.2, 9)):
        assert (binomials(n, p, middle) == expected).all()
