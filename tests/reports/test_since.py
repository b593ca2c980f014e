"""Since when a place is its holder's: the likeliest day where a change is told, else the median."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from tables import START, place, report, tiny_war, told_of

from headlong.forecast.nowcast import nowcast_summary
from headlong.forecast.since import last_change, median_day, since_day, tells_of_change


def told(*rows):
    return told_of(tiny_war(), rows, 20)[2]


def test_weights_by_the_day_of_the_last_change():
    held = [[0, 0, 0, 0], [0, 1, 1, 1], [1, 1, 0, 1], [1, 1, 1, 1], [0, 1, 0, 1]]
    found = SimpleNamespace(history=np.array(held)[:, :, None], weight=np.array([0.1, 0.2, 0.3, 0.1, 0.3]))
    np.testing.assert_allclose(last_change(found, 0, 1), [0.1, 0.2, 0.0, 0.6])
    np.testing.assert_allclose(last_change(found, 0, 0), [0.1, 0.0, 0.0, 0.0])
    assert last_change(SimpleNamespace(history=np.ones((2, 1, 1)), weight=np.ones(2)), 0, 1) == [2.0]


def test_the_likeliest_day_where_it_is_told_else_the_median():
    by_day = np.array([0.0, 0.15, 0.15, 0.15, 0.15, 0.1, 0.3])
    assert since_day(by_day, told=True) == 6 and since_day(by_day, told=False) == median_day(by_day) == 4
    assert since_day(np.array([0.0, 0.3, 0.1, 0.3, 0.3]), told=True) == 4, "the later of days alike"


def test_who_has_always_held_it_holds_it_since_the_start():
    assert since_day(np.array([0.5, 0.1, 0.4]), told=True) is None
    assert since_day(np.array([0.4, 0.2, 0.2, 0.2]), told=True) == 3
    assert since_day(np.array([1.0]), told=True) is None and since_day(np.zeros(3), told=True) is None


@pytest.mark.parametrize(
    "claim, side, other, tells",
    (
        ("fell", "rebels", {}, True),
        ("withdrew", "gov", {}, True),
        ("withdrew", "rebels", {}, False),
        ("fell", "rebels", {"polarity": "denied"}, False),
        ("held", "rebels", {}, False),
    ),
)
def test_what_tells_of_a_change(claim, side, other, tells):
    assert tells_of_change(told(report("a", 9, "town", claim, side, **other)), "rebels") is tells


@pytest.mark.parametrize(
    "claim, side, other",
    (
        ("fell", "rebels", {"interest": "own_failure"}),
        ("fell", "rebels", {"source_class": "reporter"}),
        ("withdrew", "gov", {"interest": "own_failure"}),
    ),
)
def test_one_dated_claim_gives_its_day(claim, side, other):
    war = tiny_war()
    war = replace(war, places=(*war.places, place("camp", 11.0, "town", "rebels")))
    case = told_of(war, [report("a", 20, "town", claim, side, **other)], 20)[0]
    found = nowcast_summary(case, init=START + timedelta(days=24), members=1000)
    town = next(p for p in found["places"] if p["id"] == "town")
    assert town["holder"] == "rebels" and town["since"] == str(START + timedelta(days=20))
