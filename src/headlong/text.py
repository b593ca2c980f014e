"""Numbers as a reader meets them: never certain, never more exact than they are; and texts that act on nothing."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

__all__ = [
    "FEW_MEMBERS", "SURE", "as_json", "day", "exactness", "gap", "holder_in_words", "inert", "likely", "many", "people",
    "percent", "shares_in_words", "span", "spread",
]  # fmt: skip

FEW_MEMBERS = 10
"""From fewer members than this no interval can be told: too few of them lie outside of it (judgement)."""

SURE = 0.95
"""From this chance on, who holds a place counts as sure."""

LATER = "later"
UNKNOWN = "–"

ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
"""What a terminal obeys, or what turns the direction: C0 but for tab and newline, C1, marks of direction."""

# Words of estimative probability (US Intelligence Community Directive 203), by their upper bound.
SCALE = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)


def percent(share: float | None) -> str:
    """Write a probability or share as a percentage that is never 0 and never 100.

    Parameters
    ----------
    share
        A number in 0..1; None or not a number is written as a dash.
    """
    if share is None or math.isnan(share):
        return UNKNOWN
    if share < 0.01:
        return "<1 %"
    if share > 0.99:
        return ">99 %"
    return f"{100 * share:.0f} %"


def likely(share: float) -> str:
    """Put a probability in words, with its number: ``likely (63 %)``.

    Parameters
    ----------
    share
        A number in 0..1.
    """
    word = next((word for bound, word in SCALE if share <= bound), SCALE[-1][1])
    return f"{word} ({percent(share)})"


def people(count: float | None) -> str:
    """Write a number of people with two significant digits: 12,345 becomes ``12,000``.

    Parameters
    ----------
    count
        How many; None or not a number is written as a dash.
    """
    if count is None or math.isnan(count):
        return UNKNOWN
    whole = round(count)
    if abs(whole) < 100:
        return f"{whole}"
    return f"{int(float(f'{whole:.1e}')):,}"


def spread(middle: float | None, low: float | None, high: float | None, write: Callable[..., str]) -> str:
    """Write a number with its interval, ``3 (1–5)``; alone, where too few members give none.

    Parameters
    ----------
    middle, low, high
        The numbers.
    write
        How each is written.
    """
    return write(middle) if low is None or high is None else f"{write(middle)} ({write(low)}–{write(high)})"


def exactness(members: int) -> str:
    """Say how far a chance may be off because members are so few.

    Parameters
    ----------
    members
        How many there are.
    """
    error = max(1, round(100 * 1.645 * math.sqrt(0.25 / members)))
    return f"With {many(members, 'member')} a chance is exact to {many(error, 'point')} or so."


def gap(difference: float | None, unit: str = "") -> str:
    """Write a difference with its sign: ``+3``, ``−12 points``, ``0``.

    Parameters
    ----------
    difference
        The number, already in the unit's scale.
    unit
        Written after the number.
    """
    if difference is None or math.isnan(difference):
        return UNKNOWN
    size = abs(difference)
    text = f"{size:.1f}" if size < 10 else f"{size:,.0f}"
    text = text.removesuffix(".0")
    sign = "" if text == "0" else ("+" if difference > 0 else "−")
    return f"{sign}{text}{unit}"


def day(iso: str | None, year: bool = False) -> str:
    """Write a date as ``15 Aug``; a date beyond the forecast's end (None) as ``later``.

    Parameters
    ----------
    iso
        The date as ``2021-08-15``, or None.
    year
        Whether to add the year.
    """
    if iso is None:
        return LATER
    when = date.fromisoformat(iso[:10])
    return f"{when.day} {when:%b %Y}" if year else f"{when.day} {when:%b}"


def span(interval: Iterable[str | None] | None) -> str:
    """Write an interval of dates as ``14–19 Aug``, ``28 Aug – 3 Sep`` or ``14 Aug – later``.

    Parameters
    ----------
    interval
        First and last date; None is beyond the end of the forecast. A dash stands where there is no interval.
    """
    if interval is None:
        return UNKNOWN
    first, last = interval
    if first is None or first == last:
        return day(first)
    if last is not None and first[:7] == last[:7]:
        return f"{date.fromisoformat(first[:10]).day}–{day(last)}"
    return f"{day(first)} – {day(last)}"


def holder_in_words(name: str, share: float) -> str:
    """Write who holds a place, and how likely that is where it is not sure: ``the army (77 %)``.

    Parameters
    ----------
    name
        Who most likely holds it.
    share
        How likely, from 0 to 1.
    """
    return name if share >= SURE else f"{name} ({percent(share)})"


def shares_in_words(shares: dict[str, float], least: float = 0.005) -> str:
    """Write named shares, largest first: ``handed over 41 %, overrun 30 %``.

    Parameters
    ----------
    shares
        Share by name.
    least
        Shares below this are left out.
    """
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    shown = [f"{name.replace('_', ' ')} {percent(share)}" for name, share in ranked if share >= least]
    return ", ".join(shown) or UNKNOWN


def many(count: int, what: str) -> str:
    """Write a number with its noun: ``1 day``, ``1,000 members``.

    Parameters
    ----------
    count
        How many.
    what
        The noun in the singular.
    """
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def inert(text: str) -> str:
    """Return a text of others with a sign in place of whatever a terminal would obey or that turns its direction.

    Parameters
    ----------
    text
        The text; lines and tabs stay.
    """
    return ACTING.sub("\N{REPLACEMENT CHARACTER}", text)


def as_json(what: Any) -> str:
    """Write JSON that may be printed: letters as they are, what a terminal would obey as escapes.

    Parameters
    ----------
    what
        Plain Python; numbers that are not finite are an error.
    """
    text = json.dumps(what, ensure_ascii=False, indent=1, allow_nan=False)
    return ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
