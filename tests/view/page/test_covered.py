"""Title, buttons and legend lie over the map: no place and no name lies under them, and the land stands still."""

import pytest


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
