"""Numbers in words: never certain, never without their number."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headlong import text as words

shares = st.floats(0, 1)


@given(shares)
def test_never_0_and_never_100(share):
    text = words.percent(share)
    assert re.fullmatch(r"<1 %|>99 %|[1-9][0-9]? %", text)
    if text[0] not in "<>":
        assert abs(int(text[:-2]) - 100 * share) <= 0.5 + 1e-9


@given(shares, shares)
def test_percent_keeps_order(one, other):
    def rank(text):
        return {"<": 0, ">": 100}.get(text[0]) if text[0] in "<>" else int(text[:-2])

    low, high = sorted([one, other])
    assert rank(words.percent(low)) <= rank(words.percent(high))


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "<1 %"),
        (0.0099, "<1 %"),
        (0.01, "1 %"),
        (0.5, "50 %"),
        (0.99, "99 %"),
        (0.9901, ">99 %"),
        (1, ">99 %"),
    ],
)
def test_percent_at_the_edges(share, text):
    assert words.percent(share) == text


def test_what_is_not_known_is_a_dash():
    assert {words.percent(None), words.percent(math.nan), words.people(None), words.gap(math.nan)} == {"–"}


@given(shares)
def test_words_carry_their_number(share):
    assert words.likely(share).endswith(f"({words.percent(share)})")


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0.0, "almost no chance"),
        (0.06, "very unlikely"),
        (0.3, "unlikely"),
        (0.5, "roughly even chance"),
        (0.6, "likely"),
        (0.9, "very likely"),
        (1.0, "almost certain"),
    ],
)
def test_words_follow_the_scale(share, word):
    assert words.likely(share).rpartition(" (")[0] == word


@given(st.integers(0, 10**9))
def test_people_keep_two_digits(count):
    shown = int(words.people(count).replace(",", ""))
    assert abs(shown - count) <= 0.05 * count
    assert len(str(shown).rstrip("0")) <= 2


def test_differences_carry_their_sign():
    assert [words.gap(value) for value in (0.0, 0.04, -0.6, 3.0, -12.3)] == ["0", "0", "−0.6", "+3", "−12"]


def test_dates_and_spans():
    assert words.day("2021-08-15") == "15 Aug"
    assert words.day("2021-08-05", year=True) == "5 Aug 2021"
    assert words.day(None) == "later"
    assert words.span(["2021-08-14", "2021-08-19"]) == "14–19 Aug"
    assert words.span(["2021-08-28", "2021-09-03"]) == "28 Aug – 3 Sep"
    assert words.span(["2021-08-14", None]) == "14 Aug – later"
    assert words.span(["2021-08-14", "2021-08-14"]) == "14 Aug"
    assert words.span([None, None]) == "later"


def test_listing_is_ranked_and_drops_traces():
    assert (
        words.shares_in_words({"overrun": 0.3, "handed_over": 0.7, "switched": 0.001})
        == "handed over 70 %, overrun 30 %"
    )
    assert words.shares_in_words({}) == "–"
