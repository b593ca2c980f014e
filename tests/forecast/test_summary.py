"""What a summary says against plain counting on the same file."""

import json
import re
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
import xarray as xr
from quick import forecast, outlook, what_if

import headlong as hl
from headlong.board.state import STATUSES, WAYS
from headlong.errors import BadRequest
from headlong.forecast.results.accumulator import WINDOWS, MemberBatch, Tally
from headlong.forecast.results.bins import from_bin, quantile, to_bin
from headlong.forecast.results.summary import fall_dates, fall_probability, summarise
from headlong.forecast.results.what_if import summarise_what_if


@pytest.fixture(scope="module")
def even(quick_module, cases):
    return forecast(cases("iraq-2014"), days=30, members=80)


@pytest.fixture(scope="module")
def made(even):
    """A forecast whose members have weights of their own, some of them none."""
    weight = np.random.default_rng(1).integers(0, 9, 80) / 16.0
    return even.assign(weight=("member", weight))


def least(values, weights, q):
    """Smallest value at which a share `q` of the weight is reached."""
    order = np.argsort(values, kind="stable")
    rise = np.cumsum(weights[order])
    return values[order][np.searchsorted(rise, q * rise[-1] - 1e-9)]


def first_days(made):
    """Day of each member's first change of hands by place, 9999 for never, with taker and way."""
    control, way = made["control"].values, made["way"].values
    members, days, places = control.shape
    when = np.full((members, places), 9999)
    to, how = np.full((members, places), -1), np.full((members, places), -1)
    for n in range(members):
        for i in range(places):
            for t in range(1, days):
                if control[n, t, i] != control[n, 0, i]:
                    when[n, i], to[n, i], how[n, i] = t, control[n, t, i], way[n, t, i]
                    break
    return when, to, how


@pytest.fixture(scope="module")
def counted(made):
    return first_days(made)


def shares(codes, weights, names):
    total = weights[codes >= 0].sum()
    found = {
        names[c]: weights[codes == c].sum() / total for c in np.unique(codes[(codes >= 0) & (weights > 0)])
    }
    return found if total > 0 else {}


def test_places_by_plain_counting(made, counted):
    when, to, how = counted
    w, init = made["weight"].values, date.fromisoformat(made.attrs["init"])
    sides = [str(s) for s in made["side"].values]
    entries = summarise(made)["places"]
    assert [p["id"] for p in entries] == [str(p) for p in made["place"].values]
    for i, entry in enumerate(entries):
        wanted = {str(k): w[when[:, i] <= k].sum() / w.sum() for k in WINDOWS}
        assert entry["p_change"] == pytest.approx(wanted)
        assert list(entry["p_change"].values()) == sorted(entry["p_change"].values())

        def day(q, i=i):
            found = least(when[:, i], w, q)
            return None if found == 9999 else str(init + timedelta(days=int(found)))

        assert entry["median_date"] == day(0.5)
        assert entry["interval_50"] == [day(0.25), day(0.75)]
        assert entry["interval_90"] == [day(0.05), day(0.95)]
        assert entry["to"] == pytest.approx(shares(to[:, i], w, sides))
        assert entry["ways"] == pytest.approx(shares(how[:, i], w, WAYS))
        start = made["control"].values[:, 0, i]
        held = shares(start, w, sides)
        holder = max(held, key=lambda side: held[side])
        assert entry["held_by"] == pytest.approx(held)
        assert entry["holder"] == (None if holder == "none" else holder)
    assert len({e["interval_90"][0] for e in entries}) > 3


def test_numbers_of_changes_by_plain_counting(made, counted):
    when, w = counted[0], made["weight"].values
    control = made["control"].values
    told = summarise(made)
    for window in WINDOWS:
        moved = (control[:, 1 : window + 1] != control[:, :window]).sum(axis=(1, 2))
        fallen = (when <= window).sum(axis=1)
        for name, count in (("changes", moved), ("fallen", fallen)):
            entry = told[name][str(window)]
            assert entry["mean"] == pytest.approx((w * count).sum() / w.sum())
            for key, q in (("p05", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95)):
                assert entry[key] == least(count, w, q), (name, window, key)
        assert (moved >= fallen).all()


def test_people_and_leaders_by_plain_counting(made):
    told, w = summarise(made), made["weight"].values
    inside = made["kind"].values != "refuge"
    guests = (made["displaced"].values[:, -1] * inside).sum(axis=1)
    near = {"rel": 0.011, "abs": 1}
    assert {k: told["displaced"][k] for k in ("p50", "p90")} == {
        k: pytest.approx(least(guests, w, q), **near) for k, q in (("p50", 0.5), ("p90", 0.9))
    }
    for c, entry in enumerate(told["crossings"]):
        for k, stream in enumerate(made["stream"].values):
            over = made["arrivals"].values[:, -1, c, k]
            assert entry["p50"][stream] == pytest.approx(least(over, w, 0.5), **near)
            assert entry["p90"][stream] == pytest.approx(least(over, w, 0.9), **near)
        waiting = made["queue"].values[:, -1, c, :2].sum(axis=1)
        assert entry["queue_p90"] == pytest.approx(least(waiting, w, 0.9), **near)
    for k, entry in enumerate(told["leaders"]):
        status = made["leader_status"].values[:, -1, k]
        for key, code in (("p_fled", "fled"), ("p_captured", "captured")):
            assert entry[key] == pytest.approx(w[status == STATUSES.index(code)].sum() / w.sum())
    assert told["leaders"] and told["crossings"] and told["displaced"]["p50"] > 0


def test_fall_dates_and_probabilities(made, counted):
    when, w = counted[0], made["weight"].values
    dates = fall_dates(made)
    assert dates.dims == ("member", "place") and list(dates["place"].values) == list(made["place"].values)
    wanted = np.where(when == 9999, np.datetime64("NaT"), made["time"].values[np.minimum(when, 30)])
    np.testing.assert_array_equal(dates.values, wanted)
    for within in (0, 1, 7, 30):
        found = fall_probability(made, within)
        assert found.dims == ("place",)
        np.testing.assert_allclose(found, ((when <= within) * w[:, None]).sum(axis=0) / w.sum(), atol=1e-12)
    assert hl.fall_dates is fall_dates and hl.fall_probability is fall_probability
    turned = made.transpose("place", "time", "member", ...)
    np.testing.assert_array_equal(fall_dates(turned).values, wanted)


def same(one, other, where=""):
    """Compare two summaries, numbers to nine digits."""
    if isinstance(one, dict):
        assert list(one) == list(other), where
        for key in one:
            same(one[key], other[key], f"{where}.{key}")
    elif isinstance(one, list):
        assert len(one) == len(other), where
        for k, (a, b) in enumerate(zip(one, other, strict=True)):
            same(a, b, f"{where}[{k}]")
    elif isinstance(one, float):
        assert one == pytest.approx(other, rel=1e-9, abs=1e-12), where
    else:
        assert one == other, where


def test_a_member_twice_with_half_its_weight_is_one_member(made):
    twice = xr.concat([made.isel(member=slice(0, 30)), made, made.isel(member=slice(30, None))], "member",
                      data_vars="minimal", coords="minimal", compat="override", join="override")  # fmt: skip
    twice["weight"] = twice["weight"] / 2
    assert twice.sizes["member"] == 160
    same(summarise(made), summarise(twice))
    same(summarise(made), summarise(made.assign(weight=made["weight"] * 1e-6)))


def test_members_without_weight_do_not_count(made):
    kept = made.isel(member=made["weight"].values > 0)
    assert 0 < kept.sizes["member"] < 80
    one, other = summarise(made), summarise(kept)
    same(one, other)
    assert summarise(made.assign(weight=("member", np.ones(80)))) != one


def test_the_order_of_members_does_not_matter(made):
    mixed = made.isel(member=np.random.default_rng(2).permutation(80))
    same(summarise(made), summarise(mixed))


def test_a_summary_without_the_members(quick, cases, even):
    """`outlook` never holds the ensemble, and says the same to the last digit."""
    assert outlook(cases("iraq-2014"), days=30, members=80) == summarise(even)


def test_it_can_be_written_as_json(quick, cases, even, made):
    for one in (even, made, forecast(cases("south-vietnam-1975"), days=1, members=1)):
        told = summarise(one)
        assert json.loads(json.dumps(told, allow_nan=False)) == told
    both = summarise_what_if(what_if(cases("afghanistan-2021"), "bridge-open", days=7, members=8))
    assert json.loads(json.dumps(both, allow_nan=False)) == both


@pytest.mark.parametrize(
    "days, windows", ((1, [1]), (2, [2]), (3, [3]), (6, [3]), (13, [3, 7]), (29, [3, 7, 14]))
)
def test_windows_longer_than_the_forecast_are_left_out_and_a_short_one_has_its_own(
    quick, cases, days, windows
):
    told = outlook(cases("iraq-2014"), days=days, members=6)
    names = [str(w) for w in windows]
    assert list(told["changes"]) == list(told["fallen"]) == names
    assert all(list(p["p_change"]) == names for p in told["places"] + told["capital"])
    assert told["sentence"]
    assert told["days"] == days


@pytest.mark.parametrize("days", (1, 2, 3))
def test_a_short_what_if_can_be_told(quick, cases, days):
    told = summarise_what_if(what_if(cases("afghanistan-2021"), "bridge-open", days=days, members=6))
    assert told["sentence"] and all(list(p["p_change"]["baseline"]) == [str(days)] for p in told["places"])


def test_never_certain(even):
    """A place that falls in every member, and one that falls in none, are not told as 100 % and 0 %."""
    capital = int(np.flatnonzero(even["kind"].values == "capital")[0])
    still = np.repeat(even["control"].values[:, :1], even.sizes["time"], axis=1)
    for share, shown in ((80, ">99 %"), (0, "<1 %"), (1, "1 %")):
        control = still.copy()
        control[:share, 1:, capital] = (control[0, 0, capital] + 1) % 3
        told = summarise(even.assign(control=(even["control"].dims, control)))["sentence"]
        assert shown in told and not re.search(r"(?<![\d.,])(0|100) ?%", told), told


def test_the_sentence_names_what_the_numbers_say(made):
    told = summarise(made)
    sentence = told["sentence"]
    by = date.fromisoformat(told["init"]) + timedelta(days=7)
    assert f"{by.day} {by:%B %Y}" in sentence
    first = max(told["places"], key=lambda p: p["p_change"]["7"])
    assert first["name"] in sentence and told["capital"][0]["name"] in sentence
    assert f"{told['fallen']['7']['p05']} to {told['fallen']['7']['p95']}" in sentence


def test_what_ifs_by_plain_counting(quick, cases):
    both = what_if(cases("afghanistan-2021"), "strongmen-stay", days=30, members=40)
    told = summarise_what_if(both)
    fallen = []
    for k in (0, 1):
        when = first_days(both.isel(arm=k, drop=True))[0]
        for window in WINDOWS:
            share = (when <= window).mean(axis=0)
            name = ("baseline", "scenario")[k]
            assert [p["p_change"][name][str(window)] for p in told["places"]] == pytest.approx(share.tolist())
        fallen.append((when <= 30).sum(axis=1).astype(float))
    more = fallen[1] - fallen[0]
    found = told["changes"]["difference"]
    assert told["changes"]["window"] == 30 and found["mean"] == pytest.approx(more.mean())
    wide = 2 * 1.645 * more.std() / np.sqrt(40)
    assert found["high"] - found["low"] == pytest.approx(wide)
    assert told["changes"]["baseline"]["mean"] == pytest.approx(fallen[0].mean())
    for window in WINDOWS:
        for p in told["places"]:
            a, b = (p["p_change"][k][str(window)] for k in ("baseline", "scenario"))
            assert p["p_change"]["difference"][str(window)]["mean"] == pytest.approx(b - a, abs=1e-12)
    assert told["judgement"][0] and told["scenario"]["name"] == "strongmen-stay"


def test_bins_are_a_hundredth_wide():
    people = np.unique(np.concatenate([np.arange(3000), np.logspace(2, 9, 4000).astype(int)]))
    back = from_bin(to_bin(people))
    assert (np.abs(back - people) <= 0.5 + 0.005 * (people + 1)).all()
    np.testing.assert_array_equal(back[:70], people[:70])
    assert from_bin(0) == 0 and to_bin(10**12) < 2100


def test_quantiles_of_counts():
    counts = np.array([0.0, 1.0, 0.0, 2.0, 1.0])
    assert [quantile(counts, q) for q in (0.0, 0.25, 0.26, 0.5, 0.75, 0.76, 1.0)] == [0, 1, 3, 3, 3, 4, 4]
    tenth = np.full(10, 0.1)
    assert [quantile(tenth, q / 10) for q in range(1, 11)] == list(range(10))


def test_a_tally_adds_up_whatever_the_pieces(made):
    names = ("control", "way", "displaced", "arrivals", "queue", "leader_status", "weight")
    *arrays, weight = [made[n].values for n in names]
    tallies = []
    for cuts in ([0, 80], [0, 1, 7, 40, 80]):
        sizes = made.sizes
        tally = Tally(arrays[0][0, 0], sizes["side"] - 1, 30, sizes["crossing"], sizes["leader"])
        for a, b in pairwise(cuts):
            tally.add(MemberBatch(*(array[a:b] for array in arrays)), weight[a:b])
        tallies.append(tally)
    one, other = tallies
    for name in ("first", "to", "way", "changes", "fallen", "arrivals", "queue", "displaced", "leaders"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-12)
    assert one.first.sum(axis=1) == pytest.approx(one.weight) and one.weight == pytest.approx(other.weight)


def test_within_must_be_days_ahead(made):
    """What is not a whole number of days of the forecast is refused, not cut to fit or counted from the end."""
    for within in (-1, -7, 99, 7.5, "7", True):
        with pytest.raises(BadRequest, match="within"):
            fall_probability(made, within)
