"""What too few members cannot say: what lies beside their middle is given as None."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headlong.text import FEW_MEMBERS

if TYPE_CHECKING:
    from headlong.forecast.results.shapes.forecast import CrossingEntry

BESIDE = frozenset(
    {"p05", "p10", "p25", "p75", "p90", "p95", "queue_p90", "interval_50", "interval_90"}
)  # fmt: skip
"""Keys of a summary that speak of the spread of members."""


def spread_if_enough(found: Any, members: int, beside: frozenset[str] = BESIDE) -> Any:
    """The summary; of too few members with None under the keys `beside`, in a table for each of its numbers."""
    return found if members >= FEW_MEMBERS else _middle_only(found, beside)


def _middle_only(found: Any, beside: frozenset[str]) -> Any:
    if isinstance(found, dict):
        return {
            key: _nothing(value) if key in beside else _middle_only(value, beside)
            for key, value in found.items()
        }
    return [_middle_only(one, beside) for one in found] if isinstance(found, list) else found


def at_most(crossing: CrossingEntry, stream: str) -> int:
    """P90 of a stream over a crossing, by which crossings are ranked; of too few members the median."""
    return crossing["p90"].get(stream) or crossing["p50"].get(stream, 0)


def _nothing(value: Any) -> dict[str, None] | None:
    return dict.fromkeys(value) if isinstance(value, dict) else None
