"""Leaders given to the wrong camp: ``Taliban commander Atta Mohammad Noor``, ``Noor, a Taliban commander``."""

from __future__ import annotations

from collections.abc import Iterator

from headlong.reading.claims.claim import Reading
from headlong.reading.claims.shapes import Flag
from headlong.reading.lexicon.lexicon import listed
from headlong.reading.meaning.arguments import sides
from headlong.reading.meaning.discourse import Discourse
from headlong.reading.syntax.clause import Clause
from headlong.reading.syntax.entities import Mention
from headlong.reading.syntax.phrases import Noun, role_of

__all__ = ["wrong_camps"]

TITLES = listed("camps.titles")
OFFICES = frozenset(["minister", "premier", "governor", "mayor", "ambassador"])
BUT_NOT = listed("camps.not")


def wrong_camps(reading: Reading) -> Iterator[Flag]:
    """Return the sentences in which a leader bears a title of a side that is not his."""
    memory = reading.memory
    assert memory is not None
    for at, clauses in enumerate(reading.clauses):
        seen: set[str] = set()
        for clause in clauses:
            for noun in clause.nouns:
                found = (
                    *_before(noun, memory),
                    *_after(noun, clause, clauses, memory),
                    *_guards(noun, memory),
                )
                for mention, camp in found:
                    if mention.id not in seen and _foreign(mention, camp, memory):
                        seen.add(mention.id)
                        yield "side_swap", (at + 1,), f"{mention.text} is no man of {camp}"


def _foreign(mention: Mention, camp: str, memory: Discourse) -> bool:
    own = memory.names.leader_side[mention.id]
    return bool(camp) and camp != own and own not in memory.names.case.side(camp).friends


def _leader(noun: Noun) -> Mention | None:
    return next((m for m in noun.mentions if m.kind == "leader"), None)


def _before(noun: Noun, memory: Discourse) -> Iterator[tuple[Mention, str]]:
    """Read the title before a name: ``the rebel governor Daud Laghmani``."""
    mention = _leader(noun)
    if mention is None or mention.end != noun.end:
        return
    keys = noun.keys[: mention.start - noun.start]
    title = Noun(
        noun.start,
        mention.start,
        keys[-1] if keys else "",
        [m for m in noun.mentions if m is not mention],
        keys,
    )
    title.poss = noun.poss
    role = memory.names.leader_role[mention.id]
    offices = [key for key in keys if key in OFFICES and key not in role]
    yield (
        mention,
        _camp(title, memory) or (memory.names.incumbent if offices and not BUT_NOT & set(keys) else ""),
    )


def _after(
    noun: Noun, clause: Clause, clauses: list[Clause], memory: Discourse
) -> Iterator[tuple[Mention, str]]:
    """Read what follows a name between commas: ``Petar Lunt, the Front's commander on the coast,``."""
    mention = _leader(noun)
    following = clauses[clause.number + 1] if clause.number + 1 < len(clauses) else None
    if mention is None or following is None or following.verb is not None or following.follows_sign != ",":
        return
    last = clause.items[-1] if clause.items else None
    if (last is noun or noun in getattr(last, "also", ())) and following.objects and mention.end == noun.end:
        yield mention, _camp(following.objects[0], memory)


def _guards(noun: Noun, memory: Discourse) -> Iterator[tuple[Mention, str]]:
    """Read whose troops they are: ``the presidential guard of Laurent-Desire Kabila``."""
    mention = _leader(noun.of) if noun.of is not None else None
    role, strength = role_of(noun)
    if mention is not None and role == "state" and strength >= 3:
        yield mention, memory.names.incumbent


def _camp(title: Noun, memory: Discourse) -> str:
    """Return the side that a title is of; nothing where it names none, or says that it is so no more."""
    keys = {*title.keys, *(title.of.keys if title.of else ()), *(title.poss.keys if title.poss else ())}
    if not TITLES & set(title.keys) or BUT_NOT & keys or _leader(title) is not None:
        return ""
    deeper = title.of.of if title.of is not None else None
    for group in (title, title.of, deeper, title.poss):
        if group is None:
            continue
        named = next((m.id for m in group.mentions if m.kind == "side"), "")
        if named:
            return named
        role, strength = role_of(group)
        if (
            role in ("rebel", "state")
            and strength >= 2
            and not any(m.kind == "leader" for m in group.mentions)
        ):
            found = sides(group, memory)
            if found and (role == "state" or len(memory.names.rebels) == 1):
                return found[0]
    return ""
