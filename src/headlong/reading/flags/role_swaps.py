"""Whose deed was mixed up: own forces that take what they flee from, leaders that flee to the enemy, and the like."""

from __future__ import annotations

from collections.abc import Iterator

from headlong.reading.claims.claim import Claim, Reading
from headlong.reading.claims.rows import DraftRow
from headlong.reading.claims.shapes import Flag
from headlong.reading.flags.own_ranks import own_ranks
from headlong.reading.flags.wrong_side import wrong_camps
from headlong.reading.lexicon.gazetteer import Gazetteer
from headlong.reading.lexicon.kinds import TAKES
from headlong.reading.lexicon.lexicon import listed, words
from headlong.reading.meaning.arguments import sides
from headlong.reading.syntax.clause import Clause
from headlong.reading.syntax.phrases import Noun, role_of

__all__ = ["swaps"]

RUNNING = frozenset(["flee", "escape", "withdraw", "retreat", "run"])
BREAKING = listed("swaps.breaking")
GIVING = frozenset({"hand", "surrender", "cede", "yield", "give", "turn", "capitulate"})
HOSTILE = listed("swaps.hostile")
GRUDGING = frozenset({"concede", "admit"})
PROUD = frozenset({"boast", "celebrate", "hail", "tout"})


def swaps(reading: Reading, rows: list[DraftRow]) -> Iterator[Flag]:
    """Return the sentences in which the sides look exchanged."""
    claims = [row.claim for row in rows if row.claim.event.stance.polarity == "asserted"]
    # a claim that the rules do not read has no clause of its own: nothing follows from the words of the nearest one
    parsed = [one for one in claims if one.drafter != "local"]
    yield from _own_gain(reading, parsed)
    yield from _in_and_out(parsed)
    yield from _to_the_enemy(reading, parsed)
    yield from _to_itself(reading, parsed)
    yield from _wrong_way(reading, claims)
    yield from _wrong_way_round(reading, claims, parsed)
    yield from wrong_camps(reading)
    yield from own_ranks(reading)


def _own_gain(reading: Reading, claims: list[Claim]) -> Iterator[Flag]:
    """A side enters or takes a place that it held, and that the text says it left or lost."""
    for one in claims:
        event = one.event
        if (
            event.claim not in TAKES - {"handed_over"}
            or not event.side
            or {"retaken", "part"} & event.tokens
            or event.side != reading.held_before(one)
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


def _in_and_out(claims: list[Claim]) -> Iterator[Flag]:
    """A side that takes or attacks the very place that it flees at that moment: ``entered it as it fled``."""
    for one in claims:
        for other in claims:
            a, b = one.event, other.event
            if one.number != other.number or b.claim not in TAKES | {"attacked", "besieged"}:
                continue
            gone = a.claim == "withdrew" and a.place.id == b.place.id
            if not gone and (a.claim != "crossed" or _lemma(a.clause) not in RUNNING):
                continue
            at_once = {a.clause.opener, b.clause.opener} & {"as", "when", "while", "after", "because"}
            if a.side and a.side == b.side and at_once and "retaken" not in b.tokens:
                yield "side_swap", (one.number,), f"{a.side} leaves {a.place.id} and {b.claim} it"


def _later(one: Claim, other: Claim) -> bool:
    """Whether a gain comes after the loss, as a counter-attack does."""
    a, b = one.dated, other.dated
    return a is not None and b is not None and a.day is not None and b.day is not None and a.day > b.day


def _to_the_enemy(reading: Reading, claims: list[Claim]) -> Iterator[Flag]:
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
                if _is_side(noun)
            ]
            own = sides(clause.subject, memory) or [
                one.event.side for one in claims if one.event.clause is clause
            ]
            if there and (not own or _foes(own[0], there[0], reading.names)):
                yield "side_swap", (at + 1,), f"fled to {there[0]}"


def _foes(one: str, other: str, names: Gazetteer) -> bool:
    """Whether one is the government's side and the other a rebels'."""
    return one != other and names.incumbent in (one, other) and bool({one, other} & set(names.rebels))


def _is_side(noun: Noun) -> bool:
    """Whether a group is a party itself, not its lines or positions."""
    named = any(m.kind == "side" and m.end == noun.end for m in noun.mentions)
    return _of_a_side(noun) and (named or noun.head in words().groups)


def _to_itself(reading: Reading, claims: list[Claim]) -> Iterator[Flag]:
    """A side hands over to itself, captures its own leader, or takes a place from itself."""
    memory = reading.memory
    assert memory is not None
    for one in claims:
        clause, event = one.event.clause, one.event
        if clause.verb is None or event.nominal or not event.side:
            continue
        after = [c for c in one.clauses[clause.number + 1 : clause.number + 2] if c.verb is None]
        groups = [*clause.preps, *(n for c in after for n in c.preps)]
        by = [s for n in groups if n.prep in ("by", "from") and _of_a_side(n) for s in sides(n, memory)]
        acting = sides(clause.subject, memory) if clause.own_subject and not clause.verb.passive else []
        if event.claim == "handed_over":
            own = acting[:1] == [event.side] and _lemma(clause) in GIVING
        elif event.claim == "captured":
            own = event.side in (by if clause.verb.passive else acting) and _lemma(clause) not in GIVING
        else:
            suffers = clause.verb.passive or (clause.verb.bare and not clause.own_subject)
            own = event.claim in TAKES and not suffers and event.side in by
        if own:
            yield "side_swap", (one.number,), f"{event.side} on both ends of {event.claim}"
    yield from _own_foe(reading)


def _own_foe(reading: Reading) -> Iterator[Flag]:
    """A side that attacks, surrounds or captures itself: ``rebels surrounded the rebels``."""
    memory = reading.memory
    assert memory is not None
    for at, clauses in enumerate(reading.clauses):
        for clause in clauses:
            verb = clause.verb
            if (
                verb is None
                or verb.modal
                or verb.negated
                or verb.lemma not in HOSTILE
                or clause.subject is None
            ):
                continue
            suffers = (
                clause.objects[:1] if not verb.passive else [n for n in clause.preps if n.prep == "by"][:1]
            )
            if not suffers or suffers[0].pronoun or clause.subject.pronoun:
                continue
            one, other = sides(clause.subject, memory), sides(suffers[0], memory)
            if one and one == other and _of_a_side(clause.subject) and _of_a_side(suffers[0]):
                yield "side_swap", (at + 1,), f"{one[0]} fights itself"


def _of_a_side(noun: Noun) -> bool:
    """Whether a group is a force or party, not a place that belongs to one."""
    if any(m.kind in ("place", "province") for m in noun.mentions):
        return False
    named = any(m.kind in ("side", "leader") for n in (noun, noun.of) if n is not None for m in n.mentions)
    return named or role_of(noun)[1] >= 1


def _wrong_way_round(reading: Reading, claims: list[Claim], parsed: list[Claim]) -> Iterator[Flag]:
    """A place falls to those who held it, by the word of their enemies; a success "conceded", a defeat "hailed"."""
    lost = {one.event.place.id for one in claims if one.event.claim in TAKES and _to_another(one, reading)}
    lost |= {one.event.place.id for one in claims if "retaken" in one.event.tokens}
    for one in parsed:
        event, said = one.event, one.speaker.side
        if event.claim in ("fell", "handed_over") and "retaken" not in event.tokens and event.side:
            foe = said and said != event.side and one.speaker.source != "official"
            falls = _lemma(event.clause) in ("fall", "surrender", "capitulate", "collapse")
            own = event.side == reading.held_before(one) and event.place.id not in lost
            if own and (foe or falls):
                yield "side_swap", (one.number,), f"{event.place.id} falls to {event.side}, which held it"
        reporting = {_lemma(c) for c in one.clauses if c.own_report}
        grudging = one.interest == "own_success" and reporting & GRUDGING
        proud = one.interest == "own_failure" and reporting & PROUD
        if (grudging or proud) and event.claim in TAKES:
            yield "side_swap", (one.number,), f"{'/'.join(sorted(reporting))}: the wrong way round for {said}"


def _to_another(one: Claim, reading: Reading) -> bool:
    """Whether a place goes to a side that did not hold it."""
    return one.event.side not in ("", reading.held_before(one))


def _wrong_way(reading: Reading, claims: list[Claim]) -> Iterator[Flag]:
    """A side that gains all through the text is said to crumble or flee."""
    memory = reading.memory
    assert memory is not None
    gains: dict[str, set[int]] = {}
    for one in claims:
        if (
            one.event.claim in TAKES
            and one.event.side
            and one.event.side
            not in (reading.held_before(one), reading.names.holder.get(one.event.place.id, ""))
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
                and _lemma(clause) in ("crumble", "collapse", "disintegrate")
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
