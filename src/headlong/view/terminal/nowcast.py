"""A nowcast on the terminal: contested and unsure places first, what each rests on, sources, what was assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from headlong.reports.idle import idle_in_words
from headlong.text import SURE, day, many, percent, shares_in_words
from headlong.view.terminal.tables import TextColumn, notes, print_table, print_text

if TYPE_CHECKING:
    from headlong.forecast.results.shapes.nowcast import NowcastPlace, NowcastSummary, ReportEntry

__all__ = ["on_one_line", "print_nowcast"]

SHOWN = 15
SHOWN_PLACES = 8
SHOWN_REPORTS = 3
ROUGH = 0.05
"""Standard error of a chance from which on the terminal says that it is rough."""
ANCESTORS = 20.0
"""Fewer ancestors than this, and the standard error is itself not to be relied on."""


def on_one_line(text: object) -> str:
    """Return text of others without anything that a terminal would obey or that would turn its direction."""
    return "".join(c if c.isprintable() else " " for c in str(text or "")).strip()


def print_nowcast(summary: NowcastSummary, out: Console) -> None:
    """Print a nowcast.

    Parameters
    ----------
    summary
        What ``headlong.forecast.nowcast.nowcast`` returns.
    out
        Where to print.
    """
    heading = f"evening of {day(summary['init'], year=True)}, {many(len(summary['reports']), 'report')}"
    out.print(f"\n[bold]{escape(summary['title'])}[/]  [dim]{heading}[/]\n")
    print_text(summary["sentence"], out)
    for line in _not_heard(summary):
        print_text(line, out, style="yellow")
    _contested([p for p in summary["places"] if p["contested"]], summary, out)
    settled = [p for p in summary["places"] if not p["contested"]]
    unsure = [p for p in settled if p["p"] < SURE]
    sure = [p for p in settled if p["p"] >= SURE]
    _unsure(unsure[:SHOWN], len(unsure) - SHOWN, summary, out)
    _sure(sure, summary, out)
    _sources(summary, out)
    notes("Assumed", _assumed(summary), out)


def _not_heard(summary: NowcastSummary) -> list[str]:
    """Say which reports are left out or can move nothing, and where nothing is said at all."""
    left, lines = summary["left_out"], []
    if left["after_init"]:
        lines.append(
            f"Left out: {many(left['after_init'], 'report')} published after {day(summary['init'])}."
        )
    if left["before_start"]:
        lines.append(f"Left out: {many(left['before_start'], 'report')} published before the case begins.")
    if idle := idle_in_words(summary["idle_reports"]):
        lines.append(idle)
    if summary["nothing_said"]:
        lines.append(
            "No report says who holds what: only the start of the case and time speak. Add reports (--reports FILE), "
            "or forecast with --known-control where the case has a history."
        )
    return lines


def _contested(places: list[NowcastPlace], summary: NowcastSummary, out: Console) -> None:
    """Print the places on which claims contradict each other and nobody without interest has settled it."""
    if not places:
        return
    out.print("\n[bold]Contested[/]  [dim]claims that contradict the likeliest holder and are not settled[/]")
    by_id = {r["id"]: r for r in summary["reports"]}
    for p in places:
        likely = f"{p['holder'] or 'nobody'} {percent(p['p'])}"
        others = {k: v for k, v in p["held_by"].items() if k != (p["holder"] or "none")}
        print_text(f"{p['name']}: {likely}; else {shares_in_words(others) or 'nobody'}", out)
        for stance, ids in (("for", p["rests_on"]), ("against", p["unanswered"])):
            told = sorted((by_id[i] for i in ids), key=lambda r: r["published_at"], reverse=True)
            for report in told[:SHOWN_REPORTS]:
                print_text(f"{stance}: {_report(report)}", out, mark="  ")
            if not told:
                print_text(f"{stance}: no report of these days", out, mark="  ")
        for side, proof in p["settled_by"].items():
            needs = f"a reporter's word {percent(proof['reporter'])}, the rival's admission "
            needs += f"{percent(proof['admission'])}, a confirmed report {percent(proof['confirmed'])}"
            print_text(f"{side} would stand after {needs}", out, mark="  ", style="dim")


def _unsure(places: list[NowcastPlace], left: int, summary: NowcastSummary, out: Console) -> None:
    if not places:
        return
    columns = [
        TextColumn("Not sure who holds", right=False),
        TextColumn("likeliest", right=False),
        TextColumn("P"),
    ]
    columns += [TextColumn("since", right=False, spare=2), TextColumn("else", right=False, spare=3)]
    rows = []
    for p in places:
        others = {k: v for k, v in p["held_by"].items() if k != (p["holder"] or "none")}
        since = day(p["since"]) if p["since"] else "the start"
        rows.append([p["name"], p["holder"] or "nobody", percent(p["p"]), since, shares_in_words(others)])
    out.print()
    print_table(columns, rows, out)
    if left > 0:
        print_text(f"{left} more places are not sure; --json lists all.", out, style="dim")
    for p in places[:SHOWN_PLACES]:
        _said(p, summary, out)


def _said(place: NowcastPlace, summary: NowcastSummary, out: Console) -> None:
    """Print what is said of one place, for and against."""
    by_id = {r["id"]: r for r in summary["reports"]}
    lines = [("for", by_id[i]) for i in place["rests_on"]] + [
        ("against", by_id[i]) for i in place["contradicted_by"]
    ]
    if not lines:
        return
    out.print(f"\n[bold]{escape(place['name'])}[/]")
    lines.sort(key=lambda line: line[1]["published_at"], reverse=True)
    for stance, report in lines[:SHOWN_REPORTS]:
        print_text(f"{stance}: {_report(report)}", out, mark="  ")
    if len(lines) > SHOWN_REPORTS:
        print_text(f"{many(len(lines) - SHOWN_REPORTS, 'older report')}.", out, mark="  ", style="dim")


def _report(report: ReportEntry) -> str:
    denied = "denies: " if report["polarity"] == "denied" else ""
    who = (report["source_class"] or "none").replace("_", " ")
    who = f"{report['verification']} {who}" if report["verification"] in ("confirmed", "unverified") else who
    claim = f"{report['side'] or 'nobody'} {report['claim'].replace('_', ' ')}"
    outlet = on_one_line(report["outlet"])
    words = on_one_line(report["words"])
    text = f"{who} {day(report['published_at'])}, {denied}{claim}"
    text += f" ({outlet})" if outlet else ""
    text += f': "{words}"' if words else ""
    copy = ", a copy" if report["counted"] == 0.0 else ""
    return f"{text}; true with {percent(report['weight'])}{copy}{_moved(report)}"


def _moved(report: ReportEntry) -> str:
    """Say what a report did to the chance that its side holds the place."""
    before, after = report["before"], report["after"]
    if before is None or after is None or abs(before - after) < 0.005:
        return ", changes little"
    return f", {report['side']}: {percent(before)} to {percent(after)}"


def _sure(places: list[NowcastPlace], summary: NowcastSummary, out: Console) -> None:
    if not places:
        return
    out.print("\n[bold]Sure (95 % or more)[/]")
    for side in [*(s["id"] for s in summary["sides"]), None]:
        names = [p["name"] for p in places if p["holder"] == side]
        if names:
            print_text(f"{side or 'nobody'} {len(names)}: {', '.join(sorted(names))}", out, mark="  ")


def _sources(summary: NowcastSummary, out: Console) -> None:
    heard = [s for s in summary["sources"] if s["claims"] > 0]
    if not heard:
        return
    columns = [
        TextColumn("Sources", right=False),
        TextColumn("claims"),
        TextColumn("true"),
        TextColumn("90 %", spare=1),
    ]
    columns += [TextColumn("before this war", spare=2)]
    rows = []
    for s in heard:
        low, high = (percent(x) for x in s["interval_90"])
        name = s["source_class"].replace("_", " ")
        rows.append(
            [name, f"{s['claims']}", percent(s["reliability"]), f"{low} – {high}", percent(s["prior"])]
        )
    out.print()
    print_table(columns, rows, out)


def _assumed(summary: NowcastSummary) -> list[str]:
    particles = summary["particles"]
    worst = max((p["error"] for p in summary["places"]), default=0.0)
    if particles["ancestors"] < ANCESTORS:
        moves = (
            "so few that another seed may move any unsure chance by much: try other seeds, or more --members."
        )
    else:
        moves = f"another seed may move the least sure chance by {200 * worst:.0f} points, seldom by more."
    lines = [
        f"{particles['number']:,} histories of control, which descend from {particles['ancestors']:.0f} of the first "
        f"evening: {moves}",
        "Model estimates, not facts; how reports are weighed stands in docs/reports.md.",
    ]
    if worst > ROUGH:
        lines.append("That is rough: more --members make it finer.")
    return lines
