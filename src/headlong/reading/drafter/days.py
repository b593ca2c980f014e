"""The day that the words for a date come to: reckoned here, not believed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from headlong.reading.text.dates import CURRENT, find_dates

__all__ = ["ReckonedDay", "day_of"]

RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:\.\.|to|/|\u2013|\u2014)\s*(\d{4}-\d{2}-\d{2})")

SEVERAL = re.compile(
    r"(?<![\d-])\d{1,2}(?:st|nd|rd|th)?(?:,| and| or| to|,? and| ?[-\u2013]) ?(?:the )?\d{1,2}(?![\d-])"
)
"""Two days of one month, of which only the last has its name: ``on 12 and 13 September``."""


@dataclass(frozen=True)
class ReckonedDay:
    """A day, the span it may lie in, what was mended, and why there is none.

    Parameters
    ----------
    day : date or None
        The day of the event.
    first, last : date or None
        The span, if the words leave one.
    mended : str
        What the program reckons otherwise than the draft.
    wrong : str
        Why there is no day.
    """

    day: date | None
    first: date | None = None
    last: date | None = None
    mended: str = ""
    wrong: str = ""


def day_of(words: str, drafted: str, span: str, published: date) -> ReckonedDay:
    """Return the day of a row.

    Words that name one day by the calendar or by the day of publication ("on Saturday", "13 August", "yesterday") are
    reckoned here; words that hang on another sentence ("a day later") and events without words keep the drafted day,
    if it is one that can be.

    Parameters
    ----------
    words
        The words of the text for the date.
    drafted
        The day that the draft gives.
    span
        ``A..B``, or nothing.
    published
        Day of publication.
    """
    found = find_dates(words, published)
    own = [when for when in found if when.kind == "day" and when.day is not None]
    clear = (
        len(own) == 1
        and len(found) == 1
        and not SEVERAL.search(words)
        and not re.search(r"\b(?:after|before|since)\b", words, re.I)
    )
    day = _iso(drafted) or _told_day(drafted, published)
    other = f"'{drafted}' is {day}" if day is not None and _iso(drafted) is None else ""
    first, last = _span(span, published)
    if clear and own[0].day is not None:
        right = own[0].day
        if day is None or not (own[0].first or right) <= day <= (own[0].last or right):
            mended = f"'{words}' is {right}" + (f", drafted: {drafted}" if drafted else "")
            return ReckonedDay(right, own[0].first, own[0].last, mended)
    if day is None:
        if words or drafted:
            said = f"no day: '{drafted}'" + (f", words '{words}'" if words else "")
            return ReckonedDay(None, wrong=f"{said}. Write year-month-day, such as {published}")
        return ReckonedDay(published)
    if day > published:
        return ReckonedDay(None, wrong=f"{day} is after publication. Give a day up to {published}, or none")
    if max(day, last or day) < published - timedelta(days=CURRENT):
        long_past = f"{day} is more than {CURRENT} days before publication: history"
        return ReckonedDay(None, wrong=f"{long_past}. Leave the row out, or mend the day")
    if first and last and not first <= day <= last:
        first = last = None
    return ReckonedDay(day, first, last, other)


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _told_day(text: str, published: date) -> date | None:
    """Return a day that is not written as year-month-day: ``27 March 2031``."""
    days = {when.day for when in find_dates(text, published) if when.day is not None}
    return days.pop() if len(days) == 1 else None


def _span(text: str, published: date) -> tuple[date | None, date | None]:
    found = RANGE.search(text)
    first, last = (_iso(found[1]), _iso(found[2])) if found else (None, None)
    if first is None or last is None or first > last:
        return None, None
    return first, min(last, published)
