"""Labels before a sentence that say whose words it is: ``Army channel: ...``."""

from __future__ import annotations

from headlong.reading.syntax.phrases import Parsed

__all__ = ["label_end"]

LONGEST = 16
"""Words that a label has at most."""


def label_end(parsed: Parsed) -> int:
    """Return how many words the label of a sentence has, without its colon; 0 if it has none."""
    words = [token.text for token in parsed.tokens[: LONGEST + 1]]
    if ":" not in words:
        return 0
    end = words.index(":")
    name = words[0] if words else ""
    return end if name[:1].isupper() and not {".", "!", "?", '"'} & set(words[:end]) else 0
