"""The plight of civilians on the terminal: where they go, how many are new, which places may be cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rich.console import Console

from headlong.text import people, percent, spread
from headlong.view.terminal.tables import TextColumn, print_table, print_text

if TYPE_CHECKING:
    from headlong.forecast.results.shapes.forecast import Displaced, ForecastSummary, Headcount

MOVED: tuple[Literal["new", "stock"], ...] = ("new", "stock")
"""Who has left home in an area since init, and who is displaced in it."""

LEAST_CUT = 0.05
"""Places with a smaller chance of being cut off are left to --json."""


def of_them(displaced: Displaced) -> str:
    """How many were displaced before init, and how many have left home since."""
    if not displaced.get("new"):
        return ""
    new = displaced["new"][max(displaced["new"], key=int)]
    before = (
        f"; displaced before init: {people(displaced['before_init'])}" if displaced["before_init"] else ""
    )
    text = f"{before}; left home since init: {_spread(new)}"
    if displaced.get("abroad") and (displaced["abroad_before_init"] or new["p50"]):
        last = displaced["abroad"][max(displaced["abroad"], key=int)]
        text += f"; abroad on the last day: {_spread(last)}"
        text += (
            f", {people(displaced['abroad_before_init'])} at init" if displaced["abroad_before_init"] else ""
        )
    return text


def where_they_go(summary: ForecastSummary, out: Console, most: int) -> None:
    """Print the places with most displaced people."""
    found = [p for p in summary["places"] if p.get("displaced")]
    if not found:
        return
    windows = list(found[0]["displaced"])
    found.sort(key=lambda p: [-(p["displaced"][windows[-1]][q] or 0) for q in ("p50", "p90")])
    found = [p for p in found[:most] if _anybody(p["displaced"][windows[-1]])]
    columns = [TextColumn("Where they go: displaced, P50 (P10–P90) after", right=False)]
    columns += [TextColumn(f"{w} days", spare=0 if w == windows[-1] else 2) for w in windows]
    rows = [
        [
            p["name"] + (" (abroad)" if p["kind"] == "refuge" else ""),
            *(_spread(p["displaced"][w]) for w in windows),
        ]
        for p in found
    ]
    if rows:
        out.print()
        print_table(columns, rows, out)


def by_area(summary: ForecastSummary, out: Console, most: int) -> None:
    """Print the areas that most people leave, with those displaced in them, after the longest window."""
    areas = summary.get("areas", [])
    if len(areas) < 2:
        return
    last = max(areas[0]["new"], key=int)
    found = sorted(areas, key=lambda a: [-(a[what][last]["p50"] or 0) for what in MOVED])
    found = [a for a in found[:most] if _anybody(a["new"][last]) or _anybody(a["stock"][last])]
    columns = [TextColumn(f"By region, after {last} days: P50 (P10–P90)", right=False)]
    columns += [
        TextColumn("new: left home since init"),
        TextColumn("stock: displaced there"),
        TextColumn("at init", spare=1),
    ]
    rows = [
        [a["name"] or "no region in the table", _spread(a["new"][last]), _spread(a["stock"][last]),
         people(a["stock_at_init"])]
        for a in found
    ]  # fmt: skip
    if rows:
        out.print()
        print_table(columns, rows, out)


def busiest_roads(summary: ForecastSummary, out: Console, most: int) -> None:
    """Print the roads that most people take."""
    found = summary.get("roads", [])[:most]
    if not found:
        return
    windows = list(found[0]["people"])
    columns = [TextColumn("Busiest roads: P50 (P10–P90) within", right=False)]
    columns += [TextColumn(f"{w} days", spare=0 if w == windows[-1] else 2) for w in windows]
    rows = [
        [f"{r['from_name']} → {r['to_name']}", *(_spread(r["people"][w]) for w in windows)] for r in found
    ]
    out.print()
    print_table(columns, rows, out)


def _spread(numbers: Headcount) -> str:
    return spread(numbers["p50"], numbers["p10"], numbers["p90"], people)


def _anybody(numbers: Headcount) -> bool:
    """Say whether anybody is counted in one member of ten, or, of too few members, in half of them."""
    return bool(numbers["p90"] or numbers["p50"])


def print_cut_off(summary: ForecastSummary, out: Console, most: int) -> None:
    """Print the places likeliest to be cut off that are not so at init."""
    found = [p for p in summary["places"] if p.get("p_cut_off")]
    if not found:
        return
    windows = list(found[0]["p_cut_off"])
    found = [p for p in found if p["p_cut_off"][windows[-1]] >= LEAST_CUT and p["cut_off_at_init"] < 0.5]
    found.sort(key=lambda p: -p["p_cut_off"][windows[min(1, len(windows) - 1)]])
    columns = [TextColumn("Cut off next: P within", right=False)]
    columns += [TextColumn(f"{w} days", spare=0 if w == windows[-1] else 2) for w in windows]
    if found:
        out.print()
        rows = [[p["name"], *(percent(p["p_cut_off"][w]) for w in windows)] for p in found[:most]]
        print_table(columns, rows, out)
        text = "Cut off: no chain of roads through its side's places leads to that side's seat or abroad."
        print_text(text, out, style="dim")
