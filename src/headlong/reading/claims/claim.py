"""A claim with its speaker and day, and all that was made of a text on the way to its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from headlong.reading.lexicon.gazetteer import Gazetteer
from headlong.reading.lexicon.holders import holders_on
from headlong.reading.meaning.discourse import Discourse, Speaker
from headlong.reading.meaning.frames.event import Event
from headlong.reading.syntax.clause import Clause
from headlong.reading.syntax.phrases import Parsed
from headlong.reading.text.dates import CURRENT, When
from headlong.reading.text.sentences import Layout

__all__ = ["Claim", "Dated", "Reading", "beyond_border"]

HOLDING = frozenset({"fell", "held", "handed_over", "besieged"})
"""Claims of who has a place, or soon will."""


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
    drafter: str = "rules"


@dataclass
class Reading:
    """All that was made of a text on the way to its rows."""

    names: Gazetteer
    published: date
    laid: Layout
    parsed: list[Parsed] = field(default_factory=list)
    clauses: list[list[Clause]] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    faint: list[Claim] = field(default_factory=list)
    memory: Discourse | None = None
    headline: Parsed = field(default_factory=lambda: Parsed("", [], [], [], [], []))
    speakers: list[dict[int, Speaker]] = field(default_factory=list)
    dates: list[dict[int, list[When]]] = field(default_factory=list)
    items: dict[int, date] = field(default_factory=dict)
    meant: dict[int, dict[int, str]] = field(default_factory=dict)

    @property
    def evening(self) -> date:
        """The evening before publication."""
        return self.published - timedelta(days=1)

    def held_before(self, claim: Claim) -> str:
        """Return who held the place of a claim on the evening before, as far as it was known.

        Nobody is sure to have held a place that changed hands in the last two weeks: the day of a claim is not
        always known well enough to tell which change it speaks of.
        """
        day = claim.dated.day if claim.dated is not None and claim.dated.day is not None else self.published
        case, place = self.names.case, claim.event.place.id
        held = holders_on(case, day - timedelta(days=1)).get(place, "")
        before = holders_on(case, self.published - timedelta(days=CURRENT + 1)).get(place, "")
        return held if held == before else ""


def beyond_border(claim: str, place: str, kind: str) -> str:
    """Return why a claim cannot be of a place over the border, where nobody holds or takes anything; else nothing.

    Parameters
    ----------
    claim
        What is claimed.
    place, kind
        The place and its kind.
    """
    return (
        f"'{place}' lies over the border and cannot be '{claim}'"
        if kind == "refuge" and claim in HOLDING
        else ""
    )
