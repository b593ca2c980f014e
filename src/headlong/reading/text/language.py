"""Which language a text is in, as far as its script and its commonest small words tell; English is nothing to say."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from headlong.reading.lexicon.lexicon import table

__all__ = ["language_of"]

LOOKED_AT = 20_000
"""Characters that are looked at."""
FEW = 5
"""Small words that a language must show before anything is said of it."""


def language_of(text: str) -> str:
    """Return the name of a text's language, or nothing for English and for what cannot be told.

    Parameters
    ----------
    text
        Plain text.
    """
    head = text[:LOOKED_AT]
    letters = sum(c.isalpha() for c in head)
    for name, (first, last) in _scripts().items():
        if 2 * sum(first <= c <= last for c in head) > letters > 0:
            return name
    seen = Counter(re.findall(r"[^\W\d_]+", head.lower()))
    counts = {name: sum(seen[word] for word in words) for name, words in _small_words().items()}
    english = counts.pop("English")
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] >= FEW and counts[best] > 2 * english else ""


@cache
def _scripts() -> dict[str, tuple[str, str]]:
    spans = table("languages.toml")["scripts"]
    return {name: (chr(int(first, 16)), chr(int(last, 16))) for name, (first, last) in spans.items()}


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in table("languages.toml")["words"].items()}
