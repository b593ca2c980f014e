"""A group of words around a noun: its head, its names, whose it is, and how many."""

from __future__ import annotations

from headlong.reading.lexicon.lexicon import words
from headlong.reading.lexicon.tokens import Token
from headlong.reading.syntax.phrases import Noun, Parsed

__all__ = ["noun_group", "number_in"]

TAILS = frozenset(["loyal", "allied", "affiliated", "aligned", "opposed"])
ACCOUNTS = frozenset(["account", "telling", "version"])


def noun_group(parsed: Parsed, at: int, local: bool = False) -> Noun:
    """Read determiners, numbers, names and other words up to the head; ``in Herat residents`` are two groups."""
    tags, found = parsed.tags, parsed.tokens
    start = begin = at
    owner: Noun | None = None
    while at < len(found):
        letter = tags[at]
        if letter == "'" and at > start:
            owner = _make(parsed, start, at, owner)
            start = at + 1
        elif letter == "O" or (letter in "DN" and at > start and tags[at - 1] not in "DN"):
            at += 1 if at == start else 0
            break
        elif letter == "A" and not (
            at + 1 < len(found) and tags[at + 1] in "w#G" and at > start and tags[at - 1] in "D"
        ):
            break
        elif letter == "V" and found[at].key.endswith("ed") and tags[at - 1] in "D":
            pass
        elif letter not in "DGw#'NA" or (at > start and _another_begins(parsed, at, local)):
            break
        at += 1
    noun = _make(parsed, start, at, owner)
    noun.begin = begin
    return noun


def _another_begins(parsed: Parsed, at: int, local: bool) -> bool:
    """Whether a new group begins without a sign: ``by his account Kunduz``, ``in Herat residents``."""
    letter, before = parsed.tags[at], parsed.tokens[at - 1].key
    if letter == "G":
        return before in ACCOUNTS
    return local and parsed.tags[at - 1] == "G" and letter in "w#" and _people_act(parsed, at)


def _people_act(parsed: Parsed, at: int) -> bool:
    """Whether a group of people follows a place, and then what they do: ``in Herat residents said``."""
    table, found = words(), parsed.tokens
    while at < len(found) and parsed.tags[at] in "w#":
        at += 1
    key = found[at - 1].key
    people = key in table.groups or table.nouns.get(key) in ("civil", "person") or key in table.sources
    plural = key.endswith(("s", "men")) or key in ("police", "people")
    return people and plural and parsed.tags[at : at + 1] in (["V"], ["H"], ["B"])


def _make(parsed: Parsed, start: int, end: int, owner: Noun | None) -> Noun:
    found = parsed.tokens[start:end]
    mentions = [m for m in parsed.mentions if m.start >= start and m.end <= end]
    keys = tuple(token.key for token in found)
    head = keys[-2] if len(keys) > 1 and keys[-1] in TAILS else keys[-1] if keys else ""
    noun = Noun(start, end, head, mentions, keys, poss=owner)
    noun.number = number_in(keys)
    noun.definite = bool(keys) and keys[0] in ("the", "this", "that", "its", "their", "his", "our")
    noun.pronoun = len(keys) == 1 and parsed.tags[start] == "O"
    noun.negated = bool(keys) and keys[0] in ("no", "none", "neither", "nobody", "not")
    covered = {at for m in mentions for at in range(m.start, m.end)}
    proper = [
        token.text
        for at, token in enumerate(found, start)
        if token.cap and at not in covered and parsed.tags[at] == "w" and not _ordinary(token, at)
    ]
    noun.named = " ".join(proper)
    return noun


def _ordinary(token: Token, at: int) -> bool:
    table = words()
    key = token.key
    return (
        key in table.nouns or key in table.groups or key in table.sources or (at == 0 and key in table.forms)
    )


def number_in(keys: tuple[str, ...]) -> int | None:
    """Return the number said in a group of words; vague numbers are none."""
    table = words()
    exact = any(key[:1].isdecimal() for key in keys)
    if any(key in table.closed["vague"] and not (key == "some" and exact) for key in keys):
        return None
    total: int | None = None
    for key in keys:
        if key[:1].isdecimal():
            digits = key.replace(",", "")
            digits = "".join(c for c in digits if c.isdecimal())
            if len(digits) > 7 or key.endswith(("th", "st", "nd", "rd", "am", "pm", "km", "m")):
                return None
            total = int(digits)
        elif key in table.numbers:
            total = (total or 0) + table.numbers[key]
        elif key in table.multipliers:
            total = (total or 1) * table.multipliers[key]
    return total
