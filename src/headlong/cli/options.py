"""Options that every forecast has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

from headlong.cli.edge import DayParam, WholeParam
from headlong.cli.outputs import OutFile

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
    (".nc", ".nc4"),
    "It is a NetCDF file; `headlong export FILE.nc OUT` makes tables, maps and pages of it.",
    kind="forecast",
)
"""A forecast's file."""

BANK = OutFile(
    (".npz",), "It is a bank of parameters; `headlong calibrate --csv FILE` writes a table, too.", kind="bank"
)
"""A bank's file."""

SEED = WholeParam(0, 2**32 - 1)
"""The one limit of every seed."""

CONTROL = ("reports", "history", "start", "replay")
"""Where control up to init may be taken from."""


def control_option(words: Sequence[str] = CONTROL) -> Callable[..., Any]:
    """The option that says where control is taken from."""
    replay = (
        "; replay follows the history past init, too: only people are forecast" if "replay" in words else ""
    )
    return click.option(
        "--control",
        type=click.Choice(words),
        help="Who holds what up to init: reports are weighed, history is known (hindcasts), or all is as at the "
        f"case's start{replay}.  [default: reports]",
    )


KNOWN_CONTROL = click.option("--known-control", is_flag=True, help="The same as --control history.")
NO_REPORTS = click.option("--no-reports", is_flag=True, help="The same as --control start.")
REPLAY = click.option("--replay", is_flag=True, help="The same as --control replay.")

DAYS = WholeParam(1, 1826)
"""The one limit of every forecast: five years."""

SIZE = [
    click.option("--days", type=DAYS, default=30, show_default=True, help="How far ahead."),
    click.option(
        "--members",
        type=WholeParam(1, 1_000_000),
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
]
OUTPUT = [
    click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output."),
    click.option("--threads", type=WholeParam(1, 1024), help="Threads.  [default: all cores]"),
]
SETTINGS = [
    *SIZE,
    control_option(),
    KNOWN_CONTROL,
    REPLAY,
    NO_REPORTS,
    report_files,
    click.option("--out", type=NETCDF, help="Write the ensemble to this file (NetCDF, .nc)."),
    *OUTPUT,
]
"""Options of every forecast."""

KEEPING = [*SIZE, control_option(CONTROL[:3]), KNOWN_CONTROL, NO_REPORTS, report_files]
"""Options of a forecast that an archive keeps: no replay, for then nothing moves."""


cluster = click.option(
    "--cluster",
    metavar="local:N|ADDRESS",
    help="Run on N processes of this machine, or on the Dask scheduler at ADDRESS. The bits are the same.",
)


bank_option = click.option(
    "--bank", type=click.Path(path_type=Path), help="Take parameters from what calibrate wrote."
)
form_option = click.option(
    "--form",
    metavar="FILE.py",
    type=click.Path(path_type=Path),
    help="The form of the model, of your own: a Python file, which is run (docs/for-researchers.md).",
)


def form_of(form: Path | None, bank: Path | None) -> Any:
    """The form in a file, for a bank in another; None where none is named."""
    if form is None:
        return None
    if bank is None:
        raise click.UsageError(
            "--form goes with --bank FILE: a form has no parameters until headlong calibrate --form has learned them."
        )
    from headlong.forms.form_file import read_form

    return read_form(form)


def settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that every forecast has."""

    @wraps(command)
    def settled(**asked: Any) -> Any:
        asked["control"] = control_in(asked)
        return command(**asked)

    return given(settled, [init, *SETTINGS])


def given(command: Callable[..., Any], options: Sequence[Callable[..., Any]]) -> Callable[..., Any]:
    """Give a command options, in this order."""
    for option in reversed(options):
        command = option(command)
    return command


def control_in(asked: dict[str, Any]) -> str:
    """Take out of what was asked where control is taken from: by the one option, or its other spellings."""
    flags = {"known_control": "history", "no_reports": "start", "replay": "replay"}
    said = {word for name, word in flags.items() if asked.pop(name, False)}
    said |= {word for word in (asked.pop("control"),) if word}
    if len(said) > 1:
        raise click.UsageError("--control, --known-control, --no-reports and --replay say different things.")
    found = said.pop() if said else "reports"
    if found == "start" and asked["reports"]:
        raise click.UsageError("--no-reports (--control start) and --reports exclude each other.")
    return str(found)
