"""What a page shows only of files that have it: people by road, and a place as one forecast after another saw it."""

import csv
import io

import numpy as np
import pytest
from page_toys import NASTY, plain

TOP = 255
ROADS = [[0, 4], [4, 0], [4, 7], [1, 8]]
PEOPLE = {  # 10, 50 and 90 % on days 7 and 14, in codes
    "7": [[20, 120, 200], [0, 30, 90], [60, 180, 230], [0, 0, 0]],
    "14": [[30, 200, 210], [0, 30, 90], [60, 190, 230], [0, 0, 10]],
}
DATES = ["2021-08-05", "2021-08-10", "2021-08-11", "2021-08-12"]


def seen(places):
    """The block that an archive's page has, of four forecasts."""
    held = [[0.9, 0.1, 0.0, 0.0], [0.7, 0.3, 0.0, 0.0], [0.6, 0.4, 0.0, 0.0], [0.5, 0.3, 0.2, 0.0]]
    rows = [
        {
            "id": place,
            "name": place,
            "p_near": [0.1, 0.2, 0.62, 0.41],
            "p_far": [0.3, 0.5, 0.83, 0.75],
            "held": held,
            "reports": [[], [], ["r1", "gone"], []],
        }
        for place in places
    ]
    rows[2] |= {"p_near": [None, 0.2, 0.3, 0.4], "p_far": [None, 0.2, 0.3, 0.4], "held": [None, *held[1:]]}
    return {
        "format": "headlong-over-time/1",
        "case": "toyland",
        "days": [7, 30],
        "inits": DATES,
        "kept_at": DATES,
        "members": [240] * 4,
        "changed": [[], [], [], [f"seed {NASTY}"]],
        "sides": ["state", "rebels", "third", "none"],
        "places": rows,
        "left_out": ["2021-08-08.nc is damaged"],
    }


@pytest.fixture
def beside(opened, toy, forecast, tmp_path):
    """Open a page with more beside the forecast."""
    from headlong.view.page.context import Beside
    from headlong.view.page.export import filled
    from headlong.view.page.payload import payload

    def open_it(header, columns, address, **how):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.html"
        whole = toy.with_reports(forecast)
        path.write_text(filled(payload(whole, Beside(header, columns))), encoding="utf-8")
        return opened(path, address, **how)

    return open_it


@pytest.fixture
def flowing(beside):
    codes = np.array([PEOPLE["7"], PEOPLE["14"]], np.uint8).transpose(2, 0, 1)

    def open_it(address="#tab=people&day=2021-08-19", **how):
        return beside({"flows": {"days": [7, 14], "roads": ROADS}}, {"0.road": codes}, address, **how)

    return open_it


@pytest.fixture
def dated(beside):
    def open_it(address="#tab=place&place=p4", **how):
        return beside({"over_time": seen([f"p{k}" for k in range(14)])}, {}, address, **how)

    return open_it


def figure(view, title):
    return view.page.locator("figure", has=view.page.get_by_role("heading", name=title, exact=False)).first


def test_the_busiest_roads_are_listed_with_the_people_on_them(flowing):
    view = flowing()
    top = view.read("model.header.arms[0].top")
    amount = [round(np.expm1(code / TOP * np.log1p(top))) for code in (60, 180, 230)]
    view.page.get_by_role("button", name="Busiest roads: table").click()
    with view.page.expect_download() as caught:
        figure(view, "Busiest roads").get_by_role("button", name="CSV").click()
    lines = [
        line for line in caught.value.path().read_text("utf-8-sig").splitlines() if not line.startswith("#")
    ]
    rows = list(csv.DictReader(io.StringIO("\n".join(lines))))
    assert [(row["place_id"], row["to"]) for row in rows] == [("p4", "p7"), ("p0", "p4"), ("p4", "p0")]
    found = [float(rows[0][f"people_q{q}"]) for q in (10, 50, 90)]
    assert found == pytest.approx(amount, rel=0.01)
    view.read("void page.setDay(14)")  # by then the other road is busier
    assert figure(view, "Busiest roads").locator("tbody tr").first.inner_text().startswith("Place A")


def painted(view):
    """Pixels of the map that are the colour of people, along the road from the fifth place to the first."""
    return view.page.evaluate("""() => {
        const canvas = document.querySelector("canvas"), {width, height} = canvas;
        const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
        let n = 0;
        const near = (k, wanted) => Math.abs(data[k] - wanted) < 8;
        for (let k = 0; k < data.length; k += 4) n += near(k, 106) && near(k + 1, 61) && near(k + 2, 148);
        return n;
    }""")  # fmt: skip


def test_roads_are_drawn_in_the_layer_of_people_only(flowing):
    view = flowing("#tab=map&day=2021-08-19")
    legend = view.page.get_by_role("list", name="Legend")
    counts = {}
    for layer in (True, False):
        view.read(f"void (page.layers.people = {str(layer).lower()})")
        view.page.wait_for_timeout(200)
        counts[layer] = painted(view)
        assert ("on the road" in legend.inner_text()) == layer
    assert counts[True] > counts[False] + 30
    view.read("void (page.layers.people = true, page.add({place: 0, kind: 'holds', day: 10}))")
    view.page.wait_for_timeout(200)
    assert "on the road" not in legend.inner_text()  # numbers of all futures do not follow the choice


def test_a_place_over_time(dated):
    view = dated()
    card = figure(view, "Seen over time")
    assert "4 forecasts, 5 Aug to 12 Aug" in plain(card.inner_text())
    assert card.locator("path.told").count() == 1  # one forecast of the four heard new reports of the place
    assert "12 Aug 2021: Within 7 days 41 %, Within 30 days 75 %." in plain(card.inner_text())
    assert "The State 50 %, Rebels 30 %, Third force 20 %" in plain(card.inner_text())
    assert "2021-08-08.nc is damaged" in card.inner_text() and f"seed {NASTY}" in card.inner_text()
    card.get_by_role("button", name="Forecast before").click()
    text = plain(card.inner_text())
    assert "11 Aug 2021: Within 7 days 62 %" in text and "2 reports of it" in text
    assert "fell · Rebels (official, unverified)" in text and "gone" in text
    card.get_by_role("slider", name="Forecast by forecast").press("Home")
    assert "5 Aug 2021: Within 7 days 10 %" in plain(card.inner_text())
    view.page.get_by_role("button", name="Seen over time: table", exact=True).click()
    rows = [plain(row).split("\t") for row in card.locator("tbody tr").all_inner_texts()]
    assert rows[2] == ["11 Aug 2021", "62 %", "83 %", "2"]
    view.page.get_by_role("button", name="Who held it, seen over time: table").click()
    rows = figure(view, "Who held it").locator("tbody tr").all_inner_texts()
    assert plain(rows[3]).split("\t") == ["12 Aug 2021", "50 %", "30 %", "20 %", "<1 %"]


def test_a_forecast_that_does_not_know_the_place_is_a_gap(dated):
    view = dated("#tab=place&place=p2")
    card = figure(view, "Seen over time")
    assert card.locator("svg[role=img] > path[stroke-dasharray]").first.get_attribute("d").startswith("M")
    card.get_by_role("slider").press("Home")
    assert "This forecast does not know the place." in card.inner_text()


@pytest.mark.parametrize("tab", ["place", "people", "map"])
def test_without_there_is_no_trace(opened, tab):
    view = opened("reports", f"#tab={tab}&day=2021-08-19")
    text = view.page.inner_text("body")
    assert not any(part in text for part in ("Seen over time", "Busiest roads", "on the road"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_findings_of_axe(dated, flowing, scheme):
    from axe_playwright_python.sync_playwright import Axe

    for open_it in (dated, flowing):
        view = open_it(color_scheme=scheme)
        found = Axe().run(view.page).response["violations"]
        assert not [(f["id"], f["nodes"][0]["html"]) for f in found]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_in_other_languages_nothing_sticks_out(dated, flowing, language):
    size = {"viewport": {"width": 390, "height": 844}}
    for view in (
        dated(f"#tab=place&place=p4&lang={language}", **size),
        flowing(f"#tab=people&day=2021-08-19&lang={language}", **size),
    ):
        assert view.page.evaluate("document.querySelector('#view').scrollWidth") <= 390
