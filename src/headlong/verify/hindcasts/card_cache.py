"""Score cards kept on disk: a case that has been verified before, asked the same, is read and not scored anew.

What cards depend on beside the case, the bank and the sources are the wars that references are fitted to; those stand
in the gallery, and the text of their tables is part of the name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from math import isfinite
from typing import Any, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

import numpy as np
from numpy.typing import NDArray

from headlong.case import Case
from headlong.case.gallery import gallery_folder
from headlong.inference.bank import Bank, bank_hash
from headlong.result_cache import kept_or_made, source_hash
from headlong.verify.hindcasts.request import VerifyRequest
from headlong.verify.scores.shapes import Card

NUMBERED = "by number"
"""Key under which JSON holds a table with whole numbers for keys, which it does not know."""


@cache
def text_hash(name: str) -> str:
    """Hash of all tables of a bundled war."""
    digest = sha256(name.encode())
    for path in sorted((gallery_folder() / name).glob("*")):
        if path.is_file():
            digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def cards_of(
    case: Case, days: Sequence[int], asked: VerifyRequest, bank: Bank, make: Callable[[], Sequence[Card]]
) -> list[Card]:
    """Cards of a case: as kept, or made now and kept.

    Parameters
    ----------
    case : Case
        The case with its history.
    days : sequence of int
        Inits, as days of the case.
    asked : VerifyRequest
        What is asked of every case.
    bank : Bank
        The bank that has not seen it.
    make : callable
        Makes the cards.
    """
    told = [text_hash(name) for name in bank.cases]
    how = (asked.leads, asked.members, asked.seed, asked.ablate, asked.settings)
    says = (source_hash(), case.hash, bank_hash(bank), *told, days, *how)
    name = f"cards-{case.id}-{sha256(repr(says).encode()).hexdigest()[:20]}.npz"
    path = asked.folder / name if asked.folder and not bank.form.columns else None

    def sound(found: Mapping[str, NDArray[Any]]) -> str | None:
        text = found["cards"].tobytes().decode()
        return text if can_be(unpacked(text), case.id, days, asked.leads) else None

    text = kept_or_made(
        path, sound, lambda: packed(make()), lambda t: {"cards": np.frombuffer(t.encode(), np.uint8)}
    )
    return unpacked(text)


def can_be(cards: list[Card], case: str, days: Sequence[int], leads: Sequence[int]) -> bool:
    """Whether cards can be those of a case at some of its days: their shape, whose they are, chances that can be."""
    fit = all(
        of_shape(card, Card) and card["case"] == case and {*card["leads"]} <= {*leads} for card in cards
    )
    if not fit or not set(days) >= {card["day"] for card in cards}:
        return False
    by_lead = [one for card in cards for one in card["leads"].values()]
    capitals = [card["capital"] for card in cards if card["capital"]]
    chances = [p for one in by_lead for p in one["brier"].values()]
    chances += [p for one in capitals for by in one["p"].values() for p in by.values()]
    chances += [p for one in capitals for p in one["by_day"]]
    return all(0.0 <= p <= 1.0 for p in chances)


def of_shape(value: Any, shape: Any) -> bool:
    """Whether a value read from JSON is of a declared shape, and each of its numbers finite."""
    if is_typeddict(shape):
        hints = get_type_hints(shape, include_extras=True)
        needed = {key for key, hint in hints.items() if get_origin(hint) is not NotRequired}
        known = isinstance(value, dict) and needed <= {*value} <= {*hints}
        return known and all(of_shape(v, hints[k]) for k, v in value.items())
    inner = get_args(shape)
    if get_origin(shape) is dict:
        return isinstance(value, dict) and all(
            of_shape(k, inner[0]) and of_shape(v, inner[1]) for k, v in value.items()
        )
    if get_origin(shape) is list:
        return isinstance(value, list) and all(of_shape(v, inner[0]) for v in value)
    if inner:
        return any(of_shape(value, one) for one in inner)
    if shape is float:
        return type(value) in (int, float) and isfinite(value)
    return type(value) is shape


def packed(cards: Sequence[Card]) -> str:
    """Cards as JSON."""
    return json.dumps(by_text(list(cards)))


def unpacked(text: str) -> list[Card]:
    """The cards that `packed` made a text of, with lists for tuples."""
    found: list[Card] = json.loads(text, object_hook=by_number)
    return found


def by_text(value: Any) -> Any:
    """The same with texts for keys that are whole numbers."""
    if isinstance(value, dict):
        named = {str(k): by_text(v) for k, v in value.items()}
        return {NUMBERED: named} if value and all(isinstance(k, int) for k in value) else named
    if isinstance(value, list | tuple):
        return [by_text(v) for v in value]
    return value.item() if isinstance(value, np.generic) else value


def by_number(value: Any) -> Any:
    """What `by_text` made, as it was."""
    return {int(k): v for k, v in value[NUMBERED].items()} if {*value} == {NUMBERED} else value
