"""Whose own people lived where before the war."""

from __future__ import annotations

from casebuild.draft import Draft
from casebuild.folder import Facts, slug
from casebuild.frame import armed


def homes(facts: Facts, draft: Draft) -> None:
    """Add a row for each place of which the facts say whose people were at home there, or nobody's."""
    seen: set[str] = set()
    for row in facts.rows("home"):
        place, side = slug(row["place"]), armed(row["side"])
        if place not in draft.holder or place in seen:
            facts.drop(row, "a row of home needs a known place, once")
        elif side and side not in draft.side_ids:
            facts.drop(row, f"'{side}' is no side of the case")
        else:
            seen.add(place)
            cells = {"basis": row.get("basis", ""), "source": row["source"], "confidence": row["confidence"]}
            draft.add("home", place=place, side=side, **cells)
    if not seen:
        draft.assume("Whose own people live where is not given: home ground does not count.")
        return
    silent = {row["id"] for row in draft.rows("places") if row["kind"] != "refuge"} - seen
    if silent:
        draft.assume(f"Whose own people live in {len(silent)} of the places is not known.")
