"""Every form of a forecast is read again by what its users read it with, and says the same numbers as the file."""

import importlib.util
import json
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

import headlong as hl
from headlong.cli import headlong
from headlong.cli.edge import run
from headlong.view.tables.outlook import column_names, hxl_of, rows_of
from headlong.view.tables.paragraph import markdown
from headlong.view.tables.write import ENDINGS


def toys():
    """The toy forecast of the page's tests."""
    if "page_toys" not in sys.modules:
        path = Path(__file__).parents[1] / "page" / "toy.py"
        spec = importlib.util.spec_from_file_location("page_toys", path)
        module = importlib.util.module_from_spec(spec)
        sys.modules["page_toys"] = module
        spec.loader.exec_module(module)
    return sys.modules["page_toys"]


@pytest.fixture(scope="module")
def forecast():
    made = toys().toy()
    codes = [f"TY{n:02}" for n in range(made.sizes["place"])]
    return made.assign_coords(pcode=("place", codes), x_cluster=("place", ["north"] * len(codes)))


@pytest.fixture
def written(forecast, tmp_path, monkeypatch, capsys):
    """Export with the command line; return the file."""
    monkeypatch.chdir(tmp_path)
    hl.save(forecast, "toy.nc")

    def written(name, *options):
        assert run(headlong, ["export", "toy.nc", name, *options]) == 0, capsys.readouterr().err
        assert capsys.readouterr().out.startswith(f"Wrote {name} (")
        return tmp_path / name

    return written


def shares(forecast):
    """Chances straight from the members, place by place, written apart from what is tested."""
    control, weight = (
        forecast["control"].transpose("member", "time", "place").values,
        forecast["weight"].values,
    )
    weight = weight / weight.sum()
    found = {}
    for n, place in enumerate(forecast["place"].values):
        for lead in range(forecast.sizes["time"]):
            fell = [(line[: lead + 1] != line[0]).any() for line in control[:, :, n]]
            held = {
                str(s): weight[control[:, lead, n] == k].sum() for k, s in enumerate(forecast["side"].values)
            }
            found[str(place), lead] = (weight[np.array(fell)].sum(), held)
    return found


def check_table(table, forecast):
    """Compare a pandas table with the members."""
    truth = shares(forecast)
    assert len(table) == forecast.sizes["place"] * forecast.sizes["time"]
    for row in table.to_dict("records"):
        fell, held = truth[row["place_id"], row["lead"]]
        assert row["p_change"] == pytest.approx(fell, abs=1e-12)
        for side, share in held.items():
            assert row[f"p_held_{side}"] == pytest.approx(share, abs=1e-12)
        assert row["pcode"].startswith("TY") and row["x_cluster"] == "north"
        assert held[row["holder"]] == pytest.approx(max(held.values()))
    numeric = ["lead", "lat", "lon", "population", "p_change", "displaced_p50", "displaced_mean"]
    assert all(table[name].dtype.kind in "if" for name in numeric)


def test_csv_in_pandas(written, forecast):
    pandas = import_module("pandas")
    table = pandas.read_csv(written("out.csv"), parse_dates=["init", "date"])
    check_table(table, forecast)
    assert table["date"].dtype.kind == "M" and (table["date"] - table["init"]).dt.days.equals(table["lead"])


def test_csv_with_tags(written):
    pandas = import_module("pandas")
    plain, tagged = written("out.csv").read_text(), written("tagged.csv", "--hxl").read_text()
    first, tags, rest = tagged.split("\n", 2)
    assert f"{first}\n{rest}" == plain and all(tag.startswith("#") for tag in tags.split(","))
    assert len(tags.split(",")) == len(set(tags.split(",")))
    assert pandas.read_csv("tagged.csv", skiprows=[1])["p_change"].dtype.kind == "f"


def test_a_workbook_in_pandas_and_openpyxl(written, forecast):
    pandas, openpyxl = import_module("pandas"), import_module("openpyxl")
    import_module("xlsxwriter")
    path = written("out.xlsx")
    check_table(pandas.read_excel(path, sheet_name="forecast", engine="openpyxl"), forecast)
    check_table(pandas.read_excel(path, sheet_name="forecast", engine="calamine"), forecast)
    sheet = openpyxl.load_workbook(path)["forecast"]
    at = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, at["date"]).is_date and isinstance(sheet.cell(2, at["p_change"]).value, (int, float))


def test_geojson(written, forecast):
    truth = shares(forecast)
    box = json.loads(written("out.geojson").read_text())
    points = [f for f in box["features"] if f["geometry"]["type"] == "Point"]
    assert len(points) == forecast.sizes["place"]
    last = forecast.sizes["time"] - 1
    for point in points:
        said = point["properties"]
        lead = max(int(k.removeprefix("p_change_")) for k in said if k.startswith("p_change_"))
        assert lead <= last and said[f"p_change_{lead}"] == pytest.approx(
            truth[said["id"], lead][0], abs=1e-12
        )
        assert said["pcode"] and said["holder"] in forecast["side"].values
        spot = forecast.sel(place=said["id"])
        assert point["geometry"]["coordinates"] == [float(spot["lon"]), float(spot["lat"])]


def test_a_geopackage_in_pyogrio(written, forecast):
    pyogrio, shapely = import_module("pyogrio"), import_module("shapely")
    meta, _, shapes, values = pyogrio.raw.read(written("out.gpkg"), layer="places")
    found = dict(zip(meta["fields"], values, strict=True))
    assert meta["crs"] == "EPSG:4326" and len(shapes) == forecast.sizes["place"]
    truth = shares(forecast)
    leads = [int(k.removeprefix("p_change_")) for k in found if k.startswith("p_change_")]
    for n, place in enumerate(found["id"]):
        assert found[f"p_change_{leads[-1]}"][n] == pytest.approx(truth[place, leads[-1]][0], abs=1e-12)
        assert shapely.from_wkb(shapes[n]).x == float(forecast.sel(place=place)["lon"])


def test_samples_in_pyarrow(written, forecast):
    pq = import_module("pyarrow.parquet")
    table = pq.read_table(written("out.parquet")).to_pandas()
    sizes = forecast.sizes
    assert len(table) == sizes["place"] * sizes["time"] * sizes["member"]
    place, lead = str(forecast["place"].values[0]), sizes["time"] - 1
    drawn = table[(table.place_id == place) & (table.lead == lead)].sort_values("draw")
    control = forecast["control"].transpose("member", "time", "place").values[:, lead, 0]
    assert list(drawn.holder) == [str(forecast["side"].values[c]) for c in control]
    assert drawn.changed.mean() == pytest.approx(shares(forecast)[place, lead][0], abs=1e-12)
    displaced = forecast["displaced"].transpose("member", "time", "place").values[:, lead, 0]
    assert list(drawn.displaced) == list(displaced) and set(table.pcode) == set(forecast["pcode"].values)


def test_a_paragraph_to_paste(written, forecast):
    text = written("out.md").read_text()
    assert hl.summarise(forecast)["sentence"] in text and "| Place | Held by |" in text
    assert "Model estimate of" in text and " 0 %" not in text and "100 %" not in text


def test_a_paragraph_holds_no_sign_that_turns_its_text(forecast):
    text = markdown(forecast.assign_attrs(title="War \u202eof the north\u2066"))
    assert "War \N{REPLACEMENT CHARACTER}of the north" in text and not {"\u202e", "\u2066"} & {*text}


def test_figures(written):
    import_module("matplotlib")
    assert written("out.png").read_bytes().startswith(b"\x89PNG")
    assert ElementTree.fromstring(written("out.svg").read_text()).tag.endswith("svg")


def test_an_unknown_ending_is_an_error(written, capsys):
    for name in ("out.pdff", "out", "out.nc"):
        assert run(headlong, ["export", "toy.nc", name]) == 2
        said = capsys.readouterr().err
        assert "OUT must end in" in said and not Path(name).exists()
    assert set(ENDINGS) == {".html", ".csv", ".xlsx", ".geojson", ".gpkg", ".parquet", ".png", ".svg", ".md"}


def test_roads_come_from_the_case(tmp_path):
    from headlong.view.tables.map_layers import roads_layer

    case = hl.open_case("mali-2012")
    forecast = toys().toy()
    ids = [p["id"] for p in case.places[: forecast.sizes["place"]]]
    made = forecast.assign_coords(place=ids)
    roads = roads_layer(made, case)
    assert roads and all({f["properties"]["from"], f["properties"]["to"]} <= set(ids) for f in roads)
    first = roads[0]["properties"]
    control, weight = (
        made["control"].sel(place=[first["from"], first["to"]]).isel(time=0),
        made["weight"].values,
    )
    apart = (control.isel(place=0).values != control.isel(place=1).values) @ weight / weight.sum()
    assert first["p_split"] == pytest.approx(float(apart))


def test_both_arms_of_a_what_if(forecast):
    import xarray as xr

    both = xr.concat(
        [forecast, forecast], xr.Variable("arm", ["baseline", "scenario"]), combine_attrs="override"
    )
    both["weight"] = forecast["weight"]
    for name in ("place_name", "kind", "lat", "lon", "population", "side_name"):
        both = both.assign_coords({name: forecast[name]}) if name in forecast.coords else both
    rows, names = list(rows_of(both)), column_names(both)
    arms = {row[names.index("arm")] for row in rows}
    assert (
        arms == {"baseline", "scenario"} and len(rows) == 2 * forecast.sizes["place"] * forecast.sizes["time"]
    )
    assert len(hxl_of(names)) == len(names) and isinstance(rows[0][names.index("date")], date)


def of_tables(text):
    """Cells of the table of places, by the name of the place."""
    lines = [line.strip("| ").split(" | ") for line in text.split("\n\n")[2].splitlines()]
    return {line[0]: dict(zip(lines[0], line, strict=True)) for line in lines[2:]}


def test_the_paragraph_says_who_is_not_sure_to_hold_a_place_and_who_else_may_take_it(forecast):
    said, names = (
        hl.summarise(forecast),
        dict(zip(forecast["side"].values, forecast["side_name"].values, strict=True)),
    )
    rows = of_tables(markdown(forecast))
    assert len(rows) == 10
    for place in said["places"]:
        if place["name"] not in rows or place["name"].startswith("<"):
            continue
        row, sure = rows[place["name"]], place["held_by"][place["holder"]]
        doubt = "" if sure >= 0.95 else f" ({round(100 * sure)} %)"
        assert row["Held by"] == names[place["holder"]] + doubt
        assert row["If so, likeliest to"] != names[place["holder"]]
    assert any("%" in row["Held by"] for row in rows.values())
    assert "on the evening of 12 Aug, where that is not sure" in markdown(forecast)


def test_of_a_place_in_doubt_the_taker_is_another_than_who_is_shown(forecast):
    """Whoever holds the place in most members takes it in most of the others: that is no new holder."""
    control = np.zeros(forecast["control"].shape, np.int8)
    control[: len(control) // 3, 0, 1], control[-1, -1, 1] = 1, 2
    row = of_tables(markdown(forecast.assign(control=(forecast["control"].dims, control))))["Place B"]
    names = [str(name) for name in forecast["side_name"].values]
    assert row["Held by"].startswith(f"{names[0]} (6") and row["If so, likeliest to"] == names[2]
    control[-1, -1, 1] = 0
    row = of_tables(markdown(forecast.assign(control=(forecast["control"].dims, control))))["Place B"]
    assert row["If so, likeliest to"] == "–"
