"""Control from reports against control from history: python scripts/compare_control.py [CASE ...]."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from headlong.case import Case, day_counted, gallery, open_case
from headlong.case.rows import Row
from headlong.errors import HeadlongError
from headlong.inputs.control_history import Past, known_past, reported_past
from headlong.inputs.geography import Geography, read_map
from headlong.reports.confirmed import published, settles

LATE = 7  # days after the event by which a report covers a change
KINDS = ("press", "timeline", "status")


def holders(past: Past) -> list[int]:
    """Who holds each place on the last evening of a past."""
    now = list(past.holder)
    for change in past.changes:
        now[change.place] = change.taker
    return now


def differing(case: Case, where: Geography, day: date) -> list[tuple[str, str, str]]:
    """Return place, holder by history and holder by reports, where the two differ on an evening."""
    by_history = holders(known_past(case, where, day))
    by_reports = holders(reported_past(case.known_by(day), where, day))
    names = [*where.sides, "nobody"]
    pairs = zip(where.ids, by_history, by_reports, strict=True)
    return [(place, names[one], names[other]) for place, one, other in pairs if one != other]


def cover(case: Case, change: Row) -> str:
    """Say what kind of report covers a change of hands: press, timeline, status, report or nothing."""
    found = []
    for row in case.reports:
        if row["place"] == change["place"] and row["side"] == change["to_side"] and settles(row):
            event = row["event_date"] or published(row)
            first, last = change["date"] or change["earliest"], day_counted(change)
            if first - timedelta(days=LATE) <= event and published(row) <= last + timedelta(days=LATE):
                kind = row["id"].split("-")[0]
                found.append(kind if kind in KINDS else "report")
    return min(found, key=("report", *KINDS).index, default="none")


def lines(name: str) -> Iterator[str]:
    """Yield what there is to say of one case."""
    case = open_case(name)
    where = read_map(case)
    kinds = [cover(case, change) for change in case.history]
    counts = ", ".join(f"{kind} {kinds.count(kind)}" for kind in ("report", *KINDS, "none"))
    yield f"{case.id}: {len(kinds)} changes; told within {LATE} days by: {counts}"
    days = [case.start + timedelta(days=n) for n in range(0, (case.end - case.start).days + 1, 3)]
    off = sum(len(differing(case, where, day)) for day in days) / (len(days) * len(where.ids))
    wrong = differing(case, where, case.init)
    yield f"  on {case.init} {len(wrong)} of {len(where.ids)} places differ; over the period {off:.1%}"
    yield from (f"    {place}: history {one}, reports {other}" for place, one, other in wrong)


def main(arguments: list[str]) -> int:
    """Print the comparison; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="*", help="names of bundled cases; by default all")
    asked = parser.parse_args(arguments)
    try:
        for name in asked.cases or gallery():
            print("\n".join(lines(name)))
    except HeadlongError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
