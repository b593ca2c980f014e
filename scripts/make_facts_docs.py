"""Write docs/facts-format.md from tools/casebuild/facts.csv.

python scripts/make_facts_docs.py            write it
python scripts/make_facts_docs.py --check    say whether it is up to date, and change nothing
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from casebuild.layout import Column, layout
from docsite.made_page import write_or_check

PAGE = ROOT / "docs" / "facts-format.md"

HEAD = """# Facts: what a case is made from

<!-- Made by scripts/make_facts_docs.py from tools/casebuild/facts.csv: change those, not this page. -->

A facts folder is what a researcher notes of a war: places, roads, who took what when, and from where that is known.
It says what happened, so no forecast reads it. A case is made from it:

```sh
python scripts/build_case.py FACTS_DIR OUT_DIR           # one
python scripts/build_case.py --all FACTS_ROOT            # every folder below FACTS_ROOT, into cases/
make cases FACTS=FACTS_ROOT                              # the same; by default ../shared/facts
```

The facts of the bundled cases are kept outside this repository, one folder for each case, named after it; what is
made from them is committed in [cases/](../cases). Judgement is added from
[tools/casebuild/codings](../tools/casebuild/codings), and each case's `sources.md` says what was done.

## Rules

- Facts and figures only, in our own words. **Every row has `source` and `confidence`**; most have a `note`.
- `confidence` of a row: `high`, seen in a named source; `medium`, recalled from standard works or partly supported;
  `low`, an estimate. **For a day of a change of hands it says how far the day can be trusted**, and the case spreads
  it. High is one day either way, medium three, low ten (seven where the note knows the week, fifteen where it knows the
  month only). A range in the note that holds the day (`27-28 June`) is the interval instead, and so are two days
  (`alt_date`), of which none is likelier. Changes of one place keep their order, and none leaves the window. A row
  without a confidence counts as low.
- Files are CSV with a header, or `case.json`; only `places.csv` with an id, latitude and longitude in each row must
  be there, and two sides that can be told apart. Dates are `2021-08-12`; coordinates WGS84, decimal degrees.
- **A place that was not taken has a row of `falls` without a date**, so that it is seen that it was asked.
- The name of a column may be one of those listed beside it. A column or key that is not listed is said to be not
  used when the case is built, and in its `sources.md`; nothing is dropped in silence.
- `reports_hindsight.csv` (what became of a claim) is read by nobody; `falls_after_window.csv` has the columns of
  `falls`.

"Needed" says what a row must have to be used. Columns in *italics* are known and not read: most are hindsight.
"""

ABOUT = {
    "case.json": "The war itself; every key may be left out.",
    "sides": "A block in `sides` of `case.json`. A party that takes part in nothing is no side of the case. "
    "`friends`, `presses` and `seat` are honoured; one that names an unknown side or place is refused, and said.",
    "places": "What can be held.",
    "roads": "Links between places. Without the table each place is linked to its nearest ones.",
    "falls": "Changes of hands: one row each.",
    "home": "Whose people lived where before the war.",
    "forces": "Units and totals; the weakest of the tables.",
    "leaders": "People in public roles.",
    "timeline": "Dated events.",
    "reports": "Claims as they were published.",
    "repulses": "Assaults that failed.",
    "displacement": "Counts of people who moved.",
}


def row(column: Column) -> str:
    """One column as a line of its table."""
    mark = "`" if column.read else "*"
    also = ", ".join(f"`{name}`" for name in column.also)
    kind = column.type + (f" [{column.unit}]" if column.unit else "")
    needed = "yes" if column.required else ""
    return f"| {mark}{column.column}{mark} | {also} | {kind} | {needed} | {column.meaning} |"


def page() -> str:
    """The whole page."""
    lines = [HEAD.rstrip()]
    for name in dict.fromkeys(column.table for column in layout()):
        file = {"sides": "case.json: sides", "case.json": "case.json"}.get(name, f"{name}.csv")
        word = "key" if name in ("sides", "case.json") else "column"
        lines += ["", f"## {file}", "", ABOUT[name], "", f"| {word} | or | type | needed | meaning |"]
        lines += ["|---|---|---|---|---|", *(row(c) for c in layout() if c.table == name)]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(write_or_check(PAGE, page(), __doc__, Path(__file__).name))
