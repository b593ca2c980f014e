"""Which files a command wrote itself, by what they hold: such a file may be replaced, any other only when asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

__all__ = ["of_our_own"]

LOOKED_AT = 8192
"""Bytes at either end of a file that are looked at."""

HEADERS = (
    rb"case,(arm,)?init,lead,date,place_id,place_name,.*,displaced_p10,displaced_p50,displaced_p90,displaced_mean",
    rb"case,init,place_id,place_name,holder,p_holder,within,p_change,moved,p_change_30,new_reports,members,kept_at",
    rb"init,lead(,places,came,foreseen[a-z_,]*)?",
    rb"case,init,sets,lead,n,observed,forecaster,score,value",
    rb"bank,parameter,unit,prior_p05,prior_p50,prior_p95,posterior_p05,posterior_p50,posterior_p95,contraction",
)
"""First lines of tables: of a forecast, of an archive, of its scores, of hindcasts, of a bank."""


def of_our_own(path: Path, kind: str) -> bool:
    """Say whether a file is of a kind that a command writes, as it was written.

    Parameters
    ----------
    path
        A file that is there.
    kind
        A name in `KINDS`, or "export": as the ending says. Any other kind is one that people go on with, and no file
        of it is ours.
    """
    test = ENDINGS.get(path.suffix.lower()) if kind == "export" else KINDS.get(kind)
    try:
        return test is not None and test(path)
    except (
        Exception
    ):  # what damaged files raise in the libraries that read them has no end: such a file is not ours
        return False


def _ends(path: Path) -> tuple[bytes, bytes]:
    """First and last bytes of a file."""
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
        file.seek(max(0, path.stat().st_size - LOOKED_AT))
        return head, file.read(LOOKED_AT)


def _is_netcdf(path: Path) -> bool:
    import h5py

    with h5py.File(path, "r") as file:
        return str(file.attrs["schema"]).startswith("headlong-")


def _is_bank(path: Path) -> bool:
    from zipfile import ZipFile

    with ZipFile(path) as packed:
        return {*packed.namelist()} == {"theta.npy", "base.npy", "told.npy", "meta.npy"}


def _is_page(path: Path) -> bool:
    return b"Built from viewer/ of Headlong" in _ends(path)[0]


def _is_table(path: Path) -> bool:
    first = _ends(path)[0].split(b"\n")[0]
    return any(re.fullmatch(header, first) for header in HEADERS)


def _is_json(path: Path) -> bool:
    return re.match(rb'\{\s*"schema": ?"headlong-', _ends(path)[0]) is not None


def _is_workbook(path: Path) -> bool:
    """A forecast's workbook as it was written; another program that saves it again changes its times."""
    from zipfile import ZipFile

    with ZipFile(path) as packed:
        core, book = packed.read("docProps/core.xml"), packed.read("xl/workbook.xml")
        about = b"headlong-forecast/" in packed.read("xl/sharedStrings.xml")
    times = re.findall(rb"W3CDTF\">([^<]*)<", core)
    sheets = re.findall(rb'<sheet name="([^"]*)"', book)
    return about and sheets == [b"forecast", b"about"] and len({*times}) == 1


def _is_geojson(path: Path) -> bool:
    head = _ends(path)[0]
    return head.startswith(b'{"type": "FeatureCollection", "name": ') and (
        b'"p_split": ' in head or b'"p_holder": ' in head
    )


def _is_geopackage(path: Path) -> bool:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
        layers = {name for (name,) in base.execute("select table_name from gpkg_contents")}
        columns = {row[1] for row in base.execute("pragma table_info(places)")}
    return "places" in layers <= {"places", "roads"} and {"p_holder", "init"} <= columns


def _is_parquet(path: Path) -> bool:
    tail = _ends(path)[1]
    return tail.endswith(b"PAR1") and b"model estimate, not a fact" in tail


def _is_figure(path: Path) -> bool:
    return b"Made by Headlong" in _ends(path)[0]


def _is_paragraph(path: Path) -> bool:
    head, tail = _ends(path)
    return head.startswith(b"## ") and tail.endswith(b"; read it with its track record.*\n")


KINDS: dict[str, Callable[[Path], bool]] = {
    "forecast": _is_netcdf,
    "bank": _is_bank,
    "table": _is_table,
    "json": _is_json,
    "page": _is_page,
}
"""How a file of ours is known, by its kind."""

ENDINGS: dict[str, Callable[[Path], bool]] = {
    ".html": _is_page,
    ".csv": _is_table,
    ".xlsx": _is_workbook,
    ".geojson": _is_geojson,
    ".gpkg": _is_geopackage,
    ".parquet": _is_parquet,
    ".png": _is_figure,
    ".svg": _is_figure,
    ".md": _is_paragraph,
}
"""The same for what is exported, by its ending."""
