"""The interface in other languages: whole tables, nothing left in English, right to left, names as they are written."""

import json
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

VIEWER = Path(__file__).parents[3] / "viewer" / "src"
TABLES = {
    path.name.removesuffix(".json"): json.loads(path.read_text("utf-8"))
    for path in (files("headlong.view.page") / "words").iterdir()
    if path.name.endswith(".json")
}
ENGLISH = TABLES["en"]
FORMS = {"en": {"one", "other"}, "fr": {"one", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"}}
SAME = {"csv", "svg", "png", "geojson"}
TABS = ("map", "place", "when", "people", "reports", "trust")


def texts(entry):
    return [entry] if isinstance(entry, str) else list(entry.values())


def holes(text):
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", sorted(TABLES))
def test_a_table_is_whole(language):
    table = TABLES[language]
    assert list(table) == list(ENGLISH)
    for key, entry in ENGLISH.items():
        wanted = set().union(*map(holes, texts(entry)))
        assert isinstance(table[key], type(entry)), key
        if isinstance(entry, dict):
            assert set(table[key]) == FORMS[language], key
        for text in texts(table[key]):
            assert text.strip() or key == "thousands", key
            assert holes(text) <= wanted and wanted - holes(text) <= {"n"}, (key, text)
    for key, parts in {"months": 12, "weekdays": 7, "estimates": 7}.items():
        assert len(table[key].split("|")) == parts


def test_every_word_of_the_data_is_in_the_table():
    from headlong.board.state import STATUSES, WAYS
    from headlong.case.sample import STRATA
    from headlong.case.tables.schema import columns_of
    from headlong.verify.references.forecasters import NAMES
    from headlong.view.page.reports import IDLE

    told = {
        "status": STATUSES,
        "idle": IDLE,
        "way": WAYS,
        "stratum": STRATA,
        "reference": NAMES,
        "kind": columns_of("places")["kind"].choices,
        "road": columns_of("roads")["class"].choices,
        "claim": columns_of("reports")["claim"].choices,
        "source": columns_of("reports")["source_class"].choices,
        "check": columns_of("reports")["verification"].choices,
    }
    for kind, words in told.items():
        assert words
        for word in words:
            assert f"{kind}.{word.replace(' ', '_')}" in ENGLISH


def sources_of_control():
    """All that a forecast says of where control up to init was taken from."""
    from datetime import timedelta

    from headlong.case.gallery import open_case
    from headlong.forecast.ensemble import WEIGHED
    from headlong.inputs.control_history import known_past, reported_past
    from headlong.inputs.geography import read_map

    case = open_case("afghanistan-2021")
    silent, where = replace(case, reports=()), read_map(case)
    yield WEIGHED
    yield known_past(case, where, case.init).source
    yield reported_past(case, where, case.init).source
    for days in (0, 1, 7):
        yield reported_past(silent, where, case.start + timedelta(days)).source


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_where_control_was_taken_from_is_said_in_the_language(opened, tmp_path, toy, language):
    from headlong.view.page.export import export

    sources = list(sources_of_control())
    assert len(set(sources)) == 6
    for k, source in enumerate(sources):
        forecast = toy.toy(members=20, days=8)
        forecast.attrs["control_from"] = source
        export(forecast, tmp_path / f"{language}{k}.html")
        view = opened(tmp_path / f"{language}{k}.html", f"#lang={language}")
        view.page.locator("details summary").first.click()
        told = view.page.locator("dd").nth(2).inner_text().strip()
        assert told and told not in sources and not re.search("reports|history|holders|start", told), told


def test_every_word_of_the_table_is_used_and_none_stands_in_the_page_itself():
    sources = {
        path: path.read_text("utf-8") for path in VIEWER.rglob("*") if path.suffix in (".svelte", ".ts")
    }
    whole = "\n".join(sources.values())
    unused = [key for key in ENGLISH if "." not in key and f'"{key}"' not in whole and f".{key}" not in whole]
    assert not unused
    for path, source in sources.items():
        if path.suffix != ".svelte":
            continue
        markup = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->|<(pre|code)\b.*?</\2>", "", source, flags=re.S)
        while re.search(r"\{[^{}]*\}", markup):
            markup = re.sub(r"\{[^{}]*\}", "", markup)
        markup = re.sub(r"=>|>=|<=", "", markup)
        shown = re.sub(r"<[^>]*>", " ", markup)
        left = {w for w in re.findall(r"[A-Za-z]{2,}", shown) if w.lower() not in SAME | {"km"}}
        assert not left, (path.name, left)
        labels = re.findall(r'(?:title|placeholder|aria-label|label|says)="([^"{]*[a-z]{2,}[^"{]*)"', markup)
        assert not labels, (path.name, labels)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_nothing_is_left_in_english(opened, language):
    view = opened("what-if", f"#lang={language}&if=p0%3C2021-08-25")
    assert view.page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        language,
        "rtl" if language == "ar" else "ltr",
    ]
    spoken = " ".join(text for entry in TABLES[language].values() for text in texts(entry))
    told = {
        part: key
        for key, entry in ENGLISH.items()
        for text in texts(entry)
        for part in re.split(r"\{\w+\}|\|", text)
        if len(part.strip(" .:;,()")) >= 6 and part.strip() not in spoken
    }
    for tab in TABS:
        view.read(f"void (page.tab = '{tab}')")
        view.page.wait_for_timeout(60)
        view.page.evaluate(
            "document.querySelectorAll('[lang=en], pre, .tongue, bdi').forEach((e) => e.remove())"
        )
        text = view.page.inner_text("body")
        found = {
            part: key for part, key in told.items() if re.search(rf"\b{re.escape(part.strip())}\b", text)
        }
        assert not found, (tab, found)


def test_the_reader_gets_the_language_of_the_browser_and_can_change_it(opened):
    view = opened(locale="fr-CA")
    assert view.page.get_by_role("tab", name="Carte").is_visible()
    assert "lang=" not in view.page.evaluate("location.hash")
    view.page.get_by_label("Langue").select_option("ar")
    assert view.page.get_by_role("tab", name="الخريطة").is_visible()
    view.page.wait_for_timeout(300)
    assert "lang=ar" in view.page.evaluate("location.hash")
    other = opened(locale="de-DE")
    assert other.page.get_by_role("tab", name="Map").is_visible()
    wrong = opened(address="#lang=xx")
    assert "lang=xx" in wrong.page.get_by_role("alert").inner_text()


def test_right_to_left_nothing_sticks_out_and_the_clock_runs_as_before(opened):
    view = opened(
        "reports", "#lang=ar", viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
    )
    for tab in TABS:
        view.read(f"void (page.tab = '{tab}')")
        for part in ("documentElement", "querySelector('#view')"):
            assert view.page.evaluate(f"document.{part}.scrollWidth") <= 390, (part, tab)
    view.press("ArrowRight")
    assert view.read("page.day") == 8
    start, end = (
        view.page.evaluate(f"document.querySelector('{part}').getBoundingClientRect().left")
        for part in (".line", ".play")
    )
    assert start < end  # the bar is mirrored, time is not


def test_names_of_other_scripts_are_isolated(browser, tmp_path, toy):
    from headlong.view.page.export import export

    forecast = toy.toy()
    names = forecast["place_name"].values.astype(object)
    names[4] = "بورتسودان"
    path = tmp_path / "names.html"
    export(forecast.assign_coords(place_name=("place", names.astype(str))), path)
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(f"file://{path}#place=p4")
    page.get_by_role("tablist").wait_for()
    for tab in TABS:
        page.evaluate(f"window.headlong.page.tab = '{tab}'")
        page.wait_for_timeout(50)
        bare = page.evaluate(
            """() => {
            const walk = document.createTreeWalker(document.getElementById('app'), NodeFilter.SHOW_TEXT), out = [];
            while (walk.nextNode()) {
                const text = walk.currentNode.textContent, at = text.indexOf('بورتسودان');
                if (at < 0 || text[at - 1] === '\\u2068') continue;
                const inside = walk.currentNode.parentElement.closest('bdi, [dir=auto], option');
                if (!inside || inside.textContent.trim() !== text.trim()) out.push(text);
            }
            return out;
        }"""
        )
        assert not bare, (tab, bare)
    context.close()


def test_a_war_across_180_degrees_is_one_map(opened, toy):
    view = opened("pacific")
    spots = view.page.evaluate(
        "[...document.querySelectorAll('button.proxy')].map((b) => parseFloat(b.style.left))"
    )
    width = view.page.locator("canvas").bounding_box()["width"]
    assert max(spots) - min(spots) > 0.6 * width and min(spots) > 0 and max(spots) < width
    assert spots == sorted(spots)  # west to east, across 180
    assert view.read("model.header.land.focus.map((k) => model.header.land.names[k])") == ["Fiji"]
    seams = view.page.evaluate(
        """() => {
        const { model } = window.headlong.page, { window: [west, , east], steps } = model.header.land;
        const xy = model.box.columns.get('land.xy'), start = model.box.columns.get('land.start');
        let at180 = 0;
        for (let r = 0; r + 1 < start.length; r++)
            for (let k = start[r], x = 0; k < start[r + 1]; k++)
                if (Math.abs(west + ((x += xy[2 * k]) / steps) * (east - west) - 180) < 1e-3) at180++;
        return at180;
    }"""
    )
    assert seams > 0  # the file is cut there; the map shows no border
    lon = view.read("model.places.map((p) => p.lon)")
    x = min(spots) + (180 - min(lon)) / (max(lon[:12]) - min(lon)) * (max(spots) - min(spots))
    view.read("void Object.assign(page.layers, {areas: false, roads: false, names: false, people: false})")
    view.page.wait_for_timeout(60)
    down, along = view.page.evaluate(
        """(x) => {
        const canvas = document.querySelector('canvas'), pen = canvas.getContext('2d');
        const coast = (d, k) => Math.abs(d[k] - 111) + Math.abs(d[k + 1] - 106) + Math.abs(d[k + 2] - 96) < 60;
        const longest = (d) => {
            let most = 0;
            for (let k = 0, run = 0; k < d.length; k += 4) most = Math.max(most, (run = coast(d, k) ? run + 1 : 0));
            return most;
        };
        const columns = [-1, 0, 1, 2].map((s) => pen.getImageData(Math.round(x) + s, 0, 1, canvas.height).data);
        const rows = Array.from({ length: canvas.height }, (_, y) => pen.getImageData(0, y, canvas.width, 1).data);
        return [Math.max(...columns.map(longest)), Math.max(...rows.map(longest))];
    }""",
        x,
    )
    assert down < 8 and along < 0.3 * width, (down, along)  # no border at 180, no band around the world


def test_saved_places_are_within_180_degrees(opened):
    view = opened("pacific", accept_downloads=True)
    view.page.get_by_text("Save", exact=True).click()
    with view.page.expect_download() as got:
        view.page.get_by_role("button", name="Places (GeoJSON)").click()
    found = json.loads(Path(got.value.path()).read_text())
    lon = [f["geometry"]["coordinates"][0] for f in found["features"]]
    assert min(lon) < -175 and max(lon) <= 180


def test_what_the_map_says_of_the_land_is_translated(opened):
    from headlong.view.figures.basemap import CAPTION

    assert ENGLISH["naturalEarth"] == CAPTION
    view = opened("pacific", "#lang=fr")
    said = view.page.locator(".caption").inner_text()
    assert TABLES["fr"]["naturalEarth"] in said and CAPTION not in said
    order = view.page.locator(".falls label", has=view.page.locator("select")).inner_text()
    assert order.startswith("tri par")  # "d’ici au" is the one of dates


def test_other_countries_have_their_names_in_the_language(tmp_path, toy, opened):
    from headlong.view.page.export import export

    path, drawn, forecast = tmp_path / "wide.html", {}, toy.toy()
    lat, lon = 30 + 2 * (forecast["lat"] - 33), 61 + 1.6 * (forecast["lon"] - 63)
    export(forecast.assign_coords(lat=lat, lon=lon), path)
    for language in TABLES:
        view = opened(path, f"#lang={language}")
        view.page.wait_for_function("window.headlong.page.map !== null")
        view.page.wait_for_timeout(300)
        drawn[language] = view.read("page.map.picture('', [], []).svg").replace("\u200a", "")
    assert "TURKMENISTAN" in drawn["en"] and "TURKMÉNISTAN" in drawn["fr"] and "تركمانستان" in drawn["ar"]
    assert "TURKMENISTAN" not in drawn["fr"] + drawn["ar"]
