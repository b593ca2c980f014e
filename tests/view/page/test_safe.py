"""Hostile texts stay texts, and everybody can use the page."""

import csv

import pytest
from page_toys import plain

INTRUDER = """() => {
    const script = document.createElement('script');
    script.textContent = 'window.hacked = 1';
    const image = document.createElement('div');
    image.innerHTML = '<img src=x onerror="window.hacked = 2">';
    document.body.append(script, image);
}"""
TABS = ("map", "place", "when", "people", "reports", "trust")
LANGUAGES = ("ar", "en", "fr")


def test_hostile_texts_are_only_shown(opened, toy):
    view = opened("reports", "#place=p2")
    for tab in TABS:
        view.read(f"void (page.tab = '{tab}')")
        view.page.wait_for_timeout(60)
        assert view.page.evaluate("window.hacked") is None
        assert view.page.locator("#app img").count() == 0
    view.read("void (page.tab = 'reports')")
    text = view.page.inner_text("#view")
    assert toy.SCRIPT in text and toy.FORMULA in text and toy.NASTY in text
    view.read("void (page.tab = 'place')")
    assert view.page.get_by_role("heading", name=toy.NASTY).is_visible()


def test_no_other_script_can_run(opened):
    view = opened("reports")
    view.page.evaluate(INTRUDER)
    view.page.wait_for_timeout(100)
    assert view.page.evaluate("window.hacked") is None
    assert len(view.problems) >= 2 and all(
        "Content Security Policy" in p or "ERR_FILE" in p for p in view.problems
    )
    view.problems.clear()
    view.requests[:] = view.requests[:1]


def test_a_spreadsheet_gets_no_formula(opened, tmp_path):
    view = opened("reports", accept_downloads=True)
    view.tab("Reports")
    view.page.get_by_role("button", name="What was claimed, and how it moved the forecast: table").click()
    with view.page.expect_download() as got:
        view.page.get_by_role("button", name="CSV").first.click()
    path = tmp_path / "reports.csv"
    got.value.save_as(path)
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert len(rows) == 7
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+@")]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)


def test_the_payload_cannot_close_its_element(written):
    text = written("reports").read_text()
    assert text.count("</script>") == 2 and "window.hacked" not in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tab", TABS)
def test_no_findings_of_axe(opened, tab, scheme):
    from axe_playwright_python.sync_playwright import Axe

    view = opened(
        "reports", f"#tab={tab}&day=2021-08-20&if=p0%3C2021-08-14", bypass_csp=True, color_scheme=scheme
    )
    found = Axe().run(view.page).response["violations"]
    said = [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in found]
    assert not said, "\n".join(said)


def test_a_scenario_beside_the_baseline(opened, toy):
    import numpy as np

    from headlong.forecast.results.summary import fall_dates
    from headlong.forecast.results.what_if import interval
    from headlong.text import gap

    both = toy.what_if()
    falls = [fall_dates(both.isel(arm=k, drop=True)).values for k in (0, 1)]
    last = both["time"].values[14]
    before, after = ((f[:, 4] <= last).astype(float) for f in falls)
    wanted = interval(after - before, both["weight"].values[0])
    view = opened("what-if", "#tab=trust&window=14")
    row = view.page.locator("figure", has_text="What it changes").locator("tbody tr").first.inner_text()
    signed = [gap(100 * wanted[k]) for k in ("mean", "low", "high")]
    assert row.startswith("Place E") and all(number in row for number in signed), (row, signed)
    assert f"{100 * before.mean():.0f} % → {100 * after.mean():.0f} %" in plain(row)
    assert view.page.locator("canvas").count() == 3
    view.tab("Map")
    fell = view.read("page.result.fallen[4 * model.times + 14]")
    view.page.get_by_role("button", name="It stays calm").click()
    assert np.isclose(fell, before.mean()) and np.isclose(
        view.read("page.result.fallen[4 * model.times + 14]"), after.mean()
    )


OVERLAPS = """() => {
    const found = [];
    const meet = (p, q) => p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 6 && q.top < p.bottom - 6;
    for (const svg of document.querySelectorAll('#view svg, .player svg')) {
        const texts = [...svg.querySelectorAll('text')];
        const boxes = texts.map((e) => [e.textContent, e.getBoundingClientRect()]).filter(([, b]) => b.width);
        for (const [a, p] of boxes)
            for (const [b, q] of boxes) if (a < b && meet(p, q)) found.push(`${a} | ${b}`);
    }
    return found;
}"""


@pytest.mark.parametrize("width", [390, 820, 1360])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_of_a_chart_lies_on_another(opened, language, width):
    view = opened("reports", f"#lang={language}&place=p4", viewport={"width": width, "height": 900})
    for tab in TABS:
        view.read(f"void (page.tab = '{tab}')")
        view.page.wait_for_timeout(80)
        assert view.page.evaluate(OVERLAPS) == [], tab


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_hides_no_column_of_people(opened, language):
    view = opened("what-if", f"#tab=people&lang={language}", viewport={"width": 390, "height": 844})
    hidden = """[...document.querySelectorAll('#view .scroll')]
        .filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.innerText)"""
    assert view.page.locator("#view .scroll").count() >= 2
    assert view.page.evaluate(hidden) == []


def test_quantiles_stand_in_the_order_of_their_heads(opened):
    view = opened(address="#tab=people&lang=ar")
    head = view.page.locator("figure th").filter(has_text="10 / 50 / 90").first
    left = head.evaluate(
        """(e) => {
        const text = [...e.querySelectorAll('*')].find((c) => /^10/.test(c.textContent)).firstChild;
        const left = (n) => {
            const spot = document.createRange();
            spot.setStart(text, text.data.indexOf(n));
            spot.setEnd(text, text.data.indexOf(n) + 2);
            return spot.getBoundingClientRect().left;
        };
        return [left('10'), left('90')];
    }"""
    )
    assert left[0] < left[1]  # numbers below are written from left to right
