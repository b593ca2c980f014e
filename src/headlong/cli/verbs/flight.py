"""The verb flight: where people ran, scored camp by camp."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from headlong.cli.edge import progress
from headlong.cli.group import headlong
from headlong.cli.options import SEED


@headlong.command()
@click.argument("case")
@click.option(
    "--members", type=click.IntRange(2, 10_000), default=200, show_default=True, help="Simulated futures."
)
@click.option("--seed", type=SEED, default=1, show_default=True, help="Same seed, same bits.")
@click.option(
    "--days", type=click.IntRange(1, 20_000), help="Days from the start.  [default: to the last count]"
)
@click.option("--capacities", is_flag=True, help="Let camps fill by capacities known in hindsight, too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output.")
@click.option("--threads", type=click.IntRange(1, 1024), help="Threads.  [default: all cores]")
def flight(case: str, capacities: bool, as_json: bool, threads: int | None, **how: Any) -> None:
    """Score where people ran in CASE, camp by camp: control, fighting and each day's total given.

    CASE has stocks of people in camps (displacement.csv, stock_abroad), as headlong import flee writes them.
    """
    from headlong.case import open_case
    from headlong.forecast.settings import Runtime
    from headlong.verify.hindcasts import flight as room
    from headlong.view.terminal.flight import print_flight

    opened = room.with_capacities(open_case(Path(case) if Path(case).is_dir() else case), capacities)
    with progress(as_json) as report:
        runtime = Runtime(threads=threads, progress=report)
        flow = room.send_given(opened, runtime=runtime, **how)
    found = room.summarise_flow(opened, flow, capacities)
    if as_json:
        import json

        click.echo(json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False))
        return
    from headlong.view.terminal.tables import console

    print_flight(found, console())
