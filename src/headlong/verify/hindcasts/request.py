"""What a verification asks of every case: leads, members, and the as-of dates that a rule fixes.

As-of dates are every 7th day after the case's start, and the case's own init. The two sets are kept apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from headlong.case import Case
from headlong.errors import BadRequest
from headlong.forecast.settings import USUAL, Settings
from headlong.inference.bank import Bank
from headlong.verify.scores.expert_statements import days_of

LEADS = (3, 7, 14, 30)
EVERY = 7
"""Days between two as-of dates of the fixed calendar."""


class VerifyRequest(NamedTuple):
    """What is asked of every case."""

    leads: tuple[int, ...]
    members: int
    seed: int
    threads: int | None
    folder: Path | None
    ablate: bool = False
    settings: Settings = USUAL
    bank: Bank | None = None

    @property
    def horizon(self) -> int:
        """Longest lead."""
        return max(self.leads)


def weekly(case: Case) -> list[int]:
    """Days of the fixed calendar: every 7th day after the start, the last one before the end."""
    return list(range(EVERY, (case.end - case.start).days, EVERY))


def dates_of(case: Case, chosen: Sequence[date] | None) -> dict[str, list[int]]:
    """Sets of as-of dates, as days of the case: `weekly`, `own` and those of `statements`, or `chosen`."""
    last = (case.end - case.start).days
    if chosen is None:
        own = (case.init - case.start).days
        return {
            "weekly": weekly(case),
            "own": [own] if 0 < own < last else [],
            "statements": days_of(case),
        }
    days = [(d - case.start).days for d in chosen]
    if not any(0 <= d < last for d in days):
        raise BadRequest(
            f"none of the dates is within {case.id}: {case.start} to {case.end - timedelta(days=1)}."
        )
    return {"chosen": sorted({d for d in days if 0 <= d < last})}


def all_days(sets: dict[str, list[int]]) -> list[int]:
    """All as-of dates, in order."""
    return sorted({day for days in sets.values() for day in days})
