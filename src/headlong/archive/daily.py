"""One kept forecast: its file, and whether it is whole and belongs with the others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
import xarray as xr

from headlong.errors import BadRequest
from headlong.forecast.file.reading import REMEDY, load
from headlong.forecast.file.writing import save
from headlong.forecast.pieces.digest import SCHEMA

SAME = ("case", "days", "control", "scenario", "acting")
"""Attributes that all forecasts of an archive share."""

MAY_DIFFER = {
    "members": "members",
    "seed": "seed",
    "bank_hash": "bank of parameters",
    "settings": "settings",
    "version": "version of Headlong",
}
"""Attributes that may differ from one day to the next, and their names in words: it is said."""


class Heard(NamedTuple):
    """A report that a forecast heard: its place, and by how much it moved the chance that its side holds it."""

    place: str
    effect: float | None


@dataclass(frozen=True, eq=False)
class Daily:
    """A kept forecast.

    Parameters
    ----------
    path : Path
        Its file.
    data : xarray.Dataset
        A forecast without members (docs/forecast-file.md).
    """

    path: Path
    data: xr.Dataset

    @property
    def init(self) -> date:
        """The evening it starts from."""
        return date.fromisoformat(str(self.data.attrs["init"])[:10])

    @property
    def members(self) -> int:
        """How many it was made of."""
        return int(self.data.attrs["members"])

    @property
    def kept_at(self) -> str:
        """When it was kept, to the second, in UTC."""
        return str(self.data.attrs.get("kept_at", ""))

    @property
    def identity(self) -> tuple[str, ...]:
        """What all forecasts of an archive share."""
        return tuple(str(self.data.attrs.get(name, "")) for name in SAME)

    def made_as(self, whole: xr.Dataset) -> bool:
        """Whether a whole forecast is the one that this was made of: the same day, case, settings, seed and version."""
        names = ("init", *SAME, *MAY_DIFFER, "case_hash")
        return all(str(whole.attrs.get(n, "")) == str(self.data.attrs.get(n, "")) for n in names)

    @cached_property
    def places(self) -> dict[str, int]:
        """Row of each place."""
        return {str(name): k for k, name in enumerate(self.data["place"].values)}

    @cached_property
    def inside(self) -> list[str]:
        """Places that a side may hold: not those beyond the border."""
        kinds = self.data["kind"].values
        return [name for name, k in self.places.items() if str(kinds[k]) != "refuge"]

    @cached_property
    def sides(self) -> list[str]:
        """Ids of sides, and ``none`` at the end."""
        return [str(name) for name in self.data["side"].values]

    def window(self, days: int) -> int:
        """A window of days, or the whole length where the forecast is shorter."""
        return min(days, int(self.data.attrs["days"]))

    def counted_window(self, days: int) -> int:
        """The longest window of at most so many days over which places that change hands were counted."""
        return max(w for w in map(int, self.data["window"].values) if w <= days)

    def p_change(self, place: str, days: int) -> float:
        """Chance that a place changes hands within some days."""
        return float(self.data["p_change"].values[self.places[place], self.window(days)])

    def held(self, place: str) -> dict[str, float]:
        """Chance of each holder of a place on the evening of init."""
        row = self.data["p_held"].values[self.places[place], :, 0]
        return dict(zip(self.sides, map(float, row), strict=True))

    def name(self, place: str) -> str:
        """Name of a place."""
        return str(self.data["place_name"].values[self.places[place]])

    @cached_property
    def reports(self) -> dict[str, Heard]:
        """Reports that it heard, by id."""
        if "report" not in self.data.dims:
            return {}
        place, before, after = (self.data[f"report_{n}"].values for n in ("place", "before", "after"))
        return {
            str(name): Heard(str(place[k]), _gap(before[k], after[k]))
            for k, name in enumerate(self.data["report"].values)
        }


def _gap(before: float, after: float) -> float | None:
    return float(after - before) if np.isfinite(before) and np.isfinite(after) else None


def write_daily(data: xr.Dataset, path: Path, kept_at: str) -> Daily:
    """Write a kept forecast, whole or not at all."""
    data = data.assign_attrs(kept_at=kept_at)
    data = data.assign_attrs(content_hash=content_hash(data))
    save(data, path)
    return Daily(path, data)


def read_daily(path: Path) -> Daily:
    """Read a kept forecast.

    Raises
    ------
    BadRequest
        It is damaged, no kept forecast, or of another day than its name says.
    """
    again = "Move it away; then it can be made again"
    try:
        data = load(path)
    except BadRequest as error:
        first = str(error).splitlines()[0].replace(REMEDY, "").removeprefix(f"{path}").strip(" :.")
        raise BadRequest(f"{path.name} is damaged, or no kept forecast ({first}). {again}.") from None
    if str(data.attrs["schema"]) != SCHEMA or "content_hash" not in data.attrs:
        raise BadRequest(f"{path.name} is a forecast, but not one that an archive kept. {again}.")
    if content_hash(data) != str(data.attrs["content_hash"]):
        raise BadRequest(f"{path.name} is damaged: it is not what was written. {again}.")
    found = Daily(path, data)
    if found.init.isoformat() != path.stem:
        raise BadRequest(f"{path.name} holds the forecast of {found.init}. Give it back its name.")
    return found


def content_hash(data: xr.Dataset) -> str:
    """SHA-256 of all that a kept forecast holds."""
    digest = sha256()
    for name in sorted(map(str, data.variables)):
        values = data[name].values
        plain = values.dtype.kind in "biufM"
        digest.update(f"{name} {data[name].dims} {values.shape}".encode())
        digest.update(
            np.ascontiguousarray(values).tobytes()
            if plain
            else json.dumps([str(x) for x in values.ravel()]).encode()
        )
    said = {str(k): str(v) for k, v in data.attrs.items() if k != "content_hash"}
    digest.update(json.dumps(sorted(said.items())).encode())
    return digest.hexdigest()


def differ(one: Daily, other: Daily) -> list[str]:
    """What of the settings that may differ does, in words."""
    found = []
    for name, words in MAY_DIFFER.items():
        a, b = (str(d.data.attrs.get(name, "")) for d in (one, other))
        if a != b:
            found.append(f"{words} {a} → {b}" if max(len(a), len(b)) < 12 else f"another {words}")
    for what in ("place", "side"):
        a_, b_ = (list(map(str, d.data[what].values)) for d in (one, other))
        if a_ != b_:
            found.append(f"other {what}s{_names(set(b_) - set(a_), set(a_) - set(b_))}")
    return found


def _names(new: set[str], gone: set[str]) -> str:
    parts = [f"{word} {', '.join(sorted(s)[:5])}" for word, s in (("new", new), ("gone", gone)) if s]
    return f" ({'; '.join(parts)})" if parts else ""


def unlike(asked: Sequence[str], there: Sequence[str]) -> str:
    """In what two identities differ, in words."""
    found = [
        f"{name} {b or 'none'}, not {a or 'none'}"
        for name, a, b in zip(SAME, asked, there, strict=True)
        if a != b
    ]
    return ", ".join(found)
