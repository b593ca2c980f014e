"""Kinds of claims and of sources, each told here once."""

from __future__ import annotations

from headlong.reading.lexicon.lexicon import listed

__all__ = ["COUNTED", "PARTIES", "PERSONAL", "SPEAKING", "TAKEN", "TAKES"]

PERSONAL = frozenset({"fled", "captured", "stayed"})
"""Claims about one person of rank."""
TAKEN = frozenset({"fell", "handed_over"})
"""Claims by which a whole place has a new holder."""
TAKES = TAKEN | {"entered"}
"""Claims by which a side comes to be where it was not."""
COUNTED = listed("events.counted")
"""Claims of which it is told how many people or vehicles they are about."""
PARTIES = frozenset({"belligerent", "leader"})
"""Classes of source that always speak for a side."""
SPEAKING = PARTIES | {"official"}
"""Classes of source that may speak for a side."""
