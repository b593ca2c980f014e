"""The books balance in every file: not one person is lost or made, in any member, on any day."""

from datetime import timedelta

import numpy as np
import pytest
from conftest import assert_identical
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_cases import LENGTH, wars

from headlong.board.state import FLED, RETURNED
from headlong.board.world import NOBODY
from headlong.case.sample import LONG_KNOWN
from headlong.forecast.api import forecast, outlook, what_if
from headlong.forecast.ensemble import Ensemble
from headlong.forecast.summary import summarise

SAMPLE = (*sorted(LONG_KNOWN), "afghanistan-1992", "karabakh-1993", "somalia-2006")
"""The detailed cases, and three of the lean ones: five sides, four, and a seat that is none."""

COUNTS = ("displaced", "at_home", "on_road", "arrivals", "queue", "soldiers", "arms")
TOO_MUCH = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]


def civilians(made):
    """All civilians of each member on each day (member, time)."""
    gates = (made["queue"] + made["arrivals"]).sel(stream="civilians").astype(np.int64).sum("crossing")
    inside = made["displaced"].astype(np.int64).sum("place") + made["at_home"] + made["on_road"]
    return (inside + gates).transpose(..., "member", "time").values


def soldiers(made):
    """All soldiers of each member at the end (member)."""
    gates = (made["queue"] + made["arrivals"]).sel(stream="soldiers").isel(time=-1).sum("crossing")
    return (made["soldiers"].sum(("holder", "fate")) + gates).values


def check_books(made):
    """Everything that must hold in any file."""
    total = civilians(made)
    assert (total == total[..., :1]).all()
    assert (total == int(made["population"].sum())).all()
    for name in COUNTS:
        assert made[name].values.min(initial=0) >= 0, name
    assert made["arrivals"].diff("time").values.min(initial=0) >= 0
    over = (made["queue"] + made["arrivals"]).sel(stream="leaders").sum("crossing").diff("time")
    away = made["leader_status"].isin((FLED, RETURNED)).isel(time=slice(1, None)).sum("leader")
    assert (over.values <= away.values).all() and over.values.min(initial=0) >= 0
    control, way = made["control"].values, made["way"].values
    moved = control[..., 1:, :] != control[..., :-1, :]
    np.testing.assert_array_equal(moved, way[..., 1:, :] > 0)
    assert not way[..., 0, :].any()
    nobody = made.sizes["side"] - 1
    assert control.min() >= 0 and control.max() <= nobody
    assert ((control == nobody) == (control[..., :1, :] == nobody)).all()
    assert not made["displaced"].values[..., 0, :].any() and not made["arrivals"].values[..., 0, :, :].any()


@pytest.mark.parametrize("name", SAMPLE)
@pytest.mark.parametrize("known_control", (False, True))
def test_in_bundled_cases(cases, quick, name, known_control):
    case = cases(name)
    how = {"members": 8, "seed": 4, "known_control": known_control}
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
    reports=st.booleans(),
    known_control=st.booleans(),
    acting=st.booleans(),
)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=TOO_MUCH)
def test_in_random_cases(
    tmp_path_factory, quick_module, war, after, days, seed, reports, known_control, acting
):
    """Any map, any tables missing, any day: people, soldiers and leaders are all there, and it can be told."""
    case = war.write(tmp_path_factory.mktemp("war") / "somewhere")
    how = {"init": case.start + timedelta(days=after), "members": 4, "seed": seed, "reports": reports,
           "known_control": known_control and "history" in war.kept}  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        if acting:  # terms that are neutral in a forecast act, as in what-ifs
            draw = Ensemble.draw
            patch.setattr(
                Ensemble, "draw", lambda self, *args: (vars(self).update(acting=True), draw(self, *args))[1]
            )
        long, short = (forecast(case, days=d, **how) for d in (days, 1))
        alone = forecast(case, days=days, threads=1, **how)
    check_books(long)
    assert soldiers(long).tolist() == soldiers(short).tolist()
    assert_identical(long, alone)
    summary = summarise(long)
    assert len(summary["places"]) == len(case.places) and summary["sentence"]
    if not acting:
        assert outlook(case, days=days, **how) == summary
    held = [p["held_by"] for p in case.places]
    start = long["control"].values[:, 0]
    assert (start == start[0]).all() and len(held) == start.shape[1] and NOBODY not in start


def test_the_books_can_fail(cases, quick):
    """A file in which one person is missing, or a place changed hands unseen, is found out."""
    made = forecast(cases("iraq-2014"), days=5, members=3)
    check_books(made)
    for name, where in (
        ("displaced", {"member": 1, "time": 3, "place": 7}),
        ("at_home", {"member": 0, "time": 5}),
        ("arrivals", {"member": 2, "time": 5, "crossing": 0, "stream": 0}),
        ("way", {"member": 2, "time": 5, "place": 2}),
    ):
        broken = made.copy(deep=True)
        broken[name][where] += 1
        with pytest.raises(AssertionError):
            check_books(broken)
