"""From coded texts to training examples: per sentence, which claims hold at each place that may be meant."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "validation")]

from reading_score import Gold, accepted

from headlong.reading.claims.claim import Reading
from headlong.reading.reader import day_of_publication, reading_of
from headlong.reading.trained.slots import CLAIMS, EarlierClaim, Slots, slots_of
from headlong.reading.trained.view import View, view_of
from headlong.reading.trained.wordpiece import PLACES, SIDES, Pieces
from reading import GOLD, load, open_gold_case

CLASSES = ("reporter", "agency", "official", "belligerent", "leader", "resident", "social_media", "none")
SENTENCES = GOLD.parent / "sentences"
RULED = ("tuned", "sentences")
"""Writers after whose texts the rules were made: what the rules read there says nothing of how good they are."""
UNTOLD = -100
"""Where the class of source is not coded."""
LIGHT = 0.4
"""Weight of a claim that the coder calls optional."""


@dataclass
class Row:
    """A coded claim as the network shall give it."""

    place: int
    claim: int
    denied: int
    sides: list[int]
    source: int
    part: int
    weight: float = 1.0


@dataclass
class Example:
    """One sentence of a coded text."""

    text: str
    writer: str
    case: str
    reading: Reading
    number: int
    slots: Slots
    rows: list[Row] = field(default_factory=list)
    unsure: list[tuple[int, int, int]] = field(default_factory=list)
    ruled: bool = True
    easy: bool = False

    def view(self, pieces: Pieces, luck: random.Random | None = None) -> View:
        """Return what the network sees; with luck, signs are shuffled and what was told is sometimes left out."""
        if luck is None:
            return view_of(self.reading, self.number, self.slots, pieces)
        ruled = self.ruled and luck.random() > 0.15
        places, sides = list(PLACES), list(SIDES)
        luck.shuffle(places)
        luck.shuffle(sides)
        told = self.slots.told if luck.random() > 0.15 else {}
        last = self.slots.last if luck.random() > 0.15 else None
        slots = Slots(self.slots.sides, self.slots.places, self.slots.holder, told, ruled, last=last)
        return view_of(self.reading, self.number, slots, pieces, (places, sides))


@cache
def case_of(name: str):
    return open_gold_case(name)


def examples_of(gold: Gold, writer: str = "") -> tuple[list[Example], int, int]:
    """Return the examples of a text, and how many coded rows they can and cannot express."""
    case = case_of(gold.case)
    reading = reading_of(gold.text, case, day_of_publication(gold.published))
    told: list[EarlierClaim] = []
    found: list[Example] = []
    good = lost = 0
    for number in range(1, len(reading.parsed) + 1):
        slots = slots_of(reading, number, told)
        example = Example(gold.id, writer, gold.case, reading, number, slots, ruled=writer not in RULED)
        for row in (row for row in gold.rows if int(row["sentence"]) == number):
            if _add(example, row):
                good += 1
            else:
                lost += 1
        for row in (row for row in gold.rows if int(row["sentence"]) == number):
            told.append(EarlierClaim(row["place"], row["claim"], row["side"], row["polarity"]))
        if number not in gold.unscored and (gold.id, number) != ("claims", 1):
            found.append(example)
    return found, good, lost


def _add(example: Example, row: dict[str, str]) -> bool:
    slots, note = example.slots, row["note"]
    place = row["place"]
    if place and place not in slots.places:
        others = [one for one in accepted(note, "alt_place") if one in slots.places]
        if not others and "province" not in note:
            return False
        place = others[0] if others else ""
    at = slots.places.index(place) + 1 if place else 0
    claim, denied = CLAIMS.index(row["claim"]), int(row["polarity"] == "denied")
    wanted = [row["side"], *accepted(note, "alt_side")]
    sides = [slots.sides.index(one) + 1 for one in wanted if one in slots.sides]
    if not sides or (row["side"] == "" and not accepted(note, "alt_side")):
        sides = [0, *sides]
    source = CLASSES.index(row["source_class"]) if row["source_class"] in CLASSES else UNTOLD
    weight = LIGHT if "optional" in note else 1.0
    example.rows.append(
        Row(
            at,
            claim,
            denied,
            sides,
            source,
            int("part" in {mark.strip() for mark in note.split(";")}),
            weight,
        )
    )
    for other in accepted(note, "alt_claim"):
        if other in CLAIMS:
            example.unsure.append((at, CLAIMS.index(other), denied))
    for other in accepted(note, "alt_place"):
        if other in slots.places:
            example.unsure.append((slots.places.index(other) + 1, claim, denied))
    return True


def coded_texts(folders: Sequence[Path] | None = None) -> Iterator[tuple[Gold, str]]:
    """Yield the coded texts to learn from, each with its writer."""
    for folder in folders or (GOLD / "hands" / "learn", GOLD / "hands" / "opened", GOLD / "tuned"):
        for path in sorted(folder.rglob("*.txt")):
            yield load(path), path.parent.name
    for line in (SENTENCES / "claims.txt").read_text("utf-8").splitlines():
        sentence, wanted = line.rsplit("|", 1)
        rows = [_short(one, "2") for one in wanted.split(";") if one != "-"]
        yield (
            Gold("claims", "zaire-1996-97", "1997-05-03", f"Rain fell. {sentence}.", rows, [], set()),
            "sentences",
        )
    for line in (SENTENCES / "passages.txt").read_text("utf-8").splitlines():
        case, day, text, wanted = line.split("|")
        told = [one.split(" ", 1) for one in wanted.split(";") if one]
        yield Gold("passages", case, day, text, [_short(one, n) for n, one in told], [], set()), "sentences"


def _short(told: str, number: str) -> dict[str, str]:
    """Return a coded row from ``claim side place`` and, maybe, ``denied``; of source and part nothing is known."""
    claim, side, place, *denied = [part if part != "-" else "" for part in told.split(" ")]
    row = {"sentence": number, "claim": claim, "side": side, "place": place, "note": "", "source_class": ""}
    return row | {"polarity": "denied" if denied else "asserted"}
