"""Timeline of a war: how many places each side held, and every change of hands by how well its day is known."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape

from docsite.war_map import changes, holders, looks
from headlong.case import Case
from headlong.case.case import day_counted
from headlong.view.figures.palette import INK, shape

WIDTH, TOP, HELD, RUG, BOTTOM = 460, 18, 150, 16, 22
LEFT, RIGHT = 70, 12
KNOWN = {"high": "seen", "medium": "recalled", "low": "assumed"}
"""How well the day of a change is known, in a word."""
TICKS = 3


def held_by_day(case: Case) -> tuple[list[date], dict[str, list[int]]]:
    """Days on which the numbers of places held may change, and the numbers of each side."""
    now = dict(holders(case)[0])
    sides = [side.id for side in case.sides]
    days, held = [case.start], {side: [list(now.values()).count(side)] for side in sides}
    for row in changes(case):
        now[row["place"]] = row["to_side"]
        day = max(day_counted(row), case.start)
        if day != days[-1]:
            days.append(day)
            for side in sides:
                held[side].append(0)
        for side in sides:
            held[side][-1] = list(now.values()).count(side)
    last = max(case.end, days[-1])
    return [*days, last], {side: [*found, found[-1]] for side, found in held.items()}


def shortened(text: str, most: int) -> str:
    """Text of at most so many letters, with a sign where it was cut."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def war_timeline(case: Case) -> str:
    """Timeline of a war as SVG."""
    days, held = held_by_day(case)
    span = max((days[-1] - days[0]).days, 1)
    most = max(max(found) for found in held.values()) or 1
    mark_of = looks(case)
    sides = [side for side in case.sides if max(held[side.id]) > 0]
    rug = TOP + HELD + 10
    height = rug + RUG * len(KNOWN) + BOTTOM + 14 * len(sides)

    def x(day: date) -> float:
        share = min(max((day - days[0]).days / span, 0.0), 1.0)
        return LEFT + (WIDTH - LEFT - RIGHT) * share

    def y(count: int) -> float:
        return TOP + HELD * (1 - count / most)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" font-family="system-ui, sans-serif" font-size="10" fill="{INK}">',
        f"<title>{escape(case.title)}: places held by each side, and changes of hands</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="{LEFT - 6}" y="{y(most) + 4:.1f}" text-anchor="end">{most}</text>',
        f'<text x="{LEFT - 6}" y="{y(0) + 4:.1f}" text-anchor="end">0</text>',
        f'<text x="4" y="{y(most / 2):.1f}">places held</text>',
        f'<path d="M{LEFT},{y(0):.1f}H{WIDTH - RIGHT}" stroke="#a9a397" stroke-width="0.8"/>',
    ]
    for side in sides:
        steps = [f"M{x(days[0]):.1f},{y(held[side.id][0]):.1f}"]
        steps += [f"H{x(d):.1f}V{y(n):.1f}" for d, n in zip(days[1:], held[side.id][1:], strict=True)]
        parts.append(
            f'<path d="{"".join(steps)}" fill="none" stroke="{mark_of[side.id].colour}" stroke-width="2"/>'
        )
    for row, (level, word) in enumerate(KNOWN.items()):
        at = rug + RUG * row + RUG / 2
        parts.append(f'<text x="{LEFT - 6}" y="{at + 3:.1f}" text-anchor="end">{word}</text>')
        for change in (c for c in changes(case) if c["confidence"] == level):
            colour = mark_of[change["to_side"]].colour
            colour = "#8a8a8a" if colour == "#ffffff" else colour
            first, last = x(change["earliest"]), x(change["latest"])
            parts.append(
                f'<path d="M{first:.1f},{at:.1f}H{max(last, first + 0.5):.1f}" stroke="{colour}" stroke-width="1"/>'
            )
            parts.append(
                f'<path d="M{x(day_counted(change)):.1f},{at - 5:.1f}v10" stroke="{colour}" stroke-width="1.6"/>'
            )
    for n in range(TICKS + 1):
        day = days[0] + timedelta(days=round(n * span / TICKS))
        anchor = ("start", "middle", "middle", "end")[n]
        foot = rug + RUG * len(KNOWN) + 12
        parts.append(f'<text x="{x(day):.1f}" y="{foot:.1f}" text-anchor="{anchor}">{day:%d %b %Y}</text>')
    for row, side in enumerate(sides):
        foot = rug + RUG * len(KNOWN) + BOTTOM + 14 * row + 4
        look = mark_of[side.id]
        parts.append(
            shape(look, LEFT + 6, foot - 3, 4) + f' fill="{look.colour}" stroke="{INK}" stroke-width="0.6"/>'
        )
        parts.append(f'<text x="{LEFT + 16}" y="{foot:.1f}">{escape(shortened(side.name, 62))}</text>')
    return "\n".join([*parts, "</svg>", ""])
