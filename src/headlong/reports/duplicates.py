"""Copies: how much of a report counts when others have said the same.

A report that repeats an earlier one on the same place, within days, from the same origin or in nearly the
same words, is a copy and does not count at all. The k-th claim of the same content by the same class of
source, though of another origin, counts 1/k: a ministry that denies the same thing in three papers is
not three witnesses. A confirmed report is no copy of an unconfirmed one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from rapidfuzz.fuzz import token_set_ratio

from headlong.case.rows import Row
from headlong.reports.confirmed import published

__all__ = ["shares"]

CLOSE = timedelta(days=7)
"""Claims of the same content farther apart than this are independent (judgement)."""

ALIKE = 92.0
"""Likeness of words (0..100) from which two reports are one text (judgement)."""

LEAST_WORDS = 6
"""Shorter texts are alike by chance."""


def content(row: Row) -> tuple[Any, ...]:
    """Return what is claimed of which place and side, by which class of source, confirmed or not."""
    firm = row["verification"] == "confirmed"
    names = ("place", "claim", "side", "leader", "polarity", "source_class")
    return (*(row[name] for name in names), firm)


def plain(text: str | None) -> str:
    """Return words without marks, in lower case."""
    return " ".join(re.findall(r"\w+", (text or "").lower()))


def one_text(row: Row, other: Row) -> bool:
    """Say whether two reports are one: the same origin, or nearly the same words."""
    ours, theirs = plain(row["origin"]), plain(other["origin"])
    if ours and ours == theirs:
        return True
    one, two = plain(row["words"]), plain(other["words"])
    if one == two:
        return len(one.split()) >= LEAST_WORDS
    long_enough = min(len(one.split()), len(two.split())) >= LEAST_WORDS
    return long_enough and token_set_ratio(one, two) >= ALIKE


def shares(rows: Sequence[Row]) -> list[float]:
    """Return how much of each report counts; `rows` stand in the order of publication."""
    heads: dict[tuple[Any, ...], list[Row]] = {}
    counted = []
    for row in rows:
        earlier = heads.setdefault(content(row), [])
        near = [r for r in earlier if published(row) - published(r) <= CLOSE]
        if any(one_text(row, r) for r in near):
            counted.append(0.0)
        else:
            counted.append(1.0 / (1 + len(near)))
            earlier.append(row)
    return counted
