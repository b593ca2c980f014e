"""The same seed gives the same bits, however the work is shared out; a scenario shares its luck."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from quick import QUICK, forecast, what_if
from same import assert_identical, identical
from scenarios import with_scenario

import headlong as hl
from headlong.forecast import runnable as room
from headlong.forecast.api import run
from headlong.forecast.ensemble import prepare
from headlong.forecast.request import Request
from headlong.forecast.results.summary import sum_up
from headlong.forecast.runnable import draw_params, name_number
from headlong.forecast.settings import Runtime
from headlong.inference.parameter_vector import NAMES
from headlong.mechanisms import PARAMETERS
from headlong.parameters import flat, pars_of, room_of

CASES = ("afghanistan-2021", "zaire-1996-97", "iraq-2014")
HOW = {"days": 12, "members": 110}


@pytest.fixture(scope="module")
def made(quick_module, cases):
    return {name: forecast(cases(name), **HOW) for name in CASES}


@pytest.mark.parametrize("name", CASES)
def test_any_number_of_threads(quick, cases, made, name):
    for threads in (1, 2, 7):
        assert_identical(made[name], forecast(cases(name), threads=threads, **HOW))


@pytest.mark.parametrize("chunk, block", ((1, 10_000), (13, 10_000), (1000, 17), (50, 1), (7, 55)))
def test_any_grouping_of_members(quick, cases, made, chunk, block):
    request, runtime = (
        Request(case=cases("iraq-2014"), settings=QUICK, **HOW),
        Runtime(chunk=chunk, block=block),
    )
    assert_identical(made["iraq-2014"], run(request, runtime))
    assert sum_up(prepare(request, runtime), runtime) == hl.summarise(made["iraq-2014"])


@pytest.mark.parametrize("name", CASES)
def test_members_are_the_same_in_any_company(quick, cases, made, name):
    """The first forty of an ensemble of 40 are those of one of 110, and of one of 60 days."""
    few = forecast(cases(name), **HOW | {"members": 40})
    long = forecast(cases(name), **HOW | {"members": 40, "days": 20})
    for variable in made[name].data_vars:
        if variable == "weight" or "member" not in few[variable].dims:
            continue
        assert few[variable].values.tobytes() == made[name][variable].values[:40].tobytes(), variable
        if "time" in few[variable].dims:
            assert few[variable].values.tobytes() == long[variable].values[:, :13].tobytes(), variable


def test_the_seed_is_the_luck(quick, cases, made):
    case = cases("iraq-2014")
    assert_identical(made["iraq-2014"], forecast(case, seed=1, **HOW))
    seen = [made["iraq-2014"]]
    for seed in (0, 2, 2**32 - 1):
        other = forecast(case, seed=seed, **HOW)
        for one in seen:
            for variable in ("control", "displaced", "parameters", "soldiers"):
                assert one[variable].values.tobytes() != other[variable].values.tobytes(), variable
        seen.append(other)


def test_members_are_not_each_other(made):
    for name in CASES:
        one = made[name]
        assert len(np.unique(one["control"].values.reshape(110, -1), axis=0)) > 30
        assert len(np.unique(one["parameters"].values, axis=0)) == 110


def test_parameters_of_members_do_not_depend_on_one_another(monkeypatch):
    """A parameter's luck has its own name: with one mechanism gone, all others keep theirs."""
    theta, numbers = np.tile(np.arange(float(len(NAMES))), (9, 1)), np.arange(3, 12)
    whole = flat(draw_params(theta, numbers, 5, True))
    names = [n for c in PARAMETERS for n in (f"{c.__name__}.{p}" for p in pars_of(c))]
    assert len({name_number(n) for n in names}) == len(names)
    for gone in PARAMETERS[3::3]:
        with monkeypatch.context() as patch:
            patch.setattr(room, "PARAMETERS", tuple(c for c in PARAMETERS if c is not gone))
            fewer = flat(draw_params(theta, numbers, 5, True))
        assert {n for n in whole if n not in fewer} == {f"{room_of(gone)}.{p}" for p in pars_of(gone)}
        assert all(fewer[n].tobytes() == whole[n].tobytes() for n in fewer)
    neutral = flat(draw_params(theta, numbers, 5, False))
    for c in PARAMETERS:
        for n, p in pars_of(c).items():
            name = f"{room_of(c)}.{n}"
            if name in NAMES:
                assert (neutral[name] == NAMES.index(name)).all()
            elif p.acts:
                assert neutral[name].tobytes() == whole[name].tobytes() and len({*neutral[name]}) == 9
            else:
                assert (neutral[name] == p.neutral).all() and not (whole[name] == p.neutral).any()


def arms(both):
    return tuple(both.isel(arm=k, drop=True) for k in (0, 1))


QUO = {
    "nothing": {},
    "promises are believed as before": {"amnesty": 1.0},
    "no leader is made to stay": {"leaders_stay": ()},
    "nobody is put back": {"ghost_share": 1.0},
}


@pytest.mark.parametrize("override", QUO.values(), ids=list(QUO))
@pytest.mark.parametrize("name", CASES[1:])
def test_a_scenario_of_the_status_quo_changes_nothing(quick, cases, name, override):
    both = what_if(with_scenario(cases(name), **override), "test", days=12, members=30)
    one, other = arms(both)
    assert identical(one.drop_attrs(), other.drop_attrs())
    found = forecast(with_scenario(cases(name), **override), scenario="test", days=12, members=30)
    for variable in one.data_vars:
        assert found[variable].values.tobytes() == other[variable].values.tobytes()


def test_open_crossings_as_they_are(quick, cases):
    """A policy that is in force already changes nothing."""
    case = cases("afghanistan-2021")
    rows = {r["place"]: r["policy"] for r in case.known_by(case.init).crossings if r["policy"]}
    assert rows
    one, other = arms(what_if(with_scenario(case, crossings=rows), "test", days=12, members=30))
    assert identical(one.drop_attrs(), other.drop_attrs())


def test_support_as_on_init_without_later_steps(quick, cases):
    """Support frozen on a day changes nothing where no later step was announced by init."""
    case = cases("iraq-2014")
    rows = [r for r in case.known_by(case.init).patrons if r["from"] <= case.init]
    case = replace(case, patrons=tuple(rows))
    one, other = arms(what_if(with_scenario(case, support=case.init), "test", days=12, members=30))
    assert identical(one.drop_attrs(), other.drop_attrs())


@pytest.mark.parametrize("scenario", ("bridge-closed", "bridge-open"))
def test_a_crossing_touches_nothing_but_those_who_cross(quick, cases, scenario):
    """Who holds what, who leaves and where soldiers are is the same bit for bit; those who leave go another way."""
    one, other = arms(what_if(cases("afghanistan-2021"), scenario, days=25, members=60))
    they = {"arrivals", "queue", "displaced", "on_road", "elsewhere", "area_stock", "road_people"}
    for variable in set(one.data_vars) - they:
        assert one[variable].values.tobytes() == other[variable].values.tobytes(), variable
    civil = {"stream": "civilians"}
    whole = [
        arm["displaced"].sum("place")
        + arm["on_road"]
        + arm["elsewhere"]
        + arm["queue"].sel(civil).sum("crossing")
        for arm in (one, other)
    ]
    np.testing.assert_array_equal(*whole)
    more = (other["arrivals"] - one["arrivals"]).sel(civil).isel(time=-1).mean("member")
    here, elsewhere = float(more.sel(crossing="hairatan")), float(more.drop_sel(crossing="hairatan").sum())
    assert here > 0 > elsewhere if scenario == "bridge-open" else here < 0 < elsewhere


def test_members_whom_a_scenario_does_not_reach_are_untouched(quick, cases):
    """Up to the first day on which something else happens, both sides are the same in every variable."""
    for scenario in ("strongmen-stay", "amnesty-not-credible", "ghosts-present", "support-stays"):
        one, other = arms(what_if(cases("afghanistan-2021"), scenario, days=20, members=80))
        assert one["parameters"].values.tobytes() == other["parameters"].values.tobytes()
        same = (one["control"] == other["control"]).values.all(axis=2)
        assert same[:, 0].all() and not same.all()
        apart = np.where(same.all(axis=1), same.shape[1], same.argmin(axis=1))
        if scenario == "support-stays" or scenario == "ghosts-present":
            where = (one["leader_status"] == other["leader_status"]).values.all(axis=2)
            stay = same & where  # leaders queue, too
            for n, first in enumerate(np.where(stay.all(axis=1), stay.shape[1], stay.argmin(axis=1))):
                for variable in ("displaced", "at_home", "on_road"):
                    a, b = one[variable].values[n, :first], other[variable].values[n, :first]
                    assert a.tobytes() == b.tobytes(), variable
        assert (apart > 3).mean() >= 0.15


def test_every_what_if_has_the_same_baseline(quick, cases):
    found = [arms(what_if(cases("afghanistan-2021"), s, days=8, members=20))[0] for s in
             ("strongmen-stay", "amnesty-not-credible", "bridge-open")]  # fmt: skip
    assert all(identical(found[0].drop_attrs(), one.drop_attrs()) for one in found[1:])


def test_which_way_scenarios_push(quick, cases):
    """Leaders who stay, support and soldiers hold places; promises not believed do too (prior, not finding)."""
    case = cases("afghanistan-2021")
    for scenario in ("strongmen-stay", "amnesty-not-credible", "ghosts-present", "support-stays"):
        one, other = arms(what_if(case, scenario, days=14, members=200))
        fewer = (one["control"] != one["control"][:, 0]) * 1 - (
            other["control"] != other["control"][:, 0]
        ) * 1
        assert float(fewer.isel(time=-1).sum("place").mean()) > 0, scenario


MAKE = """
import headlong as hl
from hashlib import sha256
made = hl.forecast("chad-2008", days=6, members=20)
print(sha256(b"".join(made[n].values.tobytes() for n in sorted(made.data_vars))).hexdigest(), made.attrs["case_hash"])
"""


def test_another_process_makes_the_same_bits():
    """Two interpreters whose sets and dicts of text are ordered differently, on one and on two threads."""
    made = []
    for number in ("1", "2"):
        told = os.environ | {"PYTHONHASHSEED": number, "NUMBA_NUM_THREADS": number}
        done = subprocess.run(
            [sys.executable, "-c", MAKE], env=told, capture_output=True, text=True, check=True
        )
        made.append(done.stdout)
    assert made[0] == made[1] and len(made[0].split()) == 2


def test_attributes_are_plain(made):
    for one in made.values():
        json.dumps(dict(one.attrs), allow_nan=False)
