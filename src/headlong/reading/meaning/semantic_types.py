"""What a group of words can be, for the conditions of the frames."""

from __future__ import annotations

from headlong.reading.meaning.arguments import leaders_named, places_named, sides
from headlong.reading.meaning.discourse import Discourse
from headlong.reading.meaning.heads import (
    CONTAINERS,
    PLACED,
    head_mention,
    is_whole,
    noun_kind,
    pronoun_kinds,
    tied,
    titled,
)
from headlong.reading.syntax.entities import Mention
from headlong.reading.syntax.phrases import Noun, role_of

__all__ = ["kinds"]


ARMED = frozenset(
    ["members", "side", "men", "pickup", "pickups", "truck", "trucks", "lorries", "jeeps", "boats"]
)
REST = frozenset(["rest", "others", "remainder"])


def kinds(noun: Noun, memory: Discourse) -> set[str]:
    """Return what a group can be, for the conditions of the frames."""
    found = {"any"}
    if noun.pronoun:
        return found | pronoun_kinds(noun)
    mention = head_mention(noun)
    if mention is not None and mention.kind == "demonym" and (noun.number is not None or not noun.definite):
        return found | {"civil"}
    if mention is not None:
        return found | _mention_kinds(mention, memory)
    kind = noun_kind(noun)
    if noun.head in REST and noun.definite and noun.of is None:
        return found | {"force", "civil"}
    counted = noun.head in CONTAINERS or noun.head.isdigit()
    if (counted or kind == "") and noun.of is not None:
        inner = kinds(noun.of, memory)
        if noun.head in ("most", "half", "much") and "place" in inner:
            return found | {"part"}
        return found | (inner if counted else inner & {"civil"})
    if kind in ("settlement", "area"):
        return found | _settled_kinds(noun, kind, memory)
    if kind in ("part", "edge", "centre", "crossing"):
        return found | _part_kinds(noun, kind, memory)
    if kind == "group":
        return (
            found | {"force"} | ({"outside"} if _foreign(noun, memory) or _outside(noun, memory) else set())
        )
    if kind == "person" or (kind == "" and titled(noun)):
        return found | {"person"} | ({"leader"} if leaders_named(noun, memory) else set())
    if kind:
        own = any(m.kind == "side" for m in noun.mentions) or role_of(noun)[1] > 1
        own = own and kind in ("arms", "reinforcements", "shells")
        return found | {kind} | ({"force"} if own else set())
    sided = any(m.kind == "side" for m in noun.mentions)
    return found | ({"force"} if sided and noun.head in ARMED else set())


def _settled_kinds(noun: Noun, kind: str, memory: Discourse) -> set[str]:
    """A town or district: a place when it is one that can be told, else only a spot."""
    if kind == "area" and not (noun.mentions or noun.named or noun.of or noun.definite):
        return {"spot"}
    if noun.head.endswith("s") and not noun.mentions and not noun.also and not noun.named:
        if kind == "settlement" and places_named(noun, memory):
            return {"place"}
        return {"part"} if kind == "area" else {"spot"}
    return {"place"}


def _part_kinds(noun: Noun, kind: str, memory: Discourse) -> set[str]:
    """A part of a place: airport, quarter, edge, crossing; it may be a place of the case itself."""
    crossing = any(memory.names.kind_of.get(m.id) == "crossing" for m in noun.mentions)
    if kind == "part" and any(is_whole(m, noun, memory) for m in noun.mentions):
        return {"place"} | ({"crossing"} if crossing else set())
    if kind == "crossing":
        return {"crossing", "part"} | ({"place"} if any(m.kind == "place" for m in noun.mentions) else set())
    return {"part", kind}


def _mention_kinds(mention: Mention, memory: Discourse) -> set[str]:
    names = memory.names
    if mention.kind in PLACED:
        kind = names.kind_of.get(mention.id, "")
        found = {"place"}
        if kind == "crossing":
            found.add("crossing")
        if names.country_of.get(mention.id, "") not in names.home and kind == "refuge":
            found |= {"country", "foreign"}
        return found
    if mention.kind == "leader":
        return {"person", "leader"}
    if mention.kind == "side":
        return {"side", "force"}
    if mention.kind in ("country", "capital"):
        return {"country"} | (set() if mention.id in names.home else {"foreign"})
    return {"force"}


def _outside(noun: Noun, memory: Discourse) -> bool:
    return any(memory.names.case.side(side).role == "outside" for side in sides(noun, memory))


def _foreign(noun: Noun, memory: Discourse) -> bool:
    """Whether a force is of a country that is no side of the case."""
    codes = [m.id for m in noun.mentions if m.kind in ("demonym", "country") and not tied(noun, m)]
    return (
        bool(codes)
        and not any(m.kind == "side" for m in noun.mentions)
        and all(code not in memory.names.country_side for code in codes)
        and role_of(noun)[0] != "rebel"
    )
