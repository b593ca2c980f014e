"""Verbs to look at a forecast: export and view. A page to mail, and the same page from a server on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from headlong.cli.edge import OutFile
from headlong.cli.group import headlong

case_option = click.option("--case", "case_name", help="Case of the forecast, if it is not a bundled one.")
basemap_option = click.option(
    "--basemap", metavar="none|FILE", help="No countries, or those of a GeoJSON file."
)


@headlong.command()
@click.argument("forecast", type=click.Path(path_type=Path))
@click.argument("page", type=OutFile())
@case_option
@basemap_option
def export(forecast: Path, page: Path, case_name: str | None, basemap: str | None) -> None:
    """Write FORECAST as one PAGE to look at and to mail.

    FORECAST is a file that forecast or what-if wrote with --out. PAGE is one HTML file that needs no network.
    """
    from headlong.forecast.dataset import load
    from headlong.view.page import export as room

    size = room.export(load(forecast), page, opened(case_name), basemap)
    click.echo(f"Wrote {page} ({size / 1e6:.1f} MB): open it in a browser, mail it; it needs no network.")


@headlong.command()
@click.argument("forecast", type=click.Path(path_type=Path))
@case_option
@basemap_option
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port.  [default: a free one]")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address; others than this machine only if named."
)
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
def view(
    forecast: Path, case_name: str | None, basemap: str | None, port: int, host: str, no_browser: bool
) -> None:
    """Look at FORECAST in the browser, and run its what-ifs.

    Only this machine can reach the page. Ctrl-C ends it.
    """
    from headlong.view.page.server import Desk, open_server

    server = open_server(Desk.of(forecast, opened(case_name), basemap), host, port)
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


def opened(name: str | None) -> Any:
    """Case named by the user, or None."""
    if name is None:
        return None
    from headlong.case import open_case

    return open_case(name)
