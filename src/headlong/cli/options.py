"""Options that every forecast has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from headlong.cli.edge import Day, OutFile

init = click.option(
    "--init",
    type=Day(),
    help="Evening the forecast starts from; nothing later is used.  [default: the case's]",
)
report_files = click.option(
    "--reports",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Add the reports of this table (CSV); may be given several times.",
)
SETTINGS = [
    click.option("--days", type=click.IntRange(1, 365), default=30, show_default=True, help="How far ahead."),
    click.option(
        "--members",
        type=click.IntRange(1, 1_000_000),
        default=1000,
        show_default=True,
        help="Simulated futures.",
    ),
    click.option(
        "--seed",
        type=click.IntRange(0, 2**63 - 1),
        default=1,
        show_default=True,
        help="Same seed, same bits.",
    ),
    click.option("--no-reports", is_flag=True, help="Ignore the case's reports."),
    report_files,
    click.option(
        "--known-control",
        is_flag=True,
        help="Hindcast: take who held what up to init from the case's history.",
    ),
    click.option("--out", type=OutFile(), help="Write the ensemble to this file (NetCDF)."),
    click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output."),
    click.option("--threads", type=click.IntRange(1, 1024), help="Threads.  [default: all cores]"),
]


def settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that every forecast has."""
    for option in reversed([init, *SETTINGS]):
        command = option(command)
    return command


def reports_of(no_reports: bool, reports: tuple[Path, ...]) -> bool | tuple[Path, ...]:
    """Which reports are asked for: all of the case's, with those of files, or none."""
    if no_reports and reports:
        raise click.UsageError("--no-reports and --reports exclude each other.")
    return reports or not no_reports
