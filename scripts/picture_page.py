"""Make the pictures of docs/page.md: a forecast, its page, and each view as a small PNG.

python scripts/picture_page.py        (needs the test extra and a Chromium)
"""

import argparse
import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import headlong as hl
from headlong.view.page.export import export

FOLDER = Path(__file__).parents[1] / "docs" / "page"
CASE, INIT, SCENARIO = "afghanistan-2021", "2021-08-12", "strongmen-stay"
VIEWS = {
    "map": ("forecast", "#tab=map&day=2021-08-16", None),
    "place": ("forecast", "#tab=place&day=2021-08-16&place=mazar-i-sharif", None),
    "when": ("forecast", "#tab=when&day=2021-08-16", None),
    "people": ("forecast", "#tab=people&day=2021-08-19", None),
    "reports": ("forecast", "#tab=reports&day=2021-08-12", None),
    "compare": ("what-if", "#tab=trust&day=2021-08-19", None),
    "trust": ("forecast", "#tab=trust", None),
    "condition": ("forecast", "#tab=map&day=2021-08-16&if=mazar-i-sharif%3C2021-08-14", None),
    "map-grey": ("forecast", "#tab=map&day=2021-08-16", "achromatopsia"),
    "map-deuteranopia": ("forecast", "#tab=map&day=2021-08-16", "deuteranopia"),
}
OTHERS = {
    "tablet-dark": (
        "#tab=map&day=2021-08-16",
        {"viewport": {"width": 820, "height": 1180}, "color_scheme": "dark"},
    ),
    "phone": ("#tab=map&day=2021-08-16", {"viewport": {"width": 390, "height": 844}}),
    "phone-arabic": ("#tab=map&day=2021-08-16&lang=ar", {"viewport": {"width": 390, "height": 844}}),
    "french": ("#tab=map&day=2021-08-16&lang=fr", {}),
}
"""Views of the map on other screens, in the dark and in other languages."""
SIZE = {"width": 1360, "height": 900}


def pages(folder):
    """Write the two pages."""
    made = {"forecast": hl.forecast(CASE, INIT), "what-if": hl.what_if(CASE, SCENARIO, INIT, members=500)}
    for name, forecast in made.items():
        export(forecast, folder / f"{name}.html")


def small(raw):
    """A PNG with few colours."""
    out = io.BytesIO()
    Image.open(io.BytesIO(raw)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def main():
    """Write all pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.parse_args()
    name = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as play:
        pages(Path(temporary))
        browser = play.chromium.launch(
            executable_path=name, args=["--no-sandbox", "--disable-background-networking"]
        )
        views = {view: (*how, {}) for view, how in VIEWS.items()}
        views |= {view: ("forecast", address, None, how) for view, (address, how) in OTHERS.items()}
        for view, (page, address, sight, how) in views.items():
            context = browser.new_context(**({"offline": True, "viewport": SIZE} | how))
            tab = context.new_page()
            tab.goto(f"file://{temporary}/{page}.html{address}")
            tab.get_by_role("tablist").wait_for()
            assert not tab.get_by_role("alert").count(), tab.get_by_role("alert").inner_text()
            if sight:
                session = context.new_cdp_session(tab)
                session.send("Emulation.setEmulatedVisionDeficiency", {"type": sight})
            if view == "trust":
                tab.get_by_role("heading", name="Where the number").evaluate(
                    "found => found.scrollIntoView()"
                )
            tab.wait_for_timeout(500)
            (FOLDER / f"{view}.png").write_bytes(small(tab.screenshot()))
            context.close()
        browser.close()
    print(sum(path.stat().st_size for path in FOLDER.glob("*.png")) / 1e6, "MB")


if __name__ == "__main__":
    main()
