"""The pattern of everything that can be a date, made from ``words/dates.toml``."""

from __future__ import annotations

import re

from headlong.reading.lexicon.lexicon import table

__all__ = ["DAYWORDS", "FEASTS", "HINT", "MONTH", "PATTERN", "SINCE", "WEEKDAY"]

DAYS = table("dates.toml")["days"].split()
MONTHS = table("dates.toml")["months"].split()
TAILS = re.compile(r"(\w+-)\(\?:([\w|]+)\)")
DAYWORDS = TAILS.sub(
    lambda found: "|".join(found[1] + tail for tail in found[2].split("|")), table("dates.toml")["dayword"]
).split("|")
"""The days of a month in words, in order."""
MONTH = {short: at for at, name in enumerate(MONTHS, 1) for short in (name, name[:3])} | {"sept": 9}
WEEKDAY = {short: at for at, name in enumerate(DAYS) for short in (name, name[:3])}
WEEKDAY |= {"tues": 1, "thur": 3, "thurs": 3}
SINCE = re.compile(r"(?:since|from|as of)(?: \w+)?\s*$", re.IGNORECASE)
FEASTS = {"christmas eve": (12, 24), "new year's eve": (12, 31), "new year's day": (1, 1)}
"""Month and day of feasts; any other word of Christmas is its day."""
HINT = re.compile(
    r"\d|day|night|week|month|year|hour|minute|today|decade|ties\b|morning|evening|afternoon|tomorrow|centur|recent"
    r"|christmas|new year|this [ap]\.?m"
    r"|\bthe [a-z-]+(?:th|first|second|third)\b"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
"""What a sentence must hold to be worth searching for dates."""


def _pattern() -> re.Pattern[str]:
    """Put the alternatives together, with days, months and numbers filled in."""
    words = table("dates.toml")

    def fill(found: re.Match[str]) -> str:
        kind, name = found[1], found[2]
        if kind == "N":
            return f"(?P<{name}>{words['number']})"
        return f"(?P<{name}>{words['day' if kind == 'D' else 'month']})\\.?"

    lines = [re.sub(r"<([DMN]):(\w+)>", fill, line) for line in words["alternatives"]]
    whole = "|".join(lines).replace("<counted>", words["counted"]).replace("<ordinals>", words["ordinals"])
    whole = whole.replace("<clock>", words["clock"])
    whole = whole.replace("<dayword>", words["dayword"])
    return re.compile(rf"(?<![\w/])(?:{whole})(?![\w/])", re.IGNORECASE)


PATTERN = _pattern()
