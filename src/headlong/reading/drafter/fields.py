"""Cells of an answer as they should be: words, numbers, ids; names are taken for the ids they belong to."""

from __future__ import annotations

import re
from typing import Any

from headlong.case import Case
from headlong.reading.lexicon.aliases import gazetteer_of
from headlong.reading.lexicon.gazetteer import squeeze
from headlong.reading.lexicon.lexicon import listed, words
from headlong.reading.lexicon.tokens import fold
from headlong.reading.text.decode import one_line

__all__ = [
    "Ids",
    "harmless",
    "number_of",
    "numbers_in",
    "squeezed",
    "stands_in",
    "stretch_of",
    "text_cell",
    "words_of",
]

UNSPACED = re.compile("[\u0e00-\u0eff\u2e80-\u9fff\uf900-\ufaff]")
"""Scripts that put no spaces between words."""
MARKUP = re.compile(r"<(?=[a-zA-Z/!])")
ARMY = listed("meant.army")
FEW = 8
"""Ids that are few enough to be named in a message."""
EMPTY = frozenset({"", "none", "null", "n/a", "unknown", "-", "blank", '""'})


def text_cell(value: Any) -> str:
    """Return a cell as one line of text; nothing for null, lists and objects."""
    if isinstance(value, bool) or value is None or isinstance(value, (dict, list)):
        return ""
    return harmless(str(value), 600)


def harmless(text: str, longest: int = 600) -> str:
    """Return text that came from outside on one line, without what a terminal or a page would act on."""
    return MARKUP.sub("\u2039", one_line(text, longest))


def number_of(value: Any) -> int | None:
    """Return a whole number, also where it came as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value == value and abs(value) < 1e12:
        return int(value)
    if isinstance(value, int):
        return value if abs(value) < 10**12 else None
    text = value.strip() if isinstance(value, str) else ""
    found = re.fullmatch(r"\d{1,3}(?:[,. \u202f]\d{3})+|\d{1,12}", text)
    return int(re.sub(r"\D", "", found[0])) if found else None


def squeezed(text: str) -> str:
    """Return text as it is compared: folded, with letters and digits only, one space between words."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def stands_in(span: str, sentence: str) -> bool:
    """Whether words stand in a sentence in this order, but for case, signs and what ``...`` leaves out."""
    text, at = f" {squeezed(sentence)} ", 0
    parts = [squeezed(part) for part in re.split(r"\.\.\.|\u2026|\[.{0,40}?\]", span)]
    parts = [part for part in parts if part]
    for part in parts:
        wanted = part if UNSPACED.search(part) else f" {part} "
        at = text.find(wanted, at)
        if at < 0:
            return False
        at += len(wanted) - 1
    return bool(parts)


def words_of(span: str, sentence: str) -> str:
    """Return the words of a span as the sentence writes them."""
    keys = re.findall(r"[^\W_]+", span)
    found = re.search(r"[\W_]+".join(map(re.escape, keys)), sentence, re.IGNORECASE) if keys else None
    return harmless(found[0] if found else span)


def stretch_of(span: str, sentence: str) -> str:
    """Return the stretch of a sentence that has all words of a span in their order, where some were left out."""
    wanted = squeezed(span).split()
    found = list(re.finditer(r"[^\W_]+(?:'[^\W_]+)*", sentence))
    keys = [fold(one[0]) for one in found]
    at, places = 0, []
    for word in wanted:
        if word not in keys[at:]:
            return ""
        at = keys.index(word, at) + 1
        places.append(at - 1)
    if len(wanted) < 2 or places[-1] - places[0] > 3 * len(wanted) + 6:
        return ""
    return sentence[found[places[0]].start() : found[places[-1]].end()]


def numbers_in(text: str) -> set[int]:
    """Return the numbers that a sentence says, in digits or words."""
    table = words()
    text = re.sub(r"\bhalf a million\b", "500,000", re.sub(r"\ba (?=hundred|thousand|million)", "one ", text))
    found = {int(re.sub(r"\D", "", one)) for one in re.findall(r"\d{1,3}(?:[,. \u202f]\d{3})+|\d+", text)}
    found |= {round(float(a.replace(",", ".")) * _times(b)) for a, b in _scaled(text)}
    total, open_ = 0, False
    for key in [*re.findall(r"[^\W_]+", fold(text)), ""]:
        if key in table.numbers:
            total, open_ = total + table.numbers[key], True
        elif key in table.multipliers:
            total, open_ = (total or 1) * table.multipliers[key], True
        elif key != "and" and open_:
            found.add(total)
            total, open_ = 0, False
    return found


def _scaled(text: str) -> list[tuple[str, str]]:
    return re.findall(r"(\d+(?:[.,]\d+)?) ?(hundred|thousand|million|k\b|m\b)", text, re.I)


def _times(word: str) -> int:
    return {"h": 100, "t": 1000, "k": 1000, "m": 1_000_000}[word[0].lower()]


class Ids:
    """The ids of a case, each also found by its names.

    Parameters
    ----------
    case : Case
        The case.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.leader_side = {row["id"]: row["side"] or "" for row in case.leaders}
        self.leader_name = {row["id"]: row["name"] for row in case.leaders}
        self.kind = {row["id"]: row["kind"] for row in case.places}
        self._known = {
            "place": _names((row["id"], (row["name"], *row["alt_names"])) for row in case.places),
            "side": _names((side.id, (side.name,)) for side in case.sides),
            "leader": _names((row["id"], (row["name"],)) for row in case.leaders),
        }

    def find(self, kind: str, value: str) -> str | None:
        """Return the id that a cell means, nothing for an empty cell, None if there is no such id."""
        if value.strip().lower() in EMPTY:
            return ""
        known = self._known[kind]
        found = known.get(value.strip()) or known.get(squeezed(value))
        return found or (self._side_called(squeezed(value)) or None if kind == "side" else None)

    def listed(self, kind: str) -> str:
        """Return the ids that a cell may have, or where they stand if they are many."""
        ids = list(dict.fromkeys(self._known[kind].values()))
        return "an id of the request" if len(ids) > FEW else " or ".join(ids)

    def _side_called(self, name: str) -> str:
        """Return the side that texts of the war call so: ``the government``, ``the Front``; nothing if several are."""
        name = name.removeprefix("the ")
        names = gazetteer_of(self.case)
        called = {entry.id for entry in names.entries.get(squeeze(name.split()), ()) if entry.kind == "side"}
        role = words().groups.get(name, ("", 0))[0]
        if not called and role == "state":
            called = {names.army_side if name in ARMY else names.incumbent}
        if not called and role == "rebel" and len(names.rebels) == 1:
            called = set(names.rebels)
        return called.pop() if len(called) == 1 else ""


def _names(entries: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    for id, names in entries:
        for name in names:
            key = squeezed(name)
            if key in found and found[key] != id:
                doubtful.add(key)
            found[key] = id
    found = {key: id for key, id in found.items() if key not in doubtful}
    return found | {squeezed(id): id for id in set(found.values())} | {id: id for id in set(found.values())}
