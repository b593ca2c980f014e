"""The model card: what the forecasts are for, how good they were, where they fail; figures from the track record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from headlong.case import open_case
from headlong.case.sample import roles, strata
from headlong.text import day, percent
from headlong.verify.results.track_record import record, signed

HIGH = 0.6
"""From here on a chance is called high."""
MISSES = 6
"""So many of the largest misses are named."""
KINDS = {"fell": "fell", "partly": "partly lost", "held": "held"}

TEXTS = Path(__file__).with_name("texts")
INTENDED = (TEXTS / "model_card_head.md").read_text("utf-8")
LIMITS = (TEXTS / "model_card_end.md").read_text("utf-8")


def card() -> str:
    """The text of docs/model-card.md."""
    found = record(whole=True)
    if found is None:
        raise FileNotFoundError("no track record; make it with: python scripts/make_track_record.py")
    lines = [INTENDED.format(version=found["version"], dates=found["dates"], wars=len(found["cases"]))]
    lines += [*scores(found), "", *interval(found), "", "### By how the war went", "", *by_kind(found)]
    lines += ["", "## Where it fails", "", *failures(found)]
    lines += ["", "The weeks that it missed by most, one of each war:", "", *misses(found)]
    lines += ["", "## The wars", "", *wars(found), "", LIMITS.rstrip()]
    return "\n".join(lines) + "\n"


def scores(found: dict[str, Any]) -> Iterator[str]:
    """Table of skill against the strongest reference."""
    brier, count = (found["strongest"][score] for score in ("brier", "count_crps"))
    yield "| days ahead | who changes hands (Brier) | better in | how many (CRPS) | better in | strongest |"
    yield "|---|---|---|---|---|---|"
    for lead in brier:
        cells = [f"{skill(row)} | {row['won']} of {row['cases']} wars" for row in (brier[lead], count[lead])]
        names = " and ".join(sorted({row["reference"] for row in (brier[lead], count[lead])}))
        yield f"| {lead} | {' | '.join(cells)} | {names} |"


def skill(row: dict[str, Any]) -> str:
    """A skill with its interval."""
    low, high = row["interval_90"]
    return f"{signed(row['skill'])} [{signed(low)}, {signed(high)}]"


def interval(found: dict[str, Any]) -> Iterator[str]:
    """How often the number lay within its 90 % interval."""
    row = found["counts"]["7"]
    yield (
        f"The number of changes within 7 days lay inside its 90 % interval on {percent(row['inside_90'])} of "
        f"{row['dates']:,} dates; {percent(row['meant_90'])} was meant, for whole numbers cannot be cut at 90."
    )
    for lead in ("7", "30"):
        rows = [row for row in found["reliability"][lead] if row[0] >= 0.1]
        said, came = means(rows)
        yield (
            f"Chances of 10 % or more within {lead} days: {percent(said)} was said on average, {percent(came)} came."
        )


def means(rows: list[list[float]]) -> tuple[float, float]:
    """Mean chance and share that came, over bins of chances."""
    n = sum(row[2] for row in rows)
    return sum(row[2] * row[3] for row in rows) / n, sum(row[2] * row[4] for row in rows) / n


def by_kind(found: dict[str, Any]) -> Iterator[str]:
    """Table of changes foreseen and come, by how far the war went."""
    yield "| the state | wars | foreseen in 7 days | came | foreseen in 30 days | came | skill at 7 days | at 30 |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, row in found["strata"].items():
        week, month = row["7"], row["30"]
        yield (
            f"| {KINDS[name]} | {row['cases']} | {week['expected']:.1f} | {week['came']:.1f} | "
            f"{month['expected']:.1f} | {month['came']:.1f} | {signed(week['skill']['brier'])} | "
            f"{signed(month['skill']['brier'])} |"
        )


def failures(found: dict[str, Any]) -> Iterator[str]:
    """Known failures, as the record shows them."""
    brier = found["strongest"]["brier"]
    even = [lead for lead, row in brier.items() if row["interval_90"][0] <= 0]
    if even:
        yield (
            f"- **A regression of numbers is about as good.** At {', '.join(even)} days ahead the interval of our "
            "skill includes zero."
        )
    fell, held = (found["strata"][name]["30"] for name in ("fell", "held"))
    if fell["expected"] < fell["came"]:
        yield (
            f"- **Collapses come faster than it says.** Where the state fell, {fell['expected']:.1f} changes were "
            f"foreseen for 30 days on average, and {fell['came']:.1f} came."
        )
    if held["expected"] > held["came"]:
        yield (
            f"- **It expects too much where the state holds**: {held['expected']:.1f} foreseen for 30 days, "
            f"{held['came']:.1f} came. It does not know which kind of war it is in."
        )
    high = [row for row in found["reliability"]["14"] if row[0] >= HIGH]
    if high:
        said, came = means(high)
        yield (
            f"- **High chances are too high.** Of chances above {percent(HIGH)} within 14 days, {percent(said)} was "
            f"said on average and {percent(came)} came ({sum(row[2] for row in high)} of them)."
        )
    capital = found["capital_30"]
    yield (
        f"- **Capitals.** Those that changed hands within 30 days had been given {percent(capital['fell']['mean_p'])} "
        f"on average, the others {percent(capital['held']['mean_p'])}. It seldom sees the end coming."
    )
    bursts = found["after_bursts"]
    if bursts:
        yield (
            f"- **After bursts** ({bursts['rule']}) {bursts['foreseen']:.0f} changes were foreseen for the week, "
            f"and {bursts['came']:.0f} came. That a burst stops it does not see."
        )


def misses(found: dict[str, Any]) -> Iterator[str]:
    """Weeks with the largest difference between what was foreseen and what came, one for each war."""
    worst = {}
    for case, war in found["past"]["cases"].items():
        for days, foreseen, came, *_ in war["rows"]:
            if foreseen is not None:
                init = date.fromisoformat(war["first"]) + timedelta(days=days)
                entry = (abs(foreseen - came), case, init, foreseen, came)
                worst[case] = max(worst.get(case, entry), entry)
    yield "| war | from the evening of | foreseen within 7 days | came |"
    yield "|---|---|---|---|"
    for _, case, init, foreseen, came in sorted(worst.values(), reverse=True)[:MISSES]:
        yield f"| {open_case(case).title} | {day(str(init), year=True)} | {foreseen:.1f} | {came:.0f} |"


def wars(found: dict[str, Any]) -> Iterator[str]:
    """The wars that were scored, by how far they went."""
    kinds, role = strata(), roles()
    yield "| the state | learned from | kept for validation |"
    yield "|---|---|---|"
    for kind, word in KINDS.items():
        names = [
            ", ".join(name for name in found["cases"] if kinds[name] == kind and role[name] == part)
            for part in ("learn", "validate")
        ]
        yield f"| {word} | {names[0]} | {names[1]} |"
