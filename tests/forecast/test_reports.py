"""What a forecast carries of its reports."""

from dataclasses import replace

import numpy as np
import pytest
from quick import forecast, what_if
from same import assert_identical
from tables import START, report, tiny_war

from headlong.errors import BadRequest, CaseError
from headlong.forecast.nowcast import nowcast_summary as nowcast
from headlong.reports.report_file import add_reports


def test_on_the_first_evening_reports_only_stand_beside_the_table():
    full = replace(tiny_war(), reports=(report("a", 0, "town", "fell", "rebels"),))
    said = nowcast(full, init=START, members=50)
    assert {p["id"]: p["holder"] for p in said["places"]} == {"capital": "gov", "town": "gov"}


@pytest.fixture(scope="module")
def small():
    return {"members": 20, "days": 5}


def test_a_forecast_carries_its_reports(cases, quick, small):
    ds = forecast(cases("mali-2012"), init="2012-02-10", **{**small, "members": 60})
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
    ds = forecast(cases("mali-2012"), init="2012-02-10", control="start", **small)
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
    assert (ds["control"].values[:, 0, place] == side).mean() > 0.5  # few particles; next to 0 without it
    path.write_text(
        "id,published_at,event_date,place,claim,side,source_class,verification,source,confidence\n"
        "r01,2012-02-09,2012-02-10,gaoo,fell,mnlaa,agency,confirmed,made up,low\n"
        "x2,2012-02-09,1912-02-09,gao,fell,mnla,agency,confirmed,made up,low\n"
    )
    with pytest.raises(CaseError) as found:
        forecast(case, init="2012-02-10", reports=path, **small)
    text = str(found.value)
    told = (
        "mine.csv:2",
        "gaoo",
        "mnlaa",
        "later than published_at",
        "another report",
        "more than a year before",
    )
    assert all(word in text for word in told)
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


def test_all_that_is_wrong_with_a_row_of_a_report_file_is_said_at_once(cases, tmp_path):
    """A cell that cannot be read does not hide an unknown place, side or order of days beside it."""
    head = "id,published_at,event_date,place,claim,side,source_class,verification,source,confidence\n"
    rows = (
        "a,2008-02-02,2008-02-05,ndjamna,fel,rebel,reporter,attributed,made up,low\n"
        + "a,,,,held,,agency,attributed,made up,low\n"
    )
    (tmp_path / "mine.csv").write_text(head + rows)
    with pytest.raises(CaseError) as wrong:
        add_reports(cases("chad-2008"), tmp_path / "mine.csv")
    found = [(f.row, f.column) for f in wrong.value.findings]
    assert found == [
        (2, "claim"), (2, "place"), (2, "side"), (2, "event_date"), (3, "published_at"), (3, "id"),
    ]  # fmt: skip


def test_what_fell_untold_in_the_past_is_not_told_as_todays_collapse(cases):
    """On 5 August 2021 a table first says of places lost in June and July that the Taliban hold them."""
    said = nowcast(cases("afghanistan-2021"), init="2021-08-05", members=300)
    places = {place["id"]: place for place in said["places"]}
    assert places["aqina"]["holder"] == "taliban"
    assert places["qalat"]["p"] > 0.9  # .85 and less where all of it is thought to have fallen on that day
    assert sum(1 - place["p"] for place in places.values()) < 3
