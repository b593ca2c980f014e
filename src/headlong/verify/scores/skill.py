"""Skill: our scores against each reference's, with wars as the unit.

A war's score is the mean over its inits. The pooled score is the mean over the three strata (wars that went all
the way, part of it, or were held) of the mean over their wars, so that neither collapses nor stops decide
alone; wars without a stratum make one group. Skill is one less the ratio of the two pooled scores, and stands
beside the difference, since ratios mean little where almost nothing happens. Standard errors are by jackknife over
wars, intervals by Student's t.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headlong.verify.scores.scorecard import HORIZON_SCORES, MARK, OURS, SCORES
from headlong.verify.scores.shapes import Against, ByName, Card, HorizonScore, Score, ScoreSkill, Skill

ScoreTable = dict[str, dict[str, float]]
"""Mean score by case and forecaster."""

Strata = Mapping[str, str]
"""Stratum by case."""

NO_STRATA: Strata = MappingProxyType({})
"""All cases make one group."""


def case_means(cards: Iterable[Card], score: Score, lead: int) -> ScoreTable:
    """Mean score of each forecaster in each case at one lead."""
    return _means((card["case"], entry[score]) for card in cards if (entry := card["leads"].get(lead)))


def horizon_means(cards: Iterable[Card], score: HorizonScore) -> ScoreTable:
    """Mean score of each forecaster in each case over the whole horizon."""
    return _means((card["case"], entry[score]) for card in cards if (entry := card["horizon"]))


def _means(scores: Iterable[tuple[str, ByName]]) -> ScoreTable:
    """Mean by case and forecaster; a hindcast without a score is left out."""
    found: dict[str, list[ByName]] = {}
    for case, by_name in scores:
        if by_name:
            found.setdefault(case, []).append(by_name)
    return {c: {n: float(np.mean([r[n] for r in rows])) for n in rows[0]} for c, rows in found.items()}


def mean_of_strata(values: Mapping[str, Any], stratum_of: Strata = NO_STRATA) -> NDArray[np.float64]:
    """Mean over strata of the mean over their cases; values by case are numbers or arrays of one shape."""
    found: dict[str, list[Any]] = {}
    for case, value in values.items():
        found.setdefault(stratum_of.get(case, ""), []).append(value)
    return np.asarray(np.mean([np.mean(rows, axis=0) for rows in found.values()], axis=0))


def jackknife(
    values: Mapping[str, Any], statistic: Callable[[NDArray], float], stratum_of: Strata = NO_STRATA
) -> float | None:
    """Standard error of a statistic of pooled values by leaving each case out; None for fewer than two cases."""
    n = len(values)
    if n < 2:
        return None
    left = np.array(
        [
            statistic(mean_of_strata({c: v for c, v in values.items() if c != out}, stratum_of))
            for out in values
        ]
    )
    return float(np.sqrt((n - 1) / n * np.sum((left - left.mean()) ** 2)))


def ratio_skill(pooled: NDArray) -> float:
    """One less the ratio of pooled scores (ours, theirs). 0 where both are 0."""
    ours, theirs = pooled
    return 0.0 if theirs == 0.0 else float(1.0 - ours / theirs)


def mean_gain(pooled: NDArray) -> float:
    """Theirs less ours: above 0 where we are better."""
    return float(pooled[1] - pooled[0])


def against(table: ScoreTable, name: str, stratum_of: Strata = NO_STRATA) -> Against:
    """Our skill against one reference, pooled over cases.

    Parameters
    ----------
    table : mapping
        From `case_means`.
    name : str
        The reference.
    stratum_of : mapping, optional
        Stratum by case.
    """
    pairs = {case: np.array([row[OURS], row[name]]) for case, row in table.items()}
    pooled = mean_of_strata(pairs, stratum_of)
    skill, gain = ratio_skill(pooled), mean_gain(pooled)
    skill_se, gain_se = (jackknife(pairs, statistic, stratum_of) for statistic in (ratio_skill, mean_gain))
    return {
        "score": float(pooled[1]),
        "skill": skill,
        "skill_se": skill_se,
        "skill_90": _interval(skill, skill_se, len(pairs)),
        "gain": gain,
        "gain_se": gain_se,
        "gain_90": _interval(gain, gain_se, len(pairs)),
        "won": sum(bool(v[0] < v[1]) for v in pairs.values()),
        "cases": len(pairs),
        "skill_without": {
            case: ratio_skill(mean_of_strata({c: v for c, v in pairs.items() if c != case}, stratum_of))
            for case in pairs
            if len(pairs) > 1
        },
        "skill_by_case": {case: ratio_skill(v) for case, v in pairs.items()},
    }


def _interval(value: float, error: float | None, cases: int) -> list[float] | None:
    """90 % interval; None without a standard error."""
    if error is None:
        return None
    from scipy.stats import t

    reach = float(t.ppf(0.95, cases - 1)) * error
    return [value - reach, value + reach]


def pool(cards: Sequence[Card], leads: Sequence[int], stratum_of: Strata = NO_STRATA) -> Skill:
    """Pooled skill: by lead and score, then by reference; `strongest` names the best of them."""
    tables: list[tuple[str, str, ScoreTable]] = [
        (str(d), s, case_means(cards, s, d)) for d in leads for s in SCORES
    ]
    tables += [("horizon", s, horizon_means(cards, s)) for s in HORIZON_SCORES]
    found: Skill = {}
    for key, score, table in tables:
        if table:
            found.setdefault(key, {})[score] = score_skill(table, stratum_of)
    return found


def score_skill(table: ScoreTable, stratum_of: Strata = NO_STRATA) -> ScoreSkill:
    """Skill on one score, against every reference and every ablation of ours."""
    names = [n for n in next(iter(table.values())) if n != OURS]
    entry = {n: against(table, n, stratum_of) for n in names if not n.startswith(MARK)}
    return {
        "ours": float(mean_of_strata({case: row[OURS] for case, row in table.items()}, stratum_of)),
        "by_case": {case: row[OURS] for case, row in table.items()},
        "strongest": min(entry, key=lambda n: entry[n]["score"]) if entry else None,
        "against": entry,
        "ablations": {n: against(table, n, stratum_of) for n in names if n.startswith(MARK)},
    }


def even_mean(cards: Sequence[Card], value: Callable[[Card], Any]) -> tuple[Any, int]:
    """Mean over cases of the mean over their inits of `value`, where it is not None, and how many inits."""
    found: dict[str, list[Any]] = {}
    for card in cards:
        if (x := value(card)) is not None:
            found.setdefault(card["case"], []).append(x)
    if not found:
        return None, 0
    means = [np.mean(v, axis=0) for v in found.values()]
    return np.mean(means, axis=0), sum(map(len, found.values()))
