"""What a reader takes away: pictures, tables and places as files, pages of paper; and the dark of the screen."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from page_toys import plain

SVG = "{http://www.w3.org/2000/svg}"


def take(view, *names):
    """Bytes and name of the file that the last of some buttons gives."""
    for name in names[:-1]:
        view.page.get_by_text(name, exact=True).click()
    with view.page.expect_download() as got:
        view.page.get_by_role("button", name=names[-1]).first.click()
    with open(got.value.path(), "rb") as stream:
        return stream.read(), got.value.suggested_filename


def test_the_map_as_plain_numbers(opened, forecast):
    view = opened(address="#day=2021-08-20", accept_downloads=True)
    raw, name = take(view, "Save", "Table (CSV)")
    assert name == "toyland-places-2021-08-20.csv"
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [row["place_id"] for row in rows] == [f"p{k}" for k in range(12)]
    control = forecast["control"].values
    fell = (control[:, :9] != control[:, :1]).any(axis=1).mean(axis=0)
    for k, row in enumerate(rows):
        assert float(row["p_changes_hands"]) == pytest.approx(fell[k], abs=1e-5)
        assert float(row["p_held_by_rebels"]) == pytest.approx((control[:, 8, k] == 1).mean(), abs=1e-5)
        assert float(row["lat"]) == pytest.approx(forecast["lat"].values[k], abs=1e-5)
        assert (row["init"], row["by"], row["on"]) == ("2021-08-12", "2021-08-20", "2021-08-20")
        assert row["population"] == str(forecast["population"].values[k])
    assert rows[3]["place"].startswith("'=")  # no formula to a spreadsheet
    raw, _ = take(view, "Save", "Places (GeoJSON)")
    found = json.loads(raw)
    assert [f["properties"]["place_id"] for f in found["features"]] == [row["place_id"] for row in rows]
    spot = found["features"][4]
    assert spot["geometry"]["coordinates"] == pytest.approx(
        [forecast["lon"].values[4], forecast["lat"].values[4]], abs=1e-5
    )
    assert spot["properties"]["p_changes_hands"] == pytest.approx(fell[4], abs=1e-5)


@pytest.mark.parametrize(("name", "known"), [("claimed", True), ("plain", False)])
def test_files_say_which_places_are_contested_where_that_is_known(opened, toy, name, known):
    view = opened(name, accept_downloads=True)
    raw, _ = take(view, "Save", "Table (CSV)")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    wanted = [str(int(n in toy.CONTESTED)) if known else "" for n in range(12)]
    assert [row["contested_at_init"] for row in rows] == wanted


def test_a_report_that_can_move_no_place_says_so_and_why(opened, toy):
    view = opened("claimed", "#tab=reports", accept_downloads=True)
    english = view.read("model.header.words.en")
    rows = view.page.locator("figure tbody tr").all_inner_texts()
    assert len(rows) == 6 and not re.search("null|NaN|undefined", " ".join(rows))
    for why in toy.IDLE.values():
        assert sum(english[f"idle.{why}"] in row for row in rows) == 1, why
    assert sum("can move no place" in row for row in rows) == len(toy.IDLE)
    view.page.get_by_role("button", name="What was claimed, and how it moved the forecast: table").click()
    raw, _ = take(view, "CSV")
    for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))):
        assert row["moves_no_place"] == toy.IDLE.get(row["report_id"], "")
        assert (row["p_true"] == "") == (row["report_id"] in toy.IDLE)
    view.read("void (page.place = 1, page.tab = 'place')")
    assert english["idle.no_side"] in view.page.locator("figure", has_text="Reports of it").inner_text()


def test_files_say_which_futures_they_are_of(opened):
    view = opened(address="#if=p0%3C2021-08-20", accept_downloads=True)
    left = view.read("page.weighed.left")
    raw, _ = take(view, "Save", "Table (CSV)")
    row = next(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert row["only_futures_where"].startswith("Place A changes hands by 20 Aug") and row["futures"] == str(
        left
    )
    raw, _ = take(view, "Save", "Places (GeoJSON)")
    about = json.loads(raw)["headlong"]
    assert about["futures"] == left and about["only_futures_where"][0].startswith("Place A changes hands")
    svg, _ = take(view, "Save", "Drawing (SVG)")
    assert f"({left} of 240 futures)" in plain(" ".join(ET.fromstring(svg).itertext()))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_as_a_picture(opened, scheme):
    from PIL import Image

    view = opened(accept_downloads=True, color_scheme=scheme)
    raw, name = take(view, "Save", "Drawing (SVG)")
    assert name == "toyland-map-2021-08-19.svg"
    drawing = ET.fromstring(raw)
    told = plain(" ".join(drawing.itertext()))
    for part in ("Who may lose what by 19 Aug 2021", "Place H", "not a fact", "Natural Earth", " km"):
        assert part in told
    assert len(drawing.findall(f".//{SVG}path")) > 40
    assert not re.search(rb"NaN|undefined|<script|javascript:", raw)
    raw, _ = take(view, "Save", "Picture (PNG)")
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    box = view.page.locator("canvas").bounding_box()
    assert picture.width == 2 * round(box["width"]) and picture.height > 2 * box["height"]
    colours = {colour for _, colour in picture.getcolors(1 << 24)}
    assert {
        (251, 250, 246),
        (28, 74, 128),
        (242, 162, 44),
    } <= colours  # paper, and two sides: on paper always light
    view.page.wait_for_timeout(60)


def test_charts_as_files(opened):
    view = opened(address="#tab=place&place=p4", accept_downloads=True)
    raw, name = take(view, "Who may hold it: SVG")
    assert name == "toyland-who-may-hold-it-2021-08-19.svg"
    drawing = ET.fromstring(raw)
    assert drawing.find(f"{SVG}title").text.startswith("Who may hold it")
    assert not re.search(rb"var\(--", raw)  # colours are written out
    raw, _ = take(view, "When it changes hands: PNG")
    assert raw[:8] == b"\x89PNG\r\n\x1a\n" and len(raw) > 2000


def test_a_table_as_a_file_has_ids_dates_and_numbers(opened, forecast):
    view = opened(accept_downloads=True)
    view.page.get_by_role("button", name="Falls next: table").click()
    raw, _ = take(view, "CSV")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert len(rows) == 12 and {row["place_id"] for row in rows} == {f"p{k}" for k in range(12)}
    row = next(row for row in rows if row["place_id"] == "p4")
    control = forecast["control"].values[:, :, 4]
    fell = (control != control[:, :1]).cumsum(axis=1).astype(bool).mean(axis=0)
    assert float(row["p_changes_hands_by_2021-08-26"]) == pytest.approx(fell[14], abs=1e-5)
    assert row["median"] == str(np.datetime64("2021-08-12") + int((fell >= 0.5).argmax()))
    assert re.fullmatch(r"-?\d+(\.\d+)?", row["lat"])


def test_a_scale_of_round_kilometres(opened):
    view = opened(accept_downloads=True)
    raw, _ = take(view, "Save", "Drawing (SVG)")
    drawing = ET.fromstring(raw)
    km = next(
        int(found.group(1))
        for t in drawing.iter(f"{SVG}text")
        if (found := re.fullmatch(r"(\d+) km", t.text or ""))
    )
    bar = next(
        [float(x) for x in re.findall(r"[ML]([\d.]+),", path.get("d"))]
        for path in drawing.iter(f"{SVG}path")
        if path.get("stroke-width") == "1.4" and len(re.findall(r"[ML]", path.get("d"))) == 4
    )
    length = max(bar) - min(bar)
    spots = view.page.evaluate(
        "[...document.querySelectorAll('button.proxy')].map((b) => [parseFloat(b.style.left), parseFloat(b.style.top)])"
    )
    lat, lon = (view.read(f"model.places.map((p) => p.{name})") for name in ("lat", "lon"))
    a, b = 0, 7
    middle = np.radians((lat[a] + lat[b]) / 2)
    far = 6371 * np.hypot(np.radians(lon[a] - lon[b]) * np.cos(middle), np.radians(lat[a] - lat[b]))
    assert far / np.hypot(*np.subtract(spots[a], spots[b])) == pytest.approx(km / length, rel=0.04)


def test_dark_where_the_system_is_dark(opened):
    def colours(view):
        return view.page.evaluate(
            """() => {
            const canvas = document.querySelector('canvas'), at = { x: 3, y: canvas.height - 3 };
            const pixel = canvas.getContext('2d').getImageData(at.x, at.y, 1, 1).data;
            return [pixel[0] + pixel[1] + pixel[2], getComputedStyle(document.documentElement).backgroundColor];
        }"""
        )

    light, dark = colours(opened()), colours(view := opened(color_scheme="dark"))
    assert (
        light[0] > 600 and dark[0] < 200 and light[1] == "rgb(251, 250, 246)" and dark[1] == "rgb(20, 24, 30)"
    )
    assert view.read("page.marks[0].colour") == "#5e95d8"
    view.page.emulate_media(color_scheme="light")  # follows the system while it is open
    view.page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
    assert view.read("page.marks[0].colour") == "#1c4a80"
    assert colours(view) == light


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("plase e", "Place E"), ("Plcae H", "Place H"), ("palce-k", "Place K"), ("P4", "Place E")],
)
def test_find_knows_what_was_meant(opened, typed, meant):
    view = opened()
    view.page.get_by_label("Find a place").fill(typed)
    status = view.page.locator(".finder")
    assert meant in status.inner_text()
    assert ("Did you mean" in status.inner_text()) == (typed != "P4")
    if typed != "plase e":
        view.press("Enter")
    else:
        status.get_by_role("button", name=meant).click()
    assert view.read("model.places[page.place].name") == meant


def test_find_says_when_there_is_nothing(opened):
    view = opened()
    view.page.get_by_label("Find a place").fill("xqzwv")
    assert "No place of that name" in view.page.locator(".finder").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tab", ["map", "place", "people"])
def test_print_fits_two_pages(opened, tab, scheme):
    view = opened("reports", f"#tab={tab}&if=p0%3C2021-08-20", color_scheme=scheme)
    view.page.wait_for_timeout(200)
    raw = view.page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", raw)) <= 2


def test_people_fit_two_pages_with_many_ways_out_and_leaders(opened, forecast, tmp_path):
    from headlong.view.page.export import export

    many = forecast.isel(crossing=[0, 1] * 6, leader=[0, 1] * 15)
    names = forecast["place"].values[:12]
    export(many.assign_coords(crossing=names, leader=[f"l{k}" for k in range(30)]), tmp_path / "many.html")
    view = opened(tmp_path / "many.html", "#tab=people")
    view.page.wait_for_timeout(200)
    assert len(re.findall(rb"/Type\s*/Page\b", view.page.pdf(format="A4"))) <= 2
