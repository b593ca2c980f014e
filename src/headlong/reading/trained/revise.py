"""From the network's scores to claims, sentence by sentence; the rules lend clauses, speakers, persons and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from headlong.reading.claims.claim import Claim, Reading
from headlong.reading.claims.shapes import FlagEntry
from headlong.reading.lexicon.kinds import COUNTED, PARTIES, PERSONAL
from headlong.reading.lexicon.lexicon import listed
from headlong.reading.meaning.discourse import REPORTER, Place, Speaker
from headlong.reading.meaning.factuality import Stance, text_between
from headlong.reading.meaning.frames.event import Event
from headlong.reading.syntax.clause import Clause
from headlong.reading.syntax.phrases import Noun, Parsed
from headlong.reading.trained.doers import away_sides, labelled, named_doer
from headlong.reading.trained.gates import by_words, ruled_out, take_back
from headlong.reading.trained.meant import rebels_at
from headlong.reading.trained.network import CLASSES, Network, Scores
from headlong.reading.trained.parts import parts_of
from headlong.reading.trained.slots import CLAIMS, WHOLE, EarlierClaim, Found, Slots, slots_of
from headlong.reading.trained.speaking import denier_among, side_that_speaks
from headlong.reading.trained.view import view_of

__all__ = ["Found", "damaged", "revise"]

SURE = -1.2
"""Log chance from which the network's class of source counts for more than that of the speaker whom the rules find."""
LEAST = 0.5
AGREED = 0.25
"""Least chances at which a claim is drafted: alone, and where the rules read the same."""

JOINED = re.compile(r",? ?(?:and|or|to|,|[-\u2013]) ?")
"""What stands between two days of one month."""
BACK = 2
"""Sentences back in which a person may have been named who is now "he"."""
MEANING_ONE = listed("meant.one")
"""Words that may mean a person named before."""
ELSEWHERE = 0.8
"""Least chance of a claim about a place that the sentence does not name, where it names another."""
QUIET = 0.8
"""Least chance of a claim of a sentence that names no place and in which the rules read nothing."""
HEARD = 0.6
"""Least chance of the likeliest claim of a sentence: below it only what the rules read too is drafted."""
FAINT = 0.07
"""Least chance of a claim that gives no row and yet may contradict one."""

GROUPS = frozenset({"group", "movement", "rebels", "fighters", "insurgents", "guerrillas", "militants"})
"""Words for a party that is not the government's: another speaker of the sentence does not say whose it is."""
FAULTS = frozenset({"garbled", "side_swap", "place_mismatch"})
THROUGHOUT = 0.4
FEWEST = 3
"""Share and number of faulty sentences from which a text is damaged throughout."""


def revise(reading: Reading, network: Network) -> None:
    """Put the network's claims in the place of those of the rules.

    Parameters
    ----------
    reading
        A text as the rules read it; its claims are replaced.
    network
        The trained network.
    """
    drafted = reading.claims
    away = away_sides(reading)
    told: list[EarlierClaim] = []
    claims: list[Claim] = []
    for number, parsed in enumerate(reading.parsed, 1):
        for span in parts_of(reading, number) if parsed.tokens else ():
            for slots in _windows(reading, number, told, span):
                own = [one for one in drafted if one.number == number and _is_seen(one, slots)]
                made, faint = _read_part(reading, number, slots, own, network, away)
                claims += made
                told += _told_by(made)
                reading.faint += faint
    reading.claims = claims


def _windows(
    reading: Reading, number: int, told: list[EarlierClaim], span: tuple[int, int]
) -> Iterator[Slots]:
    """Yield what a part of a sentence may speak of, again for the places of a long list that had no sign yet."""
    slots = slots_of(reading, number, told, span)
    yield slots
    left = slots.named - set(slots.places)
    while left:
        more = slots_of(reading, number, told, span, slots.named - left)
        more.places = [place for place in more.places if place in left]
        yield replace(more, listed=True)
        left -= set(more.places)


def _is_seen(one: Claim, slots: Slots) -> bool:
    """Whether a claim of the rules is about what the network sees: of a further window its places only."""
    event = one.event
    return slots.covers(event.clause.start) and (not slots.listed or event.place.id in slots.places)


def _read_part(
    reading: Reading, number: int, slots: Slots, own: list[Claim], network: Network, away: frozenset[str]
) -> tuple[list[Claim], list[Claim]]:
    """Return what the network finds in a sentence or a part of it, and what is too unlikely for a row."""
    parsed = reading.parsed[number - 1]
    scores = network.scores(view_of(reading, number, slots, network.pieces))
    drafts = list(found_in(scores, slots, own, network, away))
    kept, worded = by_words(drafts, own, reading, number)
    claims: list[Claim] = []
    for found in kept:
        if (label := labelled(found.place, own)) is not None:
            found.claim, found.side = label.event.claim, label.event.side
        found.side = named_doer((found.place, found.claim, found.denied), own, reading) or found.side
        made = [take_back(one) for one in claims_of(found, reading, number, own, slots.span)]
        claims += [] if any(ruled_out(one, parsed) for one in made) else made
    faint: list[Claim] = []
    for found in _faint(scores, slots, drafts, away):
        made = [take_back(one) for one in claims_of(found, reading, number, own, slots.span)]
        faint += [one for one in made if not ruled_out(one, parsed)]
    return [*claims, *worded], faint


def _told_by(claims: Sequence[Claim]) -> list[EarlierClaim]:
    """Return claims as what a sentence further on knows of them."""
    told = [
        (one.event.place.id, one.event.claim, one.event.side, one.event.stance.polarity) for one in claims
    ]
    return [EarlierClaim(*one) for one in dict.fromkeys(told)]


def damaged(flags: Sequence[FlagEntry], sentences: int) -> bool:
    """Whether so many sentences are faulty that a text says literally what no sound text says.

    Parameters
    ----------
    flags
        The flags of the text.
    sentences
        How many sentences it has.
    """
    faulty = {number for flag in flags if flag["kind"] in FAULTS for number in flag["sentences"]}
    return len(faulty) >= max(FEWEST, THROUGHOUT * sentences)


def found_in(
    scores: Scores, slots: Slots, own: list[Claim], network: Network, away: frozenset[str] = frozenset()
) -> Iterator[Found]:
    """Return the claims of a sentence that are likely enough; `away` are sides whose deed none can be."""
    read = {(c.event.place.id, c.event.claim, c.event.stance.polarity == "denied") for c in own}
    heard = float(scores.chance.max()) >= HEARD
    for at, place in enumerate(["", *slots.places]):
        if slots.listed and not place:
            continue
        alone = _least_alone(place, slots, bool(own), network)
        for cell, chance in enumerate(scores.chance[at]):
            claim, denied = CLAIMS[cell % len(CLAIMS)], cell >= len(CLAIMS)
            agreed = (place, claim, denied) in read
            if chance < (network.least.get("agreed", AGREED) if agreed else alone) or not (agreed or heard):
                continue
            yield _found(scores, slots, at, cell, away)


def _faint(scores: Scores, slots: Slots, drafts: list[Found], away: frozenset[str]) -> Iterator[Found]:
    """Return the claims of a sentence that are too unlikely for a row, and likely enough to contradict one."""
    known = {(one.place, one.claim, one.denied) for one in drafts}
    for at, place in enumerate(["", *slots.places]):
        for cell, chance in enumerate(scores.chance[at]):
            claim, denied = CLAIMS[cell % len(CLAIMS)], cell >= len(CLAIMS)
            if chance >= FAINT and (place, claim, denied) not in known and (place or not slots.listed):
                yield _found(scores, slots, at, cell, away)


def _found(scores: Scores, slots: Slots, at: int, cell: int, away: frozenset[str]) -> Found:
    """Return one claim at one place with what the network says of it."""
    place, ids = ["", *slots.places][at], ["", *slots.sides]
    chances = scores.side_chances(at, cell) * [side not in away for side in ids]
    side = ids[int(chances.argmax())]
    sources, part = scores.about(at, cell)
    source = CLASSES[int(sources.argmax())] if sources.max() > SURE else ""
    claim, denied = CLAIMS[cell % len(CLAIMS)], cell >= len(CLAIMS)
    return Found(place, claim, denied, side, float(scores.chance[at, cell]), source, part > 0.5)


def _least_alone(place: str, slots: Slots, ruled: bool, network: Network) -> float:
    """Return the least chance of a claim about a place that the rules do not read, though maybe others there."""
    least = network.least.get("alone", LEAST)
    if not slots.named:
        return least if ruled else max(least, QUIET)
    return max(least, ELSEWHERE) if place and place not in slots.named else least


def claims_of(
    found: Found, reading: Reading, number: int, own: list[Claim], span: tuple[int, int] = WHOLE
) -> list[Claim]:
    """Return a claim with its clause, speaker and person: those of the rules where they read the same."""
    same = [one for one in own if one.event.claim == found.claim and one.event.place.id == found.place]
    here = same or [one for one in own if one.event.place.id == found.place]
    near = here or own
    parsed, clauses = reading.parsed[number - 1], reading.clauses[number - 1]
    if not clauses:
        return []
    clause = here[0].event.clause if here else _clause_for(found, reading, number, span)
    claimants = {one.speaker.key for one in same if one.event.stance.polarity == "asserted"}
    speaker = _speaker(found, near[0].speaker if near else None, reading, number, clause)
    if found.denied and speaker.key in claimants:
        speaker = denier_among(claimants, reading, number) or speaker
    people = [one.event.leader for one in same if one.event.leader] or _people(found, reading, number, clause)
    stance = Stance(
        "denied" if found.denied else "asserted", hearsay=any(s.event.stance.hearsay for s in same)
    )
    tokens = set(same[0].event.tokens) if same else set()
    tokens = (tokens - {"part"}) | ({"part"} if found.part else set())
    said = near[0].words if near else text_between(parsed, 0, len(parsed.tokens))
    spots = {m.id: parsed.tokens[m.start].start for m in parsed.mentions if m.kind == "place"}
    paragraph = reading.laid.sentences[number - 1].paragraph
    made: list[Claim] = []
    for person in dict.fromkeys(people) or [""]:
        side = reading.names.leader_side.get(person, "") if found.claim in PERSONAL else ""
        count = next((one.event.count for one in same if one.event.count), None) or _count(
            found, clause, parsed
        )
        event = Event(
            found.claim, Place(found.place), side or found.side, person, None if person else count, stance, clause,
            tokens, start=clause.start, end=clause.end, sentence=number,
        )  # fmt: skip
        claim = Claim(number, paragraph, event, speaker, clauses, reading.dates[number - 1], said, spots)
        claim.drafter = "both" if any(_agree(event, one.event) for one in same) else "local"
        made.append(claim)
    return made


def _agree(event: Event, other: Event) -> bool:
    """Whether the rules read a claim, of one place, with the same side and polarity."""
    return event.side == other.side and event.stance.polarity == other.stance.polarity


def _clause_for(found: Found, reading: Reading, number: int, span: tuple[int, int]) -> Clause:
    """Return the clause that a claim most likely stands in: the one that names its place, else the first that acts."""
    parsed, clauses = reading.parsed[number - 1], reading.clauses[number - 1]
    clauses = [c for c in clauses if span[0] <= c.start < span[1]] or clauses
    acting = [c for c in clauses if c.verb is not None and not c.own_report] or clauses
    spots = [m.start for m in parsed.mentions if m.kind == "place" and m.id == found.place]
    for clause in acting:
        if any(clause.start <= at < clause.end for at in spots):
            return clause
    return acting[0]


def _speaker(found: Found, near: Speaker | None, reading: Reading, number: int, clause: Clause) -> Speaker:
    """Return who says it: the speaker that the rules find, if of the class that the network says."""
    heard = reading.speakers[number - 1]
    first = near or heard[clause.number]
    same = next((one for one in (first, *heard.values()) if found.source in ("", one.source)), None)
    if same is None and found.source == "reporter":
        return REPORTER
    one = same or replace(first if first.source != "reporter" else Speaker(found.source), source=found.source)
    if one.side:
        return one
    if one.source in PARTIES:
        group = GROUPS & {*one.key.rpartition(":")[2].split()}
        return replace(one, side=(rebels_at if group else side_that_speaks)(reading, number))
    return one if same or one.source != "official" else replace(one, side=reading.names.incumbent)


def _people(found: Found, reading: Reading, number: int, clause: Clause) -> list[str]:
    """Return the leaders of a side that a sentence names where a claim is about persons."""
    if found.claim not in PERSONAL:
        return []
    parsed, names = reading.parsed[number - 1], reading.names
    named = [m for m in parsed.mentions if m.kind == "leader" and names.leader_side[m.id] == found.side]
    inside = [m.id for m in named if clause.start <= m.start < clause.end]
    return inside or [m.id for m in named][:1] or _meant(found, reading, number)


def _meant(found: Found, reading: Reading, number: int) -> list[str]:
    """Return whom a sentence means by ``he`` or ``the governor``: the only leader of a side who was just named."""
    if not MEANING_ONE & {token.key for token in reading.parsed[number - 1].tokens}:
        return []
    before = [m for parsed in reading.parsed[max(0, number - 1 - BACK) : number - 1] for m in parsed.mentions]
    own = [m.id for m in before if m.kind == "leader" and reading.names.leader_side[m.id] == found.side]
    return own[:1] if len(set(own)) == 1 else []


def _count(found: Found, clause: Clause, parsed: Parsed) -> int | None:
    """Return how many people or vehicles a clause speaks of."""
    if found.claim not in COUNTED:
        return None
    numbers = [n.number for n in clause.nouns if n.number and n.number > 1 and not _is_day(n, parsed)]
    return max(numbers) if numbers else None


def _is_day(noun: Noun, parsed: Parsed) -> bool:
    """Whether a number is one of several days of a month: ``on 12 and 13 September``."""
    begin, end = parsed.tokens[noun.start].start, parsed.tokens[noun.end - 1].end
    return any(
        when.start <= begin < when.end or JOINED.fullmatch(parsed.text[end : when.start])
        for when in parsed.dates
    )
