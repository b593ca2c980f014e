"""A forecast on the terminal: one sentence, what falls next, where people run, how, and what was assumed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from headlong.forecast.results.too_few import at_most
from headlong.reports.idle import idle_in_words
from headlong.text import (
    day,
    exactness,
    holder_in_words,
    many,
    people,
    percent,
    shares_in_words,
    span,
    spread,
)
from headlong.verify.results.track_record import sentences
from headlong.view.terminal.civilians import busiest_roads, by_area, of_them, print_cut_off, where_they_go
from headlong.view.terminal.tables import TextColumn, notes, print_table, print_text

if TYPE_CHECKING:
    from headlong.forecast.results.shapes.forecast import (
        CountEntry,
        CrossingEntry,
        ForecastSummary,
        PlaceEntry,
    )

__all__ = ["FEW", "next_to_fall", "print_forecast"]

SHOWN = 12
SHOWN_CROSSINGS = 8
FEW, FEWEST = 5, 3
WINDOWS = ("3", "7", "14")
STREAMS = ("civilians", "soldiers", "leaders")


def print_forecast(summary: ForecastSummary, out: Console, brief: bool = False) -> None:
    """Print a forecast.

    Parameters
    ----------
    summary
        What ``headlong.summarise`` returns.
    out
        Where to print.
    brief
        Fewer lines, and nothing of what was assumed.
    """
    _heading(summary, out)
    if summary["control_from"].endswith(" before"):
        print_text(
            f"Nothing is read of what happened by then: control is as with {summary['control_from']}. "
            "Where the case has a history, --known-control starts from what was so; "
            "reports in a file come with --reports.",
            out,
            style="yellow",
        )
    if idle := idle_in_words(summary.get("idle_reports", [])):
        print_text(idle, out, style="yellow")
    _falls_next(summary, out, FEW if brief else SHOWN)
    _changes(summary, out)
    _crossings(summary, out, FEW if brief else SHOWN_CROSSINGS)
    where_they_go(summary, out, FEW)
    print_cut_off(summary, out, FEW)
    _ways(summary, out)
    by_area(summary, out, FEWEST)
    busiest_roads(summary, out, FEWEST)
    if not brief:
        notes("Assumed", _assumed(summary), out)
        if record := summary.get("track_record"):
            notes("Track record", sentences(record), out)


def next_to_fall(summary: ForecastSummary, most: int = SHOWN) -> list[PlaceEntry]:
    """Places likeliest to change hands, and the capitals after them if they are not among them.

    Parameters
    ----------
    summary
        What ``headlong.summarise`` returns.
    most
        How many places, capitals not counted.
    """
    ranked = _ranked(summary, _windows(summary))
    seats = {seat["id"] for seat in summary["capital"]}
    return ranked[:most] + [place for place in ranked[most:] if place["id"] in seats]


def old_map(summary: ForecastSummary) -> str:
    """Return a warning where who holds what is taken from the case's first day, for want of reports; else nothing."""
    found = re.fullmatch(r"holders at the start of the case, (\d{4}-\d\d-\d\d)", summary["control_from"])
    start = found[1] if found else summary["init"][:10]
    days = (date.fromisoformat(summary["init"][:10]) - date.fromisoformat(start)).days
    if days < 1:
        return ""
    return (
        f"Mind: no report by then says who holds what. The map is that of {day(start, year=True)}, {many(days, 'day')} "
        "before. Add reports (--reports FILE), or start from what is known now (--known-control) where the case has "
        "a history."
    )


def _heading(summary: ForecastSummary, out: Console) -> None:
    scenario = f", scenario {summary['scenario']}" if summary.get("scenario") else ""
    size = f"{many(summary['days'], 'day')}, {many(summary['members'], 'member')}"
    out.print(
        f"\n[bold]{escape(summary['title'])}[/]  [dim]from the evening of {day(summary['init'], year=True)}, "
        f"{size}, seed {summary['seed']}{escape(scenario)}[/]"
    )
    out.print()
    if old := old_map(summary):
        print_text(old, out, style="bold")
        out.print()
    print_text(summary["sentence"], out)


def _windows(summary: ForecastSummary) -> list[str]:
    days = int(summary["days"])
    return [window for window in WINDOWS if int(window) <= days]


def _ranked(summary: ForecastSummary, windows: list[str]) -> list[PlaceEntry]:
    keys = [*windows[::-1], "30"]

    def chance(place: PlaceEntry) -> tuple[float, ...]:
        found = [place["p_change"].get(key) or 0.0 for key in (*windows[len(windows) // 2 :][:1], *keys)]
        return tuple(-value for value in found)

    return sorted((p for p in summary["places"] if p["kind"] != "refuge"), key=chance)


def _falls_next(summary: ForecastSummary, out: Console, most: int) -> None:
    windows = _windows(summary)
    if not windows:
        return
    columns = [TextColumn("Next to change hands", right=False), TextColumn("held by", right=False, spare=3)]
    for index, window in enumerate(windows):
        columns.append(
            TextColumn(f"{'P within ' if index == 0 else ''}{window} days", spare=(0, 0, 4)[index])
        )
    columns += [
        TextColumn("median", right=False, spare=2),
        TextColumn("50 % interval", right=False, spare=5),
        TextColumn("90 % interval", right=False, spare=1),
    ]
    places = next_to_fall(summary, most)
    out.print()
    print_table(columns, [_fall(place, windows) for place in places], out)
    left = sum(place["kind"] != "refuge" for place in summary["places"]) - len(places)
    if left > 0:
        added = f"The capital is added at the end; {left}" if len(places) > most else str(left)
        print_text(f"{added} more places are below these; --json lists all.", out, style="dim")


def _fall(place: PlaceEntry, windows: list[str]) -> list[str]:
    chances = [percent(place["p_change"].get(window)) for window in windows]
    spans = [span(place["interval_50"]), span(place["interval_90"])]
    held = place.get("held_by", {}).get(place["holder"] or "none", 1.0)
    holder = holder_in_words(place["holder"] or "nobody", held)
    return [place["name"], holder, *chances, day(place["median_date"]), *spans]


def _changes(summary: ForecastSummary, out: Console) -> None:
    windows = [days for days in summary["changes"] if int(days) <= int(summary["days"])]
    if not windows:
        return
    columns = [TextColumn("How many: median (90 %) within", right=False)]
    columns += [TextColumn(f"{days} days", spare=days == "14") for days in windows]
    fallen, changes = summary["fallen"], summary["changes"]
    kinds = (("places that change hands", fallen), ("changes, coming back counted too", changes))
    out.print()
    print_table(columns, [[name, *(_count(found[days]) for days in windows)] for name, found in kinds], out)


def _count(count: CountEntry) -> str:
    return spread(count["p50"], count["p05"], count["p95"], "{:.0f}".format)


def _crossings(summary: ForecastSummary, out: Console, most: int) -> None:
    if not summary["crossings"]:
        return
    every = sorted(summary["crossings"], key=lambda c: (-at_most(c, "civilians"), -at_most(c, "soldiers")))
    streams = [stream for stream in STREAMS if any(at_most(crossing, stream) for crossing in every)]
    waiting = any(crossing.get("queue_p90") for crossing in every)
    columns = [TextColumn(f"Over the border in {many(summary['days'], 'day')}", right=False)]
    columns += [TextColumn(f"{stream} P50 / P90", spare=STREAMS.index(stream)) for stream in streams]
    columns += [TextColumn("waiting P90", spare=3)] if waiting else []
    out.print()
    if streams or waiting:
        print_table(columns, [_gate(c, streams, waiting) for c in every[:most]], out)
        more = len(every) - most
        print_text(" ".join(_small_print(more, streams, waiting)), out, style="dim")
    else:
        out.print(f"Hardly anybody crosses a border within {many(summary['days'], 'day')}.")
    if displaced := summary.get("displaced"):
        numbers = people(displaced["p50"])
        numbers += "" if displaced["p90"] is None else f" (P50), {people(displaced['p90'])} (P90)"
        numbers += f" on the last day{of_them(displaced)}"
        out.print(f"[bold]Displaced inside[/]  {numbers}")


def _gate(crossing: CrossingEntry, streams: Sequence[str], waiting: bool) -> list[str]:
    cells = [f"{people(crossing['p50'].get(s))} / {people(crossing['p90'].get(s))}" for s in streams]
    return [crossing["name"], *cells, *([people(crossing.get("queue_p90"))] if waiting else [])]


def _small_print(more: int, streams: Sequence[str], waiting: bool) -> Iterator[str]:
    """Say what was left out and what the columns count."""
    if more > 0:
        yield f"{more} more crossings have fewer people; --json lists all."
    if "soldiers" in streams:
        yield "Soldiers: armed people of any side, police and militia included."
    if waiting:
        yield "Waiting: in the queue on the last day."


def _ways(summary: ForecastSummary, out: Console) -> None:
    if summary["ways"]:
        out.print("\n[bold]Ways of falling[/]")
        print_text(shares_in_words(summary["ways"]), out, mark="  ")


def _assumed(summary: ForecastSummary) -> list[str]:
    lines = [f"Control at the start: {summary['control_from']}."]
    if learned := summary.get("calibrated_on"):
        without = "" if summary["case"] in learned else ", not on this one"
        lines.append(f"Core parameters: learned on {len(learned)} past cases{without}.")
    if summary.get("scenario"):
        lines.append(
            "Under a scenario, terms that no history has calibrated act with wide priors: see what-if."
        )
    if (exact := exactness(summary["members"])) not in summary["sentence"]:
        lines.append(exact)
    return [*lines, *summary["assumptions"]]
