"""What officials and forecasters said at the time of a capital, as distributions.

Only statements that name a time count. "Within 90 days" is read as a median of 90 days with a constant
hazard; a chance by a date as a constant hazard that gives it. That reading is ours, and the same for all
(`statements.csv`, each row with its source).
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.case import Case
from headlong.verify.scores.scorecard import OURS
from headlong.verify.scores.scores import brier
from headlong.verify.scores.shapes import Card, StatementScores


class Statement(NamedTuple):
    """One statement about one place."""

    case: str
    said_on: date
    by: str
    place: str
    what: str
    half_life: float  # median time to the change of hands [days]
    by_date: date | None  # the day a chance was given for
    source: str
    confidence: str


def days_of(case: Case) -> list[int]:
    """Days of a case on which something was said about its capital."""
    last = (case.end - case.start).days
    days = {(s.said_on - case.start).days for s in statements(case.id)}
    return sorted(d for d in days if 0 <= d < last)


def beside(case: Case, cards: Sequence[Card], leads: Sequence[int]) -> list[StatementScores]:
    """What was said, beside our own forecast of the same evening.

    Parameters
    ----------
    case : Case
        With its history.
    cards : sequence of Card
        Score cards of the case.
    leads : sequence of int
        Days ahead.
    """
    by_day = {c["day"]: c["capital"] for c in cards if c["case"] == case.id and c["capital"]}
    found: list[StatementScores] = []
    for s in statements(case.id):
        capital = by_day.get((s.said_on - case.start).days)
        if capital is None or capital["place"] != s.place:
            continue
        ours = np.array(capital["by_day"])
        theirs = changed_by_day(s, ours.size - 1)
        entry: StatementScores = {
            "case": s.case,
            "by": s.by,
            "place": s.place,
            "what": s.what,
            "half_life": s.half_life,
            "source": s.source,
            "confidence": s.confidence,
            "init": str(s.said_on),
            "fell": capital["fell"],
            "p": {d: float(theirs[d]) for d in leads},
            "ours": {d: float(ours[d]) for d in leads},
            "by_day": [round(float(x), 4) for x in theirs],
            "ours_by_day": capital["by_day"],
            "fell_day": capital["fell_by_day"],
        }
        if capital["date_crps"]:
            fell = np.array(capital["fell_by_day"])
            entry["date_crps"] = float(np.sum(brier(theirs[1:], fell[1:])))
            entry["ours_date_crps"] = capital["date_crps"][OURS]
        found.append(entry)
    return found


def statements(case_id: str) -> list[Statement]:
    """Statements about a case, in order of date."""
    text = (files("headlong.verify.scores") / "statements.csv").read_text("utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["case"] == case_id]
    return sorted((_read(row) for row in rows), key=lambda s: s.said_on)


def _read(row: dict[str, str]) -> Statement:
    said_on = date.fromisoformat(row["said_on"])
    if row["median_days"]:
        half = float(row["median_days"])
    else:
        days = (date.fromisoformat(row["p_by"]) - said_on).days
        half = days * np.log(2.0) / -np.log1p(-float(row["p"]))
    return Statement(
        row["case"],
        said_on,
        row["by"],
        row["place"],
        row["what"],
        float(half),
        date.fromisoformat(row["p_by"]) if row["p_by"] else None,
        row["source"],
        row["confidence"],
    )


def changed_by_day(statement: Statement, horizon: int) -> NDArray[np.float64]:
    """Chance that the place has changed hands by each day after the statement (H + 1)."""
    return 1.0 - 0.5 ** (np.arange(horizon + 1.0) / statement.half_life)
