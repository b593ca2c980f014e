"""Hindcasts from end to end: the ordinary path bit for bit, resumed, on a case nobody has seen."""

import json
from datetime import date, timedelta

import numpy as np
import pytest

from headlong.case import open_case
from headlong.cli import headlong
from headlong.cli.edge import run
from headlong.errors import BadRequest
from headlong.forecast.ensemble import prepare
from headlong.forecast.request import Request, as_known
from headlong.forecast.settings import Runtime, Settings
from headlong.inference.bank import bank_for, load_bank, save_bank
from headlong.inference.likelihood import likelihood
from headlong.inference.parameter_vector import NAMES as NAMES_OF_PARAMETERS
from headlong.inference.parameter_vector import PARS
from headlong.verify.hindcasts import hindcast, runs
from headlong.verify.hindcasts.ablations import TERMS, ablated
from headlong.verify.hindcasts.request import VerifyRequest, dates_of
from headlong.verify.references.forecasters import NAMES, look_at, predict
from headlong.verify.scores.predictive import of_members
from headlong.verify.scores.scorecard import MARK, OURS, make_card
from headlong.verify.scores.scores import brier, count_crps, observed_count
from headlong.verify.scores.truth import read_history, truth_after

LEADS = (3, 7)
FEW = Settings(least_ess=1.0)


@pytest.mark.parametrize(
    "name, days", [("south-vietnam-1975", (7, 21)), ("chad-2008", (4,)), ("afghanistan-2021", (63,))]
)
def test_the_shared_pass_changes_no_bit(name, days, quick):
    case = open_case(name)
    evidence = runs.so_far(case, (case.end - case.start).days)[3]
    shared = runs.FilterPass(quick(name), evidence, settings=FEW)
    for day in days:
        when = case.start + timedelta(days=day)
        asked = {"init": when, "days": 10, "members": 30, "seed": 5, "control": "history", "settings": FEW}
        request = Request(case=case, **asked)
        mine, theirs = runs.ensemble_at(request, shared), prepare(request, Runtime())
        assert np.array_equal(mine.posterior.draws.weight, theirs.posterior.draws.weight)
        assert mine.control_from == theirs.control_from
        for a, b in zip(runs.run_hindcast(mine, (3, 7)), runs.run_hindcast(theirs, (3, 7)), strict=True):
            assert np.array_equal(a, b)


def test_a_folder_nobody_has_seen(folder, quick, tmp_path):
    result = hindcast.verify([str(folder)], LEADS, members=20, folder=tmp_path)
    json.dumps(result, allow_nan=False)
    assert result["schema"] == "headlong-verify/1"
    weekly, own = result["sets"]["weekly"], result["sets"]["own"]
    assert weekly["inits"] == 7 and own["inits"] == 1
    rows = [r for r in result["rows"] if r["lead"] == 7]
    assert all(set(r["brier"]) == {OURS, *NAMES} for r in rows)
    assert [r["init"] for r in rows if "own" in r["sets"]] == ["2031-01-12"]
    assert rows[0]["n"] == 4  # five may be taken; of one the day is not known
    notes = " ".join(result["cases"][0]["assumed"])
    for word in ("leaders.csv", "patrons.csv", "hinterland.csv", "seat", "beta"):
        assert word in notes
    entry = weekly["skill"]["7"]["brier"]["against"]["persistence"]
    assert entry["cases"] == 1 and entry["skill_se"] is None


def test_a_reference_verified_as_a_forecast_scores_as_in_the_table(folder, quick, tmp_path):
    asked = VerifyRequest(LEADS, 20, 1, None, tmp_path, settings=FEW)
    case = open_case(str(folder))
    history = read_history(case)
    lessons = hindcast.lessons_for(case, {}, asked)
    card = hindcast.hindcast(history, [14], asked, lessons, lambda done: None)[0]
    truth = truth_after(history, 14, 7)
    known = as_known(case, case.start + timedelta(days=14), "history")
    said = hindcast.references(history, known, 14, truth.scored, asked, lessons)
    for name in NAMES:
        as_ours = make_card(history, truth, 14, LEADS, {**said, OURS: said[name]})
        for score in ("brier", "log", "count_crps"):
            assert as_ours["leads"][7][score][OURS] == card["leads"][7][score][name]
        assert as_ours["horizon"]["date_crps"][OURS] == card["horizon"]["date_crps"][name]
    scene = look_at(history, known, 14, 7, truth.scored)
    alone = predict("constant", scene, lessons, np.empty((0, 7, 6)))
    assert card["leads"][3]["brier"]["constant"] == brier(alone.chance[3], truth.fell[3]).mean()


def test_ours_in_the_table_is_the_ordinary_forecast(folder, quick, tmp_path):
    result = hindcast.verify([str(folder)], LEADS, members=40, folder=tmp_path)
    case = open_case(str(folder))
    row = next(r for r in result["rows"] if r["init"] == "2031-01-15" and r["lead"] == 7)
    asked = {"init": "2031-01-15", "days": 7, "members": 40, "control": "history", "settings": FEW}
    day = runs.run_hindcast(prepare(Request(case=case, **asked), Runtime()), LEADS).day
    truth = truth_after(read_history(case), 14, 7)
    said = of_members(day[:, truth.scored], 7)
    assert row["brier"][OURS] == pytest.approx(brier(said.chance[7], truth.fell[7]).mean())
    assert row["count_crps"][OURS] == pytest.approx(count_crps(said.number[7], observed_count(truth)[7]))


def test_stopped_and_resumed(folder, quick, tmp_path, monkeypatch):
    made, real = [], runs.ensemble_at

    def count(case, day, *rest):
        if len(made) == 3:
            raise KeyboardInterrupt
        made.append(day)
        return real(case, day, *rest)

    monkeypatch.setattr(hindcast, "ensemble_at", count)
    with pytest.raises(KeyboardInterrupt):
        hindcast.verify([str(folder)], LEADS, members=20, folder=tmp_path)
    assert len(list(tmp_path.glob("*.npz"))) == 3
    first, made[:] = list(made), []
    monkeypatch.setattr(hindcast, "ensemble_at", lambda *a: made.append(a[0].init) or real(*a))
    resumed = hindcast.verify([str(folder)], LEADS, members=20, folder=tmp_path)
    assert not set(first) & set(made) and len(made) == 5
    again_whole = hindcast.verify([str(folder)], LEADS, members=20, folder=tmp_path / "other")
    assert again_whole == resumed
    assert len(made) == 13


def test_a_broken_file_is_made_again(folder, quick, tmp_path):
    one = hindcast.verify([str(folder)], LEADS, [date(2031, 1, 15)], members=20, folder=tmp_path)
    for path in tmp_path.glob("*.npz"):
        path.write_bytes(b"PK broken")
    assert hindcast.verify([str(folder)], LEADS, [date(2031, 1, 15)], members=20, folder=tmp_path) == one


def test_a_folder_that_cannot_be_written_is_no_fault(folder, quick, tmp_path):
    (tmp_path / "file").touch()
    hindcast.verify([str(folder)], LEADS, [date(2031, 1, 15)], members=10, folder=tmp_path / "file" / "x")


def test_dates_are_fixed_by_a_rule(riverland):
    assert dates_of(riverland, None) == {
        "weekly": [7, 14, 21, 28, 35, 42, 49],
        "own": [11],
        "statements": [],
    }
    chosen = [date(2031, 1, 20), date(2030, 1, 1), date(2031, 2, 20)]
    assert dates_of(riverland, chosen) == {"chosen": [19]}
    with pytest.raises(BadRequest, match="within riverland"):
        dates_of(riverland, chosen[1:])


def test_leads_must_make_sense(folder):
    for leads in ((), (0, 3), (3, 400)):
        with pytest.raises(BadRequest, match="leads"):
            hindcast.verify([str(folder)], leads)


def test_parameters_never_saw_the_case(quick, monkeypatch, folder, tmp_path):
    asked = VerifyRequest((7,), 20, 1, None, tmp_path)
    for name in ("chad-2008", "south-vietnam-1975"):
        assert name not in bank_for(name).cases
        history = read_history(open_case(name))
        assert name not in hindcast.lessons_for(history.case, {}, asked).cases
    seen = quick("riverland")
    seen = seen._replace(wars={"riverland": "x"}, used=("riverland",), told=seen.told[:, :1])
    monkeypatch.setattr(hindcast, "bank_for", lambda case: seen)
    with pytest.raises(BadRequest, match="calibrated on it"):
        hindcast.verify([str(folder)], LEADS, members=10, folder=tmp_path)


def test_the_verb_prints_and_writes(folder, quick, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(hindcast, "folder_of", lambda kind: tmp_path / kind)
    call = ["verify", str(folder), "--leads", "3,7", "--members", "15"]
    assert run(headlong, [*call, "--out", str(tmp_path / "r.json")]) == 0
    said = capsys.readouterr()
    assert said.err == "" and "riverland, assumed:" in said.out and "momentum-core" in said.out
    written = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert run(headlong, [*call, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == written


def test_the_verb_takes_a_bank(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(hindcast, "folder_of", lambda kind: tmp_path / kind)
    few = bank_for("")._replace(theta=bank_for("").theta[:400], base=bank_for("").base[:400])
    few = few._replace(told=bank_for("").told[:400])
    save_bank(few, tmp_path / "few.npz")
    call = ["verify", str(folder), "--leads", "7", "--members", "40", "--json"]
    assert run(headlong, [*call, "--bank", str(tmp_path / "few.npz")]) == 0
    with_bank = json.loads(capsys.readouterr().out)
    plain = hindcast.verify(
        [str(folder)], [7], members=40, folder=tmp_path, bank=load_bank(tmp_path / "few.npz")
    )
    assert with_bank == json.loads(hindcast.as_json(plain))
    assert run(headlong, call) == 0
    assert json.loads(capsys.readouterr().out)["rows"] != with_bank["rows"]


@pytest.mark.parametrize(
    "words, message",
    [
        (["--leads", "3;7"], "Write 3,7,14,30"),
        (["--leads", "0"], "not whole numbers from 1"),
        (["--inits", "soon"], "or weekly"),
        (["--bank", "no.npz"], "no bank of parameters at no.npz"),
        (["--inits", "1999-01-01"], "none of the dates is within riverland: 2031-01-01 to 2031-02-19"),
    ],
)
def test_the_verb_says_what_is_wrong(folder, words, message, capsys):
    assert run(headlong, ["verify", str(folder), *words]) == 2
    said = capsys.readouterr()
    assert message in said.err and "Traceback" not in said.err and not said.out


def test_the_package_is_the_verb(folder, quick, tmp_path):
    import headlong.verify

    one = headlong.verify([str(folder)], LEADS, [date(2031, 1, 15)], members=10, folder=tmp_path)
    assert one.attrs["schema"] == "headlong-verify/1" and callable(headlong.verify)
    assert one.sizes == {"hindcast": 1, "lead": len(LEADS), "forecaster": one.sizes["forecaster"]}
    plain = hindcast.verify([str(folder)], LEADS, [date(2031, 1, 15)], members=10, folder=tmp_path)
    row = next(row for row in plain["rows"] if row["lead"] == LEADS[-1])
    ours = one.sel(lead=LEADS[-1], forecaster=OURS).isel(hindcast=0)
    for score in ("brier", "log", "count_crps"):
        assert float(ours[score]) == row[score][OURS]
    assert str(ours["init"].values)[:10] == "2031-01-15" and float(ours["n"]) == row["n"]
    assert one["date_crps"].dims == ("hindcast", "forecaster")


def test_ablations_stand_apart_from_references(folder, quick, tmp_path):
    plain = hindcast.verify([str(folder)], LEADS, members=20, folder=tmp_path)
    result = hindcast.verify([str(folder)], LEADS, members=20, folder=tmp_path, ablate=True)
    entry = result["sets"]["weekly"]["skill"]["7"]["brier"]
    assert set(entry["ablations"]) == {MARK + term for term in TERMS}
    assert set(entry["against"]) == set(NAMES)
    for key in ("ours", "strongest", "against"):
        assert entry[key] == plain["sets"]["weekly"]["skill"]["7"]["brier"][key]
    scores = {name: row["score"] for name, row in entry["ablations"].items()}
    assert len({entry["ours"], *scores.values()}) >= len(TERMS)  # nobody is at home in the invented case


def test_an_ablation_takes_one_term_and_nothing_else():
    bank = bank_for("chad-2008")
    for term in TERMS:
        found = ablated(bank, term)
        k = NAMES_OF_PARAMETERS.index(term)
        assert (abs(found.theta[:, k] - PARS[k].neutral) <= 1e-5).all()
        assert np.array_equal(np.delete(found.theta, k, 1), np.delete(bank.theta, k, 1))
        assert np.array_equal(found.draws.weight, bank.draws.weight)


@pytest.mark.parametrize("term", TERMS)
def test_a_term_taken_away_is_the_limit_of_a_small_one(term):
    case, bank = open_case("chad-2008"), bank_for("chad-2008")
    evidence = runs.so_far(case, 14)[3]
    small = bank.theta[:20].copy()
    k = NAMES_OF_PARAMETERS.index(term)
    small[:, k] = 1e-3
    gone = ablated(bank, term).theta[:20]
    assert np.allclose(likelihood(gone, evidence), likelihood(small, evidence), atol=0.05)


def test_cards_are_kept_and_read_again(folder, quick, tmp_path, monkeypatch):
    first = hindcast.verify([str(folder)], LEADS, members=20, folder=tmp_path)
    made, real = [], hindcast.hindcast
    monkeypatch.setattr(hindcast, "hindcast", lambda *a: made.append(a) or real(*a))
    assert hindcast.verify([str(folder)], LEADS, members=20, folder=tmp_path) == first and not made
    assert json.dumps(first) == json.dumps(
        hindcast.verify([str(folder)], LEADS, members=20, folder=tmp_path / "b")
    )
    for how in ({"members": 21}, {"members": 20, "seed": 2}, {"members": 20, "leads": (3,)}):
        asked = {"leads": LEADS} | how
        hindcast.verify([str(folder)], folder=tmp_path, **asked)
    assert len(made) == 4
    (kept,) = (tmp_path / "b").glob("cards-*.npz")
    kept.write_bytes(b"PK broken")
    assert (
        hindcast.verify([str(folder)], LEADS, members=20, folder=tmp_path / "b") == first and len(made) == 5
    )
