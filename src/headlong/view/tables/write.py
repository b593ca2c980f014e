"""What a forecast is written as, by the ending of the file's name."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from headlong.errors import BadRequest, nearest
from headlong.files import write_bytes, write_text
from headlong.text import FEW_MEMBERS, many
from headlong.view.tables.outlook import column_names, hxl_of, rows_of

if TYPE_CHECKING:
    import xarray as xr

    from headlong.case import Case

__all__ = ["ENDINGS", "write_as"]


def write_as(
    forecast: xr.Dataset, path: Path, case: Case | None = None, basemap: str | None = None, hxl: bool = False
) -> str:
    """Write a forecast in the form that the name's ending says; return what was written, in words.

    Parameters
    ----------
    forecast : xarray.Dataset
        From `headlong.forecast` or `headlong.what_if`.
    path : Path
        File to write.
    case : Case, optional
        Its case, for roads; by default the bundled one of that name.
    basemap : str, optional
        As in `headlong.page`.
    hxl : bool
        Whether a table has a row of HXL tags below its header.

    Raises
    ------
    BadRequest
        The ending is none of those known.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise BadRequest(
            f"'{path.name}': what is a file that ends in '{ending or 'nothing'}'?{nearest(ending, ENDINGS)} "
            f"Known endings: {', '.join(ENDINGS)}."
        )
    if hxl and ending not in (".csv", ".xlsx"):
        raise BadRequest("--hxl is for tables: .csv and .xlsx.")
    if case is None and ending in (".geojson", ".gpkg"):
        from headlong.case.gallery import bundled

        case = bundled(str(forecast.attrs.get("case", "")))
    return ENDINGS[ending](forecast, path, {"case": case, "basemap": basemap, "hxl": hxl})


class How(TypedDict):
    """How a file is written: the case, if it is at hand, the basemap, tags of HXL."""

    case: Case | None
    basemap: str | None
    hxl: bool


def _page(forecast: xr.Dataset, path: Path, how: How) -> str:
    from headlong.view.page import export as room

    size, members = room.export(forecast, path, how["case"], how["basemap"]), forecast.sizes["member"]
    few = (
        f"; {many(members, 'member')}: too few for the intervals that it draws"
        if members < FEW_MEMBERS
        else ""
    )
    return f"{size / 1e6:.1f} MB): open it in a browser, mail it; it needs no network{few}"


def _csv(forecast: xr.Dataset, path: Path, how: How) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names, count = column_names(forecast), 0
    writer.writerow(names)
    if how["hxl"]:
        writer.writerow(hxl_of(names))
    for row in rows_of(forecast):
        writer.writerow([cell.isoformat() if isinstance(cell, date) else cell for cell in row])
        count += 1
    write_text(path, out.getvalue())
    return f"{count:,} rows: one for each place and lead)"


def _xlsx(forecast: xr.Dataset, path: Path, how: How) -> str:
    from headlong.importers.formats.workbook import write_workbook

    names, rows = column_names(forecast), list(rows_of(forecast))
    about = [[key, str(value)] for key, value in forecast.attrs.items()]
    body = [hxl_of(names), *rows] if how["hxl"] else rows
    write_workbook(path, {"forecast": (names, body), "about": (["attribute", "value"], about)})
    return f"{len(rows):,} rows: one for each place and lead)"


def _geojson(forecast: xr.Dataset, path: Path, how: How) -> str:
    from headlong.view.tables.map_layers import write_geojson

    return write_geojson(forecast, how["case"], path) + ")" + _no_roads(how)


def _gpkg(forecast: xr.Dataset, path: Path, how: How) -> str:
    from headlong.view.tables.map_layers import write_geopackage

    return write_geopackage(forecast, how["case"], path) + ")" + _no_roads(how)


def _no_roads(how: How) -> str:
    return "" if how["case"] else ": the file holds no roads; --case FOLDER adds them"


def _parquet(forecast: xr.Dataset, path: Path, how: How) -> str:
    from headlong.view.tables.samples import write_samples

    return write_samples(forecast, path) + ")"


def _markdown(forecast: xr.Dataset, path: Path, how: How) -> str:
    from headlong.view.tables.paragraph import markdown

    text = markdown(forecast)
    write_text(path, text)
    return f"{len(text.split()):,} words)"


def _figure(forecast: xr.Dataset, path: Path, how: How) -> str:
    from headlong.view.figures.matplotlib import draw_map, draw_timeline
    from headlong.view.figures.palette import made_by

    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise BadRequest("figures need matplotlib. Install it with: pip install 'headlong[plots]'") from None
    figure = Figure(figsize=(12.5, 5.2), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=(3, 2))
    draw_map(forecast, min(7, forecast.sizes["time"] - 1), left, how["basemap"] != "none")
    draw_timeline(forecast, right)
    box = io.BytesIO()
    form = path.suffix[1:].lower()
    figure.savefig(box, format=form, dpi=160, metadata=made_by(form))
    write_bytes(path, box.getbuffer())
    return "the map, and how many places each side holds)"


ENDINGS: dict[str, Callable[[xr.Dataset, Path, How], str]] = {
    ".html": _page,
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".geojson": _geojson,
    ".gpkg": _gpkg,
    ".parquet": _parquet,
    ".png": _figure,
    ".svg": _figure,
    ".md": _markdown,
}
"""Forms by ending."""
