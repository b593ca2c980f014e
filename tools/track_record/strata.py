"""Wars that fell, partly fell or were held, told apart; quiet fronts, order of places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from track_record.tables import SCORES, num, table


def by_stratum(found: dict[str, Any], leads: list[str]) -> Iterator[str]:
    """Expected and come, coverage, skill against the strongest reference of all wars, by stratum."""
    rows = []
    for name, entry in found["strata"].items():
        for d in leads:
            if not (row := entry["leads"].get(d)):
                continue
            skills = [
                f"{num(row['skill'][s]['skill'])} ({row['skill'][s]['against']})"
                if s in row["skill"]
                else "–"
                for s in ("brier", "count_crps", "log")
            ]
            rows.append([
                name, str(entry["cases"]), d, num(row["expected"]), num(row["came"]),
                num(row["expected"] / row["came"]) if row["came"] else "–",
                f"{num(row['inside_90'])} ({num(row['meant_90'])})", *skills,
            ])  # fmt: skip
    yield from table(
        ["how far", "wars", "days", "changes expected", "came", "ratio", "number within 90 % (meant)",
         *(f"skill, {SCORES[s]}" for s in ("brier", "count_crps", "log"))], rows,
    )  # fmt: skip


def states_of_war(found: dict[str, Any]) -> Iterator[str]:
    """Quiet fronts and the order of places."""
    if quiet := found["quiet"]:
        yield (
            f"After six weeks without a change of hands, in weeks in which none came ({quiet['inits']} dates of "
            f"{quiet['cases']} wars), {num(quiet['said'])} changes a week were foreseen."
        )
        yield ""
    rows = [[d, str(r["inits"]), num(r["auc"], 3)] for d, r in found["order"].items()]
    yield "Of two places of one side, one lost and one not: how often the lost one had been given more (no skill: .5)."
    yield ""
    yield from table(["days", "dates", "right order"], rows)
