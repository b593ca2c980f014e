"""Conditioning on futures: the page's numbers are numpy's on the same file."""

import json
import re
from urllib.parse import quote

import numpy as np
import pytest
from page_toys import plain

CONDITIONS = [
    [("p0", "falls", 8)],
    [("p1", "holds", 5)],
    [("p2", "falls", 20), ("p4", "holds", 12)],
    [("p7", "held", 10)],
    [("p3", "falls", 3), ("p5", "falls", 6)],
]


def first_change(control):
    away = control != control[:, :1]
    return np.where(away.any(axis=1), away.argmax(axis=1), 10**6)


def chosen(control, conditions):
    first = first_change(control)
    mask = np.ones(len(control), bool)
    for place, kind, day in conditions:
        p = int(place[1:])
        if kind == "held":
            mask &= control[:, day, p] == 1
        else:
            mask &= (first[:, p] <= day) == (kind == "falls")
    return mask


@pytest.mark.parametrize("conditions", CONDITIONS, ids=str)
def test_every_share_is_that_of_numpy(opened, forecast, conditions):
    control = forecast["control"].values
    mask = chosen(control, conditions)
    assert 0 < mask.sum() < len(mask)
    view = opened()
    for place, kind, day in conditions:
        side = ", side: 1" if kind == "held" else ""
        view.read(f"void page.add({{place: {int(place[1:])}, kind: '{kind}', day: {day}{side}}})")
    assert view.read("page.weighed.left") == mask.sum()
    shape = (control.shape[2], forecast.sizes["side"], control.shape[1])
    share = np.array(view.read("Array.from(page.result.share)")).reshape(shape)
    wanted = np.stack([(control[mask] == s).mean(axis=0) for s in range(shape[1])]).transpose(2, 0, 1)
    assert np.abs(share - wanted).max() < 1e-5
    fallen = np.array(view.read("Array.from(page.result.fallen)")).reshape(shape[0], -1)
    first = first_change(control)[mask]
    wanted = np.stack([(first <= t).mean(axis=0) for t in range(shape[2])], axis=1)
    assert np.abs(fallen - wanted).max() < 1e-5
    inner = forecast["kind"].values != "refuge"
    held = (control[mask][:, :, inner] == 1).sum(axis=2)
    levels = (0.05, 0.25, 0.5, 0.75, 0.95)
    bands = np.array(view.read("Array.from(page.result.held)")).reshape(shape[1], len(levels), -1)
    assert (bands[1] == np.quantile(held, levels, axis=0, method="inverted_cdf")).all()


def test_people_in_places_held(opened, forecast):
    mask = chosen(forecast["control"].values, [("p0", "falls", 8)])
    live = np.where(forecast["kind"].values != "refuge", forecast["population"].values, 0)
    held = ((forecast["control"].values[mask] == 1) * live).sum(axis=2)
    view = opened()
    view.read("void page.add({place: 0, kind: 'falls', day: 8})")
    found = np.array(view.read("Array.from(model.peopleHeld(0, 1, page.weighed.weight))")).reshape(5, -1)
    assert np.allclose(found, np.quantile(held, (0.05, 0.25, 0.5, 0.75, 0.95), axis=0, method="inverted_cdf"))
    view.page.get_by_role("button", name="by people who live there").click()
    assert view.page.get_by_role("heading", name="People living in places held").is_visible()


def test_people_under_a_condition(opened, forecast):
    mask = chosen(forecast["control"].values, [("p0", "falls", 8)])
    last = forecast["arrivals"].values[mask, -1, 1, 0]
    view = opened()
    view.read("void page.add({place: 0, kind: 'falls', day: 8})")
    people = "model.arms[0].people"
    found = view.read(
        f"{people}.under('civilians:1', {people}.days.length - 1, page.weighed.weight, [0.1, 0.5, 0.9])"
    )
    wanted = np.quantile(last, (0.1, 0.5, 0.9), method="inverted_cdf")
    assert np.allclose(found, wanted, rtol=0.03, atol=1)
    above = view.read(f"{people}.above('civilians:1', {people}.days.length - 1, 1000, page.weighed.weight)")
    assert abs(above - (last > 1000).mean()) < 0.03


def test_through_the_page_and_back(opened, forecast):
    view = opened(address="#day=2021-08-20&place=p4")
    mask = chosen(forecast["control"].values, [("p4", "falls", 8)])
    view.page.get_by_role("button", name="Only futures where it falls by 20 Aug").click()
    chip = view.page.get_by_role("button", name="Place E changes hands by 20 Aug")
    assert chip.is_visible()
    assert view.page.get_by_text(f"{mask.sum()} of 240 futures").is_visible()
    row = view.page.get_by_role("list", name="Places likeliest to change hands").get_by_role(
        "button", name="Place H"
    )
    within = (first_change(forecast["control"].values)[mask, 7] <= 8).mean()
    assert 0.01 < within < 0.99
    assert f"{100 * within:.0f} %" in plain(row.inner_text())
    view.press("Escape")
    assert not chip.is_visible() and view.read("page.weighed.left") == 240


def test_few_futures_are_counted_not_put_in_percent(opened):
    view = opened()
    assert view.page.get_by_role("alert").count() == 0
    view.read("void page.add({place: 0, kind: 'falls', day: 1})")
    left = view.read("page.weighed.left")
    assert 1 < left < 50
    assert "fewer than 50" in view.page.get_by_role("alert").inner_text()
    texts = [view.page.locator(part).inner_text() for part in (".sentence", "ol", ".chosen")]
    view.tab("Place")
    texts.append(view.page.locator("figure", has_text="Who may hold it").locator(".says").inner_text())
    for name in ("Who may hold it", "When it changes hands", "Along the roads"):
        view.page.get_by_role("button", name=f"{name}: table").click()
    view.tab("When")
    view.page.get_by_role("button", name=": table").click()
    texts.append(view.page.locator("tbody").inner_text())
    for text in texts:
        assert f"of {left}" in text and "%" not in text, text
    view.tab("People")
    assert view.page.locator(".ask b").inner_text().endswith(f" of {left}")


BESIDE = re.compile(
    r"(?<![\d.])(?:5|10|25|75|90|95)\s?%|50 / 90|fifty|cinquant|خمس(?:ين|ون)|one in ten|sur dix\b|كل عشرة"
)
"""What quantiles beside the median are called in the three languages."""
DRAWN = """() => [...document.querySelectorAll('#view figure :is(path, rect)[opacity]:not([fill=none])')]
    .filter((e) => e.getAttribute('d') !== '').length"""
"""Bands and bars of intervals."""
TABLED = """() => [...document.querySelectorAll('#view .tabled table')].flatMap((table) => {
    const heads = [...table.tHead.rows[0].cells].map((c) => c.innerText);
    return [...table.tBodies[0].rows].flatMap((row) => [...row.cells].map((c, k) => [heads[k], c.innerText]));
})"""
"""Cells of the tables that are open, each with its head."""
ASIDE = re.compile(r"(?<!\d)(5|10|25|75|90|95)\s?%\u2069?$|^Low$|^High$")
CLAIMS = {"en": "too few for an interval", "fr": "trop peu pour un intervalle", "ar": "أقل من أن يُعطى مجال"}


def beside_the_median(view):
    """Cells of quantiles beside the median in all tables of a view."""
    for button in view.page.locator("figure figcaption button:last-child").all():
        button.click()
    return [cell for head, cell in view.page.evaluate(TABLED) if ASIDE.search(head)]


@pytest.mark.parametrize("language", CLAIMS)
@pytest.mark.parametrize("name", ["nine", "ten"])
def test_too_few_futures_have_no_interval_and_the_page_says_once_why(opened, name, language):
    view, few = opened(name, f"#lang={language}"), name == "nine"
    for tab in ("map", "place", "when", "people"):
        view.read(f"void (page.tab = '{tab}')")
        view.page.wait_for_timeout(80)
        drawn = view.page.evaluate(DRAWN)
        text = " ".join(view.page.locator("#view :is(.says, .sentence, .head p, th)").all_inner_texts())
        assert (drawn > 0) == (not few and tab in ("map", "people")), (tab, drawn)
        assert bool(BESIDE.search(text)) == (not few and tab != "when"), (tab, text)
        if tab == "place":
            dots = view.page.locator("figure").nth(1).locator("circle")
            assert dots.count() == (9 if few else 50)
        cells = beside_the_median(view)
        assert bool(cells) == (tab != "place") and all(cell == "–" for cell in cells) == few | (not cells)
        assert view.page.inner_text("body").count(CLAIMS[language]) == few
        assert not re.search("NaN|undefined", view.page.inner_text("#view"))


@pytest.mark.parametrize("name", ["nine pairs", "ten pairs"])
def test_too_few_pairs_have_no_interval(opened, name):
    view, few = opened(name, "#tab=trust"), name == "nine pairs"
    found = view.page.locator("figure", has_text="What it changes")
    changes, people = found.nth(0), found.nth(1)
    text = plain("".join(part.inner_text() for part in (view.page.locator(".card").first, changes, people)))
    assert bool(re.search(r"90 %|10 / 50 / 90| to [+−\d]", text)) == (not few), text
    assert (changes.locator("svg line").count() > 12) == (not few)
    for figure in (changes, people):
        figure.get_by_role("button", name=": table").click()
    cells = [cell for head, cell in view.page.evaluate(TABLED) if ASIDE.search(head)]
    assert cells and all(cell == "–" for cell in cells) == few
    assert not re.search("NaN|undefined", view.page.inner_text("#view"))


def test_a_choice_that_leaves_too_few_futures_has_no_interval_either(opened):
    view = opened(address="#tab=people")
    chosen, left = [], 240
    for n in range(12):
        for kind in ("falls", "holds"):
            more = [*(c for c in chosen if c["place"] != n), {"place": n, "kind": kind, "day": 5}]
            found = view.read(f"model.weigh({json.dumps(more)}).left")
            if left >= 10 and 0 < found < left:
                chosen, left = more, found
    assert left < 10
    view.read(f"void page.impose({json.dumps(chosen)})")
    assert "fewer than 10" in view.page.get_by_role("alert").inner_text()
    row = view.page.locator("figure", has_text="Ways out").nth(1).locator("tbody tr").first
    civilians, soldiers, _ = row.locator("td.n").all_inner_texts()
    assert "/" not in civilians and "/" in soldiers  # soldiers are of all futures
    view.tab("Map")
    assert view.page.evaluate(DRAWN) == 0
    assert not [cell for cell in beside_the_median(view) if cell != "–"]


def test_no_future_is_an_empty_view_that_offers_the_way_back(opened):
    view = opened()
    view.read("void page.add({place: 0, kind: 'falls', day: 9})")
    left = view.read("page.weighed.left")
    view.read("void page.add({place: 1, kind: 'held', day: 0, side: 2})")
    assert view.read("page.weighed.left") == 0
    for tab in ("Place", "When", "People", "Map"):
        view.tab(tab)
        assert "No future meets these conditions" in view.page.inner_text("#view")
        assert view.page.locator("#view canvas, #view table, #view svg").count() == 0
    view.page.get_by_role("button", name="Undo the last choice").click()
    assert view.read("page.weighed.left") == left and view.page.locator("canvas").is_visible()
    view.page.get_by_role("button", name="All futures").click()
    assert view.read("page.weighed.left") == 240
    view.press("u")  # undo works for every choice
    assert view.read("page.weighed.left") == left


def test_a_wrong_condition_in_an_address_is_named(opened):
    wrong = {
        "nowhere<2021-08-20": "no such place",
        "p0<2021-13-44": "not a date",
        "p2<2022-08-20": "not between 13 Aug 2021 and 1 Sep 2021",
        "p0=2021-08-20": "no such side",
        "p0=2021-08-20@them": "no such side",
        "p13<2021-08-20": "no such place",  # abroad: nobody takes it
        "p0": "write place<date",
    }
    view = opened(address=f"#if={quote(';'.join(wrong))};p1%3E2021-08-15")
    said = view.page.get_by_role("alert").inner_text()
    for condition, why in wrong.items():
        assert f"“{condition}” ({why}" in said
    assert view.read("page.conditions.length") == 1  # the other one holds
    view.page.get_by_role("button", name="Understood").click()
    assert view.page.get_by_role("alert").count() == 0


def test_what_does_not_follow_the_conditions_says_so(opened, forecast):
    mask = chosen(forecast["control"].values, [("p0", "falls", 8)])
    view = opened(address="#tab=people&day=2021-08-22&if=p0%3C2021-08-20")
    assert mask.sum() >= 50
    page = view.page
    assert "Displaced people, place by place (all futures)" in page.inner_text("#view")
    assert "Displaced inside the country (all futures)" in page.inner_text("#view")
    heads = page.locator("figure", has_text="Ways out").locator("th").all_inner_texts()
    assert "all futures" in heads[2] and "all futures" in heads[3] and "all futures" not in heads[1]
    assert page.get_by_role("button", name="per day (all futures)").is_visible()
    civilians = forecast["arrivals"].values[mask, 10, 1, 0]
    row = page.locator("figure", has_text="Ways out").locator("tbody tr", has_text="Place G")
    shown = [float(n.replace(",", "")) for n in row.locator("td").nth(1).inner_text().split(" / ")]
    assert np.allclose(shown, np.quantile(civilians, (0.1, 0.5, 0.9), method="inverted_cdf"), rtol=0.05)
    view.read("void page.clear()")
    assert "(all futures)" not in page.inner_text("#view")


def test_a_condition_is_of_the_arm_that_is_shown(opened, toy):
    both = toy.what_if()["control"].values
    view = opened("what-if", "#if=p4%3C2021-08-20")
    left = [int(chosen(arm, [("p4", "falls", 8)]).sum()) for arm in both]
    assert view.read("page.weighed.left") == left[0]
    view.read("void (page.arm = 1)")
    assert view.read("page.weighed.left") == left[1] != left[0]
    view.tab("Compare & trust")
    assert f"Of the {left[0]} pairs of futures chosen by what happens as it is" in view.page.inner_text(
        "#view"
    )


def test_one_future_is_one_member(opened, forecast):
    view = opened(address="#day=2021-08-25&future=17")
    control = forecast["control"].values[17, 13]
    found = view.read(
        "model.places.map((p) => model.sides.findIndex((s) => page.chance(p.index, s.index, 13) === 1))"
    )
    assert found == control.tolist()
    assert view.page.get_by_text("number 17").is_visible()
