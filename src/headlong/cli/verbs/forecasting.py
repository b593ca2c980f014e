"""Verbs that look ahead: demo, forecast, what-if; and rerun, which makes a forecast again from its file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from headlong.cli.edge import WholeParam, progress
from headlong.cli.group import headlong
from headlong.cli.options import NETCDF, bank_option, cluster, form_of, form_option, settings
from headlong.cli.outputs import must_be_ours
from headlong.cli.verbs.run import (
    announce_compiling,
    check_cluster,
    idle_by,
    run_forecast,
    say,
    say_unread,
    show,
)
from headlong.files import must_be_writable

DEMO = "afghanistan-2021"
DEMO_MEMBERS = 500


@headlong.command()
@click.option("--members", type=WholeParam(1, 100_000), default=DEMO_MEMBERS, show_default=True)
def demo(members: int) -> None:
    """Forecast a bundled case, write the file, and a page to look at."""
    from headlong.case import open_case
    from headlong.view.terminal.demo import print_demo

    path = Path(f"{DEMO}.nc")
    page = path.with_suffix(".html")
    for file, kind in ((path, "forecast"), (page, "page")):
        must_be_writable(file)
        must_be_ours("the demo's file", file, kind)
    say(f"Opening {DEMO}: what was known by the evening of its start date.")
    case = open_case(DEMO)
    announce_compiling()
    say(f"Running {members} futures of 30 days.")
    summary = run_forecast(case, path, quiet=False, members=members)
    from headlong.view.terminal.tables import console

    print_demo(summary, str(path), console())
    from headlong.forecast.file.reading import load
    from headlong.view.page.export import export

    export(load(path), page, case)
    click.echo(f"\nTo look at it, open {page.absolute()} in a browser: map, clock, what falls next.")


@headlong.command()
@click.argument("case")
@settings
@click.option("--scenario", help="Run under a named scenario of the case.")
@bank_option
@form_option
@click.option(
    "--members-out",
    type=click.Choice(["all", "none"]),
    default="all",
    show_default=True,
    help="What --out keeps: every member, or chances only; then memory does not grow with their number.",
)
@cluster
def forecast(
    case: str,
    init: str | None,
    *,
    out: Path | None,
    as_json: bool,
    reports: tuple[Path, ...],
    members_out: str,
    bank: Path | None,
    form: Path | None,
    **how: Any,
) -> None:
    """Forecast CASE from the evening of --init."""
    from headlong.case import open_case

    if members_out == "none" and out is None:
        raise click.UsageError("--members-out says what --out FILE keeps: name the file.")
    check_cluster(how["cluster"])
    own = form_of(form, bank)
    if own is not None:
        from headlong.inference.bank import load_bank

        how["bank"] = load_bank(bank, own)
    else:
        how["bank"] = bank

    opened = open_case(case)
    if not as_json and sys.stderr.isatty():
        announce_compiling()
    if how["control"] != "start":
        say_unread(opened, init, reports)
    keep = members_out == "all"
    summary = run_forecast(opened, out, as_json, keep_members=keep, init=init, reports=reports, **how)
    from headlong.view.terminal.forecast import print_forecast

    show(summary, as_json, print_forecast, out)


@headlong.command("what-if")
@click.argument("case")
@click.argument("scenario")
@settings
def what_if(
    case: str,
    scenario: str,
    out: Path | None,
    as_json: bool,
    **how: Any,
) -> None:
    """Compare a scenario with the baseline.

    Both sides have the same luck; the difference is printed with its uncertainty. SCENARIO is a name from the
    case's scenarios.toml.
    """
    from headlong.case import open_case

    opened = open_case(case)
    if not as_json and sys.stderr.isatty():
        announce_compiling()
    from headlong.forecast import api
    from headlong.forecast.file.writing import save
    from headlong.forecast.results.what_if import summarise_what_if
    from headlong.view.terminal.what_if import print_what_if

    with progress(as_json) as report:
        dataset = api.what_if(opened, scenario, progress=report, **how)
    if out is not None:
        save(dataset, out)
    summary = {**summarise_what_if(dataset), "idle_reports": idle_by(opened, **how)}
    show(summary, as_json, print_what_if, out)


@headlong.command()
@click.argument("forecast", type=click.Path(path_type=Path))
@click.option("--case", "case_name", help="Case of the forecast, if it is not a bundled one.")
@click.option("--out", type=NETCDF, help="Write what comes out to this file (NetCDF, .nc).")
@form_option
@click.option("--whole", is_flag=True, help="Of a file without members: write the members, too.")
@click.option("--threads", type=WholeParam(1, 1024), help="Threads.  [default: all cores]")
def rerun(
    forecast: Path,
    case_name: str | None,
    *,
    out: Path | None,
    form: Path | None,
    whole: bool,
    threads: int | None,
) -> None:
    """Make FORECAST again from its file and its case, and say whether the bits are the same.

    FORECAST is a file that forecast or what-if wrote with --out.
    """
    from headlong.errors import BadRequest
    from headlong.forecast import rerun as room
    from headlong.forecast.file.reading import load_forecast
    from headlong.forecast.file.writing import save
    from headlong.forecast.settings import Runtime
    from headlong.forms.form_file import read_form

    if whole and out is None:
        raise click.UsageError("--whole is for --out FILE: name the file.")
    first = load_forecast(forecast)
    own = None if form is None else read_form(form)
    with progress() as report:
        runtime = Runtime(threads=threads, progress=report)
        kept, again = room.rerun_both(first, case_name, runtime, own, whole=whole)
    if out is not None:
        save(kept, out)
        click.echo(f"Wrote {out}.")
    if differ := room.differences(first, again):
        said, now = (f"{a['version']} ({a['made_with']})" for a in (first.attrs, again.attrs))
        raise BadRequest(f"not the same: {', '.join(differ)}. Made with version {said}, now with {now}.")
    click.echo(f"The same bits, all {len(first.variables)} variables: {forecast} says how it was made.")
