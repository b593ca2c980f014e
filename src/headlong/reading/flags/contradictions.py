"""Claims that cannot all be true: within the text, and against what the case's own reports have confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import combinations

from headlong.case.tables.schema import HAS_IT
from headlong.reading.claims.claim import Claim, Reading
from headlong.reading.claims.rows import DraftRow
from headlong.reading.claims.shapes import Flag
from headlong.reading.flags.modes import modes, retorts
from headlong.reading.flags.numbers import numbers_apart
from headlong.reading.lexicon.kinds import PERSONAL, TAKEN, TAKES
from headlong.reading.meaning.frames.event import Event

__all__ = ["contradictions"]

NEAR = 2
"""Sentences apart within which what is asserted and denied is the same, whoever is said to have done it."""
BESIDE = 2
"""Sentences apart within which a claim too unlikely for a row may contradict one."""


def contradictions(reading: Reading, rows: list[DraftRow]) -> Iterator[Flag]:
    """Return pairs of claims that exclude each other, gathered by place and by what they differ in."""
    pairs: dict[tuple[str, str], set[int]] = {}
    drafted = [row.claim for row in rows]
    for one, other in combinations(drafted, 2):
        what = _clash(one, other)
        if what:
            pairs.setdefault((_about(one), what), set()).update((one.number, other.number))
    for one, other in _faintly(drafted, reading.faint):
        what = _clash(one, other)
        known = pairs.get((_about(one), what), set())
        if what and not {one.number, other.number} <= known:
            pairs.setdefault((_about(one), f"{what}, one of them too unclear for a row"), set()).update(
                (one.number, other.number)
            )
    for (about, what), numbers in pairs.items():
        yield "contradiction", tuple(sorted(numbers)), f"{about}: {what}"
    yield from numbers_apart(reading, [*drafted, *reading.faint])
    yield from modes(reading, rows)
    clashing = {number for numbers in pairs.values() for number in numbers}
    yield from retorts(reading, rows, clashing)
    yield from _against_case(reading, rows, {about for about, _ in pairs})


def _about(one: Claim) -> str:
    return one.event.place.id or one.event.leader


def _faintly(drafted: list[Claim], faint: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Return pairs of a row and a claim of a sentence near it that was too unlikely for one."""
    for one in drafted:
        for other in faint:
            if 0 < abs(one.number - other.number) <= BESIDE:
                yield (one, other) if one.number < other.number else (other, one)


def _clash(one: Claim, other: Claim) -> str:
    a, b = one.event, other.event
    denied = [e.stance.polarity == "denied" for e in (a, b)]
    others = one.speaker.key != other.speaker.key
    if a.leader == b.leader and (a.leader or (_unnamed(a, b) and others)):
        found = _persons(a, b, denied)
        if found and (one.number != other.number or others):
            return found
    if others and _may_be_one(one, other):
        found = _persons(a, b, denied)
        if found:
            return found
    if not a.place.id or a.place.id != b.place.id:
        return ""
    near = 0 < abs(one.number - other.number) <= NEAR
    if a.claim == b.claim and a.leader == b.leader and denied[0] != denied[1] and (near or _same_side(a, b)):
        return f"{a.claim} asserted and denied"
    if denied[0] != denied[1]:
        no, yes = (a, b) if denied[0] else (b, a)
        return _denied_but(no, yes)
    if any(denied):
        return ""
    return _counts(a, b) or _control(one, other)


def _unnamed(a: Event, b: Event) -> bool:
    """Whether two events are about somebody of rank who is not named, of one side at one place."""
    return (
        {a.claim, b.claim} in ({"fled", "stayed"}, {"stayed"}, {"fled"}, {"captured"})
        and a.place.id == b.place.id != ""
        and a.side == b.side != ""
    )


def _may_be_one(one: Claim, other: Claim) -> bool:
    """Whether two claims near each other may be of one person, whom one of them does not name."""
    a, b = one.event, other.event
    alike = a.place.id == b.place.id != "" and {a.claim, b.claim} <= PERSONAL
    return alike and not (a.leader and b.leader) and 0 < abs(one.number - other.number) <= NEAR


def _same_side(a: Event, b: Event) -> bool:
    return not a.side or not b.side or a.side == b.side


def _denied_but(no: Event, yes: Event) -> str:
    """What is denied and yet follows from what is said elsewhere."""
    if no.claim in TAKES and yes.claim in HAS_IT and no.side == yes.side and "part" not in yes.tokens:
        return "loss denied, and control by the other side asserted"
    if no.claim == "fell" and yes.claim == "entered" and _same_side(no, yes):
        return "loss denied, entry asserted"
    if no.claim in TAKEN and yes.claim in TAKEN and _same_side(no, yes):
        return "loss asserted and denied"
    if (
        no.claim == "attacked"
        and yes.claim in ("attacked", "repulsed", "entered", "fell")
        and _same_side(no, yes)
    ):
        return "attack asserted and denied"
    if no.claim == "withdrew" and yes.claim in HAS_IT and no.side != yes.side and "part" not in no.tokens:
        return "withdrawal denied, loss asserted"
    if no.claim == "held" and yes.claim == "held" and no.side == yes.side:
        return "control asserted and denied"
    if (
        no.claim == "fell"
        and yes.claim == "withdrew"
        and no.side != yes.side
        and not {"part"} & (yes.tokens | no.tokens)
    ):
        return "loss denied, withdrawal asserted"
    return ""


def _persons(a: Event, b: Event, denied: list[bool]) -> str:
    if a.claim == b.claim and denied[0] != denied[1]:
        return f"{a.claim} asserted and denied"
    if any(denied):
        return ""
    pair = {a.claim, b.claim}
    if (
        len(pair) == 2
        and pair <= {"fled", "captured", "stayed", "switched"}
        and "arrived" not in a.tokens | b.tokens
        and not (pair == {"fled", "stayed"} and a.place.id and b.place.id and a.place.id != b.place.id)
    ):
        return " / ".join(sorted(pair))
    return ""


def _counts(a: Event, b: Event) -> str:
    if a.claim == b.claim and a.side == b.side and a.count and b.count and a.count != b.count:
        return f"{a.count} or {b.count}"
    return ""


def _control(one: Claim, other: Claim) -> str:
    a, b = one.event, other.event
    pair = {a.claim, b.claim}
    partial = "part" in a.tokens | b.tokens
    apart = bool(a.side and b.side and a.side != b.side)
    others = one.speaker.key != other.speaker.key and not _apart_in_time(one, other)
    if pair == {"held"} and apart and ("part" in a.tokens) != ("part" in b.tokens) and others:
        return "held by one side, in part by the other"
    if one.number == other.number and "together" in a.tokens & b.tokens:
        return ""
    if pair <= HAS_IT and apart and not partial:
        told_on = one.dated != other.dated or one.speaker.key == other.speaker.key
        later = ("retaken" in a.tokens | b.tokens and told_on) or _apart_in_time(one, other)
        return "" if later else "two sides are each said to hold it"
    if "handed_over" in pair and "withdrew" in pair:
        told_on = one.number == other.number or partial or _apart_in_time(one, other)
        return "" if told_on else "handed over / abandoned"
    return _one_way(one, other) or _one_way(other, one)


def _one_way(one: Claim, other: Claim) -> str:
    """What the first claim says that the second excludes."""
    x, y = one.event, other.event
    apart = bool(x.side and y.side and x.side != y.side)
    partial, retaken = "part" in x.tokens | y.tokens, "retaken" in x.tokens | y.tokens
    if x.claim == "entered" and y.claim in TAKEN and apart:
        if "inside" in x.tokens and one.speaker.key != other.speaker.key:
            return "taken by one side, the other still inside"
        if retaken and _close(one, other) and one.number > other.number:
            return "taken back, and the other side is still there"
        return "" if retaken or _apart_in_time(one, other) else "taken by one side, entered by the other"
    if x.claim == "entered" and y.claim == "held" and apart and _close(one, other):
        return "entered by one side, held by the other"
    if x.side != y.side or not x.side:
        return ""
    if x.claim == "held" and y.claim == "withdrew" and not partial and one.number != other.number:
        told_on = _apart_in_time(one, other) and not _later(one, other)
        return "" if told_on else "held and left by the same side"
    others = one.speaker.key != other.speaker.key and not _apart_in_time(one, other)
    if x.claim == "repulsed" and y.claim in HAS_IT | {"entered"} and others:
        return "attack beaten off / taken"
    if (
        x.claim == "withdrew"
        and y.claim in TAKEN
        and one.number != other.number
        and not partial
        and not retaken
        and not _apart_in_time(one, other)
    ):
        return "taken and left by the same side"
    return ""


def _close(one: Claim, other: Claim) -> bool:
    """Whether two speakers speak of one time, in sentences that stand together."""
    others = one.speaker.key != other.speaker.key and not _apart_in_time(one, other)
    return others and 0 < abs(one.number - other.number) <= NEAR


def _later(one: Claim, other: Claim) -> bool:
    """Whether the first of two claims by different speakers is of a later day."""
    a, b = one.dated, other.dated
    if a is None or b is None or a.day is None or b.day is None:
        return False
    return a.day > b.day and one.speaker.key != other.speaker.key


def _apart_in_time(one: Claim, other: Claim) -> bool:
    """Whether two claims are each given a day, and not the same."""
    a, b = one.dated, other.dated
    return a is not None and b is not None and a.own and b.own and a.day != b.day


def _against_case(reading: Reading, rows: list[DraftRow], known: set[str]) -> Iterator[Flag]:
    """A loss denied, or a place called held, that the case's reports of the days before have as lost and confirmed."""
    for report in reading.names.case.reports:
        stamp = report["published_at"]
        day = stamp.date() if isinstance(stamp, datetime) else stamp
        if (
            not isinstance(day, date)
            or not 0 <= (reading.published - day).days <= 3
            or report["claim"] not in TAKEN
        ):
            continue
        if (
            report["verification"] != "confirmed"
            or report["polarity"] == "denied"
            or "part" in (report["note"] or "").split()
        ):
            continue
        for row in rows:
            event = row.claim.event
            if event.place.id != report["place"] or event.place.id in known or "part" in event.tokens:
                continue
            lost = event.claim in TAKEN and event.stance.polarity == "denied" and event.side == report["side"]
            other = (
                event.claim == "held"
                and event.stance.polarity == "asserted"
                and event.side not in ("", report["side"])
            )
            if lost or other:
                yield (
                    "contradiction",
                    (row.claim.number,),
                    f"{event.place.id}: report {report['id']} of the case has it as taken",
                )
