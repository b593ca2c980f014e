"""The demo's few lines: what makes one want to look further."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from rich.console import Console
from rich.markup import escape

from headlong.view.terminal import print_forecast

__all__ = ["print_demo"]


def print_demo(summary: Mapping[str, Any], path: str, out: Console) -> None:
    """Print the demo's forecast and what to try next.

    Parameters
    ----------
    summary
        What ``headlong.summarise`` returns.
    path
        File the forecast was written to.
    out
        Where to print.
    """
    print_forecast(summary, out)
    case, init = summary["case"], summary["init"][:10]
    earlier = date.fromisoformat(init) - timedelta(days=14)
    out.print(f"\nWrote {escape(path)}: every future, day and place (open it with xarray). Next:")
    for command, why in (
        (f"headlong forecast {case} --init {earlier}", "the same war two weeks earlier"),
        (f"headlong what-if {case} SCENARIO --init {init}", "what would change it; a wrong name lists them"),
        ("headlong explain strain", "what a word means"),
    ):
        out.print(f"  {escape(command):<62}[dim]{escape(why)}[/]", soft_wrap=True)
