"""Days named in a text: '31 Mar 2012', 'Mar 31, 2012', '/2012/03/31/', '21-28 April', 'end of 1996'."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 12)}
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
PHRASE = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d\d-\d\d)(?:\b|(?=T))"
    rf"|/(?P<path>\d{{4}}/\d\d?/\d\d?)(?=[/?#._\s)-]|$)"
    rf"|(?<!\d)(?P<digits>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)"
    rf"|\b(?P<month1>{MONTH})\s+(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year1>\d{{4}})\b"
    rf"|(?P<part>start of |early |mid-|late |end of )?"
    rf"(?:\b(?P<first>\d{{1,2}})(?:\s*(?:-|to|and)\s*(?P<last>\d{{1,2}}))?\s+)?"
    rf"\b(?P<month>{MONTH})(?:\s*-\s*(?:(?P<last2>\d{{1,2}})\s+)?(?P<month2>{MONTH}))?(?:\s+(?P<year>\d{{4}})\b)?"
    rf"|\b(?P<season>spring|summer|autumn|winter)\s+(?P<syear>\d{{4}})\b"
    rf"|\b(?P<edge>end of|late|early|mid-)\s*(?P<eyear>\d{{4}})\b"
)


@dataclass(frozen=True)
class Span:
    """Days a phrase names: the first, the last, whether it names days at all, and where it stands."""

    first: date
    last: date
    exact: bool
    begin: int
    end: int


def spans(text: str, start: date, end: date) -> Iterator[Span]:
    """Yield the days a text names; a year that is not said is taken from the period."""
    for found in PHRASE.finditer(text):
        try:
            first, last, exact = _read(found, start, end)
        except ValueError:
            continue
        yield Span(first, last, exact, found.start(), found.end())


def _read(found: re.Match[str], start: date, end: date) -> tuple[date, date, bool]:
    if found["iso"]:
        day = date.fromisoformat(found["iso"])
        return day, day, True
    if found["path"]:
        day = date(*map(int, found["path"].split("/")))
        return day, day, True
    if found["digits"]:
        day = date.fromisoformat(found["digits"])
        return day, day, True
    if found["month1"]:
        day = date(int(found["year1"]), MONTHS.index(found["month1"][:3]) + 1, int(found["day1"]))
        return day, day, True
    if found["season"]:
        low, high = SEASONS[found["season"]]
        year = int(found["syear"])
        return date(year, low, 1), _month_end(year, high), False
    if found["eyear"]:
        year = int(found["eyear"])
        low, high = {"early": (1, 4), "mid-": (5, 8)}.get(found["edge"], (9, 12))
        return date(year, low, 1), _month_end(year, high), False
    month = MONTHS.index(found["month"][:3]) + 1
    month2 = MONTHS.index(found["month2"][:3]) + 1 if found["month2"] else month
    year = int(found["year"]) if found["year"] else _year(month, start, end)
    if found["first"]:
        last = found["last2"] or found["last"] or found["first"]
        return date(year, month, int(found["first"])), date(year, month2, int(last)), True
    low, high = {
        "start of ": (1, 5),
        "early ": (1, 10),
        "mid-": (11, 20),
        "late ": (21, 31),
        "end of ": (21, 31),
    }.get(found["part"] or "", (1, 31))
    last_day = _month_end(year, month2)
    return date(year, month, low), min(last_day, last_day.replace(day=min(high, last_day.day))), False


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year(month: int, start: date, end: date) -> int:
    """Return the year in which a month lies nearest to the period."""
    middle = start + (end - start) / 2
    years = range(start.year - 1, end.year + 2)
    return min(years, key=lambda year: abs(date(year, month, 15) - middle))
