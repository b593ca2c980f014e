"""Options that every forecast has."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from headlong.cli.edge import DayParam, OutFile

init = click.option(
    "--init",
    type=DayParam(),
    help="Evening the forecast starts from; nothing later is used.  [default: the case's]",
)
report_files = click.option(
    "--reports",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Add the reports of this table (CSV); may be given several times.",
)
NETCDF = OutFile(
    (".nc", ".nc4"), "It is a NetCDF file; `headlong export FILE.nc OUT` makes tables, maps and pages of it."
)
"""A forecast's file."""

SEED = click.IntRange(0, 2**32 - 1)
"""The one limit of every seed."""

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
        type=SEED,
        default=1,
        show_default=True,
        help="Same seed, same bits.",
    ),
    click.option(
        "--control",
        type=click.Choice(["reports", "history", "start", "replay"]),
        help="Who holds what up to init: reports are weighed, history is known (hindcasts), or all is as at the "
        "case's start; replay follows the history past init, too: only people are forecast.  [default: reports]",
    ),
    click.option("--known-control", is_flag=True, help="The same as --control history."),
    click.option("--replay", is_flag=True, help="The same as --control replay."),
    click.option("--no-reports", is_flag=True, help="The same as --control start."),
    report_files,
    click.option("--out", type=NETCDF, help="Write the ensemble to this file (NetCDF, .nc)."),
    click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output."),
    click.option("--threads", type=click.IntRange(1, 1024), help="Threads.  [default: all cores]"),
]


cluster = click.option(
    "--cluster",
    metavar="local:N|ADDRESS",
    help="Run on N processes of this machine, or on the Dask scheduler at ADDRESS. The bits are the same.",
)


def settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that every forecast has."""

    @wraps(command)
    def settled(**asked: Any) -> Any:
        spelled = (asked.pop("known_control"), asked.pop("no_reports"), asked.pop("replay"))
        asked["control"] = control_of(asked["control"], *spelled)
        if asked["control"] == "start" and asked["reports"]:
            raise click.UsageError("--no-reports (--control start) and --reports exclude each other.")
        return command(**asked)

    found: Callable[..., Any] = settled
    for option in reversed([init, *SETTINGS]):
        found = option(found)
    return found


def control_of(control: str | None, known_control: bool, no_reports: bool, replay: bool = False) -> str:
    """Where control is taken from, by the one option or its other spellings."""
    spelled = {"history": known_control, "start": no_reports, "replay": replay}
    said = {word for word, given in spelled.items() if given} | ({control} if control else set())
    if len(said) > 1:
        raise click.UsageError("--control, --known-control, --no-reports and --replay say different things.")
    return said.pop() if said else "reports"
