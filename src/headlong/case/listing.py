"""The bundled wars as a list: kind, window, places, changes, and how far their days can be trusted."""

from __future__ import annotations

from collections import Counter
from typing import TypedDict

from headlong.case.gallery import gallery, open_case
from headlong.case.sample import STRATA, roles, sisters

__all__ = ["CONFIDENCE", "CaseListing", "listing"]

CONFIDENCE = ("high", "medium", "low")
"""How the day of a change is known: seen in a source, recalled from standard works, assumed."""


class CaseListing(TypedDict):
    """One bundled war; `days` counts its changes by how well their day is known."""

    id: str
    title: str
    stratum: str | None
    role: str
    start: str
    end: str
    init: str
    places: int
    sides: int
    reports: int
    changes: int
    days: dict[str, int]
    sisters: list[str]


def listing() -> list[CaseListing]:
    """Return what ``headlong cases --json`` prints: one entry for each bundled war, by kind and name."""
    role = roles()
    found: list[CaseListing] = []
    for name in gallery():
        case = open_case(name)
        days = Counter(row["confidence"] for row in case.history)
        found.append(
            {
                "id": case.id,
                "title": case.title,
                "stratum": case.stratum or None,
                "role": role[name],
                "start": str(case.start),
                "end": str(case.end),
                "init": str(case.init),
                "places": sum(place["kind"] != "refuge" for place in case.places),
                "sides": len(case.sides),
                "reports": len(case.reports),
                "changes": len(case.history),
                "days": {word: days[word] for word in CONFIDENCE},
                "sisters": list(sisters(name)),
            }
        )
    return sorted(found, key=lambda entry: (_order(entry["stratum"]), entry["id"]))


def _order(stratum: str | None) -> int:
    return STRATA.index(stratum) if stratum in STRATA else len(STRATA)
