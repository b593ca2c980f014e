"""Names in a sentence: places, provinces, sides, leaders, countries; also misspelt ones."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from headlong.reading.lexicon.gazetteer import LINKS, Entry, Gazetteer, skeleton, squeeze
from headlong.reading.lexicon.lexicon import listed, words
from headlong.reading.lexicon.tokens import Token, tokens

__all__ = ["Mention", "find_mentions", "names_a_place"]

LONGEST = 6
NEAR = 84.0  # least likeness of a misspelt name, in per cent
SHORT = 88.0  # the same for names of five or six letters
PLACED = frozenset(["place", "province"])
AREAS = frozenset(
    ["province", "provinces", "governorate", "region", "state", "prefecture", "department", "county"]
)
TOWNS = frozenset(["city", "town", "district", "village", "municipality", "port"])
OFFICES = listed("mentions.offices")


@dataclass(eq=False)
class Mention:
    """A name found in a sentence.

    Parameters
    ----------
    start, end : int
        Its words: from ``start`` up to, not with, ``end``.
    kind, id : str
        What it stands for; a province and its capital are told apart by the words around it.
    near : bool
        Whether it is a misspelling.
    damaged : bool
        Whether it is written with stray spaces.
    text : str
        As written.
    """

    start: int
    end: int
    kind: str
    id: str
    near: bool = False
    damaged: bool = False
    text: str = ""


def find_mentions(found: list[Token], names: Gazetteer) -> list[Mention]:
    """Return the names in a sentence from left to right, none overlapping."""
    mentions: list[Mention] = []
    at = 0
    while at < len(found):
        mention = _longest(found, at, names) if found[at].word else None
        if mention is None:
            at += 1
            continue
        mentions.append(mention)
        at = mention.end
    return [m for m in mentions if not _is_part_of_longer_name(found, m, mentions)]


def _longest(found: list[Token], at: int, names: Gazetteer) -> Mention | None:
    first = found[at]
    if not first.cap and (
        first.key in words().forms or len(first.key) < 3 or first.key in words().closed["given"]
    ):
        return None
    if first.key in LINKS and not first.cap:
        return None
    keys: list[str] = []
    best: tuple[int, list[Entry], bool] | None = None
    for end in range(at, min(at + LONGEST, len(found))):
        token = found[end]
        if token.text == "'s" and end > at:
            keys.append("s")
            continue
        if not token.word:
            break
        keys.append(token.key)
        if token.key in LINKS and end > at:
            continue
        key = squeeze(keys)
        entries = [e for e in names.entries.get(key, ()) if _allowed(e, found, at, end + 1)]
        if entries:
            best = (end + 1, entries, False)
    if best is None and first.cap and len(first.key) > 3:
        best = _soft(found, at, names)
    if best is None:
        return None
    end, entries, near = best
    entry = _which(entries, found, at, end, names)
    piece = found[at:end]
    damaged = any(token.loose for token in piece[1:]) or (first.joined and first.loose)
    text = " ".join(token.text for token in piece)
    return Mention(at, end, entry.kind, entry.id, near, damaged, text)


def _allowed(entry: Entry, found: list[Token], at: int, end: int) -> bool:
    """Whether the capitals fit: short names and acronyms must be written as they are."""
    first = found[at]
    if entry.exact:
        written = " ".join(t.text.replace(".", "") for t in found[at:end])
        wanted = entry.exact.replace(".", "").replace("-", " ")
        return written == wanted or (len(wanted) > 4 and first.cap and written.lower() == wanted.lower())
    if first.cap:
        return True
    if entry.kind == "side":
        return len(first.key) > 4
    return (
        entry.kind in PLACED and sum(len(t.key) for t in found[at:end]) > 5 and first.key not in words().forms
    )


def _soft(found: list[Token], at: int, names: Gazetteer) -> tuple[int, list[Entry], bool] | None:
    """Find a name spelt in another way, or misspelt, from one to four words."""
    grammar = words()
    for end in range(min(at + 4, len(found)), at, -1):
        piece = found[at:end]
        if not all(t.word and (t.cap or t.joined or t.key in LINKS) for t in piece) or piece[-1].key in LINKS:
            continue
        key = squeeze([t.key for t in piece])
        if len(key) < 4 or any(ordinary_word(t, grammar) for t in piece if t.key not in LINKS):
            continue
        entries = [e for e in names.soft.get(skeleton(key), []) if _fits(e, piece)]
        if entries:
            return end, entries, False
        hit = (
            _near(key, names)
            if len(key) >= 5 and (at > 0 or end - at > 1 or key not in grammar.forms)
            else None
        )
        if hit and (entries := [e for e in names.near[hit] if _fits(e, piece)]):
            return end, entries, True
    return None


def _fits(entry: Entry, piece: list[Token]) -> bool:
    """Whether a loosely matched name may be meant: a leader not by a given name or a short one alone."""
    return (
        entry.kind != "leader"
        or len(piece) > 1
        or (piece[0].key not in words().given and len(piece[0].key) > 5)
    )


def ordinary_word(token: Token, grammar: object) -> bool:
    """Whether a word is an ordinary English word and no name."""
    table = words()
    key = token.key
    return (
        key in table.forms
        or key in table.nouns
        or key in table.groups
        or key in table.nominals
        or any(key in group for group in table.closed.values())
        or key in table.sources
    )


_REMEMBERED: dict[tuple[int, str], str | None] = {}


def _near(key: str, names: Gazetteer) -> str | None:
    """Return the squeezed name that a word comes nearest to, if it is near enough."""
    memo = (id(names), key)
    if memo not in _REMEMBERED:
        if len(_REMEMBERED) > 20_000:
            _REMEMBERED.clear()
        cutoff = NEAR if len(key) > 6 else SHORT if len(key) == 6 else 80.0 if len(key) == 5 else 100.0
        hit = process.extractOne(key, names.near.keys(), scorer=fuzz.ratio, score_cutoff=cutoff)
        good = hit is not None and hit[0][0] == key[0] and abs(len(hit[0]) - len(key)) < 3
        if good and hit is not None and len(key) == 5:
            good = sorted(hit[0]) == sorted(key)  # two letters swapped
        _REMEMBERED[memo] = hit[0] if good and hit is not None else None
    return _REMEMBERED[memo]


def _which(entries: list[Entry], found: list[Token], at: int, end: int, names: Gazetteer) -> Entry:
    """Choose between a place, a province, a leader and a side of the same name by the words around."""
    by_kind: dict[str, Entry] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, entry)
    after = found[end].key if end < len(found) else ""
    before = [t.key for t in found[max(0, at - 3) : at]]
    place, province = by_kind.get("place"), by_kind.get("province")
    if place and province:
        if after in AREAS or before[-2:] in (
            ["province", "of"],
            ["governorate", "of"],
            ["state", "of"],
            ["region", "of"],
        ):
            return province
        if after in TOWNS or before[-2:] in (
            ["city", "of"],
            ["town", "of"],
            ["district", "of"],
            ["port", "of"],
        ):
            return place
        if names.capital_of.get(province.id) not in ("", place.id):
            return province
        return place
    for kind in ("side", "leader", "place", "province", "country", "demonym", "capital"):
        if kind in by_kind:
            return by_kind[kind]
    return entries[0]


def _is_part_of_longer_name(found: list[Token], mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a place name is only part of a person's or an outlet's name."""
    if mention.kind == "leader" and mention.end - mention.start == 1:
        return _is_namesake(found, mention)
    if mention.kind in ("country", "capital"):
        after = found[mention.end] if mention.end < len(found) else None
        return (
            after is not None and after.cap and len(after.key) > 1 and after.word and not _institution(after)
        )
    if mention.kind not in ("place", "province") or mention.start == 0:
        return False
    if _is_called_after(found, mention.start):
        return True
    before = found[mention.start - 1]
    if not before.cap or not before.word or (before.key in words().closed["given"] and mention.start == 1):
        return before.cap and before.word and before.key in words().closed["given"]
    if any(other.end == mention.start for other in mentions):
        return False
    if mention.start == 1 or ordinary_word(before, None) or before.key in DIRECTIONS or before.text.isupper():
        return False
    return not (found[mention.start].joined and not mention.damaged and before.key in DIRECTIONS)


def _is_called_after(found: list[Token], at: int) -> bool:
    """Whether a name is what a man or another place is called after: ``Abu al-Walid``, ``Gornji Vakuf``."""
    while at > 0 and found[at].joined and found[at - 1].key in LINKS:
        at -= 1
    before = found[at - 1] if at else None
    return before is not None and before.cap and before.key in KIN | ADJECTIVES


def _institution(token: Token) -> bool:
    """Whether a capitalised word names a body of the state: ``Congo Army``."""
    table = words()
    return token.key in table.groups or token.key in table.sources or token.text == "'s"


def _is_namesake(found: list[Token], mention: Mention) -> bool:
    """Whether a surname belongs to somebody else: another capitalised name stands directly beside it."""
    for at, ends in ((mention.end, True), (mention.start - 1, False)):
        if not 0 <= at < len(found):
            continue
        token = found[at]
        name = (
            token.word
            and token.cap
            and not token.joined
            and len(token.key) > 1
            and not ordinary_word(token, None)
        )
        if name and (ends or (at > 0 and token.key not in words().given)):
            return True
    return False


DIRECTIONS = listed("mentions.directions")
KIN = listed("mentions.kin")
ADJECTIVES = listed("names.adjectives")


def names_a_place(text: str, names: Gazetteer) -> bool:
    """Whether a sentence names a place or province of the case that lies in the war's country."""
    return any(
        mention.kind == "province" or (mention.kind == "place" and names.kind_of.get(mention.id) != "refuge")
        for mention in find_mentions(tokens(text), names)
    )
