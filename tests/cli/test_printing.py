"""What the terminal shows of a summary."""

import io
import re

import pytest
from rich.console import Console

from headlong.view.terminal.demo import print_demo
from headlong.view.terminal.forecast import print_forecast
from headlong.view.terminal.what_if import print_what_if


def printed(printer, *args, width=110):
    out = Console(file=io.StringIO(), width=width, highlight=False)
    printer(*args, out)
    return out.file.getvalue()


def test_forecast_has_its_parts(summary):
    text = printed(print_forecast, summary)
    assert "Toyland  from the evening of 12 Aug 2021, 30 days, 1,000 members, seed 1" in text
    assert summary["sentence"] in text
    assert re.search(r"Alpha +government +90 % +>99 % +>99 % +14 Aug +13–15 Aug +13 Aug", text)
    assert re.search(r"Far \[hill\] +nobody +<1 % +<1 % +<1 % +later +later +2 Sep – later", text)
    assert re.search(r"Iron Bridge +12,000 / 68,000 +87 / 1,200 +1 / 2 +4,500", text)
    assert "Soldiers: armed people of any side" in text and "Waiting: " in text
    assert "Displaced inside  150,000 (P50), 420,000 (P90) on the last day" in text
    assert "Ways of falling\n  handed over 45 %, overrun 30 %, melted away 25 %" in text
    assert re.search(r"places that change hands +1 \(0–3\) +2 \(0–3\) +2 \(0–3\) +3 \(0–3\)", text)
    assert re.search(r"coming back counted too +1 \(0–4\) +2 \(0–4\) +2 \(0–4\) +3 \(0–4\)", text)
    assert "- strength of the garrison of Alpha is not known" in text
    assert "- Control at the start: reports published by init." in text
    assert "- Core parameters: learned on 2 past cases, not on this one." in text


def test_the_most_threatened_come_first(summary):
    text = printed(print_forecast, summary)
    assert text.index("Alpha ") < text.index("Beta ") < text.index("Far [hill]")


def test_long_tables_end_with_a_count(summary):
    summary["places"], summary["capital"] = summary["places"] * 10, []
    assert "18 more places are below these; --json lists all." in printed(print_forecast, summary)
    summary["places"] += [{**summary["places"][0], "kind": "refuge", "name": "Abroad"}] * 9
    text = printed(print_forecast, summary)
    assert "18 more places are below these" in text and "Abroad" not in text


def test_a_capital_below_the_others_is_added(summary):
    capital = summary["places"].pop()
    summary["places"] = [*summary["places"][1:] * 20, capital]
    text = printed(print_forecast, summary)
    assert text.count("\nAlpha ") == 12 and text.count("\nBeta ") == 1
    assert "The capital is added at the end; 8 more places are below these" in text


def test_crossings_are_ranked_and_few(summary):
    def crossing(k):
        return {
            "id": f"x{k}",
            "name": f"Crossing {k}",
            "p50": {"civilians": 0, "soldiers": 0, "leaders": 0},
            "p90": {"civilians": 10 * k, "soldiers": 0, "leaders": 0},
            "queue_p90": 0,
        }

    summary["crossings"] = [crossing(k) for k in range(1, 11)]
    text = printed(print_forecast, summary)
    assert text.index("Crossing 10 ") < text.index("Crossing 9 ") < text.index("Crossing 3 ")
    assert "Crossing 2 " not in text and "2 more crossings have fewer people" in text
    assert all(word not in text for word in ("soldiers P50", "leaders P50", "waiting P90", "Waiting:"))
    summary["crossings"] = [crossing(0)]
    assert "Hardly anybody crosses a border within 30 days." in printed(print_forecast, summary)


@pytest.mark.parametrize("width", [60, 80, 110])
def test_nothing_is_wider_than_the_console(summary, comparison, width):
    summary["places"][1]["name"] = "The old airfield and the operations headquarters beyond the river"
    summary["crossings"][0]["name"] = "The iron bridge of friendship beyond the river, freight only"
    for found in comparison["places"]:
        found["name"] = summary["places"][1]["name"]
    text = printed(print_forecast, summary, width=width) + printed(print_what_if, comparison, width=width)
    assert max(map(len, text.splitlines())) <= width
    assert "The old air" in text and "…" in text
    assert re.search(r"…  .*90 % +>99 %", text)  # shortened, and still on one line with its numbers
    assert not re.search(r"\d\n%", text)


@pytest.mark.parametrize("days", [1, 5, 10])
def test_short_forecasts_show_no_longer_windows(summary, days):
    summary["days"] = days
    windows = [window for window in ("3", "7", "14", "30") if int(window) <= days]
    for found in (*summary["places"], *summary["capital"]):
        found["p_change"] = {window: found["p_change"][window] for window in windows}
    summary["changes"] = {window: summary["changes"][window] for window in windows}
    text = printed(print_forecast, summary)
    assert "14 days" not in text and "30 days" not in text
    assert ("Next to change hands" in text) == (days >= 3)
    assert f"12 Aug 2021, {days} day{'' if days == 1 else 's'}, 1,000 members" in text


def test_a_case_without_crossings_has_no_such_table(summary):
    summary["crossings"], summary["ways"], summary["assumptions"] = [], {}, []
    text = printed(print_forecast, summary)
    assert "Arrivals" not in text and "Ways of falling" not in text


def test_a_scenario_and_the_size_of_the_ensemble_are_said(summary):
    assert "1,000 members a chance is exact to 3 points" in printed(print_forecast, summary)
    summary["scenario"], summary["members"] = "calm", 1
    text = printed(print_forecast, summary)
    assert "seed 1, scenario calm" in text and "no history has calibrated" in text
    assert "With 1 member a chance is exact to 82 points" in text


def test_a_narrow_terminal_does_not_break(summary):
    assert "Alpha" in printed(print_forecast, summary, width=60)


def test_no_bare_certainty_anywhere(summary, comparison):
    text = printed(print_forecast, summary) + printed(print_what_if, comparison)
    assert not re.search(r"(?<![\d.<])0 %|(?<!\d)100 %", text)


def test_what_if_shows_what_moves(comparison):
    text = printed(print_what_if, comparison)
    assert "What if: The bridge stays open" in text and comparison["sentence"] in text
    assert re.search(r"Beta +60 % +40 % +−20 points +−23 to −17", text)
    assert "Alpha" not in text  # moved by one point only
    assert re.search(r"mean difference +3 \(1–5\) +2 \(1–5\) +−0.6 +−1.4 to \+0.2", text)
    assert re.search(r"Iron Bridge: civilians +12,000 / 68,000 +22,000 / 98,000", text)
    assert "Iron Bridge: soldiers" not in text  # hardly moved
    assert re.search(r"displaced inside +1,000 / 5,000 +900 / 5,000", text)
    assert "its 90 % interval says how exactly that mean is known" in " ".join(text.split())
    assert "- leakage of a closed bridge" in text


def test_what_if_that_moves_nothing_says_so(comparison):
    comparison["places"] = comparison["places"][:1]
    assert "No place's chance of changing hands moves by 2 points or more." in printed(
        print_what_if, comparison
    )


def test_demo_says_where_to_look_next(summary):
    text = printed(print_demo, summary, "toyland.nc")
    assert "Wrote toyland.nc" in text
    assert "headlong what-if toyland strongmen-stay --init 2021-08-12" in text
    assert "headlong forecast toyland --init 2021-07-29" in text


def test_the_demo_says_what_happened(summary):
    summary["case"] = "afghanistan-2021"
    for place, name in zip(summary["places"], ("kabul", "mazar-i-sharif", "torkham"), strict=True):
        place["id"], place["name"] = name, name
    summary["capital"][0]["id"] = "kabul"
    text = printed(print_demo, summary, "x.nc")
    assert "What happened" in text and "kabul 15 Aug" in text and "mazar-i-sharif 14 Aug" in text


def test_the_demo_names_a_scenario_that_is_there():
    import headlong as hl
    from headlong.cli.verbs.forecasting import DEMO
    from headlong.view.terminal.demo import WHAT_IF

    assert WHAT_IF in hl.open_case(DEMO).scenarios
