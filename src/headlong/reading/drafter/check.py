"""Every row of an answer against the text and the case: kept, kept with what was mended, or failed with a reason.

Kept means: the words stand in the sentence, the ids are those of the case, claim and side can go together, the day is
one that can be. What is mended (a name for an id, a sentence number, a day) is said in ``mended``; what fails is
returned with the row as it came, for a person to look at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypedDict

from headlong.case import Case
from headlong.reading.claims.claim import beyond_border
from headlong.reading.claims.shapes import DraftCells, FlagEntry
from headlong.reading.drafter.days import day_of
from headlong.reading.drafter.fields import (
    Ids,
    harmless,
    number_of,
    numbers_in,
    stands_in,
    stretch_of,
    text_cell,
    words_of,
)
from headlong.reading.drafter.schema import CLAIMS, CLASSES, FLAGS, INTERESTS, NOTES, VERIFIED
from headlong.reading.lexicon.kinds import PERSONAL
from headlong.reading.text.decode import one_line
from headlong.reading.text.sentences import Layout

__all__ = ["Checker"]

ALTERNATIVES = {"alt_side": "side", "alt_place": "place"}
NEUTRAL = frozenset({"reporter", "agency", "resident", "social_media", "none"})
"""Classes of source that speak for no side."""
UNPLACED = frozenset({"crossed", "support", "displaced"})
"""Claims that may name nothing of the case: who flees or helps is no side, and where is not in the table."""
OWNED = frozenset({"held", "switched", "besieged"})
"""Claims that say nothing without a side."""


class Sourcing(TypedDict):
    """Who says it, and how far it is known."""

    polarity: str
    source_class: str
    verification: str
    interest: str


class Failed(Exception):
    """A row cannot stand; the message says why."""


class Checker:
    """Checks the rows and flags of one text.

    Parameters
    ----------
    case : Case
        The case.
    layout : Layout
        The text, laid out as it was sent.
    published : date
        Day of publication.
    """

    def __init__(self, case: Case, layout: Layout, published: date) -> None:
        self.ids = Ids(case)
        self.published = published
        self.sentences = {sentence.number: sentence.text for sentence in layout.sentences}
        self.whole = " ".join([layout.headline, layout.dateline, *self.sentences.values()])

    def row(self, raw: Any, only: Sequence[int] = ()) -> tuple[DraftCells | None, str]:
        """Return a row as it can stand, or nothing and the reason.

        Parameters
        ----------
        raw : object
            A row as it came.
        only : sequence of int
            The sentences that it may be from; none for all.
        """
        if not isinstance(raw, dict):
            return None, "not a row. Give an object with the fields of the schema"
        mended: list[str] = []
        try:
            row = self._row(raw, only or tuple(self.sentences), mended)
        except Failed as why:
            return None, str(why)
        row["mended"] = "; ".join(mended)
        return row, ""

    def _row(self, raw: Mapping[str, Any], only: Sequence[int], mended: list[str]) -> DraftCells:
        cells = {key: text_cell(value) for key, value in raw.items() if isinstance(key, str)}
        number, words = self._where(raw.get("sentence"), cells.get("span", ""), only, mended)
        claim = _choice("claim", cells, CLAIMS)
        place, side, leader = (self._id(kind, cells, mended) for kind in ("place", "side", "leader"))
        side = self._side_of(claim, side, leader, mended)
        if claim in OWNED and not side:
            raise Failed(f"'{claim}' by no side. Give the side: {self.ids.listed('side')}")
        if not place and not side and not leader and claim not in UNPLACED:
            raise Failed("names no place, side or leader of the case. Give one of them, or leave the row out")
        if why := beyond_border(claim, place, self.ids.kind.get(place, "")):
            raise Failed(f"{why}. Leave the row out, or mend place or claim")
        told = self._told(cells, mended)
        count = self._count(raw.get("count"), number, mended)
        said, given = self._date_words(cells, mended), cells.get("event_date", "")
        day = day_of(said, given, cells.get("range", ""), self.published)
        if day.day is None:
            raise Failed(day.wrong)
        mended += [day.mended] if day.mended else []
        span = f"range={day.first}..{day.last}" if day.first and day.last and day.first != day.last else ""
        row: DraftCells = {
            "sentence": number,
            "event_date": day.day.isoformat(),
            "place": place,
            "claim": claim,
            "side": side,
            "leader": self.ids.leader_name.get(leader, ""),
            "count": count,
            "polarity": told["polarity"],
            "source_class": told["source_class"],
            "verification": told["verification"],
            "interest": told["interest"],
            "words": words,
            "note": "; ".join(filter(None, [self._note(cells.get("note", "")), span])),
        }
        if claim == "displaced":
            row["to"] = cells.get("to", "")[:100]
        return row

    def _where(self, value: Any, span: str, only: Sequence[int], mended: list[str]) -> tuple[int, str]:
        """Return the sentence in which the words stand, and the words."""
        number = number_of(value)
        if not span:
            raise Failed("no words of the text. Copy them from the sentence into span")
        if number in only and number in self.sentences:
            if stands_in(span, self.sentences[number]):
                return number, words_of(span, self.sentences[number])
            stretch = stretch_of(span, self.sentences[number])
            if stretch:
                mended.append("words left out of the span are put back")
                return number, harmless(stretch)
        others = [n for n in only if stands_in(span, self.sentences.get(n, ""))]
        if len(others) == 1:
            mended.append(f"sentence {text_cell(value)[:20]} was given, the words stand in {others[0]}")
            return others[0], words_of(span, self.sentences[others[0]])
        if number == 0 or number not in self.sentences:
            if number == 0:
                raise Failed("the headline is not coded. Leave the row out")
            raise Failed(f"no sentence {text_cell(value) or '?'}. Give one of {min(only)} to {max(only)}")
        said = f"these words do not stand in sentence {number}: '{one_line(span, 80)}'"
        raise Failed(f"{said}. Copy them from the text")

    def _id(self, kind: str, cells: Mapping[str, str], mended: list[str]) -> str:
        value = cells.get(kind, "")
        found = self.ids.find(kind, value)
        if found is None and kind == "leader":
            mended.append(f"'{one_line(value, 60)}' is no leader of the case")
            return ""
        if found is None:
            said = f"no {kind} '{one_line(value, 60)}' in the case"
            raise Failed(f"{said}. Give {self.ids.listed(kind)}, or leave it empty")
        if found and found != value:
            mended.append(f"{kind} '{one_line(value, 60)}' is {found}")
        return found

    def _side_of(self, claim: str, side: str, leader: str, mended: list[str]) -> str:
        """Return the side; a person has his own, whatever a text that mixes things up calls him."""
        own = self.ids.leader_side.get(leader, "")
        if claim in PERSONAL and own and side != own:
            mended.append(f"{self.ids.leader_name[leader]} is of {own}" + (f", not {side}" if side else ""))
            return own
        if claim == "switched" and own and side == own:
            name = self.ids.leader_name[leader]
            raise Failed(f"{name} is of {own} and cannot go over to it. Give the side that was joined")
        if claim == "displaced" and side:
            mended.append("the displaced are of no side")
            return ""
        return side

    def _told(self, cells: Mapping[str, str], mended: list[str]) -> Sourcing:
        """Return polarity, class of source, verification and interest, made to agree."""
        polarity = _choice("polarity", cells, ("asserted", "denied"), "asserted")
        source = _choice("source_class", cells, CLASSES)
        verified = _choice(
            "verification", cells, VERIFIED, "denied" if polarity == "denied" else "attributed"
        )
        interest = _choice("interest", cells, INTERESTS, "none")
        if polarity == "asserted" and verified == "denied":
            raise Failed("asserted, yet its verification is 'denied'. Say in polarity which it is")
        right = verified
        if polarity == "denied":
            right = "denied"
        elif source == "reporter" and verified == "attributed":
            right = "confirmed"
        elif source == "none":
            right = "unverified"
        if right != verified:
            mended.append(f"verification {verified} is {right}")
        if source in NEUTRAL and interest != "none":
            mended.append(f"{source} speaks for no side")
            interest = "none"
        return {"polarity": polarity, "source_class": source, "verification": right, "interest": interest}

    def _count(self, value: Any, sentence: int, mended: list[str]) -> int | None:
        count = number_of(value)
        if count is None or count <= 0:
            return None
        if count not in numbers_in(self.sentences[sentence]):
            mended.append(f"{count} is no number of the sentence")
            return None
        return count

    def _date_words(self, cells: Mapping[str, str], mended: list[str]) -> str:
        said = cells.get("date_words", "")
        if said and not stands_in(said, self.whole):
            mended.append(f"'{one_line(said, 40)}' does not stand in the text")
            return ""
        return said

    def _note(self, note: str) -> str:
        """Return the marks of a note that are known; free words are left out."""
        kept = []
        for mark in (part.strip() for part in note.split(";")):
            key, _, value = mark.partition("=")
            kind = ALTERNATIVES.get(key.strip())
            if mark in NOTES or (key.strip() == "alt_claim" and value.strip() in CLAIMS):
                kept.append(mark)
            elif kind and value.strip() and self.ids.find(kind, value):
                kept.append(f"{key.strip()}={self.ids.find(kind, value)}")
        return "; ".join(dict.fromkeys(kept))

    def flag(self, raw: Any) -> tuple[FlagEntry | None, str]:
        """Return a flag as it can stand, or nothing and the reason."""
        if not isinstance(raw, dict):
            return None, "not a flag. Give an object with kind, sentences and note"
        kind = text_cell(raw.get("kind")).strip().lower().replace(" ", "_")
        numbers = raw.get("sentences") if isinstance(raw.get("sentences"), list) else [raw.get("sentence")]
        known = {number_of(one) for one in numbers or []} & {0, *self.sentences}
        if kind not in FLAGS:
            return None, f"no kind of flag '{one_line(kind, 40)}'. Give {' or '.join(FLAGS)}"
        if not known:
            return None, "a flag on no sentence of the text. Give the numbers of its sentences"
        sentences = sorted(n for n in known if n is not None)
        return {"kind": kind, "sentences": sentences, "note": one_line(text_cell(raw.get("note")), 200)}, ""


def _choice(name: str, cells: Mapping[str, str], known: Sequence[str], otherwise: str = "") -> str:
    value = cells.get(name, "").strip().lower().replace(" ", "_").replace("-", "_") or otherwise
    if value not in known:
        said = f"no {name.replace('_', ' ')} '{one_line(cells.get(name, ''), 40)}'"
        raise Failed(f"{said}. Give {' or '.join(known)}")
    return value
