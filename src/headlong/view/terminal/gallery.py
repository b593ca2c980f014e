"""The bundled wars on the terminal, by how far they went."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console

from headlong.case.listing import CaseListing
from headlong.view.terminal.tables import TextColumn, print_table, print_text

__all__ = ["print_gallery"]

KINDS = {
    "fell": "What the incumbent held fell",
    "partly": "A part was lost, and it stopped",
    "held": "The incumbent held, or what was lost came back",
    None: "Not sorted",
}
COLUMNS = (
    TextColumn("case", right=False),
    TextColumn("first day", spare=1),
    TextColumn("last day", spare=1),
    TextColumn("places"),
    TextColumn("changes"),
    TextColumn("days known"),
    TextColumn("reports", spare=2),
    TextColumn("role", right=False, spare=3),
)


def print_gallery(listing: Sequence[CaseListing], out: Console) -> None:
    """Print the bundled wars, one table for each kind.

    Parameters
    ----------
    listing
        What ``headlong.case.listing`` returns.
    out
        Where to print.
    """
    for kind, found in groupby(listing, key=lambda entry: entry["stratum"]):
        entries = list(found)
        out.print(f"\n[bold]{KINDS[kind]}[/]  [dim]({len(entries)})[/]")
        print_table(COLUMNS, [_row(entry) for entry in entries], out)
    out.print()
    print_text(
        "days known: how many days of changes were seen in a source / recalled from standard works / assumed. "
        "role: the model is learned from wars that learn, and judged on those that validate.",
        out,
        style="dim",
    )
    print_text("More on one of them: headlong check CASE", out, style="dim")


def _row(entry: CaseListing) -> tuple[str, ...]:
    return (
        entry["id"],
        entry["start"],
        entry["end"],
        str(entry["places"]),
        str(entry["changes"]),
        "/".join(str(number) for number in entry["days"].values()),
        str(entry["reports"]),
        entry["role"],
    )
