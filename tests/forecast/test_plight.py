"""Where people run, in whole forecasts: more of them where more falls, to the crossings that matter, and from where."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from headlong import forecast, open_case, summarise


@pytest.fixture(scope="module", params=(1, 2))
def demo(request):
    return forecast("afghanistan-2021", members=1200, seed=request.param)  # medians of 400 differ by a fifth


def changed(made):
    """Places that changed hands, in each member."""
    control = made["control"].values
    return (control[:, 1:] != control[:, :1]).any(axis=1)


def abroad(made):
    """Civilians who crossed or wait to, in each member, by crossing."""
    return (made["arrivals"] + made["queue"]).isel(time=-1).sel(stream="civilians").values


def test_people_move_where_places_fall(demo):
    """Places fallen before init move people in all futures, and how readily people leave is not known."""
    fallen = changed(demo).sum(axis=1)
    home = demo["at_home"].values
    classes = [fallen <= 5, (fallen > 5) & (fallen <= 15), (fallen > 15) & (fallen <= 25), fallen > 25]
    for people, least in ((home[:, 0] - home[:, -1], 0.4), (abroad(demo).sum(axis=1), 0.25)):
        assert np.corrcoef(fallen, np.log1p(people))[0, 1] > least
        medians = [np.median(people[these]) for these in classes]
        assert medians[0] < min(medians[1:3]) and max(medians[1:3]) < medians[3]
        assert medians[3] > 2.2 * medians[0]


def test_hairatan_sees_more_people_where_mazar_falls(demo):
    mazar = changed(demo)[:, list(demo["place"].values).index("mazar-i-sharif")]
    people = abroad(demo)[:, list(demo["crossing"].values).index("hairatan")]
    assert 20 < mazar.sum() < mazar.size - 20
    assert people[mazar].mean() > 1.3 * people[~mazar].mean()


def test_the_displaced_of_before_are_in_their_places_and_not_new():
    case = open_case("afghanistan-2021")
    kabul = {"date": date(2021, 8, 10), "from_place": "", "to_place": "kabul", "kind": "stock_inside", "count": 300_000,
             "count_high": None, "unit": "people", "note": "", "source": "test", "confidence": "low"}  # fmt: skip
    plain = replace(case, displacement=())
    made = {name: forecast(c, init="2021-08-12", members=60, seed=1, days=14) for name, c in
            (("without", plain), ("with", replace(case, displacement=(kabul,))))}  # fmt: skip
    there = [m["displaced"].sel(place="kabul").isel(time=0).values for m in made.values()]
    assert (there[0] == 0).all() and (there[1] == 300_000).all()
    told = {name: summarise(m)["displaced"] for name, m in made.items()}
    assert told["with"]["before_init"] == 300_000 and told["without"]["before_init"] == 0
    new = [told[name]["new"]["14"]["p50"] for name in ("without", "with")]
    assert new[1] == pytest.approx(new[0], rel=0.1)
    assert told["with"]["p50"] > told["without"]["p50"] + 200_000
    control = [m["control"].values for m in made.values()]
    assert (control[0] == control[1]).all()


def test_where_people_are_and_who_is_cut_off_is_said_of_every_place(demo):
    told = summarise(demo)
    for place in told["places"]:
        for numbers in place["displaced"].values():
            assert 0 <= numbers["p10"] <= numbers["p50"] <= numbers["p90"]
        chances = list(place["p_cut_off"].values())
        assert chances == sorted(chances) and place["cut_off_at_init"] <= chances[0] <= chances[-1] <= 1.0
    assert max(p["p_cut_off"]["30"] for p in told["places"] if p["holder"] == "republic") > 0.1


def test_leaders_seldom_flee_before_their_place_is_in_danger(demo):
    """Those who fled are at most a few more than those whose place fell would explain."""
    fled = np.mean([leader["p_fled"] for leader in summarise(demo)["leaders"]])
    assert 0.02 < fled < 0.5
