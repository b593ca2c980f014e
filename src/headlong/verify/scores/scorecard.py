"""The score card of one init: every forecaster's scores, and what our own forecast said."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headlong.verify.scores.predictive import Prediction
from headlong.verify.scores.scores import (
    brier,
    count_crps,
    coverage,
    date_crps,
    log_score,
    observed_count,
    order_score,
    ranked,
    reliability_table,
)
from headlong.verify.scores.shapes import CapitalScores, Card, HorizonScore, LeadScores, Score
from headlong.verify.scores.truth import History, Truth, capital_of

OURS = "headlong"

MARK = "without "
"""How the name of an ablation of ours begins (`headlong.verify.hindcasts.ablations`)."""

SCORES: tuple[Score, ...] = ("brier", "log", "count_crps")
"""Scores at each lead."""

HORIZON_SCORES: tuple[HorizonScore, ...] = ("date_crps", "order")
"""Scores of the whole horizon."""

BURST_DAYS, BURST = 3, 3
"""A burst: so many days with so many changes or more."""

LONG_QUIET = 42
"""Days without any change of hands that make a front long quiet."""


def make_card(
    history: History, truth: Truth, day: int, leads: tuple[int, ...], predictions: dict[str, Prediction]
) -> Card:
    """Score card of one init.

    Parameters
    ----------
    history, truth : History, Truth
        What happened.
    day : int
        Init, as a day of the case.
    leads : tuple of int
        Days ahead; those beyond what is known are left out.
    predictions : mapping of str to Prediction
        By forecaster; ours is `OURS`.
    """
    seen, horizon = observed_count(truth), truth.fell.shape[0] - 1
    known = [lead for lead in leads if lead <= truth.known]
    card: Card = {
        "case": history.case.id,
        "day": day,
        "n": int(truth.scored.size),
        "undated": list(truth.undated),
        "quiet": quiet_days(history, day),
        "changes_before": sum(day - BURST_DAYS < c.day <= day for c in history.changes),
        "leads": {lead: lead_scores(truth, seen, lead, predictions) for lead in known},
        "horizon": None,
        "capital": capital_entry(history, truth, leads, predictions),
    }
    if horizon <= truth.known:
        pairs = order_score(predictions[OURS], truth)[1]
        card["horizon"] = {
            "date_crps": {n: float(date_crps(p.chance, truth.fell).mean()) for n, p in predictions.items()},
            "pairs": pairs,
            "order": {n: order_score(p, truth)[0] for n, p in predictions.items()} if pairs else {},
        }
    return card


def lead_scores(
    truth: Truth, seen: NDArray[np.float64], lead: int, predictions: dict[str, Prediction]
) -> LeadScores:
    """Scores at one lead, and how our count and chances fared."""
    fell, ours = truth.fell[lead], predictions[OURS]
    inside = coverage(ours.number[lead], seen[lead])
    return {
        "observed": float(fell.sum()),
        "expected": {n: float(p.chance[lead].sum()) for n, p in predictions.items()},
        "brier": {n: float(brier(p.chance[lead], fell).mean()) for n, p in predictions.items()},
        "log": {n: float(log_score(p.chance[lead], fell).mean()) for n, p in predictions.items()},
        "count_crps": {n: count_crps(p.number[lead], seen[lead]) for n, p in predictions.items()},
        "inside": [inside.inside_50, inside.inside_90, inside.meant_50, inside.meant_90],
        "pit": inside.pit.tolist(),
        "reliability": reliability_table(ours.chance[lead], fell).tolist(),
        "ranked": ranked(ours.chance[lead], fell, truth.holder),
    }


def quiet_days(history: History, day: int) -> int:
    """Days since any place changed hands, or since the case began."""
    return day - max((c.day for c in history.changes if c.day <= day), default=0)


def capital_entry(
    history: History, truth: Truth, leads: tuple[int, ...], predictions: dict[str, Prediction]
) -> CapitalScores | None:
    """What was said of the capital, and what came of it; None where it is not among the places scored.

    Beyond the last day of the case its fate is known only if it had changed hands by then.
    """
    k = capital_of(history, truth)
    if k is None:
        return None
    fell = truth.fell[:, k]
    gone = fell[min(truth.known, fell.size - 1)] == 1.0
    return {
        "place": history.where.ids[int(truth.scored[k])],
        "fell": {d: float(fell[d]) if d <= truth.known or gone else None for d in leads},
        "fell_by_day": fell.tolist(),
        "p": {n: {d: float(p.chance[d, k]) for d in leads} for n, p in predictions.items()},
        "by_day": [round(float(x), 4) for x in predictions[OURS].chance[:, k]],
        "date_crps": {n: float(np.sum(brier(p.chance[1:, k], fell[1:]))) for n, p in predictions.items()}
        if gone or truth.known >= fell.size - 1
        else None,
    }
