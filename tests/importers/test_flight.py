"""Where people ran in a conflict of Flee: from its folder to a case, a replay and scores."""

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import samples
from click.testing import CliRunner

from headlong import forecast
from headlong.case import open_case
from headlong.cli import headlong
from headlong.errors import BadRequest, CaseError
from headlong.forecast.settings import Runtime
from headlong.importers.flee.conflict import import_flee
from headlong.importers.flee.days import Fight
from headlong.importers.flee.files import day_number
from headlong.importers.folder import Folder
from headlong.importers.formats.source import Findings
from headlong.inputs.exits import read_border
from headlong.inputs.geography import read_map
from headlong.inputs.known_days import fights
from headlong.inputs.refuges import read_refuges
from headlong.verify.hindcasts.flight import camp_counts, error, send_given, with_capacities


@pytest.fixture
def moorland(tmp_path):
    folder = tmp_path / "moorland"
    import_flee(samples.flee(tmp_path / "flee"), Folder(folder))
    return open_case(folder)


def test_fights_are_rows_with_their_days_and_camps_are_refuges(moorland):
    rows = [(f.place, str(f["from"]), str(f.until), f.intensity) for f in moorland.fighting]
    assert rows == [("beta", "2031-01-01", "2031-01-06", 1.0), ("gamma-hill", "2031-01-06", "2031-01-06", 1.0),
                    ("beta", "2031-01-10", "None", 1.0), ("gamma-hill", "2031-01-10", "None", 1.0)]  # fmt: skip
    camps = {r.place: (r.capacity, bool(r.hindsight)) for r in moorland.refuges}
    assert camps == {"camp-a": (12000, True), "camp-b": (None, False)}
    assert moorland.end == date(2031, 1, 30)
    assert Fight("beta", date(2031, 1, 1), None, 0.5).hard == 0.5


def test_a_day_past_the_last_year_is_a_finding():
    """From a mutated folder whose start stood in the year 9999."""
    line, findings = SimpleNamespace(number=3, cell=lambda place: "40"), Findings("closures.csv")
    assert day_number(line, 3, date(9999, 12, 1), findings, "closure_start") is None
    assert [(f.file, f.row, f.value) for f in findings] == [("closures.csv", 3, "40")]
    assert day_number(line, 3, date(2031, 1, 1), findings, "closure_start") == date(2031, 2, 10)


def test_files_of_one_camp_are_added_and_new_registrations_mend_what_was_before(tmp_path):
    folder = samples.flee(tmp_path / "flee")
    (folder / "source_data/data_layout.csv").write_text("Camp_A,a.csv,b.csv\n")
    (folder / "source_data/b.csv").write_text("2031-01-04,40\n2031-01-10,100\n")
    (folder / "input_csv/registration_corrections.csv").write_text("Camp_A,2031-01-10\n")
    import_flee(folder, Folder(tmp_path / "moorland"))
    rows = {str(r["date"]): (r["count"], r.note) for r in open_case(tmp_path / "moorland").displacement}
    # 1 January 100 + 40, 4 January 333 + 40, and the tenth 900 is as it was published
    jump = 900 / (100 + 700 / 3 + 40)
    assert rows["2031-01-10"] == (900, "")
    assert rows["2031-01-01"] == (round(140 * jump), "as published 140")


def test_ways_out_follow_dated_policy_and_capacities_of_hindsight_are_not_used(moorland):
    where = read_map(moorland)
    exits, gates, _ = read_border(moorland, where, moorland.start, 29, None)
    ends = [(where.ids[i], where.ids[j]) for i, j in zip(exits.at, exits.to, strict=True)]
    shut = exits.openness[ends.index(("gamma-hill", "camp-a"))] == 0.0
    assert np.flatnonzero(shut).tolist() == list(range(3, 9))
    assert gates.openness.shape == (2, 30)
    assert np.isinf(
        read_refuges(moorland, where, exits, moorland.start, 29, np.ones(len(where.ids), int)).capacity
    ).all()
    known = read_refuges(
        with_capacities(moorland, True), where, exits, moorland.start, 29, np.ones(len(where.ids), int)
    )
    assert known.capacity[:, 0].tolist() == known.capacity[:, -1].tolist() == [12000.0, np.inf]
    fought, since, _ = fights(moorland, where, date(2031, 1, 7), 5)
    beta = where.place["beta"]
    assert fought[:, beta].tolist() == [0, 0, 0, 1, 1, 1] and since[beta] == 6


def test_a_forecast_is_told_of_the_days_by_init_alone_and_a_replay_of_all(moorland, tmp_path):
    """What is dated after init moves no bit of a forecast, and moves people in a replay."""
    calm = moorland.known_by(date(2031, 1, 7))
    assert [f.until for f in calm.fighting] == [date(2031, 1, 6), date(2031, 1, 6)]
    how = {"init": "2031-01-02", "days": 9, "members": 20}
    one, other = (forecast(c, **how) for c in (moorland, moorland.known_by(date(2031, 1, 2))))
    assert one["displaced"].values.tobytes() == other["displaced"].values.tobytes()
    replayed = forecast(moorland, control="replay", **how)
    assert (replayed["control"].values[:, 0] == replayed["control"].values[:, -1]).all()
    left = [(m["at_home"].values[:, 0] - m["at_home"].values[:, -1]).mean() for m in (one, replayed)]
    assert left[1] > left[0] > 0


def test_the_given_go_to_camps_and_nobody_is_lost(moorland):
    flow = send_given(moorland, members=30)
    assert flow.camps == ("camp-a", "camp-b") and flow.counted[9].tolist() == [800.0, 100.0]
    total, given = flow.stock.sum(axis=2), np.rint(flow.counted.sum(axis=1))
    assert (total[:, 0] == 100).all() and (
        total[:, -1] == given[-2]
    ).all()  # those of the last day are on the road
    assert (total <= given).all() and (np.diff(total, axis=1) >= 0).all()
    again = send_given(moorland, members=30, runtime=Runtime(threads=1))
    assert again.stock.tobytes() == flow.stock.tobytes()


def test_a_camp_that_is_full_takes_few(moorland):
    small = with_capacities(moorland, True)
    rows = tuple(r.but(capacity=150) if r.place == "camp-a" else r for r in small.refuges)
    full, free = (
        send_given(c, members=30).stock[:, -1, 0].mean() for c in (replace(small, refuges=rows), small)
    )
    assert full < 0.7 * free


def test_the_measure_is_flees():
    truth = np.array([[50.0, 50.0], [0.0, 0.0], [100.0, 0.0]])
    model = np.array([[40.0, 60.0], [9.0, 9.0], [10.0, 10.0]])
    assert error(model, truth) == pytest.approx((0.2 + 1.0) / 2)
    assert error(model, truth, 2) == pytest.approx(1.0)


def test_the_verb_says_it_and_refuses_a_case_without_counts(moorland, cases):
    done = CliRunner().invoke(headlong, ["flight", str(moorland.folder), "--members", "20", "--json"])
    found = json.loads(done.stdout)
    assert found["schema"] == "headlong-flight/1" and [c["counted"] for c in found["camps"]] == [800, 100]
    assert found["scores"][0]["name"] == "Headlong"
    plain = CliRunner().invoke(headlong, ["flight", str(moorland.folder), "--members", "20"])
    assert "Error: sum of differences" in plain.stdout and plain.exit_code == 0
    few = CliRunner().invoke(headlong, ["flight", str(moorland.folder), "--members", "3", "--json"])
    ends = {c[q] for c in json.loads(few.stdout)["camps"] for q in ("p10", "p90")}
    assert ends == {None} and json.loads(few.stdout)["coverage_90"] is None
    assert all(c["p10"] <= c["p50"] <= c["p90"] for c in found["camps"])
    with pytest.raises(BadRequest, match="stock_abroad"):
        camp_counts(cases("chad-2008"), ("douala",))


def with_rooms(case, *rows):
    """The case with other rows of refuges: place and what it says."""
    plain = case.refuges[0].but(opened=None, closed=None, capacity=None, hindsight=None, known_from=None)
    return replace(case, refuges=tuple(plain.but(place=place, **said) for place, said in rows))


def test_capacities_hold_from_their_day_and_those_after_init_are_not_seen(moorland, tmp_path):
    """A capacity dated after init moves no bit of a forecast; a replay follows it by the day."""
    day = [date(2031, 1, d) for d in range(1, 31)]
    rows = (
        ("camp-a", {"capacity": 200}),
        ("camp-b", {}),
        ("camp-a", {"capacity": 900, "capacity_from": day[9]}),
    )
    dated, first = with_rooms(moorland, *rows), with_rooms(moorland, *rows[:2])
    where = read_map(dated)
    exits, _, _ = read_border(dated, where, day[1], 20, None)
    room = read_refuges(dated, where, exits, day[1], 20, np.ones(len(where.ids), int)).capacity
    assert room[0].tolist() == [200.0] * 8 + [900.0] * 13 and np.isinf(room[1]).all()
    how = {"init": "2031-01-02", "days": 20, "members": 20}
    one, other = (forecast(c, **how)["displaced"].values for c in (dated, first))
    assert one.tobytes() == other.tobytes()
    known = with_rooms(moorland, *rows[:2], ("camp-a", rows[2][1] | {"known_from": day[0]}))
    assert forecast(known, **how)["displaced"].values.tobytes() != other.tobytes()
    assert forecast(dated, control="replay", **how)["displaced"].values.tobytes() != other.tobytes()


def test_a_refuge_opens_and_closes_more_than_once(moorland):
    day = [date(2031, 1, d) for d in range(1, 31)]
    case = with_rooms(
        moorland, ("camp-a", {"closed": day[4]}), ("camp-b", {}), ("camp-a", {"opened": day[9]})
    )
    where = read_map(case)
    exits, _, _ = read_border(case, where, day[0], 12, None)
    found = read_refuges(case, where, exits, day[0], 12, np.ones(len(where.ids), int))
    assert np.flatnonzero(~found.open[0]).tolist() == [5, 6, 7, 8] and found.open[1].all()
    assert np.flatnonzero(found.newest[0]).tolist() == [9, 10, 11, 12]


def test_two_capacities_of_one_day_and_a_day_without_one_are_findings(moorland):
    path = moorland.folder / "refuges.csv"
    path.write_text(
        "place,capacity,capacity_from,source,confidence\ncamp-a,5,,s,high\ncamp-a,6,,s,high\n"
        "camp-a,7,2031-01-05,s,high\ncamp-b,,2031-01-05,s,high\n"
    )
    with pytest.raises(CaseError) as caught:
        open_case(moorland.folder)
    told = [(f.row, f.column, f.problem) for f in caught.value.findings]
    assert told == [(3, "capacity", "line 2 gives this refuge a capacity from the same day on"),
                    (5, "capacity_from", "a day without a capacity")]  # fmt: skip
