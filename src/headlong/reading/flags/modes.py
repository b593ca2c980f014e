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
UNDONE = (
    r"(?:been|changed hands|left|fall|fallen|lost|taken|entered|set foot|run|fled|surrender\w*|come|abandon\w*"
    r"|captured|withdr\w+|quit\w*)"
)
NOBODY = (
    r"(?:not (?:one|a single|any|a)"
    r"|no (?:rebel|soldier|guerrilla|fighter|government|enemy|army|man|terrorist|militia\w*)s?"
    r"|none of|nobody|no one|no-one)"
)
DONE = r"(?:foot|entered|left|come|came|got|been|taken|fallen|moved|surrender\w*|inside|reached|seen|crossed|there)"
DENIES = re.compile(
    r"\b(?:insist|maintain)(?:s|ed)?\b(?! by| contact| order)|\bfor (?:its|his|their|her) part\b|\bmerely\b"
    r"|\bcall(?:s|ed|ing) (?:it|this|that|the (?:report|claim|news|story|account|announcement)s?|such|these)\b"
    r"|\b(?:brush|wav|laugh|shrug|swept)\w* (?:\w+ ){0,3}(?:aside|off|away|at)\b"
    r"|\b(?:replie[sd]|replying|answer(?:s|ed)|retort\w*|countered|counters)\b"
    rf"|\b(?:never|(?:has|have|had|did|was|were|is|are) not)\b [^.]{{0,25}}\b{UNDONE}\b"
    rf"|\b{NOBODY}\b[^.]*\b{DONE}\b",
    re.IGNORECASE,
)
"""Words that mostly answer what was just said, where they follow a claim of another."""
LEFT = frozenset({"withdrew", "held"})
"""Claims after which words such as ``nobody came`` mostly go on with the same story."""
DRIVEN = re.compile(
    r"\b(?:(?:was|were|been|being|got) driven|(?:drove|driven) (?!out|off|back|away)"
    r"|thr[eo]wn?|kicked|chased|flung|hurled|swept)\b(?: [\w']+){0,6}? (?:out|off|back|from|away)\b"
    r"|\b(?:expelled|ousted|evicted|dislodged)\b|\bby (?:storm|assault|force)\b|\bin combat\b|\bassault\b",
    re.IGNORECASE,
)
"""That somebody was made to leave."""
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
    forced = {s.number for s in reading.laid.sentences if DRIVEN.search(s.text) or FOUGHT.search(s.text)}
    yield from _left_or_driven(rows, forced)
    for one, other, note in (
        (soft, hard, "without resistance / hard fighting"),
        (deal, hard, "by agreement / by force"),
    ):
        for n in one:
            for m in other:
                if n != m and _one_place(reading, told, n, m):
                    yield "contradiction", (n, m), note


def _left_or_driven(rows: list[DraftRow], forced: set[int]) -> Iterator[Flag]:
    """Return pairs of rows of two speakers: a side left a place, and was driven out of it."""
    for row in rows:
        one, event = row.claim, row.claim.event
        if event.claim != "withdrew" or event.stance.polarity == "denied" or one.number in forced:
            continue
        for after in rows:
            other = after.claim
            same = other.event.place.id == event.place.id != "" and other.event.stance.polarity == "asserted"
            gain = other.event.claim == "fell" and other.event.side != event.side
            lost = other.event.claim == "withdrew" and other.event.side == event.side
            if other.number in forced and same and (gain or lost) and other.speaker.key != one.speaker.key:
                yield "contradiction", (one.number, other.number), f"{event.place.id}: left / driven out"


def _one_place(reading: Reading, told: dict[int, list[Event]], one: int, other: int) -> bool:
    """Whether two sentences, of which one at least gives rows, are about one place."""
    spots = [{event.place.id for event in told.get(n, []) if event.place.id} for n in (one, other)]
    if spots[0] and spots[1]:
        return bool(spots[0] & spots[1])
    if abs(one - other) > NEAR or not (spots[0] or spots[1]):
        return False
    unsaid = other if spots[0] else one
    named = _named(reading, unsaid)
    return not named or bool(named & (spots[0] | spots[1]))


def _named(reading: Reading, number: int) -> set[str]:
    return {mention.id for mention in reading.parsed[number - 1].mentions if mention.kind == "place"}


def retorts(reading: Reading, rows: list[DraftRow], clashing: set[int]) -> Iterator[Flag]:
    """Return sentences that call untrue what one just before asserts of the same place.

    Parameters
    ----------
    reading
        The text as it was read.
    rows
        Its rows.
    clashing
        Sentences of which it is known already what they contradict.
    """
    told: dict[int, list[Event]] = {}
    for row in rows:
        if row.claim.event.place.id:
            told.setdefault(row.claim.number, []).append(row.claim.event)
    for sentence in reading.laid.sentences:
        number = sentence.number
        plain = RETORT.search(sentence.text) is not None
        if number in clashing or not (plain or DENIES.search(sentence.text)):
            continue
        for before in range(number - 1, max(0, number - 1 - NEAR), -1):
            said = [one for one in told.get(before, []) if one.stance.polarity == "asserted"]
            said = [one for one in said if plain or one.claim not in LEFT]
            spots = _named(reading, number) | {one.place.id for one in told.get(number, [])}
            same = next((one for one in said if spots <= {one.place.id}), None)
            if same is not None:
                yield "contradiction", (before, number), f"{same.place.id}: {same.claim} and called untrue"
                break
            if _named(reading, before):
                break
