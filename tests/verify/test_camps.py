"""People in camps: errors on counted days, with totals not given."""

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from headlong.verify.scores.camps import KEPT, OURS, RATE, camp_rows, camps_in_short, relative_error

START = date(2030, 1, 1)


def counted(*rows):
    """A case with counts (day, camp, people)."""
    table = [
        {"date": START + timedelta(days=d), "to_place": camp, "kind": "stock_abroad", "count": n}
        for d, camp, n in rows
    ]
    return SimpleNamespace(start=START, displacement=table)


CASE = counted((0, "a", 100), (30, "a", 400), (60, "a", 1000), (30, "b", 0), (60, "b", 500), (10, "c", 7))


def test_said_and_counted_of_camps_that_are_counted_around_the_day():
    members = np.array([[700, 9, 100], [800, 9, 300]])
    (row,) = camp_rows(CASE, ["a", "c", "b"], 30, 15, members)
    assert [(c["id"], round(c["counted"])) for c in row["camps"]] == [("a", 700), ("b", 250)]
    assert row["error"][OURS] == pytest.approx((50 + 50) / 950)
    assert row["error"][KEPT] == pytest.approx((300 + 250) / 950)
    assert row["error"][RATE] == pytest.approx((150 + 250) / 950)  # ten a day in one, none in the other
    assert row["error_scaled"][KEPT] == pytest.approx((250 + 250) / 950)
    assert row["inside_90"] == 0.5 and row["log_crps"][KEPT] > row["log_crps"][OURS] > 0


def test_references_know_no_count_after_init():
    """Counts after init but those scored move nothing that a reference says."""
    other = counted((0, "a", 100), (30, "a", 400), (60, "a", 4000))
    same = [camp_rows(case, ["a"], 30, 30, np.ones((2, 1), int))[0] for case in (CASE, other)]
    for name in (KEPT, RATE):
        said = [row["counted"] * (1 - row["error"][name]) for row in same]
        assert said[0] == pytest.approx(said[1])


def test_nothing_is_scored_where_nothing_is_counted():
    assert camp_rows(CASE, ["a", "b"], 30, 31, np.ones((2, 2), int)) == []
    assert camp_rows(CASE, ["elsewhere"], 30, 5, np.ones((2, 1), int)) == []
    assert relative_error(np.ones(2), np.zeros(2)) is None and camps_in_short([]) is None


def test_scaling_leaves_the_shares_alone():
    counts = np.array([300.0, 100.0])
    assert relative_error(counts * 7, counts, scaled=True) == pytest.approx(0.0)
    assert relative_error(counts * 2, counts) == pytest.approx(1.0)
