"""How far the day of a change of hands can be trusted: the days on which it may have happened."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from casebuild.days import spans
from casebuild.draft import Draft, counted
from casebuild.folder import Row

EITHER_WAY = {"high": 1, "medium": 3, "low": 10}
"""Days before and after the day given, by the confidence of its row: a day that was seen in a source, one that
is recalled from standard works, one that was assumed within a push that is known."""

WITHIN_WEEK = 7  # either way, where the note of a low row says that the week is known
WITHIN_MONTH = 15  # where it says that the month is known
WIDEST = 10  # days: a longer range in a note tells of a battle, not of the day of the change
WEEK = re.compile(r"\bweek\b")
MONTH = re.compile(r"\bmonth\b")
OR = re.compile(r"(?<=\d) or (?=\d)")  # '7 or 8 February' is a range

Days = dict[str, date | None]


def one_day(day: date, row: Row) -> Days:
    """Return the days of a change that the facts date by one day: the likeliest, and those round it.

    A range of days in the note that holds the day ('27-28 June') is the interval; else it follows from the
    confidence of the row.
    """
    for span in spans(OR.sub("-", row["note"]), day, day):
        if span.exact and span.first <= day <= span.last and 0 < (span.last - span.first).days <= WIDEST:
            return {"earliest": span.first, "date": day, "latest": span.last}
    slack = EITHER_WAY[row["confidence"]]
    if row["confidence"] == "low":
        slack = WITHIN_MONTH if MONTH.search(row["note"]) else slack
        slack = WITHIN_WEEK if WEEK.search(row["note"]) else slack
    return {"earliest": day - timedelta(slack), "date": day, "latest": day + timedelta(slack)}


def two_days(day: date, other: date) -> Days:
    """Return the days of a change that sources date differently: from one to the other, none likelier."""
    return {"earliest": min(day, other), "date": None, "latest": max(day, other)}


def in_order(changes: list[dict[str, Any]], draft: Draft) -> list[dict[str, Any]]:
    """Return the changes of one place with intervals that keep their order and stay within the period."""
    kept = [dict(change) for change in changes]
    for before, after in pairwise(kept):
        middle = counted(before) + (counted(after) - counted(before)) // 2
        before["latest"] = min(before["latest"], middle)
        after["earliest"] = max(after["earliest"], min(middle + timedelta(1), counted(after)))
    for change in kept:
        change["earliest"] = max(change["earliest"], draft.start + timedelta(1))
        if counted(change) <= draft.end:
            change["latest"] = min(change["latest"], draft.end)
    return kept
