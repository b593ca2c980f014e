"""The console, and tables and text that fit it: what can be spared is left out before anything is wrapped or cut."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Sequence
from typing import Any, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from headlong.text import inert

__all__ = ["TextColumn", "console", "notes", "print_table", "print_text"]

FIXED = "\N{NO-BREAK SPACE}"
GAP = 2
SHORTEST_NAME, WHOLE_NAME = 14, 26


FILE_WIDTH = 110


class TextColumn(NamedTuple):
    """One column: its heading, and whether it can be spared.

    Parameters
    ----------
    head : str
        Heading.
    right : bool
        Whether its cells stand to the right, as numbers do.
    spare : int
        0: always shown; else it may be left out on a narrow console, the highest number first; columns with the
        same number go together.
    """

    head: str
    right: bool = True
    spare: int = 0


def print_table(columns: Sequence[TextColumn], rows: Sequence[Sequence[str]], out: Console) -> None:
    """Print a table no wider than the console; the first column holds names, which may be shortened.

    Parameters
    ----------
    columns
        From left to right.
    rows
        Cells as plain text, one per column.
    out
        Where to print.
    """
    shown = _that_fit(columns, rows, out.width)
    widths = [_width(columns, rows, k) for k in shown]
    room = max(SHORTEST_NAME, out.width - sum(widths[1:]) - GAP * (len(shown) - 1))
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, GAP, 0, 0))
    for k in shown:
        head = columns[k].head if k else _shorten(columns[k].head, room)
        table.add_column(escape(head), justify="right" if columns[k].right else "left", no_wrap=True)
    for row in rows:
        cells = [row[k] if k else _shorten(row[k], room) for k in shown]
        table.add_row(*map(escape, cells))
    out.print(table)


def print_text(text: str, out: Console, mark: str = "", style: str = "") -> None:
    """Print a paragraph without breaking between a number and its percent sign.

    Parameters
    ----------
    text
        Plain text.
    out
        Where to print.
    mark
        Put before the first line; the others are indented as far.
    style
        Style of the whole.
    """
    whole = text.replace(" %", f"{FIXED}%")
    indent = " " * len(mark)
    lines = textwrap.wrap(
        whole, out.width, initial_indent=mark, subsequent_indent=indent, break_on_hyphens=False
    )
    for line in lines:
        out.print(escape(line.replace(FIXED, " ")), style=style or None, soft_wrap=True)


class Plain(Console):
    """A console on which texts of others change no colour, move no cursor and turn no direction."""

    def render_str(self, text: str, **how: Any) -> Text:
        """Make of a string what is printed."""
        return super().render_str(inert(text), **how)


def console(stderr: bool = False) -> Console:
    """Make a console; when the output goes to a file it is 110 columns wide, or as COLUMNS says.

    Parameters
    ----------
    stderr
        Whether it writes to standard error.
    """
    stream = sys.stderr if stderr else sys.stdout
    width = None
    if not stream.isatty():
        asked = os.environ.get("COLUMNS", "")
        width = max(40, int(asked)) if asked.isdecimal() else FILE_WIDTH
    return Plain(file=stream, width=width, highlight=False, soft_wrap=False)


def notes(title: str, lines: Sequence[str], out: Console) -> None:
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
        print_text(line, out, mark="  - ", style="dim")


def _width(columns: Sequence[TextColumn], rows: Sequence[Sequence[str]], k: int) -> int:
    return max(cell_len(text) for text in (columns[k].head, *(row[k] for row in rows)))


def _that_fit(columns: Sequence[TextColumn], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Numbers of the columns to show; for a name of usual length, others are spared."""
    shown = list(range(len(columns)))
    widths = [_width(columns, rows, k) for k in shown]
    widths[0] = min(widths[0], WHOLE_NAME)
    while True:
        needed = sum(widths[k] for k in shown) + GAP * (len(shown) - 1)
        least = max(columns[k].spare for k in shown)
        if needed <= width or not least:
            return shown
        shown = [k for k in shown if columns[k].spare != least]


def _shorten(text: str, room: int) -> str:
    return text if cell_len(text) <= room else set_cell_size(text, room - 1).rstrip() + "…"
