"""The verb flight: where people ran, scored camp by camp."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from headlong.cli.edge import WholeParam, progress
from headlong.cli.group import headlong
from headlong.cli.options import SEED
from headlong.cli.outputs import OutFile


@headlong.command()
@click.argument("case")
@click.option(
    "--members", type=WholeParam(2, 10_000), default=200, show_default=True, help="Simulated futures."
)
@click.option("--seed", type=SEED, default=1, show_default=True, help="Same seed, same bits.")
@click.option("--days", type=WholeParam(1, 20_000), help="Days from the start.  [default: to the last count]")
@click.option("--capacities", is_flag=True, help="Let camps fill by capacities known in hindsight, too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output.")
@click.option("--threads", type=WholeParam(1, 1024), help="Threads.  [default: all cores]")
def flight(case: str, capacities: bool, as_json: bool, threads: int | None, **how: Any) -> None:
    """Score where people ran in CASE, camp by camp: control, fighting and each day's total given.

    Capacities that were learned afterwards are scored beside, and used throughout with --capacities.

    CASE has stocks of people in camps (displacement.csv, stock_abroad), as headlong import flee writes them.
    """
    from headlong.case import open_case
    from headlong.forecast.settings import Runtime
    from headlong.verify.hindcasts import flight as room
    from headlong.view.terminal.flight import print_flight

    plain = open_case(Path(case) if Path(case).is_dir() else case)
    opened, full = room.with_capacities(plain, capacities), None
    with progress(as_json) as report:
        runtime = Runtime(threads=threads, progress=report)
        flow = room.send_given(opened, runtime=runtime, **how)
        if not capacities and room.hindsight(plain):
            full = room.send_given(room.with_capacities(plain, True), runtime=runtime, **how)
    found = room.summarise_flow(opened, flow, capacities, full)
    if as_json:
        from headlong.text import as_json as text_of

        click.echo(text_of(found))
        return
    from headlong.view.terminal.tables import console

    print_flight(found, console())


@headlong.command(name="calibrate-flight")
@click.argument("cases", nargs=-1, required=True, metavar="CASE CASE...")
@click.option("--out", type=OutFile(kind="json"), help="Write what was learned to this file (JSON).")
@click.option(
    "--members",
    type=WholeParam(20, 10_000),
    default=400,
    show_default=True,
    help="Draws of the parameters.",
)
@click.option("--seed", type=SEED, default=1, show_default=True, help="Same seed, same bits.")
@click.option("--capacities", is_flag=True, help="Let camps fill by capacities known in hindsight, too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output.")
@click.option("--threads", type=WholeParam(1, 1024), help="Threads.  [default: all cores]")
def calibrate_flight(
    cases: tuple[str, ...], *, out: Path | None, capacities: bool, as_json: bool, **how: Any
) -> None:
    """Learn how people run from CASES with counts in camps, each left out in turn.

    Draws from the priors are weighed by their errors in the conflicts. No forecast reads what is learned: it says what
    the counts support. What is done is kept: the same command goes on where it was stopped.
    """
    import json

    from headlong.case import open_case
    from headlong.files import write_text
    from headlong.verify.hindcasts.flight_learning import learn_flight, summarise_learned
    from headlong.view.terminal.flight import print_learned

    opened = [open_case(Path(case) if Path(case).is_dir() else case) for case in cases]
    with progress(as_json) as report:
        found = learn_flight(opened, capacities=capacities, progress=report, **how)
    told = summarise_learned(found, capacities)
    text = json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False)
    if out is not None:
        write_text(out, text + "\n")
    if as_json:
        click.echo(text)
        return
    from headlong.view.terminal.tables import console

    print_learned(told, console())
