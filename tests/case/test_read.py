"""A right case is read with its types, and can be asked what was known when."""

import csv
import pickle
from datetime import date, datetime

import pytest

from headlong.case import check, read
from headlong.case.case import KNOWN_SINCE
from headlong.case.tables.schema import columns_of, schema, tables
from headlong.errors import BadRequest


def test_types(write):
    case = read(write())
    alpha, beta = case.places[:2]
    assert (alpha.lat, alpha.population, alpha.airfield, alpha.alt_names) == (
        10.0,
        900000,
        True,
        ("Alfa", "Alef"),
    )
    assert (beta.population, beta.airfield, beta.held_by) == (None, None, "guild")
    assert case.roads[0]["from"] == case.roads[0].from_ == "alpha"
    assert case.roads[1].class_ == "track"
    assert case.reports[1].published_at == datetime(2031, 2, 20, 18, 30)
    assert case.garrisons[1].nominal is None and case.leaders[0].clients == ("alpha", "gate")
    assert case.scenarios["calm"].support == date(2031, 1, 31)
    assert (
        case.scenarios["calm"].leaders_stay == ("lord",)
        and case.scenarios["calm"].crossings["gate"] == "closed"
    )


def test_rows_are_read_only_and_plain(write):
    row = read(write()).places[0]
    with pytest.raises(AttributeError, match="read-only"):
        row.lat = 3.0
    with pytest.raises(AttributeError, match="has no 'latt'"):
        _ = row.latt
    assert pickle.loads(pickle.dumps(row)) == row and len({row, row.but()}) == 1 and row.line == 2
    assert "alpha" in repr(row) and len(row) == len(columns_of("places"))


def test_optional_tables_may_be_missing(write, small):
    optional = set(small) - {"case.toml", "places.csv", "roads.csv"}
    case = read(write(dict.fromkeys(optional)))
    assert case.reports == () and dict(case.scenarios) == {}


@pytest.mark.parametrize("change", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n")])
def test_marks_and_line_ends_of_other_systems(write, small, change):
    plain = read(write())
    other = read(write({name: change(text) for name, text in small.items()}, name="other"))
    assert other.hash == plain.hash and other.places[1].line == 3


def test_comments_blank_lines_and_lines_in_cells(write, small):
    text = small["roads.csv"].replace(
        "alpha,beta,90.5,highway,,", '# a remark\n\nalpha,beta,90.5,highway,"two\nlines",'
    )
    case = read(write({"roads.csv": text}))
    assert [road.line for road in case.roads] == [4, 6, 7]


def test_init_defaults_to_the_start(write, small):
    case = read(write({"case.toml": small["case.toml"].replace("init = 2031-02-01\n", "")}))
    assert case.init == case.start


def test_seats(write, small):
    case = read(write())
    assert (case.seat_of("crown"), case.seat_of("guild"), case.seat_of("hill")) == ("alpha", "beta", None)
    assert case.known_by(date(2031, 1, 1)).seat_of("guild") is None
    said = small["case.toml"].replace('role = "incumbent"', 'role = "incumbent"\nseat = ""')
    assert read(write({"case.toml": said})).seat_of("crown") is None
    with pytest.raises(BadRequest, match="Did you mean 'crown'"):
        case.seat_of("crwn")


def test_who_presses_whom(write, small):
    case = read(write())
    roles = {("crown", "guild"), ("guild", "crown"), ("hill", "crown"), ("hill", "guild")}
    assert case.presses(date(2031, 1, 1)) == roles
    assert case.presses(date(2031, 2, 1)) == roles | {("guild", "hill")}
    friends = small["case.toml"].replace('role = "third"', 'role = "third"\nfriends = ["crown"]')
    assert read(write({"case.toml": friends})).presses(date(2031, 1, 1)) == roles - {("hill", "crown")}


def test_known_by(write):
    case = read(write()).known_by(date(2031, 2, 1))
    assert [len(getattr(case, table)) for table in ("patrons", "crossings", "reports", "history")] == [
        1,
        1,
        1,
        1,
    ]
    assert case.repulses == case.displacement == ()
    assert case.leaders[0].known_until is None and len(case.places) == 4
    earlier = case.known_by(date(2031, 1, 10))
    assert [row.id for row in earlier.leaders] == ["lord"] and [row.unit for row in earlier.garrisons] == [
        "Guard"
    ]
    assert case.known_by(date(2031, 2, 1)).hash == case.hash


def test_known_by_is_deleting_the_later_rows(write, small):
    day = date(2031, 2, 1)
    fewer = {}
    told = {table: column for table, column in KNOWN_SINCE.items() if f"{table}.csv" in small}
    assert set(KNOWN_SINCE) - set(told) <= {"refuges", "fighting"}
    for table, column in told.items():
        rows = list(csv.reader(small[f"{table}.csv"].splitlines()))
        at = rows[0].index(column if column in rows[0] else "latest")
        kept = [row for row in rows[1:] if not row[at] or row[at][:10] <= str(day)]
        fewer[f"{table}.csv"] = "\n".join(",".join(f'"{c}"' for c in row) for row in [rows[0], *kept]) + "\n"
    assert read(write(fewer, name="fewer")).known_by(day).hash == read(write()).known_by(day).hash


def test_the_hash_is_of_what_matters(write, small):
    plain = read(write()).hash
    for file, old, new in [
        ("places.csv", "atlas,high", "map,high"),
        ("case.toml", '"Toyland"', '"Another title"'),
        ("patrons.csv", "pays", "pays well"),
    ]:
        assert read(write({file: small[file].replace(old, new, 1)}, name="same")).hash == plain
    for file, old, new in [
        ("places.csv", "900000", "900001"),
        ("roads.csv", "90.5", "90.6"),
        ("reports.csv", "2031-01-09", "2031-01-08"),
        ("case.toml", '"third"', '"outside"'),
    ]:
        assert read(write({file: small[file].replace(old, new, 1)}, name="other")).hash != plain


def test_warnings_stop_nothing(write, small):
    case = read(
        write({"places.csv": small["places.csv"] + "isle,Isle,,town,,TOY,12,22,,crown,,,atlas,low\n"})
    )
    assert any(finding.value == "isle" and "no road" in finding.problem for finding in case.warnings)
    assert not any("seat" in str(finding) for finding in case.warnings)  # the third side holds nothing
    homeless = read(
        write(
            {"leaders.csv": None, "garrisons.csv": None, "reports.csv": None, "scenarios.toml": ""}, name="x"
        )
    )
    assert any("side 'guild' has no seat" in str(finding) for finding in homeless.warnings)
    wrong = small["history.csv"].replace("guild,crown,fight", "hill,crown,fight")
    assert any("held it before" in str(finding) for finding in read(write({"history.csv": wrong})).warnings)


def test_nothing_is_wrong_with_it(write):
    assert check(write()) == []


def test_the_schema_is_whole():
    kinds = {"text", "id", "date", "stamp", "number", "integer", "share", "yesno", "choice", "list", "ref"}
    kinds |= {"textlist", "tables", "any"}
    for table, columns in schema().items():
        for column in columns.values():
            assert column.type in kinds and column.meaning and column.required in ("yes", "no", "column")
            assert column.refers_to in ("", *schema())
            if table in tables():
                assert {"source", "confidence"} <= columns.keys()
