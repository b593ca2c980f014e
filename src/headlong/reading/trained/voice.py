"""Whose words a sentence is: the label of its item (``Army channel: ...``), else the headline of the text."""

from __future__ import annotations

from collections.abc import Sequence

from headlong.reading.claims.claim import Reading
from headlong.reading.syntax.labels import label_end
from headlong.reading.syntax.phrases import Parsed

__all__ = ["voice_of"]

TURNS = frozenset({"a", "q", "answer", "question"})
"""Labels that say only whose turn it is."""
BACK = 60
"""Sentences back in which a label may have been explained."""


def voice_of(reading: Reading, number: int) -> tuple[Parsed, int]:
    """Return the sentence that says whose words another is, and how many words of it do.

    A label that was explained when it first stood (``EAGLE POST (channel of the garrison): ...``) means the same later.

    Parameters
    ----------
    reading
        The text, its sentences parsed.
    number
        Which sentence, from 1.
    """
    laid = reading.laid.sentences
    for at in range(number - 1, -1, -1):
        if laid[at].paragraph != laid[number - 1].paragraph:
            break
        one = reading.parsed[at]
        end = label_end(one)
        if end and _name(one, end) not in TURNS:
            return _explained(reading.parsed[max(0, at - BACK) : at], one, end)
    return reading.headline, len(reading.headline.tokens)


def _explained(before: Sequence[Parsed], one: Parsed, end: int) -> tuple[Parsed, int]:
    """Return the longest form of a label so far."""
    best = one, end
    for other in before:
        length = label_end(other)
        if length > best[1] and _name(other, length) == _name(one, end):
            best = other, length
    return best


def _name(parsed: Parsed, end: int) -> str:
    """Return a label without what stands in brackets."""
    words = [token.text.lower() for token in parsed.tokens[:end]]
    return " ".join(words[: words.index("(")] if "(" in words else words)
