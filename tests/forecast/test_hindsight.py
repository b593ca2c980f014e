"""No hindsight: what is dated after init changes no bit of a forecast, and no bank has seen its case."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from cut import DATED, copy_case, cut_case, since
from quick import forecast, outlook, what_if
from same import assert_identical, identical

from headlong.case import day_counted, gallery, open_case, read
from headlong.case.gallery import gallery_folder
from headlong.case.sample import sisters
from headlong.case.tables.schema import columns_of, tables
from headlong.inference.bank import bank_for
from headlong.inference.calibration import exposures_of, fingerprint

INITS = (
    ("afghanistan-2021", "2021-08-12"),
    ("afghanistan-2021", "2021-07-10"),
    ("afghanistan-2021", "2021-05-03"),
    ("chad-2008", "2008-02-01"),
    ("chad-2008", "2008-02-12"),
    ("drc-kivu-2012", "2012-07-09"),
    ("drc-kivu-2012", "2012-11-21"),
    ("iraq-2014", "2014-06-12"),
    ("iraq-2014", "2014-08-05"),
    ("libya-2019", "2019-04-06"),
    ("libya-2019", "2019-07-30"),
    ("mali-2012", "2012-04-02"),
    ("mali-2012", "2012-06-10"),
    ("south-vietnam-1975", "1975-03-14"),
    ("south-vietnam-1975", "1975-04-22"),
    ("zaire-1996-97", "1996-11-15"),
    ("zaire-1996-97", "1997-03-31"),
)
"""Each case's own init and others; leaders, seats, patrons and relations change between them."""

LEARNED = tuple(bank_for("atlantis").cases)
"""The wars that the shipped banks were learned from."""

SMALL = {"days": 8, "members": 12}


@pytest.mark.parametrize("name, init", INITS)
@pytest.mark.parametrize("control", ("reports", "history"))
def test_rows_dated_after_init_may_as_well_not_be_there(cases, quick, tmp_path, name, init, control):
    """Every table is cut, and the period ends on the evening of init: the same file, bit for bit."""
    case = cases(name)
    fewer = cut_case(case, case.start.fromisoformat(init), tmp_path / name)
    dropped = sum(len(getattr(case, table)) - len(getattr(fewer, table)) for table in DATED)
    assert dropped > 0
    how = {"init": init, "control": control, **SMALL}
    assert_identical(forecast(case, **how), forecast(fewer, **how))


def test_a_hindcast_before_the_first_change_does_not_look_ahead(cases, quick, tmp_path):
    """With and without the later changes it is the same forecast; an empty table is not refused."""
    case = cases("iraq-2014")
    fewer = cut_case(case, case.start + timedelta(days=2), tmp_path / "iraq-2014")
    assert case.history and not fewer.history
    how = {"init": str(fewer.init), "control": "history", **SMALL}
    assert_identical(forecast(case, **how), forecast(fewer, **how))


@pytest.mark.parametrize(
    "name, init, scenarios",
    (
        ("afghanistan-2021", "2021-07-10", ("support-stays", "bridge-closed")),
        ("chad-2008", "2008-02-01", ()),
        ("iraq-2014", "2014-06-12", ()),
        ("zaire-1996-97", "1996-11-15", ("leaders-stay",)),
    ),
)
def test_without_reports_and_in_what_ifs_as_well(cases, quick, tmp_path, name, init, scenarios):
    case = cases(name)
    fewer = cut_case(case, case.start.fromisoformat(init), tmp_path / name)
    bare = [forecast(one, init=init, control="start", **SMALL) for one in (case, fewer)]
    assert_identical(*bare)
    for scenario in scenarios or case.scenarios:
        assert_identical(*(what_if(one, scenario, init=init, **SMALL) for one in (case, fewer)))


def test_the_summary_without_a_file_does_not_look_ahead(cases, quick, tmp_path):
    case = cases("mali-2012")
    fewer = cut_case(case, case.init, tmp_path / "mali-2012")
    assert outlook(case, **SMALL) == outlook(fewer, init=str(case.init), **SMALL)


def with_the_real_bank(name, init, tmp_path, control):
    case = open_case(name)
    fewer = cut_case(case, case.start.fromisoformat(init), tmp_path / name)
    how = {"init": init, "control": control, "days": 5, "members": 10}
    return forecast(case, **how), forecast(fewer, **how)


@pytest.mark.parametrize("control", ("reports", "history"))
def test_the_same_with_whole_banks(tmp_path, control):
    for name, init in (("chad-2008", "2008-02-03"), ("south-vietnam-1975", "1975-03-20")):
        assert_identical(*with_the_real_bank(name, init, tmp_path, control))


def later(case, table):
    """Rows of a table that are not known by init."""
    known = getattr(case.known_by(case.init), table)
    return len(getattr(case, table)) - len(known)


@pytest.mark.parametrize("name", ("iraq-2014", "drc-kivu-2012"))
def test_another_outcome_is_the_same_forecast(cases, quick, tmp_path, name):
    """Later rows say the contrary: other holders, open crossings, full support, every leader captured."""
    case = cases(name)
    sides = [side.id for side in case.sides]

    def other(table, header, rows):
        for row in rows:
            if since(table, header, row) <= str(case.init):
                continue
            for column in ("to_side", "from_side", "side"):
                if table in ("history", "reports") and column in header:
                    k = header.index(column)
                    row[k] = sides[(sides.index(row[k]) + 1) % len(sides)] if row[k] in sides else row[k]
            for column, value in (("level", "1"), ("verification", "confirmed"), ("policy", "open"),
                                  ("claim", "fell"), ("effective_high", "999999")):  # fmt: skip
                if column in header and row[header.index(column)]:
                    row[header.index(column)] = value
        return rows

    turned = read(copy_case(case.folder, tmp_path / name, other))
    assert later(case, "history") > 0 and later(case, "reports") > 0
    assert [r["to_side"] for r in turned.history] != [r["to_side"] for r in case.history]
    assert turned.hash != case.hash
    for control in ("reports", "history"):
        found = [forecast(one, control=control, **SMALL) for one in (case, turned)]
        assert_identical(*found)


def test_what_is_dated_before_init_does_change_the_forecast(cases, quick):
    """The test above could not fail otherwise: each table that was known matters when it is gone."""
    case = cases("afghanistan-2021")
    whole = forecast(case, **SMALL)
    for table in ("garrisons", "leaders", "patrons", "crossings", "reports", "hinterland"):
        assert getattr(case.known_by(case.init), table)
        assert forecast(replace(case, **{table: ()}), **SMALL).attrs["case_hash"] != whole.attrs["case_hash"]
    for table in ("garrisons", "leaders", "reports", "hinterland"):
        gone = forecast(replace(case, **{table: ()}), **SMALL)
        same = [gone[n].values.tobytes() == whole[n].values.tobytes() for n in ("control", "soldiers")]
        assert not all(same) or gone.sizes["leader"] != whole.sizes["leader"]
    known = forecast(case, control="history", **SMALL)
    assert known.attrs["control_from"] != whole.attrs["control_from"]
    changed = [r for r in case.history if day_counted(r) > case.init - timedelta(days=4)]
    fewer = replace(case, history=tuple(r for r in case.history if r not in changed))
    assert not identical(known, forecast(fewer, control="history", **SMALL))


def test_history_is_for_verification_only(cases, quick):
    """Without --known-control a forecast reads no history and no repulses at all."""
    for name in ("afghanistan-2021", "mali-2012"):
        case = cases(name)
        bare = replace(case, history=(), repulses=())
        assert_identical(forecast(case, **SMALL), forecast(bare, **SMALL))


def test_counts_of_the_displaced_move_people_and_no_control(cases, quick):
    """Only counts published by init count, and they change who is where, not who holds what."""
    case = cases("afghanistan-2021")
    known = tuple(r for r in case.displacement if r["date"] <= case.init)
    assert 0 < len(known) < len(case.displacement)
    whole, cut, bare = (
        forecast(replace(case, displacement=rows), **SMALL) for rows in (case.displacement, known, ())
    )
    assert_identical(whole, cut)
    assert whole["displaced"].values.tobytes() != bare["displaced"].values.tobytes()
    for name in ("control", "way", "leader_status", "soldiers"):
        assert whole[name].values.tobytes() == bare[name].values.tobytes(), name


def test_no_war_is_forecast_from_a_bank_that_has_seen_it_or_its_map():
    for name in gallery():
        seen = set(bank_for(name).cases)
        assert seen and not seen & {name, *sisters(name)}, name


@pytest.mark.parametrize("name", LEARNED)
def test_no_bundled_case_is_forecast_from_a_bank_that_has_seen_it(cases, name, tmp_path, quick):
    others = set(LEARNED) - {name, *sisters(name)}
    assert set(bank_for(name).cases) == others
    folder = copy_case(gallery_folder() / name, tmp_path / "elsewhere", lambda table, header, rows: rows)
    opened = open_case(folder)
    if name in ("chad-2008", "iraq-2014", "libya-2019", "south-vietnam-1975"):
        made = forecast(opened, days=1, members=1)
        assert (
            name not in made.attrs["calibrated_on"]
            and made.attrs["calibrated_on"].count(",") == len(others) - 1
        )
    assert opened.id == name and set(bank_for(opened.id).cases) == others


def test_a_new_case_is_forecast_from_all_that_were_learned_from(cases, quick):
    made = forecast(replace(cases("chad-2008"), id="chad-2009"), days=1, members=1)
    assert all(name in made.attrs["calibrated_on"] for name in LEARNED)


@pytest.mark.parametrize("name", LEARNED)
def test_banks_are_of_the_cases_as_they_are(cases, name):
    """A bank made before a history was corrected is stale: make it again with scripts/make_bank.py."""
    seen = fingerprint(exposures_of(cases(name)))
    for other in (*LEARNED, "atlantis"):
        assert bank_for(other).cases.get(name, seen) == seen


def test_every_table_is_dated_or_stands_still():
    """A new table has to be dated here, or the tests above would not cut it."""
    assert set(DATED) | {"places", "roads", "home"} == set(tables())
    assert all(column in columns_of(table) for table, column in DATED.items())


def test_banks_differ_by_what_they_have_seen():
    families = {(name, *sisters(name)) for name in LEARNED} | {("atlantis",)}
    means = np.array([bank_for(names[0]).draws.mean for names in {tuple(sorted(f)) for f in families}])
    assert len(np.unique(means.round(6), axis=0)) == len(means)
    assert all(bank_for(name).draws.ess > 100 for name in LEARNED)
