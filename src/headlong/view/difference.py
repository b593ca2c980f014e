"""A what-if on the terminal: baseline, scenario, and the difference with its uncertainty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from headlong.view.terminal import notes
from headlong.words import day, gap, people, percent

__all__ = ["print_what_if"]

SHOWN = 10
SOME = 0.02

Summary = Mapping[str, Any]


def print_what_if(summary: Summary, out: Console) -> None:
    """Print what a scenario changes.

    Parameters
    ----------
    summary
        What ``headlong.forecast.summary.summarise_what_if`` returns.
    out
        Where to print.
    """
    scenario = summary["scenario"]
    out.print(f"\n[bold]What if: {escape(scenario['title'])}[/]  [dim]{escape(scenario['what'])}[/]")
    out.print(
        f"[dim]{escape(summary['case'])} from the evening of {day(summary['init'], year=True)}; "
        "the same luck on both sides.[/]"
    )
    out.print(f"\n{escape(summary['sentence'])}")
    _places(summary, out)
    _changes(summary, out)
    _crossings(summary, out)
    notes("What rests on judgement, not on calibration", list(summary["judgement"]), out)


def _last(place: Summary) -> str:
    return str(max(place["p_change"]["difference"], key=int))


def _points(difference: Mapping[str, float]) -> tuple[str, str]:
    low, high = gap(100 * difference["low"]), gap(100 * difference["high"])
    return gap(100 * difference["mean"], " points"), f"{low} to {high}"


def _places(summary: Summary, out: Console) -> None:
    moved = [place for place in summary["places"] if place["p_change"]["difference"]]
    moved.sort(key=lambda place: -abs(place["p_change"]["difference"][_last(place)]["mean"]))
    moved = [place for place in moved if abs(place["p_change"]["difference"][_last(place)]["mean"]) >= SOME]
    if not moved:
        out.print("\nNo place's chance of changing hands moves by 2 points or more.")
        return
    window = _last(moved[0])
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(f"P of changing hands within {window} days")
    for name in ("baseline", "scenario", "difference", "90 % interval"):
        table.add_column(name, justify="right")
    for place in moved[:SHOWN]:
        change = place["p_change"]
        points = _points(change["difference"][window])
        sides = (percent(change["baseline"].get(window)), percent(change["scenario"].get(window)))
        table.add_row(escape(place["name"]), *sides, *points)
    out.print()
    out.print(table)
    if len(moved) > SHOWN:
        out.print(f"[dim]{len(moved) - SHOWN} more places move by 2 points or more; --json lists all.[/]")


def _changes(summary: Summary, out: Console) -> None:
    changes = summary["changes"]
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("How many change hands", "baseline", "scenario", "difference"):
        table.add_column(name, justify="left" if name.startswith("How") else "right")
    sides = [changes["baseline"], changes["scenario"]]
    found = changes["difference"]
    table.add_row(
        "median; mean of the difference", *(f"{side['p50']:.0f}" for side in sides), gap(found["mean"])
    )
    spans = [f"{side['p05']:.0f}–{side['p95']:.0f}" for side in sides]
    table.add_row("90 % interval", *spans, f"{gap(found['low'])} to {gap(found['high'])}")
    out.print()
    out.print(table)


def _crossings(summary: Summary, out: Console) -> None:
    if not summary["crossings"]:
        return
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Civilian arrivals")
    for name in ("baseline P50", "P90", "scenario P50", "P90"):
        table.add_column(name, justify="right")
    for crossing in summary["crossings"]:
        cells = [
            _civilians(crossing[side][level]) for side in ("baseline", "scenario") for level in ("p50", "p90")
        ]
        table.add_row(escape(crossing["name"]), *cells)
    out.print()
    out.print(table)


def _civilians(count: Any) -> str:
    return people(count["civilians"] if isinstance(count, Mapping) else count)
