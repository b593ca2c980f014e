"""How the forecast fares in wars that went all the way, part of it, or were held: told apart, never averaged away.

Also where forecasts of this kind go wrong: a front that has been quiet for weeks, and the order of places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from headlong.verify.scores.scorecard import LONG_QUIET, OURS, SCORES
from headlong.verify.scores.shapes import Card, Order, Quiet, ScoreSkill, Skill, Stratum, StratumLead
from headlong.verify.scores.skill import case_means, even_mean, ratio_skill

__all__ = ["by_stratum", "order_rows", "quiet_rows"]


def by_stratum(
    cards: Sequence[Card], leads: Sequence[int], skill: Skill, stratum_of: Mapping[str, str]
) -> dict[str, Stratum]:
    """By stratum and lead: changes expected and come, coverage of the number, skill.

    Parameters
    ----------
    cards : sequence of Card
        Of all cases.
    leads : sequence of int
        Days ahead.
    skill : mapping
        From `headlong.verify.scores.skill.pool`: the strongest reference of all cases together serves every stratum.
    stratum_of : mapping
        Stratum by case; cases without one are left out.
    """
    found: dict[str, Stratum] = {}
    for name in dict.fromkeys(stratum_of.values()):
        ours = [c for c in cards if stratum_of.get(c["case"]) == name]
        if name and ours:
            found[name] = {
                "cases": len({c["case"] for c in ours}),
                "inits": len(ours),
                "leads": {str(d): row for d in leads if (row := stratum_row(ours, d, skill.get(str(d), {})))},
            }
    return found


def stratum_row(cards: Sequence[Card], lead: int, skill: Mapping[str, ScoreSkill]) -> StratumLead | None:
    """One stratum at one lead; its wars count the same."""
    known = [c for c in cards if lead in c["leads"]]
    if not known:
        return None
    expected, _ = even_mean(known, lambda c: c["leads"][lead]["expected"][OURS])
    came, _ = even_mean(known, lambda c: c["leads"][lead]["observed"])
    inside, _ = even_mean(known, lambda c: c["leads"][lead]["inside"])
    row: StratumLead = {
        "expected": float(expected),
        "came": float(came),
        "inside_90": float(inside[1]),
        "meant_90": float(inside[3]),
        "skill": {},
    }
    for score in SCORES:
        if score not in skill or (best := skill[score]["strongest"]) is None:
            continue
        table = case_means(known, score, lead)
        pairs = np.mean([[scores[OURS], scores[best]] for scores in table.values()], axis=0)
        row["skill"][score] = {"against": best, "skill": ratio_skill(pairs)}
    return row


def quiet_rows(cards: Sequence[Card]) -> Quiet | None:
    """What was foreseen for a week in which nothing came, after weeks of quiet."""
    found = [
        c for c in cards if c["quiet"] >= LONG_QUIET and 7 in c["leads"] and c["leads"][7]["observed"] < 0.05
    ]
    if not found:
        return None
    said = [c["leads"][7]["expected"][OURS] for c in found]
    return {"inits": len(found), "cases": len({c["case"] for c in found}), "said": float(np.mean(said))}


def order_rows(cards: Sequence[Card], leads: Sequence[int]) -> dict[str, Order]:
    """Mean over cases of the chance that a place that was lost had been given more than one that was not."""
    found: dict[str, Order] = {}
    for lead in leads:
        mean, n = even_mean(cards, lambda c, d=lead: c["leads"][d]["ranked"] if d in c["leads"] else None)  # type: ignore[misc]
        if n:
            found[str(lead)] = {"inits": n, "auc": float(mean)}
    return found
