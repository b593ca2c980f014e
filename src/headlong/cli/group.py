"""The command itself, to which verbs are added, and how a process runs it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from headlong.cli.edge import Verbs, run
from headlong.version import __version__


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="headlong", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of a fault.")
def headlong(debug: bool) -> None:
    """Forecast who holds what, who goes next, and where people run, when a state's grip gives way.

    CASE is a name from the gallery or a folder; 'headlong demo' shows what comes out.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(headlong, arguments))
