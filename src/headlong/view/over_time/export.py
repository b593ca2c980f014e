"""An archive as a file: the page of its newest forecast with all before it, a table, a chart."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headlong.archive.archive import Archive
from headlong.archive.over_time import over_time, place_named
from headlong.errors import BadRequest
from headlong.files import write_text
from headlong.forecast import api
from headlong.forecast.results.request_in_file import request_of
from headlong.forecast.settings import HERE, Runtime
from headlong.view.over_time.plain import COLUMNS, rows

if TYPE_CHECKING:
    import xarray as xr

    from headlong.case import Case

ENDINGS = (".html", ".svg", ".png", ".csv")


def export_archive(
    archive: Archive,
    out: Path,
    case: Case | None,
    basemap: str | None,
    places: Sequence[str],
    runtime: Runtime = HERE,
) -> str:
    """Write an archive in the form that the name's ending says; return what was written, in words.

    Parameters
    ----------
    archive : Archive
        What is kept.
    out : Path
        File to write.
    case, basemap
        As in `headlong.page`.
    places : sequence of str
        Ids or names of places, for a chart.
    runtime : Runtime
        For the members of the newest forecast, where they are not kept.
    """
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        raise BadRequest(f"'{out.name}': an archive is written as {', '.join(ENDINGS)}.")
    chart = ending in (".svg", ".png")
    if bool(places) != chart:
        raise BadRequest(
            "--place is for the chart of an archive (.svg, .png)."
            if places
            else "Name the place: --place ID."
        )
    if chart:
        from headlong.view.over_time.chart import draw_over_time

        draw_over_time(archive, [place_named(archive, name) for name in places], out)
        return f"{len(archive.dailies)} forecasts over time)"
    if ending == ".csv":
        count = write_table(out, COLUMNS, rows(archive))
        return f"{count:,} rows: one for each kept forecast and place)"
    from headlong.view.page import export as room

    shown = with_members(archive, case, runtime)
    size = room.export(shown, out, archive.case(case), basemap, over_time(archive))
    return f"{size / 1e6:.1f} MB): the newest forecast, and {len(archive.dailies)} over time"


def with_members(archive: Archive, case: Case | None, runtime: Runtime = HERE) -> xr.Dataset:
    """The newest forecast with members, as many as a page shows; made again where they are not kept."""
    from headlong.view.page.payload import MOST_MEMBERS

    newest = archive.latest
    if newest.members <= MOST_MEMBERS:
        return archive.whole(case=case, runtime=runtime)
    request = replace(request_of(newest.data, archive.case(case)), members=MOST_MEMBERS)
    return api.run(request, runtime)


def write_table(path: Path, names: Sequence[str], found: Iterable[Sequence[Any]]) -> int:
    """Write a table (CSV), whole or not at all; returns how many rows."""
    out, count = io.StringIO(), 0
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in found:
        writer.writerow(["" if cell is None else cell for cell in row])
        count += 1
    write_text(path, out.getvalue())
    return count
