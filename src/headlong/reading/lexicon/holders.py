"""Who held each place on an evening, as far as it was known then: the start, and what reports had settled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from headlong.case import Case
from headlong.reports.confirmed import settled

__all__ = ["holders_on"]


@lru_cache(maxsize=256)
def holders_on(case: Case, day: date) -> Mapping[str, str]:
    """Return place -> side on the evening of a day.

    Reports published by then that settle who holds a place count; for a case without reports its history up to that
    day does, for nobody who reads the news of that day knew less.
    """
    holders = {place["id"]: place["held_by"] or "" for place in case.places}
    if case.reports:
        for change in settled(case.reports, case.start, day):
            holders[change.place] = change.holder
        return holders
    for row in sorted(case.history, key=lambda row: (row["latest"], row["earliest"])):
        if row["latest"] <= day:
            holders[row["place"]] = row["to_side"] or ""
    return holders
