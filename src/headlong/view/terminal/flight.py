"""Scores of where people ran on the terminal: camp by camp, beside what was counted and simple references."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from headlong.text import day, many, people, percent
from headlong.verify.hindcasts.flight import FlowSummary
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
    if found["coverage_90"] is not None:
        text = (
            f"90 % intervals hold {percent(found['coverage_90'])} of the counts on every 30th day; CRPS of "
            f"log(1 + people) {found['log_crps']:.2f}."
        )
        print_text(text, out, style="dim")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
