"""The track record in short, to stand beside every forecast. Light: it reads one small file.

`record.json` is written by ``python scripts/make_track_record.py``, together with docs/track-record.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import TypeVar

from headlong.errors import BadRequest
from headlong.text import FEW_MEMBERS, percent
from headlong.verify.results.record_shapes import (
    AblationBrief,
    BurstsBrief,
    CoverageBrief,
    PastDates,
    StratumBrief,
    StrongestBrief,
    TrackRecord,
    WarDates,
)
from headlong.verify.results.shapes import Bursts, CapitalRow, Coverage, ScoreRow, Verification
from headlong.verify.scores.shapes import ScoreSkill, Skill, Stratum

Value = TypeVar("Value")

SCORES = ("brier", "count_crps")
PAGE = "docs/track-record.md"
PAST_LEADS = (7, 30)
"""Days ahead at which every past date is listed."""
OURS = "headlong"


def brief(result: Verification) -> TrackRecord:
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
        "count_90_inside": {lead: share_of(row["inside_90"]) for lead, row in found["counts"].items()},
        "counts": {lead: coverage_and_ranks(row) for lead, row in found["counts"].items()},
        "strata": {name: stratum(row) for name, row in found.get("strata", {}).items()},
        "ablations": ablations(found["skill"]),
        "past": past_dates(result),
    }  # fmt: skip


def after_bursts(entry: Bursts | None) -> BurstsBrief | None:
    """Changes foreseen and come in the week after bursts; None where there was none."""
    if entry is None:
        return None
    rows = entry["by_case"].values()
    foreseen, came = sum(row["foreseen"] for row in rows), sum(row["came"] for row in rows)
    return {"rule": entry["rule"], "foreseen": round(foreseen, 1), "came": round(came, 1)}


def share_of(known: float | None) -> float:
    """How often an interval held, rounded.

    Raises
    ------
    BadRequest
        There were no intervals.
    """
    if known is None:
        raise BadRequest(f"a track record needs intervals: verify with {FEW_MEMBERS} members or more.")
    return round(known, 3)


def coverage_and_ranks(row: Coverage) -> CoverageBrief:
    """How often the number lay within its intervals, and its ranks in tenths."""
    return {
        "dates": row["inits"],
        "inside_50": share_of(row["inside_50"]),
        "inside_90": share_of(row["inside_90"]),
        "meant_50": share_of(row["meant_50"]),
        "meant_90": share_of(row["meant_90"]),
        "pit": [round(x, 4) for x in row["pit"]],
    }


def stratum(entry: Stratum) -> dict[str, int | StratumBrief]:
    """Wars of one kind: how many, and by lead what was expected, what came, coverage and skill."""
    by_lead: dict[str, StratumBrief] = {
        lead: {
            "expected": round(row["expected"], 3),
            "came": round(row["came"], 3),
            "inside_90": share_of(row["inside_90"]),
            "meant_90": share_of(row["meant_90"]),
            "skill": {
                score: round(skill["skill"], 3) for score, skill in row["skill"].items() if score in SCORES
            },
        }
        for lead, row in entry["leads"].items()
    }
    return {"cases": entry["cases"], "dates": entry["inits"], **by_lead}


def ablations(skill: Skill) -> dict[str, dict[str, AblationBrief]]:
    """Skill of the whole over the model without each of its terms, on who changes hands; empty if not asked for."""
    found: dict[str, dict[str, AblationBrief]] = {}
    for lead, entries in skill.items():
        for name, row in entries["brier"]["ablations"].items() if "brier" in entries else ():
            found.setdefault(name, {})[lead] = {
                "skill": round(row["skill"], 3),
                "interval_90": [round(x, 3) for x in row["skill_90"] or ()],
                "won": row["won"],
                "cases": row["cases"],
            }
    return found


def past_dates(result: Verification) -> PastDates:
    """Every date of the fixed calendar, by case: changes foreseen and come, and what was said of the capital.

    Parameters
    ----------
    result : dict
        From `headlong.verify.hindcasts.hindcast.verify`.

    Returns
    -------
    dict
        For each case its first day and rows of: days since it; foreseen and come by the first of `PAST_LEADS`, then
        by the second; chance (in percent) that the capital changes hands by the second, and whether it did (1, 0). None
        where that is not known.
    """
    capital = {(row["case"], row["init"]): row for row in result["capitals"] if "weekly" in row["sets"]}
    by_date: dict[tuple[str, str], dict[int | str, ScoreRow]] = {}
    for row in result["rows"]:
        if "weekly" in row["sets"] and row["lead"] in PAST_LEADS:
            by_date.setdefault((row["case"], row["init"]), {})[row["lead"]] = row
    found: dict[str, WarDates] = {}
    for (case, init), leads in by_date.items():
        kept = found.setdefault(case, {"first": init, "rows": []})
        days = (date.fromisoformat(init) - date.fromisoformat(kept["first"])).days
        kept["rows"].append([days, *numbers(leads), *capital_score(capital.get((case, init)))])
    return {"leads": list(PAST_LEADS), "cases": found}


def numbers(leads: Mapping[int | str, ScoreRow]) -> list[float | None]:
    """Changes foreseen and come by each of `PAST_LEADS`; None beyond what is known."""
    found: list[float | None] = []
    for lead in PAST_LEADS:
        row = leads.get(lead)
        found += [None, None] if row is None else [round(row["expected"][OURS], 1), round(row["observed"], 1)]
    return found


def capital_score(row: CapitalRow | None) -> list[int | None]:
    """Chance of the capital in percent, and whether it changed hands; None where it is not known."""
    if row is None:
        return [None, None]
    lead, fell, said = str(PAST_LEADS[1]), by_lead(row["fell"]), by_lead(row["p"][OURS])
    if lead not in said:
        return [None, None]
    came = fell[lead]
    return [round(100 * said[lead]), None if came is None else int(came >= 0.5)]


def by_lead(found: Mapping[int, Value]) -> dict[str, Value]:
    """The same by lead as text, as JSON has it."""
    return {str(lead): value for lead, value in found.items()}


def as_text(found: TrackRecord) -> str:
    """The record as JSON, an entry a line, and of the past dates a war a line."""
    rows = [f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in found.items() if name != "past"]
    if past := found.get("past"):
        wars = [f"{json.dumps(case)}: {json.dumps(war)}" for case, war in past["cases"].items()]
        text = f'{{"leads": {json.dumps(past["leads"])}, "cases": {{\n' + ",\n".join(wars) + "\n}}"
        rows.append(f'"past": {text}')
    return "{\n" + ",\n".join(rows) + "\n}\n"


def strongest(entry: ScoreSkill) -> StrongestBrief:
    """The strongest reference on one score and lead, and our skill against it."""
    name = entry["strongest"] or ""
    best = entry["against"][name]
    return {
        "reference": name,
        "ours": round(entry["ours"], 4),
        "theirs": round(best["score"], 4),
        "skill": round(best["skill"], 3),
        "interval_90": [round(x, 3) for x in best["skill_90"] or ()],
        "won": best["won"],
        "cases": best["cases"],
    }


def record(whole: bool = False) -> TrackRecord | None:
    """The shipped track record in short; None where there is none.

    Parameters
    ----------
    whole : bool
        With the list of all past dates, too.
    """
    path = files("headlong.verify.results") / "record.json"
    if not path.is_file():
        return None
    found: TrackRecord = json.loads(path.read_text("utf-8"))
    if not whole:
        found.pop("past", None)
    return found


def sentences(found: TrackRecord) -> list[str]:
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
