"""A war of many towns that nobody here has learned from, beside persistence: is a dense table answered soberly.

    python validation/dense_table.py FACTS [--members 200]

FACTS is a folder of facts (docs/facts-format.md); made for the 343 towns of Ukraine in 2022. Printed at each lead: the
mean Brier score of ours and of "nothing changes", and their ratio; places foreseen and that came, and the same on
dates that follow ten or more changes within seven days.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

from casebuild.build import build
from headlong.case import Case, open_case
from headlong.verify.hindcasts import hindcast
from headlong.verify.scores.truth import History, read_history

BURST, WITHIN = 10, 7


def after_burst(history: History, init: date) -> bool:
    """Whether an init follows so many changes of hands within a week."""
    day = (init - history.case.start).days
    return sum(day - WITHIN < change.day <= day for change in history.changes) >= BURST


def tables(case: Case, members: int) -> list[str]:
    """Lines to print."""
    history, result = read_history(case), hindcast.verify([case], members=members)
    rows = [row for row in result["rows"] if "weekly" in row["sets"]]
    lines = [f"{case.title}: {len(history.where.ids)} places, {len(history.changes)} changes"]
    lines.append(
        f"{'lead':<6}{'dates':>6}{'ours':>9}{'persistence':>13}{'ratio':>7}{'said':>8}{'came':>7}  after a burst"
    )
    for lead in result["leads"]:
        mine = [row for row in rows if row["lead"] == lead and row.get("brier")]
        ours, plain = (
            np.mean([row["brier"][name] for row in mine]) for name in (hindcast.OURS, "persistence")
        )
        counts = [(row["expected"][hindcast.OURS], row["observed"], row["init"]) for row in mine]
        burst = [c for c in counts if after_burst(history, date.fromisoformat(str(c[2])[:10]))]
        said, came = (sum(c[k] for c in counts) for k in (0, 1))
        lines.append(
            f"{lead:<6}{len(mine):>6}{ours:>9.4f}{plain:>13.4f}{ours / plain:>7.2f}{said:>8.1f}{came:>7.1f}"
            f"  {sum(c[0] for c in burst):.1f} said, {sum(c[1] for c in burst):.1f} came ({len(burst)} dates)"
        )
    return lines


def main() -> None:
    """Build the case in a folder that goes again, and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("facts", type=Path, help="folder of facts")
    parser.add_argument("--members", type=int, default=200, help="of each hindcast")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / asked.facts.resolve().name
        for _ in build(asked.facts, out):
            pass
        print("\n".join(tables(open_case(str(out)), asked.members)))


if __name__ == "__main__":
    main()
