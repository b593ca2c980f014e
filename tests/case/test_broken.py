"""Broken cases: each slip is a located finding with a remedy, and all are told together."""

import pytest

from headlong.case import check, read
from headlong.errors import CaseError
from headlong.inputs.displaced import ABROAD, STOCKS

# file, text before, text after, the line it is told on, words of the finding
SLIPS = {
    "unknown column": ("places.csv", "alt_names", "alt_nmes", 1, "unknown column. Did you mean 'alt_names'?"),
    "missing required column": (
        "places.csv",
        "lat,lon",
        "lat,breadth",
        1,
        "column 'lon': required column is missing",
    ),
    "column twice": ("roads.csv", "class,note", "class,class", 1, "stands twice"),
    "latitude": ("places.csv", "10.0,20.0", "134.3,20.0", 2, "value '134.3': not between -90 and 90"),
    "bad date": (
        "history.csv",
        "2031-02-25,2031-02-25",
        "25/02/2031,2031-02-25",
        3,
        "not a date. Write it as YEAR",
    ),
    "no such day": ("repulses.csv", "2031-02-03", "2031-02-30", 2, "no such day"),
    "bad stamp": ("reports.csv", "r1,2031-01-10", "r1,10 Jan", 2, "not a date or a date and time"),
    "road to nowhere": (
        "roads.csv",
        "beta,gate",
        "beta,gaet",
        3,
        "unknown place. Add it to places.csv, or correct it. Did you mean 'gate'?",
    ),
    "road to itself": ("roads.csv", "beta,gate", "beta,beta", 3, "a road to itself"),
    "duplicate road": (
        "roads.csv",
        "gate,haven,40,primary",
        "beta,alpha,91,highway",
        4,
        "the same link as line 2",
    ),
    "too short a road": ("roads.csv", "90.5", "9", 2, "as the crow flies"),
    "negative distance": ("roads.csv", "90.5", "-90.5", 2, "not between 0 and 20000"),
    "share over 1": ("patrons.csv", "0.8", "1.8", 2, "not between 0 and 1"),
    "share in words": ("leaders.csv", "0.2", "some", 2, "not a share"),
    "duplicate id": ("reports.csv", "r2,", "r1,", 3, "stands already on line 2"),
    "duplicate place": ("places.csv", "haven,Haven", "gate,Haven", 5, "stands already on line 4"),
    "empty required cell": ("places.csv", "beta,Beta,", "beta,,", 3, "column 'name': must not be empty"),
    "no source": ("roads.csv", "atlas,high", ",high", 2, "column 'source': must not be empty"),
    "huge number": ("places.csv", "900000", "9" * 400, 2, "not a whole number"),
    "large number": ("places.csv", "900000", "900000000000", 2, "not between 0 and 100000000"),
    "nan": ("roads.csv", "90.5", "nan", 2, "not a number"),
    "inf": ("places.csv", "10.5,20.5", "inf,20.5", 3, "not a number"),
    "thousands": ("places.csv", "900000", '"900,000"', 2, "not a whole number"),
    "fraction of a person": ("garrisons.csv", "1000", "1000.5", 2, "not a whole number"),
    "unknown side": ("places.csv", "5000,crown", "5000,clown", 4, "unknown side. Add it to case.toml"),
    "unknown confidence": (
        "roads.csv",
        "atlas,low",
        "atlas,lowish",
        3,
        "not one of high, medium, low. Write one of them. Did you mean 'low'?",
    ),
    "unknown kind": ("places.csv", "town", "twon", 3, "Did you mean 'town'?"),
    "yes or no": ("relations.csv", "hill,yes", "hill,perhaps", 2, "neither yes nor no"),
    "bad id": ("leaders.csv", "smith,Smith", "Sm ith,Smith", 3, "not a short name"),
    "unknown leader": ("garrisons.csv", "Band,smith", "Band,smyth", 3, "unknown leader"),
    "unknown client": ("leaders.csv", "alpha;gate", "alpha;gat", 2, "value 'gat': unknown place"),
    "too many cells": ("roads.csv", "atlas,high", "atlas,high,more", 2, "8 cells, more than the header's 7"),
    "too few cells": ("roads.csv", "atlas,high", "atlas", 2, "6 cells, fewer than the header's 7"),
    "open quote": ("roads.csv", "gate,haven,40", 'gate,haven,"40', 4, "not a CSV line"),
    "a large cell": ("places.csv", "Beta", "B" * 1_000_000, 3, "a cell of 1,000,000 characters"),
    "low over high": ("garrisons.csv", "400,800", "900,800", 2, "smaller than effective_low (900)"),
    "latest before earliest": (
        "history.csv",
        "2031-01-20,2031-01-21",
        "2031-01-22,2031-01-21",
        2,
        "smaller than earl",
    ),
    "event after the report": (
        "reports.csv",
        "2031-01-10,2031-01-09",
        "2031-01-10,2031-01-19",
        2,
        "smaller than event",
    ),
    "change before the start": (
        "history.csv",
        "2031-01-20,2031-01-21",
        "2030-01-20,2030-01-21",
        2,
        "before the start",
    ),
    "no change": ("history.csv", "guild,crown,fight", "crown,crown,fight", 2, "the same side as before"),
    "control character": ("places.csv", "Beta", "Be\x01ta", 3, "holds a control character"),
    "broken toml": ("case.toml", 'title = "Toyland"', "title = Toyland", 2, "not TOML"),
    "unknown toml key": ("case.toml", "title", "titel", 2, "key 'titel': unknown key. Did you mean 'title'?"),
    "bad date in toml": ("case.toml", "2031-03-31", '"soon"', 4, "not a date"),
    "init outside the period": (
        "case.toml",
        "init = 2031-02-01",
        "init = 2032-02-01",
        5,
        "outside the period",
    ),
    "end before the start": ("case.toml", "end = 2031-03-31", "end = 2030-03-31", 4, "before the start"),
    "a start that lost a digit": (
        "case.toml",
        "start = 2031-01-01",
        "start = 0231-01-01",
        3,
        "days before 2031-03-31 (end); a war lasts 20,000 days at most",
    ),
    "unknown role": ("case.toml", '"third"', '"thrid"', 20, "Did you mean 'third'?"),
    "two incumbents": ("case.toml", '"insurgent"', '"incumbent"', 10, "2 sides are incumbent"),
    "unknown friend": (
        "case.toml",
        '"third"',
        '"third"\nfriends = ["crwn"]',
        21,
        "unknown side. Correct it. Did you",
    ),
    "unknown seat": ("case.toml", '"third"', '"third"\nseat = "alpa"', 21, "unknown place"),
    "unknown scenario key": ("scenarios.toml", "amnesty", "amnsty", 7, "Did you mean 'amnesty'?"),
    "amnesty over 1": ("scenarios.toml", "0.5", "5", 7, "not between 0 and 1"),
    "bad support": ("scenarios.toml", "as-on:2031-01-31", "lots", 5, "not a support path"),
    "unknown crossing": ("scenarios.toml", "gate =", "gait =", 8, "unknown place"),
    "policy of a town": (
        "scenarios.toml",
        "gate =",
        "beta =",
        8,
        "unknown crossing. Add it to crossings.csv",
    ),
    "policy of a refuge": ("scenarios.toml", "gate =", "haven =", 8, "value 'haven': unknown crossing"),
    "scenario without a name": ("scenarios.toml", "[calm]", '[""]', 1, "key '\"\"': not a name that what-if"),
    "scenario named as an option": ("scenarios.toml", "[calm]", "[-calm]", 1, "key '-calm': not a name that"),
    "hidden sign in a name": (
        "scenarios.toml",
        "[calm]",
        '["ca\\u0000lm"]',
        1,
        "not a name that what-if can",
    ),
    "unknown policy": ("scenarios.toml", '"closed"', '"shut"', 8, "is not one of closed, visa-only, open"),
    "unknown leader who stays": ("scenarios.toml", '["lord"]', '["lrod"]', 6, "unknown leader"),
    "no judgement line": ("scenarios.toml", 'judgement = "All of it."\n', "", 1, "required key is missing"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_each_is_located(write, small, slip):
    file, old, new, line, words = SLIPS[slip]
    assert old in small[file]
    with pytest.raises(CaseError) as caught:
        read(write({file: small[file].replace(old, new, 1)}))
    told = [str(finding) for finding in caught.value.findings]
    assert any(text.startswith(f"{file}:{line}:") and words in text for text in told), told
    assert len(told) <= 6, "one slip, not many findings"


@pytest.mark.parametrize("init", ["", "init = 2031-02-01"])
def test_a_war_that_goes_on_is_no_longer_than_one_that_ended(write, small, init):
    text = small["case.toml"].replace("end = 2031-03-31\n", "").replace("init = 2031-02-01", init)
    assert check(write({"case.toml": text})) == []
    [found] = check(write({"case.toml": text.replace("start = 2031", "start = 0231")}))
    assert (found.file, found.column, found.value) == ("case.toml", "start", "0231-01-01")
    assert "2031-0" in found.problem and "20,000 days" in found.problem


WHOLE_FILES = {
    "empty file": ("roads.csv", b"", "the file is empty"),
    "empty optional file": ("patrons.csv", b"", "the file is empty"),
    "header only": ("places.csv", "places", "a header and no rows"),
    "missing table": ("roads.csv", None, "the file is missing"),
    "no settings": ("case.toml", None, "the file is missing"),
    "wrong encoding": ("places.csv", "latin", "places.csv:3: value"),
    "utf-16 without a mark": ("roads.csv", "utf-16", "holds NUL bytes"),
    "another sign between cells": (
        "roads.csv",
        "bars",
        "a header of one cell. Put commas, semicolons or tabs",
    ),
    "an ACLED export": (
        "reports.csv",
        b"event_date,sub_event_type,actor1,year\n1,2,3,4\n",
        "headlong import acled",
    ),
    "NUL bytes": ("leaders.csv", b"id,name\nlord\x00,Lord\n", "leaders.csv:2: holds NUL bytes"),
    "a picture": ("places.csv", bytes(range(256)) * 20, "not UTF-8 text"),
}


@pytest.mark.parametrize("kind", WHOLE_FILES)
def test_each_whole_file(write, small, kind):
    file, data, words = WHOLE_FILES[kind]
    data = (
        {
            "places": small["places.csv"].splitlines()[0],
            "latin": small["places.csv"].replace("Beta", "Béta").encode("latin-1"),
            "utf-16": small["roads.csv"].encode("utf-16-le"),
            "bars": small["roads.csv"].replace(",", "|"),
        }.get(data, data)
        if isinstance(data, str)
        else data
    )
    told = [str(finding) for finding in check(write({file: data}))]
    assert any(words in text for text in told), told
    assert len(told) <= 3, "one slip, not many findings"


def test_strangers(write):
    told = [str(f) for f in check(write({"place.csv": "a,b\n", "scenario.toml": "", "readme.md": "fine"}))]
    assert "place.csv: nothing reads a file of this name. Did you mean 'places.csv'?" in told
    assert len(told) == 2


def test_no_folder(tmp_path):
    assert "there is no such folder" in str(check(tmp_path / "nowhere")[0])


ALONE = (
    "crow flies",
    "already",
    "same link",
    "CSV line",
    "TOML",
    "period",
    "incumbent",
    "before the start",
    "20,000 days",
)  # told only where the rest of the rows is right


def test_all_together(write, small):
    """One slip in every line that can hold one: a single error tells them all."""
    broken, expected, lines = dict(small), [], set()
    for file, old, new, line, words in SLIPS.values():
        if line == 1 or "\n" in new or (file, line) in lines or old not in broken[file]:
            continue
        if any(word in words for word in ALONE) or not new:
            continue
        lines.add((file, line))
        broken[file] = broken[file].replace(old, new, 1)
        expected.append((file, line, words))
    broken["place.csv"] = "x\n"
    broken["hinterland.csv"] = b"\xff\xfe"
    with pytest.raises(CaseError) as caught:
        read(write(broken))
    told = [str(finding) for finding in caught.value.findings]
    for file, line, words in expected:
        assert any(text.startswith(f"{file}:{line}:") and words in text for text in told), (file, line, words)
    assert len(expected) >= 20 and len(told) >= len(expected) + 2
    assert str(caught.value).count("\n") == len(told) - 1


def test_a_kind_of_count_that_is_nearly_one_that_is_read_is_a_finding(write, small):
    row = "date,to_place,kind,count,unit,source,confidence\n2031-01-11,beta,{},300,people,test,high\n"
    for kind in (*STOCKS, *ABROAD, "idp_verified", "soldiers", "refugees in all camps (stock)"):
        assert check(write(small | {"displacement.csv": row.format(kind)})) == []
    for kind in ("stock_abrod", "Stock_inside", "idp_stok"):
        [found] = check(write(small | {"displacement.csv": row.format(kind)}))
        assert (found.row, found.value) == (2, kind) and "Did you mean" in str(found)
