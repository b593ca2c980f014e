"""Kept forecasts: none is lost, none is overwritten, none is mixed with what does not belong."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from kept import HISTORY, small_war
from quick import QUICK
from same import assert_identical_but_text

import headlong as hl
from headlong.archive.daily import read_daily
from headlong.archive.lock import locked
from headlong.archive.over_time import over_time
from headlong.cli import headlong
from headlong.cli.edge import run
from headlong.errors import BadRequest
from headlong.forecast.rerun import differences, rerun
from headlong.verify.scores.scores import brier, count_crps, observed_count
from headlong.verify.scores.truth import read_history, truth_after
from headlong.view.over_time.export import export_archive
from headlong.view.page.pack import unpack

HOW = {"days": 8, "members": 60, "settings": QUICK}
INITS = ("2031-02-01", "2031-02-02", "2031-02-04")


@pytest.fixture(scope="module")
def war(tmp_path_factory):
    return small_war(tmp_path_factory.mktemp("war") / "toyland")


@pytest.fixture(scope="module")
def first(quick_module, war, tmp_path_factory):
    """An archive of three days, the last with members."""
    found = hl.archive(tmp_path_factory.mktemp("kept") / "kept")
    found.keep(war, INITS[:2], **HOW)
    found.keep(war, INITS[2:], members_too=True, **HOW)
    return found


@pytest.fixture
def kept(first, tmp_path):
    """A copy of it to be spoiled."""
    shutil.copytree(first.folder, tmp_path / "kept")
    return tmp_path / "kept"


def said(*words):
    done = CliRunner().invoke(headlong, [str(word) for word in words])
    return done, f"{done.output} {'' if done.exception is None else done.exception}"


def test_one_dataset(first, quick_module, war):
    found = first.dataset()
    assert found["p_held"].dims == ("init", "place", "side", "lead")
    assert [str(d)[:10] for d in found["init"].values] == list(INITS)
    assert np.allclose(found["p_held"].sum("side"), 1.0)
    one = hl.forecast(war, init=INITS[1], **HOW)
    day = found.sel(init=INITS[1])
    assert np.array_equal(day["p_change"].sel(lead=7), hl.fall_probability(one, 7))
    assert list(found["members"].values) == [60] * 3 and found.attrs["case"] == "toyland"
    assert repr(first).endswith("3 forecasts, 2031-02-01 to 2031-02-04>")


def test_what_is_kept_is_left_as_it_is(first, quick_module, war):
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in first.folder.glob("*.nc")}
    done = hl.archive(first.folder).keep(war, INITS, **HOW | {"members": 70})
    assert not done.kept and len(done.there) == 3 and len(done.notes) == 3
    assert "of 60 members and not 70" in done.notes[0]
    assert before == {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in first.folder.glob("*.nc")}


def test_a_kept_forecast_can_be_made_again(first, quick_module, war):
    found = hl.load(first.folder / f"{INITS[0]}.nc")
    assert not differences(found, rerun(found, war))
    assert_identical_but_text(first.whole(case=war), hl.forecast(war, init=INITS[2], **HOW))
    assert_identical_but_text(first.whole(INITS[0], war), hl.forecast(war, init=INITS[0], **HOW))


def test_what_moved_and_why(first):
    moves = {m.place: m for m in first.moved()}
    gate = moves["gate"]
    assert gate.changed_hands and gate.holder == "guild" and gate.since == INITS[1]
    assert gate.reports == ["r2"] and gate.effects[0] > 0.5
    assert gate.line().startswith("now guild ") and gate.line().endswith(" on 2 Feb): report r2")
    assert first.moved(INITS[0]) == []
    assert all(m.changed_hands or abs(m.p - m.before) >= 2 * m.luck or
               abs(m.p_holder - m.p_holder_before) >= 0.1 for m in moves.values())  # fmt: skip


def test_scores_are_those_of_verify(first, war):
    case = hl.open_case(war)
    history, found = read_history(case), first.score(war)
    row = next(r for r in found["rows"] if (r["init"], r["lead"]) == (INITS[1], 7))
    truth = truth_after(history, 32, 8)
    daily = first.daily(INITS[1])
    p = daily.data["p_change"].values[truth.scored, 7]
    assert row["brier"] == pytest.approx(float(brier(p, truth.fell[7]).mean()))
    assert row["brier_nothing"] == pytest.approx(float(truth.fell[7].mean()))
    number, came = daily.data["p_number"].sel(window=7).values, observed_count(truth)[7]
    assert row["count_crps"] == pytest.approx(count_crps(number, np.pad(came, (0, number.size - came.size))))
    assert row["came"] == 2.0
    assert [m["inits"] for m in found["means"]] == [3] * len(found["means"])


def test_a_history_that_is_not_filled_in_is_said(first, quick_module, tmp_path):
    empty = small_war(tmp_path / "toyland", **{"history.csv": None})
    with pytest.raises(BadRequest, match="fill in history"):
        first.score(empty)
    short = small_war(tmp_path / "other", **{"history.csv": HISTORY})
    assert hl.archive(first.folder).score(short)["notes"] == first.score(short)["notes"]


def test_what_is_damaged_or_does_not_belong_is_named(kept, first, quick_module, war, tmp_path):
    whole = (kept / f"{INITS[0]}.nc").read_bytes()
    (kept / "2031-02-10.nc").write_bytes(whole[: len(whole) // 2])
    (kept / "2031-02-11.nc").write_bytes(whole)
    (kept / "notes.nc").write_bytes(whole)
    hl.save(hl.forecast(war, init="2031-02-12", **HOW), kept / "2031-02-12.nc")
    spoiled = hl.load(kept / f"{INITS[1]}.nc")
    spoiled["p_held"].values[0, 0, 0] += 0.25
    hl.save(spoiled, kept / f"{INITS[1]}.nc")
    other = hl.archive(tmp_path / "other")
    other.keep(war, ["2031-02-13"], **HOW | {"days": 5})
    shutil.copy(tmp_path / "other" / "2031-02-13.nc", kept)
    found = hl.archive(kept)
    faults = {f.split()[0]: f for f in found.faults}
    assert [str(d.init) for d in found.dailies] == [INITS[0], INITS[2]]
    assert "damaged" in faults["2031-02-10.nc"] and "damaged" in faults[f"{INITS[1]}.nc"]
    assert "holds the forecast of 2031-02-01" in faults["2031-02-11.nc"]
    assert "not one that an archive kept" in faults["2031-02-12.nc"]
    assert "days 5, not 8" in faults["2031-02-13.nc"] and "named by their day" in faults["notes.nc"]
    assert found.dataset().sizes["init"] == 2
    done = found.keep(war, [INITS[1]], **HOW)  # never in the place of a damaged one
    assert not done.kept and "damaged" in done.faults[0]
    done, text = said("archive", kept)
    assert done.exit_code == 0 and text.count("Left out:") == 6
    assert run(headlong, ["archive", str(kept)]) == 2


def test_another_case_or_other_settings_are_refused(kept, quick_module, war, tmp_path):
    for how in ({"days": 9}, {"control": "history"}, {"scenario": "calm"}):
        with pytest.raises(BadRequest, match="keeps other forecasts"):
            hl.archive(kept).keep(war, ["2031-02-05"], **HOW | how)
    with pytest.raises(BadRequest, match="case toyland, not chad-2008"):
        hl.archive(kept).keep("chad-2008", ["2008-02-01"], **HOW)
    with pytest.raises(BadRequest, match="is of the case toyland, not of chad-2008"):
        hl.archive(kept).score("chad-2008")
    assert len(list(kept.glob("*.nc"))) == 3


def test_what_may_differ_is_said(kept, quick_module, war, tmp_path):
    found = hl.archive(kept)
    changed = small_war(
        tmp_path / "toyland", **{"roads.csv": (war / "roads.csv").read_text().replace("90.5", "95")}
    )
    done = found.keep(changed, ["2031-02-05"], **HOW | {"members": 50, "seed": 9})
    assert "the case's tables have changed" in done.notes[0]
    assert found.changes(found.latest) == ["members 60 → 50", "seed 1 → 9"]


def test_places_may_come_and_go(kept, quick_module, war, tmp_path):
    more = (war / "places.csv").read_text() + "delta,Delta,,town,Low,TOY,10.2,20.4,,crown,,,atlas,low\n"
    road = (war / "roads.csv").read_text() + "alpha,delta,40,track,,atlas,low\n"
    wider = small_war(tmp_path / "toyland", **{"places.csv": more, "roads.csv": road})
    found = hl.archive(kept)
    found.keep(wider, ["2031-02-05"], **HOW)
    assert found.changes(found.latest)[-1] == "other places (new delta)"
    delta = found.dataset()["p_change"].sel(place="delta", lead=7).values
    assert np.isnan(delta[:3]).all() and np.isfinite(delta[3])
    block = next(p for p in over_time(found)["places"] if p["id"] == "delta")
    assert block["p_near"][:3] == [None] * 3 and block["held"][3] is not None


def test_one_writer_at_a_time(kept, quick_module, war):
    another = pytest.raises(BadRequest, match=rf"another process \(process {os.getpid()}\)")
    with locked(kept), another, locked(kept, 0.2):
        pass
    with locked(kept, 0.2):
        pass


RUN = """
import sys; sys.path[:0] = sys.argv[3:]
import headlong as hl
from quick import QUICK, thin
from headlong.forecast import request
from headlong.inference.bank import bank_for
request.bank_for = lambda case: thin(bank_for(case))
days = [f"2031-02-{d:02d}" for d in range(1, 20)]
hl.archive(sys.argv[1]).keep(sys.argv[2], days, days=8, members=60, settings=QUICK)
"""


def test_killed_at_any_time(war, tmp_path):
    """Nothing half stands under a final name, the lock is gone, and a second run goes on."""
    folder = tmp_path / "killed"
    call = [sys.executable, "-c", RUN, str(folder), str(war), str(Path(__file__).parents[1] / "helpers")]
    running = subprocess.Popen(call)
    until = time.monotonic() + 300
    while not list(folder.glob("*.nc")) and time.monotonic() < until and running.poll() is None:
        time.sleep(0.02)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    there = sorted(folder.glob("*.nc"))
    assert 0 < len(there) < 19
    for path in there:
        read_daily(path)
    with locked(folder, 0.1):
        pass
    assert not hl.archive(folder).faults


def test_over_time_on_the_page_and_as_files(first, war, tmp_path):
    case = hl.open_case(war)
    block = over_time(first)
    assert block["inits"] == list(INITS) and block["days"] == [7, 8] and json.dumps(block, allow_nan=False)
    gate = next(p for p in block["places"] if p["id"] == "gate")
    assert gate["reports"] == [[], [], ["r2"]] and len(gate["p_near"]) == len(gate["held"]) == 3
    assert all(abs(sum(h) - 1.0) < 1e-3 for h in gate["held"])
    export_archive(first, tmp_path / "x.csv", case, "none", ())
    assert len((tmp_path / "x.csv").read_text().splitlines()) == 1 + 3 * 3
    export_archive(first, tmp_path / "x.svg", case, "none", ["Gate", "alpha"])
    assert "<svg" in (tmp_path / "x.svg").read_text()
    from headlong.view.page.context import Beside
    from headlong.view.page.payload import payload

    header, _ = unpack(payload(first.whole(case=case), Beside().and_over_time(block)))
    assert header["over_time"] == block
    assert [p[0] for p in header["places"]] == [p["id"] for p in block["places"]]


def test_the_verbs(kept, war, tmp_path):
    done, text = said("archive", kept)
    assert done.exit_code == 0 and "3 kept forecasts" in text and "2 Feb 2031" in text
    done, text = said("archive", kept, "--json")
    assert [e["init"] for e in json.loads(done.output)["kept"]] == list(INITS)
    done, text = said("archive", kept, war, "--score", "--csv", tmp_path / "s.csv")
    assert "Lower is better" in text and (tmp_path / "s.csv").read_text().startswith("init,lead,")
    done, text = said("export", kept, tmp_path / "a.html", "--case", war, "--basemap", "none")
    assert "the newest forecast, and 3 over time" in text and (tmp_path / "a.html").stat().st_size > 1e5
    done, text = said("export", kept / f"{INITS[0]}.nc", tmp_path / "b.html")
    assert "holds chances and no members" in text and "--whole" in text


def test_typos(kept, war, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    for words, answer in (
        (["archive", tmp_path / "none"], "no forecast is kept in"),
        (["archive", kept, "toyland-2031"], "no case and no folder 'toyland-2031'"),
        (["archive", war, kept], "The archive's folder comes first"),
        (["archive", "chad-2008"], "The archive's folder comes first"),
        (["archive", tmp_path / "full", war], "holds other files (thesis.txt)"),
        (["archive", tmp_path / "full" / "thesis.txt"], "is a file"),
        (["archive", kept, war, "--init", "2031-2-1"], "Did you mean 2031-02-01?"),
        (["archive", kept, war, "--from", "2031-02-01"], "--from and --to go together"),
        (["archive", kept, war, "--from", "2031-02-05", "--to", "2031-02-01"], "is before --from"),
        (["archive", kept, war, "--every", "2"], "--every is for --from"),
        (["archive", kept, "--init", "2031-02-01"], "Days are for keeping forecasts"),
        (["archive", kept, war, "--init", "1999-01-01", "--init", "1999-01-02"], "1999-01-02 is outside"),
        (["archive", kept, "--score"], "is of the case toyland, which is not bundled"),
        (["archive", kept, war, "--cluster", "lokal:2x"], "neither local:N nor an address"),
        (["export", kept, tmp_path / "x.svg"], "Name the place"),
        (["export", kept, tmp_path / "x.svg", "--place", "gat"], "Did you mean 'Gate'?"),
        (["export", kept, tmp_path / "x.gpkg"], "an archive is written as"),
        (["export", kept, tmp_path / "x.csv", "--place", "gate"], "--place is for the chart"),
    ):
        done, text = said(*words)
        assert answer in text, (words, text)
        assert done.exception is None or isinstance(done.exception, (SystemExit, BadRequest)), words
