"""A file says how it was made: it is run again from itself alone, whatever was asked for, to the last bit."""

import json
import shutil
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from click.testing import CliRunner
from cut import copy_case
from quick import QUICK, thin
from same import assert_identical_but_text

import headlong as hl
from headlong.case import read
from headlong.case.gallery import gallery_folder
from headlong.cli import headlong
from headlong.errors import BadRequest
from headlong.forecast import api
from headlong.forecast.request import Request
from headlong.forecast.rerun import differences, rerun
from headlong.forecast.results.request_in_file import request_of
from headlong.forecast.settings import Runtime
from headlong.inference.bank import bank_for, save_bank
from headlong.reports.report_file import as_text, from_texts, read_added

CASE, INIT, SCENARIO = "chad-2008", "2008-02-03", "leaders-stay"
REPORTS = (
    "id,published_at,place,claim,side,source_class,verification,source,confidence,x_mine\n"
    "x1,2008-02-02T20:30,massakory,fell,{side},agency,unverified,made up,low,kept\n"
    "x2,2008-02-09,massakory,fell,{side},agency,confirmed,made up,low,\n"
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Files that a user may give: reports, and a bank of parameters."""
    folder = tmp_path_factory.mktemp("asked")
    case = hl.open_case(CASE)
    side = next(s.id for s in case.sides if s.role == "insurgent")
    place = next(p["id"] for p in case.places if p["kind"] != "refuge")
    (folder / "mine.csv").write_text(REPORTS.format(side=side).replace("massakory", place), encoding="utf-8")
    bank = thin(bank_for(CASE), 30)
    save_bank(bank, folder / "bank.npz")
    return folder


COMBINATIONS = [
    (control, reports, bank, verb)
    for control, reports, bank, verb in product(
        ("reports", "history", "start"), (False, True), (False, True), ("forecast", "scenario", "what-if")
    )
    if not (control == "start" and reports)
]
COMBINATIONS += [
    ("replay", *both, verb) for *both, verb in product((False, True), (False, True), ("forecast", "what-if"))
]
COMBINATIONS += [("replay", False, False, "scenario")]
COMBINATIONS += [(control, False, False, "acting") for control in ("reports", "history", "start", "replay")]
"""A scenario is a forecast under it; `acting` is the baseline of a what-if by itself."""


@pytest.mark.parametrize("control, reports, bank, verb", COMBINATIONS)
def test_from_the_file_alone(asked, tmp_path, control, reports, bank, verb):
    given = shutil.copytree(asked, tmp_path / "given")
    how = {"init": INIT, "days": 4, "members": 7, "seed": 5, "control": control, "settings": QUICK}
    how |= {"reports": given / "mine.csv"} if reports else {}
    how |= {"bank": given / "bank.npz"} if bank else {}
    if verb == "what-if":
        first = hl.what_if(CASE, SCENARIO, **how)
    elif verb == "acting":
        first = api.run(Request(case=CASE, acting=True, **how), Runtime())
        assert first.attrs["acting"] == 1
    else:
        first = hl.forecast(CASE, scenario=SCENARIO if verb == "scenario" else None, **how)
    hl.save(first, tmp_path / "one.nc")
    shutil.rmtree(given)
    found = hl.load(tmp_path / "one.nc")
    again = rerun(found)
    assert_identical_but_text(first, again)
    assert not differences(found, again)
    assert ("added_report" in found) == reports and ("bank_theta" in found) == bank
    if reports:  # what was published after init is not in the file
        assert found.sizes["added"] == 1


def test_settings_of_every_kind_come_back():
    request = Request(case=CASE, init=INIT, days=9, members=3, seed=2**32 - 1, control="history", acting=True,
                      settings=replace(QUICK, least_ess=2.5, particles=33, pilot=11))  # fmt: skip
    back = Request.from_attrs(json.loads(json.dumps(request.to_attrs())), CASE)
    assert back.to_attrs() == request.to_attrs()
    assert (back.settings, back.acting, back.control) == (request.settings, True, "history")


def test_rows_of_reports_come_back_as_they_were(asked):
    rows = read_added(hl.open_case(CASE), asked / "mine.csv").rows
    assert from_texts([as_text(row) for row in rows]) == rows
    bundled = hl.open_case("afghanistan-2021").reports
    assert from_texts([as_text(row) for row in bundled]) == bundled


def small(**how):
    return api.forecast(CASE, init=INIT, days=2, members=3, settings=QUICK, **how)


def test_a_case_that_has_changed_is_refused(tmp_path):
    def change(table, header, rows):
        if table == "roads":
            rows[0][header.index("distance_km")] = "999"
        return rows

    first = small()
    other = read(copy_case(gallery_folder() / CASE, tmp_path / "other", change))
    with pytest.raises(BadRequest, match="case as it was known by init is no longer what"):
        request_of(first, other)
    same = copy_case(gallery_folder() / CASE, tmp_path / "same", lambda table, header, rows: rows)
    assert not differences(first, rerun(first, str(same)))
    with pytest.raises(BadRequest, match="the forecast is of chad-2008, not of mali-2012"):
        request_of(first, "mali-2012")


def test_a_bank_that_has_changed_is_refused(monkeypatch):
    from headlong.forecast import request

    first = small()
    monkeypatch.setattr(request, "bank_for", lambda case: thin(bank_for(case)))
    with pytest.raises(BadRequest, match="bank of parameters is no longer what"):
        request_of(first)


def test_files_that_do_not_say_how_they_were_made_are_refused():
    first = small()
    with pytest.raises(BadRequest, match="older than this version"):
        request_of(first.assign_attrs({"control": None}).drop_attrs())
    with pytest.raises(BadRequest, match="does not say how it was made"):
        request_of(first.assign_attrs(settings="{}{"))
    with pytest.raises(BadRequest, match="control is 'magic'"):
        request_of(first.assign_attrs(control="magic"))


def test_what_is_wrong_with_a_request_is_said_all_at_once(tmp_path):
    with pytest.raises(BadRequest) as found:
        Request(case="chad-2009", days=0, members=-1, seed=2**32, bank=tmp_path / "none.npz")
    lines = str(found.value).splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["days", "members", "seed"] and len(lines) == 5
    assert "no bank of parameters" in lines[3] and "Did you mean 'chad-2008'" in lines[4]
    with pytest.raises(BadRequest) as found:
        Request(
            case=CASE, init="1999-01-01", scenario="none-such", control="start", reports=tmp_path / "x.csv"
        )
    assert "outside" in str(found.value) and "no scenario" in str(found.value) and "x.csv" in str(found.value)


def test_the_verb(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    hl.save(small(control="start"), "one.nc")
    done = CliRunner().invoke(headlong, ["rerun", "one.nc", "--out", "two.nc"], catch_exceptions=False)
    assert done.exit_code == 0 and "The same bits, all" in done.output and "Wrote two.nc." in done.output
    assert not differences(hl.load("one.nc"), hl.load("two.nc"))
    broken = hl.load("one.nc")
    broken["control"].values[0, 1, 0] ^= 1
    hl.save(broken, "broken.nc")
    done = CliRunner().invoke(headlong, ["rerun", "broken.nc"])
    assert isinstance(done.exception, BadRequest) and "not the same: control" in str(done.exception)


def test_differences_are_named():
    first = small()
    other = first.copy(deep=True).assign_attrs(seed=9)
    other["way"].values[0, 0, 0] = 3
    other = other.drop_vars("arms").assign(extra=("member", np.zeros(3)))
    assert differences(first, other) == ["arms", "extra", "way", "attribute seed"]


def test_a_case_of_ones_own_is_asked_for(tmp_path):
    own = shutil.copytree(gallery_folder() / CASE, tmp_path / "my-war")
    head = (own / "case.toml").read_text("utf-8")
    (own / "case.toml").write_text(head.replace(f'id = "{CASE}"', 'id = "my-war"'), "utf-8")
    first = hl.forecast(own, days=3, members=4, seed=5, control="start", settings=QUICK)
    hl.save(first, tmp_path / "one.nc")
    found = hl.load(tmp_path / "one.nc")
    with pytest.raises(BadRequest, match="--case FOLDER"):
        rerun(found)
    assert_identical_but_text(first, rerun(found, own))
