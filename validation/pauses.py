"""What a pause after a burst means, and what a quiet front is given: said and came, over all bundled wars.

    python validation/pauses.py [--members 200]

After four or more losses of a side within 14 days, by days since the last of them: the chance that three fifths of
what it still holds is lost within 30 days, and how often that came. Then, by days since any place changed hands:
changes foreseen within 7 days, and how many came. Weekly hindcasts, control known, each war left out.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from hindcast_members import HORIZON, Found, hindcasts

LOSSES, WITHIN, SHARE, LEAST = 4, 14, 0.6, 3
PAUSES = ((0, 0), (1, 1), (2, 3), (4, 6), (7, 13))
QUIET = ((0, 6), (7, 13), (14, 27), (28, 41), (42, 9999))


def class_of(days: int, classes: tuple[tuple[int, int], ...]) -> str | None:
    """Name of the class that a number of days falls into."""
    for first, last in classes:
        if first <= days <= last:
            return f"{first}" if first == last else f"{first} or more" if last > 999 else f"{first} to {last}"
    return None


def collapses(found: Found) -> list[tuple[str, float, float]]:
    """Class of pause, chance said of a collapse, and whether it came: sides that have just lost much."""
    if found.truth.known < HORIZON:
        return []
    rows, ids = [], found.history.where.sides
    for side, mine in found.sides():
        days = [
            change.day
            for change in found.history.changes
            if change.day <= found.day and ids[found.history.holder[change.day - 1][change.place]] == side
        ]
        recent = sum(found.day - WITHIN < day for day in days)
        pause = class_of(found.day - max(days), PAUSES) if days else None
        if recent >= LOSSES and mine.sum() >= LEAST and pause:
            enough = SHARE * mine.sum()
            said = np.mean((found.first[:, mine] <= HORIZON).sum(axis=1) >= enough)
            rows.append((pause, float(said), float(found.truth.fell[HORIZON][mine].sum() >= enough)))
    return rows


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--members", type=int, default=200, help="of each hindcast (the track record's are kept)"
    )
    asked = parser.parse_args()
    pauses, quiet = defaultdict(list), defaultdict(list)
    for found in hindcasts(asked.members):
        for pause, said, came in collapses(found):
            pauses[pause].append((said, came, found.case.id))
        if found.truth.known >= 7:
            last = max((c.day for c in found.history.changes if c.day <= found.day), default=0)
            said = float((found.first <= 7).sum(axis=1).mean())
            rows = quiet[class_of(found.day - last, QUIET)]
            rows.append((said, float(found.truth.fell[7].sum()), found.case.id))
    print(f"{'days since the last loss':<28}{'dates':>6}{'wars':>6}{'collapse said':>15}{'came':>7}")
    for pause in (class_of(first, PAUSES) for first, _ in PAUSES):
        print(f"{pause:<28}{line(pauses[pause])}")
    print(f"\n{'days since any change':<28}{'dates':>6}{'wars':>6}{'a week said':>15}{'came':>7}")
    for days in (class_of(first, QUIET) for first, _ in QUIET):
        print(f"{days:<28}{line(quiet[days])}")
    none = [said for said, came, _ in quiet[class_of(42, QUIET)] if not came]
    print(f"six quiet weeks, and none came in the next: {np.mean(none):.2f} a week said ({len(none)} dates)")


def line(rows: list[tuple[float, float, str]]) -> str:
    """Number of dates and wars, mean said and mean that came."""
    said, came = (np.mean([row[k] for row in rows]) if rows else float("nan") for k in (0, 1))
    return f"{len(rows):>6}{len({row[2] for row in rows}):>6}{said:>15.2f}{came:>7.2f}"


if __name__ == "__main__":
    main()
