"""What a page shows beside the forecast: roads, the past as far as it was known, the land, the track record.

A forecast file holds neither roads nor the past; they come from the case, if it is at hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from headlong.errors import HeadlongError
from headlong.view.page.shapes import BesideHeader, OfCase, Track

if TYPE_CHECKING:
    import xarray as xr

    from headlong.archive.shapes import OverTime
    from headlong.case import Case

PAST_DAYS = 45
"""Days before init that the clock goes back, at most."""


@dataclass(frozen=True)
class Beside:
    """Header entries and columns that are no part of the forecast itself."""

    header: BesideHeader = field(default_factory=lambda: BesideHeader())
    columns: dict[str, NDArray[Any]] = field(default_factory=dict)

    def and_over_time(self, block: OverTime | None) -> Beside:
        """The same with what was forecast before (`headlong.archive.over_time`), if anything was."""
        return self if block is None else Beside({**self.header, "over_time": block}, self.columns)


def look_beside(forecast: xr.Dataset, case: Case | None = None, basemap: str | None = None) -> Beside:
    """Gather what stands beside a forecast.

    Parameters
    ----------
    forecast : xarray.Dataset
        The forecast.
    case : Case, optional
        Its case; by default the bundled one of that name, if there is one.
    basemap : str, optional
        ``none``, or a GeoJSON file; by default the bundled land.
    """
    from headlong.case.gallery import bundled
    from headlong.view.figures.basemap import land_of

    case = bundled(str(forecast.attrs.get("case", ""))) if case is None else case
    lat, lon = (np.asarray(forecast[name].values, float) for name in ("lat", "lon"))
    land, columns = land_of(lat, lon, basemap, str(forecast.attrs.get("case", "")))
    known: OfCase = {} if case is None else of_case(forecast, case)
    return Beside({"track": track(), **known, "land": land}, columns)


def of_case(forecast: xr.Dataset, case: Case) -> OfCase:
    """Roads, roles of sides and licence, from the case."""
    place = {str(name): k for k, name in enumerate(forecast["place"].values)}
    roads = [
        (place[row["from"]], place[row["to"]], round(float(row["distance_km"])), str(row["class"] or ""))
        for row in case.roads
        if row["from"] in place and row["to"] in place
    ]
    return {
        "roads": roads,
        "roles": {side.id: side.role for side in case.sides},
        "licence": case.licence,
        "case_same": same(forecast, case),
        "scenarios": [(s.name, s.title, s.what) for s in case.scenarios.values()],
        "refuges": {row["place"]: row["to"] for row in case.crossings if row["to"]},
        "countries": {row["id"]: row["country"] or "" for row in case.places},
    }


def same(forecast: xr.Dataset, case: Case) -> bool:
    """Whether the case, as the forecast saw it, is still what it was."""
    from headlong.forecast.results.request_in_file import request_of

    try:
        return request_of(forecast, case).case is case
    except HeadlongError:
        return False


def track() -> Track | None:
    """The shipped track record; None where there is none."""
    try:
        from headlong.verify.results.track_record import record
    except ImportError:
        return None
    found = record(whole=True)
    return None if found is None else {"record": found}
