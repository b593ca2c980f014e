"""A case on the terminal: what is in it, and what is left to its prior."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape

from headlong.text import day
from headlong.view.terminal.tables import notes, print_text

__all__ = ["print_case"]

TABLES = ("places", "roads", "garrisons", "leaders", "patrons", "crossings", "reports", "history")


def print_case(case: Any, out: Console) -> None:
    """Print a case that has no findings.

    Parameters
    ----------
    case
        The case.
    out
        Where to print.
    """
    from headlong.case.findings.unknowns import unknowns
    from headlong.reports.idle import idle_in_words, idle_reports

    first = day(case.start.isoformat(), year=True)
    period = f"since {first}" if case.ongoing else f"{first} to {day(case.end.isoformat(), year=True)}"
    start = day(case.init.isoformat(), year=True)
    out.print(f"[bold]{escape(case.title)}[/]  [dim]{period}, default init {start}[/]")
    out.print("No findings.")
    counts = ", ".join(f"{len(getattr(case, table))} {table}" for table in TABLES)
    if abroad := sum(place["kind"] == "refuge" for place in case.places):
        counts = counts.replace(" places", f" places ({abroad} of them abroad)", 1)
    sides = ", ".join(f"{side.name} ({side.role})" for side in case.sides)
    for title, text in (
        ("Sides", sides),
        ("Rows", counts),
        ("Scenarios", ", ".join(case.scenarios) or "none"),
    ):
        out.print(f"\n[bold]{title}[/]")
        print_text(text, out, mark="  ")
    odd = [str(line) for line in getattr(case, "warnings", ())]
    if idle := idle_in_words(idle_reports(case.reports, case.places)):
        odd.append(f"reports.csv: {idle}")
    notes("Odd, though not wrong", odd, out)
    notes("Not known, left to its prior", list(unknowns(case)), out)
