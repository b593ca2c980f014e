"""One colour and one shape for each side; the same as viewer/src/core/palette.ts."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from typing import NamedTuple

from headlong.version import __version__

MADE_BY = f"Made by Headlong {__version__}"
INK, LAND, HOST, SEA, ACCENT = "#1c2430", "#eeece6", "#fbfaf6", "#dbe4ea", "#bc2026"


def made_by(form: str) -> dict[str, str]:
    """What a figure's file says of who made it, by its form; so a figure of ours is known when it is written again."""
    return {"png": {"Software": MADE_BY}, "svg": {"Creator": MADE_BY}}.get(form, {})


class Mark(NamedTuple):
    """How a side looks: fill, corners of its shape (none: a circle), marker of matplotlib."""

    colour: str
    corners: int
    marker: str


INCUMBENT = Mark("#1c4a80", 40, "s")  # 40: a square that stands on its side
OTHERS = (
    Mark("#f2a22c", 4, "D"),
    Mark("#2f8f83", 3, "^"),
    Mark("#a04d8f", 5, "p"),
    Mark("#9cc9e3", 6, "h"),
    Mark("#7c7f2e", 8, "P"),
)
NOBODY = Mark("#ffffff", 0, "o")


def marks(sides: Sequence[str], incumbent: str | None = None) -> list[Mark]:
    """Marks of sides; the last is nobody.

    Parameters
    ----------
    sides : sequence of str
        Ids of sides.
    incumbent : str, optional
        The state's side; by default the first.
    """
    first = incumbent if incumbent in sides else sides[0]
    others = iter(OTHERS * (1 + len(sides) // len(OTHERS)))
    found = [INCUMBENT if side == first else next(others) for side in sides[:-1]]
    return [*found, NOBODY]


def shape(mark: Mark, x: float, y: float, r: float) -> str:
    """SVG element of a mark, without fill."""
    if mark.corners == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"'
    if mark.corners == 40:
        a = 0.86 * r
        return f'<rect x="{x - a:.1f}" y="{y - a:.1f}" width="{2 * a:.1f}" height="{2 * a:.1f}"'
    grown = r * (1.18 if mark.corners < 5 else 1.05)
    turns = [2 * pi * k / mark.corners - pi / 2 for k in range(mark.corners)]
    points = " ".join(f"{x + grown * cos(t):.1f},{y + grown * sin(t):.1f}" for t in turns)
    return f'<polygon points="{points}"'
