"""One clause: a verb with what belongs to it, and the clause that governs it."""

from __future__ import annotations

from dataclasses import dataclass, field

from headlong.reading.lexicon.lexicon import listed, words
from headlong.reading.syntax.phrases import Item, Noun, Verb

__all__ = ["BESIDE", "RUMOUR", "SAYING", "Clause", "kind_of"]

SAYING = listed("clauses.saying")


BESIDE = listed("clauses.beside")


RUMOUR = listed("clauses.rumour")


@dataclass(eq=False)
class Clause:
    """A verb with what belongs to it; or a loose group without a verb.

    Parameters
    ----------
    opener : str
        What opened it: a sign, a joining word, ``say`` (after a verb of speech), ``part`` (participle), ``inf``.
    verb : Verb or None
        Its verb.
    subject : Noun or None
        Who does it (or suffers it, in the passive).
    objects, preps : list of Noun
        What follows without and with a preposition.
    lead : list of Noun
        Prepositional groups before the subject.
    parent : int or None
        Number of the clause that governs it.
    noun : str
        The noun that governs it, as ``reports`` in ``reports that``.
    quoted : bool
        Whether it stands in quotation marks.
    heading : bool
        Whether it is what a sentence opens with before a colon: ``Army: we hold the airport``.
    """

    number: int
    start: int
    opener: str
    items: list[Item] = field(default_factory=list)
    verb: Verb | None = None
    subject: Noun | None = None
    own_subject: bool = False
    objects: list[Noun] = field(default_factory=list)
    preps: list[Noun] = field(default_factory=list)
    lead: list[Noun] = field(default_factory=list)
    parent: int | None = None
    noun: str = ""
    quoted: bool = False
    end: int = 0
    follows_sign: str = ""
    own_report: bool = False
    heading: bool = False

    @property
    def nouns(self) -> list[Noun]:
        """All groups of the clause."""
        return [item for item in self.items if isinstance(item, Noun)]


def kind_of(verb: Verb | None) -> str:
    """Return the kind of a verb: say, confirm, deny, unreal ... or nothing."""
    return "" if verb is None else words().kinds.get(verb.lemma, "")
