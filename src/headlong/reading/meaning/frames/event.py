"""One claim before its source and date are settled, and the roles that fill a frame."""

from __future__ import annotations

from dataclasses import dataclass, field

from headlong.reading.meaning.discourse import Discourse, Place
from headlong.reading.meaning.factuality import Stance
from headlong.reading.meaning.semantic_types import kinds
from headlong.reading.syntax.clause import Clause, kind_of
from headlong.reading.syntax.phrases import Noun, Verb

__all__ = ["Event", "Roles"]


@dataclass(eq=False)
class Event:
    """One claim before its source, date and interest are settled."""

    claim: str
    place: Place
    side: str
    leader: str
    count: int | None
    stance: Stance
    clause: Clause
    tokens: set[str] = field(default_factory=set)
    nominal: bool = False
    person: Noun | None = None
    start: int = 0
    end: int = 0
    sentence: int = 0


@dataclass(eq=False)
class Roles:
    """Deep subject, deep object and prepositional groups of a verb or noun."""

    subject: Noun | None
    objects: list[Noun]
    preps: dict[str, list[Noun]]
    memory: Discourse
    verb: Verb | None = None
    keys: tuple[str, ...] = ()

    def get(self, role: str) -> Noun | None:
        """Return the group that a role of the tables names."""
        role, _, inner = role.partition(".")
        if role == "S":
            noun = self.subject
        elif role == "O":
            noun = self.objects[0] if self.objects else None
        else:
            noun = next(iter(self.preps.get(role, [])), None)
        return noun.of if noun is not None and inner == "of" else noun

    def fits(self, role: str, wanted: frozenset[str]) -> bool:
        """Whether a role is filled by one of the wanted kinds."""
        if "none" in wanted:
            return self.get(role) is None
        if role == "V":
            verb = self.verb
            if "admits" in wanted:
                return verb is not None and kind_of(verb) in ("confirm", "deny")
            if "there" in wanted:
                return "there" in self.keys[:4]
            return verb is not None and (verb.perfect if "perfect" in wanted else verb.passive)
        groups = [self.get(role)] if role == "S" or "." in role else list(self.preps.get(role, []))
        groups = self.objects if role == "O" else groups
        return any(wanted & _kinds(group, self.memory) for group in groups if group is not None)


def _kinds(noun: Noun, memory: Discourse) -> set[str]:
    found = kinds(noun, memory)
    if "side" in found or "force" in found:
        found = found | {"side"}
    return found
