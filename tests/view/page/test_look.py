"""Looking at the page as a reader does: clock, keys, links between list, map and charts, phone, print."""

import re
from urllib.parse import quote

import numpy as np
import pytest
from page_toys import plain

TABS = ("Map", "Place", "When", "People", "Reports", "Compare & trust")


def asked(part):
    """A part of an address, name=value."""
    name, value = part.split("=")
    return f"{name}={quote(value)}"


def test_it_opens_with_one_request_and_says_what_it_is(opened):
    view = opened()
    assert view.page.title() == "Toyland, a made-up war – Headlong"
    text = view.page.inner_text("body")
    assert "As known on the evening of 12 Aug 2021" in text and "240 simulated futures" in text
    assert view.read("window.headlong.ready")


def test_the_clock(opened):
    view = opened()
    slider = view.page.get_by_role("slider", name="Clock")
    assert slider.get_attribute("aria-valuetext") == "19 Aug 2021, forecast"
    view.press("i")
    assert slider.get_attribute("aria-valuetext") == "12 Aug 2021, start of the forecast"
    view.press("ArrowRight")
    assert "13 Aug 2021" in view.page.inner_text(".player .date")
    view.press("Shift+ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "20 Aug 2021, forecast"
    view.press("End")
    assert view.read("page.day") == 20
    view.press("ArrowRight", "ArrowLeft")
    assert view.read("page.day") == 19
    view.press("i")
    assert view.read("page.day") == 0
    slider.fill("5")
    assert "17 Aug 2021" in view.page.inner_text(
        ".player .date"
    ) and "forecast, day 5" in view.page.inner_text(".player")


def test_playing(opened):
    view = opened()
    assert not view.read("page.playing")  # nothing moves by itself
    view.press(" ")
    view.page.wait_for_timeout(1300)
    view.press(" ")
    day = view.read("page.day")
    assert 8 <= day <= 12
    view.page.wait_for_timeout(700)
    assert view.read("page.day") == day


def test_keys_are_not_taken_from_an_input(opened):
    view = opened()
    view.press("/")
    view.page.keyboard.type("place e 3")
    assert view.read("page.tab") == "map" and view.read("page.day") == 7
    view.page.get_by_label("Find a place").fill("place e")
    view.press("Enter")
    assert view.read("model.places[page.place].id") == "p4"


def test_tabs_and_help_by_key(opened):
    view = opened()
    for key, name in enumerate(TABS, 1):
        view.press(str(key))
        assert view.page.get_by_role("tab", name=name).get_attribute("aria-selected") == "true"
    view.press("?")
    assert view.page.get_by_role("dialog").is_visible()
    view.press("Escape")
    assert not view.page.get_by_role("dialog").is_visible()


def test_walking_the_map_by_keyboard(opened, forecast):
    view = opened()
    lon = forecast["lon"].values
    view.read(f"void page.choose({lon[:12].argmin()})")
    view.page.locator("button.proxy[tabindex='0']").focus()
    seen = [view.read("page.place")]
    for _ in range(3):
        view.press("ArrowRight")
        seen.append(view.read("page.place"))
    assert len(set(seen)) > 1
    assert (np.diff(lon[seen]) >= 0).all() and view.read("page.day") == 7
    assert (
        view.page.evaluate("document.activeElement.getAttribute('aria-label')")
        == forecast["place_name"].values[seen[-1]]
    )


def test_the_list_moves_by_j_and_k(opened):
    view = opened()
    order = view.read("page.order")
    view.read(f"void (page.place = {order[0]})")
    view.press("j", "j", "k")
    assert view.read("page.place") == order[1]
    view.press("Enter")
    assert view.page.get_by_role("tab", name="Place").get_attribute("aria-selected") == "true"


def test_list_map_and_charts_are_linked(opened):
    view = opened()
    view.page.get_by_role("list", name="Places likeliest").get_by_role("button", name="Place H").click()
    assert view.read("model.places[page.place].id") == "p7"
    assert view.page.locator("button.proxy[aria-pressed='true']").get_attribute("aria-label") == "Place H"
    view.tab("Place")
    assert view.page.get_by_role("heading", name="Place H").is_visible()
    view.tab("When")
    row = view.page.locator(".rows button", has_text="Place E")
    row.click()
    view.tab("Map")
    assert view.page.locator("li.picked").inner_text().startswith("Place E")


COLOURS = """() => {
    const canvas = document.querySelector('canvas'), seen = new Set();
    const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    for (let k = 0; k < data.length; k += 4 * 97) seen.add(data[k] << 16 | data[k + 1] << 8 | data[k + 2]);
    return [...seen];
}"""


def spot(view, place):
    """Where a place is on the screen."""
    box = view.page.locator("canvas").bounding_box()
    style = view.page.locator("button.proxy").nth(place).get_attribute("style")
    x, y = (float(value) for value in re.findall(r"([\d.]+)px", style))
    return box["x"] + x, box["y"] + y


def pixel(view, place):
    x, y = spot(view, place)
    box = view.page.locator("canvas").bounding_box()
    return view.page.evaluate(
        "([x, y]) => Array.from(document.querySelector('canvas').getContext('2d').getImageData(x, y, 1, 1).data)",
        [x - box["x"], y - box["y"]],
    )[:3]


def test_the_canvas_knows_what_was_clicked(opened):
    view = opened()
    for place in (4, 0, 9):
        view.page.mouse.click(*spot(view, place))
        assert view.read("page.place") == place
    view.page.mouse.move(*spot(view, 7))
    assert view.page.locator(".tip").inner_text().startswith("Place H, 19 Aug")
    view.press("+")
    x, y = spot(view, 0)
    box = view.page.locator("canvas").bounding_box()
    if box["x"] < x < box["x"] + box["width"] and box["y"] + 50 < y < box["y"] + box["height"] - 60:
        view.page.mouse.click(x, y)
        assert view.read("page.place") == 0


def test_the_map_is_painted_where_places_are(opened, forecast):
    view = opened()
    colours = {0: (28, 74, 128), 1: (242, 162, 44)}
    control = forecast["control"].values
    clear = 0
    for place in range(12):
        sure = [s for s in (0, 1) if (control[:, 0, place] == s).all()]
        near = [
            p
            for p in range(12)
            if p != place and np.hypot(*np.subtract(spot(view, p), spot(view, place))) < 30
        ]
        if sure and not near:
            clear += 1
            assert np.abs(np.subtract(pixel(view, place), colours[sure[0]])).max() <= 3, place
    assert clear >= 3
    seen = view.page.evaluate(COLOURS)
    assert len(seen) > 20
    assert {0xFBFAF6, 0xEEECE6} <= set(seen)  # the country of the war, and others
    before = view.page.evaluate("() => document.querySelector('canvas').toDataURL()")
    view.press("End")
    view.page.wait_for_timeout(100)
    assert view.page.evaluate("() => document.querySelector('canvas').toDataURL()") != before


def test_the_address_holds_the_view(opened, written):
    view = opened(
        address="#tab=when&day=2021-08-20&place=p4&look=control&if=p0%3C2021-08-22%3Bp1%3E2021-08-15"
    )
    assert view.read("[page.tab, page.day, page.place, page.look, page.until, page.conditions.length]") == [
        "when",
        8,
        4,
        "control",
        8,
        2,
    ]
    view.press("ArrowRight", "1")
    view.page.wait_for_timeout(400)
    address = view.page.evaluate("location.hash")
    assert (
        "day=2021-08-21" in address
        and "look=control" in address
        and "tab=map" in address
        and "place=p4" in address
        and "if=" in address
    )


def test_nonsense_in_the_address_is_named(opened):
    wrong = {
        "tab=<b>": "no such view",
        "day=yesterday": "not a date",
        "place=zz": "no such place",
        "window=31": "not a whole number from 1 to 20",
        "look=danger": "write risk or control",
        "arm=7": "this file holds no such scenario",
        "future=240": "not a whole number from 0 to 239",
        "horizon=9": "no such part",
        "x<2021": "no such place",
        "p1=2021-08-15@nobody": "no such side",
    }
    parts = [name for name in wrong if name[:2] not in ("x<", "p1")]
    view = opened(address="#" + "&".join([*map(asked, parts), "if=x%3C2021;p1%3D2021-08-15%40nobody"]))
    state = "[page.tab, page.day, page.look, page.arm, page.future, page.conditions.length]"
    assert view.read(state) == ["map", 7, "risk", 0, None, 0]
    said = view.page.get_by_role("alert").inner_text()
    for part, why in wrong.items():
        assert f"“{part}” ({why}" in said, part


@pytest.mark.parametrize("value", ["-1", "1.5", "two", "0x1", "1e1"])
def test_a_future_that_is_no_number_is_named(opened, value):
    view = opened("what-if", f"#future={value}&arm={value}")
    assert view.read("[page.future, page.arm]") == [None, 0]
    said = view.page.get_by_role("alert").inner_text()
    assert f"future={value}" in said and f"arm={value}" in said


def test_a_future_that_the_conditions_leave_out_is_named(opened):
    view = opened(address="#if=p0%3C2021-08-20")
    out = view.read("page.weighed.weight.findIndex((w) => w === 0)")
    other = opened(address=f"#if=p0%3C2021-08-20&future={out}")
    assert other.read("page.future") is None
    assert f"“future={out}” (not among the futures chosen)" in other.page.get_by_role("alert").inner_text()


def test_a_window_beside_the_clock_is_named(opened):
    view = opened(address="#day=2021-08-16&window=14")
    assert view.read("[page.day, page.until]") == [4, 4]
    assert "“window=14” (the window is the clock’s day, 16 Aug 2021)" in plain(
        view.page.get_by_role("alert").inner_text()
    )
    quiet = opened(address="#day=2021-08-12&window=14&arm=0&future=3&look=risk")
    assert quiet.read("page.until") == 14 and quiet.page.get_by_role("alert").count() == 0


def test_a_link_followed_on_the_page_is_the_whole_view(opened):
    view = opened("what-if", "#arm=1&look=control&future=3")
    assert view.read("[page.arm, page.look, page.future]") == [1, "control", 3]
    view.page.evaluate("location.hash = '#tab=place&place=p4'")
    view.page.wait_for_timeout(300)
    assert view.read("[page.tab, page.place, page.arm, page.look, page.future]") == [
        "place",
        4,
        0,
        "risk",
        None,
    ]


def test_chances_are_never_certain(opened):
    view = opened()
    for name in TABS:
        view.tab(name)
        for button in view.page.get_by_role("button", name=": table").all():
            button.click()
        text = plain(view.page.inner_text("#view"))
        assert not re.search(r"(?<![\d.,−])(0|100) %", text), name


@pytest.mark.parametrize("name", TABS)
def test_every_chart_has_a_table_and_its_window(opened, name):
    view = opened("what-if")
    view.tab(name)
    for figure in view.page.locator("figure").all():
        if figure.locator("h2").inner_text().startswith(("Reports of it", "Along the roads")):
            continue
        assert figure.locator(".window").inner_text().strip()
        figure.get_by_role("button", name=": table").click()
        assert figure.locator("tbody tr").count() > 0


def test_a_table_says_what_the_forecast_says(opened, forecast):
    view = opened(address="#place=p4")
    view.tab("Place")
    view.page.get_by_role("button", name="When it changes hands: table").click()
    away = forecast["control"].values[:, :, 4]
    share = (away != away[:, :1]).cumsum(axis=1).astype(bool).mean(axis=0)
    cells = (
        view.page.locator("figure", has_text="When it changes hands").locator("tbody tr").nth(9).inner_text()
    )
    assert plain(cells).split("\t") == ["22 Aug", f"{100 * share[10]:.0f} %"]


def test_a_phone(opened):
    view = opened("reports", viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    for name in (*TABS[:-1], "Trust"):
        view.tab(name)
        for part in ("documentElement", "querySelector('#view')"):
            assert view.page.evaluate(f"document.{part}.scrollWidth") <= 390, (name, part)
    view.tab("Map")
    assert view.page.locator("canvas").bounding_box()["width"] > 350
    x, y = spot(view, 4)
    view.page.touchscreen.tap(x, y)
    assert view.read("page.place") == 4


def test_print(opened):
    view = opened()
    view.page.emulate_media(media="print")
    assert not view.page.get_by_role("slider", name="Clock").is_visible()
    assert view.page.get_by_text("the median;").is_visible()
    assert view.page.get_by_role("list", name="Places likeliest").is_visible()
    assert len(view.page.pdf()) > 20_000


def test_what_is_not_there_is_said(opened):
    view = opened()
    view.tab("Reports")
    assert "No reports in this file" in view.page.inner_text("#view")
    view.tab("Compare & trust")
    assert "This file holds one forecast" in view.page.inner_text("#view")


def test_no_track_record_is_said(opened, browser, tmp_path, forecast):
    from headlong.view.page.export import filled
    from headlong.view.page.payload import payload

    path = tmp_path / "bare.html"
    path.write_text(filled(payload(forecast)))
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(f"file://{path}#tab=trust")
    page.get_by_text("No track record is shipped").wait_for()
    page.get_by_role("tab", name="Map").click()
    assert page.locator("canvas").is_visible()
    context.close()


def test_a_page_without_a_forecast_says_so(browser, tmp_path):
    from headlong.view.page.export import shell

    path = tmp_path / "empty.html"
    path.write_text(shell())
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(f"file://{path}")
    assert "this page holds no forecast" in page.get_by_role("alert").inner_text()
    context.close()


def test_in_a_frame_of_a_notebook(browser, tmp_path, forecast):
    import headlong as hl

    path = tmp_path / "notebook.html"
    path.write_text(f"<meta charset=utf-8>{hl.page(forecast).show()._repr_html_()}")
    context = browser.new_context(offline=True)
    page, problems = context.new_page(), []
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"file://{path}")
    frame = page.frame_locator("iframe")
    frame.get_by_role("tab", name="When").click()
    frame.get_by_role("region", name="Places by day").wait_for()
    page.wait_for_timeout(400)
    assert not problems
    context.close()
