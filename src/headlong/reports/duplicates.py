"""Copies: how much of a report counts when others have said the same.

A report that repeats an earlier one on the same place, within days, from the same origin or in nearly the
same words, is a copy and does not count at all. The k-th claim of the same content by the same class of
source, though of another origin, counts 1/k: a ministry that denies the same thing in three papers is
not three witnesses. A confirmed report is no copy of an unconfirmed one.

That a warring side took a place is one claim however often it says so, until another has taken the place or it has
left: no week makes it news. Where `origin` tells its speakers apart the rule above holds.

What a side says for itself of a place is one stance, in whatever words: that it holds the town, has beaten off an
attack, and denies its loss. The k-th such claim within days by the same class counts 1/k too, until another source
says that the place has changed hands: that opens the question anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any

from rapidfuzz.fuzz import token_set_ratio

from headlong.case.rows import Row
from headlong.reports.confirmed import published

__all__ = ["CLOSE", "asserts", "counting_shares", "says_otherwise"]

CLOSE = timedelta(days=7)
"""Claims of the same content farther apart than this are independent (judgement)."""

ALIKE = 92.0
"""Likeness of words (0..100) from which two reports are one text (judgement)."""

LEAST_WORDS = 6
"""Shorter texts are alike by chance."""


CHANGES = frozenset({"fell", "handed_over", "withdrew"})
"""Claims that a place has changed hands, or is about to."""

STANCES = {
    ("held", "asserted"): True, ("relieved", "asserted"): True, ("entered", "asserted"): True,
    ("withdrew", "denied"): True, ("repulsed", "asserted"): False, ("fell", "denied"): False,
    ("handed_over", "denied"): False, ("entered", "denied"): False, ("held", "denied"): False,
}  # fmt: skip
"""Whether a claim in its speaker's interest says that the place is its side's, or that it is not."""


def stance(row: Row) -> tuple[bool, str] | None:
    """Return whether an interested claim is for or against its side, and the side; None where it is neither."""
    mine = STANCES.get((row["claim"], row["polarity"]))
    if mine is None or row["interest"] != "own_success" or not row["place"] or not row["side"]:
        return None
    return mine, row["side"]


def agree(one: tuple[bool, str], other: tuple[bool, str]) -> bool:
    """Whether two stances may be those of one speaker: both for one side, or one against another's side."""
    if one[0] == other[0]:
        return one[1] == other[1] or not one[0]
    return one[1] != other[1]


def says_otherwise(row: Row, other: Row) -> bool:
    """Say whether `other` claims that the place of `row` has gone to another than the stance of `row` has it."""
    ours = stance(row)
    if ours is None or other["claim"] not in CHANGES or other["polarity"] == "denied":
        return False
    same_place = other["place"] == row["place"] and bool(other["side"])
    return same_place and not agree(ours, (other["claim"] != "withdrew", other["side"]))


def content(row: Row) -> tuple[Any, ...]:
    """Return what is claimed of which place and side, by which class of source, confirmed or not."""
    firm = row["verification"] == "confirmed"
    names = ("place", "claim", "side", "leader", "polarity", "source_class")
    return (*(row[name] for name in names), firm)


@lru_cache(maxsize=20_000)
def bare_words(text: str | None) -> str:
    """Return words without marks, in lower case."""
    return " ".join(re.findall(r"\w+", (text or "").lower()))


def boasts_again(row: Row, other: Row, spoken: Iterable[Row]) -> bool:
    """Say whether a warring side says once more that it took a place, which nobody has taken from it since.

    Parameters
    ----------
    row, other
        The report, and an earlier one of the same content.
    spoken
        Earlier reports on the place.
    """
    if row["claim"] not in CHANGES or not asserts(row) or row["origin"]:
        return False
    if any(r["source_class"] != "belligerent" or r["interest"] != "own_success" for r in (row, other)):
        return False
    return not any(published(r) >= published(other) and undoes(r, row) for r in spoken)


def undoes(other: Row, row: Row) -> bool:
    """Say whether a report tells of a change of hands after which what `row` tells would be a new one."""
    if other["claim"] not in CHANGES or not asserts(other):
        return False
    same, left = other["side"] == row["side"], other["claim"] == "withdrew"
    return same and not left if row["claim"] == "withdrew" else same == left


def asserts(row: Row) -> bool:
    """Whether a report asserts what it claims."""
    return row["polarity"] != "denied"


def one_text(row: Row, other: Row) -> bool:
    """Say whether two reports are one: the same origin, or nearly the same words."""
    ours, theirs = bare_words(row["origin"]), bare_words(other["origin"])
    if ours and ours == theirs:
        return True
    one, two = bare_words(row["words"]), bare_words(other["words"])
    if one == two:
        return len(one.split()) >= LEAST_WORDS
    long_enough = min(len(one.split()), len(two.split())) >= LEAST_WORDS
    return long_enough and token_set_ratio(one, two) >= ALIKE


def counting_shares(rows: Sequence[Row]) -> list[float]:
    """Return how much of each report counts; `rows` stand in the order of publication."""
    heads: dict[tuple[Any, ...], list[Row]] = {}
    at: dict[Any, list[Row]] = {}
    counted = []
    for row in rows:
        earlier, spoken = heads.setdefault(content(row), []), at.setdefault(row["place"], [])
        near = [r for r in earlier if published(row) - published(r) <= CLOSE]
        again = next((r for r in near if boasts_again(row, r, spoken)), None)
        if again is not None:
            earlier[earlier.index(again)] = (
                row  # said again and again it does not turn into news after a week
            )
        if again is not None or any(one_text(row, r) for r in near):
            counted.append(0.0)
            continue
        counted.append(1.0 / (1 + max(len(near), repeated(row, spoken))))
        earlier.append(row)
        spoken.append(row)
    return counted


def repeated(row: Row, earlier: Sequence[Row]) -> int:
    """Return how many `earlier` claims about the place within days take the same stance, unquestioned since."""
    ours, count = stance(row), 0
    if ours is None or row["verification"] == "confirmed":
        return 0
    for other in reversed(earlier):
        if published(row) - published(other) > CLOSE or says_otherwise(row, other):
            break
        theirs = stance(other)
        if theirs and other["source_class"] == row["source_class"] and agree(ours, theirs):
            count += other["verification"] != "confirmed"
    return count
