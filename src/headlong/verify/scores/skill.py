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

from headlong.verify.scores.scorecard import MARK, OURS, SCORES, Card

Table = dict[str, dict[str, float]]
"""Mean score by case and forecaster."""

Strata = Mapping[str, str]
"""Stratum by case."""

NO_STRATA: Strata = MappingProxyType({})
"""All cases make one group."""


def case_means(cards: Iterable[Card], score: str, lead: int | None) -> Table:
    """Mean score of each forecaster in each case; `lead` None for scores of the whole horizon."""
    found: dict[str, list[dict[str, float]]] = {}
    for card in cards:
        entry = card["horizon"] if lead is None else card["leads"].get(lead)
        if entry and entry[score]:
            found.setdefault(card["case"], []).append(entry[score])
    return {c: {n: float(np.mean([r[n] for r in rows])) for n in rows[0]} for c, rows in found.items()}


def even(values: Mapping[str, Any], stratum_of: Strata = NO_STRATA) -> NDArray[np.float64]:
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
        [statistic(even({c: v for c, v in values.items() if c != out}, stratum_of)) for out in values]
    )
    return float(np.sqrt((n - 1) / n * np.sum((left - left.mean()) ** 2)))


def ratio_skill(pooled: NDArray) -> float:
    """One less the ratio of pooled scores (ours, theirs). 0 where both are 0."""
    ours, theirs = pooled
    return 0.0 if theirs == 0.0 else float(1.0 - ours / theirs)


def mean_gain(pooled: NDArray) -> float:
    """Theirs less ours: above 0 where we are better."""
    return float(pooled[1] - pooled[0])


def against(table: Table, name: str, stratum_of: Strata = NO_STRATA) -> dict[str, Any]:
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
    pooled = even(pairs, stratum_of)
    skill, gain = ratio_skill(pooled), mean_gain(pooled)
    return {
        "score": float(pooled[1]),
        "skill": skill,
        **_interval("skill", skill, jackknife(pairs, ratio_skill, stratum_of), len(pairs)),
        "gain": gain,
        **_interval("gain", gain, jackknife(pairs, mean_gain, stratum_of), len(pairs)),
        "won": sum(bool(v[0] < v[1]) for v in pairs.values()),
        "cases": len(pairs),
        "skill_without": {
            case: ratio_skill(even({c: v for c, v in pairs.items() if c != case}, stratum_of))
            for case in pairs
            if len(pairs) > 1
        },
        "skill_by_case": {case: ratio_skill(v) for case, v in pairs.items()},
    }


def _interval(name: str, value: float, error: float | None, cases: int) -> dict[str, Any]:
    """Standard error and 90 % interval."""
    if error is None:
        return {f"{name}_se": None, f"{name}_90": None}
    from scipy.stats import t

    reach = float(t.ppf(0.95, cases - 1)) * error
    return {f"{name}_se": error, f"{name}_90": [value - reach, value + reach]}


def pool(cards: Sequence[Card], leads: Sequence[int], stratum_of: Strata = NO_STRATA) -> dict[str, Any]:
    """Pooled skill: by lead and score, then by reference; `strongest` names the best of them."""
    found: dict[str, Any] = {}
    wanted: list[tuple[str, str, int | None]] = [(str(d), s, d) for d in leads for s in SCORES]
    wanted += [("horizon", s, None) for s in ("date_crps", "order")]
    for key, score, lead in wanted:
        table = case_means(cards, score, lead)
        if not table:
            continue
        names = [n for n in next(iter(table.values())) if n != OURS]
        entry = {n: against(table, n, stratum_of) for n in names if not n.startswith(MARK)}
        found.setdefault(key, {})[score] = {
            "ours": float(even({case: row[OURS] for case, row in table.items()}, stratum_of)),
            "by_case": {case: row[OURS] for case, row in table.items()},
            "strongest": min(entry, key=lambda n: entry[n]["score"]) if entry else None,
            "against": entry,
            "ablations": {n: against(table, n, stratum_of) for n in names if n.startswith(MARK)},
        }
    return found


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
