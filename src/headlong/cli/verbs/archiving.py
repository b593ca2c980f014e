"""The verb archive: a forecast a day, kept, compared with the one before, scored."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import click

from headlong.cli.edge import DayParam, WholeParam, progress
from headlong.cli.group import headlong
from headlong.cli.options import KEEPING, OUTPUT, bank_option, cluster, control_in, given
from headlong.cli.outputs import OutFile
from headlong.cli.verbs.run import announce_compiling, check_cluster

MOST_INITS = 1000


@headlong.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("case", required=False)
@click.option(
    "--init",
    "inits",
    type=DayParam(),
    multiple=True,
    help="Evening to keep a forecast from; several may be given.",
)
@click.option("--from", "first", type=DayParam(), help="First of many days.")
@click.option("--to", "last", type=DayParam(), help="Last of them.")
@click.option("--every", type=WholeParam(1, 365), help="Days between them.  [default: 1]")
@partial(given, options=KEEPING)
@click.option("--scenario", help="Run under a named scenario of the case.")
@bank_option
@click.option("--keep-members", is_flag=True, help="Keep every member, too (some MB a day).")
@click.option("--score", is_flag=True, help="Score what is kept by the case's history.")
@click.option(
    "--csv", "table", type=OutFile(kind="table"), help="Write the list, or the scores, to this file (CSV)."
)
@cluster
@partial(given, options=OUTPUT)
def archive(
    folder: Path, case: str | None, *, score: bool, table: Path | None, as_json: bool, **how: Any
) -> int:
    """Keep one forecast a day of CASE in the folder DIR, and say what moved since the last one.

    Nothing is overwritten: a day that is kept already is left as it is. Without CASE the archive is listed; with
    --score it is scored.
    """
    days = [how.pop(name) for name in ("inits", "first", "last", "every")]
    if (case is None or score) and any(days):
        raise click.UsageError("Days are for keeping forecasts: headlong archive DIR CASE --init DATE.")
    how["control"] = control_in(how)
    check_cluster(how["cluster"])
    from headlong.archive.archive import Archive

    found = Archive(folder)
    if score:
        return _score(found, case, table, as_json)
    if case is None:
        from headlong.view.over_time.plain import archive_list
        from headlong.view.over_time.terminal import print_list

        _show(archive_list(found), print_list, as_json)
        _write(found, table)
        return 2 if found.faults else 0
    return _keep(found, case, inits_of(*days), table, as_json, **how)


def _keep(
    found: Any, case: str, inits: list[str | None], table: Path | None, as_json: bool, **how: Any
) -> int:
    """Keep forecasts, and say what moved."""
    from headlong.case import open_case
    from headlong.forecast.settings import Runtime
    from headlong.view.over_time.plain import kept
    from headlong.view.over_time.terminal import print_kept

    opened = open_case(case)
    if not as_json:
        announce_compiling()
    run = {"threads": how.pop("threads"), "cluster": how.pop("cluster")}
    too = how.pop("keep_members")
    with progress(as_json) as report:
        done = found.keep(opened, inits, members_too=too, runtime=Runtime(progress=report, **run), **how)
    _show(kept(found, done), print_kept, as_json)
    _write(found, table)
    return 2 if done.faults or found.faults else 0


def _score(found: Any, case: str | None, table: Path | None, as_json: bool) -> int:
    """Score what is kept."""
    from headlong.view.over_time.terminal import print_scores

    scores = found.score(case)
    _show(scores, print_scores, as_json)
    if table is not None:
        from headlong.view.over_time.export import write_table

        names = list(scores["rows"][0]) if scores["rows"] else ["init", "lead"]
        write_table(table, names, ([row[n] for n in names] for row in scores["rows"]))
    for fault in found.faults:
        click.echo(f"Left out: {fault}", err=True)
    return 2 if found.faults else 0


def _show(found: Any, printer: Any, as_json: bool) -> None:
    if as_json:
        from headlong.text import as_json as text_of

        click.echo(text_of(found))
        return
    from headlong.view.terminal.tables import console

    printer(found, console())


def _write(found: Any, table: Path | None) -> None:
    if table is not None:
        from headlong.view.over_time.export import write_table
        from headlong.view.over_time.plain import COLUMNS, rows

        write_table(table, COLUMNS, rows(found))


def inits_of(
    inits: tuple[str, ...], first: str | None, last: str | None, every: int | None
) -> list[str | None]:
    """Days asked for; the case's own where none is."""
    if (first is None) != (last is None):
        raise click.UsageError("--from and --to go together.")
    if every is not None and first is None:
        raise click.UsageError("--every is for --from DATE --to DATE.")
    days: list[str | None] = list(inits)
    if first is not None and last is not None:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        if end < start:
            raise click.UsageError(f"--to {last} is before --from {first}.")
        step = every or 1
        count = (end - start).days // step + 1
        if count > MOST_INITS:
            raise click.UsageError(f"{count:,} days are too many at once: at most {MOST_INITS:,}.")
        days += [str(start + timedelta(days=step * k)) for k in range(count)]
    return days or [None]
