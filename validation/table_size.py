"""How the answer depends on how many places a table lists: chances of the same places in thinned and refined tables.

python validation/table_size.py [CASE...] [--members 300] [--every 14]

For each war, as of every so many days, the mean chance of the places kept within 7 and 30 days, in a table of a
half, of a third, and with two villages more for each place, over that in the whole table.

With --law: the law alone, at one level of strain, over all wars to learn from and five draws of places; no forecast.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "helpers"))

from resized import bare, chances, law_ratio, refined, thinned

CASES = (
    "south-vietnam-1975", "zaire-1996-97", "iraq-2014", "libya-2019", "mali-2012", "drc-kivu-2012", "cuba-1958",
    "rwanda-1994",
)  # fmt: skip


def ratios(case, days: list[int], members: int) -> dict[str, np.ndarray]:
    """Mean chance of the places kept, over that in the whole table, within 7 and 30 days."""
    whole = [chances(bare(case), day, members) for day in days]
    found = {}
    for word, tables in (
        ("1/2", [thinned(case, 0.5, seed) for seed in (7, 107)]),
        ("1/3", [thinned(case, 1 / 3, seed) for seed in (7, 107)]),
        ("x3", [refined(case)]),
    ):
        sums = np.zeros((2, 2))
        for table in tables:
            for day, full in zip(days, whole, strict=True):
                other = chances(table, day, members)
                kept = [name for name in other if name in full]
                sums += [np.sum([full[n] for n in kept], axis=0), np.sum([other[n] for n in kept], axis=0)]
        found[word] = sums[1] / sums[0]
    return found


def by_law() -> None:
    """Print the mean ratio at one level of strain, and its spread over wars and draws."""
    from headlong.case import open_case
    from headlong.case.sample import learning

    wars = [open_case(name) for name in learning()]
    for word, tables in (
        ("1/2", lambda case: [thinned(case, 0.5, seed) for seed in range(1, 6)]),
        ("1/3", lambda case: [thinned(case, 1 / 3, seed) for seed in range(1, 6)]),
        ("x3", lambda case: [refined(case)]),
    ):
        logs = np.log([law_ratio(case, table) for case in wars for table in tables(case)])
        print(f"{word:4s} mean {np.exp(logs.mean()):.2f}, spread of the log {logs.std():.2f}", flush=True)


def main() -> None:
    """Print a row for each war, and the means."""
    from headlong.case import open_case

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="*", default=CASES)
    parser.add_argument("--members", type=int, default=300)
    parser.add_argument("--every", type=int, default=14)
    parser.add_argument("--law", action="store_true")
    asked = parser.parse_args()
    if asked.law:
        by_law()
        return
    rows = {}
    print(f"{'':22s}" + "".join(f"{w + ', 7 and 30 days':>24s}" for w in ("1/2", "1/3", "x3")))
    for name in asked.cases:
        case = open_case(name)
        last = (case.end - case.start).days
        rows[name] = ratios(case, list(range(7, last, asked.every))[:12], asked.members)
        print(f"{name:22s}" + "".join(f"{x[0]:18.2f}{x[1]:6.2f}" for x in rows[name].values()), flush=True)
    logs = np.log([[row[w] for w in ("1/2", "1/3", "x3")] for row in rows.values()])
    for word, x in (("mean", np.exp(logs.mean(axis=0))), ("spread of the log", logs.std(axis=0))):
        print(f"{word:22s}" + "".join(f"{a:18.2f}{b:6.2f}" for a, b in x))


if __name__ == "__main__":
    main()
