"""Dates in a sentence, absolute and relative, and what they come to when the text was published on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from headlong.reading.lexicon.lexicon import words
from headlong.reading.text.date_patterns import DAYWORDS, FEASTS, HINT, MONTH, PATTERN, SINCE, WEEKDAY

__all__ = ["CURRENT", "When", "find_dates", "resolve_date"]

CURRENT = 14
"""Days before publication within which an event is news; older is history."""

WEEKDAY |= {"tues": 1, "thur": 3, "thurs": 3}


@dataclass
class When:
    """A date said in a sentence.

    Parameters
    ----------
    start, end : int
        Characters it takes in the sentence.
    kind : str
        day, relative (to the day last spoken of), history, future, bad.
    day, first, last : date or None
        The day, and the span it may lie in.
    offset : int
        For relative dates: days after the day last spoken of.
    wrong : str
        What is wrong with it, if anything.
    since : bool
        Whether it says since when something is so.
    """

    start: int
    end: int
    kind: str
    day: date | None = None
    first: date | None = None
    last: date | None = None
    offset: int = 0
    wrong: str = ""
    since: bool = False
    turned: bool = False


def find_dates(text: str, published: date) -> list[When]:
    """Return the dates in a sentence."""
    found: list[When] = []
    if not HINT.search(text):
        return found
    for match in PATTERN.finditer(text):
        groups = {name: value for name, value in match.groupdict().items() if value}
        if not _is_date(match, groups):
            continue
        when = _read(groups, published)
        if when is not None:
            when.start, when.end = match.start(), match.end()
            when.since = bool(SINCE.search(text[: match.start()][-14:]))
            found.append(when)
    return found


def resolve_date(when: When, published: date, main: date | None) -> When:
    """Resolve a relative date by the day that was last spoken of."""
    if when.kind != "relative":
        return when
    base = main or published
    day = base + timedelta(days=when.offset)
    wrong = "after publication" if day > published else ""
    first = base - timedelta(days=base.weekday()) if when.first is not None else None
    return When(
        when.start, when.end, "day", day, min(first, day) if first else None, day if first else None, 0, wrong
    )


def _is_date(match: re.Match[str], groups: dict[str, str]) -> bool:
    """Whether what looks like a date is one: ``May`` and ``March`` are words too, ``sun`` and ``sat`` as well."""
    word = (groups.get("wd") or "").rstrip(".")
    if word and "wd" in groups and not word[0].isupper():
        return False
    if word in ("Sat", "Sun", "Wed", "Fri", "Mon", "Thu") and not match[0].endswith("."):
        return False
    if "month" in groups:
        month = groups["m3"]
        before = match.string[max(0, match.start() - 8) : match.start()].lower()
        return month[0].isupper() and (
            "y3" in groups
            or (
                month.lower() not in ("may", "march", "mar", "jan", "sep")
                or bool(re.search(r"\b(?:in|since|of|early|late|last|mid|until|from|by)[ -]$", before))
            )
        )
    if "dom" in groups:
        return bool(
            re.search(r"\b(?:on|of|by|until|since|between|and) $", match.string[: match.start()][-9:], re.I)
        )
    if "year" in groups and match.string[: match.start()].lower().endswith(" at "):
        return False  # an hour: "at 2000 on Thursday"
    for name in ("m1", "m2"):
        if name in groups and not groups[name][0].isupper():
            return groups[name].lower() not in ("may", "march", "mar")
    return True


def _read(g: dict[str, str], published: date) -> When | None:
    for read in (_calendar, _weekday, _relative, _spans):
        when = read(g, published)
        if when is not None:
            return when
    return None


def _number(word: str) -> int:
    word = word.lower()
    if word.isdigit():
        return int(word)
    return {"a": 1, "an": 1, "several": 3, "a few": 3, "some": 3, "a couple of": 2}.get(
        word
    ) or words().numbers.get(word, 1)


def _calendar(g: dict[str, str], published: date) -> When | None:
    if "iso" in g or "slash" in g:
        numbers = [int(part) for part in re.split(r"[-/.]", g.get("iso") or g["slash"])]
        year, month, day = numbers if "iso" in g else numbers[::-1]
        if month > 12:
            month, day = day, month
        return _dated(year if year > 99 else 2000 + year, month, day, published, "")
    for n in ("1", "2"):
        if f"m{n}" in g:
            month = MONTH[g[f"m{n}"].lower().rstrip(".")]
            year = int(g[f"y{n}"]) if f"y{n}" in g else 0
            return _dated(year, month, int(g[f"d{n}"]), published, g.get(f"wd{n}", ""))
    if "feast" in g:
        month, day = FEASTS.get(g["feast"].lower().replace("\u2019", "'"), (12, 25))
        feast = _dated(0, month, day, published, "")
        return When(0, 0, "future") if feast.kind == "bad" else feast
    if "month" in g:
        month = MONTH[g["m3"].lower().rstrip(".")]
        year = int(g.get("y3", published.year))
        ahead = (year, month) > (published.year, published.month)
        this = (year, month) == (published.year, published.month)
        if this and published.day <= CURRENT:
            return _span(date(year, month, 1), published)
        return When(0, 0, "future" if ahead and "y3" in g else "history")
    if "year" in g:
        year = int(g["year"])
        if year == published.year:
            return None
        ahead = year > published.year
        return When(0, 0, "future" if ahead else "history", wrong="after publication" if ahead else "")
    if "decade" in g:
        return When(0, 0, "history")
    if "dom" in g or "wom" in g:
        day = int(g["dom"]) if "dom" in g else DAYWORDS.index(g["wom"].lower()) + 1
        if "wmonth" in g:
            return _dated(0, MONTH[g["wmonth"].lower().rstrip(".")], day, published, "")
        month, year = published.month, published.year
        if day > published.day:
            month, year = (month - 1, year) if month > 1 else (12, year - 1)
        return _dated(year, month, day, published, "")
    return None


def _dated(year: int, month: int, day: int, published: date, weekday: str) -> When:
    try:
        when = date(year or published.year, month, day)
    except ValueError:
        return When(0, 0, "bad", wrong="no such day")
    if not year and (when - published).days > 60:
        when = _same_day(when, when.year - 1)
    elif not year and (published - when).days > 300:
        later = _same_day(when, when.year + 1)
        when = later if (later - published).days <= 60 else when
    wrong = ""
    if weekday and when.weekday() != WEEKDAY[weekday.lower().rstrip(".")]:
        wrong = "not that day of the week"
    if when > published:
        named = _latest(WEEKDAY[weekday.lower().rstrip(".")], published) if weekday else None
        kind = "bad" if named is None or not wrong else "day"
        return When(0, 0, kind, named or when, wrong=wrong or "after publication")
    if (published - when).days > CURRENT:
        return When(0, 0, "history", when, wrong=wrong)
    return When(0, 0, "day", when, wrong=wrong)


def _same_day(when: date, year: int) -> date:
    try:
        return when.replace(year=year)
    except ValueError:
        return when.replace(year=year, day=28)


def _latest(weekday: int, published: date) -> date:
    return published - timedelta(days=(published.weekday() - weekday) % 7)


def _span(first: date, last: date) -> When:
    return When(0, 0, "day", last, first, last)


def _weekday(g: dict[str, str], published: date) -> When | None:
    for end in ("o2", "o3"):
        if end in g:
            return When(0, 0, "day", _latest(WEEKDAY[g[end].lower().rstrip(".")], published))
    if "wd" not in g:
        return None
    mod = g.get("mod", "").lower()
    day = _latest(WEEKDAY[g["wd"].lower().rstrip(".")], published)
    if "weekold" in g:
        monday = published - timedelta(days=published.weekday() + 7)
        return When(0, 0, "day", monday + timedelta(days=WEEKDAY[g["wd"].lower().rstrip(".")]))
    if mod in ("next", "coming", "following"):
        return When(0, 0, "future", day + timedelta(days=7))
    if mod in ("last", "previous", "past") and day == published:
        day -= timedelta(days=7)
    return When(0, 0, "day", day)


def _relative(g: dict[str, str], published: date) -> When | None:
    if "today" in g:
        return When(0, 0, "day", published)
    if "overnight" in g:
        return When(0, 0, "day", published, published - timedelta(days=1), published)
    if "yesterday" in g:
        return When(0, 0, "day", published - timedelta(days=2 if "dby" in g else 1))
    if "tomorrow" in g:
        return When(0, 0, "future")
    if "ago" in g:
        return _ago(g, published)
    for name, offset in (("nextday", 1), ("prevday", -1), ("sameday", 0), ("hours", 0)):
        if name in g:
            return When(0, 0, "relative", offset=offset)
    if "earlyweek" in g:
        monday = published - timedelta(days=published.weekday())
        return When(0, 0, "relative", None, monday, published, -1)
    return None


def _ago(g: dict[str, str], published: date) -> When:
    unit, number = g["agounit"].lower(), _number(g["ago"])
    days = number * {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}[unit]
    direction = g["agodir"].lower()
    if days > CURRENT:
        return When(0, 0, "history")
    if direction == "ago":
        return When(0, 0, "day", published - timedelta(days=days))
    return When(0, 0, "relative", offset=days if direction in ("later", "after", "afterwards") else -days)


def _spans(g: dict[str, str], published: date) -> When | None:
    if "lastweek" in g:
        monday = published - timedelta(days=published.weekday() + 7)
        return _span(monday, monday + timedelta(days=6))
    if "weekend" in g:
        sunday = _latest(6, published)
        return _span(sunday - timedelta(days=1), sunday)
    if "recent" in g:
        return _span(published - timedelta(days=4), published - timedelta(days=1))
    if "past" in g or "pastone" in g:
        unit = (g.get("pastunit") or g["pastone"]).lower()
        number = _number(g.get("past", "1"))
        days = number * {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}[unit]
        if unit == "hour":
            days = -(-number // 24)
        return When(0, 0, "history") if days > CURRENT else _span(published - timedelta(days=days), published)
    if "earlymonth" in g:
        first = published.replace(day=1)
        return _span(max(first, published - timedelta(days=CURRENT)), published)
    return When(0, 0, "history") if "old" in g else None
