"""The track record in short: shipped, the same as its page, and printed beside a forecast."""

import json
import re
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from headlong import __version__
from headlong.errors import BadRequest
from headlong.inference.bank import bank_for
from headlong.verify.hindcasts import hindcast
from headlong.verify.results import track_record as record
from headlong.verify.results.results import of_few
from headlong.verify.results.text_tables import verification_text

PAGE = Path(__file__).parents[2] / record.PAGE


@pytest.fixture(scope="module")
def found():
    return record.record()


def test_it_is_of_this_version_and_of_the_wars_that_were_learned_from(found):
    assert found["version"] == __version__
    assert sorted(found["cases"]) == sorted(bank_for("a-war-of-ones-own").cases)


def test_the_page_says_the_same(found):
    page = PAGE.read_text("utf-8")
    assert f"{found['dates']} " in page
    for lead, row in found["strongest"]["brier"].items():
        line = re.search(rf"^\| Brier score \| {lead} \|.*$", page, re.M).group()
        assert f"| {row['reference']} |" in line and f"{row['won']}/{row['cases']}" in line
        assert f"{row['ours']:.4f}".lstrip("0") in line
    for low, high, n, *_ in found["reliability"]["30"]:
        assert 0 <= low < high <= 1 and f"| {n:,} |" in page


def test_failures_are_said_as_failures(found):
    worse = json.loads(json.dumps(found))
    worse["strongest"]["brier"]["7"]["skill"] = -0.21
    worse["after_bursts"] |= {"foreseen": 90.0, "came": 30.0}
    text = " ".join(record.sentences(worse))
    assert "−0.21 at 7" in text and "90 changes were foreseen for 7 days, 30 came" in text


def test_nothing_is_invented_where_there_is_no_record(monkeypatch, tmp_path):
    monkeypatch.setattr(record, "files", lambda _: tmp_path)
    assert record.record() is None
    assert (files("headlong.verify.results") / "record.json").is_file()


def test_what_is_kept_of_a_verification_is_what_it_says(folder, quick, tmp_path):
    result = hindcast.verify([str(folder)], (7, 30), members=20, folder=tmp_path)
    found = record.brief(json.loads(hindcast.as_json(result)))
    assert record.brief(result) == found  # numbers as keys, or texts
    counts = result["sets"]["weekly"]["counts"]
    assert found["counts"]["7"]["pit"] == pytest.approx(counts["7"]["pit"], abs=1e-4)
    assert sum(found["counts"]["30"]["pit"]) == pytest.approx(1, abs=1e-3)
    assert found["ablations"] == {} and found["strata"] == {}
    war = found["past"]["cases"]["riverland"]
    weekly = {r["init"]: r for r in result["rows"] if r["lead"] == 7 and "weekly" in r["sets"]}
    assert len(war["rows"]) == len(weekly) == 6
    for days, said, came, _, _, chance, fell in war["rows"]:
        init = str(date.fromisoformat(war["first"]) + timedelta(days=days))
        assert said == round(weekly[init]["expected"]["headlong"], 1) and came == round(
            weekly[init]["observed"], 1
        )
        capital = next(r for r in result["capitals"] if r["init"] == init and "weekly" in r["sets"])
        assert chance == round(100 * capital["p"]["headlong"][30])
        assert fell == (None if capital["fell"][30] is None else 0)
    late = war["rows"][-1]
    assert late[3:5] == [None, None] and late[6] is None  # beyond the last day of the case
    text = record.as_text(found)
    assert (
        json.loads(text) == found and sum(line.startswith('"riverland"') for line in text.splitlines()) == 1
    )


def test_too_few_members_have_no_intervals_and_make_no_record(folder, quick, tmp_path):
    result = hindcast.verify([str(folder)], (7, 30), members=9, folder=tmp_path)
    for entry in result["sets"]["weekly"]["counts"].values():
        assert {entry[k] for k in ("inside_50", "inside_90", "meant_50", "meant_90")} == {None}
    of_war = {"case": "riverland", "init": "2031-01-08", "sets": ["weekly"]}
    arrival = {"reported": [5, 6], "said": [1.0, 2.0, 3.0], "log_crps": {"headlong": 0.1, "as-before": 0.2}}
    same = {"headlong": 0.1, "as-at-init": 0.2, "last-rate": 0.3}
    camp = {"lead": 7, "error": same, "error_scaled": same, "log_crps": same, "inside_90": 1.0}
    camp["camps"] = [{"id": "c", "counted": 2.0, "said": [1.0, 2.0, 3.0]}]
    found = of_few(result | {"arrivals": [of_war | arrival], "camps": [of_war | camp]})
    assert found["arrivals"][0]["said"] == found["camps"][0]["camps"][0]["said"] == [None, 2.0, None]
    assert found["camps"][0]["inside_90"] is None
    text = verification_text(found)
    counts = sum(len(of_set["counts"]) for of_set in found["sets"].values())
    assert text.count("too few members for an interval") == counts + 2
    assert "90 % interval " not in text.split("Skill is")[0]
    assert json.loads(hindcast.as_json(found)) and "interval of the time" not in text
    with pytest.raises(BadRequest, match="10 members or more"):
        record.brief(result)


def test_wars_of_a_kind_and_terms_left_out_are_kept_where_they_are_known():
    skills = {"brier": {"against": "x", "skill": -0.12345}, "log": {"against": "x", "skill": 1.0}}
    row = {"expected": 1.23456, "came": 2.0, "inside_90": 0.9, "meant_90": 0.95, "skill": skills}
    kind = {"cases": 3, "inits": 9, "leads": {"7": row}}
    assert record.stratum(kind) == {
        "cases": 3, "dates": 9,
        "7": {"expected": 1.235, "came": 2.0, "inside_90": 0.9, "meant_90": 0.95, "skill": {"brier": -0.123}},
    }  # fmt: skip
    row = {"skill": 0.0312, "skill_90": [0.01, 0.0567], "won": 20, "cases": 36}
    skill = {"7": {"brier": {"ablations": {"without pace": row}}}, "horizon": {"order": {"ablations": {}}}}
    assert record.ablations(skill) == {
        "without pace": {"7": {"skill": 0.031, "interval_90": [0.01, 0.057], "won": 20, "cases": 36}}
    }


def test_the_list_of_past_dates_stands_beside_no_forecast(found):
    assert "past" not in found
    assert set(record.record(whole=True)) - set(found) <= {"past"}
