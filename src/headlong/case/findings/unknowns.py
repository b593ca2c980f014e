"""What a case does not say and a forecast therefore takes from a prior, in words."""

from __future__ import annotations

from collections.abc import Iterator

from headlong.case.case import Case

__all__ = ["unknowns"]

CELLS = (
    ("places", "population", "how many people live in", "the prior of its kind of place"),
    ("places", "held_by", "who holds", "nobody is taken to"),
    ("crossings", "policy", "who may pass at", "its prior"),
    ("crossings", "capacity_per_day", "how many can pass in a day at", "its prior"),
    ("garrisons", "effective_high", "how many would fight in", "its prior"),
    ("leaders", "feud_with_centre", "how far at odds with the centre is", "its prior"),
)
"""Table, column, what an empty cell leaves open, what stands in."""

TABLES = (
    ("garrisons", "No garrison is in the table: the strength of each is left to its prior."),
    ("leaders", "No leader is in the table: nobody stays, flees or is captured."),
    (
        "hinterland",
        "How near each side is in the countryside is not in the table: places alone make the front.",
    ),
    ("crossings", "No crossing is in the table: nobody leaves the country."),
)
"""What an empty table means."""

NAMED = 5  # places that are named; of more, the number is told


def unknowns(case: Case) -> Iterator[str]:
    """Yield what the case leaves open and what a forecast does then, one line each: what case.toml says, if it does.

    Parameters
    ----------
    case : Case
        The case.
    """
    if case.assumptions:
        yield from case.assumptions
        return
    for table, column, what, instead in CELLS:
        rows = [row for row in getattr(case, table) if row.get("kind") not in ("refuge", "total")]
        gaps = [row for row in rows if row[column] is None]
        if gaps:
            names = [str(row.get("name") or row.get("unit") or row["place"]) for row in gaps]
            told = ", ".join(names) if len(gaps) <= NAMED else f"{len(gaps):,} of {len(rows):,} {table}"
            yield f"Not in the table: {what} {told} ({instead})."
    yield from (words for table, words in TABLES if not getattr(case, table))
