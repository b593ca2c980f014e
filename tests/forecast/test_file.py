"""The forecast file: written whole or refused in a line, read only if it is what it says; all findings at once."""

import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest
import quick

import headlong as hl
from headlong import capacity
from headlong.case import open_case
from headlong.errors import BadRequest
from headlong.forecast.api import outlook
from headlong.forecast.file.reading import load_forecast
from headlong.forecast.pieces.digest import digest_of
from headlong.forecast.results.request_in_file import request_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made():
    return quick.forecast(open_case("chad-2008"), days=3, members=4, control="history")


@pytest.fixture
def file(made, tmp_path):
    hl.save(made, tmp_path / "one.nc")
    return tmp_path / "one.nc"


WRITE = (
    "import sys, resource, headlong as hl\n"
    "forecast = hl.load(sys.argv[1])\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), -1))\n"
    "try: hl.save(forecast, sys.argv[2])\n"
    "except hl.errors.BadRequest as error: print(error); sys.exit(2)\n"
)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("limit", [1, 4096, 50_000])
def test_no_room_is_said_and_hdf5_does_not_end_the_process(file, limit):
    """HDF5 that meets a full disk ends in a segmentation fault at the end of the process."""
    call = [sys.executable, "-c", WRITE, str(file), str(file.with_name("two.nc")), str(limit)]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 2, done.stderr
    assert "cannot write" in done.stdout and "ulimit -f" in done.stdout and "Traceback" not in done.stderr
    assert [p.name for p in file.parent.iterdir()] == ["one.nc"]


def change(path, *changes):
    with h5py.File(path, "r+") as file:
        for one in changes:
            one(file)


def put(name, value, at=...):
    return lambda file: file[name].__setitem__(at, value)


def attr(name, value, of=None):
    return lambda file: (file[of] if of else file).attrs.__setitem__(name, value)


def drop(name):
    return lambda file: file.__delitem__(name)


def outside(file):
    del file["arms"]
    file["arms"] = h5py.ExternalLink("/etc/hostname", "/x")


def bomb(file):
    del file["weight"]
    file.create_dataset("weight", shape=(10**13,), dtype="f8", chunks=(10**6,), compression="gzip")


WRONG = {
    "variable 'control' is missing": drop("control"),
    "variable 'displaced' is missing": drop("displaced"),
    "variable 'control' has values from -1": put("control", -1, (0, 0, 0)),
    "variable 'control' names side 77": put("control", 77, (0, 0, 0)),
    "variable 'weight' has 1 values that are not finite": put("weight", np.nan, 0),
    "variable 'weight' adds up to": put("weight", 1.0),
    "variable 'displaced' has values from -5": put("displaced", -5, (0, 0, 0)),
    "variable 'lat' has values from": put("lat", 91.0, 0),
    "coordinate 'place' names something twice": lambda file: file["place"].__setitem__(0, file["place"][1]),
    "coordinate 'time' is not one day": put("time", 7, 1),
    "coordinate 'crossing' names no place: nowhere": put("crossing", "nowhere", 0),
    "coordinate 'within' names days that 'road_lead' lacks: 0": put("within", 0, 0),
    "coordinate 'road_from' names no place: nowhere": put("road_from", "nowhere", 0),
    "coordinate 'road_to' names no place: {": put("road_to", "{", 0),
    "attribute 'case' is '../../etc'": attr("case", "../../etc"),
    "attribute 'title' is no UTF-8": attr("title", b"Chad \xff"),
    "attribute 'calibrated_on' is no UTF-8": attr("calibrated_on", '["\\ud800"]'),
    "attribute 'assumptions' is no JSON": attr("assumptions", "[" * 10_000),
    "attribute 'days' is no finite number": attr("days", np.nan),
    "attribute 'members' is 0, and at least one": attr("members", 0),
    "attribute 'init' is": attr("init", "2031-99-99"),
    "variable 'at_home' is missing, and 'cut' is there": drop("at_home"),
    "variable 'on_road' is missing, and 'at_home' is there": drop("on_road"),
    "variable 'at_home' has more people at home on a later day": put("at_home", 2 * 10**9, (0, 2)),
    "variable 'arms' is a link": outside,
    "variable 'weight' would take": bomb,
    "is not a NetCDF file that can be read": attr("units", "fortnights since noon", "time"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_file_is_not_believed(file, what):
    change(file, WRONG[what])
    with pytest.raises(BadRequest) as error:
        hl.load(file)
    assert what in str(error.value) and "one.nc" in str(error.value) and "make it again" in str(error.value)


WRONG_CHANCES = {
    "variable 'p_held' is missing": drop("p_held"),
    "variable 'p_held' has values from": put("p_held", 1.5, (0, 0, 0)),
    "variable 'p_held' adds up to": put("p_held", 0.5),
    "variable 'p_change' falls from one day": put("p_change", [0.5, 0.25, 0.5, 0.5], 0),
    "variable 'q_new' has values from -5": put("q_new", -5, (0, 0)),
    "coordinate 'lead' is not 0 to 3": put("lead", 9, 3),
    "coordinate 'within' goes beyond the 3 days": put("within", 30, 0),
    "coordinate 'way_name' is not": lambda file: file["way_name"].__setitem__(0, file["way_name"][1]),
    "attribute 'kept_at' is no text": attr("kept_at", 7),
}


@pytest.mark.parametrize("what", WRONG_CHANCES)
def test_a_file_without_members_is_not_believed(made, tmp_path, what):
    few = digest_of(made)
    hl.save(few, tmp_path / "few.nc")
    assert load_forecast(tmp_path / "few.nc")["p_held"].identical(few["p_held"])
    change(tmp_path / "few.nc", WRONG_CHANCES[what])
    with pytest.raises(BadRequest) as error:
        hl.load(tmp_path / "few.nc")
    assert what in str(error.value) and "few.nc" in str(error.value)


def test_a_truth_value_for_a_number_is_no_fault(file):
    change(file, attr("acting", np.bool_(True)))
    assert hl.load(file).attrs["acting"]


def test_all_findings_are_said_at_once(file):
    change(file, drop("way"), drop("queue"), attr("case", "/etc"), attr("seed", "many"))
    with pytest.raises(BadRequest) as error:
        hl.load(file)
    for what in ("'way'", "'queue'", "'case'", "'seed'"):
        assert what in str(error.value)


def test_what_a_what_if_acts_through_is_in_its_file(tmp_path):
    made = quick.what_if("chad-2008", "leaders-stay", days=3, members=4, control="history")
    for wrong in (made.assign_attrs(acts_through="[1, 2]"), made.drop_vars(["parameters", "parameter"])):
        hl.save(wrong, tmp_path / "one.nc")
        with pytest.raises(BadRequest, match="attribute 'acts_through' names no parameter of the file"):
            hl.load(tmp_path / "one.nc")


def test_the_case_of_a_file_is_no_path(made):
    for name in ("/etc", "../chad-2008", "", "a/b"):
        with pytest.raises(BadRequest, match="no id"):
            request_of(made.assign_attrs(case=name))


@pytest.mark.parametrize("name", ["case_hash", "report_files", "settings", "bank_hash", "seed"])
def test_a_file_that_does_not_say_how_it_was_made(made, name):
    left = {k: v for k, v in made.attrs.items() if k != name}
    with pytest.raises(BadRequest, match="does not say how it was made"):
        request_of(made.drop_attrs().assign_attrs(left))


def test_a_nowcast_is_no_forecast(tmp_path):
    settings = {"seed": 1, "settings": quick.QUICK}
    now = hl.nowcast("chad-2008", members=20, **settings)
    hl.save(now, tmp_path / "now.nc")
    assert hl.load(tmp_path / "now.nc")["p_held"].identical(now["p_held"])
    with pytest.raises(BadRequest, match="nowcast"):
        load_forecast(tmp_path / "now.nc")


def test_members_that_do_not_fit_are_refused_beforehand(monkeypatch):
    monkeypatch.setattr(capacity, "room_in_memory", lambda: 50_000)
    with pytest.raises(BadRequest, match=r"1,000 members of 30 days take about \d\d MB of memory, and 50 kB"):
        quick.forecast("chad-2008", control="history")
    with pytest.raises(BadRequest, match="fewer --members"):
        quick.what_if("chad-2008", "leaders-stay", members=4, control="history")


def test_members_that_run_at_a_time_are_refused_beforehand_where_they_do_not_fit(monkeypatch):
    monkeypatch.setattr(capacity, "room_in_memory", lambda: 50_000)
    with pytest.raises(
        BadRequest, match=r"20 members of 1,826 days, which run at a time, take about .*--days"
    ):
        outlook("chad-2008", members=20, days=1826, control="history", threads=1)


def test_a_file_that_does_not_fit_on_the_disk_is_refused_beforehand(tmp_path):
    with pytest.raises(BadRequest, match=r"takes 1000000\.0 TB or more|takes 1,000,000 TB or more"):
        capacity.must_fit_on_disk(10**18, tmp_path / "one.nc")
    capacity.must_fit_on_disk(1, tmp_path / "one.nc")


def test_room_in_memory_is_known_here():
    there = capacity.room_in_memory()
    assert there is None or 0 <= there < 1e15
    assert capacity.size(123_456) == "123 kB" and capacity.size(1.26e9) == "1.3 GB"


def test_a_sample_of_damaged_files():
    call = [sys.executable, str(ROOT / "scripts" / "mutate_files.py"), "forecasts", "60", "--seed", "5"]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 0 and "60 inputs" in done.stdout, done.stdout + done.stderr
