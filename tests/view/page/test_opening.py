"""The page opens on the answer: who may lose what within one window, and nothing on the screen contradicts it."""

import re

import numpy as np
import pytest
from page_toys import plain

DATE = re.compile(r"\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b")
AROUND = """([x, y, r]) => {
    const canvas = document.querySelector('canvas'), out = [];
    for (let k = 0; k < 24; k++) {
        const angle = (2 * Math.PI * k) / 24;
        const at = [x + r * Math.cos(angle), y + r * Math.sin(angle)].map(Math.round);
        out.push(Array.from(canvas.getContext('2d').getImageData(...at, 1, 1).data).slice(0, 3));
    }
    return out;
}"""


def around(view, place, r):
    """Colours on a circle around a place."""
    style = view.page.locator("button.proxy").nth(place).get_attribute("style")
    x, y = (float(value) for value in re.findall(r"([\d.]+)px", style))
    return np.array(view.page.evaluate(AROUND, [x, y, r]))


def reddish(colours):
    return (colours[:, 0].astype(int) - colours[:, 1:].max(axis=1) > 25).mean()


def test_it_opens_on_who_may_lose_what_within_a_week(opened):
    view = opened()
    assert view.read("[page.day, page.until, page.look]") == [7, 7, "risk"]
    assert view.page.get_by_role("heading", name="Who may lose what by 19 Aug 2021").is_visible()
    assert view.page.get_by_role("button", name="Who may lose what").get_attribute("aria-pressed") == "true"
    assert view.page.get_by_role("button", name="7 d").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("day", [None, 3, 11])
def test_one_window_everywhere(opened, day):
    view = opened()
    if day:
        view.read(f"void page.setDay({day})")
    end = view.read("model.calendar.day(page.until)")
    for part in (".sentence", ".top h2", "figcaption .window >> nth=0", ".player .date"):
        assert set(DATE.findall(view.page.locator(part).first.inner_text())) == {end}, part
    card = view.page.locator(".chosen").inner_text()
    assert set(DATE.findall(card)) <= {end, "12 Aug"} and f"falls by {end}" in card
    assert set(DATE.findall(view.page.locator("ol").inner_text())) <= {end}
    for tab in ("People", "Place", "Compare & trust"):
        view.tab(tab)
        windows = " ".join(view.page.locator("figcaption .window").all_inner_texts())
        free = (
            windows.replace("since 12 Aug", "")
            .replace("13 Aug to 1 Sep", "")
            .replace("the first time, by 1 Sep", "")
        )
        assert set(DATE.findall(free)) <= {end}, (tab, windows)
        assert tab == "Compare & trust" or end in free
    view.tab("Map")
    view.page.get_by_role("button", name="14 d").click()
    assert view.read("[page.day, page.until]") == [14, 14]
    view.press("i")  # at init the window stays what it was
    assert view.read("[page.day, page.until]") == [0, 14]
    assert "Who holds what at the start" in view.page.locator(".top h2").inner_text()


def test_risk_is_on_the_map(opened):
    view = opened(address="#day=2021-09-01")
    view.read("void (page.layers.areas = page.layers.names = page.layers.roads = page.layers.people = false)")
    view.page.wait_for_timeout(80)
    likely = view.read("page.order.filter((n) => page.risk(n) > 0.5)")
    assert len(likely) > 3
    assert min(reddish(around(view, n, 15)) for n in likely) > 0.7
    view.page.get_by_role("button", name="Who holds what").click()
    view.page.wait_for_timeout(80)
    assert max(reddish(around(view, n, 15)) for n in likely) < 0.3
    view.press("l")
    assert view.read("page.look") == "risk"


def test_doubt_at_the_start_is_told_with_the_fall(opened, forecast):
    control = forecast["control"].values
    view = opened()
    view.read("void page.choose(1)")
    already, later = ((control[:, day, 1] == 1).mean() for day in (0, 7))
    assert 0.2 < already < 0.5
    falls = (control[:, :8, 1] != control[:, :1, 1]).any(axis=1).mean()
    row = plain(view.page.locator("li.picked").inner_text())
    assert f"{100 * falls:.0f} %" in row
    assert f"Rebels: {100 * already:.0f} % already, {100 * later:.0f} % on 19 Aug" in row
    card = plain(view.page.locator(".chosen").inner_text())
    for share in (falls, already, later):
        assert f"{100 * share:.0f} %" in card
    view.read("void page.choose(0)")  # sure at the start: nothing to explain
    assert "already" not in view.page.locator("li.picked").inner_text()


WORDS = {"en": "contested", "fr": "contesté", "ar": "متنازع عليه"}


@pytest.mark.parametrize("language", WORDS)
def test_a_contested_place_is_said_to_be_wherever_its_holder_is(opened, language, toy):
    view = opened("claimed", f"#lang={language}")
    word = WORDS[language]
    for n in range(12):
        view.read(f"void page.choose({n})")
        said = [view.page.locator("li.picked").inner_text(), view.page.locator(".chosen").inner_text()]
        for day in (7, 0):
            view.read(f"void (page.setDay({day}), page.hover = {n})")
            view.page.wait_for_timeout(30)
            said += [view.page.locator(".tip").inner_text(), view.page.locator(".chosen").inner_text()]
            said.append(view.read("page.said"))
        assert [word in text for text in said] == [n in toy.CONTESTED] * len(said), (n, said)
        view.read("void page.setDay(7)")
    note = view.page.locator(".falls .says").inner_text()
    assert word.lower() in note.lower()
    view.read("void (model.header.roads = [[4, 5, 10, 'track'], [4, 1, 20, 'track']], page.place = 4)")
    view.read("void (page.tab = 'place')")
    assert word.lower() in view.page.locator("figure .says").first.inner_text().lower()
    roads = view.page.locator("figure tbody tr").all_inner_texts()
    assert [word in row for row in roads] == [False, True]
    view.read("void (page.setDay(0), page.future = 3)")  # in a single future it is clear who holds it
    assert word not in view.page.locator(".head").inner_text()


def test_the_first_sentence_says_how_many_of_how_many_and_whose(opened, forecast):
    control = forecast["control"].values[:, :, forecast["kind"].values != "refuge"]
    falls = (control[:, :8] != control[:, :1]).any(axis=1)
    holders = [np.bincount(place).argmax() for place in control[:, 0].T]

    def of_the_state(chosen):
        """Part of what is to change hands that the first side holds at the start."""
        lost = np.bincount(holders, falls[chosen].mean(axis=0))
        return lost[0] / lost.sum()

    n = int(np.quantile(falls.sum(axis=1), 0.5, method="inverted_cdf"))
    view = opened()
    said = plain(view.page.locator(".sentence").inner_text())
    assert f"By 19 Aug 2021, {n} places of {control.shape[2]} may change hands" in said
    assert of_the_state(falls[:, 0] | True) > 2 / 3 and "Most of those are held by The State so far." in said
    assert of_the_state(~falls[:, 4] & ~falls[:, 5]) < 2 / 3
    for place in (4, 5):
        view.read(f"void page.add({{place: {place}, kind: 'holds', day: 7}})")
    assert "Most of those are held by" not in view.page.locator(".sentence").inner_text()


def test_slices_of_doubt_and_the_clock_are_explained(opened):
    view = opened(viewport={"width": 1360, "height": 900})
    assert "slices: whose it may be at the start" in view.page.get_by_role("list", name="Legend").inner_text()
    scenario = opened("what-if", "#arm=1")
    assert scenario.page.locator(".top h2").inner_text() == "Who may lose what by 19 Aug 2021 · It stays calm"
    view = opened("reports", viewport={"width": 1800, "height": 900})
    view.read("void (page.day = 3)")
    if view.read("page.first") < -20:
        assert "bars: places that change hands that day" in view.page.locator(".player").inner_text()


def test_soft_areas_end_at_the_border_and_fade_with_doubt(opened):
    view = opened()
    assert view.page.get_by_text("who holds the land between places is not known").is_visible()
    with_them = view.page.evaluate("document.querySelector('canvas').toDataURL()")
    inside = around(view, 4, 26)
    view.read("void (page.layers.areas = false)")
    view.page.wait_for_timeout(80)
    assert view.page.evaluate("document.querySelector('canvas').toDataURL()") != with_them
    assert np.abs(around(view, 4, 26).astype(int) - inside).max() > 6
    assert not view.page.get_by_text("who holds the land between places is not known").is_visible()


def test_the_days_before_init_are_told_by_the_same_weighing(opened, toy, forecast):
    found = toy.analysed(forecast)["control_analysis"].values
    view = opened("analysed", "#day=2021-08-11")
    told = np.array(
        view.read("model.places.map((p) => model.sides.map((s) => page.chance(p.index, s.index, -1)))")
    )
    assert np.abs(told - found[-2]).max() <= 0.5 / 255 + 1e-9
    assert view.read("page.first") == -6
    view.press("ArrowRight")
    start = np.array(
        view.read("model.places.map((p) => model.sides.map((s) => page.chance(p.index, s.index, 0)))")
    )
    assert np.abs(start - found[-1]).max() < 1e-6  # the clock does not jump at init
    assert np.abs(start - told).max() < 0.25


def test_what_may_be_cut_off_next_is_not_what_is_cut_off_already(opened, forecast, toy):
    view = opened("analysed", "#tab=people")
    chance = toy.analysed(forecast)["cut_off"].values[0]
    card = view.page.locator("figure", has_text="Cut off next")
    rows = [plain(text) for text in card.locator(".list b").all_inner_texts()]
    names = card.locator(".list button").all_inner_texts()
    assert "Place E" not in names and "Place H" in names
    assert rows[names.index("Place H")] == f"{100 * chance[7]:.0f} %"
    assert "Cut off at the start already (chance then): Place E >99 %." in plain(card.inner_text())


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_name_lies_under_what_covers_the_map(opened, language):
    """Title, buttons and legend; the map is drawn far from its middle so that places lie below them."""
    view = opened("plain", f"#lang={language}")
    view.page.wait_for_function("window.headlong.page.map !== null")
    names, found = set(view.read("model.places.map((p) => p.name)")), 0
    for _ in range(3):
        view.read("void page.map.zoom(1.35)")
        view.page.wait_for_timeout(150)
        covers = [
            view.page.locator(part).bounding_box()
            for part in (".top .what", ".top .tools", ".over.legend ul")
        ]
        left, top = (view.page.locator("canvas").bounding_box()[side] for side in "xy")
        for name, x, y in view.page.evaluate(
            """() => {
            const pen = window.headlong.page.map.picture('', [], []).svg;
            const drawn = new DOMParser().parseFromString(pen, 'image/svg+xml');
            const at = (t, name) => +t.getAttribute(name);
            return [...drawn.querySelectorAll('svg svg text')].map((t) => [t.textContent, at(t, 'x'), at(t, 'y')]);
        }"""
        ):
            if name not in names:
                continue
            found += 1
            for box in covers:
                inside = (
                    box["x"] < x + left < box["x"] + box["width"],
                    abs(y + top - box["y"] - box["height"] / 2),
                )
                assert not (inside[0] and inside[1] < box["height"] / 2), name
    assert found > 10


SCREENS = {"desktop": (1360, 900), "tablet": (820, 1180), "phone": (390, 844)}


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("screen", SCREENS)
def test_no_place_lies_under_what_covers_the_map(opened, screen, language):
    """When the page opens every place can be seen; and the land does not move while the clock does."""
    width, height = SCREENS[screen]
    view = opened("plain", f"#lang={language}", viewport={"width": width, "height": height})
    view.page.locator(".proxy").first.wait_for(state="attached")
    view.page.wait_for_timeout(300)
    covers = [view.page.locator(part).bounding_box() for part in (".top h2", ".top .seg", ".top .tools")]
    if screen == "desktop":
        covers.append(view.page.locator(".over.legend").bounding_box())
    canvas = view.page.locator("canvas").first.bounding_box()
    read = """() => [...document.querySelectorAll('.proxy')].map(
        (p) => [p.ariaLabel, parseFloat(p.style.left), parseFloat(p.style.top)])"""
    places = view.page.evaluate(read)
    assert len(places) > 5
    for name, x, y in places:
        assert 0 < x < canvas["width"] and 0 < y < canvas["height"], name
        for box in covers:
            across = box["x"] - 8 < x + canvas["x"] < box["x"] + box["width"] + 8
            down = box["y"] - 8 < y + canvas["y"] < box["y"] + box["height"] + 8
            assert not (across and down), name
    view.press("ArrowRight", "ArrowRight")
    view.page.wait_for_timeout(80)
    assert view.page.evaluate(read) == places
