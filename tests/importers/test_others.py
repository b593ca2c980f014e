# ruff: noqa: E501
"""Files in the shapes in which other people publish them; each was refused or misread once."""

import random
import sys
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import samples

from headlong.case import check, open_case
from headlong.case.tables.table import read_table
from headlong.case.tables.table_text import UNKNOWN
from headlong.importers.formats.records import read_records
from headlong.importers.formats.values import DAY_FIRST, MONTH_FIRST, day_of, order_of

DATES = [
    "%d/%m/%y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%b-%y",
    "%d-%b-%Y",
    "%d.%m.%Y",
    "%B %d, %Y",
    "%Y-%m-%dT00:00:00Z",
    "%Y/%m/%d",
]


@pytest.mark.parametrize("form", DATES)
def test_days_of_an_export_in_any_one_form(say, form):
    text = samples.acled()
    for day, *_ in samples.EVENTS:
        then = date.fromisoformat(day).strftime(form)
        text = text.replace(f",{day},", f',"{then}",')
    Path("plain.csv").write_text(samples.acled())
    Path("other.csv").write_text(text)
    say("import", "acled", "plain.csv", "one")
    say("import", "acled", "other.csv", "two")
    assert samples.history("one") == samples.history("two") != []
    assert [r.published_at for r in open_case("one").reports] == [
        r.published_at for r in open_case("two").reports
    ]


def test_a_column_tells_its_order_or_is_refused(say):
    luck = random.Random(2)
    for _ in range(200):
        days = [date(2031, 1, 1) + timedelta(days=luck.randint(0, 3000)) for _ in range(luck.randint(1, 12))]
        for form, order in (("%d/%m/%Y", DAY_FIRST), ("%m/%d/%Y", MONTH_FIRST)):
            texts = [day.strftime(form) for day in days]
            found = order_of(texts)
            assert found == (order if any(day.day > 12 for day in days) else "")
            assert not found or [day_of(text, found) for text in texts] == days
            assert found or [day_of(text) for text in texts] == [None] * len(texts)
    assert order_of(["13/01/2031", "01/13/2031"]) == ""
    assert (day_of("07-Jan-16"), day_of("01-Feb-99")) == (date(2016, 1, 7), date(1999, 2, 1))
    early = [
        row for row in samples.acled().splitlines() if "2031-01-2" not in row and "2031-02-14" not in row
    ]
    Path("early.csv").write_text(
        "\n".join(early)
        .replace(",2031-01-0", ",0")
        .replace("5,2031", "5/01/2031,2031")
        .replace("9,2031", "9/01/2031,2031")
    )
    assert "day or month first? No other row tells" in say("import", "acled", "early.csv", "moor", code=2)


def test_an_acled_export_of_before_2019(say):
    lines = samples.acled().splitlines()
    names = {"Non-state actor overtakes territory": "Battle-Non-state actor overtakes territory",
             "Government regains territory": "Battle-Government regains territory", "Armed clash": "Battle-No change of territory"}  # fmt: skip
    header = (
        lines[0]
        .replace("event_type,sub_event_type", "x,event_type", 1)
        .replace("disorder_type,x", "disorder_type,x")
        .upper()
    )
    body = "\n".join(lines[1:])
    for new, old in names.items():
        body = body.replace(new, old)
    Path("plain.csv").write_text(samples.acled())
    Path("old.csv").write_text(f"{header}\n{body}\n")
    say("import", "acled", "plain.csv", "one", "--clashes")
    say("import", "acled", "old.csv", "two", "--clashes")
    assert samples.history("one") == samples.history("two") != []
    assert len(open_case("one").reports) == len(open_case("two").reports)


def test_counts_by_week_are_no_events(say):
    Path("weeks.csv").write_text(
        "WEEK,REGION,COUNTRY,ADMIN1,EVENT_TYPE,SUB_EVENT_TYPE,EVENTS,FATALITIES\n2031-01-04,R,M,A,Battles,Armed clash,3,1\n"
    )
    assert "counts by week and region" in say("import", "acled", "weeks.csv", "moor", code=2)


def test_an_export_of_several_countries_is_one_war_at_a_time(say):
    text = samples.acled().replace("MOO5,", "FAR5,")
    lines = text.splitlines()
    lines = [line.replace(",Moorland,", ",Farland,") if line.startswith("FAR5") else line for line in lines]
    Path("two.csv").write_text("\n".join(lines))
    said = say("import", "acled", "two.csv", "both")
    assert (
        'Events of 2 countries: Moorland (5), Farland (1). --country "Moorland" takes those of one.' in said
    )
    said = say("import", "acled", "two.csv", "one", "--country", "moorland")
    assert "Not read: 1 of 8 events of other countries." in said and "countries:" not in said
    both, one = samples.history("both"), samples.history("one")
    assert {*both} - {*one} == {("delta", "2031-02-10", "guild-of-the-moors")}
    assert "Did you mean 'Moorland'?" in say(
        "import", "acled", "two.csv", "none", "--country", "Morland", code=2
    )


def test_codes_written_as_numbers_with_a_point(say):
    """A column with a gap becomes one of floats in pandas: 1 is written as 1.0."""
    Path("plain.csv").write_text(samples.ged())
    header, *rows = samples.ged().splitlines()
    at = [header.split(",").index(name) for name in ("id", "type_of_violence", "where_prec", "date_prec")]
    made = [header]
    for row in rows:
        cells = row.split(",")
        made.append(",".join(f"{c}.0" if n in at else c for n, c in enumerate(cells)))
    Path("floats.csv").write_text("\n".join(made))
    one, two = say("import", "ucdp", "plain.csv", "one"), say("import", "ucdp", "floats.csv", "two")
    assert "Not read: 1 of 4 events of violence against civilians by one side." in one and one.replace(
        "one", "two"
    ) == two.replace("one", "two")
    assert Path("one/reports.csv").read_text().replace("plain", "") == Path(
        "two/reports.csv"
    ).read_text().replace("floats", "")


@pytest.mark.parametrize("ending", [".geojson", ".fgb", ".gpkg"])
def test_events_as_a_map_layer(say, ending):
    import csv
    import io

    rows = list(csv.DictReader(io.StringIO(samples.ged())))
    spots = [(float(r.pop("longitude")), float(r.pop("latitude"))) for r in rows]
    if ending == ".geojson":
        found = [
            ({"type": "Point", "coordinates": list(spot)}, row) for spot, row in zip(spots, rows, strict=True)
        ]
        Path("ged.geojson").write_text(samples.features(found))
    else:
        pyogrio, shapely = import_module("pyogrio"), import_module("shapely")
        columns = [np.array([row[name] or None for row in rows], object) for name in rows[0]]
        pyogrio.raw.write(f"ged{ending}", np.array([shapely.to_wkb(shapely.Point(s)) for s in spots], object), columns, list(rows[0]), geometry_type="Point", crs="EPSG:4326")  # fmt: skip
    Path("ged.csv").write_text(samples.ged())
    say("import", "ucdp", "ged.csv", "one")
    say("import", "ucdp", f"ged{ending}", "two")
    told = [
        [(r.place, str(r.event_date), str(r.published_at)) for r in open_case(c).reports]
        for c in ("one", "two")
    ]
    assert sorted(told[0]) == sorted(told[1]) != []


@pytest.mark.parametrize("unknown", sorted(UNKNOWN))
def test_what_is_unknown_in_a_table_is_unknown_in_a_layer(tmp_path, unknown):
    (tmp_path / "a.csv").write_text(f"latitude,longitude,name\n1.5,2.5,{unknown}\n")
    (tmp_path / "a.geojson").write_text(
        samples.features([({"type": "Point", "coordinates": [2.5, 1.5]}, {"name": unknown})])
    )
    table, layer = (read_records(tmp_path / f"a.{end}").rows[0].cells for end in ("csv", "geojson"))
    assert table == layer and layer["name"] == ""


def test_a_workbook_with_a_cover_titles_and_tags(say):
    from headlong.importers.formats.workbook import write_workbook

    rows = [
        [n, lat, lon, people, f"MO0{i}"] for i, (n, (lat, lon, people, _)) in enumerate(samples.TOWNS.items())
    ]
    head = ["ADM2_EN", "center_lat", "center_lon", "Population", "ADM2_PCODE"]
    tags = ["#adm2+name", "#geo+lat", "#geo+lon", "#population", "#adm2+code"]
    write_workbook(Path("towns.xlsx"), {
        "README": (["Title", "Towns of Moorland"], [["Contact", "nobody"]]),
        "admin2": (["Towns of Moorland, 2031"], [[], head, tags, *rows]),
    })  # fmt: skip
    said = say("new", "moorland", "--places", "towns.xlsx", "--least", "0")
    assert "Read from the sheet 'admin2', names from its column 'adm2_en'." in said
    found = {r.id: (r.name, r.pcode, r.population) for r in read_table(Path("moorland/places.csv")).rows}
    assert found["epsilon-og"] == ("Epsilon Óg", "MO04", 25_000) and len(found) == 5 and not check("moorland")
    Path("towns.csv").write_text("Towns of Moorland, 2031\n\n" + samples.text_of(head, [tags, *rows], ";"))
    say("new", "other", "--places", "towns.csv", "--least", "0")
    assert {r.pcode for r in read_table(Path("other/places.csv")).rows} == {f"MO0{n}" for n in range(5)}
