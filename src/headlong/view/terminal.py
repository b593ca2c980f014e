"""A forecast on the terminal: one sentence, what falls next, where people run, how, and what was assumed."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from headlong.words import day, likely, listing, people, percent, span

__all__ = ["console", "notes", "print_forecast"]

SHOWN = 12
WINDOWS = ("3", "7", "14")

Summary = Mapping[str, Any]


def console(stderr: bool = False) -> Console:
    """Make a console that keeps tables whole when the output goes to a file.

    Parameters
    ----------
    stderr
        Whether it writes to standard error.
    """
    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else 110, highlight=False, soft_wrap=False)


def print_forecast(summary: Summary, out: Console) -> None:
    """Print a forecast.

    Parameters
    ----------
    summary
        What ``headlong.summarise`` returns.
    out
        Where to print.
    """
    _heading(summary, out)
    _falls_next(summary, out)
    _changes(summary, out)
    _crossings(summary, out)
    _ways(summary, out)
    notes("Assumed", [f"control at the start: {summary['control_from']}", *summary["assumptions"]], out)


def notes(title: str, lines: list[str], out: Console) -> None:
    """Print lines of small print under a title.

    Parameters
    ----------
    title
        What they are.
    lines
        One per note; nothing is printed if there are none.
    out
        Where to print.
    """
    if lines:
        out.print(f"\n[bold]{escape(title)}[/]")
    for line in lines:
        out.print(f"[dim]  - {escape(line)}[/]")


def _heading(summary: Summary, out: Console) -> None:
    scenario = f", scenario {summary['scenario']}" if summary.get("scenario") else ""
    out.print(
        f"\n[bold]{escape(summary['title'])}[/]  [dim]from the evening of {day(summary['init'], year=True)}, "
        f"{summary['days']} days, {summary['members']:,} members, seed {summary['seed']}{escape(scenario)}[/]"
    )
    out.print(f"\n{escape(summary['sentence'])}")


def _table(title: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(title)
    return table


def _windows(summary: Summary) -> list[str]:
    days = int(summary["days"])
    return [window for window in WINDOWS if int(window) <= days] or [WINDOWS[0]]


def _ranked(summary: Summary, windows: list[str]) -> list[Summary]:
    keys = [*windows[::-1], "30"]

    def chance(place: Summary) -> tuple[float, ...]:
        found = [place["p_change"].get(key) or 0.0 for key in (windows[len(windows) // 2], *keys)]
        return tuple(-value for value in found)

    return sorted(summary["places"], key=chance)


def _falls_next(summary: Summary, out: Console) -> None:
    windows = _windows(summary)
    table = _table("Next to change hands")
    table.add_column("held by")
    for index, window in enumerate(windows):
        table.add_column(f"{'P within ' if index == 0 else ''}{window} days", justify="right")
    for name in ("median", "50 % interval", "90 % interval"):
        table.add_column(name)
    ranked = _ranked(summary, windows)
    for place in ranked[:SHOWN]:
        chances = [percent(place["p_change"].get(window)) for window in windows]
        spans = [span(place["interval_50"]), span(place["interval_90"])]
        holder = escape(place["holder"] or "nobody")
        table.add_row(escape(place["name"]), holder, *chances, day(place["median_date"]), *spans)
    out.print()
    out.print(table)
    if len(ranked) > SHOWN:
        out.print(f"[dim]{len(ranked) - SHOWN} more places are below these; --json lists all.[/]")


def _changes(summary: Summary, out: Console) -> None:
    found = [
        (days, change) for days, change in summary["changes"].items() if int(days) <= int(summary["days"])
    ]
    table = _table("How many change hands")
    for days, _ in found:
        table.add_column(f"{days} days", justify="right")
    table.add_row("median", *(f"{change['p50']:.0f}" for _, change in found))
    table.add_row("90 % interval", *(f"{change['p05']:.0f}–{change['p95']:.0f}" for _, change in found))
    for seat in summary["capital"]:
        table.add_row(escape(seat["name"]), *(percent(seat["p_change"].get(days)) for days, _ in found))
    out.print()
    out.print(table)
    for seat in summary["capital"]:
        for days, share in list(seat["p_change"].items())[-1:]:
            out.print(f"{escape(seat['name'])} to change hands within {days} days: {likely(share)}.")


def _crossings(summary: Summary, out: Console) -> None:
    if not summary["crossings"]:
        return
    table = _table(f"Arrivals in {summary['days']} days")
    for name in ("civilians P50", "P90", "soldiers P50", "P90", "leaders P50", "P90", "queue P90"):
        table.add_column(name, justify="right")
    for crossing in summary["crossings"]:
        cells = [
            people(crossing[level].get(stream))
            for stream in ("civilians", "soldiers", "leaders")
            for level in ("p50", "p90")
        ]
        table.add_row(escape(crossing["name"]), *cells, people(crossing.get("queue_p90")))
    out.print()
    out.print(table)
    displaced = summary.get("displaced")
    if displaced:
        numbers = f"{people(displaced['p50'])} (P50), {people(displaced['p90'])} (P90)"
        out.print(f"[bold]Displaced at the end[/]  {numbers}")


def _ways(summary: Summary, out: Console) -> None:
    if summary["ways"]:
        out.print(f"\n[bold]Ways of falling[/]  {escape(listing(summary['ways']))}")
