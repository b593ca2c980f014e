"""Numbers and tables as the page shows them."""

from __future__ import annotations

from collections.abc import Iterator

OURS = "headlong"
LEFT = "afghanistan-2021"
SCORES = {"brier": "Brier score", "log": "log score", "count_crps": "CRPS of the number of changes",
          "date_crps": "CRPS of the dates", "order": "who goes first"}  # fmt: skip


def num(x: float | None, places: int = 2) -> str:
    """Number without the nought before the point."""
    if x is None:
        return "–"
    text = f"{x:.{places}f}"
    text = text.replace("-", "−").replace("0.", ".", 1) if abs(x) < 1 else text.replace("-", "−")
    return text.replace("−." + "0" * places, "." + "0" * places)


def share(p: float | None) -> str:
    """Chance as a percentage, never 0 or 100."""
    if p is None:
        return "–"
    return "<1 %" if p < 0.01 else ">99 %" if p > 0.99 else f"{100 * p:.0f} %"


def table(header: list[str], rows: list[list[str]]) -> Iterator[str]:
    """Lines of a table."""
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""
