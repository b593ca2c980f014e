# ruff: noqa: E501
"""Places, maps and roads in the shapes in which other people publish them; each was refused or misread once."""

import json
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import samples

from headlong.case import check, open_case
from headlong.case.tables.table import read_table
from headlong.importers.ground.columns import meant

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
    assert samples.history("moorland") == [("gamma", "2031-01-05", "guild")]
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
