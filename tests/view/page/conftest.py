"""A Chromium without a network, and pages opened in it."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

import pytest


def toys():
    """The module beside this one (tests are not a package)."""
    if "page_toys" not in sys.modules:
        spec = importlib.util.spec_from_file_location("page_toys", Path(__file__).with_name("toy.py"))
        module = importlib.util.module_from_spec(spec)
        sys.modules["page_toys"] = module
        spec.loader.exec_module(module)
    return sys.modules["page_toys"]


toys()


@pytest.fixture(scope="session")
def toy():
    return toys()


@pytest.fixture(scope="session")
def forecast(toy):
    return toy.toy()


@pytest.fixture(scope="session")
def browser():
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium here; scripts/get_chromium installs one")
        pytest.skip("no Chromium here; scripts/get_chromium installs one")
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


class Opened:
    """A page in the browser, and all that it asked for or complained of."""

    def __init__(self, browser, path, address="", **how):
        settings = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", "offline": True}
        self.context = browser.new_context(**(settings | how))
        self.page = self.context.new_page()
        self.requests, self.problems = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on(
            "console", lambda line: self.problems.append(line.text) if line.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.problems.append("dialog"), dialog.dismiss()))
        self.page.goto(f"file://{path}{address}")
        self.page.get_by_role("tablist").wait_for(timeout=15_000)

    def read(self, expression):
        """Value of an expression over `page` and `model`."""
        return self.page.evaluate(
            f"() => {{ const page = window.headlong.page, model = page.model; return {expression}; }}"
        )

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def tab(self, name):
        self.page.get_by_role("tab", name=name).click()


@pytest.fixture(scope="session")
def written(tmp_path_factory, toy):
    """Pages on disk, each written once."""
    from headlong.view.page.export import export

    folder, made = tmp_path_factory.mktemp("pages"), {}
    build = {
        "plain": toy.toy,
        "reports": lambda: toy.with_reports(toy.toy()),
        "what-if": toy.what_if,
        "claimed": lambda: toy.claimed(toy.toy()),
        "nine": lambda: toy.claimed(toy.toy(members=9)),
        "ten": lambda: toy.claimed(toy.toy(members=10)),
        "nine pairs": lambda: toy.what_if(9),
        "ten pairs": lambda: toy.what_if(10),
        "pacific": toy.pacific,
        "analysed": lambda: toy.analysed(toy.toy()),
    }

    def write(name):
        if name not in made:
            made[name] = folder / f"{name}.html"
            export(build[name](), made[name])
        return made[name]

    return write


@pytest.fixture
def opened(browser, written):
    """Open a page by its name or path; no test ends with an error on the console or a second request."""
    pages = []

    def open_it(name="plain", address="", **how):
        path = name if isinstance(name, Path) else written(name)
        pages.append(Opened(browser, path, address, **how))
        return pages[-1]

    yield open_it
    for one in pages:
        one.context.close()
    for one in pages:
        assert not one.problems
        assert len([url for url in one.requests if not url.startswith(("blob:", "data:"))]) == 1
