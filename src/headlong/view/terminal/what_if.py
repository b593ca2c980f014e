"""A what-if on the terminal: baseline, scenario, and the difference with its uncertainty."""

from __future__ import annotations

from typing import Literal, NamedTuple

from rich.console import Console
from rich.markup import escape

from headlong.forecast.results.shapes.what_if import Interval, MovedCrossing, MovedPlace, WhatIfSummary
from headlong.text import day, gap, many, people, percent
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
    _places(summary, out)
    _changes(summary, out)
    if summary["crossings"]:
        _people(summary, out)
    notes("How to read it", _reading(summary), out)
    notes("What rests on judgement, not on calibration", list(summary["judgement"]), out)


def _reading(summary: WhatIfSummary) -> list[str]:
    return [
        f"A difference is the mean over {many(summary['members'], 'pair')} of members; its 90 % interval says how "
        "exactly that mean is known. It narrows with more members, and says nothing of how far the model is right.",
        "The baseline is not the plain forecast: in it, too, the terms below act with their priors.",
    ]


def _last(place: MovedPlace) -> str:
    return str(max(place["p_change"]["difference"], key=int))


def _mean(place: MovedPlace) -> float:
    return float(place["p_change"]["difference"][_last(place)]["mean"])


def _points(difference: Interval) -> list[str]:
    low, high = gap(100 * difference["low"]), gap(100 * difference["high"])
    return [gap(100 * difference["mean"], " points"), f"{low} to {high}"]


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
    spans = [f"{side['p50']:.0f} ({side['p05']:.0f}–{side['p95']:.0f})" for side in sides]
    ends = f"{gap(found['low'])} to {gap(found['high'])}"
    out.print()
    print_table(columns, [["median (90 %); mean difference", *spans, gap(found["mean"]), ends]], out)


class _Flow(NamedTuple):
    """Some people's P50 and P90, without and with the scenario."""

    name: str
    before: list[int]
    after: list[int]

    @property
    def moves(self) -> bool:
        """Whether either figure changes by a tenth, and by more than a few people."""
        pairs = zip(self.before, self.after, strict=True)
        return any(abs(b - a) >= max(SOME_PEOPLE, SOME_SHARE * a) for a, b in pairs)

    def cells(self) -> list[str]:
        return [self.name, *(" / ".join(map(people, counts)) for counts in (self.before, self.after))]


def _flow(crossing: MovedCrossing, stream: str) -> _Flow:
    before, after = ([crossing[side][q].get(stream, 0) for q in QUANTILES] for side in SIDES)
    return _Flow(f"{crossing['name']}: {stream}", before, after)


def _people(summary: WhatIfSummary, out: Console) -> None:
    flows = [_flow(crossing, stream) for crossing in summary["crossings"] for stream in STREAMS]
    moved = sorted((f for f in flows if f.moves), key=lambda f: -abs(f.after[1] - f.before[1]))
    inside = _Flow("displaced inside", *([int(summary["displaced"][s][q]) for q in QUANTILES] for s in SIDES))
    columns = [TextColumn("People, by the last day", right=False)]
    columns += [TextColumn(f"{side} P50 / P90") for side in SIDES]
    out.print()
    print_table(columns, [flow.cells() for flow in [*moved[:SHOWN_FLOWS], inside]], out)
    if len(moved) > SHOWN_FLOWS:
        text = f"{len(moved) - SHOWN_FLOWS} more streams move by a tenth or more; --json lists all."
    else:
        text = "Streams over a crossing are listed if they move by a tenth or more."
    print_text(text, out, style="dim")
