"""Kept forecasts over time, for the page and for charts: docs/archive.md describes the block."""

from __future__ import annotations

from itertools import pairwise

from headlong.archive.archive import Archive
from headlong.archive.moves import FAR, NEAR, new_reports
from headlong.archive.shapes import OverTime, PlaceOverTime
from headlong.errors import BadRequest, nearest


def over_time(archive: Archive) -> OverTime:
    """Chances by init: of every place of the newest forecast, and of the number of changes.

    Parameters
    ----------
    archive : Archive
        With at least one kept forecast.
    """
    newest, dailies = archive.latest, archive.dailies
    near, far = newest.window(NEAR), newest.window(FAR)
    return {
        "format": "headlong-over-time/1",
        "case": str(newest.data.attrs["case"]),
        "days": [near, far],
        "inits": [str(d.init) for d in dailies],
        "kept_at": [d.kept_at for d in dailies],
        "members": [d.members for d in dailies],
        "changed": [archive.changes(d) for d in dailies],
        "sides": newest.sides,
        "places": [of_place(archive, place) for place in newest.places],
        "left_out": archive.faults,
    }


def of_place(archive: Archive, place: str) -> PlaceOverTime:
    """One place by init; None where a forecast does not know it."""
    newest, dailies = archive.latest, archive.dailies
    near, far = newest.window(NEAR), newest.window(FAR)
    known = [place in d.places for d in dailies]
    held = [d.held(place) if k else None for d, k in zip(dailies, known, strict=True)]
    reports: list[list[str]] = [[]]
    for before, now in pairwise(dailies):
        reports.append(new_reports(before, now, place)[0] if place in now.places else [])
    return {
        "id": place,
        "name": newest.name(place),
        "p_near": [
            round(d.p_change(place, near), 4) if k else None for d, k in zip(dailies, known, strict=True)
        ],
        "p_far": [
            round(d.p_change(place, far), 4) if k else None for d, k in zip(dailies, known, strict=True)
        ],
        "held": [None if h is None else [round(h.get(s, 0.0), 4) for s in newest.sides] for h in held],
        "reports": reports,
    }


def place_named(archive: Archive, name: str) -> str:
    """Id of a place by its id or its name."""
    newest = archive.latest
    by_name = {newest.name(place).lower(): place for place in newest.places}
    if name in newest.places:
        return name
    if name.lower() in by_name:
        return by_name[name.lower()]
    known = [*newest.places, *(newest.name(place) for place in newest.places)]
    raise BadRequest(f"no place '{name}' in the archive.{nearest(name, known)}")
