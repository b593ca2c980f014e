"""Warnings for the reader: contradictions, mixed-up sides, wrong places and dates, damaged sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from headlong.reading.claims.claim import Claim, Reading
from headlong.reading.claims.rows import DraftRow, barred
from headlong.reading.claims.shapes import Flag, FlagEntry
from headlong.reading.flags.contradictions import contradictions
from headlong.reading.flags.damaged_text import garbled
from headlong.reading.flags.role_swaps import swaps
from headlong.reading.flags.wrong_place import mismatches
from headlong.reading.text.decode import one_line

__all__ = ["flags_of", "flags_of_both"]

ORDER = ("contradiction", "place_mismatch", "side_swap", "date_impossible", "garbled")


def flags_of(reading: Reading, rows: list[DraftRow]) -> list[FlagEntry]:
    """Return the flags of a text, by kind and sentence, none twice."""
    found: list[Flag] = [
        *contradictions(reading, rows),
        *mismatches(reading),
        *swaps(reading, rows),
        *_dates(reading),
        *_abroad(reading, rows),
        *garbled(reading),
    ]
    flags: list[FlagEntry] = [
        {"kind": kind, "sentences": list(numbers), "note": one_line(note, 200)}
        for kind, numbers, note in _merged(found)
    ]
    return sorted(flags, key=lambda flag: (ORDER.index(flag["kind"]), flag["sentences"]))


def flags_of_both(flags: list[FlagEntry], others: list[FlagEntry]) -> list[FlagEntry]:
    """Return the flags of a text with those of others that are on sentences of their own.

    Parameters
    ----------
    flags
        The flags of the text.
    others
        Flags of another reading of it.
    """
    new = [
        other
        for other in others
        if not any(
            other["kind"] == flag["kind"] and set(other["sentences"]) & set(flag["sentences"])
            for flag in flags
        )
    ]
    return sorted([*flags, *new], key=lambda flag: (ORDER.index(flag["kind"]), flag["sentences"]))


def _merged(found: Iterable[Flag]) -> Iterator[Flag]:
    """Join flags of one kind on the same sentences."""
    notes: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for kind, numbers, note in found:
        kept = notes.setdefault((kind, tuple(sorted(set(numbers)))), [])
        if note not in kept:
            kept.append(note)
    for (kind, numbers), texts in notes.items():
        yield kind, numbers, "; ".join(texts)


def _dates(reading: Reading) -> Iterator[Flag]:
    by_sentence: dict[int, list[Claim]] = {}
    for one in reading.claims:
        by_sentence.setdefault(one.number, []).append(one)
    for at, parsed in enumerate(reading.parsed):
        told = by_sentence.get(at + 1, [])
        past = any(
            c.verb is not None and not c.verb.modal and not c.verb.infinitive for c in reading.clauses[at]
        )
        for when in parsed.dates:
            said = parsed.text[when.start : when.end]
            if when.wrong in ("no such day", "not that day of the week") or (
                when.wrong and past and not _planned(parsed.text, when.start)
            ):
                yield "date_impossible", (at + 1,), f"{said}: {when.wrong}"
            elif when.kind == "future" and said.lower() == "tomorrow" and told:
                yield "date_impossible", (at + 1,), f"{said}: {when.wrong or 'after publication'}"
        for one in told:
            if one.dated is not None and one.dated.wrong == "after publication":
                yield "date_impossible", (at + 1,), "later than the day of publication"


def _abroad(reading: Reading, rows: list[DraftRow]) -> Iterator[Flag]:
    """Claims of places over the border, which are no rows, of sentences that give one: the others say it as skipped."""
    told = {row.claim.number for row in rows}
    for one in reading.claims:
        if one.number in told and (why := barred(one, reading)):
            yield "place_mismatch", (one.number,), why


def _planned(text: str, at: int) -> bool:
    """Whether a later date is one that is looked forward to: ``by 31 August``, ``until``, ``deadline``."""
    before = text[max(0, at - 60) : at].lower()
    words = (
        "by ",
        "until ",
        "till ",
        "before ",
        "deadline",
        "will ",
        "would ",
        "scheduled",
        "due",
        "planned",
        "plans",
        "set for",
        "foreseen",
        "expected",
        "end of",
        "ahead of",
        "vowed",
        "pledged",
        "starting",
        "from ",
    )
    return any(word in before for word in words)
