"""Reports in a forecast: laws of weighing on a small war, and what a forecast carries."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from conftest import assert_identical, thin
from test_particles import START, report, tiny, told_of  # noqa: F401

from headlong.assimilation.particle_filter import assimilate
from headlong.assimilation.report_impact import effects, reliability, shares_held
from headlong.errors import BadRequest, CaseError
from headlong.forecast.api import forecast, what_if
from headlong.forecast.nowcast import nowcast
from headlong.inference.bank import bank_for

DAYS = 12
INIT = START + timedelta(days=DAYS)


def posterior(case, *rows, seed=1, count=600, threads=None):
    full, where, told = told_of(case, rows, DAYS)
    draws = thin(bank_for("none"), 60).draws
    found = assimilate(full, where, told, DAYS, draws, seed, count, threads)
    return full, where, told, found


def p_rebels(case, *rows, place=1, **how):
    _, where, _, found = posterior(case, *rows, **how)
    return shares_held(found, len(where.sides))[place, 1]


def claim(name="a", day=8, **other):
    return report(name, day, "town", "fell", "rebels", **other)


def test_the_better_the_source_the_more_it_moves(tiny):  # noqa: F811
    post = claim(source_class="social_media", verification="unverified")
    ladder = [
        p_rebels(tiny),
        p_rebels(tiny, post),
        p_rebels(tiny, claim(source_class="belligerent", interest="own_success")),
        p_rebels(tiny, claim(source_class="belligerent", interest="own_failure")),
        p_rebels(tiny, claim(verification="confirmed")),
    ]
    assert ladder == sorted(ladder) and ladder[-1] > 0.9


def test_a_denial_lowers(tiny):  # noqa: F811
    denial = claim("b", 9, polarity="denied", source_class="resident")
    assert p_rebels(tiny, claim(), denial) < p_rebels(tiny, claim()) - 0.05


def test_a_confirmed_report_beats_an_unverified_one(tiny):  # noqa: F811
    post = claim(source_class="social_media", verification="unverified")
    held = report("b", 9, "town", "held", "gov", verification="confirmed")
    assert p_rebels(tiny, post, held) < 0.1


def test_a_thousand_copies_are_one_claim(tiny):  # noqa: F811
    copies = [claim(f"c{k:04}", 7 + k % 2, origin="Radio", source_class="social_media") for k in range(1000)]
    first = p_rebels(tiny, copies[0])
    assert p_rebels(tiny, *copies) == pytest.approx(first, abs=0.12)
    held = report("z", 9, "town", "held", "gov", verification="confirmed")
    assert p_rebels(tiny, *copies, held) < 0.1


def test_a_copy_changes_no_bit_of_the_weights_and_says_that_it_does_not_count(tiny):  # noqa: F811
    *_, one = posterior(tiny, claim(origin="x"))
    full, where, told, two = posterior(tiny, claim(origin="x"), claim("b", origin="x"))
    assert np.array_equal(one.weight, two.weight) and np.array_equal(one.history, two.history)
    assert [o.counted for o in told] == [1.0, 0.0]
    found = effects(full, where, told, two)
    assert found.before[1] == found.after[1]


def test_neither_threads_nor_the_order_of_rows_change_a_bit(tiny):  # noqa: F811
    rows = [claim("a"), claim("b", 8, polarity="denied"), report("c", 8, "capital", "held", "gov")]
    *_, one = posterior(tiny, *rows, threads=1)
    *_, two = posterior(tiny, *rows[::-1], threads=3)
    assert all(np.array_equal(a, b) for a, b in zip(one.herd, two.herd, strict=True))
    assert np.array_equal(one.history, two.history) and np.array_equal(one.ess, two.ess)


def test_a_report_from_after_init_changes_no_bit(tiny):  # noqa: F811
    *_, one = posterior(tiny, claim())
    late = report("z", DAYS + 1, "town", "held", "gov", verification="confirmed", event_date=START)
    *_, two = posterior(tiny, claim(), late)
    assert np.array_equal(one.weight, two.weight)


def test_a_class_that_is_caught_out_is_believed_less(tiny):  # noqa: F811
    false = [claim(f"f{k}", 3 + k, source_class="belligerent", interest="own_success") for k in range(3)]
    held = [report(f"h{k}", 3 + k, "town", "held", "gov", verification="confirmed") for k in range(8)]
    _, _, told, before = posterior(tiny, *held)
    _, _, told, after = posterior(tiny, *false, *held)
    trust = reliability(after, told)
    assert trust.group_mean[3, 1] < reliability(before, ()).group_mean[3, 1] - 0.1
    assert trust.claims[3] == 3 and trust.low[3] <= trust.mean[3] <= trust.high[3]


def test_the_effect_of_a_report_is_what_its_absence_makes(tiny):  # noqa: F811
    rows = [claim("a", source_class="resident"), report("b", 9, "town", "held", "gov")]
    full, where, told, found = posterior(tiny, *rows, count=3000)
    said = effects(full, where, told, found)
    for r, o in enumerate(told):
        without = p_rebels(tiny, *(row for row in rows if row["id"] != o.row["id"]), count=3000)
        mine = said.before[r] if o.row["side"] == "rebels" else 1.0 - said.before[r]
        assert mine == pytest.approx(without, abs=0.08)
    assert np.all((said.weight >= 0.0) & (said.weight <= 1.0))


def test_claims_without_place_or_side_do_no_harm(tiny):  # noqa: F811
    rows = [
        report("a", 3, None, "support", "gov"),
        report("b", 3, None, "fled", "gov"),
        report("c", 4, "town", "held", None),
    ]
    full, where, told, found = posterior(tiny, *rows)
    said = effects(full, where, told, found)
    assert np.isnan(said.before).all() and np.isfinite(said.weight).all()


def test_on_the_first_evening_reports_only_stand_beside_the_table(tiny):  # noqa: F811
    full = replace(tiny, reports=(report("a", 0, "town", "fell", "rebels"),))
    said = nowcast(full, init=START, members=50)
    assert {p["id"]: p["holder"] for p in said["places"]} == {"capital": "gov", "town": "gov"}


@pytest.fixture(scope="module")
def small():
    return {"members": 20, "days": 5}


def test_a_forecast_carries_its_reports(cases, quick, small):
    ds = forecast(cases("mali-2012"), init="2012-02-10", **small)
    assert ds.sizes["report"] == 12 or ds.sizes["report"] > 5
    for name in ("weight", "counted"):
        values = ds[f"report_{name}"].values
        assert np.all((values >= 0.0) & (values <= 1.0))
    assert np.all(np.diff(ds["report_published_at"].values.astype(int)) >= 0)
    assert ds["assimilation_ess"].dims == ("report_day",) and np.all(ds["assimilation_ess"] >= 1.0)
    assert ds.sizes["source_class"] == 8
    control = ds["control"].isel(time=0).values
    assert (control != control[0]).any()


def test_without_reports_nothing_is_open(cases, quick, small):
    ds = forecast(cases("mali-2012"), init="2012-02-10", reports=False, **small)
    control = ds["control"].isel(time=0).values
    assert (control == control[0]).all() and "report" not in ds.sizes
    bare = replace(cases("mali-2012"), reports=())
    again = forecast(bare, init="2012-02-10", **small).drop_attrs()
    assert_identical(ds.drop_attrs(), again)


def test_both_arms_of_a_what_if_start_from_the_same_particles(cases, quick, small):
    case = cases("mali-2012")
    both = what_if(case, next(iter(case.scenarios)), init="2012-02-10", **small)
    start = both["control"].isel(time=0).values
    assert np.array_equal(start[0], start[1])


def test_reports_of_a_file_are_added_and_checked(cases, quick, small, tmp_path):
    case = cases("mali-2012")
    path = tmp_path / "mine.csv"
    path.write_text(
        "id,published_at,place,claim,side,source_class,verification,source,confidence\n"
        "x1,2012-02-09,gao,fell,mnla,agency,confirmed,made up,low\n"
    )
    ds = forecast(case, init="2012-02-10", reports=path, **small)
    assert "x1" in ds["report"].values
    side, place = list(ds["side"].values).index("mnla"), list(ds["place"].values).index("gao")
    assert (ds["control"].values[:, 0, place] == side).mean() > 0.8
    path.write_text(
        "id,published_at,event_date,place,claim,side,source_class,verification,source,confidence\n"
        "r01,2012-02-09,2012-02-10,gaoo,fell,mnlaa,agency,confirmed,made up,low\n"
    )
    with pytest.raises(CaseError) as found:
        forecast(case, init="2012-02-10", reports=path, **small)
    text = str(found.value)
    assert all(
        word in text for word in ("mine.csv:2", "gaoo", "mnlaa", "later than published_at", "another report")
    )
    with pytest.raises((CaseError, BadRequest)):
        forecast(case, reports=tmp_path / "none.csv", **small)


def test_a_nowcast_says_who_holds_what_and_why(cases, quick):
    said = nowcast(cases("afghanistan-2021"), init="2021-07-20", members=60)
    assert [p["p"] for p in said["places"]] == sorted(p["p"] for p in said["places"])
    ids = {r["id"] for r in said["reports"]}
    for p in said["places"]:
        assert sum(p["held_by"].values()) == pytest.approx(1.0)
        assert set(p["rests_on"]) | set(p["contradicted_by"]) <= ids
    qala = next(p for p in said["places"] if p["id"] == "qala-e-naw")
    assert qala["rests_on"] and qala["contradicted_by"]
