"""Words into the pieces that the network knows, longest first; signs that stand for places and sides are pieces too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from headlong.reading.lexicon.tokens import fold

__all__ = ["CLOSE", "LEADER", "NOWHERE", "OPEN", "PLACES", "SIDES", "Pieces"]

OPEN, CLOSE, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
SIDES = tuple(f"[unused{n}]" for n in range(1, 7))
"""Signs for the sides of a case."""
PLACES = tuple(f"[unused{n}]" for n in range(11, 18))
"""Signs for places that a sentence may be about."""
NOWHERE = "[unused20]"
"""The sign for what happens at no place of the case."""
LEADER = "[unused21]"
"""The sign that follows a side's where a leader of it is named."""
LONGEST = 40
SPLIT = re.compile(r"\w+|[^\w\s]")


class Pieces:
    """The vocabulary of the network.

    Parameters
    ----------
    vocabulary
        All pieces in the order of their numbers; inner pieces begin with ``##``.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.number = {piece: at for at, piece in enumerate(vocabulary)}
        self.of = lru_cache(maxsize=20_000)(self._of)

    def numbers(self, words: Iterable[str]) -> list[int]:
        """Return the numbers of the pieces of some words."""
        return [number for word in words for number in self.of(word)]

    def _of(self, word: str) -> tuple[int, ...]:
        if word in self.number and word[0] == "[":
            return (self.number[word],)
        found: list[int] = []
        for part in SPLIT.findall(word.lower()):
            found += self._cut(fold(part) or part)
        return tuple(found)

    def _cut(self, part: str) -> list[int]:
        """Return the numbers of the longest known pieces from the left, or that of the unknown."""
        found: list[int] = []
        at = 0
        while at < len(part):
            end = min(len(part), at + LONGEST)
            while end > at and (("##" if at else "") + part[at:end]) not in self.number:
                end -= 1
            if end == at:
                return [self.number[UNKNOWN]]
            found.append(self.number[("##" if at else "") + part[at:end]])
            at = end
        return found
