"""Items that bear a day of their own: posts, entries and broadcasts, which a digest strings together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from headlong.reading.text.dates import find_dates

__all__ = ["item_days", "stamp_end"]

STAMP = re.compile(r"^\[(?P<stamp>[^\]]{3,80})\]")
"""What stands in brackets before a post: ``[User R., Yerevan, 24 August, 11:30]``."""
HEARD = re.compile(r"\bat (?:\d{4}|[012]?\d[:.]\d\d|noon|midday|midnight)(?: hours| GMT)? (?P<on>on \w+)?")
"""When a broadcast was heard: ``at 1800 on Thursday``."""
HEADED = re.compile(r"^[A-Z][\w'’().-]*(?:,? [\w'’().-]+){0,4}: ")
"""What an entry of a situation report begins with: ``Gao: ...``."""
MARKED = re.compile(
    r"^(?:(?:URGENT|FLASH|ALERT|BREAKING|SNAP|BULLETIN|UPDATE)\b|#\d|\[?\d{1,3}[/\])]|\d{1,2}[:.h]\d\d\b"
    r"|[\u2022\u25aa*] )"
)
"""What a flash, a numbered post or an entry with a clock time begins with: ``URGENT - ...``, ``7/ ...``."""
GOES_ON = re.compile(r"^(?:It|The same (?:station|source|user|broadcast)|\[The same)\b")
FEW = 3
"""Stamped sentences from which a text is a string of items."""


def item_days(sentences: Sequence[tuple[int, int, str]], published: date) -> dict[int, date]:
    """Return the day of each sentence that belongs to an item with a day of its own.

    Parameters
    ----------
    sentences
        Number, paragraph and text of each sentence.
    published
        Day of publication.
    """
    found: dict[int, date] = {}
    marked = 0
    day: date | None = None
    for number, _, text in sentences:
        stamps = list(_stamps(text, published))
        marked += bool(stamps) or bool(STAMP.match(text) or HEARD.search(text))
        if stamps:
            day = stamps[0]
        elif not (STAMP.match(text) or HEARD.search(text) or GOES_ON.match(text)):
            day = None
        if day is not None:
            found[number] = day
    if marked < FEW:
        found = {}
    headed = [number for number, _, text in sentences if HEADED.match(text)]
    if len(headed) > FEW and len(headed) * 5 > 2 * len(sentences):
        found = dict.fromkeys(headed, published) | found
    return dict.fromkeys(_marked(sentences), published) | found


def _marked(sentences: Sequence[tuple[int, int, str]]) -> list[int]:
    """Return the sentences of marked items, where a text is a string of them; an item ends with its paragraph."""
    inside: list[int] = []
    begun, paragraph = 0, 0
    for number, here, text in sentences:
        mark = bool(MARKED.match(text))
        begun += mark
        paragraph = here if mark else paragraph
        if begun and here == paragraph:
            inside.append(number)
    return inside if begun >= FEW and len(inside) * 2 > len(sentences) else []


def _stamps(text: str, published: date) -> Iterator[date]:
    for pattern, name in ((STAMP, "stamp"), (HEARD, "on")):
        match = pattern.match(text) if name == "stamp" else pattern.search(text)
        if match is not None and match[name]:
            for when in find_dates(match[name], published):
                if when.kind == "day" and when.day is not None and when.day <= published:
                    yield when.day


def stamp_end(text: str) -> int:
    """Return where the stamp of a post ends; its date is not that of what the post tells."""
    match = STAMP.match(text)
    return match.end() if match is not None else 0
