"""Requests that make no sense are refused in words, and a file is written whole or not at all."""

import os
import stat
from dataclasses import replace
from datetime import date, datetime

import h5py
import numpy as np
import pytest
import xarray as xr
from quick import forecast, outlook, what_if

import headlong as hl
from headlong.assimilation.particle_filter import PILOT
from headlong.errors import BadRequest, HeadlongError
from headlong.forecast.request import Request
from headlong.forecast.settings import Settings
from headlong.inference.bank import bank_for, load_bank
from headlong.inference.calibration import calibrate

SMALL = {"days": 2, "members": 3}


@pytest.fixture(scope="module")
def made(quick_module, cases):
    return forecast(cases("chad-2008"), **SMALL)


BAD = (
    ({"init": "2008-01-27"}, r"2008-01-27.*outside.*2008-01-28 to 2008-02-15"),
    ({"init": date(2008, 2, 16)}, "2008-02-16.*outside"),
    ({"init": "1 February"}, r"'1 February' is not a date.*2008-02-01"),
    ({"init": "2008-02-31"}, "not a date"),
    ({"init": ""}, "not a date"),
    ({"init": 7}, "not a date"),
    ({"days": 0}, r"days is 0.*1 to 1,826"),
    ({"days": -3}, "days is -3"),
    ({"days": 1827}, "days is 1827"),
    ({"days": 2.5}, "days is 2.5"),
    ({"days": True}, "days is True"),
    ({"members": 0}, r"members is 0.*1 to 1,000,000"),
    ({"members": -1}, "members is -1"),
    ({"members": 1.5}, "members is 1.5"),
    ({"members": 10**7}, "members is 10000000"),
    ({"seed": -1}, r"seed is -1.*0 to 4,294,967,295"),
    ({"seed": 2**32}, "seed is 4294967296"),
    ({"seed": 0.5}, "seed is 0.5"),
    ({"threads": 0}, "threads is 0"),
    ({"scenario": "leaders-stays"}, r"no scenario 'leaders-stays'.*Did you mean 'leaders-stay'"),
    ({"scenario": "zzz"}, r"no scenario 'zzz'.*Known: .*leaders-stay"),
)


@pytest.mark.parametrize("asked, told", BAD)
def test_bad_requests_say_what_and_what_to_do(cases, quick, asked, told):
    for verb in (forecast, outlook):
        with pytest.raises(BadRequest, match=told):
            verb(cases("chad-2008"), **SMALL | asked)
    if "scenario" not in asked:
        with pytest.raises(BadRequest, match=told):
            what_if(cases("chad-2008"), "leaders-stay", **SMALL | asked)
    else:
        with pytest.raises(BadRequest, match=told):
            what_if(cases("chad-2008"), asked["scenario"], **SMALL)


@pytest.mark.parametrize("name", ("days", "members", "seed"))
@pytest.mark.parametrize("value", (float("nan"), float("inf"), "many", "3", None, [3]))
def test_what_is_no_number_at_all_is_a_bad_request_too(cases, quick, name, value):
    with pytest.raises(BadRequest, match=f"{name} is"):
        forecast(cases("chad-2008"), **SMALL | {name: value})


def test_whole_numbers_of_any_kind_are_numbers(cases, quick):
    one = forecast(cases("chad-2008"), days=np.int64(2), members=3.0, seed=np.uint32(1))
    assert one.attrs["days"] == 2 and one.sizes["member"] == 3 and type(one.attrs["seed"]) is int


def test_days_may_be_given_as_text_date_or_time(cases, quick):
    found = {
        Request(case=cases("chad-2008"), init=init).init
        for init in (None, "2008-02-01", date(2008, 2, 1), datetime(2008, 2, 1, 18, 30))
    }
    assert found == {date(2008, 2, 1)} and type(found.pop()) is date


def test_first_and_last_day_are_days(cases, quick):
    case = cases("chad-2008")
    for init in (case.start, case.end):
        made = forecast(case, init=init, **SMALL)
        assert made.attrs["init"] == str(init) and str(made["time"].values[0])[:10] == str(init)


def test_control_cannot_be_known_without_a_history(cases, quick, tmp_path):
    case = replace(cases("chad-2008"), history=(), folder=tmp_path)
    with pytest.raises(BadRequest, match=r"chad-2008 has no history.csv.*--control"):
        forecast(case, control="history", **SMALL)
    with pytest.raises(BadRequest, match=r"chad-2008 has no history.csv.*nothing to replay.*--control"):
        forecast(case, control="replay", **SMALL)
    with pytest.raises(BadRequest, match=r"no history.*history\.csv"):
        calibrate([case])
    forecast(case, **SMALL)
    fight = {"place": case.places[0]["id"], "from": case.start, "until": None, "intensity": 1.0, "source": "test",
             "note": "", "confidence": "low"}  # fmt: skip
    forecast(replace(case, fighting=(fight,)), control="replay", **SMALL)  # a conflict of Flee says no more


def test_a_nowcast_is_told_of_no_control(cases):
    for control in ("history", "replay"):
        with pytest.raises(BadRequest, match="a nowcast does not know control"):
            hl.nowcast(cases("chad-2008"), control=control, members=2)


def test_unknown_cases_have_a_near_miss(quick):
    with pytest.raises(BadRequest, match="Did you mean 'chad-2008'"):
        forecast("chad-2009", **SMALL)
    with pytest.raises(HeadlongError, match="no case and no folder"):
        hl.what_if("atlantis", "leaders-stay")


def test_a_scenario_may_name_a_place_that_is_no_crossing(cases, quick, tmp_path):
    """It passes the check of the case, so it is refused in words; so is a crossing not known by init."""
    from scenarios import with_scenario

    case = with_scenario(cases("chad-2008"), crossings={"ndjamena": "open"})
    with pytest.raises(BadRequest, match=r"ndjamena: no crossing.*known by then: .*ade"):
        what_if(case, "test", **SMALL)


def test_saving_into_a_folder_that_is_not_there(made, tmp_path):
    with pytest.raises(BadRequest, match=r"no folder .*missing.*Make it first"):
        hl.save(made, tmp_path / "missing" / "one.nc")


def test_saving_over_a_folder(made, tmp_path):
    (tmp_path / "one.nc").mkdir()
    with pytest.raises(BadRequest, match="folder"):
        hl.save(made, tmp_path / "one.nc")
    assert os.listdir(tmp_path) == ["one.nc"] and not os.listdir(tmp_path / "one.nc")


def test_a_file_is_read_as_it_was_written(made, tmp_path):
    from same import assert_identical_but_text

    hl.save(made, tmp_path / "one.nc")
    assert_identical_but_text(made, hl.load(tmp_path / "one.nc"))
    assert_identical_but_text(made, hl.load(str(tmp_path / "one.nc")))
    assert stat.S_IMODE(os.stat(tmp_path / "one.nc").st_mode) == 0o644
    assert os.listdir(tmp_path) == ["one.nc"]
    hl.save(hl.load(tmp_path / "one.nc"), tmp_path / "one.nc")  # over itself
    assert_identical_but_text(made, hl.load(tmp_path / "one.nc"))
    assert hl.summarise(hl.load(tmp_path / "one.nc")) == hl.summarise(made)


def test_what_ifs_are_read_as_they_were_written(cases, quick, tmp_path):
    from same import assert_identical_but_text

    from headlong.forecast.results.what_if import summarise_what_if

    both = what_if(cases("chad-2008"), "leaders-stay", days=8, members=4)
    hl.save(both, tmp_path / "both.nc")
    found = hl.load(tmp_path / "both.nc")
    assert_identical_but_text(both, found)
    assert summarise_what_if(found) == summarise_what_if(both)


BREAKS = (OSError("no space left on device"), KeyboardInterrupt(), ValueError("odd"), MemoryError())


@pytest.mark.parametrize("error", BREAKS, ids=[type(e).__name__ for e in BREAKS])
@pytest.mark.parametrize("where", ("before", "half-way", "at the end"))
def test_a_file_is_written_whole_or_not_at_all(made, tmp_path, monkeypatch, error, where):
    """Whatever stops the writing: the old file stays as it was, and nothing else lies there."""
    path = tmp_path / "one.nc"
    hl.save(made, path)
    before, write = path.read_bytes(), xr.Dataset.to_netcdf

    def stop(self, target, **how):
        if where == "half-way":
            target.write(before[: len(before) // 2])
        elif where == "at the end":
            write(self, target, **how)
        raise error

    monkeypatch.setattr(xr.Dataset, "to_netcdf", stop)
    other = made.assign_attrs(seed=99)
    for target in (path, tmp_path / "new.nc"):
        with pytest.raises(type(error)):
            hl.save(other, target)
    assert path.read_bytes() == before and os.listdir(tmp_path) == ["one.nc"]


def test_moving_into_place_may_fail_too(made, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("gone")))
    with pytest.raises(BadRequest, match=r"cannot write '.*one\.nc': gone\."):
        hl.save(made, tmp_path / "one.nc")
    assert os.listdir(tmp_path) == []


def garbage(path):
    path.write_bytes(b"not a file of numbers")


def cut_short(path):
    path.write_bytes(path.with_name("good.nc").read_bytes()[:5000])


def empty(path):
    path.write_bytes(b"")


def other_netcdf(path):
    xr.Dataset({"x": ("y", [1.0, 2.0])}).to_netcdf(path, engine="h5netcdf")


def plain_hdf(path):
    with h5py.File(path, "w") as file:
        file["x"] = np.arange(4)


def a_folder(path):
    path.mkdir()


@pytest.mark.filterwarnings("ignore:The 'phony_dims'")
@pytest.mark.parametrize("make", (garbage, cut_short, empty, other_netcdf, plain_hdf, a_folder))
def test_what_is_no_forecast_is_not_loaded(made, tmp_path, make):
    hl.save(made, tmp_path / "good.nc")
    make(tmp_path / "one.nc")
    with pytest.raises(BadRequest, match=r"one\.nc.*not a"):
        hl.load(tmp_path / "one.nc")


def test_what_is_not_there_is_not_loaded(tmp_path):
    with pytest.raises(BadRequest, match=r"no file .*two\.nc.*headlong forecast"):
        hl.load(tmp_path / "two.nc")


def test_the_settings_have_the_filters_own_number_of_pilots():
    """It stands twice, for the filter is slow to load."""
    assert Settings().pilot == PILOT


def test_a_scenario_without_a_name_is_none_that_is_known(cases, quick):
    with pytest.raises(BadRequest, match=r"no scenario ''.*Known: .*leaders-stay"):
        what_if(cases("chad-2008"), "", **SMALL)


def test_a_bank_of_ones_own_leaves_the_war_out_too(cases):
    """What a war came to is in the bank's file; its own forecast must not use it."""
    whole = bank_for("none-of-these")
    used = Request(case=cases("chad-2008"), bank=whole).parameters.used
    assert "chad-2008" in whole.used and "chad-2008" not in used and len(used) > 30
    assert used == Request(case=cases("chad-2008")).parameters.used


def test_banks_that_cannot_be_used(tmp_path):
    with pytest.raises(BadRequest, match="no bank of parameters"):
        load_bank(tmp_path / "none.npz")
    (tmp_path / "bad.npz").write_bytes(b"garbage")
    with pytest.raises(BadRequest, match=r"bad\.npz"):
        load_bank(tmp_path / "bad.npz")
    np.savez(tmp_path / "other.npz", x=np.arange(3))
    with pytest.raises(BadRequest, match=r"other\.npz"):
        load_bank(tmp_path / "other.npz")


def test_progress_is_told(cases, quick):
    seen = []
    forecast(cases("chad-2008"), days=2, members=120, progress=lambda *step: seen.append(step))
    words = {word for _, _, word in seen}
    assert len(words) >= 3 and seen[-1][:2] == (120, 120)
    assert all(0 <= done <= total for done, total, _ in seen)
