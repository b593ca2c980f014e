"""Statements of the time about capitals, each on its own question and window, beside ours.

python validation/statements.py [--members 400] [--weeks]

"Within 90 days" is read as an even chance by then, a chance by a date as that chance. Ours is of the same evening and
the same days, from parameters learned without that war: once with control up to then known, once from reports alone
where there are any. With --weeks: Kabul before 1 September 2021, from every week of that summer.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta

import numpy as np

KABUL_BY = date(2021, 8, 31)


def chance(name: str, init: date, days: int, place: str, control: str, members: int) -> float:
    """Our chance that a place changes hands within so many days."""
    import headlong as hl
    from headlong.inference.bank import bank_for

    found = hl.forecast(name, init=init, days=days, members=members, control=control, bank=bank_for(name))
    held = np.asarray(found["control"].sel(place=place))
    first = held[:, :1]
    if control == "history":
        return float((held != first).any(axis=1).mean())
    from headlong.case import open_case

    case = open_case(name)
    holder = next(p["held_by"] for p in case.places if p["id"] == place)
    side = [str(s) for s in found["side"].values].index(holder)
    return float((held[:, 1:] != side).any(axis=1).mean())


def fell_on(name: str, place: str, after: date) -> date | None:
    """Day on which a place changed hands, after a day."""
    from headlong.case import open_case
    from headlong.case.case import day_counted

    days = [
        day_counted(row)
        for row in open_case(name).history
        if row["place"] == place and day_counted(row) > after
    ]
    return min(days, default=None)


def main() -> None:
    """Print a row for each statement."""
    from headlong.case import open_case
    from headlong.case.gallery import gallery
    from headlong.verify.scores.expert_statements import statements

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, default=400)
    parser.add_argument("--weeks", action="store_true")
    asked = parser.parse_args()
    print(
        "said on     who, of what, by when                                     theirs  known  reports  came"
    )
    score: dict[str, list[float]] = {"theirs": [], "known": [], "reports": []}
    for name in gallery():
        for s in statements(name):
            days = min(365, max(1, round(s.half_life if s.by_date is None else (s.by_date - s.said_on).days)))
            theirs = 1.0 - 0.5 ** (days / s.half_life)
            fell = fell_on(name, s.place, s.said_on)
            came = fell is not None and (fell - s.said_on).days <= days
            said = {"theirs": theirs}
            for word, control in (("known", "history"), ("reports", "reports")):
                if control == "history" or open_case(name).reports:
                    said[word] = chance(name, s.said_on, days, s.place, control, asked.members)
            for word, p in said.items():
                score[word].append((p - came) ** 2)
            what = f"{s.by}: {s.place} by {s.said_on + timedelta(days=days)}"
            cells = "".join(f"{said[w]:8.2f}" if w in said else f"{'-':>8s}" for w in score)
            print(f"{s.said_on}  {what:54s}{cells}   {'yes' if came else 'no'}", flush=True)
    print(
        "Brier score on their own questions: "
        + ", ".join(f"{w} {np.mean(x):.3f} ({len(x)})" for w, x in score.items() if x)
    )
    if asked.weeks:
        print("Kabul before 1 September 2021, as of:            known  reports")
        for init in [date(2021, 7, 5) + timedelta(days=7 * k) for k in range(6)]:
            days = (KABUL_BY - init).days
            both = [
                chance("afghanistan-2021", init, days, "kabul", control, asked.members)
                for control in ("history", "reports")
            ]
            print(f"{init}" + " " * 34 + "".join(f"{p:9.2f}" for p in both), flush=True)


if __name__ == "__main__":
    main()
