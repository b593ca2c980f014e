"""What a group of words stands for: the places, sides and leaders that it names."""

from __future__ import annotations

from headlong.reading.lexicon.lexicon import listed
from headlong.reading.meaning.discourse import Discourse, Place
from headlong.reading.meaning.heads import (
    CONTAINERS,
    PLACED,
    SPOTS,
    is_whole,
    noun_kind,
    tied,
)
from headlong.reading.syntax.entities import Mention
from headlong.reading.syntax.phrases import Noun, role_of

__all__ = ["leaders_named", "places_named", "sides"]

AIR = listed("filling.air")
THEIRS = tuple((word,) for word in ("their", "its", "his", "our", "my", "her"))
UNITS = frozenset(["division", "corps", "regiment", "brigade", "battalion"])
OFFICE = listed("roles.office")


def sides(noun: Noun | None, memory: Discourse) -> list[str]:
    """Return the sides that a group names or means."""
    if noun is None:
        return []
    found = _own_sides(noun, memory)
    for other in noun.also:
        found += [side for side in _own_sides(other, memory) if side not in found]
    return [side for side in found if side]


def _own_sides(noun: Noun, memory: Discourse) -> list[str]:
    names = memory.names
    if noun.pronoun:
        return _pronoun_sides(noun, memory)
    for mention in noun.mentions:
        if mention.kind == "side" and not tied(noun, mention):
            at = mention.start - noun.start - 1
            before = noun.keys[at] if 0 <= at < len(noun.keys) else ""
            return [names.opponent(mention.id)] if before == "anti" else [mention.id]
    for mention in noun.mentions:
        if mention.kind == "leader" and not tied(noun, mention):
            return [names.leader_side[mention.id]]
    role, strength = role_of(noun)
    if local := _by_name_or_home(noun, role, strength, memory):
        return [local]
    inner = noun.of is not None and any(m.kind in ("side", "leader") for m in noun.of.mentions)
    if noun.of is not None and role and (inner or role_of(noun.of) == ("rebel", 3)):
        return _own_sides(noun.of, memory)
    if role == "rebel" and strength >= 2:
        return [_rebels(noun, memory)]
    for mention in noun.mentions:
        if mention.kind in ("demonym", "country", "capital") and not tied(noun, mention):
            return [names.country_side.get(mention.id, "")]
    if noun.poss is not None and (owner := _own_sides(noun.poss, memory)):
        return owner
    if noun.head in ("rest", "others", "remainder") and noun.definite and noun.of is None:
        return [memory.subject_side or memory.side]
    if noun.keys[:1] in THEIRS and role in ("any", "state", "", "rebel"):
        return _pronoun_sides(noun, memory)
    if noun.of is not None and (noun.head in CONTAINERS or role in ("any", "") or noun.head.isdigit()):
        owner = _own_sides(noun.of, memory)
        if owner or role == "":
            return owner
    return _by_role(noun, role, memory)


def _by_name_or_home(noun: Noun, role: str, strength: int, memory: Discourse) -> str:
    """Return the side that a word of its name tells (``Oromo rebels``), or that holds the place the men are from."""
    names = memory.names
    worded = next((names.side_words[key] for key in noun.keys if key in names.side_words), "")
    if worded and (role in ("rebel", "any", "outside") or AIR & set(noun.keys)):
        return worded
    inside = next((m.id for m in noun.mentions if m.kind == "place" and m.end < noun.end), "")
    if inside and role in ("rebel", "any") and strength < 2 and names.holder.get(inside):
        return names.holder[inside]
    if noun.of is not None and noun.of.prep == "from" and strength < 2:
        home = next((m.id for m in noun.of.mentions if m.kind == "place"), "")
        return names.holder.get(home, "")
    return ""


def _by_role(noun: Noun, role: str, memory: Discourse) -> list[str]:
    names = memory.names
    if any(m.kind == "place" and m.id == names.capital for m in noun.mentions) and noun.head in (
        "government",
        "forces",
        "authorities",
        "regime",
        "administration",
        "troops",
        "army",
    ):
        return [names.incumbent]
    if role == "state":
        army = noun.head in ("army", "soldiers", "troops", "military", "soldier", "forces")
        return [names.army_side if army else names.incumbent]
    if role == "rebel":
        return [_rebels(noun, memory)]
    if role == "outside":
        return [side.id for side in names.case.sides if side.role == "outside"][:1]
    if role == "enemy":
        return _enemy(memory)
    if role == "attacker":
        return [memory.taker_of(memory.place)]
    if role == "holder":
        return [names.holder.get(memory.place, "")]
    if any(key in OFFICE for key in noun.keys):
        return [names.incumbent]
    if role == "any" and _numbered(noun):
        return [names.army_side]
    if role == "any" and noun.keys and (noun.definite or noun.keys[0] in ("both", "two", "these", "those")):
        return [memory.side]
    if role == "any":
        placed = next((m.id for m in noun.mentions if m.kind == "place"), "")
        return [names.holder.get(placed, "")] if placed else []
    return []


def _enemy(memory: Discourse) -> list[str]:
    """Return whom a party means by "the enemy"."""
    own = memory.speaking.side if memory.speaking else ""
    if not own:
        return []
    usual = next(iter(memory.names.rebels), "")
    return [memory.names.opponent(own) or (memory.rebel if memory.rebel != own else "") or usual]


def _numbered(noun: Noun) -> bool:
    """Whether a unit bears a number, as those of armies do: ``the 22nd Division``, ``II Corps``."""
    return noun.head in UNITS and any(
        key[0].isdigit() or key in ("i", "ii", "iii", "iv") for key in noun.keys
    )


def _rebels(noun: Noun, memory: Discourse) -> str:
    faith = any(key.startswith(("islamist", "jihad", "qaeda", "qaida")) for key in noun.keys)
    if faith and memory.names.islamist:
        return memory.names.islamist
    codes = [m.id for m in noun.mentions if m.kind == "demonym"]
    named = [memory.names.country_side.get(code, "") for code in codes]
    return next((side for side in named if side in memory.names.rebels), "") or memory.rebels()


def _pronoun_sides(noun: Noun, memory: Discourse) -> list[str]:
    word = noun.keys[0]
    if "'" in noun.keys:
        return []
    if word in ("we", "us", "our", "i", "me", "my", "ours"):
        return [memory.speaking.side] if memory.speaking else []
    if word in ("he", "she", "him", "his", "her"):
        own = memory.names.leader_side.get(memory.he(), "")
        return [own or (memory.speaking.side if memory.speaking else "")]
    if word in ("they", "them", "it", "their", "its", "themselves", "theirs"):
        if (
            memory.speaking
            and memory.speaking.side
            and not (memory.speaking.single and memory.subject_side and word in ("they", "them", "their"))
            and memory.speaking.source in ("belligerent", "official", "leader")
        ):
            return [memory.speaking.side]
        nearer = word in ("them", "themselves") and memory.side_at == memory.sentence
        return [memory.side if nearer else memory.subject_side or memory.side]
    return []


def leaders_named(noun: Noun | None, memory: Discourse) -> list[str]:
    """Return the leaders that a group names."""
    if noun is None:
        return []
    found = [m.id for n in (noun, *noun.also) for m in n.mentions if m.kind == "leader"]
    if noun.pronoun and noun.head in ("he", "she", "him", "himself") and memory.he():
        found.append(memory.he())
    if noun.pronoun and noun.head in ("i", "me") and memory.speaking and memory.speaking.person:
        found.append(memory.speaking.person)
    if not found and noun.of is not None and noun.head in CONTAINERS:
        found = leaders_named(noun.of, memory)
    if not found and noun.definite and (named := memory.titles.get(noun.head)) and not noun.named:
        found = [named]
    if not found and noun.definite and not noun.named and not noun.of and noun.head in ("governor", "mayor"):
        names = memory.names
        local = [
            i for i, base in names.leader_base.items() if base and base == (memory.topic or memory.place)
        ]
        found = [i for i in local if names.leader_role[i].startswith(noun.head)]
    return list(dict.fromkeys(found))


def places_named(noun: Noun | None, memory: Discourse) -> list[Place]:
    """Return the places that a group names, each with its marks; an unnamed known-unknown place has no id."""
    if noun is None:
        return []
    found = _own_places(noun, memory)
    for other in noun.also:
        found += [place for place in _own_places(other, memory) if place.id not in {p.id for p in found}]
    return found


def _own_places(noun: Noun, memory: Discourse) -> list[Place]:
    if noun.pronoun:
        return [Place(memory.place)] if noun.head in ("it", "itself") and memory.place else []
    kind = noun_kind(noun)
    part = frozenset({"part"}) if kind in ("part", "edge", "centre", "crossing") else frozenset[str]()
    part = part | {"edge"} if kind == "edge" else part
    if kind == "part" and any(is_whole(m, noun, memory) for m in noun.mentions):
        part = frozenset()
    if noun.head in ("most", "half", "much") and noun.of is not None:
        part = frozenset({"part"})
    near = [m for m in noun.mentions if m.kind in PLACED and not tied(noun, m)]
    own = [_place(m, memory) for m in near if m.kind == "place" or all(n.kind == "province" for n in near)]
    if own:
        if kind == "crossing" and memory.names.kind_of.get(own[0].id) == "crossing":
            part = frozenset()
        return [Place(p.id, p.tokens | part) for p in own]
    inner = (
        kind in SPOTS
        or noun.head in CONTAINERS
        or noun.head in ("control", "possession", "command", "hands", "whole")
    )
    if noun.of is not None and inner:
        if kind == "area" and noun.named:
            return [Place("")]
        if noun.head == "capital" and _of_another(noun.of, memory):
            return [Place("", part)]
        if noun.head == "capital" and not places_named(noun.of, memory):
            return [Place(memory.names.capital, part)]
        lost = {"province"} if kind == "settlement" else set[str]()
        return [Place(p.id, (p.tokens | part) - lost) for p in places_named(noun.of, memory)]
    if noun.poss is not None and (kind in SPOTS):
        return [
            Place(p.id, p.tokens | (part if kind != "settlement" else frozenset()))
            for p in places_named(noun.poss, memory)
        ]
    return _anaphor(noun, kind, part, memory)


def _many(noun: Noun) -> bool:
    """Whether a group means places that were listed before: ``the towns``, ``both cities``, ``either town``."""
    first = noun.keys[0] if noun.keys else ""
    plural = noun.head in ("towns", "cities", "villages") and (noun.definite or first in ("both", "these"))
    return plural or (noun.head in ("town", "city") and first == "either")


def _of_another(noun: Noun, memory: Discourse) -> bool:
    """Whether a capital is that of a country that is not at war here."""
    lands = [m.id for m in noun.mentions if m.kind in ("country", "demonym")]
    return bool(lands) and not set(lands) & memory.names.home


def _place(mention: Mention, memory: Discourse) -> Place:
    if mention.kind == "province":
        return Place(memory.names.capital_of.get(mention.id, ""), frozenset({"province"}))
    return Place(mention.id)


def _anaphor(noun: Noun, kind: str, part: frozenset[str], memory: Discourse) -> list[Place]:
    """``the city`` is the place last spoken of; ``the capital`` alone is the country's."""
    if kind == "settlement" and noun.named:
        return [Place("", part)]
    if kind == "area" and (noun.named or not noun.definite):
        return [Place("", part)] if noun.named else []
    if _many(noun):
        return [Place(id, part) for id in memory.listed]
    if kind not in SPOTS or (kind in ("settlement", "part") and not noun.definite and kind == "settlement"):
        return []
    if noun.head == "capital" and _of_another(noun, memory):
        return [Place("", part)]
    if noun.head == "capital" and not {"provincial", "regional", "its", "state", "district", "their"} & set(
        noun.keys
    ):
        return [Place(memory.names.capital, part)] if memory.names.capital else []
    if kind == "part" and not noun.definite:
        return []
    found = memory.spot(noun.head)
    if kind == "crossing" and memory.names.kind_of.get(found) == "crossing":
        part = frozenset()
    return [Place(found, part)] if found else []
