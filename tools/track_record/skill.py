"""Skill against references and without terms, and where a reference wins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from track_record.tables import LEFT, SCORES, num, table


def skill_cell(entry: dict[str, Any], name: str) -> str:
    """Skill ± error, [without Afghanistan], cases won; the strongest reference in bold."""
    a = entry["against"][name]
    text = f"{num(a['skill'])}±{num(a['skill_se'])} [{num(a['skill_without'].get(LEFT))}] {a['won']}/{a['cases']}"
    return f"**{text}**" if name == entry["strongest"] else text


def skill_table(skill: dict[str, Any], score: str, leads: list[str]) -> Iterator[str]:
    """References by leads."""
    leads = [d for d in leads if score in skill.get(d, {})]
    names = skill[leads[0]][score]["against"]
    rows = [[name, *(skill_cell(skill[d][score], name) for d in leads)] for name in names]
    yield from table([f"{SCORES[score]}, skill against", *(f"{d} days" for d in leads)], rows)


def gain_rows(skill: dict[str, Any], leads: list[str]) -> Iterator[str]:
    """Against the strongest reference: scores themselves, their difference and its interval."""
    rows = []
    for d in [*leads, "horizon"]:
        for score, entry in skill.get(d, {}).items():
            best = entry["against"][entry["strongest"]]
            low, high = best["gain_90"] or (None, None)
            rows.append([
                SCORES[score], "–" if d == "horizon" else d, num(entry["ours"], 4), entry["strongest"],
                num(best["score"], 4), f"{num(best['gain'], 4)} [{num(low, 4)}, {num(high, 4)}]",
                f"{best['won']}/{best['cases']}",
            ])  # fmt: skip
    yield from table(
        ["score", "days", "ours", "strongest reference", "its score", "gain [90 %]", "cases won"], rows
    )


def beaten(skill: dict[str, Any], leads: list[str]) -> Iterator[str]:
    """Where a reference wins, said plainly."""
    for d in [*leads, "horizon"]:
        for score, entry in skill.get(d, {}).items():
            names = [
                f"{n} ({num(a['skill'])})" for n, a in entry["against"].items() if a["score"] < entry["ours"]
            ]
            if names:
                when = "" if d == "horizon" else f" at {d} days"
                yield f"- {SCORES[score]}{when}: {', '.join(names)}"


def by_case(skill: dict[str, Any], leads: list[str], score: str) -> Iterator[str]:
    """Our score and that of the strongest reference, case by case."""
    leads = [d for d in leads if score in skill.get(d, {})]
    cases = sorted({c for d in leads for c in skill[d][score]["by_case"]})
    rows = []
    for case in cases:
        row = [case]
        for d in leads:
            entry = skill[d][score]
            ours = entry["by_case"].get(case)
            found = entry["against"][entry["strongest"]]["skill_by_case"].get(case)
            row.append("–" if ours is None else f"{num(ours, 4)} ({num(found)})")
        rows.append(row)
    yield from table([f"{SCORES[score]} (skill against the strongest)", *(f"{d} days" for d in leads)], rows)


def ablations(skill: dict[str, Any], leads: list[str]) -> Iterator[str]:
    """What a forecast loses without each of its terms; nothing if that was not asked for."""
    for score in ("brier", "count_crps"):
        shown = [d for d in leads if skill.get(d, {}).get(score, {}).get("ablations")]
        if not shown:
            return
        names = skill[shown[0]][score]["ablations"]
        rows = []
        for name in names:
            cells = [skill[d][score]["ablations"][name] for d in shown]
            rows.append(
                [name, *(f"{num(a['skill'])}±{num(a['skill_se'])} {a['won']}/{a['cases']}" for a in cells)]
            )
        yield from table(
            [f"{SCORES[score]}: skill of the whole against it", *(f"{d} days" for d in shown)], rows
        )
