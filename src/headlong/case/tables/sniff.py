"""What a file is that is no table of a case, and the command that brings it in.

Wherever a file or a folder is named, a wrong kind of file is answered with the command that reads it.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

__all__ = ["Kind", "looks_like", "sniff"]


class Kind(NamedTuple):
    """A kind of file: what it is, and the words of `headlong import` that read it."""

    what: str
    word: str

    def remedy(self, source: str) -> str:
        """Return what to do with it."""
        return f"Bring it in: headlong import {self.word} {source} CASE."


ACLED = Kind("an ACLED export", "acled")
UCDP = Kind("events of UCDP", "ucdp")
CONTROL = Kind("who held what on which day", "control")
LAYER = Kind("a map layer", "control")
WORKBOOK = Kind("a workbook", "xlsx")
FLEE = Kind("a conflict of Flee", "flee")
GAZETTEER = Kind("a gazetteer", "places")

HEADERS = (
    (frozenset({"event_date", "sub_event_type", "actor1"}), ACLED),
    (frozenset({"type_of_violence", "side_a", "side_b", "date_start"}), UCDP),
    (frozenset({"date", "holder", "place"}), CONTROL),
    (frozenset({"latitude", "longitude", "location_type"}), FLEE),
    (frozenset({"latitude", "longitude", "population", "name"}), GAZETTEER),
)
ENDINGS = {
    ".xlsx": WORKBOOK,
    ".xlsm": WORKBOOK,
    ".xls": WORKBOOK,
    ".ods": WORKBOOK,
    ".geojson": LAYER,
    ".gpkg": LAYER,
    ".shp": LAYER,
    ".fgb": LAYER,
    ".kml": LAYER,
}
START = 4096  # bytes of a file that are looked at


def looks_like(names: frozenset[str]) -> Kind | None:
    """Return what a table with these columns is, or None."""
    plain = frozenset(name.strip().lstrip("#").strip('"').lower() for name in names)
    return next((kind for marks, kind in HEADERS if marks <= plain), None)


def sniff(path: Path) -> Kind | None:
    """Return what a file or a folder is, or None where it is nothing that can be brought in.

    Parameters
    ----------
    path : Path
        What was named.
    """
    if path.is_dir():
        return _folder(path)
    if not path.is_file():  # a pipe may wait for ever
        return None
    try:
        with path.open("rb") as file:
            head = file.read(START)
    except OSError:
        return None
    if path.suffix.lower() in ENDINGS:
        return ENDINGS[path.suffix.lower()]
    if b'"FeatureCollection"' in head:
        return LAYER
    first = head.decode("utf-8-sig", "replace").split("\n", 1)[0].strip()
    for sign in (",", ";", "\t"):
        found = looks_like(frozenset(first.split(sign)))
        if found:
            return found
    return None


def _folder(path: Path) -> Kind | None:
    names = {child.name for child in path.iterdir()}
    if "case.toml" in names:
        return None
    if {"locations.csv", "routes.csv"} <= names or "input_csv" in names:
        return FLEE
    if any(Path(name).suffix.lower() in (".geojson", ".gpkg", ".shp") for name in names):
        return Kind("a folder of map layers", "control")
    return None
