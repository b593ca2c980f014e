"""The demo's few lines: what makes one want to look further."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from headlong.text import day, span
from headlong.view.terminal.forecast import FEW, next_to_fall, print_forecast
from headlong.view.terminal.tables import print_text

if TYPE_CHECKING:
    from headlong.forecast.results.shapes.forecast import ForecastSummary

__all__ = ["print_demo"]

WHAT_IF = "strongmen-stay"
"""A scenario that the demo's case has."""


def print_demo(summary: ForecastSummary, path: str, out: Console) -> None:
    """Print the demo's forecast, what happened, and what to try next.

    Parameters
    ----------
    summary
        What ``headlong.summarise`` returns.
    path
        File the forecast was written to.
    out
        Where to print.
    """
    from headlong.case.gallery import gallery, open_case

    print_forecast(summary, out, brief=True)
    case, init = summary["case"], summary["init"][:10]
    if case in gallery():
        out.print("\n[bold]What happened[/]  [dim](the case's history; the forecast did not read it)[/]")
        print_text(_outcome(open_case(case), summary), out, mark="  ")
    earlier = date.fromisoformat(init) - timedelta(days=14)
    out.print(f"\nWrote {escape(path)}: every future, day and place (open it with xarray). Next:")
    for command, why in (
        (f"headlong forecast {case} --init {earlier}", "the same war two weeks earlier"),
        (f"headlong what-if {case} {WHAT_IF} --init {init}", "what would change it"),
        (f"headlong check {case}", "what the case holds, and its what-ifs"),
        ("headlong explain strain", "what a word means"),
    ):
        out.print(f"  {escape(command)}", soft_wrap=True)
        out.print(f"[dim]      {escape(why)}[/]", soft_wrap=True)


def _outcome(case: Any, summary: ForecastSummary) -> str:
    """When each of the places shown changed hands."""
    from headlong.case import day_counted

    init = date.fromisoformat(summary["init"][:10])
    parts = []
    for place in next_to_fall(summary, FEW):
        later = (row for row in case.history if row["place"] == place["id"] and day_counted(row) > init)
        row = min(later, key=day_counted, default=None)
        when = (
            f"not by {day(str(case.end))}"
            if row is None
            else span([str(row["date"] or row["earliest"]), str(row["date"] or row["latest"])])
        )
        parts.append(f"{place['name']} {when}")
    return ", ".join(parts) + "."
