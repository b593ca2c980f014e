# ruff: noqa: E501
"""Files in the shapes in which other people publish them; each was refused or misread once."""

import json
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
from headlong.cli import headlong
from headlong.cli.edge import run
from headlong.importers.formats.values import DAY_FIRST, MONTH_FIRST, day_of, order_of
from headlong.importers.ground.columns import meant


@pytest.fixture
def say(tmp_path, monkeypatch, capsys):
    """Run a command in a folder of its own, and return what was said."""
    monkeypatch.chdir(tmp_path)

    def say(*words, code=0):
        found = run(headlong, [str(word) for word in words])
        told = capsys.readouterr()
        assert found == code, told
        return told.out + told.err

    return say


def history(case):
    return [(h.place, str(h.latest), h.to_side) for h in open_case(case).history]


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
    assert history("one") == history("two") != []
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
    assert history("one") == history("two") != []
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
    both, one = history("both"), history("one")
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


SCHEMES = {
    "un": ({"ADM0_EN": "Moorland", "ADM1_EN": "{region}", "ADM1_PCODE": "{above}", "ADM2_EN": "{name}", "ADM2_PCODE": "{code}"}, "code"),
    "un-2025": ({"adm2_name": "{name}", "adm2_name1": "x", "adm2_pcode": "{code}", "adm1_name": "{region}", "adm1_pcode": "{above}", "adm0_name": "Moorland"}, "code"),
    "itos": ({"admin2Name_en": "{name}", "admin2Pcode": "{code}", "admin1Name_en": "{region}", "admin1Pcode": "{above}", "admin0Name_en": "Moorland"}, "code"),
    "gadm": ({"ID_0": "MOO", "COUNTRY": "Moorland", "NAME_1": "{region}", "NL_NAME_1": None, "NAME_2": "{name}", "VARNAME_2": None, "TYPE_2": "District", "HASC_2": "MO.X"}, ""),
    "codes": ({"ST": "{region}", "ST_PCODE": "{above}", "TS": "{name}", "TS_PCODE": "{code}", "PCode_V": "9.3"}, "code"),
    "geoboundaries": ({"shapeName": "{name}", "shapeISO": "", "shapeID": "31", "shapeGroup": "MOO", "shapeType": "ADM2"}, ""),
    "plain": ({"id": "7", "name": "{name}", "pcode": "{code}"}, "code"),
}  # fmt: skip


@pytest.mark.parametrize("scheme", SCHEMES)
def test_boundaries_as_their_makers_name_them(say, scheme):
    said, codes = SCHEMES[scheme]
    areas = []
    for n, (name, (lat, lon, _, region)) in enumerate(samples.TOWNS.items()):
        how = {"name": name, "region": region, "code": f"MO{n:02}", "above": f"MO-{region}"}
        areas.append((samples.square(lat, lon), {k: v.format(**how) if v else v for k, v in said.items()}))
    Path("adm.geojson").write_text(samples.features(areas))
    say("new", "moorland", "--places", "adm.geojson")
    rows = read_table(Path("moorland/places.csv")).rows
    assert {r.name for r in rows} == set(samples.TOWNS) and not check("moorland")
    assert {r.pcode for r in rows} == ({f"MO0{n}" for n in range(5)} if codes else {""})
    if any(v == "{region}" for v in said.values()):
        assert {r.name: r.region for r in rows} == {n: t[3] for n, t in samples.TOWNS.items()}


def test_names_that_cannot_be_guessed_can_be_said(say):
    areas = [
        (samples.square(lat, lon), {"fid": n, "bezirk": name})
        for n, (name, (lat, lon, *_)) in enumerate(samples.TOWNS.items())
    ]
    Path("adm.geojson").write_text(samples.features(areas))
    assert "Say --names ATTRIBUTE. It has: fid, bezirk" in say(
        "new", "moorland", "--places", "adm.geojson", code=2
    )
    say("new", "moorland", "--places", "adm.geojson", "--names", "Bezirk")
    assert len(read_table(Path("moorland/places.csv")).rows) == 5
    assert meant({"NAME_1": ["x"], "NAME_2": [None]}, "f") == ("NAME_1", "", "", ""), "an empty level is none"


def test_of_a_dump_of_geonames_only_places_are_taken(say):
    def line(number, name, kind, code, people):
        cells = [
            str(number),
            name,
            name,
            "",
            "10.0",
            f"{20 + number / 10}",
            kind,
            code,
            "MO",
            "",
            "01",
            "",
            "",
            "",
            str(people),
            "",
            "5",
            "",
            "2031-01-01",
        ]
        return "\t".join(cells)

    Path("MO.txt").write_text("\n".join([
        line(1, "Republic of Moorland", "A", "PCLI", 2_000_000), line(2, "Low Region", "A", "ADM1", 900_000),
        line(3, "Alpha", "P", "PPLC", 500_000), line(4, "Old Alpha", "P", "PPLQ", 90_000), line(5, "Moor River", "H", "STM", 0),
        line(6, "Beta", "P", "PPLA", 60_000), line(7, "Gamma", "P", "PPL", 100)]))  # fmt: skip
    said = say("new", "moorland", "--places", "MO.txt")
    assert {r.name: r.kind for r in read_table(Path("moorland/places.csv")).rows} == {
        "Alpha": "capital",
        "Beta": "provincial_capital",
    }
    assert (
        "Left out: 4 features that are no populated place." in said
        and "Left out: 1 places of fewer than 15,000 people" in said
    )


def one_side(folder):
    """Daily maps of what one side holds, with no attribute at all: the guild comes to Gamma on day 4."""
    folder.mkdir()
    for n in range(6):
        towns = ["Beta", *(["Gamma"] if n >= 4 else [])]
        rings = [samples.square(*samples.TOWNS[t][:2])["coordinates"] for t in towns]
        shape = {"type": "MultiPolygon", "coordinates": rings}
        (folder / f"occupied_2031010{n + 1}.geojson").write_text(samples.features([(shape, {})]))


def test_maps_of_what_one_side_holds(say):
    Path("towns.csv").write_text(samples.gazetteer())
    say("new", "moorland", "--places", "towns.csv")
    one_side(Path("daily"))
    assert "--mapped NAME; and --unmapped NAME" in say("import", "control", "daily", "moorland", code=2)
    assert "--unmapped NAME" in say("import", "control", "daily", "moorland", "--mapped", "Guild", code=2)
    say("import", "control", "daily", "moorland", "--mapped", "Guild", "--unmapped", "Government")
    case = open_case("moorland")
    assert history("moorland") == [("gamma", "2031-01-05", "guild")]
    assert {p.id: p.held_by for p in case.places} == {
        "alpha": "government", "beta": "guild", "gamma": "government", "delta": "government", "epsilon-og": "government"}  # fmt: skip


def test_a_file_with_several_layers_asks_which(say):
    pyogrio, shapely = import_module("pyogrio"), import_module("shapely")
    for layer, names in (("ADM_0", ["Moorland"]), ("ADM_2", ["Alpha", "Beta"])):
        shapes = np.array(
            [shapely.to_wkb(shapely.box(20 + n, 10, 20.5 + n, 10.5)) for n in range(len(names))], object
        )
        pyogrio.raw.write("gadm.gpkg", shapes, [np.array(names, object)], ["NAME_2"], geometry_type="Polygon", crs="EPSG:4326", layer=layer, append=layer == "ADM_2")  # fmt: skip
    assert "has 2 layers. Say which: --layer NAME. It has: ADM_0, ADM_2." in say(
        "new", "moor", "--places", "gadm.gpkg", code=2
    )
    say("new", "moor", "--places", "gadm.gpkg", "--layer", "ADM_2")
    assert {r.name for r in read_table(Path("moor/places.csv")).rows} == {"Alpha", "Beta"}
    assert "has no layer 'ADM_3'. Did you mean 'ADM_" in say(
        "import", "places", "gadm.gpkg", "x", "--layer", "ADM_3", code=2
    )


def test_a_shapefile_that_does_not_say_how_it_writes_letters(say):
    pyogrio, shapely = import_module("pyogrio"), import_module("shapely")
    shapes = np.array([shapely.to_wkb(shapely.box(20 + n, 10, 20.5 + n, 10.5)) for n in range(2)], object)
    pyogrio.raw.write("adm.shp", shapes, [np.array(["Óg", "Ménaka"], object)], ["NAME_1"], geometry_type="Polygon", crs="EPSG:4326", encoding="UTF-8")  # fmt: skip
    Path("adm.cpg").unlink()
    say("new", "moor", "--places", "adm.shp")
    assert {r.name for r in read_table(Path("moor/places.csv")).rows} == {"Óg", "Ménaka"}


def test_flee_files_without_names_of_columns(say):
    samples.flee(Path("flee"))
    say("import", "flee", "flee", "one")
    for name in ("locations", "routes"):
        path = Path(f"flee/input_csv/{name}.csv")
        path.write_text(path.read_text().split("\n", 1)[1])
    say("import", "flee", "flee", "two")
    assert all(
        (Path("one") / n).read_text().count("\n") == (Path("two") / n).read_text().count("\n")
        for n in ("places.csv", "roads.csv", "crossings.csv")
    )
    assert not check("two")


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.osm.pbf", "It measures roads: --roads FILE"), ("a.zip", "Unpack it"), ("a.rds", "Save it as CSV")],
)
def test_what_is_no_table_is_called_by_its_name(say, name, words):
    Path(name).write_bytes(b"\x00\x01\x02")
    for kind in ("acled", "ucdp", "places", "control"):
        Path("towns.csv").write_text(samples.gazetteer())
        if not Path("moor").exists():
            say("new", "moor", "--places", "towns.csv")
        assert words in say("import", kind, name, "moor", code=2)


def test_measured_roads_are_never_shorter_than_the_straight_line(tmp_path):
    import_module("pyogrio")
    from headlong.importers.ground.road_layer import roads_from_layer
    from headlong.importers.ground.roads import straight

    luck = np.random.default_rng(5)
    for number in range(5):
        lines = [(np.array([20.0, 10.0]) + luck.uniform(0, 0.08, (3, 2))).round(6).tolist() for _ in range(4)]
        found = [({"type": "LineString", "coordinates": line}, {"highway": "primary"}) for line in lines]
        path = tmp_path / f"roads{number}.geojson"
        path.write_text(json.dumps(json.loads(samples.features(found))))
        places = [
            {"id": f"p{n}", "lat": 10 + luck.uniform(0, 0.08), "lon": 20 + luck.uniform(0, 0.08)}
            for n in range(6)
        ]
        rows, _ = roads_from_layer(path, places)
        at, km = {p["id"]: n for n, p in enumerate(places)}, straight(places)
        assert rows and all(r["distance_km"] >= km[at[r["from"]], at[r["to"]]] - 0.06 for r in rows)
