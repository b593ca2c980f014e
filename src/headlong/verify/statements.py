"""What officials and forecasters said at the time of a capital, as distributions.

Only statements that name a time count. "Within 90 days" is read as a median of 90 days with a constant
hazard; a chance by a date as a constant hazard that gives it. That reading is ours, and the same for all
(`statements.csv`, each row with its source).
"""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Statement(NamedTuple):
    """One statement about one place."""

    case: str
    said_on: date
    by: str
    place: str
    what: str
    half_life: float  # median time to the change of hands [days]
    source: str
    confidence: str


def statements(case_id: str) -> list[Statement]:
    """Statements about a case, in order of date."""
    text = (files("headlong.verify") / "statements.csv").read_text("utf-8")
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
        row["source"],
        row["confidence"],
    )


def chances(statement: Statement, horizon: int) -> NDArray[np.float64]:
    """Chance that the place has changed hands by each day after the statement (H + 1)."""
    return 1.0 - 0.5 ** (np.arange(horizon + 1.0) / statement.half_life)
