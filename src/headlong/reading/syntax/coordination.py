"""Groups that belong together: what follows with ``of``, and lists of names of one kind."""

from __future__ import annotations

from itertools import zip_longest

from headlong.reading.lexicon.lexicon import words
from headlong.reading.syntax.entities import Mention
from headlong.reading.syntax.phrases import Item, Noun, Sign, Verb, role_of

__all__ = ["attach"]

DOERS = frozenset({"between", "by", "of"})
"""Words before a list of sides whose deed or hands are spoken of."""


def attach(items: list[Item]) -> list[Item]:
    """Hang every ``of`` group, and ``loyal to``, ``from the`` after a bare group word, on the group before."""
    out: list[Item] = []
    for item, after in zip_longest(items, items[1:]):
        last = out[-1] if out else None
        if isinstance(item, Noun) and isinstance(last, Noun) and item.prep:
            owner = last
            while owner.of is not None:
                owner = owner.of
            if owner.end != item.begin - 1:
                out.append(item)
                continue
            if item.prep == "of" or (
                item.prep in ("to", "with")
                and owner.keys[-1:] in (("loyal",), ("allied",), ("affiliated",), ("aligned",))
            ):
                owner.of = item
                continue
            group = owner.head in words().groups and not owner.mentions
            acting = isinstance(after, Verb) and not after.infinitive and owner.prep == ""
            homes = acting and any(m.kind == "place" and m.end == item.end for m in item.mentions)
            if item.prep == "from" and group and (_is_side(item) or role_of(item)[1] >= 2 or homes):
                owner.of = item
                continue
        out.append(item)
    return _coordinate(out)


def _is_side(noun: Noun) -> bool:
    return any(m.kind == "side" for m in noun.mentions)


def _coordinate(items: list[Item]) -> list[Item]:
    """Join lists of names of one kind: ``Kunduz, Taloqan and Sar-e-Pul`` becomes one group with others beside it."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        at += 1
        if not isinstance(item, Noun):
            out.append(item)
            continue
        while at + 1 < len(items):
            step, nxt = _joint(items, at)
            if nxt is None or not _alike(item, nxt) or _own_clause(items, out, at + step + 1, step):
                break
            owner = _owner_of_list(item, nxt) if step == 1 else item
            owner.also.append(nxt)
            owner.also.extend(nxt.also)
            at += step + 1
        out.append(item)
    return out


def _joint(items: list[Item], at: int) -> tuple[int, Noun | None]:
    """Return how many signs join the next group, and the group."""
    step = 0
    while step < 2 and at + step < len(items) and isinstance(items[at + step], Sign):
        sign = items[at + step]
        assert isinstance(sign, Sign)
        if sign.text not in (",", "and", "or", "nor", "&") or (step and sign.text == ","):
            return 0, None
        step += 1
    nxt = items[at + step] if at + step < len(items) else None
    if step == 0 or not isinstance(nxt, Noun):
        return 0, None
    last = items[at + step - 1]
    comma = isinstance(last, Sign) and last.text == ","
    nxt.conj = not comma
    return step, nxt


def _alike(one: Noun, other: Noun) -> bool:
    """Whether two groups are of one kind and so may stand in one list."""
    if other.prep and other.prep != one.prep:
        return False
    kinds = [{m.kind for m in _deep(noun)} & {"place", "province", "leader"} for noun in (one, other)]
    if kinds[0] & {"place", "province"} and kinds[1] & {"place", "province"}:
        return bool(other.conj or kinds[1] != {"province"} or kinds[0] == {"province"})
    last = _owner_of_list(one, other)
    between = (
        last.prep in DOERS
        and other.conj
        and all(any(m.kind == "side" for m in n.mentions) or role_of(n)[1] > 1 for n in (last, other))
    )
    return between or ("leader" in kinds[0] and "leader" in kinds[1])


def _owner_of_list(one: Noun, other: Noun) -> Noun:
    """Return the group that a list goes on: of ``in the hands of the Front and the League`` the last one."""
    while one.of is not None and one.of.end <= other.start and not one.also:
        one = one.of
    return one


def _deep(noun: Noun) -> list[Mention]:
    found = list(noun.mentions)
    while noun.of is not None:
        noun = noun.of
        found += noun.mentions
    return found


def _own_clause(items: list[Item], out: list[Item], after: int, step: int) -> bool:
    """Whether the next group begins a clause of its own: a verb came before it and another follows it."""
    verb_before = any(isinstance(item, Verb) and not item.ing for item in out[-6:])
    nxt = items[after] if after < len(items) else None
    return verb_before and isinstance(nxt, Verb) and not nxt.infinitive and not nxt.bare
