"""What is said: reports, and what they settle; and reading a text into draft reports (`read_text`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headlong.reports.reading.reader import read_text

__all__ = ["read_text"]


def __getattr__(name: str) -> Any:
    """Load the reader when it is asked for: who only weighs reports needs none of its tables."""
    if name == "read_text":
        from headlong.reports.reading.reader import read_text

        return read_text
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
