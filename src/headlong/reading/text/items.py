"""Items that bear a day of their own: posts, entries and broadcasts, which a digest strings together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from headlong.reading.text.dates import find_dates
from headlong.reading.text.sentences import Sentence

__all__ = ["item_days", "stamp_end"]

STAMP = re.compile(r"^\[(?P<stamp>[^\]]{3,80})\]")
"""What stands in brackets before a post: ``[User R., Yerevan, 24 August, 11:30]``."""
HEARD = re.compile(r"\bat (?:\d{4}|[012]?\d[:.]\d\d|noon|midday|midnight)(?: hours| GMT)? (?P<on>on \w+)?")
"""When a broadcast was heard: ``at 1800 on Thursday``."""
HEADED = re.compile(r"^[A-Z][\w'’().-]*(?:,? [\w'’().-]+){0,4}: ")
"""What an entry of a situation report begins with: ``Gao: ...``."""
NAMED = re.compile(r"^[A-Z][\w'’().-]*(?:,? (?:[A-Z][\w'’().-]*|and|de|el|al)){0,4}(?:\.(?: |$)| - )")
"""What an entry of a round-up may begin with, at the start of its paragraph: ``Gao - ...``, ``Gao. ...``."""
MARKED = re.compile(
    r"^(?:(?:URGENT|FLASH|ALERT|BREAKING|SNAP|BULLETIN|UPDATE)\b|#\d|\[?\d{1,3}[/\])]|\d{1,2}[:.h]\d\d\b"
    r"|[\u2022\u25aa*] )"
)
"""What a flash, a numbered post or an entry with a clock time begins with: ``URGENT - ...``, ``7/ ...``."""
HEADING = re.compile(
    r"^(?:(?:Telegram|Entry|Bulletin|Letter|Report|Communique|Cable|Day \w+),? )?(?:of |for |from |dated )?"
    r"(?:[A-Z][a-z]+day,? )?(?:the )?(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2}|[A-Z][a-z]+day)"
    r"(?:,? \d{4})?(?:[.:](?=\s|$)|$)"
)
GOES_ON = re.compile(r"^(?:It|The same (?:station|source|user|broadcast)|\[The same)\b")
LABELLED = re.compile(r"^[A-Z][^:.!?\"]{2,80}, (?P<day>[^:,]{3,30})(?:, \d{4} \w{1,8})?: ")
"""What an entry begins with that names its source and day: ``Radio Miraya, 18 January: ...``."""
FEW = 3
"""Stamped sentences from which a text is a string of items."""


def item_days(sentences: Sequence[Sentence], published: date) -> dict[int, date]:
    """Return the day of each sentence that belongs to an item with a day of its own.

    Parameters
    ----------
    sentences
        The sentences of a text.
    published
        Day of publication.
    """
    found: dict[int, date] = {}
    marked = 0
    day: date | None = None
    for one in sentences:
        stamps = list(_stamps(one.text, published))
        stamped = bool(STAMP.match(one.text) or HEARD.search(one.text))
        marked += bool(stamps) or stamped
        if stamps:
            day = stamps[0]
        elif not (stamped or GOES_ON.match(one.text)):
            day = None
        if day is not None:
            found[one.number] = day
    if marked < FEW:
        found = {}
    found |= _labelled(sentences, published)
    standing = [*_headed(sentences), *_marked(sentences)]
    return dict.fromkeys(standing, published) | _under_days(sentences, published) | found


def _labelled(sentences: Sequence[Sentence], published: date) -> dict[int, date]:
    """Return the days of entries that begin with source and day, each to the end of its paragraph."""
    found: dict[int, date] = {}
    labels = 0
    day, paragraph = published, -1
    for one in sentences:
        match = LABELLED.match(one.text)
        days = [when.day for when in find_dates(match["day"], published)] if match else []
        if len(days) == 1 and days[0] is not None and days[0] <= published:
            labels, day, paragraph = labels + 1, days[0], one.paragraph
        if one.paragraph == paragraph:
            found[one.number] = day
    return found if labels >= FEW else {}


def _headed(sentences: Sequence[Sentence]) -> list[int]:
    """Return the sentences of entries that begin with a name, where a text is a string of them."""
    headed = [one for one in sentences if HEADED.match(one.text)]
    inside = (
        [one.number for one in headed] if len(headed) > FEW and len(headed) * 5 > 2 * len(sentences) else []
    )
    begins: dict[int, bool] = {}
    for one in sentences:
        begins.setdefault(one.paragraph, bool(HEADED.match(one.text) or NAMED.match(one.text)))
    if sum(begins.values()) > FEW and sum(begins.values()) * 5 > 3 * len(begins):
        inside += [one.number for one in sentences if begins[one.paragraph]]
    return inside


def _marked(sentences: Sequence[Sentence]) -> list[int]:
    """Return the sentences of marked items, where a text is a string of them; an item ends with its paragraph."""
    inside: list[int] = []
    begun, paragraph = 0, -1
    for one in sentences:
        mark = bool(MARKED.match(one.text)) or (one.entry and one.paragraph != paragraph)
        begun += mark
        paragraph = one.paragraph if mark else paragraph
        if begun and one.paragraph == paragraph:
            inside.append(one.number)
    return inside if begun >= FEW and len(inside) * 2 > len(sentences) else []


def _under_days(sentences: Sequence[Sentence], published: date) -> dict[int, date]:
    """Return the days of sentences under headings that are little else than a day: ``Telegram of 8 February.``."""
    found: dict[int, date] = {}
    headings = 0
    day: date | None = None
    for one in sentences:
        heading = HEADING.match(one.text)
        if heading is not None:
            days = [when.day for when in find_dates(heading[0], published) if when.kind == "day"]
            if days and days[0] is not None:
                headings, day = headings + 1, days[0]
        if day is not None:
            found[one.number] = day
    return found if headings > 1 else {}


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
