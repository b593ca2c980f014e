"""Ids from names, and places by name, code or spot."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from math import cos, radians
from typing import Any

__all__ = ["Places", "near_km", "new_id", "plain_name"]

LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"}
)
KM = 111.2  # of one degree
NAME_KM = 60.0  # a place of the same name is the same place within so many km


def plain_name(text: str) -> str:
    """Return a name without accents, case and signs, for comparing."""
    flat = unicodedata.normalize("NFKD", text.translate(LETTERS))
    return re.sub(r"[\W_]+", " ", "".join(c for c in flat if not unicodedata.combining(c)).casefold()).strip()


def new_id(name: str, taken: Collection[str], fallback: str = "place") -> str:
    """Return an id for a name that none of `taken` is: ``Qala-e Naw`` becomes ``qala-e-naw``."""
    ascii_name = plain_name(name).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:60] or fallback
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, 10**9) if f"{base}-{n}" not in taken)


def near_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance between two spots that are near each other [km]."""
    east = (lon - other_lon + 180.0) % 360.0 - 180.0
    return KM * float(((lat - other_lat) ** 2 + (east * cos(radians((lat + other_lat) / 2))) ** 2) ** 0.5)


class Places:
    """The places of a case, to be found by id, P-code, name or spot.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of places.csv.
    within_km : float
        How far from a place a spot may be and still be there.
    """

    def __init__(self, rows: Iterable[Mapping[str, Any]], within_km: float = 10.0) -> None:
        self.rows = list(rows)
        self.within_km = within_km
        self.by_id = {str(row["id"]): row for row in self.rows}
        self.by_code = {str(row["pcode"]): row for row in self.rows if row.get("pcode")}
        self.by_name: dict[str, list[Mapping[str, Any]]] = {}
        self.cells: dict[tuple[int, int], list[Mapping[str, Any]]] = {}
        self.step = max(within_km, 1.0) / KM
        for row in self.rows:
            for name in dict.fromkeys(plain_name(n) for n in (row["name"], *row["alt_names"])):
                self.by_name.setdefault(name, []).append(row)
            self.cells.setdefault(self._cell(row["lat"], row["lon"]), []).append(row)
        self.kept: dict[tuple[str, float, float], str | None] = {}

    def _cell(self, lat: float, lon: float) -> tuple[int, int]:
        return int(lat // self.step), int(lon // self.step)

    def named(self, text: str) -> str | None:
        """Return the id of the one place with this id, P-code or name; None if there is none or are several."""
        if text in self.by_id:
            return text
        if text in self.by_code:
            return str(self.by_code[text]["id"])
        found = self.by_name.get(plain_name(text), [])
        return str(found[0]["id"]) if len(found) == 1 else None

    def at(self, name: str, lat: float, lon: float) -> str | None:
        """Return the place of this name near the spot, or the nearest one that is near enough."""
        key = (name, lat, lon)
        if key not in self.kept:
            self.kept[key] = self._at(name, lat, lon)
        return self.kept[key]

    def _at(self, name: str, lat: float, lon: float) -> str | None:
        def far(row: Mapping[str, Any]) -> float:
            return near_km(lat, lon, row["lat"], row["lon"])

        same = [row for row in self.by_name.get(plain_name(name), []) if far(row) <= NAME_KM]
        if same:
            return str(min(same, key=far)["id"])
        up, across = self._cell(lat, lon)
        wide = 1 + int(1 / max(cos(radians(min(abs(lat) + 1, 89.0))), 0.02))
        near = [
            row for i in (-1, 0, 1) for j in range(-wide, wide + 1)
            for row in self.cells.get((up + i, across + j), []) if far(row) <= self.within_km
        ]  # fmt: skip
        return str(min(near, key=far)["id"]) if near else None
