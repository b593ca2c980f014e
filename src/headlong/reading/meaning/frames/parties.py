"""Several sides that do one thing together, and doers of whom nobody says which side they are."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from headlong.reading.lexicon.lexicon import Frame, listed
from headlong.reading.meaning.arguments import sides
from headlong.reading.meaning.discourse import Discourse, Place
from headlong.reading.meaning.frames.event import Event, Roles
from headlong.reading.meaning.heads import tied
from headlong.reading.syntax.phrases import Noun, role_of

__all__ = ["LASTING", "is_nameless", "no_longer", "settled_state", "side_of_nameless", "together"]

NAMELESS = listed("events.nameless")
STRANGERS = listed("events.strangers")
PLAIN = listed("events.plain")
ENDED = listed("events.ended")
BATTLES = listed("filling.battles")
SHARED = frozenset({"fell", "held", "entered", "attacked", "besieged", "withdrew"})
"""Claims that two sides can make true together, or be denied one by one."""
LASTING = frozenset({"held", "besieged"})
"""States, which may be over: that a deed is done no longer does not say that it was not done."""
KNOWN = 2
"""How plainly a word must say whose men they are: ``army``, not ``soldiers``."""


def together(claim: str, frame: Frame, roles: Roles, side: str) -> list[str]:
    """Return the sides that do something together, the one that was found first.

    Parameters
    ----------
    claim
        What they do.
    frame
        The frame; its roles say where sides may stand.
    roles
        Who and what is spoken of.
    side
        The side that was found.
    """
    fights = roles.verb is not None and roles.verb.lemma in BATTLES
    if not side or claim not in SHARED or fights:
        return [side]
    for name in frame.side:
        plain = name in ("S", "O") or "." in name
        for noun in [roles.get(name)] if plain else roles.preps.get(name, []):
            found = _named_sides(noun, roles)
            if len(found) > 1 and found[0] == side:
                return found
    return [side]


def _named_sides(noun: Noun | None, roles: Roles) -> list[str]:
    """Return the sides that a list of groups names plainly, without allies of the first and powers from outside."""
    if noun is None:
        return []
    while noun.of is not None and noun.of.also:
        noun = noun.of
    beside = roles.preps.get("together", []) if noun is roles.subject else []
    members = [noun, *(one for one in (*noun.also, *beside) if one.mentions or role_of(one)[1] >= KNOWN)]
    found: list[str] = []
    for one in members:
        if one is noun or not any(tied(one, mention) for mention in one.mentions):
            alone = Noun(**{**vars(one), "also": []})
            found += [side for side in sides(alone, roles.memory)[:1] if side and side not in found]
    known = {side: roles.memory.names.case.side(side) for side in found}
    if not found or known[found[0]].role == "outside":
        return found[:1]
    allied = known[found[0]].friends
    return [side for side in found if side not in allied and known[side].role != "outside"]


def is_nameless(noun: Noun | None, memory: Discourse) -> bool:
    """Whether a group is of people of whom nobody says whose men they are: ``unknown gunmen``, ``masked men``."""
    if noun is None or noun.pronoun or noun.poss is not None or any(m.kind != "place" for m in noun.mentions):
        return False
    inner = noun.of
    if noun.head not in STRANGERS or (inner is not None and any(m.kind != "place" for m in inner.mentions)):
        return False
    if NAMELESS & {*noun.keys, *(inner.keys if inner is not None else ())}:
        return True
    plain = inner is None and set(noun.keys) <= {noun.head} | PLAIN
    return plain and not memory.rebel and role_of(noun) in (("rebel", 1), ("attacker", 2))


def side_of_nameless(place: Place, memory: Discourse) -> str:
    """Return the side of nameless doers: the only foe of who holds the place, where there is one only."""
    foes = memory.foes(memory.holder(place.id)) if memory.holder(place.id) else []
    return foes[0] if len(foes) == 1 else ""


def _ended(roles: Roles) -> bool:
    """Whether a state is said to be over: ``no longer holds``, ``does not hold it any more``, ``ceased to hold``."""
    return no_longer(roles) or (roles.verb is not None and "cease" in roles.verb.chain)


def no_longer(roles: Roles) -> bool:
    """Whether what is denied is only that it goes on: ``no longer``, ``not any more``."""
    keys, verb = roles.keys, roles.verb
    said = bool(ENDED & set(keys)) or ("any", "more") in pairwise(keys)
    return said and verb is not None and verb.negated


def _loss_of(event: Event, loser: str) -> Event:
    """Return a loss of which nobody says whose gain it is as what it says: that a side holds a place no more.

    Parameters
    ----------
    event
        The loss.
    loser
        Whose loss it is.
    """
    event.claim, event.side = "held", loser
    event.tokens = (event.tokens - {"lost"}) | {"ended"}
    return event


def settled_state(event: Event, roles: Roles) -> Event:
    """Turn what a frame denies, and a loss without a winner; mark a state that is said to be over.

    Parameters
    ----------
    event
        What a frame makes of a clause.
    roles
        Who and what is spoken of in it.
    """
    loser = next(iter(sides(roles.get("S"), roles.memory)), "")
    lost = "lost" in event.tokens and not event.side and event.stance.polarity == "asserted"
    if lost and loser:
        event = _loss_of(event, loser)
    if "not" in event.tokens or (lost and loser):
        turned = "asserted" if event.stance.polarity == "denied" else "denied"
        event.stance = replace(event.stance, polarity=turned)
    elif event.claim == "held" and event.stance.polarity == "denied" and _ended(roles):
        event.tokens = event.tokens | {"ended"}
    return event
