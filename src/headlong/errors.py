"""Errors that a user can mend.

HeadlongError
 ├── CaseError     a case folder does not say what it must: holds every finding, not only the first
 └── BadRequest    what was asked for does not exist or makes no sense: unknown case, bad date ...

The command line prints these and ends with exit code 2. Any other exception is a fault of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

__all__ = ["OUT_OF_REACH", "BadRequest", "CaseError", "Finding", "HeadlongError", "in_reach", "nearest"]

YEARS = (1000, 9899)
"""Years whose days can be given: so far from both ends of the calendar that nothing is reckoned past them."""

OUT_OF_REACH = f"not in a year from {YEARS[0]} to {YEARS[1]}"
"""What is said of other days."""


class HeadlongError(Exception):
    """Anything a user can mend; the message says where, what, and what to do."""


class BadRequest(HeadlongError):
    """What was asked for does not exist or makes no sense."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in a case folder.

    Parameters
    ----------
    file
        Name of the file inside the case folder.
    row
        Line number as an editor shows it (the header is line 1), or None for the whole file.
    column
        Column or key, or None.
    value
        The text found there, or None.
    problem
        What is wrong with it.
    remedy
        What to do about it.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = self.file if self.row is None else f"{self.file}:{self.row}"
        what = []
        if self.column is not None:
            what.append(f"column '{self.column}'" if self.file.endswith(".csv") else f"key '{self.column}'")
        if self.value is not None:
            what.append(f"value '{self.value}'")
        where = f"{place}: {', '.join(what)}" if what else place
        return f"{where}: {self.problem}. {self.remedy}".rstrip()


class CaseError(HeadlongError):
    """A case folder with findings; its text lists all of them, one per line.

    Parameters
    ----------
    findings
        All that was found.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return " Did you mean 'x'?" if a known word is near, otherwise nothing.

    Parameters
    ----------
    word
        What was written.
    known
        What could have been meant.
    """
    from difflib import get_close_matches  # slow to import, and needed only when something is wrong

    lower = {name.lower(): name for name in known}
    near = get_close_matches(word.lower(), lower, n=1, cutoff=0.6)
    return f" Did you mean '{lower[near[0]]}'?" if near else ""


def in_reach(day: date) -> bool:
    """Say whether a day is far enough from both ends of the calendar to be reckoned from.

    Parameters
    ----------
    day
        What was given.
    """
    return YEARS[0] <= day.year <= YEARS[1]


def within(name: str, value: Any, low: int, high: int) -> int:
    """Check a whole number given by the user."""
    try:
        whole = not isinstance(value, (bool, str)) and int(value) == value and low <= value <= high
    except (TypeError, ValueError, OverflowError):
        whole = False
    if not whole:
        raise BadRequest(f"{name} is {value}: not a whole number from {low} to {high:,}.")
    return int(value)
