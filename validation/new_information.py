"""Does news of the time tell what the map does not: halts, foreign forces, leaders gone, patrons leaving.

    python validation/new_information.py [--within 30] [--uses trouble_own,trouble_enemy,truce]
    python validation/new_information.py --reports [--within 14]

`data/news_of_the_time.csv` codes 172 dated events of all bundled wars by kind and side, from the chronologies the
cases were built from. They were written by people who knew the end, so what is found flatters.
For each weekly hindcast the members are weighted (exponential tilting) so that each side's expected losses are
multiplied by what such news meant in the other wars: losses that came over losses expected, drawn to 1. Printed: the
multipliers; and the gain in Brier score and in CRPS of the number, pooled over wars, with a jackknife error over wars.

With `--reports` how many reports were published of late takes the place of news, in wars whose tables have twenty or
more: none, fewer or more than the war's own rate up to that day. And whether it was said of the side that it holds
a place or threw an attack back ("firm"), or that it failed, by itself ("admitted").
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent))

from hindcast_members import Found, hindcasts

NEWS = Path(__file__).with_name("data") / "news_of_the_time.csv"
GROUP = {"truce": "truce", "peacekeepers": "truce", "help": "help", "offensive": "offensive"} | dict.fromkeys(
    ("head", "order", "patron_leaves", "mutiny"), "trouble"
)
DRAWN, HALF, STEEPEST = 8.0, 20.0, 1.5
"""Changes worth of a prior at 1; expected changes at which a war counts half; greatest tilt per place."""
LEADS = (7, 30)
ENOUGH = 20
"""Rows of reports of a war from which their number is asked about."""
FIRM = ("held", "repulsed", "not_fallen")


def read_news() -> dict[str, list[tuple[date, str, str]]]:
    """Day, group and side of the events of each war."""
    found = defaultdict(list)
    with NEWS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] in GROUP:
                found[row["war"]].append((date.fromisoformat(row["date"]), GROUP[row["kind"]], row["side"]))
    return found


def told(found: Found, news: list[tuple[date, str, str]], within: int, uses: set[str]) -> list[set[str]]:
    """What has been told of each side (in the order of `Found.sides`) within so many days before init."""
    recent = [(kind, side) for day, kind, side in news if 0 <= (found.init - day).days <= within]
    pairs, sides = found.case.presses(found.init), []
    for side, _ in found.sides():
        enemies = {presser for presser, pressed in pairs if pressed == side}
        heard = {"truce"} if ("truce", "") in recent else set()
        heard |= {f"{kind}_own" for kind, who in recent if who == side}
        heard |= {f"{kind}_enemy" for kind, who in recent if who in enemies}
        sides.append(heard & uses)
    return sides


def volume(found: Found, within: int) -> list[set[str]]:
    """What reports published by init say by number and kind, of each side (in the order of `Found.sides`)."""
    published = [row for row in found.case.reports if row["published_at"].date() <= found.init]
    recent = [row for row in published if (found.init - row["published_at"].date()).days < within]
    usual = len(published) * within / max(within, found.day)
    many = "none" if not recent else "many" if len(recent) > usual else "few"
    heard = []
    for side, _ in found.sides():
        mine = [row for row in recent if row["side"] == side]
        kinds = {"firm"} if any(row["claim"] in FIRM for row in mine) else set()
        kinds |= {"admitted"} if any(row["interest"] == "own_failure" for row in mine) else set()
        heard.append({many} | kinds)
    return heard


def multipliers(rows: list[tuple[Found, list[set[str]]]], lead: int, without: str) -> dict[str, float]:
    """Losses that came over losses expected, where such news had been told, in all wars but one; drawn to 1."""
    sums: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for found, heard in rows:
        if found.case.id == without or found.truth.known < lead:
            continue
        for (_, mine), words in zip(found.sides(), heard, strict=True):
            for word in words:
                cell = sums[word][found.case.id]
                cell[0] += float((found.first[:, mine] <= lead).mean(axis=0).sum())
                cell[1] += float(found.truth.fell[lead][mine].sum())
    result = {}
    for word, wars in sums.items():
        said, came = (sum(cell[k] / (1 + cell[0] / HALF) for cell in wars.values()) for k in (0, 1))
        result[word] = (came + DRAWN) / (said + DRAWN)
    return result


def tilted(found: Found, heard: list[set[str]], times: dict[str, float], lead: int) -> NDArray[np.float64]:
    """Weights of the members (N) whose expected losses by side are those times as many; equal without news."""
    weight = np.full(len(found.first), 1 / len(found.first))
    wanted = []
    for (_, mine), words in zip(found.sides(), heard, strict=True):
        count = (found.first[:, mine] <= lead).sum(axis=1).astype(float)
        if words and count.max() > count.min():
            factor = np.prod([times.get(word, 1.0) for word in words])
            wanted.append((count, min(count.mean() * factor, 0.98 * mine.sum())))
    slope = np.zeros(len(wanted))
    for _ in range(30):
        for k, (count, aim) in enumerate(wanted):
            mean = weight @ count
            spread = weight @ (count - mean) ** 2
            if spread > 1e-9:
                slope[k] += np.clip((aim - mean) / spread, -0.3, 0.3)
            slope[k] = np.clip(slope[k], -STEEPEST, STEEPEST)
            log = sum(s * c for s, (c, _) in zip(slope, wanted, strict=True))
            weight = np.exp(log - np.max(log))
            weight /= weight.sum()
    return weight


def scores(found: Found, weight: NDArray[np.float64], lead: int) -> tuple[float, float]:
    """Brier score of the places and CRPS of their number."""
    gone, came = found.first <= lead, found.truth.fell[lead]
    number = gone.sum(axis=1)
    steps = np.arange(max(int(number.max()), int(np.ceil(came.sum()))) + 1)
    below = np.array([weight[number <= step].sum() for step in steps])
    return float(np.mean((weight @ gone - came) ** 2)), float(np.sum((below - (steps >= came.sum())) ** 2))


def main() -> None:
    """Print multipliers and gains."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--within", type=int, default=30, help="days for which news counts (30)")
    parser.add_argument("--uses", default="trouble_own,trouble_enemy,truce", help="kinds, split by commas")
    parser.add_argument("--reports", action="store_true", help="number and kind of reports in place of news")
    asked = parser.parse_args()
    news, uses = read_news(), set(asked.uses.split(","))
    rows = [
        (
            found,
            volume(found, asked.within)
            if asked.reports
            else told(found, news[found.case.id], asked.within, uses),
        )
        for found in hindcasts()
        if not asked.reports or len(found.case.reports) >= ENOUGH
    ]
    for lead in LEADS:
        times = multipliers(rows, lead, "")
        print(f"{lead} days: " + ", ".join(f"{word} x{found:.2f}" for word, found in sorted(times.items())))
        by_war: dict[str, list[tuple[float, ...]]] = defaultdict(list)
        fair = {name: multipliers(rows, lead, name) for name in {found.case.id for found, _ in rows}}
        for found, heard in rows:
            if found.truth.known >= lead:
                even = np.full(len(found.first), 1 / len(found.first))
                with_news = tilted(found, heard, fair[found.case.id], lead) if any(heard) else even
                by_war[found.case.id].append((*scores(found, even, lead), *scores(found, with_news, lead)))
        means = np.array([np.mean(found, axis=0) for found in by_war.values()])
        for k, what in enumerate(("Brier", "CRPS of the number")):
            gain, error = jackknife(means[:, [k, k + 2]])
            better, worse = (int((sign * (means[:, k] - means[:, k + 2]) > 1e-9).sum()) for sign in (1, -1))
            print(f"  {what:<20} gain {gain:+.4f} ± {error:.4f}; better in {better} wars, worse in {worse}")


def jackknife(pairs: NDArray[np.float64]) -> tuple[float, float]:
    """Share of the score (wars, [before, after]) that is gained, and its standard error over wars."""

    def gain(rows: NDArray[np.float64]) -> float:
        return float(1 - rows[:, 1].sum() / rows[:, 0].sum())

    without = np.array([gain(np.delete(pairs, k, axis=0)) for k in range(len(pairs))])
    error = np.sqrt((len(pairs) - 1) / len(pairs) * np.sum((without - without.mean()) ** 2))
    return gain(pairs), float(error)


if __name__ == "__main__":
    main()
