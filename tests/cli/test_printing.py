"""What the terminal shows of a summary."""

import io
import re

import pytest
from rich.console import Console

from headlong.view.demo import print_demo
from headlong.view.difference import print_what_if
from headlong.view.terminal import print_forecast


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
    assert re.search(r"Iron Bridge +12,000 +68,000 +87 +1,200 +1 +2 +4,500", text)
    assert "Ways of falling  handed over 45 %, overrun 30 %, melted away 25 %" in text
    assert "Beta to change hands within 30 days: very likely (90 %)." in text
    assert re.search(r"median +1 +2 +2 +3\b", text) and re.search(r"90 % interval +0–4 +0–4 +0–4 +0–4", text)
    assert re.search(r"\nBeta +20 % +50 % +70 % +90 %", text)
    assert "- strength of the garrison of Alpha is not known" in text
    assert "- control at the start: reports published by init" in text


def test_the_most_threatened_come_first(summary):
    text = printed(print_forecast, summary)
    assert text.index("Alpha ") < text.index("Beta ") < text.index("Far [hill]")


def test_long_tables_end_with_a_count(summary):
    summary["places"] = summary["places"] * 10
    assert "18 more places are below these; --json lists all." in printed(print_forecast, summary)


@pytest.mark.parametrize("days", [1, 5, 10])
def test_short_forecasts_show_no_longer_windows(summary, days):
    summary["days"] = days
    windows = [window for window in ("3", "7", "14", "30") if int(window) <= days]
    for found in (*summary["places"], *summary["capital"]):
        found["p_change"] = {window: found["p_change"][window] for window in windows}
    summary["changes"] = {window: summary["changes"][window] for window in windows}
    text = printed(print_forecast, summary)
    assert "14 days" not in text and "30 days" not in text
    assert "Alpha" in text


def test_a_case_without_crossings_has_no_such_table(summary):
    summary["crossings"], summary["ways"], summary["assumptions"] = [], {}, []
    text = printed(print_forecast, summary)
    assert "Arrivals" not in text and "Ways of falling" not in text


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
    assert re.search(r"mean of the difference +3 +2 +−0.6\n90 % interval +1–5 +1–5 +−1.4 to \+0.2", text)
    assert re.search(r"Iron Bridge +12,000 +68,000 +22,000 +98,000", text)
    assert "- leakage of a closed bridge" in text


def test_what_if_that_moves_nothing_says_so(comparison):
    comparison["places"] = comparison["places"][:1]
    assert "No place's chance of changing hands moves by 2 points or more." in printed(
        print_what_if, comparison
    )


def test_demo_says_where_to_look_next(summary):
    text = printed(print_demo, summary, "toyland.nc")
    assert "Wrote toyland.nc" in text
    assert "headlong what-if toyland SCENARIO --init 2021-08-12" in text
    assert "headlong forecast toyland --init 2021-07-29" in text
