"""The verb import: what other programs and people have, as the tables of a case; and a case as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from headlong.cli.edge import DayParam, NumberParam, Verbs, WholeParam
from headlong.cli.group import headlong
from headlong.cli.outputs import OutFile
from headlong.errors import BadRequest, HeadlongError
from headlong.text import inert


@headlong.group("import", cls=Verbs)
def import_group() -> None:
    """Bring other people's files into a case.

    headlong import KIND SOURCE CASE. CASE is a case folder, there already or not yet. Nothing that is there is written
    over unless you say so.
    """


@contextmanager
def told_apart(word: str, source: Path, case: Path) -> Iterator[None]:
    """Where a source cannot be brought in as what it was called, say if it looks like something else."""
    try:
        yield
    except HeadlongError as error:
        from headlong.case.tables.sniff import LAYER, WORKBOOK, sniff

        found = sniff(source)
        if found is None or found.word == word or found in (LAYER, WORKBOOK):
            raise
        raise BadRequest(
            f"{error}\n'{source}' looks like {found.what}: headlong import {found.word} {source} {case}."
        ) from error


def source_and_case(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what every import has: the source, the case folder, and what to do with rows that are there."""
    for add in (
        click.option("--replace", is_flag=True, help="Replace rows that are there."),
        click.option("--add", is_flag=True, help="Add to rows that are there; same ids are renewed."),
        click.argument("case", type=click.Path(path_type=Path)),
        click.argument("source", type=click.Path(exists=True, path_type=Path)),
    ):
        command = add(command)
    return command


def open_folder(case: Path, add: bool, replace: bool) -> Any:
    """Open the case folder with the rule for rows that are there."""
    if add and replace:
        raise click.UsageError("--add and --replace exclude each other.")
    from headlong.importers.folder import Folder

    return Folder(case, "add" if add else "replace" if replace else "refuse")


def tell(lines: Iterable[str], folder: Any) -> None:
    """Print what an import says, and what to do next."""
    for line in lines:
        click.echo(inert(line))
    if (folder.path / "case.toml").is_file():
        click.echo(f"Next: headlong check {folder.path}")
        return
    click.echo(
        "There is no case.toml yet, so this is no whole case: headlong import acled, ucdp or control SOURCE "
        f"{folder.path} proposes the sides; headlong explain case says what to write by hand. One that runs at once: "
        "headlong new NAME --places SOURCE."
    )


@import_group.command()
@source_and_case
@click.option("--clashes", is_flag=True, help="Read armed clashes, too: reports that there was fighting.")
@click.option("--lag", type=WholeParam(0, 400), help="Days from event to publication.  [default: 7]")
@click.option("--within", "within_km", type=NumberParam(0.1, 200), default=10.0, show_default=True, help="km from a place.")  # fmt: skip  # noqa: E501
@click.option("--add-places", is_flag=True, help="Add the places of events that are at none of the case's.")
@click.option("--country", help="Only events of this country, of a file with several.")
def acled(source: Path, case: Path, add: bool, replace: bool, **how: Any) -> None:
    """Bring in an ACLED export: reports, and changes of hands where an event is one."""
    from headlong.importers.events.code_events import import_events

    folder = open_folder(case, add, replace)
    with told_apart("acled", source, case):
        tell(import_events("acled", source, folder, **how), folder)


@import_group.command()
@source_and_case
@click.option("--lag", type=WholeParam(0, 400), help="Days from event to publication.  [default: to the 20th of the next month]")  # fmt: skip  # noqa: E501
@click.option("--within", "within_km", type=NumberParam(0.1, 200), default=10.0, show_default=True, help="km from a place.")  # fmt: skip  # noqa: E501
@click.option("--add-places", is_flag=True, help="Add the places of events that are at none of the case's.")
@click.option("--country", help="Only events of this country, of a file with several.")
def ucdp(source: Path, case: Path, add: bool, replace: bool, **how: Any) -> None:
    """Bring in UCDP events, final or candidate: reports that there was fighting."""
    from headlong.importers.events.code_events import import_events

    folder = open_folder(case, add, replace)
    with told_apart("ucdp", source, case):
        tell(import_events("ucdp", source, folder, **how), folder)


@import_group.command()
@source_and_case
@click.option("--holder", help="Attribute that says who holds.  [default: found by its name]")
@click.option("--day", help="Attribute that says the day.  [default: the file's name, or found]")
@click.option("--layer", help="Layer of a file that has several.")
@click.option("--mapped", metavar="NAME", help="Who holds all that is mapped, if no attribute says who.")
@click.option("--unmapped", metavar="NAME", help="Who holds the places that are not mapped.")
@click.option("--least-days", type=WholeParam(1, 365), default=1, show_default=True, help="Shorter turns are noise.")  # fmt: skip  # noqa: E501
def control(source: Path, case: Path, add: bool, replace: bool, **how: Any) -> None:
    """Bring in who held what on which day: polygons, points, a folder of daily layers, or a table."""
    from headlong.importers.control.changes import import_control

    folder = open_folder(case, add, replace)
    with told_apart("control", source, case):
        tell(import_control(source, folder, **how), folder)


@import_group.command()
@click.argument("source")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--country", help="Country by three letters, such as MLI.")
@click.option("--least", type=WholeParam(0, 100_000_000), default=15_000, show_default=True, help="People a place has at least.")  # fmt: skip  # noqa: E501
@click.option("--most", type=WholeParam(2, 2000), default=100, show_default=True, help="Most places.")
@click.option("--roads", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Layer of roads (OpenStreetMap pbf, ...).")  # fmt: skip  # noqa: E501
@click.option("--names", help="Column or attribute with the names.  [default: found]")
@click.option("--layer", help="Layer of a file that has several.")
@click.option("--add", is_flag=True, help="Add to rows that are there; same ids are renewed.")
@click.option("--replace", is_flag=True, help="Replace rows that are there.")
def places(source: str, case: Path, add: bool, replace: bool, *, country: str | None, least: int, most: int, **how: Any) -> None:  # fmt: skip  # noqa: E501
    """Bring in places, and propose roads and crossings.

    SOURCE is a table of a gazetteer, a layer of boundaries, or the word geonames.
    """
    from headlong.importers.ground.places import import_places

    folder = open_folder(case, add, replace)
    tell(import_places(source, folder, country, least, most, **how), folder)


@import_group.command()
@source_and_case
def xlsx(source: Path, case: Path, add: bool, replace: bool) -> None:
    """Bring in a workbook with a sheet for each table."""
    from headlong.importers.xlsx import import_workbook

    folder = open_folder(case, add, replace)
    tell(import_workbook(source, folder), folder)


@import_group.command()
@source_and_case
@click.option(
    "--counts", type=click.Path(path_type=Path), help="Folder with data_layout.csv, if it is elsewhere."
)
@click.option("--start", type=DayParam(), help="First day, if no sim_period.csv says it.")
@click.option("--taken", is_flag=True, help="Take the coming of conflict for a change of hands.")
def flee(source: Path, case: Path, add: bool, replace: bool, start: str | None, **how: Any) -> None:
    """Bring in a conflict of Flee or FabFlee."""
    from datetime import date

    from headlong.importers.flee.conflict import import_flee

    folder = open_folder(case, add, replace)
    tell(import_flee(source, folder, start=date.fromisoformat(start) if start else None, **how), folder)


@headlong.command("export-case")
@click.argument("case")
@click.argument("out", type=OutFile())
@click.option("--xlsx", "as_xlsx", is_flag=True, help="Write a workbook (the ending .xlsx says so, too).")
def export_case(case: str, out: Path, as_xlsx: bool) -> None:
    """Write CASE as one workbook, a sheet for each table: headlong import xlsx reads it back."""
    if not as_xlsx and out.suffix.lower() != ".xlsx":
        raise click.UsageError(f"'{out}' does not end in .xlsx. Name such a file, or say --xlsx.")
    from headlong.case import open_case
    from headlong.importers import xlsx as room

    count = room.export_case(open_case(case), out)
    click.echo(f"Wrote {out}: {count} sheets.")
