"""Scores of where people ran on the terminal: camp by camp, beside what was counted and simple references."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from headlong.text import day, many, people, percent
from headlong.verify.hindcasts.flight import FlowSummary
from headlong.verify.hindcasts.flight_learning import FlightLesson
from headlong.view.terminal.tables import TextColumn, print_table, print_text


def print_flight(found: FlowSummary, out: Console) -> None:
    """Print scores of flight.

    Parameters
    ----------
    found
        What `headlong.verify.hindcasts.flight.summarise_flow` returns.
    out
        Where to print.
    """
    told = "with capacities known in hindsight" if found["capacities"] else "without capacities"
    length = many(found["days"], "day")
    out.print(
        f"\n[bold]{escape(found['title'])}[/]  [dim]from {day(found['start'], year=True)}, {length}, "
        f"{many(found['members'], 'member')}, each day's total given, {told}[/]\n"
    )
    columns = [
        TextColumn("Error: sum of differences over the total, mean of the days", right=False),
        TextColumn("all"),
        TextColumn("from day 30"),
    ]
    rows = [[r["name"], _number(r["error"]), _number(r["error_from_day_30"])] for r in found["scores"]]
    print_table(columns, rows, out)
    camps = [TextColumn(f"In camps on {day(found['end'], year=True)}", right=False), TextColumn("counted")]
    camps += [TextColumn("P10"), TextColumn("P50"), TextColumn("P90")]
    out.print()
    print_table(
        camps,
        [
            [c["name"], people(c["counted"]), people(c["p10"]), people(c["p50"]), people(c["p90"])]
            for c in found["camps"]
        ],
        out,
    )
    if found["log_crps"] is not None:
        held = f"90 % intervals hold {percent(found['coverage_90'])} of the counts on every 30th day"
        held = "Too few members for an interval" if found["coverage_90"] is None else held
        print_text(f"{held}; CRPS of log(1 + people) {found['log_crps']:.2f}.", out, style="dim")


def print_learned(found: FlightLesson, out: Console) -> None:
    """Print what conflicts teach of flight.

    Parameters
    ----------
    found
        What `headlong.verify.hindcasts.flight_learning.summarise_learned` returns.
    out
        Where to print.
    """
    columns = [
        TextColumn("Parameter", right=False),
        TextColumn("before (5 to 95 %)"),
        TextColumn("after (5 to 95 %)"),
    ]
    rows = [[p["name"], _interval(p["before"]), _interval(p["after"])] for p in found["parameters"]]
    print_table(columns, rows, out)
    heads = ("left out", "priors", "gravity", "from day 30: priors", "shares kept", "last rate")
    out.print()
    print_table(
        [TextColumn("Error, each day's total given", right=False), *map(TextColumn, heads)],
        [
            [
                c["id"],
                _number(c["left_out"]),
                _number(c["priors"]),
                _number(c["gravity"]),
                _number(c["late_priors"]),
                _number(c["late_kept"]),
                _number(c["late_last_rate"]),
            ]
            for c in found["conflicts"]
        ],
        out,
    )
    told = (
        "with capacities known in hindsight"
        if found["capacities"]
        else "without capacities known in hindsight"
    )
    text = (
        f"{many(found['members'], 'draw')}, {found['effective_draws']:.0f} of them effective, {told}. Left out: "
        "learned from the other conflicts. No forecast reads what is learned here."
    )
    print_text(text, out, style="dim")


def _interval(numbers: Sequence[float]) -> str:
    return f"{numbers[1]:.3g} ({numbers[0]:.3g} to {numbers[2]:.3g})"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
