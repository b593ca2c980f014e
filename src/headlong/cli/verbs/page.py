"""Verbs to look at a forecast: export and view. A page to mail, and the same page from a server on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from headlong.cli.edge import WholeParam, progress
from headlong.cli.group import headlong
from headlong.cli.outputs import OutFile

if TYPE_CHECKING:
    import xarray as xr

case_option = click.option("--case", "case_name", help="Case of the forecast, if it is not a bundled one.")
basemap_option = click.option(
    "--basemap", metavar="none|FILE", help="No countries, or those of a GeoJSON file."
)


@headlong.command()
@click.argument("forecast", type=click.Path(path_type=Path))
@click.argument("out", type=OutFile(kind="export"))
@case_option
@basemap_option
@click.option("--hxl", is_flag=True, help="Add a row of HXL tags to a table.")
@click.option(
    "--place",
    "places",
    multiple=True,
    help="Place of an archive's chart, by id or name; several may be given.",
)
def export(
    forecast: Path,
    out: Path,
    *,
    case_name: str | None,
    basemap: str | None,
    hxl: bool,
    places: tuple[str, ...],
) -> None:
    """Write FORECAST in the form that the ending of OUT says.

    FORECAST is a file that forecast or what-if wrote with --out. OUT ends in .html (a page to look at and to mail),
    .csv or .xlsx (a row for each place and lead), .geojson or .gpkg (map layers), .parquet (all members), .png or .svg
    (map and timeline), .md (a paragraph and a table to paste).

    FORECAST may be the folder of an archive: .html is then the page of its newest forecast with all before it, .csv a
    row for each kept forecast and place, .svg and .png with --place ID the chances of a place over time.
    """
    if forecast.is_dir():
        if hxl:
            raise click.UsageError("--hxl is for the table of a forecast, not of an archive.")
        click.echo(f"Wrote {out} ({export_dir(forecast, out, case_name, basemap, places)}.")
        return
    if places:
        raise click.UsageError(f"--place is for the chart of an archive, and {forecast} is no folder.")
    from headlong.view.tables.write import ENDINGS, write_as

    if out.suffix.lower() not in ENDINGS:
        raise click.UsageError(f"'{out}': OUT must end in {', '.join(ENDINGS)}.")
    from headlong.forecast.file.reading import load_forecast

    found, verb = members_of(load_forecast(forecast)), "Replaced" if out.exists() else "Wrote"
    said = write_as(found, out, opened(case_name, found), basemap, hxl)
    click.echo(f"{verb} {out} ({said}.")


@headlong.command()
@click.argument("forecast", type=click.Path(path_type=Path))
@case_option
@basemap_option
@click.option("--port", type=WholeParam(0, 65535), default=0, help="Port.  [default: a free one]")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address; others than this machine only if named."
)
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
def view(
    forecast: Path, case_name: str | None, basemap: str | None, port: int, host: str, no_browser: bool
) -> None:
    """Look at FORECAST, a file or the folder of an archive, in the browser, and run its what-ifs.

    Only this machine can reach the page. Ctrl-C ends it.
    """
    from headlong.forecast.file.reading import load_forecast
    from headlong.view.page.server import Desk, open_server

    block = None
    if forecast.is_dir():
        found, block = shown_of(forecast, case_name)
    else:
        found = members_of(load_forecast(forecast))
    server = open_server(Desk(found, opened(case_name, found), basemap, block), host, port)
    click.echo(f"{server.address}   (Ctrl-C ends it)")
    if not server.alone:
        click.echo(f"Anyone who reaches {host} can look at this forecast and run its what-ifs.", err=True)
    if not no_browser:
        click.launch(server.address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("\nEnded.", err=True)
    finally:
        server.server_close()


def opened(name: str | None, forecast: xr.Dataset) -> Any:
    """Case named by the user, or None; it must be the one that the forecast is of."""
    if name is None:
        return None
    from headlong.case import open_case
    from headlong.errors import BadRequest

    case = open_case(name)
    if case.id != forecast.attrs["case"]:
        raise BadRequest(f"the forecast is of {forecast.attrs['case']}, not of {case.id}.")
    return case


def members_of(found: xr.Dataset) -> xr.Dataset:
    """A forecast with members; one without is refused, with what to do."""
    from headlong.forecast.pieces.digest import need_members

    need_members(found, "this")
    return found


def export_dir(
    folder: Path, out: Path, case: str | None, basemap: str | None, places: tuple[str, ...]
) -> str:
    """Write an archive; says what was written."""
    from headlong.archive.archive import Archive
    from headlong.forecast.settings import Runtime
    from headlong.view.over_time.export import export_archive

    archive = Archive(folder)
    for fault in (archive.latest, archive.faults)[1]:
        click.echo(f"Left out: {fault}", err=True)
    given = None if case is None else archive.case(case)
    with progress() as report:
        return export_archive(archive, out, given, basemap, places, Runtime(progress=report))


def shown_of(folder: Path, case: str | None) -> tuple[xr.Dataset, Any]:
    """The newest forecast of an archive with members, and what was forecast before."""
    from headlong.archive.archive import Archive
    from headlong.archive.over_time import over_time
    from headlong.forecast.settings import Runtime
    from headlong.view.over_time.export import with_members

    archive = Archive(folder)
    for fault in (archive.latest, archive.faults)[1]:
        click.echo(f"Left out: {fault}", err=True)
    with progress() as report:
        found = with_members(archive, None if case is None else archive.case(case), Runtime(progress=report))
    return found, over_time(archive)
