"""Who leaves which area, and which roads people take: books that must add up."""

import numpy as np
import pytest

import headlong as hl
from headlong.engine.record import road_days, slot_of
from headlong.forecast.results import tracks
from headlong.forecast.results.tracks import TrackCounts, area_names
from headlong.view.page.pack import from_codes
from headlong.view.page.payload import payload

NEAR = {"rel": 0.011, "abs": 1}
"""Numbers of people stand in bins one per cent wide."""


@pytest.fixture(scope="module")
def one():
    """A forecast of one member: its quantiles are its numbers."""
    return hl.forecast("car-2012", days=14, members=1, seed=3)


def test_areas_add_up_to_the_country(one):
    """Stock and new of one member, over areas, are what the books say."""
    found = hl.summarise(one)["areas"]
    assert len(found) > 3 and len({a["name"] for a in found}) == len(found)
    inside = one["displaced"].values[0][:, one["kind"].values != "refuge"].sum(axis=1)
    left = one["at_home"].values[0, 0] - one["at_home"].values[0]
    assert left[-1] > 0
    for window in (7, 14):
        stock, new = (sum(a[kind][str(window)]["p50"] for a in found) for kind in ("stock", "new"))
        assert stock == pytest.approx(inside[window], rel=0.011, abs=len(found))
        assert new == pytest.approx(left[window], rel=0.011, abs=len(found))
    assert sum(a["stock_at_init"] for a in found) == inside[0]


def test_roads_are_counted_the_same_a_few_members_at_a_time(monkeypatch):
    """Members wait until there are enough of them."""
    one = hl.forecast("car-2012", days=14, members=120, seed=3)
    monkeypatch.setattr(tracks, "WAITING", 0)
    other = hl.forecast("car-2012", days=14, members=120, seed=3)
    assert one["road_people"].values.any()
    for name in ("road_people", "area_new", "area_stock"):
        assert (one[name].values == other[name].values).all()


def test_whoever_left_took_a_road_and_roads_fill_by_the_day(one):
    roads, people = hl.summarise(one)["roads"], one["road_people"]
    assert roads and all(r["people"]["7"]["p50"] <= r["people"]["14"]["p50"] for r in roads)
    assert (np.diff(people.values, axis=1) >= 0).all()
    busiest = [r["people"]["14"]["p50"] for r in roads]
    assert busiest == sorted(busiest, reverse=True)
    assert people.sizes["road"] == 2 * len({(r["from"], r["to"]) for r in hl.open_case("car-2012").roads})


def test_the_page_gets_the_roads_of_the_file(one):
    from headlong.view.page.pack import unpack

    header, columns = unpack(payload(one))
    flows, names = header["flows"], [row[0] for row in header["places"]]
    last = from_codes(columns["0.road"].reshape(3, len(flows["days"]), -1)[1, -1], header["arms"][0]["top"])
    said = {(r["from"], r["to"]): r["people"]["14"]["p50"] for r in hl.summarise(one)["roads"]}
    for (a, b), many in zip(flows["roads"], last, strict=True):
        assert many == pytest.approx(said[names[a], names[b]], rel=0.06, abs=1)


@pytest.mark.parametrize("ends", [10, 4000, 50_000])
@pytest.mark.parametrize("days", [1, 2, 7, 13, 29, 30, 60, 61, 63, 89, 365])
def test_every_day_of_which_roads_are_kept_has_its_slot(days, ends):
    kept = road_days(days, ends)
    slots = [slot_of.py_func(day, days, len(kept)) for day in range(days + 1)]
    assert [day for day, slot in enumerate(slots) if slot >= 0] == kept
    assert [slot for slot in slots if slot >= 0] == list(range(len(kept)))


def test_areas_are_regions_without_what_stands_in_brackets():
    assert area_names(["Durres (provincial capital)", None, "High  "]) == ["Durres", "", "High"]


def test_of_a_large_table_of_roads_windows_alone_are_kept():
    few, many = (TrackCounts(["a"], np.zeros(1, bool), np.zeros((n, 2), int), 30) for n in (10, 4000))
    assert few.days == list(range(1, 31)) and many.days == [7, 14, 30]
