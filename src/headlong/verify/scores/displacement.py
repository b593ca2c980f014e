"""Arrivals beyond the border: what a forecast said, beside what was reported, on the log scale.

Reports of people crossing are few, and what nobody reported still happened. So only those ways out are scored
for which a report is dated within the window, and what was reported is a lower bound of what came: our
forecasts are expected above it. The reference says "as many as were reported in the window before".
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from headlong.board.state import STREAMS
from headlong.case import Case
from headlong.verify.scores.shapes import ArrivalScores

BEFORE = "as-before"

Way = tuple[str, str]
"""Refuge and stream."""


def reported_arrivals(case: Case, after: date, until: date) -> dict[Way, tuple[int, int]]:
    """People reported to have reached each refuge after one evening and up to another: lowest, highest."""
    found: dict[Way, list[int]] = defaultdict(lambda: [0, 0])
    for row in case.displacement:
        counted = row["count"] is not None and row["unit"] == "people" and row["kind"] in STREAMS
        if counted and row["to_place"] and after < row["date"] <= until:
            entry = found[row["to_place"], row["kind"]]
            entry[0] += row["count"]
            entry[1] += row["count"] if row["count_high"] is None else row["count_high"]
    return {way: (low, high) for way, (low, high) in found.items()}


def log_crps(draws: NDArray[np.float64], truth: float) -> float:
    """CRPS of log(1 + people): mean distance to the truth less half the mean distance between two draws.

    Parameters
    ----------
    draws : float array (N)
        People, in each member.
    truth : float
        People reported.
    """
    x = np.sort(np.log1p(np.asarray(draws, float)))
    n = x.size
    between = 2.0 * np.sum((2.0 * np.arange(1, n + 1) - n - 1.0) * x) / (n * n)
    return float(np.mean(np.abs(x - np.log1p(truth))) - 0.5 * between)


def arrival_rows(
    case: Case, crossings: list[str], day: int, lead: int, arrivals: NDArray[np.integer]
) -> list[ArrivalScores]:
    """What was said and what was reported, for each way out with a report in the window.

    Parameters
    ----------
    case : Case
        With its displacement table.
    crossings : list of str
        Ids of the places with crossings (C).
    day, lead : int
        Init as a day of the case, and days after it.
    arrivals : int array (N, C, 3)
        Crossed since init, by each member.
    """
    init = case.start + timedelta(days=day)
    span = timedelta(days=lead)
    leads_to = {(row["place"], row["to"]) for row in case.crossings}
    before = reported_arrivals(case, init - span, init)
    rows: list[ArrivalScores] = []
    for (refuge, stream), (low, high) in sorted(reported_arrivals(case, init, init + span).items()):
        ways = [k for k, place in enumerate(crossings) if (place, refuge) in leads_to]
        if not ways:
            continue
        draws = arrivals[:, ways, STREAMS.index(stream)].sum(axis=1)
        earlier = np.array([np.mean(before.get((refuge, stream), (0, 0)))])
        score = {
            name: 0.5 * (log_crps(said, low) + log_crps(said, high))
            for name, said in (("headlong", draws), (BEFORE, earlier))
        }
        rows.append(
            {
                "refuge": refuge,
                "stream": stream,
                "lead": lead,
                "reported": [low, high],
                "said": [float(q) for q in np.quantile(draws, (0.05, 0.5, 0.95))],
                "log_crps": score,
            }
        )
    return rows
