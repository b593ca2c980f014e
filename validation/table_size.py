"""How the answer depends on how many places a table lists: chances of the same places in thinned and refined tables.

python validation/table_size.py [CASE...] [--members 300] [--every 28] [--draws 4]

For each war, as of every so many days, the mean chance of the places kept within 7 and 30 days, in a table of a
half, of a third, and with two villages more for each place, over that in the whole table. Which places are kept is
luck: several draws of them, whose spread is printed, too.

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


def ratios(case, days: list[int], members: int, draws: int) -> dict[str, np.ndarray]:
    """Mean chance of the places kept, over that in the whole table, within 7 and 30 days: a row for each draw."""
    whole = [chances(bare(case), day, members) for day in days]
    found = {}
    for word, tables in (
        ("1/2", [thinned(case, 0.5, seed) for seed in range(draws)]),
        ("1/3", [thinned(case, 1 / 3, seed) for seed in range(draws)]),
        ("x3", [refined(case)]),
    ):
        found[word] = np.zeros((len(tables), 2))
        for n, table in enumerate(tables):
            sums = np.zeros((2, 2))
            for day, full in zip(days, whole, strict=True):
                other = chances(table, day, members)
                kept = [name for name in other if name in full]
                sums += [np.sum([full[k] for k in kept], axis=0), np.sum([other[k] for k in kept], axis=0)]
            found[word][n] = sums[1] / sums[0]
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
    parser.add_argument("--every", type=int, default=28)
    parser.add_argument("--draws", type=int, default=4)
    parser.add_argument("--law", action="store_true")
    asked = parser.parse_args()
    if asked.law:
        by_law()
        return
    words, rows = ("1/2", "1/3", "x3"), {}
    print(f"{'':22s}" + "".join(f"{word + ', 7 and 30 days (spread)':>36s}" for word in words))
    for name in asked.cases:
        case = open_case(name)
        days = list(range(7, (case.end - case.start).days, asked.every))[:6]
        rows[name] = {word: np.log(x) for word, x in ratios(case, days, asked.members, asked.draws).items()}
        print(
            f"{name:22s}" + "".join(told(x.mean(axis=0), x.std(axis=0)) for x in rows[name].values()),
            flush=True,
        )
    means = np.array([[row[word].mean(axis=0) for word in words] for row in rows.values()])
    print(
        f"{'mean (spread)':22s}"
        + "".join(told(means[:, k].mean(axis=0), means[:, k].std(axis=0)) for k in range(3))
    )


def told(mean: np.ndarray, spread: np.ndarray) -> str:
    """Ratios within 7 and 30 days, and the spreads of their logs."""
    return "".join(f"{np.exp(m):12.2f} ({s:.2f})" for m, s in zip(mean, spread, strict=True))


if __name__ == "__main__":
    main()
