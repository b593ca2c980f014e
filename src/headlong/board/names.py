"""Numbers for names, so that luck belongs to a place, a side or a leader and not to its row in a table."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray


def numbers_of(ids: Sequence[str]) -> NDArray[np.int64]:
    """A number of 32 bits for each id: a hash of the id, and of more where two ids would have the same.

    Parameters
    ----------
    ids : sequence of str
        Each only once.
    """
    found: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorted(ids):
        number, salt = _number(name), 0
        while number in taken:
            salt += 1
            number = _number(f"{name} {salt}")
        found[name] = number
        taken.add(number)
    return np.array([found[name] for name in ids], np.int64)


def _number(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:4], "big")
