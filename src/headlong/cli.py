"""The command line: each verb parses, calls and prints. Heavy imports stand inside the verbs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from headlong import __version__
from headlong.view.shell import Day, OutFile, Verbs, progress, run

__all__ = ["headlong", "main"]

DEMO = "afghanistan-2021"
DEMO_MEMBERS = 500

init = click.option(
    "--init",
    type=Day(),
    help="Evening the forecast starts from; nothing later is used.  [default: the case's]",
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


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="headlong", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of a fault.")
def headlong(debug: bool) -> None:
    """Forecast who holds what, who goes next, and where people run, when a state's grip gives way.

    CASE is a name from the gallery or a folder; 'headlong demo' shows what comes out.
    """


@headlong.command()
@click.option("--members", type=click.IntRange(1, 100_000), default=DEMO_MEMBERS, show_default=True)
def demo(members: int) -> None:
    """Forecast a bundled case and write the file."""
    from headlong.case import open_case
    from headlong.view.demo import print_demo

    say(f"Opening {DEMO}: what was known by the evening of its start date.")
    case = open_case(DEMO)
    announce_compiling()
    say(f"Running {members} futures of 30 days.")
    path = Path(f"{DEMO}.nc")
    summary = run_forecast(case, path, quiet=False, members=members)
    from headlong.view.terminal import console

    print_demo(summary, str(path), console())


@headlong.command()
@click.argument("name")
def new(name: str) -> None:
    """Make an empty case to fill in: a folder NAME."""
    from headlong.case.new import new_case

    folder = new_case(name)
    click.echo(f"Made {folder}. Fill in its tables, then: headlong check {folder}")
    click.echo("What a column means: headlong explain COLUMN")


@headlong.command()
@click.argument("case")
def check(case: str) -> None:
    """List everything that is wrong with CASE."""
    from headlong.case import open_case
    from headlong.view.cases import print_case
    from headlong.view.terminal import console

    print_case(open_case(case), console())


@headlong.command()
@click.argument("case")
@settings
@click.option("--scenario", help="Run under a named scenario of the case.")
@click.option("--bank", type=click.Path(path_type=Path), help="Take parameters from what calibrate wrote.")
def forecast(case: str, out: Path | None, as_json: bool, no_reports: bool, **how: Any) -> None:
    """Forecast CASE from the evening of --init."""
    from headlong.case import open_case

    opened = open_case(case)
    if not as_json and sys.stderr.isatty():
        announce_compiling()
    summary = run_forecast(opened, out, quiet=as_json, reports=not no_reports, **how)
    from headlong.view.terminal import print_forecast

    show(summary, as_json, print_forecast, out)


@headlong.command("what-if")
@click.argument("case")
@click.argument("scenario")
@settings
def what_if(case: str, scenario: str, out: Path | None, as_json: bool, no_reports: bool, **how: Any) -> None:
    """Compare a scenario with the baseline.

    Both sides have the same luck; the difference is printed with its uncertainty. SCENARIO is a name from the
    case's scenarios.toml.
    """
    from headlong.case import open_case

    opened = open_case(case)
    if not as_json and sys.stderr.isatty():
        announce_compiling()
    from headlong.forecast import dataset as files
    from headlong.forecast import verbs
    from headlong.forecast.difference import summarise_what_if
    from headlong.view.difference import print_what_if

    with progress(as_json) as report:
        dataset = verbs.what_if(opened, scenario, reports=not no_reports, progress=report, **how)
    if out is not None:
        files.save(dataset, out)
    show(summarise_what_if(dataset), as_json, print_what_if, out)


@headlong.command()
@click.argument("cases", nargs=-1, required=True, metavar="CASE...")
@click.option("--out", type=OutFile(), required=True, help="Write the parameters to this file.")
def calibrate(cases: tuple[str, ...], out: Path) -> None:
    """Learn the core's parameters from histories."""
    from headlong.case import open_case

    opened = [open_case(case) for case in cases]
    from headlong.forecast import calibrate as room

    with progress() as report:
        bank = room.calibrate(opened, progress=report)
    room.save_bank(bank, out)
    click.echo(f"Wrote {out}.")


@headlong.command()
@click.argument("cases", nargs=-1, required=True, metavar="CASE...")
@click.option("--leads", default="3,7,14,30", show_default=True, help="Days ahead.")
@click.option(
    "--inits", default="weekly", show_default=True, help="Dates, or every 7th day and the case's own."
)
@click.option("--members", type=click.IntRange(1, 100_000), default=400, show_default=True)
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=1, show_default=True)
@click.option("--threads", type=click.IntRange(1, 1024), help="Threads.  [default: all cores]")
@click.option("--out", type=OutFile(), help="Write the JSON to this file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output.")
def verify(
    cases: tuple[str, ...], leads: str, inits: str, out: Path | None, as_json: bool, **how: Any
) -> None:
    """Hindcast CASE... and score it beside forecasts to beat.

    Needs a history. What is done is kept: the same command goes on where it was stopped.
    """
    from headlong.verify.asked import read_inits, read_leads

    days, dates = read_leads(leads), read_inits(inits)
    from headlong.verify import hindcast, tables

    with progress(as_json) as report:
        result = hindcast.verify(cases, days, dates, progress=report, **how)
    if out is not None:
        hindcast.write(result, out)
    click.echo(hindcast.as_json(result) if as_json else tables.text(result))


@headlong.command()
@click.argument("word", required=False)
def explain(word: str | None) -> None:
    """Say what a word means.

    WORD is a term, table, column, mechanism or parameter; without it, all words are listed.
    """
    from headlong.view.explain import explain as meaning

    click.echo(meaning(word))


@headlong.command()
@click.argument("text", type=click.File("rb"))
@click.option("--case", required=True, help="Case that names the places, sides and leaders.")
@click.option("--published", type=Day(), required=True, help="Day the text was published.")
@click.option("--out", type=OutFile(), help="Write the draft reports to this file (CSV).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output.")
def read(text: Any, case: str, published: str, out: Path | None, as_json: bool) -> None:
    """Read a news text into draft reports to review.

    TEXT is a file, or - for standard input. What contradicts itself or looks mixed up is flagged, not believed.
    """
    from headlong.case import open_case
    from headlong.reports import read_text

    opened = open_case(case)
    found = read_text(text.read(), opened, published)
    if out is not None:
        from headlong.reports.reading.drafts import drafts_csv

        out.write_text(drafts_csv(found, opened, published, Path(text.name).name), encoding="utf-8")
    if as_json:
        import json

        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    from headlong.reports.reading.printing import lines_of

    click.echo("\n".join(lines_of(found)))
    click.echo(f"\nWrote {out}." if out else "\nNothing was written; --out FILE keeps the drafts.")


def run_forecast(case: Any, out: Path | None, quiet: bool, **how: Any) -> Any:
    """Run a forecast with a progress bar and sum it up; keep and write its members if a file is named."""
    from headlong.forecast import verbs

    with progress(quiet) as report:
        if out is None:
            summary = verbs.outlook(case, progress=report, **how)
        else:
            dataset = verbs.forecast(case, progress=report, **how)
    from headlong.forecast.dataset import save
    from headlong.forecast.summary import summarise
    from headlong.verify.record import record

    if out is not None:
        save(dataset, out)
        summary = summarise(dataset)
    return {**summary, "track_record": record()}


def show(summary: Any, as_json: bool, printer: Callable[..., None], out: Path | None) -> None:
    """Print a summary as JSON or as text."""
    if as_json:
        import json

        click.echo(json.dumps(summary, ensure_ascii=False, indent=1, allow_nan=False))
        return
    from headlong.view.terminal import console

    printer(summary, console())
    click.echo(f"\nWrote {out}." if out else "\nNothing was written; --out FILE keeps the ensemble.")


def announce_compiling() -> None:
    """Say that the model is compiled now, if no compiled kernels are there yet."""
    from headlong.kernel_cache import use_kernel_cache

    if not any(use_kernel_cache().rglob("*.nbc")):
        say("Compiling the model (first run only; some seconds).")


def say(text: str) -> None:
    """Tell the user what is going on, apart from the results."""
    click.echo(text, err=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(headlong, arguments))
