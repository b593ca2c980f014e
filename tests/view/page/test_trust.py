"""How far forecasts can be trusted: ranks, wars by how they went, past dates, terms left out; and no more."""

import json
import re

import pytest
from page_toys import plain

PIT = [0.03, 0.05, 0.08, 0.1, 0.12, 0.14, 0.14, 0.13, 0.11, 0.1]
SKILLED = {
    "reference": "momentum-core",
    "ours": 0.1,
    "theirs": 0.11,
    "skill": 0.05,
    "interval_90": [0.0, 0.1],
    "won": 3,
    "cases": 5,
}
SKILL = {"brier": -0.12, "count_crps": 0.2}
KIND = {
    "expected": 1.25,
    "came": 2.0,
    "inside_90": 0.93,
    "meant_90": 0.95,
    "skill": {"brier": -0.12, "count_crps": 0.2},
}
RECORD = {
    "version": "0.1.0",
    "rule": "every 7th day",
    "cases": ["toyland", "elsewhere"],
    "dates": 5,
    "strongest": {"brier": {"7": SKILLED, "30": SKILLED | {"skill": -0.004}}},
    "reliability": {"30": [[0.0, 0.1, 50, 0.02, 0.01], [0.1, 1.0, 9, 0.214, 0.2]]},
    "after_bursts": {"rule": "3 or more changes in the last 3 days", "foreseen": 274.2, "came": 236.0},
    "capital_30": {name: {"mean_p": p, "dates": 3, "cases": 2} for name, p in (("fell", 0.178), ("held", 0.053))},
    "count_90_inside": {"7": 0.93, "30": 0.9},
    "counts": {"7": {"dates": 5, "inside_90": 0.93, "pit": PIT}, "30": {"dates": 4, "pit": PIT[::-1]}},
    "strata": {
        "fell": {"cases": 12, "dates": 300, "7": KIND, "30": KIND | {"came": 9.0}},
        "held": {"cases": 11, "dates": 500, "7": KIND | {"came": 0.4}},
    },
    "ablations": {"without pace": {"7": {"skill": 0.05, "interval_90": [0.01, 0.09], "won": 20, "cases": 36}}},
    "past": {
        "leads": [7, 30],
        "cases": {
            "elsewhere": {"first": "1990-05-08", "rows": [[0, 9.0, 9.0, 9.0, 9.0, 50, 1]]},
            "toyland": {
                "first": "2020-12-28",
                "rows": [
                    [0, 1.5, 2.0, 4.1, 6.0, 12, 0],
                    [7, 2.5, 0.0, 5.0, None, 30, None],
                    [14, 0.5, 1.0, None, None, None, None],
                ],
            },
        },
    },
}  # fmt: skip
TITLES = {
    "counts": "Where the number that came lay",
    "strata": "Wars by how they went",
    "past": "Past dates",
    "ablations": "Without one term",
}


@pytest.fixture
def trusted(opened, written, forecast, tmp_path):
    """Open the trust view of a page with a given record."""
    from headlong.view.page.context import Beside
    from headlong.view.page.export import filled
    from headlong.view.page.payload import payload

    def open_it(record, address="#tab=trust", **how):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.html"
        track = {"record": record}
        path.write_text(filled(payload(forecast, Beside({"track": track}))), encoding="utf-8")
        return opened(path, address, **how)

    return open_it


def card(view, name):
    return view.page.locator("figure", has=view.page.get_by_role("heading", name=TITLES[name]))


def table(view, name):
    """Rows of a card's table, as read."""
    view.page.get_by_role("button", name=f"{TITLES[name]}: table").click()
    return [plain(row).split("\t") for row in card(view, name).locator("tbody tr").all_inner_texts()]


def said(view):
    """Sentences of the track record, as read."""
    lines = view.page.locator("#view .cards > .card").first.locator("li").all_inner_texts()
    return [re.sub("[\u2066-\u2069]", "", plain(line)) for line in lines]


@pytest.mark.parametrize("which", ["made up", "shipped"])
def test_it_says_in_english_what_the_terminal_says(trusted, which):
    from headlong.verify.results.track_record import record, sentences

    found = RECORD if which == "made up" else record(whole=True)
    lines = said(trusted(found))
    assert lines[: len(lines) - 1] == [plain(line) for line in sentences(found)]  # the last: 90 % intervals
    assert "90 % intervals" in lines[-1]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_it_speaks_the_reader_s_language(trusted, language):
    from headlong.verify.results.track_record import record

    view = trusted(record(whole=True), address=f"#tab=trust&lang={language}")
    lines = said(view)
    assert len(lines) == 5 and "1059" in lines[0]
    view.page.evaluate("document.querySelectorAll('code, pre, select, bdi').forEach((e) => e.remove())")
    text = view.page.locator(".cards").inner_text()
    english = {
        "hindcasts",
        "Chances",
        "foreseen",
        "Capitals",
        "every 7th day",
        "more changes",
        "numbers",
        "places",
    }
    assert not [word for word in english if word in text]


def test_ranks_of_the_number(trusted):
    view = trusted(RECORD)
    bars = card(view, "counts").locator("svg rect")
    heights = [float(bar.get_attribute("height")) for bar in bars.all()]
    assert len(heights) == 10
    assert [h / heights[5] for h in heights] == pytest.approx([p / PIT[5] for p in PIT])
    card(view, "counts").get_by_label("Days ahead").select_option("30")
    assert float(bars.first.get_attribute("height")) == pytest.approx(heights[9])
    rows = table(view, "counts")
    assert rows[0] == ["0.0", "0.1", "10 %"] and rows[9] == ["0.9", "1.0", "3 %"]


def test_wars_by_how_they_went(trusted):
    view = trusted(RECORD)
    rows = card(view, "strata").locator("tbody tr").all_inner_texts()
    assert [plain(row).split("\t") for row in rows] == [
        ["fell", "12", "1.3", "2.0", "93 %", "−0.12", "+0.20"],
        ["were held", "11", "1.3", "0.4", "93 %", "−0.12", "+0.20"],
    ]
    card(view, "strata").get_by_label("Days ahead").select_option("30")
    assert len(card(view, "strata").locator("tbody tr").all()) == 1  # the others are not scored so far ahead


def test_past_dates_with_forecast_and_outcome(trusted):
    view = trusted(RECORD)
    assert card(view, "past").get_by_label("War").input_value() == "toyland"  # the war of this forecast first
    bars = [float(bar.get_attribute("height")) for bar in card(view, "past").locator("svg rect").all()]
    assert bars[0] == pytest.approx(2 * bars[2]) and bars[1] == 0
    assert table(view, "past") == [
        ["28 Dec 2020", "1.5", "2.0", "4.1", "6.0", "12 %", "held"],
        ["4 Jan 2021", "2.5", "0.0", "5.0", "–", "30 %", "–"],
        ["11 Jan 2021", "0.5", "1.0", "–", "–", "–", "–"],
    ]
    view.page.get_by_role("button", name="Past dates: table").click()
    card(view, "past").get_by_label("War").select_option("elsewhere")
    assert table(view, "past") == [["8 May 1990", "9.0", "9.0", "9.0", "9.0", "50 %", "fell"]]


def test_terms_left_out(trusted):
    view = trusted(RECORD)
    assert table(view, "ablations") == [["pace", "+0.05", "0.01 – 0.09", "20 of 36"]]


@pytest.mark.parametrize("name", [*TITLES, "all", "none of it"])
def test_what_the_record_does_not_hold_leaves_no_trace(trusted, name):
    kept = (
        {"rule": "every 7th day", "after_bursts": RECORD["after_bursts"]}
        if name == "none of it"
        else json.loads(json.dumps(RECORD))
    )
    gone = {*TITLES} if name in ("all", "none of it") else {name}
    for key in gone:
        kept.pop(key, None)
    view = trusted(kept)
    text = view.page.inner_text("#view")
    assert "After bursts (3 or more changes in the last 3 days) 274 changes" in text
    assert {key for key, title in TITLES.items() if title not in text} == gone


def test_on_a_phone_and_in_arabic(trusted):
    view = trusted(RECORD, viewport={"width": 390, "height": 844}, locale="ar")
    assert view.page.evaluate("document.querySelector('#view').scrollWidth") <= 390
    assert re.search("سقطت", view.page.inner_text("#view"))
