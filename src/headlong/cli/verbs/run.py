"""What several verbs do: run a forecast, print or write what came out, say what is going on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from headlong.cli.edge import progress
from headlong.text import inert

if TYPE_CHECKING:
    from headlong.reports.idle import IdleReport

BYTES = 0.1
"""What a member takes of a file, by day and place, at the very least."""


def run_forecast(case: Any, out: Path | None, quiet: bool, *, keep_members: bool = True, **how: Any) -> Any:
    """Run a forecast with a progress bar and sum it up; keep and write its members if a file is named."""
    from headlong.forecast import api

    if out is not None and keep_members:
        from headlong.capacity import must_fit_on_disk

        least = how.get("members", 1000) * (how.get("days", 30) + 1) * len(case.places) * BYTES
        must_fit_on_disk(int(least), out)
    from headlong.forecast.file.writing import save
    from headlong.forecast.results.summary import summarise
    from headlong.verify.results.track_record import record

    with progress(quiet) as report:
        if out is None:
            summary = api.outlook(case, progress=report, **how)
        elif keep_members:
            dataset = api.forecast(case, progress=report, **how)
            save(dataset, out)
            summary = summarise(dataset)
        else:
            chances, summary = api.chances(case, progress=report, **how)
            save(chances, out)
    return {**summary, "track_record": record(), "idle_reports": idle_by(case, **how)}


def idle_by(
    case: Any, *, init: str | None = None, reports: tuple[Path, ...] = (), control: str = "reports", **_: Any
) -> list[IdleReport]:
    """Return the reports that a forecast reads and that can move no place."""
    from headlong.reports.idle import idle_reports
    from headlong.reports.report_file import add_reports

    if control != "reports":
        return []
    known = add_reports(case, reports).known_by(date.fromisoformat(init) if init else case.init)
    return idle_reports(known.reports, known.places)


def check_cluster(text: str | None) -> None:
    """Say what is wrong with the name of a cluster, or that Dask is missing, before anything long begins."""
    if text is None:
        return
    from importlib.util import find_spec

    from headlong.cluster.where import where_is
    from headlong.errors import BadRequest

    where_is(text)
    if find_spec("distributed") is None:
        raise BadRequest("--cluster needs Dask. Install it with: pip install 'headlong[cluster]'")


def show(summary: Any, as_json: bool, printer: Callable[..., None], out: Path | None) -> None:
    """Print a summary as JSON or as text."""
    if as_json:
        from headlong.text import as_json as text_of

        click.echo(text_of(summary))
        return
    from headlong.view.terminal.tables import console

    printer(summary, console())
    click.echo(f"\nWrote {out}." if out else "\nNothing was written; --out FILE keeps the ensemble.")


def announce_compiling() -> None:
    """Say that the model is compiled now, if no compiled kernels are there yet."""
    from headlong.kernel_cache import use_kernel_cache

    if not any(use_kernel_cache().rglob("*.nbc")):
        say("Compiling the model (first run only; some seconds).")


def say_unread(case: Any, init: str | None, reports: tuple[Path, ...]) -> None:
    """Say how many reports are later than init and so not read; a file of them, one by one."""
    if not hasattr(case, "reports"):
        return
    from headlong.case.findings.warnings import unread
    from headlong.reports.report_file import add_reports

    whole = add_reports(case, reports)
    for line in unread(whole, date.fromisoformat(init) if init else case.init):
        say(line)


def say(text: str) -> None:
    """Tell the user what is going on, apart from the results."""
    click.echo(inert(text), err=True)
