"""The atlas as data: every table of the bundled cases in one file each, described by a ``datapackage.json``."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docsite.table_schema import resources
from headlong import __version__
from headlong.case import Case, gallery, open_case

NAME = "headlong-atlas"
TITLE = "Atlas of wars: who held what, and when it changed hands"
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
SOURCES = (
    ("GeoNames: coordinates and some populations, CC BY 4.0", "https://www.geonames.org/"),
    (
        "SimpleMaps World Cities: coordinates of one war, CC BY 4.0",
        "https://simplemaps.com/data/world-cities",
    ),
    ("Encyclopedias, press, reports and books: facts retold in our own words; each row names its own", None),
)
TEXTS = Path(__file__).with_name("texts")
README = (TEXTS / "atlas_readme.md").read_text("utf-8")
CITATION = (TEXTS / "atlas_citation.cff").read_text("utf-8")


def write_atlas(folder: Path) -> dict[str, int]:
    """Write the data package.

    Parameters
    ----------
    folder : Path
        Where; files of the same names are replaced.

    Returns
    -------
    dict of str to int
        Rows of each table.
    """
    cases = [open_case(name) for name in gallery()]
    schemas = resources()
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    (folder / "sources").mkdir(exist_ok=True)
    counts, text = {}, []
    for table, schema in schemas.items():
        names = [field["name"] for field in schema["fields"]]
        rows = [[cells.get(name, "") for name in names] for case in cases for cells in rows_of(case, table)]
        if not rows:
            continue
        with (folder / "tables" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([names, *rows])
        counts[table] = len(rows)
        text += [" ".join(row) for row in rows]
    for case in cases:
        (folder / "sources" / f"{case.id}.md").write_bytes((case.folder / "sources.md").read_bytes())
    said = {word: sum(word in row for row in text) for word in ("Wikipedia", "recalled", "ACLED", "UCDP")}
    words = {word.lower(): n for word, n in said.items()} | {"title": TITLE, "version": __version__}
    words |= {"cases": len(cases), "rows": sum(counts.values()), "changes": counts["history"]}
    (folder / "README.md").write_text(README.format(**words), encoding="utf-8")
    (folder / "CITATION.cff").write_text(CITATION.format(**words), encoding="utf-8")
    described = json.dumps(descriptor({t: schemas[t] for t in counts}), ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(described + "\n", encoding="utf-8")
    return counts


def rows_of(case: Case, table: str) -> Iterator[dict[str, str]]:
    """Rows of one war for one table of the package, as text."""
    if table == "cases":
        values = {"id": case.id, "title": case.title, "start": case.start, "end": case.end, "init": case.init}
        values |= {"stratum": case.stratum, "map": case.map, "licence": case.licence}
        yield {name: str(value) for name, value in values.items()}
    elif table == "sides":
        for side in case.sides:
            yield {"case": case.id, "id": side.id, "name": side.name, "role": side.role}
    else:
        path = case.folder / f"{table}.csv"
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    yield {"case": case.id, **row}


def descriptor(schemas: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What ``datapackage.json`` says."""
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": TITLE,
        "version": __version__,
        "description": "Wars in which a state's grip gave way: places, roads, sides, reports and changes of hands.",
        "licenses": [LICENCE],
        "sources": [{"title": title, **({"path": path} if path else {})} for title, path in SOURCES],
        "contributors": [{"title": "Headlong contributors", "role": "author"}],
        "keywords": ["conflict", "territorial control", "displacement"],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table,
                "path": f"tables/{table}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": schema,
            }
            for table, schema in schemas.items()
        ],
    }
