"""The word tables of this folder (``words/``), read once: small words, verbs, frames, nouns, groups, sources."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from headlong.reading.lexicon.tokens import fold

__all__ = [
    "Country",
    "Frame",
    "Words",
    "armed_groups",
    "countries",
    "listed",
    "phrases",
    "rows",
    "table",
    "words",
]

FOLDER = "headlong.reading.lexicon"
LOOSE = frozenset(
    ["am", "pm", "us", "uk", "un", "km", "mi", "inc", "co", "corp", "ltd", "etc", "dc", "eu", "jr", "sr"]
)
VOWELS = "aeiou"


@dataclass(frozen=True)
class Frame:
    """How a verb or noun makes a claim.

    Parameters
    ----------
    particle : str
        The word that must follow a verb, or nothing.
    when : tuple of tuple
        Conditions that must all hold: role and kind.
    claim : str
        The claim; empty: this use makes none.
    side, place, person : tuple of str
        Where to find them: the first that yields something.
    tokens : frozenset of str
        Marks of the claim.
    """

    particle: str
    when: tuple[tuple[str, frozenset[str]], ...]
    claim: str
    side: tuple[str, ...]
    place: tuple[str, ...]
    person: tuple[str, ...]
    tokens: frozenset[str]


class Country(NamedTuple):
    """A country: its code, names, words for its people, and capitals."""

    code: str
    names: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """All tables, ready for look-up by folded form."""

    closed: dict[str, frozenset[str]]
    numbers: dict[str, int]
    multipliers: dict[str, int]
    starters: frozenset[str]
    abbreviations: frozenset[str]
    loose_abbreviations: frozenset[str]
    forms: dict[str, tuple[str, frozenset[str]]]
    kinds: dict[str, str]
    frames: dict[str, tuple[Frame, ...]]
    nominals: dict[str, tuple[Frame, ...]]
    nouns: dict[str, str]
    groups: dict[str, tuple[str, int]]
    sources: dict[str, tuple[str, int]]
    given: frozenset[str]


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one table of the folder ``words``."""
    text = (files(FOLDER) / "words" / name).read_text("utf-8")
    read = csv.DictReader(io.StringIO(text))
    return [{key: value or "" for key, value in row.items() if key} for row in read]


def table(name: str) -> dict[str, Any]:
    """Return one TOML table of the folder ``words``."""
    return tomllib.loads((files(FOLDER) / "words" / name).read_text("utf-8"))


@cache
def words() -> Words:
    """Return the tables."""
    grammar = table("grammar.toml")
    closed = {
        name: frozenset(fold(word) for word in text.split())
        for name, text in grammar.items()
        if isinstance(text, str)
    }
    abbreviations = frozenset(grammar["abbreviations"].split()) | closed["abbreviations"]
    forms, kinds = _verbs()
    return Words(
        closed=closed,
        numbers=grammar["numbers"],
        multipliers=grammar["multipliers"],
        starters=closed["starters"],
        abbreviations=abbreviations,
        loose_abbreviations=LOOSE,
        forms=forms,
        kinds=kinds,
        frames=_frames("frames.csv", "verb"),
        nominals=_frames("nominals.csv", "noun"),
        nouns=_nouns(),
        groups={
            fold(noun): (row["role"], int(row["strength"]))
            for row in rows("groups.csv")
            for noun in row["noun"].split("|")
        },
        sources={
            " ".join(map(fold, phrase.split())): (row["class"], int(row["rank"]))
            for row in rows("sources.csv")
            for phrase in row["phrase"].split("|")
        },
        given=closed["given"],
    )


def _nouns() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for kind, text in table("nouns.toml").items():
        for noun in text.split():
            kinds.setdefault(fold(noun), kind)
    return kinds


def _verbs() -> tuple[dict[str, tuple[str, frozenset[str]]], dict[str, str]]:
    """Return for each form its verb and tenses, and for each verb its kind."""
    forms: dict[str, tuple[str, frozenset[str]]] = {}
    kinds: dict[str, str] = {}
    for row in rows("verbs.csv"):
        verb = row["verb"]
        if verb in kinds:
            continue
        kinds[verb] = row["kind"]
        past = row["past"] or _inflect(verb, "ed")
        part = row["participle"] or past
        for form, tense in (
            (verb, "base"),
            (_inflect(verb, "s"), "s"),
            (past, "past"),
            (part, "part"),
            (_inflect(verb, "ing"), "ing"),
        ):
            known, tenses = forms.get(form, (verb, frozenset[str]()))
            if known == verb:
                forms[form] = (verb, tenses | {tense})
    return forms, kinds


DOUBLED = frozenset(
    [
        "admit",
        "stop",
        "patrol",
        "control",
        "travel",
        "cancel",
        "grip",
        "plan",
        "rob",
        "ship",
        "tip",
        "pin",
        "nab",
        "grab",
        "submit",
        "commit",
        "transfer",
        "refer",
        "occur",
        "compel",
        "expel",
        "repel",
        "prefer",
        "trap",
        "hit",
        "set",
        "put",
        "cut",
        "quit",
        "shut",
        "get",
        "win",
        "run",
        "sit",
        "begin",
        "let",
        "bid",
        "hem",
        "rid",
        "slip",
        "step",
        "drop",
        "drag",
        "dig",
    ]
)


def _inflect(verb: str, ending: str) -> str:
    """Return a regular form of a verb."""
    if ending == "s":
        if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
            return verb + "es"
        return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in VOWELS else verb + "s"
    if verb in DOUBLED:
        return verb + verb[-1] + ending
    if ending == "ing":
        if verb.endswith("ie"):
            return verb[:-2] + "ying"
        return (
            verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe")) and len(verb) > 2 else verb
        ) + "ing"
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in VOWELS else verb + "ed"


def _frames(table: str, column: str) -> dict[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for row in rows(table):
        conditions = [part.split(":") for part in row["when"].split("&") if ":" in part]
        if row["when"] and not conditions:
            conditions = [[row["when"], "any"]]
        frame = Frame(
            particle=row.get("particle", ""),
            when=tuple((role, frozenset(kinds.split("/"))) for role, kinds in conditions),
            claim=row["claim"],
            side=tuple(row["side"].split()),
            place=tuple(row["place"].split()),
            person=tuple(row["person"].split()),
            tokens=frozenset(row["tokens"].split()),
        )
        for word in dict.fromkeys(row[column].split("|")):
            found.setdefault(word, []).append(frame)
    return {word: tuple(frames) for word, frames in found.items()}


@cache
def phrases() -> dict[str, re.Pattern[str]]:
    """Return for each list of ``stance.toml`` one pattern that finds any of its phrases."""
    found = {}
    lists = table("stance.toml")
    neither = lists.pop("neither")
    for name, text in lists.items():
        wanted = sorted((" ".join(phrase.split()) for phrase in text.split("|")), key=len, reverse=True)
        parts = [*map(re.escape, wanted), *([neither] if name == "unverified" else [])]
        found[name] = re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
    return found


@cache
def countries() -> tuple[Country, ...]:
    """Return every country with its names, the words for its people, and its capitals."""
    found = []
    for row in rows("countries.csv"):
        cells = [tuple(filter(None, row[key].split(";"))) for key in ("names", "demonyms", "capitals")]
        found.append(Country(row["code"], *cells))
    return tuple(found)


@cache
def _sets() -> dict[str, dict[str, str]]:
    return table("sets.toml")


def listed(name: str) -> frozenset[str]:
    """Return a word list of ``sets.toml`` by module and name."""
    module, _, key = name.partition(".")
    return frozenset(_sets()[module][key].split())


@cache
def armed_groups() -> tuple[tuple[str, ...], ...]:
    """Return sets of names that one armed group goes by."""
    return tuple(tuple(row["names"].split(";")) for row in rows("armed_groups.csv"))
