"""Arrivals: what was reported, and its score on the log scale."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headlong.case import open_case
from headlong.verify.scores.displacement import BEFORE, arrival_rows, log_crps, reported_arrivals


def row(day, to, kind, count, high=None, unit="people"):
    return {
        "date": date(2030, 1, day),
        "to_place": to,
        "kind": kind,
        "count": count,
        "count_high": high,
        "unit": unit,
    }


@pytest.fixture
def case():
    return SimpleNamespace(
        start=date(2030, 1, 1),
        displacement=(
            row(5, "abroad", "civilians", 100, 300),
            row(11, "abroad", "civilians", 40),
            row(12, "abroad", "civilians", 60, 100),
            row(12, "abroad", "civilians", 9, unit="families"),
            row(12, "abroad", "idp_cumulative", 9),
            row(13, "abroad", "soldiers", None),
            row(18, "abroad", "civilians", 7),
        ),
        crossings=({"place": "gate", "to": "abroad"}, {"place": "ford", "to": "abroad"}),
    )


def test_only_counted_people_within_the_window(case):
    assert reported_arrivals(case, date(2030, 1, 10), date(2030, 1, 17)) == {
        ("abroad", "civilians"): (100, 140)
    }
    assert reported_arrivals(case, date(2030, 1, 11), date(2030, 1, 12)) == {
        ("abroad", "civilians"): (60, 100)
    }


def test_all_crossings_to_a_refuge_count_together(case):
    arrivals = np.zeros((50, 3, 3), int)
    arrivals[:, 0, 0], arrivals[:, 2, 0], arrivals[:, 1, 0] = 30, 70, 10_000
    (found,) = arrival_rows(case, ["gate", "elsewhere", "ford"], 9, 7, arrivals)
    assert found["said"] == [100, 100, 100] and found["reported"] == [100, 140]
    assert found["log_crps"]["headlong"] == pytest.approx(0.5 * abs(np.log(101 / 141)))
    assert found["log_crps"][BEFORE] == pytest.approx(0.5 * (np.log(201 / 101) + np.log(201 / 141)))


def test_without_a_report_nothing_is_scored(case):
    assert arrival_rows(case, ["gate"], 20, 7, np.ones((5, 1, 3), int)) == []


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30), st.integers(0, 10**6))
def test_crps_as_a_plain_double_sum(draws, truth):
    x = np.log1p(np.array(draws, float))
    plain = np.mean(abs(x - np.log1p(truth))) - 0.5 * np.mean(abs(x[:, None] - x))
    assert log_crps(np.array(draws), truth) == pytest.approx(plain, abs=1e-9)


def test_the_reports_of_a_bundled_case_are_read():
    case = open_case("afghanistan-2021")
    found = reported_arrivals(case, date(2021, 8, 12), date(2021, 8, 19))
    assert found[("termez-uz", "soldiers")] == (84 + 585, 84 + 585)
