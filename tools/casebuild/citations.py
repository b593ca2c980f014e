"""Citations: which of them name an item of the press of the day, and on which day that was published.

A day inside a citation is the day of publication only where it stands as one: alone in brackets or between commas
after the outlet, in an address, or as 'item of ...'. A range, 'about', an entry of a timeline, a list of key dates or
a look back is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from casebuild.days import MONTH, MONTHS

DAY = rf"\d{{1,2}} {MONTH} (?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
OWN_DAY = re.compile(
    rf"\((?P<brackets>{DAY})\)"
    rf"|,\s(?P<commas>{DAY})(?=,|\s+\S+\.\S|\s*$)"
    rf"|\bitem of (?P<item>{DAY})"
    rf"|/(?P<path>(?:19|20)\d\d/\d\d?/\d\d?)(?=[/?#._\s-]|$)"
    rf"|(?<!\d)(?P<digits>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)"
)
NOT_PRESS = re.compile(
    r"wikipedia|\bwiki|general reference|from memory|recalled|chronology|time ?line|key (?:dates|events)|recap\b"
    r"|anniversar|\byears? (?:later|after|on)\b|look\w* back|retrospect|day note|\bentry\b|mapping report|day by day"
    r"|communique|press release|headquarters|\bministry of defen[cs]e|\bMOD\b|security council|\bCIA\b|^holder on",
    re.IGNORECASE,
)
"""Sources that were written later, or by a side: no press of the day."""
HEARSAY = re.compile(r"refut|\bden(?:y|ies|ied)\b|\bclaim|reject|\bsays?\b|rebuts?\b", re.IGNORECASE)
"""Headlines that tell of a claim or a denial, not of a change of hands."""


class Item(NamedTuple):
    """An item of the press: who published it, and when."""

    published: date
    outlet: str


def press_items(source: str) -> Iterator[Item]:
    """Yield the items of the press, each with the day it says it was published on, that a source names."""
    for part in re.split(r"\s*[;|]\s*", source):
        fair = not NOT_PRESS.search(part) and not HEARSAY.search(part)
        found = list(OWN_DAY.finditer(part)) if fair else []
        days = [day for hit in found if (day := _day(hit))]
        if days and not any(int(year) > max(days).year for year in re.findall(r"\((\d{4})\)", part)):
            yield Item(max(days), outlet_of(part, found[0].start()))


def _day(hit: re.Match[str]) -> date | None:
    text = next(group for group in hit.groups() if group)
    plain = re.fullmatch(rf"(\d{{1,2}}) ({MONTH}) (\d{{4}})", text)
    try:
        if plain:
            return date(int(plain[3]), MONTHS.index(plain[2][:3]) + 1, int(plain[1]))
        if "/" in text:
            year, month, day = map(int, text.split("/"))
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        return None


def outlet_of(part: str, until: int) -> str:
    """Return the name of the outlet that a citation begins with."""
    return re.split(r",| \((?!via|reprint)| https?:", part[:until])[0].strip(" (/") or "press"
