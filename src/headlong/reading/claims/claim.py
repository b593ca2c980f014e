"""A claim with its speaker and day, and all that was made of a text on the way to its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from headlong.reading.lexicon.gazetteer import Gazetteer
from headlong.reading.meaning.discourse import Memory, Speaker
from headlong.reading.meaning.event import Event
from headlong.reading.syntax.clause import Clause
from headlong.reading.syntax.phrases import Parsed
from headlong.reading.text.dates import When
from headlong.reading.text.sentences import Layout

__all__ = ["Claim", "Dated", "Reading"]


@dataclass
class Dated:
    """A day, the span it may lie in, and whether the sentence itself gives it."""

    day: date | None
    first: date | None = None
    last: date | None = None
    own: bool = False
    wrong: str = ""


@dataclass(eq=False)
class Claim:
    """A claim with who says it, when it was, and how far it is to be trusted."""

    number: int
    paragraph: int
    event: Event
    speaker: Speaker
    clauses: list[Clause]
    dates: dict[int, list[When]]
    words: str
    spots: dict[str, int] = field(default_factory=dict)
    dated: Dated | None = None
    verification: str = ""
    interest: str = "none"


@dataclass
class Reading:
    """All that was made of a text on the way to its rows."""

    names: Gazetteer
    published: date
    laid: Layout
    parsed: list[Parsed] = field(default_factory=list)
    clauses: list[list[Clause]] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    memory: Memory | None = None
