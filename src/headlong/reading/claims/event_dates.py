"""Which date belongs to which claim: its own, its paragraph's, the statement's, or the day of publication."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from headlong.reading.claims.claim import Claim, Dated
from headlong.reading.syntax.clause import Clause, kind_of
from headlong.reading.syntax.phrases import Parsed
from headlong.reading.text.dates import When, resolve_date

__all__ = ["STATES", "clause_dates", "date_all"]

STATES = frozenset({"held", "stayed", "besieged"})


ASIDE = frozenset({"who", "which", "after", "before", "where", "since", "when"})
MOMENTS = frozenset({"fell", "entered", "withdrew", "handed_over", "switched", "fled", "captured"})
"""Events of a day: what has been so "since Sunday" was done on Sunday."""
UNDER_WAY = frozenset({"support", "crossed"})
"""Events that go on for days: without a date of their own they are of the day of publication."""
RELAYED = frozenset({"agency", "social_media", "none"})
"""Classes of source that are quoted for what they say on the day of publication."""
LEAD = 3
"""Sentences in which the main event of a text stands."""


class Anchors(NamedTuple):
    """The days that relative dates are counted from: the main event's, the last one told; whether a claim lasts."""

    main: date | None = None
    last: date | None = None
    lasting: bool = True


def clause_dates(clauses: list[Clause], parsed: Parsed) -> dict[int, list[When]]:
    """Return the dates of a sentence by the clause they belong to."""
    found: dict[int, list[When]] = {}
    clauses = [
        c for c in clauses if c.start < len(parsed.tokens)
    ]  # a quotation that opens at the end holds nothing
    acting = [c for c in clauses if c.verb is not None]
    for when in parsed.dates:
        owner = None
        for clause in acting or clauses:
            if parsed.tokens[clause.start].start <= when.start:
                owner = clause
        following = next(
            (c for c in clauses if c.verb is not None and 0 <= parsed.tokens[c.start].start - when.end <= 2),
            None,
        )
        if following is None and when.kind == "relative":
            following = _next_act(clauses, parsed, when)
        turned = parsed.text[when.start : when.end].lower().endswith(("after", "before"))
        turned = turned and not parsed.text[when.end :].lstrip().startswith(",")
        if following is not None and when.kind == "relative" and turned:
            when = When(when.start, when.end, "relative", offset=-when.offset, turned=True)
            owner = following
        owner = owner or (acting[0] if acting else clauses[0] if clauses else None)
        if owner is not None:
            found.setdefault(owner.number, []).append(when)
    return found


def _next_act(clauses: list[Clause], parsed: Parsed, when: When) -> Clause | None:
    """Return the clause whose subject follows a date, when an insertion parts it from its verb."""
    first = next((c for c in clauses if 0 <= parsed.tokens[c.start].start - when.end <= 2), None)
    if first is None or not first.objects:
        return None
    return next(
        (c for c in clauses if c.number >= first.number and c.verb and c.subject is first.objects[0]), None
    )


def date_all(
    claims: list[Claim],
    published: date,
    items: Mapping[int, date] | None = None,
    spoken_of: Mapping[int, date] | None = None,
) -> None:
    """Give every claim its day.

    Parameters
    ----------
    claims
        The claims of a text in their order.
    published
        Day of publication.
    items
        For sentences of items that bear a day of their own: that day. They stand for themselves.
    spoken_of
        For sentences that name days: the last of them. "That evening" in a later sentence is of that day.
    """
    items, spoken_of = items or {}, spoken_of or {}
    main: tuple[int, date] | None = None
    last: date | None = None
    paragraphs: dict[int, date] = {}
    states: dict[int, date] = {}
    spoken: date | None = None
    number = 0
    for one in claims:
        if one.number != number:
            heard = [at for at in spoken_of if number <= at < one.number]
            spoken = spoken_of[max(heard)] if heard else spoken
            number, last = one.number, spoken or last
        lasting = one.event.claim not in MOMENTS
        own = _own(one, items.get(one.number, published), Anchors(main[1] if main else None, last, lasting))
        state = one.event.claim in STATES
        if own is not None:
            one.dated = own
            spoken = own.day or spoken
            if own.day and state:
                states.setdefault(one.paragraph, own.day)
            elif own.day and one.event.stance.polarity == "asserted":
                if one.event.clause.opener not in ASIDE:
                    paragraphs.setdefault(one.paragraph, own.day)
                main = main or (one.number, own.day)
        elif main is None and not state and (said := _said(one, published)):
            main = one.number, said
    opening = next((spoken_of[at] for at in sorted(spoken_of) if at <= LEAD), None)
    for one in claims:
        if one.dated is None:
            lead = main[1] if main and main[0] <= LEAD else opening
            day = _told(one, claims) or paragraphs.get(one.paragraph)
            if one.number in items:
                lead = None
            else:
                day = day or states.get(one.paragraph)
            one.dated = _otherwise(one, items.get(one.number, published), day, lead)


def _told(one: Claim, claims: list[Claim]) -> date | None:
    """Return the day that another sentence gives for the same event."""
    event = one.event
    if not event.place.id:
        return None
    for other in claims:
        told = other.event
        if other.dated is not None and other.dated.own and told.stance.polarity == "asserted":
            same = (told.place.id, told.claim, told.leader) == (event.place.id, event.claim, event.leader)
            if same and (not told.side or not event.side or told.side == event.side):
                return other.dated.day
    return None


def _usable(dates: list[When], published: date, days: Anchors, said: Iterable[When] = ()) -> Dated | None:
    wrong = ""
    for when in dates:
        if when.kind in ("day", "relative"):
            before = [
                w.day for w in said if w.kind == "day" and w.day and (when.turned or w.start < when.start)
            ]
            spoken = before[-1] if before else days.last or days.main
            base = days.main if when.first is not None else spoken
            fixed = resolve_date(when, published, base)
            if when.since and fixed.day is not None and fixed.day < published and days.lasting:
                return Dated(published, fixed.day, published, True, fixed.wrong)
            if fixed.day is not None and fixed.day <= published:
                return Dated(fixed.day, fixed.first, fixed.last, True, fixed.wrong)
            wrong = wrong or fixed.wrong
        wrong = wrong or when.wrong
    return Dated(None, None, None, True, wrong) if wrong else None


def _own(one: Claim, published: date, days: Anchors) -> Dated | None:
    """Return the date that the sentence gives for the event itself."""
    said = sorted((when for found in one.dates.values() for when in found), key=lambda when: when.start)
    clause, clauses = one.event.clause, one.clauses
    seen: set[int] = set()
    current: Clause | None = clause
    while current is not None and current.number not in seen:
        seen.add(current.number)
        if current is not clause and _speaks(current):
            break
        own = _beside(one, one.dates.get(current.number, []) if current is clause else [])
        found = _usable(own or one.dates.get(current.number, []), published, days, said)
        if found is not None:
            return found
        current = clauses[current.parent] if current.parent is not None else None
    others = [
        c
        for c in clauses
        if c is not clause
        and c.verb is not None
        and not _speaks(c)
        and one.dates.get(c.number)
        and c.opener not in ASIDE
        and not any(when.turned for when in one.dates[c.number])
    ]
    if (
        others
        and len(others) == 1
        and one.event.claim not in STATES
        and one.event.stance.polarity == "asserted"
    ):
        return _usable(one.dates[others[0].number], published, days, said)
    if one.event.claim in STATES or one.event.stance.polarity == "denied":
        stated = _said(one, published)
        return Dated(stated, own=True) if stated else None
    if not any(c.verb is not None for c in clauses):
        return _usable(_beside(one, said) or said, published, days, said)
    return None


def _beside(one: Claim, dates: list[When]) -> list[When]:
    """Return the date that goes with a place where a clause has several of both: ``X on Monday, Y on Tuesday``."""
    spots = sorted(one.spots.values())
    at = one.spots.get(one.event.place.id)
    if len(dates) < 2 or len(spots) < 2 or at is None:
        return []
    before = [when for when in dates if when.start < at]
    after = [when for when in dates if when.start > at]
    return before[-1:] if dates[0].start < spots[0] else after[:1]


def _speaks(clause: Clause) -> bool:
    return kind_of(clause.verb) in ("say", "confirm", "deny", "think", "unreal")


def _said(one: Claim, published: date) -> date | None:
    """Return the day of the statement, where the sentence gives it."""
    for clause in one.clauses:
        if _speaks(clause):
            found = _usable(one.dates.get(clause.number, []), published, Anchors())
            if found is not None and found.day is not None:
                return found.day
    return None


def _otherwise(one: Claim, published: date, near: date | None, lead: date | None) -> Dated:
    """Return the day when the sentence gives none for the event."""
    if one.event.claim in STATES or one.event.stance.polarity == "denied":
        main = near or lead
        first = main if main and main < published else None
        return Dated(published, first, published if first else None)
    said = _said(one, published)
    if one.event.claim in UNDER_WAY or one.speaker.source in RELAYED:
        near, lead = None, None
    elif one.event.clause.verb is not None and one.event.clause.verb.present:
        lead = None
    day = near or said or lead or published
    return Dated(day, day if day < published else None, published if day < published else None)
