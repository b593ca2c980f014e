"""Whose deed was mixed up: own forces that take what they flee from, leaders that flee to the enemy, and the like."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from headlong.reports.reading.clause import Clause
from headlong.reports.reading.lexicon import listed
from headlong.reports.reading.roles import sides
from headlong.reports.reading.weigh import GAINS

if TYPE_CHECKING:
    from headlong.reports.reading.reader import Reading, Told
    from headlong.reports.reading.rows import Line

__all__ = ["swaps"]

Flag = tuple[str, tuple[int, ...], str]
RUNNING = frozenset(["flee", "escape", "withdraw", "retreat", "run"])
BREAKING = listed("swaps.breaking")
TAKES = frozenset({"fell", "entered", "handed_over"})


def swaps(reading: Reading, rows: list[Line]) -> Iterator[Flag]:
    """Return the sentences in which the sides look exchanged."""
    claims = [row.claim for row in rows if row.claim.event.stance.polarity == "asserted"]
    yield from _own_gain(reading, claims)
    yield from _to_the_enemy(reading, claims)
    yield from _to_itself(reading, claims)
    yield from _wrong_way(reading, claims)
    yield from _wrong_camp(reading)


def _own_gain(reading: Reading, claims: list[Told]) -> Iterator[Flag]:
    """A side enters or takes a place that it held, and that the text says it left or lost."""
    held = reading.names.holder
    for one in claims:
        event = one.event
        if (
            event.claim not in TAKES
            or not event.side
            or "retaken" in event.tokens
            or event.side != held.get(event.place.id)
        ):
            continue
        for other in claims:
            if other is one or other.event.place.id != event.place.id:
                continue
            left = (
                other.event.claim == "withdrew"
                and other.event.side == event.side
                and other.number == one.number
            )
            lost = (
                other.event.claim in TAKES
                and other.event.side not in ("", event.side)
                and not _later(one, other)
            )
            if left or (lost and one.number != other.number):
                yield (
                    "side_swap",
                    (one.number,),
                    f"{event.side} {event.claim} {event.place.id}, which was its own and is said to be lost",
                )
                break


def _later(one: Told, other: Told) -> bool:
    """Whether a gain comes after the loss, as a counter-attack does."""
    a, b = one.dated, other.dated
    return a is not None and b is not None and a.day is not None and b.day is not None and a.day > b.day


def _to_the_enemy(reading: Reading, claims: list[Told]) -> Iterator[Flag]:
    memory = reading.memory
    assert memory is not None
    for at, clauses in enumerate(reading.clauses):
        for clause in clauses:
            if clause.verb is None or clause.verb.lemma not in RUNNING or clause.verb.modal:
                continue
            there = [
                s
                for noun in clause.preps
                if noun.prep == "to" and not noun.poss
                for s in sides(noun, memory)
                if _bare_side(noun)
            ]
            own = sides(clause.subject, memory) or [
                one.event.side for one in claims if one.event.clause is clause
            ]
            if there and (not own or reading.names.opponent(own[0]) == there[0]):
                yield "side_swap", (at + 1,), f"fled to {there[0]}"


def _bare_side(noun: object) -> bool:
    mentions = getattr(noun, "mentions", [])
    return any(m.kind == "side" for m in mentions) and not any(
        m.kind in ("place", "province") for m in mentions
    )


def _to_itself(reading: Reading, claims: list[Told]) -> Iterator[Flag]:
    """A side hands over to itself, captures its own leader, or beats off its own attack."""
    memory = reading.memory
    assert memory is not None
    for one in claims:
        clause, event = one.event.clause, one.event
        if clause.verb is None or event.nominal:
            continue
        by = [
            s
            for noun in clause.preps
            if noun.prep in ("by", "from") and _bare_side(noun)
            for s in sides(noun, memory)
        ]
        acting = sides(clause.subject, memory) if clause.own_subject and not clause.verb.passive else []
        own = False
        if event.claim == "handed_over":
            own = (
                bool(acting)
                and acting[0] == event.side
                and _lemma(clause) in ("hand", "surrender", "cede", "yield", "give", "turn")
            )
        elif event.claim in ("captured", "repulsed"):
            own = event.side != "" and event.side in (by if clause.verb.passive else acting)
        elif event.claim in GAINS and not clause.verb.passive:
            own = event.side != "" and event.side in by
        if own:
            yield "side_swap", (one.number,), f"{event.side} on both ends of {event.claim}"


def _wrong_way(reading: Reading, claims: list[Told]) -> Iterator[Flag]:
    """A side that gains all through the text is said to crumble or flee."""
    memory = reading.memory
    assert memory is not None
    gains: dict[str, set[int]] = {}
    for one in claims:
        if (
            one.event.claim in TAKES
            and one.event.side
            and one.event.side != reading.names.holder.get(one.event.place.id, "")
        ):
            gains.setdefault(one.event.side, set()).add(one.number)
    for at, clauses in enumerate(reading.clauses):
        for clause in clauses:
            if not _breaks(clause):
                continue
            own = sides(clause.subject, memory)
            facing = [
                s
                for noun in clause.preps
                if noun.prep in ("before", "to", "against")
                for s in sides(noun, memory)
            ]
            if own and facing[:1] == own[:1]:
                yield "side_swap", (at + 1,), f"{own[0]} gives way to itself"
                continue
            foe = reading.names.opponent(own[0]) if own else ""
            mine = gains.get(own[0], set()) - {at + 1} if own else set()
            if (
                mine
                and not (gains.get(foe, set()) - {at + 1})
                and (_lemma(clause) in ("crumble", "collapse", "disintegrate", "melt") or not _placed(clause))
            ):
                yield "side_swap", (at + 1,), f"{own[0]} gives way here and gains elsewhere"


def _lemma(clause: Clause) -> str:
    return clause.verb.lemma if clause.verb is not None else ""


def _breaks(clause: Clause) -> bool:
    verb = clause.verb
    return (
        verb is not None
        and verb.lemma in BREAKING
        and not verb.modal
        and not verb.negated
        and not verb.infinitive
        and clause.subject is not None
        and not clause.subject.pronoun
        and not verb.chain
    )


def _placed(clause: Clause) -> bool:
    """Whether a retreat is from a named place, as in any ordinary report of a setback."""
    return any(m.kind == "place" for noun in clause.nouns for m in noun.mentions)


def _wrong_camp(reading: Reading) -> Iterator[Flag]:
    """A leader with the other side's name before his: ``Taliban commander Atta Mohammad Noor``."""
    names = reading.names
    for at, parsed in enumerate(reading.parsed):
        for one, other in pairwise(parsed.mentions):
            if one.kind != "side" or other.kind != "leader" or one.id == names.leader_side[other.id]:
                continue
            gap = [token.key for token in parsed.tokens[one.end : other.start]]
            before = parsed.tokens[one.start - 1].key if one.start else ""
            titles = {
                "commander",
                "leader",
                "spokesman",
                "chief",
                "general",
                "governor",
                "president",
                "colonel",
                "warlord",
            }
            if (
                gap
                and len(gap) < 4
                and set(gap) & titles
                and before not in ("anti", "ex", "former")
                and "s" not in gap
                and "'s" not in gap
            ) and not any(key in ("former", "veteran", "foe", "enemy", "opponent") for key in gap):
                yield "side_swap", (at + 1,), f"{other.text} is no man of {one.text}"
