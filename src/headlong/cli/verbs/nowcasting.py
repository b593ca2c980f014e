"""The verb nowcast: who holds what today, by what is said."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from headlong.cli.edge import DayParam, WholeParam, progress
from headlong.cli.group import headlong
from headlong.cli.options import SEED, report_files
from headlong.cli.verbs.run import announce_compiling, say_unread


@headlong.command()
@click.argument("case")
@click.option(
    "--init", type=DayParam(), help="The evening; nothing published later is used.  [default: the case's]"
)
@report_files
@click.option(
    "--members",
    type=WholeParam(2, 100_000),
    help="Histories of control.  [default: 1,200 to 12,000, the more the shorter and smaller the war]",
)
@click.option("--seed", type=SEED, default=1, show_default=True, help="Same seed, same bits.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output.")
@click.option("--threads", type=WholeParam(1, 1024), help="Threads.  [default: all cores]")
def nowcast(case: str, reports: tuple[Path, ...], as_json: bool, **how: Any) -> None:
    """Say who holds each place of CASE today, how sure, and by which reports."""
    from headlong.case import open_case

    opened = open_case(case)
    if not as_json and sys.stderr.isatty():
        announce_compiling()
    say_unread(opened, how["init"], reports)
    from headlong.forecast import nowcast as room

    with progress(as_json) as report:
        summary = room.nowcast_summary(opened, reports=reports, progress=report, **how)
    if as_json:
        from headlong.text import as_json as text_of

        click.echo(text_of(summary))
        return
    from headlong.view.terminal.nowcast import print_nowcast
    from headlong.view.terminal.tables import console

    print_nowcast(summary, console())
