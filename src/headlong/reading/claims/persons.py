"""Persons: titles that stand for a named leader, and unnamed leaders whose names stand in another sentence."""

from __future__ import annotations

from dataclasses import replace

from headlong.reading.claims.claim import Claim
from headlong.reading.lexicon.gazetteer import Gazetteer
from headlong.reading.lexicon.kinds import PERSONAL
from headlong.reading.lexicon.lexicon import words
from headlong.reading.meaning.discourse import Discourse
from headlong.reading.syntax.phrases import Noun, Parsed

__all__ = ["find_titles", "name_people"]

REACH = 3  # sentences in which the names of unnamed leaders may stand
NAMED = PERSONAL | {"switched"}
"""Claims for which names are sought."""
LONE = {"president": ("president",), "premier": ("prime minister",), "minister": ("prime minister",)}


def find_titles(parsed: list[Parsed], memory: Discourse) -> None:
    """Learn which leader a title stands for: ``President Ashraf Ghani`` makes him "the president"."""
    for sentence in parsed:
        for mention in sentence.mentions:
            if mention.kind != "leader":
                continue
            at = mention.start - 1
            while at >= 0 and sentence.tags[at] == "w" and mention.start - at < 4:
                key = sentence.tokens[at].key
                if words().nouns.get(key) == "person":
                    memory.titles.setdefault(key, mention.id)
                at -= 1
    names = memory.names
    for title, roles in LONE.items():
        if title in memory.titles or title == "minister":
            continue
        fitting = [
            id
            for id, role in names.leader_role.items()
            if role.startswith(roles) and names.leader_side[id] == names.incumbent
        ]
        if len(fitting) == 1:
            memory.titles[title] = fitting[0]


def name_people(claims: list[Claim], parsed: list[Parsed], names: Gazetteer) -> None:
    """Give unnamed leaders their names where a sentence near by names just so many of the same side."""
    out: list[Claim] = []
    for one in claims:
        found = _named(one, parsed, names) if one.event.claim in NAMED and not one.event.leader else []
        if not found:
            out.append(one)
            continue
        for id in found:
            event = replace(
                one.event,
                leader=id,
                count=None,
                side=names.leader_side[id] if one.event.claim != "switched" else one.event.side,
            )
            out.append(replace(one, event=event))
    claims[:] = out


def _named(one: Claim, parsed: list[Parsed], names: Gazetteer) -> list[str]:
    noun = one.event.person
    number = _number(noun)
    if noun is None or not number or (noun.mentions and any(m.kind == "leader" for m in noun.mentions)):
        return []
    for at in range(one.number, min(one.number + REACH, len(parsed))):
        here = list(dict.fromkeys(m.id for m in parsed[at].mentions if m.kind == "leader"))
        if len(here) == number and len({names.leader_side[id] for id in here}) == 1:
            return here
        if here:
            return []
    return []


def _number(noun: Noun | None) -> int:
    """Return how many leaders are spoken of without a name."""
    if noun is None:
        return 0
    node = noun.of if noun.of is not None and noun.number else noun
    if words().nouns.get(node.head) != "person" or node.head in ("officials", "officers", "official"):
        return 0
    return (noun.number or 0) if node.head.endswith(("s", "men")) else 0
