"""Nowcasts of the last days of Kabul from what was published by then, and what false claims did to them.

    python validation/nowcasts.py [--ess | --claims [validate] | --seeds [CASE ...] [--first N] [--count N]]

Every evening from 7 to 15 August 2021, against what is now known (history.csv of the case), beside two ways to do
without a model: the last claim wins, and officials' claims only. Once with all reports, once without the rows that
were put into the table because later histories cite them, which are all true. Then each claim that was later judged
false or premature: its weight, and the chance of its side without it and with it, when it came out and at the end.
With --ess, the effective number of histories after each day with reports, in all bundled cases. With --claims, how far
claims of each class and interest are believed before anything is known of the war and on the day they come out, beside
the share of them that history bears out; rows chosen because they are true, and confirmed ones, left out. With it the
scores of all places spoken of on those evenings. From the wars that are learned from, or from those that validate.
With --seeds, how far seeds differ at the own init of every case with reports by then, beside the standard error that
each nowcast gives: three seeds from 1 on, or --count of them from --first on.
Judgements: data/afghanistan_2021_claims.csv; no forecast reads them.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from headlong.case import Case, day_counted, gallery, open_case
from headlong.case.rows import Row
from headlong.case.sample import learning, roles
from headlong.forecast.nowcast import nowcast_summary as nowcast
from headlong.forecast.results.shapes.nowcast import NowcastSummary
from headlong.reports.confirmed import published
from headlong.reports.credibility import CLASSES, GROUPS, believed, prior
from headlong.reports.observation import Observation, observe

CASE = "afghanistan-2021"
DAYS = [date(2021, 8, 7) + timedelta(days=k) for k in range(9)]
JUDGED = Path(__file__).parent / "data" / "afghanistan_2021_claims.csv"
SELECTED = ("press-", "timeline-")
HOLDING, TAKING = ("held",), ("fell", "handed_over", "entered")


def truth(case: Case, day: date) -> dict[str, str | None]:
    """Who held each place on an evening, as is now known; places of which it is not known to the day are left out."""
    held = {p["id"]: p["held_by"] for p in case.places if p["kind"] != "refuge"}
    for row in sorted(case.history, key=day_counted):
        if day_counted(row) <= day:
            held[row["place"]] = row["to_side"]
    open_days = {r["place"] for r in case.history if not r["date"] and r["earliest"] <= day < r["latest"]}
    return {place: side for place, side in held.items() if place not in open_days}


def without_selected(case: Case) -> Case:
    """The case without the rows that stand in its table because they proved true."""
    return replace(case, reports=tuple(r for r in case.reports if not r["id"].startswith(SELECTED)))


def last_claim(case: Case, day: date, classes: tuple[str, ...] = ()) -> dict[str, str | None]:
    """Who holds each place if the latest claim about it wins; a denial keeps what was before."""
    held = {p["id"]: p["held_by"] for p in case.places if p["kind"] != "refuge"}
    rows = [r for r in case.known_by(day).reports if r["place"] in held and r["side"]]
    rows = [r for r in rows if not classes or r["source_class"] in classes]
    rows.sort(key=lambda r: (published(r), str(r["published_at"]), r["id"]))
    before: dict[str, str | None] = dict(held)
    for row in rows:
        place = row["place"]
        if row["claim"] in HOLDING + TAKING and row["polarity"] != "denied":
            before[place], held[place] = held[place], row["side"]
        elif row["claim"] in TAKING and held[place] == row["side"]:
            held[place] = before[place]
    return held


def brier(said: dict[str, dict[str, float]], so: dict[str, str | None]) -> float:
    """Mean over places of the squared error of the chance of each holder, halved."""
    total = 0.0
    for place, holder in so.items():
        shares = said[place]
        total += 0.5 * sum(
            (shares.get(s, 0.0) - (s == (holder or "none"))) ** 2 for s in {*shares, holder or "none"}
        )
    return total / len(so)


def certain(held: dict[str, str | None]) -> dict[str, dict[str, float]]:
    """A claim of certainty."""
    return {place: {side or "none": 1.0} for place, side in held.items()}


def days_table(case: Case, what: str) -> dict[date, dict[str, Any]]:
    """Print Brier scores day by day; return the nowcasts."""
    found, rows = {}, []
    print(f"Brier score over the 69 places, {what}")
    print(f"{'evening':<12}{'nowcast':>9}{'last claim':>12}{'officials':>11}{'effective':>11}")
    for day in DAYS:
        found[day] = nowcast(case, init=day)
        so = truth(case, day)
        said = {p["id"]: p["held_by"] for p in found[day]["places"]}
        scores = [brier(said, so), brier(certain(last_claim(case, day)), so)]
        scores.append(brier(certain(last_claim(case, day, ("official",))), so))
        rows.append(scores)
        ess = found[day]["particles"]["effective"]
        print(f"{day!s:<12}{scores[0]:>9.4f}{scores[1]:>12.4f}{scores[2]:>11.4f}{ess:>11.0f}", flush=True)
    print(
        f"{'mean':<12}"
        + "".join(f"{x:>{w}.4f}" for x, w in zip(np.mean(rows, axis=0), (9, 12, 11), strict=True)),
        "\n",
    )
    return found


def claims_table(case: Case, found: dict[date, dict[str, Any]]) -> None:
    """Print what claims later judged false or premature were worth, and what they did."""
    with JUDGED.open(encoding="utf-8") as file:
        judged = {row["report"]: row["judged"] for row in csv.DictReader(file)}
    by_id = {r["id"]: r for r in case.reports}
    print(f"{'claim':<52}{'judged':<11}{'weight':>7}{'without':>9}{'with':>7}{'at the end':>12}")
    for name, word in judged.items():
        row = by_id[name]
        day = published(row)
        if day not in found:
            found[day] = nowcast(case, init=day)
        first, last = (entry(found[d], name) for d in (day, DAYS[-1]))
        denied = "denied: " if row["polarity"] == "denied" else ""
        text = f"{day:%d %b} {row['place']}: {denied}{row['side']} {row['claim']} ({row['source_class']})"
        print(
            f"{text:<52}{word:<11}{first['weight']:>7.2f}{first['before']:>9.2f}{first['after']:>7.2f}"
            f"{last['weight']:>12.2f}",
            flush=True,
        )


def entry(said: dict[str, Any], name: str) -> dict[str, Any]:
    """One report of a nowcast."""
    return next(r for r in said["reports"] if r["id"] == name)


def ess_table() -> None:
    """Print the effective number of histories after each day with reports, for every case to its end."""
    print(f"{'case':<20}{'reports':>8}{'days':>6}{'least':>7}{'quarter':>9}{'median':>8}{'end':>6}")
    for name in learning():
        case = open_case(name)
        if not case.reports:
            continue
        said = nowcast(case, init=case.end)
        ess = [d["effective"] for d in said["particles"]["by_day"]]
        low, quarter, middle = np.quantile(ess, (0.0, 0.25, 0.5))
        end = said["particles"]["effective"]
        print(
            f"{name:<20}{len(said['reports']):>8}{len(ess):>6}{low:>7.0f}{quarter:>9.0f}{middle:>8.0f}{end:>6.0f}",
            flush=True,
        )


def seeds_table(names: list[str], seeds: Sequence[int]) -> None:
    """Print how far seeds differ at each case's own init: the place on which they differ most, and the error given."""
    print(
        f"{'case':<20}{'reports':>8}{'histories':>11}{'most':>7}{'places > .05':>14}{'within 2 errors':>17}"
    )
    for name in names or gallery():
        case = open_case(name)
        heard = sum(case.start <= published(r) <= case.init for r in case.reports)
        if not heard:
            continue
        said = [nowcast(case, seed=seed) for seed in seeds]
        apart, error = differences(said)
        clear = np.maximum(apart, error) > 0.01
        inside = f"{np.mean(apart[clear] <= 2.0 * error[clear]):.2f}" if clear.any() else "-"
        count, wide = said[0]["particles"]["number"], int((apart.max(axis=0) > 0.05).sum())
        print(f"{name:<20}{heard:>8}{count:>11}{apart.max():>7.2f}{wide:>14}{inside:>17}", flush=True)


def differences(said: list[dict[str, Any]]) -> tuple[np.ndarray, np.ndarray]:
    """Between every two nowcasts, by place: largest difference of a chance, and the larger error of the two."""
    places = [{p["id"]: p for p in one["places"]} for one in said]
    apart, error = [], []
    for one, other in combinations(places, 2):
        rows = [(one[i], other[i]) for i in one]
        apart.append([
            max(abs(a["held_by"].get(s, 0.0) - b["held_by"].get(s, 0.0)) for s in {**a["held_by"], **b["held_by"]})
            for a, b in rows
        ])  # fmt: skip
        error.append([max(a["error"], b["error"]) for a, b in rows])
    return np.array(apart), np.array(error)


SPEAK = ("fell", "handed_over", "held", "withdrew")
"""Claims that history can judge."""

SLACK = (-1, 0, 1, 2)
"""Days around the claimed one on which it may have been so."""

EVENINGS = 10
"""At most so many evenings of a case."""

LEAST = 0.001
"""Chances below count as this in a log score."""


def borne_out(case: Case, row: Row, event: date) -> bool:
    """Whether history has it so within days of what is claimed; of a denial, by the next evening."""
    if row["polarity"] == "denied":
        return truth(case, event + timedelta(days=1)).get(row["place"]) != row["side"]
    found = {truth(case, event + timedelta(days=k)).get(row["place"], row["side"]) for k in SLACK}
    return bool(found - {row["side"]}) if row["claim"] == "withdrew" else row["side"] in found


def evenings_of(case: Case) -> Iterator[tuple[date, list[Observation], NowcastSummary]]:
    """Some evenings on which claims came out that history can judge, with these and the nowcast."""
    heard = observe(case.reports, case.start, case.end or date.max)
    told = [o for o in heard if o.counted > 0.0 and not o.confirmed and o.row["claim"] in SPEAK]
    told = [o for o in told if o.row["place"] and o.row["side"]]
    days = sorted({o.published for o in told if o.published > case.start})
    for k in sorted(set(np.linspace(0, len(days) - 1, min(len(days), EVENINGS)).round().astype(int))):
        ours = [o for o in told if o.published == days[k]]
        yield days[k], ours, nowcast(case, init=days[k], members=250)


def claims_of(
    case: Case, ours: list[Observation], said: NowcastSummary
) -> Iterator[tuple[str, str, float, float, bool]]:
    """Class, group, belief before the war and on the day, and whether it was so, of one evening's claims."""
    weights = {r["id"]: r["weight"] for r in said["reports"]}
    for o in ours:
        name, group = CLASSES[o.cell // len(GROUPS)], GROUPS[o.cell % len(GROUPS)]
        right, wrong = prior(name, group)
        before = believed(right / (right + wrong), o.shift)
        yield name, group, before, weights[o.row["id"]], borne_out(case, o.row, o.event)


def scores_of(case: Case, day: date, said: NowcastSummary) -> Iterator[tuple[float, float]]:
    """Brier score and log score of each place of which a report has spoken by then, as history has it."""
    spoken = {r["place"] for r in said["reports"] if r["side"]}
    places = {p["id"]: p["held_by"] for p in said["places"]}
    for place, holder in truth(case, day).items():
        if place in spoken:
            share = places[place].get(holder or "none", 0.0)
            yield brier(places, {place: holder}), -float(np.log(max(share, LEAST)))


def claims_table_by_interest(role: str) -> None:
    """Print how far claims are believed before and after, how many were so, and scores of the places spoken of."""
    rows, scores = [], []
    for name in (n for n, part in roles().items() if part == role):
        case = without_selected(open_case(name))
        for day, ours, said in evenings_of(case):
            rows += claims_of(case, ours, said)
            scores += scores_of(case, day, said)
    print(f"{'class':<14}{'interest':<12}{'claims':>7}{'before':>8}{'after':>7}{'so':>6}")
    keys = sorted({(group, name) for name, group, *_ in rows}) + [(g, "all") for g in GROUPS]
    for group, name in keys:
        ours = np.array([r[2:] for r in rows if r[1] == group and name in (r[0], "all")], float)
        if len(ours):
            before, after, so = ours.mean(axis=0)
            print(f"{name:<14}{group:<12}{len(ours):>7}{before:>8.2f}{after:>7.2f}{so:>6.2f}")
    points, log_score = np.mean(scores, axis=0)
    print(
        f"{len(scores)} places spoken of, evening by evening: Brier {points:.4f}, log score {log_score:.3f}"
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    wars = {"const": "learn", "choices": ("learn", "validate")}
    parser.add_argument("--claims", nargs="?", help="how far claims are believed", **wars)
    parser.add_argument("--ess", action="store_true", help="effective particles, case by case")
    parser.add_argument("--seeds", nargs="*", metavar="CASE", help="how far seeds differ")
    parser.add_argument("--first", type=int, default=1, metavar="N", help="the first of the seeds")
    parser.add_argument("--count", type=int, default=3, metavar="N", help="how many seeds, at least two")
    asked = parser.parse_args()
    if asked.count < 2:
        parser.error("--count: one seed has nothing to differ from")
    if asked.seeds is not None:
        seeds_table(asked.seeds, range(asked.first, asked.first + asked.count))
        return
    if asked.claims:
        claims_table_by_interest(asked.claims)
        return
    if asked.ess:
        ess_table()
        return
    case = open_case(CASE)
    found = days_table(case, "all reports")
    days_table(without_selected(case), "without the rows that were chosen because they are true")
    claims_table(case, found)


if __name__ == "__main__":
    main()
