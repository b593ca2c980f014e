"""The track record in short, to stand beside every forecast. Light: it reads one small file.

`record.json` is written by ``python scripts/make_track_record.py``, together with docs/track-record.md.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from headlong.text import percent

SCORES = ("brier", "count_crps")
PAGE = "docs/track-record.md"


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
        "after_bursts": {
            "rule": found["bursts"]["7"]["rule"],
            **{
                word: round(sum(row[word] for row in found["bursts"]["7"]["by_case"].values()), 1)
                for word in ("foreseen", "came")
            },
        },
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
    }  # fmt: skip


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


def record() -> dict[str, Any] | None:
    """The shipped track record in short; None where there is none."""
    path = files("headlong.verify.results") / "record.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else None


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
