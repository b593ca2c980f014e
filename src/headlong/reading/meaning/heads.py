"""What the head word of a group is: a place, a part of one, a force, a person, arms and so on."""

from __future__ import annotations

from headlong.reading.lexicon.lexicon import listed, words
from headlong.reading.meaning.discourse import Discourse
from headlong.reading.syntax.entities import Mention
from headlong.reading.syntax.phrases import Noun

__all__ = [
    "CONTAINERS",
    "PLACED",
    "SPOTS",
    "head_mention",
    "is_whole",
    "noun_kind",
    "pronoun_kinds",
    "tied",
]

CONTAINERS = listed("roles.containers")


HELD_BY = listed("roles.held_by")


PLACED = frozenset({"place", "province"})


SPOTS = frozenset(["settlement", "area", "edge", "centre", "part", "crossing"])


PART_NAMES = listed("roles.part_names")


def noun_kind(noun: Noun) -> str:
    """Return the kind of the head word by the tables."""
    table = words()
    if noun.head in ("part", "parts") and noun.of is None and not noun.mentions:
        return ""
    two = " ".join(noun.keys[-2:])
    if two in table.groups or noun.head in table.groups:
        return "group"
    return table.nouns.get(noun.head, "")


def head_mention(noun: Noun) -> Mention | None:
    """Return the name that a group ends with, if it does."""
    return next((m for m in noun.mentions if m.end == noun.end), None)


def is_whole(mention: Mention, noun: Noun, memory: Discourse) -> bool:
    """Whether a part noun belongs to the name of a place, as in Bagram airfield."""
    if mention.kind != "place":
        return False
    name = next((p["name"].lower() for p in memory.names.case.places if p["id"] == mention.id), "")
    return noun.head in PART_NAMES and (
        noun.head in name or memory.names.kind_of.get(mention.id) == noun.head
    )


def tied(noun: Noun, mention: Mention) -> bool:
    """Whether a name only qualifies, as in ``Taliban-held`` or ``US-backed``."""
    after = mention.end - noun.start
    return 0 <= after < len(noun.keys) and noun.keys[after] in HELD_BY


def titled(noun: Noun) -> bool:
    """Whether a leader's name stands in a group."""
    return any(m.kind == "leader" for m in noun.mentions)


def pronoun_kinds(noun: Noun) -> set[str]:
    """Return what a pronoun can stand for."""
    word = noun.head
    if word in ("they", "them", "we", "us", "themselves", "everyone", "both", "all", "i", "me", "who"):
        return {"force", "person"} if word not in ("i", "me") else {"person", "leader"}
    if word in ("he", "she", "him", "himself"):
        return {"person", "leader"}
    if word == "everything":
        return {"everything"}
    if word in ("ours", "theirs"):
        return {"ours"}
    if word in ("it", "itself"):
        return {"place", "force"}
    return set()
