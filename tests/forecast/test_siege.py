"""A besieged town: the attacker has taken it, the army denies, the army says two days later that it has gone."""

from dataclasses import replace
from datetime import date

import pytest

from headlong.case import Case
from headlong.case.rows import Row, Side
from headlong.forecast.nowcast import nowcast_summary as nowcast

START = date(2025, 9, 15)
PLACES = (
    ("el-fasher", "provincial_capital", 13.63, 25.35, "army"), ("nyala", "provincial_capital", 12.05, 24.88, "rsf"),
    ("el-geneina", "provincial_capital", 13.45, 22.45, "rsf"), ("zalingei", "provincial_capital", 12.91, 23.47, "rsf"),
    ("kutum", "town", 14.2, 24.66, "rsf"), ("mellit", "town", 14.13, 25.55, "rsf"),
    ("el-obeid", "provincial_capital", 13.18, 30.22, "army"), ("bara", "town", 13.7, 30.37, "army"),
    ("khartoum", "capital", 15.5, 32.56, "army"), ("port-sudan", "port", 19.6, 37.2, "army"),
)  # fmt: skip


def place(name, kind, lat, lon, holder):
    row = {"id": name, "name": name.title(), "alt_names": (), "kind": kind, "region": None, "country": None, "lat": lat,
           "lon": lon, "population": None, "held_by": holder, "airfield": None, "holdout": None, "note": None,
           "source": "made up for tests", "confidence": "low"}  # fmt: skip
    return Row(row, 1)


def says(name, day, claim, side, interest, **other):
    day = date(2025, 10, day)
    row = {"id": name, "published_at": day, "event_date": day, "place": "el-fasher", "claim": claim, "side": side,
           "leader": None, "count": None, "polarity": "asserted", "source_class": "belligerent",
           "verification": "attributed", "interest": interest, "origin": name, "outlet": None, "url": None,
           "words": None, "note": None, "source": "made up for tests", "confidence": "low"}  # fmt: skip
    return Row({**row, **other}, 1)


SIEGE = [says("besieged", 1, "besieged", "rsf", "none", source_class="agency")]
WEEKS = [
    says(f"{word}-{day}", day, claim, side, "own_success")
    for day in (18, 21, 24)
    for word, claim, side in (("in", "entered", "rsf"), ("out", "repulsed", "rsf"), ("held", "held", "army"))
]
TAKEN = says("taken", 26, "fell", "rsf", "own_success")
DENIED = says("denied", 26, "fell", "rsf", "own_success", polarity="denied")
STILL = says("still", 27, "held", "army", "own_success")
GONE = says("gone", 28, "withdrew", "army", "own_failure")


def town(rows, day):
    sides = (
        Side("army", "Army", "incumbent", (), None, None),
        Side("rsf", "RSF", "insurgent", (), None, None),
    )
    places = tuple(place(*p) for p in PLACES)
    case = Case(
        "besieged-town", "A besieged town", START, date(2025, 12, 31), date(2025, 10, 28), sides, places, ()
    )
    said = nowcast(replace(case, reports=tuple(rows)), init=date(2025, 10, day), members=300)
    return (
        next(p for p in said["places"] if p["id"] == "el-fasher"),
        {r["id"]: r for r in said["reports"]},
        said,
    )


@pytest.mark.parametrize("before", ([], SIEGE, WEEKS), ids=("nothing", "a siege", "weeks of claims"))
@pytest.mark.parametrize("denials", ([DENIED], [DENIED, STILL]), ids=("denied", "denied twice"))
def test_after_the_admission_the_attacker_holds_it(before, denials):
    found, reports, _ = town([*before, TAKEN, *denials, GONE], 28)
    assert found["holder"] == "rsf" and found["p"] >= 0.95 and not found["contested"]
    assert {"taken", "gone"} <= set(found["rests_on"]) and set(found["contradicted_by"]) >= {"denied"}
    assert reports["gone"]["weight"] > 0.95 and reports["taken"]["weight"] > 0.9 > reports["denied"]["weight"]
    assert reports["gone"]["before"] > reports["gone"]["after"] + 0.1  # its side, the army, goes


@pytest.mark.parametrize("before", ([], WEEKS), ids=("nothing", "weeks of claims"))
def test_before_it_the_town_is_contested_and_never_sure(before):
    found, reports, said = town([*before, TAKEN, DENIED, STILL], 27)
    assert found["contested"] and found["p"] < 0.95 and found["unanswered"]
    assert "contested" in said["sentence"]
    assert set(found["settled_by"]) == {"army", "rsf"}
    assert found["settled_by"]["rsf"]["admission"] >= 0.95 > found["held_by"]["rsf"]
    assert 0.1 < reports["taken"]["weight"] < 0.9


def test_the_admission_alone_nearly_settles_it():
    found, _, _ = town([GONE], 28)
    assert found["holder"] == "rsf" and found["p"] > 0.8
