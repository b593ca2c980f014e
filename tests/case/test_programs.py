"""Tables as people's programs write them: the same case, whatever wrote it; what may mean two things is asked."""

import pytest

from headlong.case import check, read
from headlong.case.findings.warnings import unread
from headlong.case.tables.schema import columns_of
from headlong.errors import BadRequest
from headlong.forecast.results.coordinates import own_columns
from headlong.inputs.exits import read_border
from headlong.inputs.geography import read_map

DECIMAL = {"90.5": "90,5", "10.0": "10,0", "20.0": "20,0", "10.5": "10,5", "20.5": "20,5", "11.0": "11,0",
           "21.0": "21,0", "11.1": "11,1", "21.2": "21,2", "0.8": "0,8", "0.1": "0,1", "0.2": "0,2"}  # fmt: skip


def apart(text, sign, decimals=False):
    """Return a table with another sign between its cells."""
    import csv
    import io

    rows = list(csv.reader(io.StringIO(text)))
    if decimals:
        rows = [[DECIMAL.get(cell, cell) for cell in row] for row in rows]
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator="\n").writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("sign", [";", "\t"])
@pytest.mark.parametrize("decimals", [False, True])
def test_another_sign_between_cells(write, small, sign, decimals):
    other = {n: apart(t, sign, decimals) for n, t in small.items() if n.endswith(".csv")}
    assert read(write(other, name="other")).hash == read(write()).hash


def test_findings_name_the_sign(write, small):
    text = apart(small["roads.csv"], ";").replace("atlas;low", "atlas;low;more")
    (told,) = check(write({"roads.csv": text}))
    assert (
        told.row == 3 and "8 cells, more than the header's 7 (with semicolons between cells)" in told.problem
    )


def test_decimal_commas_where_they_can_be_nothing_else(write, small):
    plain = read(write()).hash
    three = (
        small["places.csv"]
        .replace("10.0,20.0", '"10,000","20,000"')
        .replace("10.5,20.5", '"10,500","20,500"')
    )
    three = three.replace("11.0,21.0", '"11,000","21,000"').replace("11.1,21.2", '"11,100","21,200"')
    assert read(write({"places.csv": three}, name="three")).hash == plain
    (told,) = check(write({"roads.csv": small["roads.csv"].replace("90.5", '"1,234"')}))
    assert told.problem == "either 1.234 or 1234" and told.row == 2
    mixed = small["roads.csv"].replace("gate,80", 'gate,"80,5"')
    assert "either 80.5 or 805" in str(check(write({"roads.csv": mixed})))


@pytest.mark.parametrize("data", [lambda t: t.encode("utf-8-sig"), lambda t: t.encode("utf-16")])
def test_marks_of_the_encoding(write, small, data):
    other = {name: data(text) for name, text in small.items()}
    assert read(write(other, name="other")).hash == read(write()).hash


def test_numbers_and_days_as_pandas_writes_them(write, small):
    other = {
        "places.csv": small["places.csv"].replace("900000", "900000.0").replace(",5000,", ",5e3,"),
        "history.csv": small["history.csv"].replace("25,2031-02-25", "25 00:00:00,2031-02-25T00:00:00Z"),
        "reports.csv": small["reports.csv"].replace("r1,2031-01-10", "r1,2031-01-10 00:00:00"),
    }  # fmt: skip
    assert read(write(other, name="other")).hash == read(write()).hash
    noon = small["history.csv"].replace("2031-02-25,2031-02-25", "2031-02-25,2031-02-25 12:30:00")
    (told,) = check(write({"history.csv": noon}))
    assert told.problem == "a date with a time" and told.remedy == "Write the day alone: 2031-02-25."


@pytest.mark.parametrize("word", ["NA", "NaN", "nan", "null", "None", "<NA>", "#N/A"])
def test_words_for_not_known(write, small, word):
    text = small["places.csv"].replace("20.5,,guild,,", f"20.5,{word},guild,{word},{word}")
    assert read(write({"places.csv": text}, name="other")).hash == read(write()).hash
    text = small["places.csv"].replace("Low,TOY", "Low,NA", 1)
    assert read(write({"places.csv": text}, name="namibia")).places[0].country == "NA"
    text = small["places.csv"].replace("beta,Beta", f"beta,{word}")
    assert read(write({"places.csv": text}, name="named")).places[1].name == word


def test_rows_of_tags_are_passed_over(write, small):
    header, *rows = small["places.csv"].splitlines()
    names = header.split(",")
    tags = {"id": "", "name": "#loc +name", "lat": "#geo+lat", "lon": "#geo+lon", "population": "#population"}
    text = "\n".join([header, ",".join(tags.get(n, "") for n in names), *rows, ""])
    case = read(write({"places.csv": text}, name="other"))
    assert case.hash == read(write()).hash and case.places[0].line == 3


def test_what_spreadsheets_leave_at_the_right(write, small):
    text = "".join(line + ",,\n" for line in small["roads.csv"].splitlines())
    assert read(write({"roads.csv": text}, name="other")).hash == read(write()).hash
    text = "".join(f"{n},{line}\n" for n, line in enumerate(small["roads.csv"].splitlines()))
    told = [str(f) for f in check(write({"roads.csv": "," + text[2:]}))]
    assert told == [
        "roads.csv:1: column 1 has no name. Name it, or delete it (in pandas: to_csv(index=False))."
    ]


def test_p_codes_and_own_columns_are_kept(write, small):
    header, *rows = small["places.csv"].splitlines()
    text = "\n".join(
        [header + ",pcode,x_cluster", *(f"{row},TY0{n},north" for n, row in enumerate(rows)), ""]
    )
    case = read(write({"places.csv": text}, name="other"))
    assert [p.pcode for p in case.places] == ["TY00", "TY01", "TY02", "TY03"]
    assert case.places[0]["x_cluster"] == "north" and "pcode" in columns_of("places")
    assert case.hash == read(write()).hash
    assert own_columns(case.places)["x_cluster"] == ("place", ["north"] * 4)
    assert not own_columns(read(write()).places)
    wrong = text.replace("x_cluster", "cluster")
    (told,) = check(write({"places.csv": wrong}))
    assert told.column == "cluster" and "Your own columns: x_ in front" in told.remedy


def test_two_lines_for_one_place(write, small):
    text = small["places.csv"] + "alfa,ALPHA,,town,Low,TOY,10.001,20.0,,crown,,,atlas,low\n"
    (told,) = check(write({"places.csv": text}))
    assert told.row == 6 and told.problem == "the same name and spot as 'alpha' on line 2"


def test_what_lies_outside_the_period_is_said_by_number(write, small):
    text = small["case.toml"].replace("end = 2031-03-31", "end = 2031-02-10")
    told = [str(w) for w in read(write({"case.toml": text})).warnings]
    assert any("1 of 2 changes are later than the end (2031-02-10)" in line for line in told)
    assert any("reports are published after the end" in line for line in told)
    late = small["case.toml"].replace("init = 2031-02-01", "init = 2031-01-02")
    case = read(write({"case.toml": late}))
    assert any("2 of 2 reports are later than init (2031-01-02)" in str(w) for w in case.warnings)
    assert list(unread(case, case.init)) == [
        "2 of 2 reports are published later than init (2031-01-02) and are not read."
    ]
    early = small["case.toml"].replace("start = 2031-01-01", "start = 2031-01-15")
    history = small["history.csv"].splitlines()[0] + "\n"
    case = read(write({"case.toml": early, "history.csv": history}))
    assert any("1 of 2 reports are published before the start" in str(w) for w in case.warnings)


def test_a_war_that_goes_on_has_no_end(write, small):
    case = read(write({"case.toml": small["case.toml"].replace("end = 2031-03-31\n", "")}))
    assert (
        case.ongoing and case.period == "since 2031-01-01, for 20,000 days at most" and "since" in repr(case)
    )
    assert str(case.end) == "2031-02-25", "the last day that reports and history speak of"
    assert case.covers(case.end.replace(year=2040)) and not case.covers(case.end.replace(year=2030))
    assert not case.covers(case.end.replace(year=9000)), "no forecast runs through seven thousand years"
    assert not read(write()).ongoing and not read(write()).covers(case.end.replace(year=2040))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("war.xlsx", b"PK\x03\x04", "a workbook.*headlong import xlsx"),
        (
            "acled.csv",
            b"event_id_cnty,event_date,year,event_type,sub_event_type,actor1\n",
            "ACLED.*import acled",
        ),
        ("ged.csv", b"id,type_of_violence,side_a,side_b,date_start\n", "UCDP.*import ucdp"),
        ("map.json", b'{"type": "FeatureCollection", "features": []}', "map layer.*import control"),
        ("other.csv", b"a,b\n1,2\n", "is a file, not a case"),
    ],
)
def test_a_file_of_another_kind_is_told_what_it_is(tmp_path, name, data, words):
    from headlong.case import open_case

    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadRequest, match=words):
        open_case(tmp_path / name)


@pytest.mark.parametrize("since", ("2031-01-20", "2031-02-20"))
def test_a_crossing_that_is_one_only_later_is_named_and_refused_till_then(write, small, since):
    tables = {
        "crossings.csv": small["crossings.csv"] + f"beta,,{since},open,,begins,gazette,low\n",
        "scenarios.toml": small["scenarios.toml"].replace("gate =", "beta ="),
    }
    case = read(write(tables))
    said = [str(w) for w in case.warnings if w.file == "scenarios.toml"]
    words = "'calm' sets it, but it is a crossing only from 2031-02-20 on. The default init is 2031-02-01"
    assert [words in line for line in said] == ([True] if since > str(case.init) else [])

    def border(init):
        past = case.known_by(init)
        return read_border(past, read_map(past), init, 5, case.scenarios["calm"])

    assert border(case.end)
    if said:
        with pytest.raises(BadRequest, match=r"policy of beta: no crossing known by init \(2031-02-01\)"):
            border(case.init)
    else:
        assert border(case.init)


def test_the_row_of_a_scenario_is_its_own_however_its_name_is_written(write, small):
    calm = small["scenarios.toml"]
    other = calm.replace("[calm]", '["calm too"]').replace("amnesty = 0.5", "amnesty = 5")
    third = calm.replace("[calm]", "[ calm-3 ]").replace('["lord"]', '["lrod"]')
    found = check(write({"scenarios.toml": calm.replace("[calm]", "[calm-33]") + other + third}))
    assert [(one.row, one.value) for one in found] == [(16, "5"), (24, "lrod")]
