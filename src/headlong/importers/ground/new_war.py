"""A new case of a country that runs at once: places, roads, crossings and two sides proposed, the rest priors."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from headlong.case import open_case
from headlong.case.findings.unknowns import unknowns
from headlong.case.template import whole_folder, write_template
from headlong.errors import HeadlongError
from headlong.importers.folder import PROPOSED, Folder
from headlong.importers.ground.gazetteer import PlacesAsked, country_of
from headlong.importers.ground.places import PACKAGE, propose_places

__all__ = ["SIDES", "new_war"]

SIDES = PROPOSED


def new_war(
    name: Path,
    country: str | None,
    places: str | None,
    least: int,
    most: int,
    roads: Path | None = None,
    *,
    names: str | None = None,
    layer: str | None = None,
) -> list[str]:
    """Make a case that a forecast can start from; return what to say, at its end what only a person can.

    Parameters
    ----------
    name : Path
        The folder to make.
    country : str or None
        Three letters of the country.
    places : str or None
        Gazetteer or boundaries; by default the package with GeoNames' cities.
    least, most : int
        People a place must have at least; most places.
    roads : Path, optional
        Layer of roads to measure on.
    names, layer : str, optional
        Column or attribute with the names; layer of a file with several.
    """
    with whole_folder(name) as made:
        write_template(made)
        folder = Folder(made, "replace")
        notes = propose_places(
            places or PACKAGE, folder, country, least, most, roads, asked=PlacesAsked(names, layer)
        )
        rows = [
            row.but(held_by=None if row["kind"] == "refuge" else SIDES[0].id) for row in folder.rows("places")
        ]
        if not any(row["kind"] == "capital" for row in rows):
            largest = max((r for r in rows if r["kind"] != "refuge"), key=lambda r: r["population"] or 0)
            rows[rows.index(largest)] = largest.but(kind="capital")
            notes = [line for line in notes if "capital" not in line]
            why = (
                "it is the largest."
                if largest["population"]
                else "nobody says how many live where. Correct it."
            )
            notes.append(f"{largest['name']} is proposed as the capital: {why}")
        folder.write("places", rows, ("id",))
        folder.write_settings(_title(country, folder.id), date.today(), SIDES)
        folder.commit()
        case = open_case(folder.path)
        left = [f"  - {line}" for line in unknowns(case)]
    return [*notes, "", "Left to priors:", *left, "", *still_to_say(case.start)]


def _title(country: str | None, ident: str) -> str:
    """Title of the case: the country's name, if the package that knows it is here."""
    if country is None:
        return ident
    try:
        return str(country_of(country)["name"])
    except HeadlongError:
        return country


def still_to_say(start: date) -> list[str]:
    """What nobody but a person who knows the war can say."""
    return [
        "What you must still say:",
        f"  1. Who holds what on the evening of {start}: held_by in places.csv (now all the government's).",
        "  2. Who fights whom: the [[sides]] in case.toml (now a government and rebels), and the start.",
        "  3. What is reported since: reports.csv, by hand or with headlong read.",
        "  headlong import acled, ucdp or control proposes all three anew from what it reads.",
    ]
