# ruff: noqa: E501
"""Other people's files become a case that checks, and say what they left out."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import samples

from headlong.case import check, open_case
from headlong.case.tables.table import read_table
from headlong.cli import headlong
from headlong.cli.edge import run


@pytest.fixture
def bring(tmp_path, monkeypatch, capsys):
    """Write a source, import it with the command line, and return what was said."""
    monkeypatch.chdir(tmp_path)

    def bring(kind, name, data, *options, case="moorland", code=0):
        if data is not None:
            Path(name).write_bytes(data if isinstance(data, bytes) else data.encode())
        found = run(headlong, ["import", kind, name, case, *options])
        said = capsys.readouterr()
        assert found == code, said
        return said.out + said.err

    return bring


@pytest.fixture
def towns(bring):
    """Import the gazetteer first."""
    bring("places", "towns.csv", samples.gazetteer(), "--least", "0")
    return bring


@pytest.mark.parametrize("codes", [False, True])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_an_acled_export_makes_a_case_by_itself(bring, codes, separator):
    said = bring("acled", "acled.csv", samples.acled(separator, codes, spelt=codes))
    assert "There were no places: 4 are proposed" in said and "may not" not in said
    assert "its terms do not let you pass the data on" in said and "moorland/import/acled-actors.csv" in said
    case = open_case("moorland")
    assert [s.id for s in case.sides] == ["government", "guild-of-the-moors"] and case.ongoing
    assert not check("moorland")
    held = {p.id: p.held_by for p in case.places}
    assert held == {"alpha": "government", "beta": "government", "gamma": "government", "delta": "government"}
    changes = [(h.place, str(h.earliest), str(h.latest), h.to_side, h.mode) for h in case.history]
    assert changes == [
        ("beta", "2031-01-09", "2031-01-09", "guild-of-the-moors", "fight"),
        ("gamma", "2031-01-13", "2031-01-27", "guild-of-the-moors", "fight"),
        ("beta", "2031-02-02", "2031-02-02", "government", "fight"),
        ("delta", "2031-02-10", "2031-02-10", "guild-of-the-moors", "unopposed"),
    ]
    assert {r.claim for r in case.reports} == {"fell", "held"} and all(r.origin for r in case.reports)
    assert not any("copied" in r.words for r in case.reports)
    assert "1 taking changed nothing" in said


def test_events_are_published_a_week_later_and_not_after_the_export(towns):
    towns("acled", "acled.csv", samples.acled())
    first = next(r for r in open_case("moorland").reports if r.place == "gamma")
    assert (first.event_date.isoformat(), first.published_at.date().isoformat()) == (
        "2031-01-20",
        "2031-01-27",
    )
    towns(
        "acled", "acled.csv", samples.acled().replace("1928000000", "1926950400"), "--replace", "--lag", "20"
    )
    days = {r.published_at.date().isoformat() for r in open_case("moorland").reports if r.place == "gamma"}
    assert days == {"2031-01-23"} or days == {"2031-01-24"}, "the day of the export"


def test_what_a_person_wrote_into_the_table_of_sides_stands(towns, tmp_path):
    towns("acled", "acled.csv", samples.acled())
    table = tmp_path / "moorland" / "import" / "acled-actors.csv"
    lines = table.read_text().replace(f"{samples.GUILD},guild-of-the-moors", f"{samples.GUILD},")
    table.write_text(lines)
    said = towns("acled", "acled.csv", samples.acled(), "--replace")
    assert "events of names without a side" in said
    assert {r.side for r in open_case("moorland").reports} == {"government"}
    assert f"{samples.GUILD},," in table.read_text()


def test_clashes_are_reports_of_no_side(towns):
    towns("acled", "acled.csv", samples.acled(), "--clashes")
    clash = next(r for r in open_case("moorland").reports if r.claim == "attacked")
    assert clash.side is None and clash.place == "beta"


def test_rows_that_are_there_are_kept_unless_said(towns):
    towns("acled", "acled.csv", samples.acled())
    assert "has 6 rows already. Say --add" in towns("acled", "acled.csv", samples.acled(), code=2)
    towns("ucdp", "ged.csv", samples.ged(), "--add")
    reports = open_case("moorland").reports
    assert {r.id.split("-")[0] for r in reports} == {"acled", "ucdp"} and len(reports) == 8


def test_ucdp_events_are_reports_of_fighting_alone(towns):
    said = towns("ucdp", "ged.csv", samples.ged())
    case = open_case("moorland")
    assert [(r.place, r.claim, r.side, r.count) for r in case.reports] == [
        ("beta", "attacked", None, None), ("gamma", "attacked", None, None)
    ]  # fmt: skip
    assert {str(r.published_at.date()) for r in case.reports} == {"2031-02-20"} and "CC BY 4.0" in said
    assert case.history == () and {s.id for s in case.sides} == {"government", "gm"}


def test_a_gazetteer_becomes_places_roads_and_keeps_its_codes(bring):
    said = bring("places", "towns.csv", samples.gazetteer(";"), "--least", "30000")
    places = read_table(Path("moorland/places.csv")).rows
    assert {p.id for p in places} == {"alpha", "beta", "gamma", "delta"}
    assert {p.pcode for p in places} == {"MO00", "MO01", "MO02", "MO03"}
    roads = read_table(Path("moorland/roads.csv")).rows
    assert len(roads) >= 3 and all(r.source.startswith("proposed") and r.confidence == "low" for r in roads)
    assert "No place is the capital" in said


def test_boundaries_become_places_with_their_codes(bring):
    areas = [
        (samples.square(lat, lon), {"ADM1_EN": region, "ADM2_EN": name, "ADM2_PCODE": f"MO{n:02}", "ADM0_EN": "Moorland"})
        for n, (name, (lat, lon, _, region)) in enumerate(samples.TOWNS.items())
    ]  # fmt: skip
    bring("places", "adm2.geojson", samples.features(areas))
    rows = read_table(Path("moorland/places.csv")).rows
    epsilon = next(r for r in rows if r.pcode == "MO04")
    assert (epsilon.id, epsilon.name, epsilon.region) == ("epsilon-og", "Epsilon Óg", "East")
    assert abs(epsilon.lat - 10.2) < 0.01 and abs(epsilon.lon - 21.4) < 0.01


def test_a_folder_of_daily_layers_becomes_a_history(towns, tmp_path):
    samples.daily_control(tmp_path / "daily")
    said = towns("control", "daily", None)
    case = open_case("moorland")
    assert [(h.place, str(h.earliest), str(h.latest), h.from_side, h.to_side) for h in case.history] == [
        ("gamma", "2031-01-05", "2031-01-05", "government", "guild"),
        ("beta", "2031-01-08", "2031-01-08", "government", "guild"),
    ]
    assert {p.id: p.held_by for p in case.places if p.id != "delta"} == {
        "alpha": "government", "beta": "government", "gamma": "government", "epsilon-og": "government"}  # fmt: skip
    assert "1 of 5 places are on no map" not in said and not check("moorland")
    assert next(p for p in case.places if p.id == "delta").held_by is None, "two holders: not known"


def test_a_change_between_two_mapped_days_has_both_as_bounds(towns):
    table = "place,date,holder\nBeta,2031-01-01,Government\nBeta,2031-01-10,Guild\nMO02,2031-01-01,Guild\n"
    towns("control", "table.csv", table)
    (change,) = open_case("moorland").history
    assert (str(change.earliest), str(change.latest)) == ("2031-01-02", "2031-01-10")


def test_a_wide_table_and_noise_of_a_day(towns):
    table = "place,2031-01-01,2031-01-02,2031-01-03,2031-01-04\nBeta,Government,Guild,Government,Government\n"
    table += "Gamma,Guild,Guild,Government,Government\nNowhere,Guild,,,\n"
    said = towns("control", "table.csv", table, "--least-days", "2")
    assert [h.place for h in open_case("moorland").history] == ["gamma"]
    assert "1 rows of places that the case does not have" in said


def test_points_are_places_by_name_code_or_spot(towns):
    found = [
        ({"type": "Point", "coordinates": [20.5, 10.5]}, {"date": "2031-01-01", "holder": "Guild"}),
        (
            {"type": "Point", "coordinates": [0, 0]},
            {"date": "2031-01-01", "holder": "Guild", "place": "MO02"},
        ),
        ({"type": "Point", "coordinates": [20.0, 10.0]}, {"date": "2031-01-01", "holder": "Government"}),
    ]
    towns("control", "points.geojson", samples.features(found))
    held = {p.id: p.held_by for p in open_case("moorland").places}
    assert (held["beta"], held["gamma"], held["alpha"], held["delta"]) == (
        "guild",
        "guild",
        "government",
        None,
    )


@pytest.mark.parametrize("ending", [".gpkg", ".shp", ".fgb"])
def test_other_layers_say_the_same_as_geojson(towns, tmp_path, ending):
    pyogrio, shapely = import_module("pyogrio"), import_module("shapely")
    import numpy as np

    shapes, who = [], []
    for town, (lat, lon, *_) in samples.TOWNS.items():
        shapes.append(shapely.to_wkb(shapely.box(lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1)))
        who.append("Guild" if town == "Beta" else "Government")
    pyogrio.raw.write(
        tmp_path / f"map{ending}", np.array(shapes, object), [np.array(who, object), np.array(["2031-01-01"] * 5, object)],
        ["holder", "date"], geometry_type="Polygon", crs="EPSG:4326",
    )  # fmt: skip
    towns("control", f"map{ending}", None)
    assert {p.id for p in open_case("moorland").places if p.held_by == "guild"} == {"beta"}


def test_without_shapely_edges_are_counted(towns, tmp_path, monkeypatch):
    from headlong.importers.formats import layers

    samples.daily_control(tmp_path / "daily")
    towns("control", "daily", None, case="moorland")
    first = Path("moorland/history.csv").read_text()
    monkeypatch.setattr(layers, "has_shapely", lambda: False)
    towns("control", "daily", None, "--replace")
    assert Path("moorland/history.csv").read_text() == first


def test_a_flee_conflict_becomes_a_case(bring, tmp_path):
    samples.flee(tmp_path / "flee")
    said = bring("flee", "flee", None)
    case = open_case("moorland")
    assert "routes.csv:3: column 'distance', value '20': shorter than the 65 km as the crow flies" in said
    assert case.start.isoformat() == "2031-01-01" and not check("moorland")
    assert {p.id: p.kind for p in case.places} == {
        "alpha": "capital", "beta": "town", "gamma-hill": "town", "camp-a": "refuge", "camp-b": "refuge"}  # fmt: skip
    camp = next(p for p in case.places if p.id == "camp-a")
    assert camp["x_flee_capacity"] == "12000" and camp.population is None
    assert {(r.from_, r.to): r["x_flee_forced"] for r in case.roads}[
        "gamma-hill", "camp-a"
    ] == "camp-a to gamma-hill"
    steps = [(c.place, c.to, str(c["from"]), c.policy) for c in case.crossings]
    assert ("gamma-hill", "camp-a", "2031-01-04", "closed") in steps
    assert ("gamma-hill", "camp-a", "2031-01-10", "open") in steps
    assert ("beta", "camp-b", "2031-01-21", "closed") in steps and len(steps) == 7, steps
    fights = [(r.place, str(r.event_date)) for r in case.reports]
    assert fights == [("beta", "2031-01-01"), ("gamma-hill", "2031-01-06"), ("beta", "2031-01-10"),
                      ("gamma-hill", "2031-01-10")]  # fmt: skip
    counts = {(str(d.date), d.to_place): d["count"] for d in case.displacement}
    assert counts["2031-01-10", "camp-a"] == 800 and counts["2031-01-10", None] == 900 and len(counts) == 6
    assert case.history == ()
    bring("flee", "flee", None, "--taken", "--replace")
    assert [(h.place, str(h.latest)) for h in open_case("moorland").history] == [
        ("beta", "2031-01-02"), ("gamma-hill", "2031-01-06")]  # fmt: skip


def test_a_case_goes_to_a_workbook_and_comes_back(bring, capsys):
    for name in ("afghanistan-2021", "mali-2012"):
        assert run(headlong, ["export-case", name, f"{name}.xlsx"]) == 0
        said = bring("xlsx", f"{name}.xlsx", None, case=f"back-{name}")
        assert "places.csv:" in said
        back, there = open_case(f"back-{name}"), open_case(name)
        assert back.hash == there.hash and back.assumptions == there.assumptions
        assert back.start == there.start and back.end == there.end and back.init == there.init


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("acled", "a,b\n1,2\n", "column 'event_date': required column is missing"),
        (
            "acled",
            samples.acled().replace("2031-01-09,2031", "09/01/2031,2031"),
            ":3: column 'event_date', value '09/01/2031'",
        ),
        ("acled", samples.acled().replace("10.52", "110.52"), "no latitude between -90 and 90"),
        ("ucdp", samples.ged().replace("2031-01-18", "2031-13-18"), "column 'date_start'"),
        ("acled", "", "the file is empty"),
        ("acled", b"\xff\x00\xff", "not UTF-8"),
        ("control", "place,date\nBeta,2031-01-01\n", "which attribute is the holder"),
        ("control", "place,date,holder\nNowhere,2031-01-01,Guild\n", "says of none of the case's places"),
        ("places", "name,lat\nx,1\n", "column 'longitude': required column is missing"),
        ("xlsx", "no workbook", "cannot be read as a workbook"),
    ],
)
def test_what_cannot_be_brought_in_is_said(towns, kind, data, words):
    said = towns(kind, "source.csv", data, code=2)
    assert words in said and "Traceback" not in said
