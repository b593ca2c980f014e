"""A what-if on the terminal: baseline, scenario, and the difference with its uncertainty."""

from __future__ import annotations

from typing import Literal, NamedTuple

from rich.console import Console
from rich.markup import escape

from headlong.forecast.results.shapes.what_if import Interval, MovedCrossing, MovedPlace, WhatIfSummary
from headlong.reports.idle import idle_in_words
from headlong.text import FEW_MEMBERS, day, gap, many, people, percent, spread
from headlong.view.terminal.tables import TextColumn, notes, print_table, print_text

__all__ = ["print_what_if"]

SHOWN = 10
SHOWN_FLOWS = 8
SOME = 0.02
SOME_PEOPLE, SOME_SHARE = 20, 0.1
STREAMS = ("civilians", "soldiers")
SIDES: tuple[Literal["baseline", "scenario"], ...] = ("baseline", "scenario")
QUANTILES: tuple[Literal["p50", "p90"], ...] = ("p50", "p90")


def print_what_if(summary: WhatIfSummary, out: Console) -> None:
    """Print what a scenario changes.

    Parameters
    ----------
    summary
        What ``headlong.forecast.results.what_if.summarise_what_if`` returns.
    out
        Where to print.
    """
    scenario = summary["scenario"]
    out.print(f"\n[bold]What if: {escape(scenario['title'])}[/]  [dim]{escape(scenario['what'])}[/]")
    out.print(
        f"[dim]{escape(summary['case'])} from the evening of {day(summary['init'], year=True)}, "
        f"{many(summary['days'], 'day')}, {many(summary['members'], 'member')} on each side, with the same luck.[/]"
    )
    out.print()
    print_text(summary["sentence"], out)
    if idle := idle_in_words(summary.get("idle_reports", [])):
        print_text(idle, out, style="yellow")
    _places(summary, out)
    _changes(summary, out)
    if summary["crossings"]:
        _people(summary, out)
    notes("How to read it", _reading(summary), out)
    notes("What rests on judgement, not on calibration", list(summary["judgement"]), out)


def _reading(summary: WhatIfSummary) -> list[str]:
    pairs = many(summary["members"], "pair")
    known = "its 90 % interval says how exactly that mean is known. It narrows with more members, and"
    if summary["members"] < FEW_MEMBERS:
        known = (
            f"they are too few to say how exactly it is known: ask for {FEW_MEMBERS} --members or more. It"
        )
    return [
        f"A difference is the mean over {pairs} of members; {known} says nothing of how far the model is right.",
        "The baseline is not the plain forecast: in it, too, the terms below act with their priors.",
    ]


def _last(place: MovedPlace) -> str:
    return str(max(place["p_change"]["difference"], key=int))


def _mean(place: MovedPlace) -> float:
    return float(place["p_change"]["difference"][_last(place)]["mean"])


def _points(difference: Interval) -> list[str]:
    return [gap(100 * difference["mean"], " points"), _ends(difference, 100)]


def _ends(difference: Interval, scale: float = 1) -> str:
    """Both ends of an interval, or a dash where too few members give none."""
    low, high = difference["low"], difference["high"]
    return gap(None) if low is None or high is None else f"{gap(scale * low)} to {gap(scale * high)}"


def _places(summary: WhatIfSummary, out: Console) -> None:
    moved = [place for place in summary["places"] if place["p_change"]["difference"]]
    moved = sorted((place for place in moved if abs(_mean(place)) >= SOME), key=lambda p: -abs(_mean(p)))
    out.print()
    if not moved:
        out.print("No place's chance of changing hands moves by 2 points or more.")
        return
    window = _last(moved[0])
    columns = [TextColumn(f"P of change within {window} days", right=False), TextColumn("baseline", spare=2)]
    columns += [
        TextColumn("scenario", spare=2),
        TextColumn("difference"),
        TextColumn("90 % interval", spare=1),
    ]
    rows = []
    for place in moved[:SHOWN]:
        change = place["p_change"]
        sides = [percent(change[side].get(window)) for side in SIDES]
        rows.append([place["name"], *sides, *_points(change["difference"][window])])
    print_table(columns, rows, out)
    if len(moved) > SHOWN:
        text = f"{len(moved) - SHOWN} more places move by 2 points or more; --json lists all."
        print_text(text, out, style="dim")


def _changes(summary: WhatIfSummary, out: Console) -> None:
    changes = summary["changes"]
    sides, found = [changes["baseline"], changes["scenario"]], changes["difference"]
    if not all(sides):
        return
    columns = [TextColumn(f"How many change hands, {changes['window']} days", right=False)]
    columns += [TextColumn("baseline", spare=2), TextColumn("scenario", spare=2), TextColumn("difference")]
    columns += [TextColumn("90 % interval", spare=1)]
    spans = [spread(side["p50"], side["p05"], side["p95"], "{:.0f}".format) for side in sides]
    out.print()
    print_table(columns, [["median (90 %); mean difference", *spans, gap(found["mean"]), _ends(found)]], out)


class _Flow(NamedTuple):
    """Some people's P50 and P90, without and with the scenario."""

    name: str
    before: list[int | None]
    after: list[int | None]

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The figures that there are: of too few members P50 alone."""
        both = zip(self.before, self.after, strict=True)
        return [(a, b) for a, b in both if a is not None and b is not None]

    @property
    def moves(self) -> bool:
        """Whether either figure changes by a tenth, and by more than a few people."""
        return any(abs(b - a) >= max(SOME_PEOPLE, SOME_SHARE * a) for a, b in self.pairs)

    @property
    def size(self) -> int:
        """By how many people the last figure changes."""
        before, after = self.pairs[-1]
        return abs(after - before)

    def cells(self) -> list[str]:
        return [self.name, *(" / ".join(map(people, counts)) for counts in (self.before, self.after))]


def _flow(crossing: MovedCrossing, stream: str) -> _Flow:
    before, after = ([crossing[side][q].get(stream, 0) for q in QUANTILES] for side in SIDES)
    return _Flow(f"{crossing['name']}: {stream}", before, after)


def _people(summary: WhatIfSummary, out: Console) -> None:
    flows = [_flow(crossing, stream) for crossing in summary["crossings"] for stream in STREAMS]
    moved = sorted((f for f in flows if f.moves), key=lambda f: -f.size)
    inside = _Flow("displaced inside", *([summary["displaced"][s][q] for q in QUANTILES] for s in SIDES))
    columns = [TextColumn("People, by the last day", right=False)]
    columns += [TextColumn(f"{side} P50 / P90") for side in SIDES]
    out.print()
    print_table(columns, [flow.cells() for flow in [*moved[:SHOWN_FLOWS], inside]], out)
    if len(moved) > SHOWN_FLOWS:
        text = f"{len(moved) - SHOWN_FLOWS} more streams move by a tenth or more; --json lists all."
    else:
        text = "Streams over a crossing are listed if they move by a tenth or more."
    print_text(text, out, style="dim")
