"""Rows of the table: each claim of each source once, at the sentence that says it first; and what was skipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headlong.reading.claims.claim import Claim, Reading, beyond_border
from headlong.reading.claims.shapes import BEYOND, DraftCells, FlagEntry, Skipped
from headlong.reading.lexicon.kinds import PARTIES
from headlong.reading.lexicon.lexicon import phrases
from headlong.reading.meaning.discourse import Speaker
from headlong.reading.meaning.factuality import text_between
from headlong.reading.syntax.clause import kind_of
from headlong.reading.syntax.phrases import Parsed
from headlong.reading.text.decode import one_line

__all__ = ["DraftRow", "barred", "rows_of", "skipped_of", "unread_of"]


@dataclass(eq=False)
class DraftRow:
    """One row and the claim behind it."""

    cells: DraftCells
    claim: Claim


def rows_of(reading: Reading) -> list[DraftRow]:
    """Return the rows of a text in the order of its sentences."""
    kept: list[Claim] = []
    seen: dict[tuple[str, ...], set[str]] = {}
    for one in reading.claims:
        event, dated = one.event, one.dated
        if dated is None or dated.day is None or _restated(one, kept) or not _sound(one):
            continue
        if barred(one, reading):
            continue
        who = (one.speaker.key, event.leader, event.side)
        key: tuple[str, ...] = (*who, event.place.id, event.claim, event.stance.polarity)
        if event.place.id == "" and event.claim in ("fell", "entered"):
            key = (*key, one.words)
        if any(not name or not one.speaker.name or name == one.speaker.name for name in seen.get(key, ())):
            continue
        if any(_repeated(one, other) for other in kept):
            continue
        seen.setdefault(key, set()).add(one.speaker.name)
        kept.append(one)
    beside: dict[int, list[Claim]] = {}
    for one in kept:
        beside.setdefault(one.number, []).append(one)
    kept = [one for one in kept if not _covered(one, beside[one.number])]
    return [DraftRow(_cells(one, reading), one) for one in kept]


def barred(one: Claim, reading: Reading) -> str:
    """Return why a claim can be no row, whoever drafts it; else nothing."""
    place = one.event.place.id
    return beyond_border(one.event.claim, place, reading.names.kind_of.get(place, ""))


def _repeated(one: Claim, other: Claim) -> bool:
    """Whether a side has said what the network reads before: the same of the same day, and no other named speaker."""
    event, told, day, before = one.event, other.event, one.dated, other.dated
    if "rules" in (one.drafter, other.drafter) or day is None or before is None or day.day != before.day:
        return False
    speakers = (one.speaker, other.speaker)
    if one.speaker.source not in PARTIES or not one.speaker.side or not event.place.id:
        return False
    said = [(who.source, who.side) for who in speakers]
    names = {_named(who) for who in speakers} - {""}
    counts = {event.count, told.count} - {None}
    meant: list[Sequence[object]] = [
        (e.claim, e.place.id, e.side, e.leader, e.stance.polarity, "part" in e.tokens) for e in (event, told)
    ]
    if told.claim == "fell" and event.claim == "held":  # that it is theirs says no more
        meant = [rest for _, *rest in meant]
    return said[0] == said[1] and meant[0] == meant[1] and len(names) < 2 and len(counts) < 2


def _named(who: Speaker) -> str:
    """Return the name of a speaker, if he has one."""
    return who.name or who.person or (who.key if who.key.startswith(("person:", "leader:")) else "")


def _sound(one: Claim) -> bool:
    """Whether a claim says enough to be a row: it has a side or a person, or is a crossing or outside support."""
    event = one.event
    if event.claim in ("crossed", "support"):
        return True
    if event.claim == "displaced":
        return event.count is not None and event.stance.polarity == "asserted"
    if event.claim in ("fled", "captured", "stayed") and not event.leader and not event.place.id:
        return False
    return bool(
        event.side
        or event.leader
        or (event.place.id and event.claim not in ("fled", "captured", "stayed", "withdrew"))
    )


def _restated(one: Claim, kept: list[Claim]) -> bool:
    """Whether the reporter only comes back to what was told before, in a noun or a side clause."""
    event = one.event
    aside = event.nominal or event.clause.opener in (
        "who",
        "which",
        "after",
        "when",
        "since",
        "as",
        "before",
        "where",
        "part",
    )
    idle = event.nominal and kind_of(event.clause.verb) not in ("say", "confirm", "deny", "show", "see")
    if not (one.speaker.source == "reporter" and aside) and not idle:
        return False
    same = [
        k
        for k in kept
        if k.event.claim == event.claim and (event.leader or k.event.place.id == event.place.id)
    ]
    same = [
        k for k in same if k.event.stance.polarity == event.stance.polarity and k.event.leader == event.leader
    ]
    return any(not event.side or not k.event.side or k.event.side == event.side for k in same)


def _covered(one: Claim, kept: list[Claim]) -> bool:
    """Whether another claim of the same sentence and source says it already."""
    event = one.event
    beside = [
        k.event
        for k in kept
        if k is not one
        and k.number == one.number
        and k.speaker.key == one.speaker.key
        and k.event.place.id == event.place.id
    ]
    for other in beside:
        if (
            event.claim == "held"
            and other.stance.polarity == "denied"
            and other.claim in ("fell", "entered", "withdrew", "held")
        ):
            return event.stance.polarity == "asserted"
        if (
            event.claim == "held"
            and other.claim in ("fell", "handed_over")
            and other.side == event.side
            and "part" not in event.tokens
        ):
            return True
        if event.claim == "attacked" and other.claim == "repulsed" and event.side == other.side:
            return True
        if (
            event.claim == "attacked"
            and other.claim in ("fell", "entered")
            and event.side == other.side
            and event.nominal
        ):
            return True
    return False


def _cells(one: Claim, reading: Reading) -> DraftCells:
    event, names = one.event, reading.names
    assert one.dated is not None and one.dated.day is not None
    parsed = reading.parsed[one.number - 1]
    cells: DraftCells = {
        "sentence": one.number,
        "event_date": one.dated.day.isoformat(),
        "place": event.place.id,
        "claim": event.claim,
        "side": event.side,
        "leader": names.leader_name.get(event.leader, event.leader),
        "count": event.count,
        "polarity": event.stance.polarity,
        "source_class": "none"
        if one.speaker.source == "reporter" and one.verification == "unverified"
        else one.speaker.source,
        "verification": one.verification,
        "interest": one.interest,
        "words": one_line(text_between(parsed, event.start, event.end)),
        "note": _note(one),
        "drafter": one.drafter,
    }
    if event.claim == "displaced":
        cells["to"] = _whither(one, parsed)
    return cells


def _whither(one: Claim, parsed: Parsed) -> str:
    """Return where people fled to, in the words of the text."""
    goal = next(
        (noun for noun in one.event.clause.preps if noun.prep in ("to", "for", "towards", "into")), None
    )
    return one_line(text_between(parsed, goal.start, goal.end)) if goal is not None else ""


def _note(one: Claim) -> str:
    marks = sorted(one.event.tokens & {"part", "province", "retaken", "arrived"})
    if one.dated is not None and one.dated.first and one.dated.last and one.dated.first != one.dated.last:
        marks.append(f"range={one.dated.first}..{one.dated.last}")
    return "; ".join(marks)


def skipped_of(reading: Reading, rows: list[DraftRow], flags: list[FlagEntry]) -> list[Skipped]:
    """Return every sentence without a row, with the reason; the headline as sentence 0."""
    told = {row.claim.number for row in rows}
    found: dict[int, list[Claim]] = {}
    for one in reading.claims:
        found.setdefault(one.number, []).append(one)
    garbled = {n for flag in flags if flag["kind"] == "garbled" for n in flag["sentences"]}
    skipped: list[Skipped] = []
    if reading.laid.headline:
        skipped.append({"sentence": 0, "why": "headline: never coded"})
    for sentence in reading.laid.sentences:
        if sentence.number in told:
            continue
        why = _why(reading, sentence.number, sentence.text, found.get(sentence.number, []))
        if sentence.number in garbled:
            why = f"garbled, flagged; {why}"
        skipped.append({"sentence": sentence.number, "why": why})
    last = len(reading.laid.sentences)
    skipped += [
        {"sentence": last + n, "why": f"{BEYOND} the first {last} sentences"}
        for n in range(1, reading.laid.beyond + 1)
    ]
    return skipped


def unread_of(reading: Reading, rows: list[DraftRow]) -> list[int]:
    """Return the sentences that name a place of the war and gave no row, for a person to look at."""
    told = {row.claim.number for row in rows}
    kinds = reading.names.kind_of
    return [
        at
        for at, parsed in enumerate(reading.parsed, 1)
        if at not in told
        and any(
            m.kind == "province" or (m.kind == "place" and kinds.get(m.id) != "refuge")
            for m in parsed.mentions
        )
    ]


def _why(reading: Reading, number: int, text: str, found: list[Claim]) -> str:
    patterns = phrases()
    parsed = reading.parsed[number - 1]
    if len(parsed.tokens) and not parsed.items:
        return "too long to be a sentence"
    if text.rstrip("\"' ").endswith("?"):
        return "a question"
    if found:
        if whys := [why for one in found if (why := barred(one, reading))]:
            return whys[0]
        if any(one.dated is not None and one.dated.day is None for one in found):
            return "impossible date, flagged"
        return "restates a claim that was told before"
    if patterns["unverified"].search(text):
        return "says that claims could not be verified"
    if patterns["unclear"].search(text):
        return "hedged: said not to be known"
    if any(w.kind == "history" for w in parsed.dates) or patterns["history"].search(text):
        return "history or background"
    if patterns["future"].search(text) or any(w.kind == "future" for w in parsed.dates):
        return "forecast, plan or possibility"
    if any(tag == "M" for tag in parsed.tags):
        return "forecast, plan or possibility"
    return "no claim about a place, side or leader of the case"
