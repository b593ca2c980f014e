"""What is said of besieged towns in a twin: early claims, denials of what is so, admissions, and long quarrels.

    python validation/twin_sieges.py [--members 1200]

prints what is made of one such town, step by step: the attacker says on the 26th that he has taken it, the army denies
it, says that it holds the town, and on the 28th that it has withdrawn (`STORY`; tests/forecast/test_siege.py has the
bounds). Least and largest chance of two starts of the case and two seeds.

In a twin, a town is besieged while a place of its enemy is within `RING` of it. None of this follows the law by which
the filter weighs reports, so it tests whether that law bears what wars are like:

- the besieger says that he has taken the town before he has (`EARLY` a day), and nearly always when he has;
- who lost it denies that in half of all cases, and again the next days, or admits it one to three days later;
- on quiet days both sides speak of attacks beaten off and of men inside the town; an agency tells of the siege;
- a loss that was none is admitted once in `SLIP` days of a place.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headlong.case import Case
from headlong.case.rows import Row, Side
from headlong.forecast.nowcast import nowcast_summary as nowcast
from headlong.text import SURE

RING = 90.0
"""Road distance within which a town is besieged [km]."""

EARLY, SAYS, DENIES, AGAIN, ADMITS, QUIET, TOLD, SLIP = 0.04, 0.8, 0.5, 0.4, 0.5, 0.06, 0.03, 1 / 2000
"""Chances: an early claim, a true one, a denial, one more, an admission, talk, word of the siege, a slip."""

NAMES = ("gov", "rebels")

Say = Callable[..., None]
"""Called with (day, place, claim, side, (class, group), days late)."""


def besieged(km: NDArray[np.float64], holder: NDArray[np.int64], i: int) -> bool:
    """Whether an enemy of the holder of place `i` is near."""
    return bool((km[i][holder != holder[i]] <= RING).any())


def quarrel(rng: np.random.Generator, km: NDArray[np.float64], holder: NDArray[np.int64], say: Say) -> None:
    """Speak of every town, day by day; `holder` is (T + 1, P)."""
    for day in range(1, len(holder)):
        for i in range(holder.shape[1]):
            has, had = int(holder[day, i]), int(holder[day - 1, i])
            if has != had:
                loss(rng, day, i, had, len(holder) - 1, say)
            elif besieged(km, holder[day - 1], i):
                siege(rng, day, i, has, say)
            elif rng.random() < SLIP:
                say(day, i, "withdrew", has, ("belligerent", "admitted"))


def loss(rng: np.random.Generator, day: int, i: int, loser: int, last: int, say: Say) -> None:
    """Speak of a true loss."""
    if rng.random() < SAYS:
        say(day, i, "fell", 1 - loser, ("belligerent", "interested"))
    if rng.random() < DENIES:
        say(day, i, "fell", 1 - loser, ("official", "denial"))
        if day < last and rng.random() < AGAIN:
            say(day + 1, i, "held", loser, ("official", "interested"))
    if rng.random() < ADMITS:
        say(min(last, day + int(rng.integers(4))), i, "withdrew", loser, ("belligerent", "admitted"))


def siege(rng: np.random.Generator, day: int, i: int, has: int, say: Say) -> None:
    """Speak of a town that holds out."""
    if rng.random() < EARLY:
        say(day, i, "fell", 1 - has, ("belligerent", "interested"))
        if rng.random() < DENIES:
            say(day, i, "fell", 1 - has, ("official", "denial"))
    if rng.random() < QUIET:
        say(day, i, "entered", 1 - has, ("belligerent", "interested"))
    if rng.random() < QUIET:
        say(day, i, "repulsed", 1 - has, ("official", "interested"))
    if rng.random() < TOLD:
        say(day, i, "besieged", 1 - has, ("agency", "plain"))


STARTS, SEEDS = (date(2025, 9, 15), date(2025, 9, 1)), (1, 2)

TOWNS = (
    ("el-fasher", "provincial_capital", 13.63, 25.35, "army"), ("nyala", "provincial_capital", 12.05, 24.88, "rsf"),
    ("el-geneina", "provincial_capital", 13.45, 22.45, "rsf"), ("zalingei", "provincial_capital", 12.91, 23.47, "rsf"),
    ("kutum", "town", 14.2, 24.66, "rsf"), ("mellit", "town", 14.13, 25.55, "rsf"),
    ("el-obeid", "provincial_capital", 13.18, 30.22, "army"), ("bara", "town", 13.7, 30.37, "army"),
    ("khartoum", "capital", 15.5, 32.56, "army"), ("port-sudan", "port", 19.6, 37.2, "army"),
)  # fmt: skip


def town_row(name: str, kind: str, lat: float, lon: float, holder: str) -> Row:
    """One place of the made-up country."""
    row = {"id": name, "name": name.title(), "alt_names": (), "kind": kind, "region": None, "country": None, "lat": lat,
           "lon": lon, "population": None, "held_by": holder, "airfield": None, "holdout": None, "note": None,
           "source": "made up", "confidence": "low"}  # fmt: skip
    return Row(row, 1)


def says(name: str, day: int, claim: str, side: str, interest: str, **other: Any) -> Row:
    """One report on the besieged town, of a day of October."""
    when = date(2025, 10, day)
    row = {"id": name, "published_at": when, "event_date": when, "place": "el-fasher", "claim": claim, "side": side,
           "leader": None, "count": None, "polarity": "asserted", "source_class": "belligerent",
           "verification": "attributed", "interest": interest, "origin": name, "outlet": None, "url": None,
           "words": None, "note": None, "source": "made up", "confidence": "low"}  # fmt: skip
    return Row({**row, **other}, 1)


WEEKS = [
    says(f"{word}-{day}", day, claim, side, "own_success")
    for day in (18, 21, 24)
    for word, claim, side in (("in", "entered", "rsf"), ("out", "repulsed", "rsf"), ("held", "held", "army"))
]
TAKEN = says("taken", 26, "fell", "rsf", "own_success")
DENIED = says("denied", 26, "fell", "rsf", "own_success", polarity="denied")
STILL = says("still", 27, "held", "army", "own_success")
GONE = says("gone", 28, "withdrew", "army", "own_failure")

STORY = {
    "nothing": [],
    "taken": [TAKEN],
    "taken, denied": [TAKEN, DENIED],
    'taken, denied, "we hold it"': [TAKEN, DENIED, STILL],
    'the same after weeks of "inside", "beaten off", "we hold it"': [*WEEKS, TAKEN, DENIED, STILL],
    "the admission alone": [GONE],
    "taken, denied, admitted": [TAKEN, DENIED, GONE],
    "all of it": [*WEEKS, TAKEN, DENIED, STILL, GONE],
}


def heard(
    rows: Sequence[Row], day: int, start: date = STARTS[0], **how: int
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The besieged town, its reports and the whole nowcast of a day of October."""
    sides = (
        Side("army", "Army", "incumbent", (), None, None),
        Side("rsf", "RSF", "insurgent", (), None, None),
    )
    places, end, init = tuple(town_row(*p) for p in TOWNS), date(2025, 12, 31), date(2025, 10, 28)
    case = Case("besieged-town", "A besieged town", start, end, init, sides, places, ())
    said = nowcast(replace(case, reports=tuple(rows)), init=date(2025, 10, day), **how)
    town = next(p for p in said["places"] if p["id"] == "el-fasher")
    return dict(town), {r["id"]: r for r in said["reports"]}, dict(said)


def listed(town: dict[str, Any]) -> str:
    """Which list of the nowcast a place stands in."""
    return "contested" if town["contested"] else "sure" if town["p"] >= SURE else "not sure"


def main() -> None:
    """Print what is made of the town, and what its reports weigh."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, default=1200, help="histories of each nowcast")
    members = parser.parse_args().members
    print(f"{'what is said':<62}{'attacker':>13}  in the list of; weights")
    for name, rows in STORY.items():
        found = [heard(rows, 28, start, seed=seed, members=members) for start in STARTS for seed in SEEDS]
        share = [town["held_by"].get("rsf", 0.0) for town, *_ in found]
        lists = ", ".join(sorted({listed(town) for town, *_ in found}))
        weights = {
            r: np.mean([reports[r]["weight"] for _, reports, _ in found])
            for r in ("taken", "denied", "gone")
            if any(row["id"] == r for row in rows)
        }
        told = ", ".join(f"{r} {weight:.2f}" for r, weight in weights.items())
        print(f"{name:<62}{min(share):>7.3f}-{max(share):.3f}  {lists}; {told}", flush=True)


if __name__ == "__main__":
    main()
