"""Score cards kept on disk: a case that has been verified before, asked the same, is read and not scored anew.

What cards depend on beside the case, the bank and the sources are the wars that references are fitted to; those stand
in the gallery, and the text of their tables is part of the name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from headlong.case import Case
from headlong.case.gallery import gallery_folder
from headlong.inference.bank import Bank, bank_hash
from headlong.result_cache import fetch, keep, source_hash
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
    folder: Path | None, case: Case, bank: Bank, asked: Iterable[object], make: Callable[[], Sequence[Card]]
) -> list[Card]:
    """Cards of a case: as kept in `folder`, or made now and kept.

    Parameters
    ----------
    folder : Path or None
        Where hindcasts are kept; None: nowhere.
    case, bank : Case, Bank
        The case with its history; the bank that has not seen it.
    asked : iterable
        What else was asked.
    make : callable
        Makes the cards.
    """
    told = [text_hash(name) for name in bank.cases]
    says = (source_hash(), case.hash, bank_hash(bank), *told, *asked)
    name = f"cards-{case.id}-{sha256(repr(says).encode()).hexdigest()[:20]}.npz"
    path = folder / name if folder and not bank.form.columns else None
    found = fetch(path)
    if found is not None and "cards" in found:
        return unpacked(found["cards"].tobytes().decode())
    text = packed(make())
    keep(path, {"cards": np.frombuffer(text.encode(), np.uint8)})
    return unpacked(text)


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
