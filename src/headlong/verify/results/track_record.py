"""The track record in short, to stand beside every forecast. Light: it reads one small file.

`record.json` is written by ``python scripts/make_track_record.py``, together with docs/track-record.md.
"""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from typing import Any

from headlong.text import percent

SCORES = ("brier", "count_crps")
PAGE = "docs/track-record.md"
PAST_LEADS = (7, 30)
"""Days ahead at which every past date is listed."""
OURS = "headlong"


def brief(result: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a verification.

    Parameters
    ----------
    result : dict
        From `headlong.verify.hindcasts.hindcast.verify`, over all bundled cases.
    """
    found = result["sets"]["weekly"]
    return {
        "version": result["version"],
        "rule": result["rule"],
        "cases": [case["id"] for case in result["cases"]],
        "dates": found["inits"],
        "strongest": {
            score: {lead: strongest(entries[score]) for lead, entries in found["skill"].items() if score in entries}
            for score in SCORES
        },
        "reliability": {
            lead: [[row["from"], row["to"], row["n"], round(row["said"], 4), round(row["came"], 4)] for row in rows]
            for lead, rows in found["reliability"].items()
        },
        "after_bursts": after_bursts(found["bursts"].get("7")),
        "capital_30": {
            word: {
                "mean_p": round(row["mean_p"]["headlong"], 3),
                "dates": row["inits"],
                "cases": len(row["cases"]),
            }
            for word, row in found["capital"]["30"].items()
            if row["inits"]
        },
        "count_90_inside": {lead: round(row["inside_90"], 3) for lead, row in found["counts"].items()},
        "counts": {lead: coverage(row) for lead, row in found["counts"].items()},
        "strata": {name: stratum(row) for name, row in found.get("strata", {}).items()},
        "ablations": ablations(found["skill"]),
        "past": past_dates(result),
    }  # fmt: skip


def after_bursts(entry: dict[str, Any] | None) -> dict[str, Any] | None:
    """Changes foreseen and come in the week after bursts; None where there was none."""
    if entry is None:
        return None
    sums = {word: sum(row[word] for row in entry["by_case"].values()) for word in ("foreseen", "came")}
    return {"rule": entry["rule"], **{word: round(x, 1) for word, x in sums.items()}}


def coverage(row: dict[str, Any]) -> dict[str, Any]:
    """How often the number lay within its intervals, and its ranks in tenths."""
    names = ("inside_50", "inside_90", "meant_50", "meant_90")
    return {
        "dates": row["inits"],
        **{name: round(row[name], 3) for name in names},
        "pit": [round(x, 4) for x in row["pit"]],
    }


def stratum(entry: dict[str, Any]) -> dict[str, Any]:
    """Wars of one kind: how many, and by lead what was expected, what came, coverage and skill."""
    found: dict[str, Any] = {"cases": entry["cases"], "dates": entry["inits"]}
    for lead, row in entry.items():
        if isinstance(row, dict):
            found[lead] = {
                word: round(row[word], 3) for word in ("expected", "came", "inside_90", "meant_90")
            }
            found[lead]["skill"] = {
                score: round(skill["skill"], 3) for score, skill in row["skill"].items() if score in SCORES
            }
    return found


def ablations(skill: dict[str, Any]) -> dict[str, Any]:
    """Skill of the whole over the model without each of its terms, on who changes hands; empty if not asked for."""
    found: dict[str, Any] = {}
    for lead, entries in skill.items():
        for name, row in entries.get("brier", {}).get("ablations", {}).items():
            found.setdefault(name, {})[lead] = {
                "skill": round(row["skill"], 3),
                "interval_90": [round(x, 3) for x in row["skill_90"] or ()],
                "won": row["won"],
                "cases": row["cases"],
            }
    return found


def past_dates(result: dict[str, Any]) -> dict[str, Any]:
    """Every date of the fixed calendar, by case: changes foreseen and come, and what was said of the capital.

    Parameters
    ----------
    result : dict
        From `headlong.verify.hindcast.verify`.

    Returns
    -------
    dict
        For each case its first day and rows of: days since it; foreseen and come by the first of `PAST_LEADS`, then
        by the second; chance (in percent) that the capital changes hands by the second, and whether it did (1, 0). None
        where that is not known.
    """
    capital = {(row["case"], row["init"]): row for row in result["capitals"] if "weekly" in row["sets"]}
    by_date: dict[tuple[str, str], dict[int, Any]] = {}
    for row in result["rows"]:
        if "weekly" in row["sets"] and row["lead"] in PAST_LEADS:
            by_date.setdefault((row["case"], row["init"]), {})[row["lead"]] = row
    found: dict[str, Any] = {}
    for (case, init), leads in by_date.items():
        kept = found.setdefault(case, {"first": init, "rows": []})
        days = (date.fromisoformat(init) - date.fromisoformat(kept["first"])).days
        kept["rows"].append([days, *numbers(leads), *capital_of(capital.get((case, init)))])
    return {"leads": list(PAST_LEADS), "cases": found}


def numbers(leads: dict[int, Any]) -> list[float | None]:
    """Changes foreseen and come by each of `PAST_LEADS`; None beyond what is known."""
    found: list[float | None] = []
    for lead in PAST_LEADS:
        row = leads.get(lead)
        found += [None, None] if row is None else [round(row["expected"][OURS], 1), round(row["observed"], 1)]
    return found


def capital_of(row: dict[str, Any] | None) -> list[int | None]:
    """Chance of the capital in percent, and whether it changed hands; None where it is not known."""
    if row is None:
        return [None, None]
    lead, fell, said = str(PAST_LEADS[1]), by_lead(row["fell"]), by_lead(row["p"][OURS])
    if lead not in said:
        return [None, None]
    return [round(100 * said[lead]), None if fell[lead] is None else int(fell[lead] >= 0.5)]


def by_lead(found: dict[Any, Any]) -> dict[str, Any]:
    """The same by lead as text, as JSON has it."""
    return {str(lead): value for lead, value in found.items()}


def as_text(found: dict[str, Any]) -> str:
    """The record as JSON, an entry a line, and of the past dates a war a line."""
    rows = []
    for name, entry in found.items():
        if name == "past":
            wars = [f"{json.dumps(case)}: {json.dumps(war)}" for case, war in entry["cases"].items()]
            text = f'{{"leads": {json.dumps(entry["leads"])}, "cases": {{\n' + ",\n".join(wars) + "\n}}"
        else:
            text = json.dumps(entry)
        rows.append(f"{json.dumps(name)}: {text}")
    return "{\n" + ",\n".join(rows) + "\n}\n"


def strongest(entry: dict[str, Any]) -> dict[str, Any]:
    """The strongest reference on one score and lead, and our skill against it."""
    best = entry["against"][entry["strongest"]]
    return {
        "reference": entry["strongest"],
        "ours": round(entry["ours"], 4),
        "theirs": round(best["score"], 4),
        "skill": round(best["skill"], 3),
        "interval_90": [round(x, 3) for x in best["skill_90"] or ()],
        "won": best["won"],
        "cases": best["cases"],
    }


def record(whole: bool = False) -> dict[str, Any] | None:
    """The shipped track record in short; None where there is none.

    Parameters
    ----------
    whole : bool
        With the list of all past dates, too.
    """
    path = files("headlong.verify.results") / "record.json"
    if not path.is_file():
        return None
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found if whole else {name: entry for name, entry in found.items() if name != "past"}


def sentences(found: dict[str, Any]) -> list[str]:
    """The track record in sentences, failures first among equals.

    Parameters
    ----------
    found : dict
        From `record`.
    """
    brier = found["strongest"]["brier"]
    skills = ", ".join(f"{signed(row['skill'])} at {lead}" for lead, row in brier.items())
    bursts, capital = found["after_bursts"], found["capital_30"]
    lines = [
        f"{found['dates']} hindcasts of {len(found['cases'])} past wars, calibrated without each: Brier score of "
        f"who changes hands, against the strongest simple forecast (above 0 is better): {skills} days."
    ]
    often = [row for row in found["reliability"].get("30", ()) if row[0] >= 0.1]
    if often:
        n = sum(row[2] for row in often)
        said, came = (sum(row[2] * row[k] for row in often) / n for k in (3, 4))
        lines.append(
            f"Chances of 10 % or more within 30 days: {percent(said)} was said on average, {percent(came)} came."
        )
    if bursts:
        lines.append(
            f"After bursts ({bursts['rule']}) {bursts['foreseen']:.0f} changes were foreseen for 7 days, "
            f"{bursts['came']:.0f} came."
        )
    if "fell" in capital and "held" in capital:
        lines.append(
            f"Capitals that changed hands within 30 days had been given {percent(capital['fell']['mean_p'])}, "
            f"those that did not {percent(capital['held']['mean_p'])}. More in {PAGE}."
        )
    return lines


def signed(x: float) -> str:
    """A skill with its sign, two digits."""
    return f"{x:+.2f}".replace("-", "−")
