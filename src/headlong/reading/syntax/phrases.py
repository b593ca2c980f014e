"""The pieces of a sentence: who and what (`Noun`), what is done (`Verb`), and the signs between them (`Sign`)."""

from __future__ import annotations

from dataclasses import dataclass, field

from headlong.reading.lexicon.lexicon import words
from headlong.reading.lexicon.tokens import Token
from headlong.reading.syntax.entities import Mention
from headlong.reading.text.dates import When

__all__ = ["Item", "Noun", "Parsed", "Sign", "Verb", "role_of"]


@dataclass(eq=False)
class Noun:
    """A group of words around a noun or name.

    Parameters
    ----------
    start, end : int
        Its words.
    head : str
        Folded form of its last word.
    mentions : list of Mention
        Gazetteer in it.
    prep : str
        The preposition before it.
    of, poss : Noun or None
        What follows with "of"; whose it is.
    conj : bool
        Whether it is joined to the group before by "and", "or" or a comma in a list.
    also : list of Noun
        The other groups of the same list.
    """

    start: int
    end: int
    head: str
    mentions: list[Mention] = field(default_factory=list)
    keys: tuple[str, ...] = ()
    prep: str = ""
    of: Noun | None = None
    poss: Noun | None = None
    conj: bool = False
    also: list[Noun] = field(default_factory=list)
    number: int | None = None
    definite: bool = False
    pronoun: bool = False
    named: str = ""
    negated: bool = False
    begin: int = 0


@dataclass(eq=False)
class Verb:
    """A verb with its auxiliaries."""

    start: int
    end: int
    lemma: str
    form: str
    present: bool = False
    passive: bool = False
    negated: bool = False
    modal: str = ""
    infinitive: bool = False
    ing: bool = False
    bare: bool = False
    perfect: bool = False
    progressive: bool = False
    prep: str = ""
    chain: list[str] = field(default_factory=list)
    chain_passive: bool = False
    stands: bool = False  # whether it says that a report is not taken back


@dataclass(eq=False)
class Sign:
    """A comma, quotation mark, joining word and so on."""

    start: int
    end: int
    text: str
    tag: str


Item = Noun | Verb | Sign


@dataclass
class Parsed:
    """A sentence with its words, dates and groups: what any parser has to fill.

    `reworded` has for the number of a word the plain one that stands for it here: ``insisted`` for ``held that``.
    """

    text: str
    tokens: list[Token]
    tags: list[str]
    mentions: list[Mention]
    dates: list[When]
    items: list[Item]
    reworded: dict[int, str] = field(default_factory=dict)


def role_of(noun: Noun) -> tuple[str, int]:
    """Return the role that the group words tell: state, rebel ...; the strongest counts."""
    table = words()
    best = ("", -1)
    for size in (2, 1):
        for at in range(len(noun.keys) - size + 1):
            role = table.groups.get(" ".join(noun.keys[at : at + size]))
            negated = at > 0 and noun.keys[at - 1] in ("anti", "non")
            if role and role[1] > best[1] and not negated:
                best = role
    return best
