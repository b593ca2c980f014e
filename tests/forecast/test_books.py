"""The books balance in every file: not one person is lost or made, in any member, on any day."""

from datetime import timedelta
from typing import get_args

import numpy as np
import pytest
from books import check_books, soldiers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quick import QUICK, forecast, outlook, what_if
from random_cases import LENGTH, wars
from same import assert_identical

from headlong.board.world import NOBODY
from headlong.case.sample import LONG_KNOWN
from headlong.forecast.api import run
from headlong.forecast.request import Control, Request
from headlong.forecast.results.summary import summarise
from headlong.forecast.settings import Runtime

SAMPLE = (*sorted(LONG_KNOWN), "afghanistan-1992", "karabakh-1993", "somalia-2006")
"""The detailed cases, and three of the lean ones: five sides, four, and a seat that is none."""

TOO_MUCH = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]


@pytest.mark.parametrize("name", SAMPLE)
@pytest.mark.parametrize("control", ("reports", "history"))
def test_in_bundled_cases(cases, quick, name, control):
    case = cases(name)
    how = {"members": 8, "seed": 4, "control": control}
    long, short = (forecast(case, days=days, **how) for days in (30, 1))
    check_books(long)
    check_books(short)
    assert soldiers(long).tolist() == soldiers(short).tolist()
    assert len(set(soldiers(long).tolist())) > 1  # garrisons are each member's own
    first = long.isel(time=slice(0, 2))
    for variable in ("control", "way", "displaced", "at_home", "on_road", "arrivals", "queue"):
        np.testing.assert_array_equal(first[variable].values, short[variable].values)


@pytest.mark.parametrize("name", SAMPLE)
def test_in_what_ifs(cases, quick, name):
    """Every scenario, with all terms acting at once: the same people on both sides."""
    case = cases(name)
    for scenario in case.scenarios:
        both = what_if(case, scenario, days=14, members=5)
        for arm in (0, 1):
            check_books(both.isel(arm=arm, drop=True))
        assert soldiers(both.isel(arm=0)).tolist() == soldiers(both.isel(arm=1)).tolist()


@given(
    war=wars(),
    after=st.integers(0, LENGTH - 1),
    days=st.integers(2, 25),
    seed=st.integers(0, 2**32 - 1),
    control=st.sampled_from(get_args(Control)),
    acting=st.booleans(),
)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=TOO_MUCH)
def test_in_random_cases(tmp_path_factory, quick_module, war, after, days, seed, control, acting):
    """Any map, any tables missing, any day: people, soldiers and leaders are all there, and it can be told."""
    case = war.write(tmp_path_factory.mktemp("war") / "somewhere")
    how = {"init": case.start + timedelta(days=after), "members": 4, "seed": seed, "control": control,
           "settings": QUICK}  # fmt: skip
    if control in ("history", "replay") and "history" not in war.kept:
        how["control"] = "reports"
    # terms that are neutral in a forecast act if asked to, as in what-ifs
    long, short = (run(Request(case=case, days=d, acting=acting, **how)) for d in (days, 1))
    alone = run(Request(case=case, days=days, acting=acting, **how), Runtime(threads=1))
    check_books(long)
    assert soldiers(long).tolist() == soldiers(short).tolist()
    assert_identical(long, alone)
    summary = summarise(long)
    assert len(summary["places"]) == len(case.places) and summary["sentence"]
    if not acting:
        assert outlook(case, days=days, **how) == summary
    held = [p["held_by"] for p in case.places]
    start = long["control"].values[:, 0]
    assert len(held) == start.shape[1] and NOBODY not in start
    assert how["control"] == "reports" or (start == start[0]).all()


def test_the_books_can_fail(cases, quick):
    """A file in which one person is missing, or a place changed hands unseen, is found out."""
    made = forecast(cases("iraq-2014"), days=5, members=3)
    check_books(made)
    for name, where, much in (
        ("displaced", {"member": 1, "time": 3, "place": 7}, 1),
        ("at_home", {"member": 0, "time": 5}, 1),
        ("queue", {"member": 2, "time": 5, "crossing": 0, "stream": 0}, 1),
        ("arrivals", {"member": 2, "time": 3, "crossing": 0, "stream": 0}, 10**6),
        ("way", {"member": 2, "time": 5, "place": 2}, 1),
    ):
        broken = made.copy(deep=True)
        broken[name][where] += much
        with pytest.raises(AssertionError):
            check_books(broken)
