"""Writing pages: what is shipped, what goes in, what is refused; pictures for notebooks and papers."""

import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

import headlong as hl
from headlong.cli import main
from headlong.errors import BadRequest
from headlong.view.figures import basemap
from headlong.view.page import export as room

ROOT = Path(__file__).parents[3]
VIEWER = ROOT / "viewer"


def source_hash():
    """As viewer/vite.config.ts computes it."""
    apart = {"node_modules", "dist", ".vite"}
    names = sorted(
        path.relative_to(VIEWER).as_posix()
        for path in VIEWER.rglob("*")
        if path.is_file() and not apart & set(path.relative_to(VIEWER).parts)
    )
    digest = hashlib.sha256()
    for name in names:
        digest.update(f"{name}\0".encode())
        digest.update((VIEWER / name).read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()


def test_the_page_was_built_from_the_source_that_is_here():
    said = re.search(r'name="headlong-source" content="(\w+)"', room.shell()).group(1)
    assert said == source_hash(), "viewer/ has changed since the page was built: run make page"


def test_the_page_is_small_and_asks_nothing_of_the_network():
    text = room.shell()
    assert len(text.encode()) <= 250_000
    assert text.count(room.TOKEN) == 1
    assert not re.search(r"""(?:src|href)=["']?(?!data:)[^"'>\s]""", text.split("<script", 1)[0])
    assert re.search(r"default-src 'none'; script-src 'sha256-[\w+/=]{44}'; style-src 'unsafe-inline'", text)
    assert "Svelte Contributors" in text[:4000]  # notices of what is bundled
    assert text.index('<meta charset="utf-8"') < 200


WORDS = ROOT / "src" / "headlong" / "view" / "page" / "words"


def test_no_key_stands_twice():
    for path in WORDS.glob("*.json"):
        keys = [key for key, _ in json.loads(path.read_text("utf-8"), object_pairs_hook=list)]
        assert len(keys) == len(set(keys)), {key for key in keys if keys.count(key) > 1}


def test_what_speaks_of_intervals_is_said_without_where_there_are_none():
    """Every key that `unless` is given has its twin, and every twin has a key."""
    english = json.loads((WORDS / "en.json").read_text("utf-8"))
    sources = VIEWER / "src"
    whole = "".join(path.read_text("utf-8") for path in sources.rglob("*.svelte"))
    whole += (sources / "core" / "sentence.ts").read_text("utf-8")
    calls = re.findall(r"unless\((.*)", whole)
    asked = {key for call in calls for key in re.findall(r'"(\w+)"', call.split(", {")[0].split(")}")[0])}
    twins = {key.partition(".")[2] for key in english if key.startswith("few.")}
    assert twins == asked & set(english)
    assert not [key for key in twins if re.search(r"90.%|50 / 90|one in ten", str(english[f"few.{key}"]))]


def test_no_lock_names_an_address():
    lock = json.loads((VIEWER / "package-lock.json").read_text())
    assert not [name for name, entry in lock["packages"].items() if "resolved" in entry]
    wanted = json.loads((VIEWER / "package.json").read_text())["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())


def test_export(forecast, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    hl.save(forecast, "toy.nc")
    with pytest.raises(SystemExit) as done:
        main(["export", "toy.nc", "page.html"])
    assert done.value.code == 0 and "Wrote page.html" in capsys.readouterr().out
    text = Path("page.html").read_text()
    assert room.TOKEN not in text and text.startswith("<!doctype html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page.html", "toy.nc"]
    first = Path("page.html").read_bytes()
    hl.page(hl.load("toy.nc")).save("again.html")
    assert Path("again.html").read_bytes() == first


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing.nc", "page.html"], "no file nothing.nc"),
        (["toy.nc", "no/page.html"], "no folder 'no'"),
        (["toy.nc", "page.html", "--basemap", "land.json"], "no file land.json"),
        (["toy.nc", "page.html", "--case", "nowhere"], "nowhere"),
        (["toy.nc", "page.html", "--case", "mali-2012"], "not of mali-2012"),
        (["bad.nc", "page.html"], "not a NetCDF file"),
    ],
)
def test_what_cannot_be_exported(forecast, tmp_path, monkeypatch, capsys, words, said):
    monkeypatch.chdir(tmp_path)
    hl.save(forecast, "toy.nc")
    Path("bad.nc").write_text("no forecast")
    with pytest.raises(SystemExit) as done:
        main(["export", *words])
    assert done.value.code == 2 and said in capsys.readouterr().err
    assert not Path("page.html").exists()


def test_a_page_of_a_bundled_case_has_roads_and_land(toy):
    from headlong.view.page.context import look_beside

    case = hl.open_case("mali-2012")
    forecast = toy.toy()
    spare = forecast.isel(place=0, drop=True)
    names = {
        key: [p[column] for p in case.places] for key, column in (("place", "id"), ("place_name", "name"))
    }
    from_case = spare.drop_vars(["place_name", "kind", "lat", "lon", "population"], errors="ignore")
    made = from_case.expand_dims(place=names["place"]).assign_coords(
        place_name=("place", names["place_name"]),
        kind=("place", [p["kind"] for p in case.places]),
        lat=("place", [p["lat"] for p in case.places]),
        lon=("place", [p["lon"] for p in case.places]),
    )
    made.attrs |= {"case": case.id, "init": "2012-03-25", "control_from": "history up to that day"}
    beside = look_beside(made)
    assert len(beside.header["roads"]) == len(case.roads) and beside.header["licence"]
    assert "Mali" in beside.header["land"]["names"] and beside.header["land"]["focus"]
    assert beside.header["case_same"] is False


def ring_area(ring):
    return basemap.area_and_centre(ring)[0]


def test_land_is_cut_at_the_window():
    square = np.array([[0, 0], [10, 0], [10, 10], [0, 10]], float)
    assert ring_area(basemap.cut(square, (2, 3, 5, 20))) == pytest.approx(3 * 7)
    assert ring_area(basemap.cut(square, (-5, -5, 20, 20))) == pytest.approx(100)
    assert len(basemap.cut(square, (20, 20, 30, 30))) == 0
    assert basemap.inside(square, np.array([5.0, 15.0]), np.array([5.0, 5.0])).tolist() == [True, False]


def test_shapes_come_back_from_their_file():
    shapes = basemap.shipped("afghanistan-2021")
    again = basemap.thaw(basemap.freeze(shapes, 0.002))
    assert [s.name for s in shapes] == [s.name for s in again]
    assert all(np.allclose(a.ring, b.ring) for a, b in zip(shapes, again, strict=True))
    assert {"Afghanistan", "Pakistan"} <= {s.name for s in shapes}
    assert len(basemap.shipped("no such case")) > 200


def test_a_basemap_of_ones_own(tmp_path, forecast):
    lat, lon = forecast["lat"].values, forecast["lon"].values
    path = tmp_path / "land.geojson"
    square = [[[60, 30], [70, 30], [70, 40], [60, 40], [60, 30]]]
    feature = {
        "type": "Feature",
        "properties": {"name": "Own"},
        "geometry": {"type": "Polygon", "coordinates": square},
    }
    line = {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": square[0]}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature, line]}))
    header, columns = basemap.land_of(lat, lon, str(path), "")
    assert header["names"] == ["", "Own"] and "land.geojson" in header["caption"]
    assert columns["land.closed"].tolist() == [1, 0]
    assert basemap.land_of(lat, lon, "none", "") == (None, {})
    for text in ("{}", "[1]", '{"type": "Polygon"}', "\x00", '{"type": "FeatureCollection", "features": []}'):
        path.write_text(text)
        with pytest.raises(BadRequest):
            basemap.land_of(lat, lon, str(path), "")


def test_a_notebook_shows_a_picture_and_the_page(forecast, toy):
    page = hl.page(toy.with_reports(forecast))
    still = page._repr_html_()
    parser = HTMLParser()
    parser.feed(still)
    assert still.count("<svg") == 1 and "<script" not in still and "<img" not in still
    assert "&lt;img src=x" in still and "Falls next" in still
    live = page.show()._repr_html_()
    assert live.startswith("<iframe srcdoc=") and 'sandbox="allow-scripts' in live and "<script" not in live


def test_figures_for_papers(forecast):
    import matplotlib

    matplotlib.use("Agg")
    axes = hl.draw_map(forecast, on=5)
    assert "17 Aug" in axes.get_title(loc="left")
    held = (forecast["control"].values[:, :, :12] == 0).sum(axis=2)
    lines = hl.draw_timeline(forecast).get_lines()
    assert np.allclose(lines[0].get_ydata(), np.quantile(held, 0.5, axis=0, method="inverted_cdf"))
    with pytest.raises(BadRequest, match="day 99"):
        hl.draw_map(forecast, on=99)
    matplotlib.pyplot.close("all")
