"""Kept forecasts against what happened, as far as the case's history says it; the scores are those of `verify`.

Lower is better. Beside each stands the score of saying that nothing changes hands. Places of which nobody knows the
day well enough are left out, and then the number of changes is not scored, since it holds them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from headlong.archive.daily import Daily
from headlong.archive.shapes import ArchiveScores, KeptScore, ScoreMean
from headlong.case import Case
from headlong.errors import BadRequest
from headlong.verify.scores.predictive import of_chances
from headlong.verify.scores.scores import brier, count_crps, log_score, observed_count
from headlong.verify.scores.truth import History, Truth, read_history, truth_after


def score(dailies: Sequence[Daily], case: Case) -> ArchiveScores:
    """Scores by init and lead, their means by lead, and what could not be scored.

    Parameters
    ----------
    dailies : sequence of Daily
        Kept forecasts.
    case : Case
        With a history.

    Raises
    ------
    BadRequest
        The case has no history.
    """
    if not case.history:
        raise BadRequest(
            f"{case.id} has no history yet: fill in history.csv with what changed hands, then score again."
        )
    history = read_history(case)
    rows: list[KeptScore] = []
    notes: list[str] = []
    for daily in dailies:
        found, said = rows_of(daily, history)
        rows += found
        notes += said
    leads = sorted({row["lead"] for row in rows})
    return {
        "schema": "headlong-archive-score/1",
        "case": case.id,
        "known_to": str(case.end),
        "rows": rows,
        "means": [mean_of([row for row in rows if row["lead"] == lead], lead) for lead in leads],
        "notes": notes,
    }


def rows_of(daily: Daily, history: History) -> tuple[list[KeptScore], list[str]]:
    """Scores of one kept forecast at all its windows, and what could not be scored."""
    day = (daily.init - history.case.start).days
    if not 0 <= day < history.days:
        return [], [f"{daily.init}: history is known to {history.case.end} only; not scored yet."]
    truth = truth_after(history, day, int(daily.data.attrs["days"]))
    names = [history.where.ids[i] for i in truth.scored]
    kept = [k for k, name in enumerate(names) if name in daily.places]
    where = [daily.places[names[k]] for k in kept]
    leads = [int(w) for w in daily.data["window"].values]
    rows = [row_of(daily, truth, (kept, where), lead) for lead in leads if lead <= truth.known and kept]
    notes = [
        f"{daily.init}: left out, the day of the change not being known: {', '.join(truth.undated)}."
        for _ in range(bool(truth.undated))
    ]
    later = [lead for lead in leads if lead > truth.known]
    if later:
        notes.append(f"{daily.init}: within {', '.join(map(str, later))} days is not known yet.")
    return rows, notes


def row_of(daily: Daily, truth: Truth, matched: tuple[list[int], list[int]], lead: int) -> KeptScore:
    """Scores of one kept forecast at one lead; `matched` are rows of the truth and of the forecast."""
    kept, where = matched
    p = daily.data["p_change"].values[where, lead]
    came = truth.fell[lead][kept]
    row: KeptScore = {
        "init": str(daily.init),
        "lead": lead,
        "places": len(kept),
        "came": float(came.sum()),
        "foreseen": float(p.sum()),
        "brier": float(brier(p, came).mean()),
        "brier_nothing": float(brier(0.0, came).mean()),
        "log": float(log_score(p, came).mean()),
        "count_crps": None,
        "count_crps_nothing": None,
    }
    if not truth.undated and len(kept) == truth.scored.size:
        number = daily.data["p_number"].sel(window=lead).values
        row["count_crps"] = count_crps(*same_length(number, observed_count(truth)[lead]))
        nothing = of_chances(np.zeros((1, 1))).number[0]
        row["count_crps_nothing"] = count_crps(*same_length(nothing, observed_count(truth)[lead]))
    return row


def same_length(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two laws of a number, filled up to the same length."""
    size = max(one.size, other.size)
    return np.pad(one, (0, size - one.size)), np.pad(other, (0, size - other.size))


def mean_of(rows: Sequence[KeptScore], lead: int) -> ScoreMean:
    """Means over inits at one lead."""
    numbers = [r for r in rows if r["count_crps"] is not None]
    return {
        "lead": lead,
        "inits": len(rows),
        "came": sum(r["came"] for r in rows),
        "foreseen": sum(r["foreseen"] for r in rows),
        "brier": mean([r["brier"] for r in rows]),
        "brier_nothing": mean([r["brier_nothing"] for r in rows]),
        "log": mean([r["log"] for r in rows]),
        "count_crps": mean([r["count_crps"] or 0.0 for r in numbers]) if numbers else None,
        "count_crps_nothing": mean([r["count_crps_nothing"] or 0.0 for r in numbers]) if numbers else None,
    }


def mean(values: Sequence[float]) -> float:
    """Mean."""
    return float(np.mean(values))
