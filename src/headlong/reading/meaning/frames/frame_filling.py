"""Filling a frame: where it was, whose deed it is, who is spoken of, and how many."""

from __future__ import annotations

from headlong.reading.lexicon.kinds import COUNTED, SPEAKING
from headlong.reading.lexicon.lexicon import Frame, listed, words
from headlong.reading.meaning.arguments import leaders_named, places_named, sides
from headlong.reading.meaning.discourse import Discourse, Place, Speaker
from headlong.reading.meaning.frames.event import Roles
from headlong.reading.meaning.heads import SPOTS, noun_kind
from headlong.reading.meaning.location import where_of
from headlong.reading.meaning.semantic_types import kinds
from headlong.reading.syntax.clause import Clause
from headlong.reading.syntax.phrases import Noun

__all__ = ["LOCAL", "USUAL", "air_support", "count_of", "people_of", "places_of", "side_of", "tried"]

LOCAL = ("in", "at", "inside", "around", "near", "outside", "throughout", "across")
AIR = listed("filling.air")
BATTLES = listed("filling.battles")
PLACELESS = frozenset({"crossed", "support", "captured", "fled", "switched", "displaced"})
NOBODY = frozenset(["one", "nobody", "anyone", "someone"])
UNITS = listed("filling.units")
USUAL = frozenset({"fell", "entered", "attacked", "handed_over", "besieged"})


def air_support(noun: Noun | None, side: str, memory: Discourse) -> bool:
    """Whether an attack is an outside power's from the air, which counts as its support."""
    if noun is None or not AIR & {*noun.keys, *(noun.of.keys if noun.of else ())}:
        return False
    return memory.names.case.side(side).role == "outside" if side else _stranger(noun, memory)


def tried(claim: str, trial: str) -> str:
    """Return what a vain or unfinished attempt, or a refusal, comes to."""
    if trial == "refuse":
        return {"fled": "stayed", "withdrew": "held", "handed_over": "held"}.get(claim, "")
    if claim in ("fell", "entered", "attacked"):
        return "repulsed" if trial == "fail" and claim != "attacked" else "attacked"
    return "attacked" if claim == "repulsed" else ""


def places_of(frame: Frame, roles: Roles, clause: Clause, clauses: list[Clause]) -> list[Place]:
    """Return the places of a frame: from the roles it names, else from around."""
    found: list[Place] = []
    part = False
    for name in frame.place:
        if name == "ctx":
            break
        if name == "base":
            found = _bases(frame, roles)
        else:
            groups = roles.preps.get(name, []) if name in LOCAL else [roles.get(name)]
            for group in groups:
                found = (
                    _own_seat(group, frame, roles)
                    or _named_beside(group, roles)
                    or places_named(group, roles.memory)
                )
                part = part or (name in ("O", "O.of") and not found and _is_part(group, roles.memory))
                if found:
                    break
        if found:
            break
    if not found and (part or "ctx" in frame.place):
        found = _around(roles, clause, clauses)
    if part:
        found = [Place(place.id, place.tokens | {"part"}) for place in found]
    return found or ([Place("")] if frame.claim in PLACELESS else [])


def _own_seat(group: Noun | None, frame: Frame, roles: Roles) -> list[Place]:
    """Return where somebody has his seat, when he leaves "his office" in a text that speaks of that place."""
    if frame.claim != "fled" or group is None or group.mentions or group.of or noun_kind(group) not in SPOTS:
        return []
    return [place for place in _bases(frame, roles) if place.id in roles.memory.places]


def _named_beside(group: Noun | None, roles: Roles) -> list[Place]:
    """Return the place that another group names, as in ``from his compound in Aden``, for a part that has no name."""
    if group is None or group.mentions or group.of or group.poss or noun_kind(group) != "part":
        return []
    near = [n for name in ("in", "at") for n in roles.preps.get(name, []) if n is not group and n.mentions]
    found = [place for noun in near for place in places_named(noun, roles.memory) if place.id]
    return [Place(place.id, place.tokens | {"part"}) for place in found[:1]]


def _is_part(noun: Noun | None, memory: Discourse) -> bool:
    return noun is not None and "part" in kinds(noun, memory)


def _bases(frame: Frame, roles: Roles) -> list[Place]:
    bases = [roles.memory.names.leader_base.get(one, "") for one in people_of(frame, roles)]
    return [Place(base) for base in bases if base][:1]


def _around(roles: Roles, clause: Clause, clauses: list[Clause]) -> list[Place]:
    """Return the place of the clause or sentence when the verb names none: ``in Herat``, else the one in mind."""
    for name in LOCAL:
        for noun in roles.preps.get(name, []):
            if found := places_named(noun, roles.memory):
                return found
    for other in reversed(clauses[: clause.number + 1]):
        for noun in where_of(other, roles.memory):
            if noun.prep in ("in", "at", "inside", "into") and (found := places_named(noun, roles.memory)):
                return found
    for other in reversed(clauses[: clause.number]):
        for noun in other.objects if other.verb is not None and not other.own_report else ():
            if any(m.kind == "place" and m.end == noun.end for m in noun.mentions):
                return places_named(noun, roles.memory)
    after = clauses[clause.number + 1 : clause.number + 2]
    for noun in (n for c in after if c.opener in ("when", "as", "while", "after") for n in c.objects):
        if any(m.kind == "place" and m.end == noun.end for m in noun.mentions):
            return places_named(noun, roles.memory)
    topic = roles.memory.topic or roles.memory.place
    return [Place(topic)] if topic else []


def side_of(frame: Frame, roles: Roles, place: Place) -> str:
    """Return the side of a claim: from the roles that the frame names, in their order."""
    party = roles.memory.speaking
    if "lost" in frame.tokens:
        return _winner(frame, roles, place)
    moved = kinds(roles.subject, roles.memory) if roles.subject is not None else set()
    if frame.claim == "crossed" and "civil" in moved and "force" not in moved:
        return ""
    for name in frame.side:
        if name == "S" and roles.subject is not None and roles.subject.pronoun and _sideless(party):
            return ""
        if name in ("!holder", "holder", "holder0"):
            return _by_control(name, roles.memory, place)
        found = _named(name, frame, roles, place)
        if found:
            return found
        if (
            name in ("S", "O", "by")
            and (noun := roles.get(name)) is not None
            and _stranger(noun, roles.memory)
        ):
            return ""
    return _unsaid(frame, roles, place)


def _winner(frame: Frame, roles: Roles, place: Place) -> str:
    """Return who has what somebody has lost: who is named, else who it must be; nothing where nobody can tell."""
    losers = sides(roles.get("S"), roles.memory)
    found = _named("to", frame, roles, place)
    if found or not losers:
        return found or roles.memory.taker_of(place.id)
    return roles.memory.winner(losers[0], place.id)


def _sideless(party: Speaker | None) -> bool:
    """Whether somebody speaks who is no party to the war, so that "it" is none of the sides."""
    return party is not None and party.source in SPEAKING and not party.side


def _unsaid(frame: Frame, roles: Roles, place: Place) -> str:
    """Return whose deed it must be when nobody is named: only states fly, and attackers are beaten off."""
    memory, subject = roles.memory, roles.subject
    party = memory.speaking if memory.speaking and memory.speaking.source in SPEAKING else None
    if subject is not None and subject.pronoun and party is not None and not party.side:
        return ""
    freed = roles.verb is not None and roles.verb.lemma in ("liberate", "free")
    if "retaken" in frame.tokens and (party or not freed):
        return (party.side if party else "") or memory.names.holder.get(place.id, "")
    if frame.claim == "support":
        return memory.holder(place.id)
    if frame.claim == "switched" and party:
        return _foe(party.side, memory)
    if frame.claim == "repulsed":
        return (_foe(party.side, memory) if party else "") or memory.taker_of(place.id)
    if frame.claim == "attacked" and subject is not None and AIR & set(subject.keys):
        held = memory.holder(place.id)
        return memory.names.incumbent if held and held != memory.names.incumbent else ""
    nobody = subject is None or subject.pronoun or subject.head in NOBODY
    thing = subject is not None and words().nouns.get(subject.head) in ("shells", "fire", "combat", "attack")
    unnamed = nobody or thing or frame.side[:1] != ("S",)
    return memory.taker_of(place.id) if frame.claim in USUAL and unnamed else ""


def _by_control(name: str, memory: Discourse, place: Place) -> str:
    """Return who has taken a place, who holds it, or who held it when the war began."""
    if name == "!holder":
        party = memory.speaking if memory.speaking and memory.speaking.source in SPEAKING else None
        own = party.side if party else ""
        rival = own in memory.names.rebels and own != memory.names.holder.get(place.id)
        return own if rival else memory.taker_of(place.id)
    return memory.holder(place.id) if name == "holder" else memory.names.holder.get(place.id, "")


def _named(name: str, frame: Frame, roles: Roles, place: Place) -> str:
    """Return the side that one role of a frame names."""
    memory = roles.memory
    if name == "speaker":
        return memory.speaking.side if memory.speaking is not None else ""
    if name == "O.by":
        name = "by" if roles.verb is None or not roles.verb.passive else "none"
    if name == "between":
        return _other_than_holder(roles, place)
    if name.startswith("!"):
        found = [_foe(side, memory) for side in sides(roles.get(name[1:]), memory)]
    else:
        if name in ("in", "under") and (taker := _their_hands(roles.get(name), memory, place)):
            return taker
        groups = [roles.get(name)] if name in ("S", "O") or "." in name else list(roles.preps.get(name, []))
        found = [side for group in groups for side in sides(group, memory)]
        if name in ("to", "into", "in", "under") and groups and groups[0] is not None and not found:
            found = sides(groups[0].of, memory) or sides(groups[0].poss, memory)
    found = [side for side in found if side]
    if name == "O" and found and frame.claim == "repulsed" and found == sides(roles.get("S"), memory):
        return ""  # "we beat them off": said by one side, "them" is the other
    if found and frame.claim == "attacked" and name == "S":
        found = _attackers(found, roles, place)
    return found[0] if found else ""


def _foe(side: str, memory: Discourse) -> str:
    gained = [taker for taker in reversed(memory.taker.values()) if taker != side]
    last = memory.rebel if memory.rebel != side else ""
    usual = memory.names.rebels[0] if side == memory.names.incumbent and memory.names.rebels else ""
    return memory.names.opponent(side) or next(iter(gained), last or usual)


def _their_hands(noun: Noun | None, memory: Discourse, place: Place) -> str:
    """Return who took a place, when a bystander says that it is "in their hands"."""
    if noun is None or noun.keys[:1] != ("their",):
        return ""
    party = memory.speaking is not None and memory.speaking.source in ("belligerent", "official", "leader")
    return "" if party else memory.taker.get(place.id, "")


def _other_than_holder(roles: Roles, place: Place) -> str:
    """Return the attacker in ``fighting between A and B``: the one that does not hold the place."""
    groups = [*roles.preps.get("between", []), *roles.preps.get("with", [])]
    held = roles.memory.names.holder.get(place.id, "")
    foes = [side for noun in groups for side in sides(noun, roles.memory) if side != held]
    return foes[0] if foes and held else ""


def _stranger(noun: Noun, memory: Discourse) -> bool:
    """Whether a group is of a country that is no side of the case."""
    known = memory.names.country_side
    return any(m.kind in ("demonym", "country") and m.id not in known for m in noun.mentions)


def _attackers(found: list[str], roles: Roles, place: Place) -> list[str]:
    """Return who attacks when two sides fight: the one that does not hold the place."""
    if roles.verb is None or roles.verb.lemma not in BATTLES:
        return found
    memory = roles.memory
    held = memory.names.holder.get(place.id, "")
    groups = [*roles.preps.get("with", []), *roles.preps.get("against", [])]
    other = [side for noun in groups for side in sides(noun, memory)]
    both = [*found, *other, *filter(None, [memory.names.opponent(found[0])])]
    return [side for side in both if side != held] or found


def people_of(frame: Frame, roles: Roles) -> list[str]:
    """Return the leaders that a frame speaks of, also those taken ``along with`` the first."""
    if not frame.person:
        return []
    found = leaders_named(roles.get(frame.person[0]), roles.memory)
    beside = roles.preps.get("with", []) if {"along", "together"} & set(roles.keys) else []
    beside = [*beside, *roles.preps.get("including", []), *roles.preps.get("among", [])]
    return list(
        dict.fromkeys([*found, *(one for noun in beside for one in leaders_named(noun, roles.memory))])
    )


def count_of(frame: Frame, roles: Roles, claim: str) -> int | None:
    """Return how many moved or changed sides, where a number is said of people or vehicles."""
    if claim not in COUNTED:
        return None
    for name in ("O", "S", "of", "with"):
        noun = roles.get(name)
        if noun is None:
            continue
        groups = [noun, *filter(None, [noun.of])]
        fits = any(
            {"force", "civil", "person", "arms", "reinforcements"} & kinds(g, roles.memory) for g in groups
        )
        numbers = [g.number for g in groups if g.number is not None and g.head not in UNITS]
        if fits and numbers:
            return numbers[0] if numbers[0] > 1 else None
    return None
