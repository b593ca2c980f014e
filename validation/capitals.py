"""How likely the fall of the capital looked, and whether it came: every bundled case that has one.

    python validation/capitals.py

Hindcasts with known control and parameters learned on the other wars: from the case's own init, and from
four days spread evenly over its period. Days after the fall are left out. Few capitals and few wars: directions,
not a track record.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta

from headlong.case import Case, day_counted, open_case
from headlong.case.sample import learning
from headlong.forecast.api import outlook
from headlong.text import percent

DAYS = 30


def fall_of(case: Case, place: str) -> date | None:
    """Day on which a side first lost a place for good or for a while, None if it held."""
    return min((day_counted(row) for row in case.history if row["place"] == place), default=None)


def dates(case: Case) -> list[date]:
    """The case's own init, and four days spread evenly over its period."""
    whole = (case.end - case.start).days
    return sorted({case.init, *(case.start + timedelta(days=whole * k // 5) for k in range(1, 5))})


def main() -> None:
    """Print the table, and the mean chance where the capital fell within 30 days and where it did not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="*", help="names of bundled cases; by default those that learn")
    parser.add_argument("--members", type=int, default=400)
    asked = parser.parse_args()
    print(f"{'case':<20}{'capital':<12}{'init':<12}{'7 days':>8}{'30 days':>9}  what came")
    chances: dict[bool, list[float]] = {True: [], False: []}
    for name in asked.cases or learning():
        case = open_case(name)
        for seat in (place for place in case.places if place["kind"] == "capital" and place["held_by"]):
            fell = fall_of(case, seat["id"])
            for init in (day for day in dates(case) if fell is None or day < fell):
                summary = outlook(case, init, days=DAYS, members=asked.members, control="history")
                p = next(found for found in summary["capital"] if found["id"] == seat["id"])["p_change"]
                days = None if fell is None else (fell - init).days
                soon = days is not None and days <= DAYS
                chances[soon].append(p["30"])
                came = f"fell after {days} days" if days is not None else "did not fall"
                print(
                    f"{name:<20}{seat['name']:<12}{init!s:<12}{percent(p['7']):>8}{percent(p['30']):>9}  {came}"
                )
    for soon, found in ((soon, found) for soon, found in chances.items() if found):
        what = "fell within" if soon else "did not fall within"
        print(f"{what} {DAYS} days: {len(found)} forecasts, mean chance {percent(sum(found) / len(found))}")


if __name__ == "__main__":
    main()
