"""An archive on the terminal: its list, what moved, its scores."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from headlong.archive.shapes import ArchiveScores, KeptNow, Listed, Moves
from headlong.text import day, many, percent, spread
from headlong.view.terminal.tables import TextColumn, print_table, print_text

SHOWN = 15
"""Places and days shown; --json has all."""


def print_list(found: Listed, out: Console) -> None:
    """Print the list of an archive, the newest forecasts last."""
    entries = found["kept"]
    out.print(f"\n[bold]{escape(found['title'])}[/]  [dim]{many(len(entries), 'kept forecast')}[/]\n")
    within = entries[-1]["within"]
    columns = [
        TextColumn("init", right=False), TextColumn(f"places in {within} days"),
        TextColumn(f"likeliest in {within} days", right=False),
        TextColumn(f"capital in {found['days']} days"), TextColumn("reports", spare=1), TextColumn("members", spare=2),
        TextColumn("kept", right=False, spare=3),
    ]  # fmt: skip
    cells = []
    for e in entries[-SHOWN:]:
        n, best = e["number"], e["likeliest"][:1]
        cells.append([
            day(e["init"], year=True), spread(n["p50"], n["p05"], n["p95"], str),
            ", ".join(f"{p['name']} {percent(p['p'])}" for p in best),
            ", ".join(percent(c["p"]) for c in e["capitals"][:1]), f"{e['reports']}", f"{e['members']:,}",
            e["kept_at"][:16].replace("T", " "),
        ])  # fmt: skip
    print_table(columns, cells, out)
    if len(entries) > SHOWN:
        print_text(f"{len(entries) - SHOWN} more were kept before; --json lists all.", out)
    for e in entries:
        if e["differs"]:
            print_text(f"{day(e['init'])} differs from the one before: {'; '.join(e['differs'])}.", out)
    print_left_out(found["left_out"], out)


def print_kept(found: KeptNow, out: Console) -> None:
    """Print what was kept, and what moved."""
    made = [day(e["init"], year=True) for e in found["kept"]]
    if made:
        shown = ", ".join(made) if len(made) < 5 else f"{made[0]} … {made[-1]} ({len(made)})"
        out.print(f"Kept in {escape(found['folder'])}: {shown}", highlight=False)
    if found["there"]:
        there = found["there"]
        text = day(there[0], year=True) if len(there) == 1 else many(len(there), "forecast")
        print_text(f"Kept already, and left as it is: {text}.", out)
    for note in found["notes"]:
        print_text(note, out, style="yellow")
    for moves in found["moved"][-1:]:
        print_moves(moves, out)
    print_left_out([*found["faults"], *found["left_out"]], out)


def print_moves(moves: Moves, out: Console) -> None:
    """Print what moved up to one kept forecast, a line a place."""
    if moves["since"] is None:
        print_text("It is the first: nothing to compare it with.", out)
        return
    reports = many(len(moves["new_reports"]), "new report")
    head = f"What moved since {day(moves['since'])}, by {reports}: chance to change hands within {moves['within']} days"
    out.print(f"\n[bold]{head}[/]", highlight=False)
    for change in moves["differs"]:
        print_text(f"Also changed: {change}.", out, style="yellow")
    width = max((len(name) for name, _ in moves["lines"][:SHOWN]), default=0)
    for name, line in moves["lines"][:SHOWN]:
        out.print(f"{escape(name.ljust(width))}  {escape(line)}", highlight=False)
    more = len(moves["lines"]) - SHOWN
    if more > 0:
        print_text(f"{many(more, 'more place')} moved; --json lists all.", out)
    if moves["same"]:
        what = "moved no further than the luck of the members may move it"
        print_text(f"{many(moves['same'], 'place')} {what}.", out)


def print_scores(found: ArchiveScores, out: Console) -> None:
    """Print the scores of an archive."""
    if not found["means"]:
        print_text("Nothing can be scored yet.", out)
    else:
        columns = [
            TextColumn("within", right=False), TextColumn("forecasts"), TextColumn("changes: came"),
            TextColumn("foreseen"),
            TextColumn("Brier"), TextColumn("nothing changes", spare=1), TextColumn("CRPS of the number"),
            TextColumn("nothing changes", spare=1),
        ]  # fmt: skip
        cells = [
            [
                many(m["lead"], "day"), f"{m['inits']}", f"{m['came']:.0f}", f"{m['foreseen']:.1f}",
                score_text(m["brier"]), score_text(m["brier_nothing"]),
                score_text(m["count_crps"]), score_text(m["count_crps_nothing"]),
            ]
            for m in found["means"]
        ]  # fmt: skip
        print_table(columns, cells, out)
        text = (
            "Lower is better. 'Nothing changes' is the score of that sentence: what a forecast has to beat."
        )
        print_text(f"{text} History is known to {day(found['known_to'], year=True)}.", out)
    for note in found["notes"][:SHOWN]:
        print_text(note, out)
    if len(found["notes"]) > SHOWN:
        print_text(f"{len(found['notes']) - SHOWN} more notes; --json lists all.", out)


def score_text(value: float | None) -> str:
    """A score, or a dash where there is none."""
    return "–" if value is None else f"{value:.3f}"


def print_left_out(lines: Sequence[str], out: Console) -> None:
    """Name every file that is left out."""
    for line in lines:
        print_text(f"Left out: {line}", out, style="yellow")
