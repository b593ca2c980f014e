"""Contradictions that stand between sentences rather than rows: how a place changed hands, and who calls it a lie."""

from __future__ import annotations

import re
from collections.abc import Iterator

from headlong.reading.claims.claim import Reading
from headlong.reading.claims.rows import DraftRow
from headlong.reading.claims.shapes import Flag
from headlong.reading.lexicon.lexicon import phrases
from headlong.reading.meaning.frames.event import Event

__all__ = ["modes", "retorts"]

NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|many|some)"
FIGHT = (
    r"(?:shots?|cartridges?|bullets?|rounds?|fights?|fighting|combat|battles?|struggle|resistance|gunfire)"
)
UNFOUGHT = re.compile(
    rf"\b(?:without (?:\w+ ){{0,4}}{FIGHT}|(?:with )?(?:no|not an?|not one|never a) (?:\w+ )?{FIGHT})\b"
    r"|\b(?:nobody|no[ -]one|none) (?:\w+ )?(?:fought|fired|resisted|pressing|chasing|to (?:fight|stop|resist)|shot)\b"
    r"|\bof (?:their|its|his) own (?:accord|will|free will)\b|\bmet (?:nobody|no[ -]one)\b"
    r"|\bbefore (?:any|a|the first|one) (?:shot|soldier|fight)|\bwithout having to fight\b",
    re.IGNORECASE,
)
"""That nobody fought: ``without a single cartridge``, ``no one to fight``, ``of their own accord``."""
FOUGHT = re.compile(
    r"\b(house|street|block|yard|room|cellar|quarter|stall|metre|door|wall)s? (?:by|to|after|for) \1"
    r"|\bhand[- ]to[- ]hand\b|\bat gunpoint\b|\bby storm\b|\bstormed\b|\beach house\b"
    rf"|\b(?:heavy|hard|fierce|bitter|stiff|bloody|savage|violent|terrible) {FIGHT}\b"
    rf"|\b(?:{NUMBER}[ -])?(?:hours?|days?) of (?:\w+ )?(?:{FIGHT}|lead)\b|\b{NUMBER}-(?:hour|day) {FIGHT}\b"
    rf"|\bafter (?:an? |the )?(?:\w+ )?(?:battle|combat|struggle|fight|fighting)\b"
    rf"|\b(?:struggle|battle|fight|combat|fought) (?:\w+ )?(?:of|lasting|for) {NUMBER}\b"
    r"|\bfought (?:\w+ )?(?:street|house|to the last|until|till)|\bevery (?:house|street|room|metre|inch)\b",
    re.IGNORECASE,
)
"""That there was a fight: ``street by street``, ``four hours of combat``, ``after a battle``."""
RETORT = re.compile(
    r"\bden(?:y|ies|ied|ying|ial)\b|\b(?:contradict|reject|dismiss|rubbish|scoff|refut|rebut|retort|disput)\w*"
    r"|\b(?:an?|the|this|that|pure|all|such) (?:\w+ )?(?:fables?|invention|fairy[- ]tales?|nonsense|fabrication)\b"
    r"|\b(?:a (?:\w+ )?lie|as lies|these lies|all lies)\b"
    r"|\bno such thing\b|\bnothing of the (?:sort|kind)\b|\bon the contrary\b"
    r"|\b(?:an)?other (?:story|version|account|tale|verse)\b"
    r"|\b(?:tells?|told|has|saw|remembers?) it (?:otherwise|differently)",
    re.IGNORECASE,
)
"""That somebody says otherwise."""
NEAR = 2
"""Sentences within which one that gives no row is of the same event as another."""


def modes(reading: Reading, rows: list[DraftRow]) -> Iterator[Flag]:
    """Return pairs of sentences: without a fight in one, fighting in another; by a deal, or by force.

    Parameters
    ----------
    reading
        The text as it was read.
    rows
        Its rows.
    """
    patterns = phrases()
    soft, hard, deal = [], [], []
    for sentence in reading.laid.sentences:
        text = sentence.text
        if patterns["unopposed"].search(text) or UNFOUGHT.search(text):
            soft.append(sentence.number)
        elif patterns["resisted"].search(text) or FOUGHT.search(text):
            hard.append(sentence.number)
        if patterns["deal"].search(text):
            deal.append(sentence.number)
    told: dict[int, list[Event]] = {}
    for row in rows:
        told.setdefault(row.claim.number, []).append(row.claim.event)
    for one, other, note in (
        (soft, hard, "without resistance / hard fighting"),
        (deal, hard, "by agreement / by force"),
    ):
        for n in one:
            for m in other:
                if n != m and _one_place(reading, told, n, m):
                    yield "contradiction", (n, m), note


def _one_place(reading: Reading, told: dict[int, list[Event]], one: int, other: int) -> bool:
    """Whether two sentences, of which one at least gives rows, are about one place."""
    spots = [{event.place.id for event in told.get(n, []) if event.place.id} for n in (one, other)]
    if spots[0] and spots[1]:
        return bool(spots[0] & spots[1])
    if abs(one - other) > NEAR or not (spots[0] or spots[1]):
        return False
    unsaid = other if spots[0] else one
    return _named(reading, unsaid) <= spots[0] | spots[1]


def _named(reading: Reading, number: int) -> set[str]:
    return {mention.id for mention in reading.parsed[number - 1].mentions if mention.kind == "place"}


def retorts(reading: Reading, rows: list[DraftRow]) -> Iterator[Flag]:
    """Return sentences that call untrue what the one before asserts, where they give no row of their own.

    Parameters
    ----------
    reading
        The text as it was read.
    rows
        Its rows.
    """
    told = {row.claim.number for row in rows}
    said = {
        row.claim.number: row.claim.event
        for row in rows
        if row.claim.event.place.id and row.claim.event.stance.polarity == "asserted"
    }
    for sentence in reading.laid.sentences:
        before = said.get(sentence.number - 1)
        if before is None or sentence.number in told or not RETORT.search(sentence.text):
            continue
        if _named(reading, sentence.number) <= {before.place.id}:
            yield (
                "contradiction",
                (sentence.number - 1, sentence.number),
                f"{before.place.id}: {before.claim} and called untrue",
            )
