"""Write docs/case-format.md from the schema.

python scripts/make_case_docs.py            write it
python scripts/make_case_docs.py --check    say whether it is up to date, and change nothing
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from docsite.made_page import write_or_check
from headlong.case.case import KNOWN_SINCE
from headlong.case.tables.schema import SETTINGS, Column, columns_of, schema

PAGE = ROOT / "docs" / "case-format.md"

HEAD = """# A case: a folder a historian can write

<!-- Made by scripts/make_case_docs.py from src/headlong/case/tables/schema.csv: change those, not this page. -->

A case is a war and its tables: a folder with `case.toml`, `places.csv` and `roads.csv`, and as many of the other
tables as can be filled. What is left out is left to a prior, and the forecast says so.

```sh
headlong new riverland-2031        # a folder with every table's header and all keys, commented out
headlong check riverland-2031      # everything that is wrong with it, at once: file, line, column, what to do
headlong explain places.held_by    # what a column means
```

The smallest case that can be forecast is in [examples/your_own_case.py](../examples/your_own_case.py): two sides,
four places, three roads. The bundled ones are in [cases/](../cases); `headlong cases` lists them. To make a folder
from tables of sourced facts: `python scripts/build_case.py FACTS_DIR OUT_DIR` ([facts-format.md](facts-format.md)).

## Rules

- **No hindsight.** A forecast with init D reads nothing that was known later than D. The column that says since when
  a row was known is marked *since* below; a table without one stands still. A value that is coded by judgement comes
  from something dated before it is used, with the reason in the row, or is left empty.
- **Every row has a source and a confidence.** `high`: seen in a named source; `medium`: partly supported or recalled;
  `low`: an estimate. No forecast reads them; readers do.
- **Empty means not known**, never zero.
- **What happened is not read.** `history` is read by `headlong calibrate` and, up to init, by `--known-control`;
  `repulses` by no forecast.
- **Reports say who holds what.** Without `--known-control` who holds what at init is what the reports published by
  then make likely, each weighed by who speaks and by what later reports said ([reports.md](reports.md)).

## Cells

Files are UTF-8 (or UTF-16 with a byte order mark) with a header; columns and lines may come in any order. Commas,
semicolons or tabs separate cells, whichever gives the header known names. Empty lines, lines that begin with `#` and
rows of HXL tags are passed over. A column or a file that nothing reads is an error, so that a slip of the pen is seen.

What programs write is understood where it can mean one thing only: `500000.0` and `3e6` for a whole number, and
`2025-10-26 00:00:00` for a day. `NA`, `NaN`, `NULL` or `None` is a cell that may be empty (but not in `country`, where
NA is Namibia). A decimal comma is read where some number of the table can be nothing else (`34,5`), and none has a
point.

Columns of your own are kept if their names begin with `x_`: no forecast reads them, outputs carry those of places, as
they do `pcode`.

**A war that goes on** has no `end`: a forecast may start from any day since `start`, for 20,000 days. What
needs a last day (`verify`, `calibrate`) takes the last day that its reports and its history speak of.

| type | how to write it |
|---|---|
| text | anything under 10,000 characters; put it in "quotes" if it holds a comma |
| id | lower-case letters, digits, hyphens: `pul-e-khumri` |
| ref | an id of the table named beside it |
| list | several, separated by semicolons; in the settings files `["a", "b"]` |
| choice | one of the words listed |
| date | `2021-08-12` |
| stamp | `2021-08-12` or `2021-08-12T20:27+04:00`, by the clock on the spot |
| number, integer | digits, with a point for decimals and no separators |
| share | a number from 0 to 1 |
| yesno | `yes` or `no` |
"""

ABOUT = {
    "case": "The case itself: the keys at the top of `case.toml`.",
    "sides": "The armed sides: one `[[sides]]` block each in `case.toml`, two at least, one of them the incumbent. "
    "By default incumbent and insurgents press each other, insurgents do not press insurgents, a third side presses "
    "both and is pressed by nobody.",
    "places": "What can be held. Places of the kind `refuge` lie beyond the border: nobody takes them, people flee "
    "there, and a side that holds nothing is thought to come from there.",
    "roads": "Links between places, in both directions. Without a chain of roads the straight line times 1.4 counts as "
    "the distance for fronts and news, and nobody can travel.",
    "home": "Whose own people lived where before the war: one row for each place of which it is known, with an empty "
    "side where it is nobody's. A place without a row: not known.",
    "garrisons": "Units. Militia of a leader's base are called up by and by; the others are there at init.",
    "leaders": "Public office-holders and commanders in public roles, with facts of that role only.",
    "patrons": "Foreign support, step by step. In a forecast it does nothing; what-ifs of support read it.",
    "crossings": "Policy and capacity of the places where people leave the country, by date.",
    "reports": "Dated claims, as they were made. Whether they turned out to be true does not belong here.",
    "relations": "Changes of who presses whom.",
    "hinterland": "How near a side is known to be although it holds no place of the table there.",
    "history": "What happened: each change of hands, with the days on which it may have happened. In known control it "
    "counts from `date` on, without one from `latest` on.",
    "repulses": "Assaults that failed.",
    "displacement": "Counts of people who moved. Stocks published by init say who is displaced already, and where.",
    "refuges": "Camps and other places abroad that take people in, with dates and capacities. Without rows every place "
    "of the kind `refuge` does, without limit.",
    "fighting": "Days on which places were fought over, changing hands or not. What was known by init alarms people; "
    "a replay reads the rest too.",
    "scenarios": "Named what-ifs: one `[name]` block each in `scenarios.toml`.",
}


def table(name: str) -> list[str]:
    """One table as a section."""
    file = {"case": "case.toml", "sides": "case.toml: sides", "scenarios": "scenarios.toml"}.get(
        name, f"{name}.csv"
    )
    word = "key" if name in SETTINGS else "column"
    lines = [
        "",
        f"## {file}",
        "",
        ABOUT[name],
        "",
        f"| {word} | type | needed | meaning |",
        "|---|---|---|---|",
    ]
    return [*lines, *(row(column) for column in columns_of(name).values())]


def row(column: Column) -> str:
    """One column as a line of its table."""
    kind = column.type
    if column.choices:
        kind += ": " + ", ".join(column.choices)
    if column.refers_to:
        kind += f" of {column.refers_to}"
    if column.unit:
        kind += f" [{column.unit}]"
    needed = {"yes": "yes", "column": "the column"}.get(column.required, "")
    meaning = column.meaning
    if column.default:
        meaning += f" (empty: {column.default})"
    if KNOWN_SINCE.get(column.table) == column.column:
        meaning += " — *since*"
    return f"| `{column.column}` | {kind} | {needed} | {meaning} |"


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD.rstrip(), *(line for name in schema() for line in table(name)), ""])


if __name__ == "__main__":
    sys.exit(write_or_check(PAGE, page(), __doc__, Path(__file__).name))
