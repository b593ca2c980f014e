"""Do leaders flee as often as is said? Forecasts of 14 days over all wars whose leaders' fates are dated.

    python validation/leaders.py FACTS [--step 21] [--most 12] [--members 200] [--check]

FACTS is a folder with one folder of sourced facts for each case (docs/facts-format.md), of which leaders.csv is read:
outcome and date. Control is known up to init and forecast after it. Whoever had fled, died, been captured or been
replaced by init is left out; what became of the others within 14 days is beside what was expected.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

from headlong import forecast, open_case
from headlong.board.state import FLED, TAKEN
from headlong.case import gallery

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from casebuild.folder import slug

LEAD = 14
GONE = {"fled", "captured", "killed", "surrendered", "replaced", "other"}
CAUGHT = {"captured", "killed", "surrendered"}
BETWEEN = (0.5, 2.0)


class Said(NamedTuple):
    """One leader on one evening."""

    case: str
    fled: float  # chance
    taken: float
    did_flee: bool
    was_taken: bool


def fates(path: Path) -> dict[str, tuple[str, date | None]]:
    """Outcome and day of each leader of a folder of facts, by id."""
    found = {}
    for row in csv.DictReader((path / "leaders.csv").open(encoding="utf-8")):
        day = row.get("date") or row.get("outcome_date") or ""
        found[slug(row["name"])] = (row["outcome"], date.fromisoformat(day) if len(day) == 10 else None)
    return found


def evenings(start: date, end: date, step: int, most: int) -> list[date]:
    """Days to forecast from: every `step` days, spread evenly over the war if there are more than `most`."""
    days = [start + timedelta(k) for k in range(10, (end - start).days - LEAD + 1, step)]
    return days if len(days) <= most else [days[int(k)] for k in np.linspace(0, len(days) - 1, most)]


def said(name: str, facts: Path, asked: argparse.Namespace) -> Iterator[Said]:
    """Chances and fates of the leaders of one case."""
    case, truth = open_case(name), fates(facts)
    for day in evenings(case.start, case.end, asked.step, asked.most):
        made = forecast(case, init=day, days=LEAD, members=asked.members, seed=1, control="history")
        status = made["leader_status"].values
        for k, leader in enumerate(made["leader"].values.tolist()):
            outcome, when = truth.get(leader, ("", None))
            gone = outcome in GONE and when is not None
            if not outcome or (gone and when and when <= day):
                continue
            here = bool(gone and when and when <= day + timedelta(LEAD))
            fled, taken = ((status[:, -1, k] == code) & (status[:, 0, k] != code) for code in (FLED, TAKEN))
            yield Said(name, float(fled.mean()), float(taken.mean()), here and outcome == "fled",
                       here and outcome in CAUGHT)  # fmt: skip


def line(title: str, rows: list[Said]) -> float:
    """Print what was expected and what came; returns expected over came, of flights."""
    expected, came = sum(r.fled for r in rows), sum(r.did_flee for r in rows)
    taken, caught = sum(r.taken for r in rows), sum(r.was_taken for r in rows)
    print(f"{title:26}{len(rows):>8}{expected:>10.1f}{came:>6}{taken:>12.1f}{caught:>6}", flush=True)
    return expected / max(1, came)


def main() -> int:
    """Print the table; with --check, end with 1 where expected over came is not between .5 and 2."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("facts", type=Path)
    parser.add_argument("--step", type=int, default=21, help="days between evenings")
    parser.add_argument("--most", type=int, default=12, help="evenings of one war")
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    print(f"{'':26}{'dates':>8}{'fled: said':>10}{'came':>6}{'taken: said':>12}{'came':>6}")
    rows: list[Said] = []
    for name in gallery():
        if (asked.facts / name / "leaders.csv").is_file():
            found = list(said(name, asked.facts / name, asked))
            line(name, found)
            rows += found
    ratio = line("all", rows)
    for low, high in ((0.0, 0.02), (0.02, 0.1), (0.1, 0.3), (0.3, 1.01)):
        line(f"said {low:.0%} to {min(high, 1):.0%}", [r for r in rows if low <= r.fled < high])
    met = BETWEEN[0] <= ratio <= BETWEEN[1]
    print(
        f"{'met   ' if met else 'MISSED'}  flights said over come {ratio:.2f}, between {BETWEEN[0]} and {BETWEEN[1]}"
    )
    return 0 if met or not asked.check else 1


if __name__ == "__main__":
    sys.exit(main())
