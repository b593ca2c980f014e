"""A calibration on the terminal: what was believed before and what was learned."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from headlong.view.terminal.tables import TextColumn, console, print_table, print_text

if TYPE_CHECKING:
    from headlong.case import Case
    from headlong.inference.bank import Bank

COLUMNS = [
    TextColumn("Parameter", right=False),
    TextColumn("before (5 to 95 %)"),
    TextColumn("after (5 to 95 %)"),
    TextColumn("contraction"),
    TextColumn("unit", right=False, spare=1),
]


def learn_all(cases: Sequence[Case], out: Path, table: Path | None = None, **how: Any) -> None:
    """Calibrate on all cases, print what was learned, write the bank.

    Parameters
    ----------
    cases
        Each with a history.
    out
        File to write.
    table
        Write what was learned to this file, too (CSV).
    how
        As `headlong.calibrate` takes it.
    """
    from headlong.inference.bank import save_bank
    from headlong.inference.calibration import calibrate
    from headlong.result_cache import folder_of

    bank = calibrate(cases, folder=folder_of("calibrations"), **how)
    save_bank(bank, out)
    print_bank(out.name, bank, console())
    console().print(f"\nWrote {escape(str(out))}.")
    _tabulate({out.name: bank}, table)


def _tabulate(banks: dict[str, Bank], table: Path | None) -> None:
    """Write what banks have learned to a table, if one is named."""
    if table is not None:
        from headlong.view.tables.scores import write_banks

        console().print(f"Wrote {escape(str(table))}: {write_banks(banks, table)} rows.")


def print_bank(name: str, bank: Bank, out: Console) -> None:
    """Print what a bank has learned.

    Parameters
    ----------
    name
        Of the bank.
    bank
        From `headlong.calibrate`.
    out
        Where to print.
    """
    from headlong.inference.bank import unseen
    from headlong.inference.contraction import learned

    out.print(f"\n[bold]{escape(name)}[/]")
    cases = ", ".join(sorted(bank.cases))
    drawn = f"{bank.draws.ess:.0f} effective of {len(bank.theta):,} draws"
    print_text(f"Learned on {cases}: {drawn}.", out)
    if len(bank.cases) > 1:
        least, left = min((unseen(bank, c).draws.ess, c) for c in bank.cases)
        print_text(f"With any of them left out at least {least:.0f} are effective ({left}).", out)
    rows = [
        [row.name, between(row.prior), between(row.posterior), f"{row.contraction:.2f}", row.unit]
        for row in learned(bank)
    ]
    print_table(COLUMNS, rows, out)


def between(points: tuple[float, float, float]) -> str:
    """Median, and the 5 and 95 % points."""
    low, middle, high = (f"{x:.2f}".replace("-", "−") for x in points)
    return f"{middle} ({low} to {high})"
