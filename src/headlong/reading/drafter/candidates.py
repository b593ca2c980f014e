"""The ids that an answer may use: sides, leaders, and places with who held them the evening before; the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from headlong.case import Case
from headlong.reading.lexicon.aliases import gazetteer_of
from headlong.reading.lexicon.holders import holders_on
from headlong.reading.text.dates import CURRENT
from headlong.reading.text.decode import one_line

__all__ = ["calendar_of", "candidates_of"]

ROLES = {
    "incumbent": "the government: army, police, officials",
    "insurgent": "rebels",
    "third": "a third side",
    "outside": "from outside",
}


def candidates_of(case: Case, published: date) -> str:
    """Return the tables of a case that an answer draws its ids from."""
    return "\n".join(
        [
            f"# THE CASE: {one_line(case.title, 200)}",
            "",
            "Sides (id | name | role | allied to):",
            *_sides(case),
            "",
            "Leaders (id | name | role | side | base):",
            *(_leaders(case) or ["(none)"]),
            "",
            "Places (id | name and other names | kind | province | country | held by on the evening before "
            "publication; A > B: by A two weeks ago, by B now):",
            *_places(case, published),
        ]
    )


def _sides(case: Case) -> Iterator[str]:
    """Yield the sides; the government is the one that texts call so, as the rules have it too."""
    government = gazetteer_of(case).incumbent
    for side in case.sides:
        role = "incumbent" if side.id == government else side.role
        role = "insurgent" if role == "incumbent" and side.id != government else role
        friends = ", ".join(side.friends) if side.friends else ""
        yield " | ".join((side.id, one_line(side.name, 200), ROLES.get(role, role), friends))


def _leaders(case: Case) -> list[str]:
    return [
        " | ".join(one_line(str(row[key] or ""), 120) for key in ("id", "name", "role", "side", "base"))
        for row in case.leaders
    ]


def _places(case: Case, published: date) -> Iterator[str]:
    now = holders_on(case, published - timedelta(days=1))
    before = holders_on(case, published - timedelta(days=CURRENT + 1))
    for place in case.places:
        id = place["id"]
        names = [place["name"], *(name for name in place["alt_names"] if name != place["name"])]
        holder = now.get(id, "")
        if before.get(id, "") != holder:
            holder = f"{before.get(id) or 'nobody known'} > {holder}"
        cells = (id, "; ".join(names), place["kind"], place["region"], place["country"], holder)
        yield " | ".join(one_line(str(cell or ""), 160) for cell in cells)


def calendar_of(published: date) -> str:
    """Return the days around publication with their weekdays, so that nobody has to count."""
    days = [published + timedelta(days=ahead) for ahead in range(-CURRENT - 7, 4)]
    told = [f"{day:%a} {day.isoformat()}" + (" (published)" if day == published else "") for day in days]
    oldest = published - timedelta(days=CURRENT)
    return f"# CALENDAR\n\n{', '.join(told)}.\nCurrent is what happened on {oldest.isoformat()} or later."
