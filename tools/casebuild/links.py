"""The links between places: as the facts give them, or guessed where they give none."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from casebuild.draft import Draft
from casebuild.folder import Facts, slug
from casebuild.ground import number, word
from headlong.case.findings.checks import great_circle_km
from headlong.case.rows import Row as Place

KINDS = {"highway", "primary", "secondary", "track", "river", "rail", "sea", "air"}
WORDS = {"motorway": "highway", "trunk": "highway", "ferry": "river", "water": "river", "railway": "rail"}
ROAD_FACTOR = 1.3  # road against straight line
NEIGHBOURS = 3  # links guessed for each place
SHORTEST = 0.8  # a link shorter than this share of the great circle cannot be right


def roads(facts: Facts, draft: Draft) -> None:
    """Add the links between known places, each once."""
    where, seen = _where(draft), set()
    for row in facts.rows("roads"):
        one, other, km = slug(row["from"]), slug(row["to"]), number(row["distance_km"])
        kind = word(row["class"], KINDS, WORDS, "secondary")
        link = (frozenset((one, other)), kind)
        if one == other or not {one, other} <= where.keys() or km is None or km < 0 or link in seen:
            facts.drop(row, "a road needs two known places, a distance, and to stand there once")
            continue
        seen.add(link)
        direct = great_circle_km(where[one], where[other])
        cells: dict[str, Any] = {"from": one, "to": other, "distance_km": f"{km:g}", "class": kind}
        cells |= {"note": row["note"], "source": row["source"], "confidence": row["confidence"]}
        if km < SHORTEST * direct:
            facts.problems.append(
                f"{row['_at']}: {km:g} km is less than the {direct:.0f} km as the crow flies"
            )
            cells |= {"distance_km": round(ROAD_FACTOR * direct), "confidence": "low"}
        draft.add("roads", **cells)


def guess_roads(draft: Draft) -> None:
    """Link every place to its nearest ones, and the pieces to one another, by great circles."""
    where = _where(draft)
    pairs = sorted((great_circle_km(where[a], where[b]), a, b) for a, b in combinations(sorted(where), 2))
    links, piece = dict.fromkeys(where, 0), {id: id for id in where}
    for km, one, other in pairs:
        apart = piece[one] != piece[other]
        if not apart and min(links[one], links[other]) >= NEIGHBOURS:
            continue
        if apart:
            old = piece[other]
            piece = {id: piece[one] if root == old else root for id, root in piece.items()}
        for id in (one, other):
            links[id] += 1
        draft.add(
            "roads",
            **{
                "from": one,
                "to": other,
                "distance_km": max(round(ROAD_FACTOR * km), 1),
                "class": "secondary",
            },
            source=f"guessed: great circle times {ROAD_FACTOR}",
            confidence="low",
        )
    draft.assume(
        "The facts give no roads: each place is linked to its nearest ones by great circles times 1.3."
    )


def _where(draft: Draft) -> dict[str, Place]:
    return {
        row["id"]: Place({"lat": float(row["lat"]), "lon": float(row["lon"])}) for row in draft.rows("places")
    }
