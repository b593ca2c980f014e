"""Timeline of a war: how many places each side held, and every change of hands by how well its day is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from docsite.war_map import changes, holders, looks
from headlong.case import Case
from headlong.case.case import day_counted
from headlong.case.settings import Side
from headlong.view.figures.palette import INK, shape

WIDTH, TOP, HELD, RUG, BOTTOM = 460, 18, 150, 16, 22
LEFT, RIGHT = 70, 12
KNOWN = {"high": "seen", "medium": "recalled", "low": "assumed"}
"""How well the day of a change is known, in a word."""
TICKS = 3
RUG_TOP = TOP + HELD + 10
FOOT = RUG_TOP + RUG * len(KNOWN)


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


@dataclass(frozen=True)
class Frame:
    """Where days and numbers stand in the picture.

    Parameters
    ----------
    first : date
        First day.
    span : int
        Days from the first to the last.
    most : int
        Most places that a side held.
    """

    first: date
    span: int
    most: int

    def x(self, day: date) -> float:
        """Where a day stands; days outside stand at the edge."""
        share = min(max((day - self.first).days / self.span, 0.0), 1.0)
        return LEFT + (WIDTH - LEFT - RIGHT) * share

    def y(self, count: float) -> float:
        """Where a number of places stands."""
        return TOP + HELD * (1 - count / self.most)


def war_timeline(case: Case) -> str:
    """Timeline of a war as SVG."""
    days, held = held_by_day(case)
    most = max(max(found) for found in held.values()) or 1
    frame = Frame(days[0], max((days[-1] - days[0]).days, 1), most)
    sides = [side for side in case.sides if max(held[side.id]) > 0]
    height = FOOT + BOTTOM + 14 * len(sides)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
            f'height="{height}" role="img" font-family="system-ui, sans-serif" font-size="10" fill="{INK}">',
            f"<title>{escape(case.title)}: places held by each side, and changes of hands</title>",
            f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
            *numbers_held(case, sides, days, held, frame),
            *day_marks(case, frame),
            *foot(case, sides, frame),
            "</svg>",
            "",
        ]
    )


def numbers_held(
    case: Case, sides: Sequence[Side], days: Sequence[date], held: Mapping[str, Sequence[int]], frame: Frame
) -> Iterator[str]:
    """A step line for each side, and the axis beside them."""
    most, nought = frame.y(frame.most), frame.y(0)
    yield f'<text x="{LEFT - 6}" y="{most + 4:.1f}" text-anchor="end">{frame.most}</text>'
    yield f'<text x="{LEFT - 6}" y="{nought + 4:.1f}" text-anchor="end">0</text>'
    yield f'<text x="4" y="{frame.y(frame.most / 2):.1f}">places held</text>'
    yield f'<path d="M{LEFT},{nought:.1f}H{WIDTH - RIGHT}" stroke="#a9a397" stroke-width="0.8"/>'
    mark_of = looks(case)
    for side in sides:
        steps = [f"M{frame.x(days[0]):.1f},{frame.y(held[side.id][0]):.1f}"]
        later = zip(days[1:], held[side.id][1:], strict=True)
        steps += [f"H{frame.x(d):.1f}V{frame.y(n):.1f}" for d, n in later]
        colour = mark_of[side.id].colour
        yield f'<path d="{"".join(steps)}" fill="none" stroke="{colour}" stroke-width="2"/>'


def day_marks(case: Case, frame: Frame) -> Iterator[str]:
    """Every change of hands: its likeliest day, and the days on which it may have been; a row for each confidence."""
    mark_of = looks(case)
    for row, (level, word) in enumerate(KNOWN.items()):
        at = RUG_TOP + RUG * row + RUG / 2
        yield f'<text x="{LEFT - 6}" y="{at + 3:.1f}" text-anchor="end">{word}</text>'
        for change in (c for c in changes(case) if c["confidence"] == level):
            colour = mark_of[change["to_side"]].colour
            colour = "#8a8a8a" if colour == "#ffffff" else colour
            first, last = frame.x(change["earliest"]), frame.x(change["latest"])
            line = f"M{first:.1f},{at:.1f}H{max(last, first + 0.5):.1f}"
            yield f'<path d="{line}" stroke="{colour}" stroke-width="1"/>'
            line = f"M{frame.x(day_counted(change)):.1f},{at - 5:.1f}v10"
            yield f'<path d="{line}" stroke="{colour}" stroke-width="1.6"/>'


def foot(case: Case, sides: Sequence[Side], frame: Frame) -> Iterator[str]:
    """Dates under the picture, and which colour is whose."""
    for n in range(TICKS + 1):
        day = frame.first + timedelta(days=round(n * frame.span / TICKS))
        anchor = ("start", "middle", "middle", "end")[n]
        yield f'<text x="{frame.x(day):.1f}" y="{FOOT + 12:.1f}" text-anchor="{anchor}">{day:%d %b %Y}</text>'
    mark_of = looks(case)
    for row, side in enumerate(sides):
        at = FOOT + BOTTOM + 14 * row + 4
        look = mark_of[side.id]
        yield shape(look, LEFT + 6, at - 3, 4) + f' fill="{look.colour}" stroke="{INK}" stroke-width="0.6"/>'
        yield f'<text x="{LEFT + 16}" y="{at:.1f}">{escape(shortened(side.name, 62))}</text>'
