"""What looks odd in a case but stops nothing."""

from __future__ import annotations

from collections.abc import Iterator

from headlong.case.case import Case
from headlong.errors import Finding

__all__ = ["oddities"]


def oddities(case: Case) -> Iterator[Finding]:
    """Yield warnings on a case that has no findings.

    Parameters
    ----------
    case : Case
        The case.
    """
    linked = {end for road in case.roads for end in (road["from"], road["to"])}
    for place in case.places:
        if place["id"] not in linked:
            remedy = "No front can reach it and nobody can leave it by road; add a road if there is one."
            yield Finding("places.csv", place.line, "id", place["id"], "no road leads there", remedy)
    if not any(place["held_by"] for place in case.places):
        yield Finding("places.csv", None, "held_by", None, "no side holds anything", "Fill in held_by.")
    if len(_pieces(case)) > 1:
        problem = f"the roads fall into {len(_pieces(case))} pieces that nothing links"
        yield Finding("roads.csv", None, None, None, problem, "Add the missing links, if there are any.")
    holders = {place["held_by"] for place in case.places}
    for side in case.sides:
        if side.id in holders and side.seat is None and case.seat_of(side.id) is None:
            remedy = "Distance to its seat will not count; add 'seat' or a leader's base if it has one."
            yield Finding("case.toml", None, "seat", None, f"side '{side.id}' has no seat", remedy)
    yield from _broken_history(case)


def _pieces(case: Case) -> list[set[str]]:
    """Return the places in groups that roads link together."""
    pieces: list[set[str]] = []
    for road in case.roads:
        joined = {road["from"], road["to"]}
        apart = []
        for piece in pieces:
            if piece & joined:
                joined |= piece
            else:
                apart.append(piece)
        pieces = [*apart, joined]
    return pieces


def _broken_history(case: Case) -> Iterator[Finding]:
    """Yield changes whose side before is not the side that held the place until then."""
    holder = {place["id"]: place["held_by"] for place in case.places}
    for row in sorted(case.history, key=lambda row: (row["earliest"], row["latest"])):
        if row["from_side"] != holder[row["place"]]:
            before = holder[row["place"]] or "nobody"
            problem = f"'{before}' held it before, not '{row['from_side'] or 'nobody'}'"
            remedy = "Check the order of the changes of this place."
            yield Finding("history.csv", row.line, "from_side", row["from_side"], problem, remedy)
        holder[row["place"]] = row["to_side"]
