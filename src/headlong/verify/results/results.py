"""The result of a verification as plain numbers: for machines, for the terminal and for the track record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from headlong.case import Case
from headlong.case.sample import strata
from headlong.forecast.results.too_few import spread_if_enough
from headlong.text import FEW_MEMBERS
from headlong.verify.results.shapes import (
    Burst,
    Bursts,
    CapitalChances,
    CaseEntry,
    Coverage,
    Hindcast,
    ReliabilityRow,
    ScoreRow,
    SetSummary,
    Verification,
)
from headlong.verify.scores.expert_statements import beside
from headlong.verify.scores.scorecard import BURST, BURST_DAYS, OURS
from headlong.verify.scores.scores import BINS
from headlong.verify.scores.shapes import Card
from headlong.verify.scores.skill import NO_STRATA, even_mean, pool
from headlong.verify.scores.strata import by_stratum, order_rows, quiet_rows

INSIDE = frozenset({"inside_50", "inside_90", "meant_50", "meant_90"})
"""Keys that speak of intervals."""

RULE = "every 7th day after the case's start, and the case's own init; control up to init is known"


def verification_of(
    cases: Sequence[Case], cards: Sequence[Card], leads: Sequence[int], members: int, seed: int, version: str
) -> Verification:
    """Everything that ``headlong verify --json`` prints.

    Parameters
    ----------
    cases : sequence of Case
        In the order asked for.
    cards : sequence of Card
        All score cards, each with the `sets` of dates it belongs to.
    leads : sequence of int
        Days ahead.
    members, seed, version : int, int, str
        What was run.
    """
    starts, stratum_of = {c.id: c.start for c in cases}, strata_of(cases)
    sets = [s for s in ("weekly", "own", "chosen") if any(s in card["sets"] for card in cards)]
    result: Verification = {
        "schema": "headlong-verify/1",
        "version": version,
        "rule": RULE,
        "members": members,
        "seed": seed,
        "leads": list(leads),
        "cases": [case_entry(c, cards, stratum_of.get(c.id, "")) for c in cases],
        "rows": [row for card in cards for row in rows_of(card, starts[card["case"]])],
        "sets": {s: summary([c for c in cards if s in c["sets"]], leads, stratum_of) for s in sets},
        "capitals": [
            {**hindcast_of(c, starts[c["case"]]), **c["capital"]}
            for c in cards if c["capital"]
        ],
        "arrivals": [
            {**hindcast_of(c, starts[c["case"]]), **row}
            for c in cards for row in c["arrivals"]
        ],
        "camps": [
            {"case": c["case"], "init": str(starts[c["case"]] + timedelta(days=c["day"])), "sets": c["sets"], **row}
            for c in cards for row in c["camps"]
        ],
        "statements": [row for c in cases for row in beside(c, cards, leads)],
    }  # fmt: skip
    return of_few(result) if members < FEW_MEMBERS else result


def of_few(result: Verification) -> Verification:
    """The same of too few members, which have no intervals: nothing is said of what lies inside."""
    kept: Verification = spread_if_enough(result, result["members"], INSIDE)
    people = [*kept["arrivals"], *(camp for row in kept["camps"] for camp in row["camps"])]
    for row in people:
        row["said"] = [None, row["said"][1], None]
    return kept


def hindcast_of(card: Card, start: date) -> Hindcast:
    """Which hindcast a card is of."""
    return {"case": card["case"], "init": str(start + timedelta(days=card["day"])), "sets": card["sets"]}


def case_entry(case: Case, cards: Sequence[Card], stratum: str = "") -> CaseEntry:
    """A case by name, and what was assumed of it."""
    return {
        "id": case.id,
        "title": case.title,
        "assumed": assumed(case, cards),
        "left_to_prior": list(case.assumptions),
        "stratum": stratum,
    }


def assumed(case: Case, cards: Sequence[Card]) -> list[str]:
    """What had to be assumed for want of a table, and what could not be scored."""
    notes = []
    for table, what in (
        ("leaders", "no leaders.csv: nobody's flight is forecast"),
        ("patrons", "no patrons.csv: outside support is left out"),
        ("hinterland", "no hinterland.csv: fronts are seen only at places in the table"),
        ("relations", "no relations.csv: who presses whom follows from roles, and does not change"),
    ):
        if not getattr(case, table):
            notes.append(what)
    seatless = [s.id for s in case.sides if case.seat_of(s.id) is None]
    if seatless:
        notes.append(f"no seat in the table for {', '.join(seatless)}: distance to one counts nothing")
    undated = sorted({p for c in cards if c["case"] == case.id for p in c["undated"]})
    if undated:
        notes.append(
            f"left out where it matters, the day of the change not being known: {', '.join(undated)}"
        )
    return notes


def rows_of(card: Card, start: date) -> list[ScoreRow]:
    """One row per lead of a card: n, and each forecaster's scores."""
    case, init, sets = (of := hindcast_of(card, start))["case"], of["init"], of["sets"]
    rows: list[ScoreRow] = [
        {
            "case": case,
            "init": init,
            "sets": sets,
            "lead": lead,
            "n": card["n"],
            "observed": entry["observed"],
            "expected": entry["expected"],
            "brier": entry["brier"],
            "log": entry["log"],
            "count_crps": entry["count_crps"],
        }
        for lead, entry in card["leads"].items()
    ]
    if whole := card["horizon"]:
        of_all: ScoreRow = {"case": case, "init": init, "sets": sets, "lead": "horizon", "n": card["n"]}
        of_all |= {"date_crps": whole["date_crps"], "pairs": whole["pairs"], "order": whole["order"]}
        rows.append(of_all)
    return rows


def strata_of(cases: Sequence[Case]) -> Mapping[str, str]:
    """Stratum of each case; none at all unless every case has one, so that all are pooled by one rule."""
    known = strata()
    return {c.id: known[c.id] for c in cases} if all(known.get(c.id) for c in cases) else {}


def summary(
    cards: Sequence[Card], leads: Sequence[int], stratum_of: Mapping[str, str] = NO_STRATA
) -> SetSummary:
    """Pooled skill, strata, reliability, coverage, bursts, quiet fronts and capitals of one set of dates."""
    skill = pool(cards, leads, stratum_of)
    return {
        "inits": len(cards),
        "skill": skill,
        "strata": by_stratum(cards, leads, skill, stratum_of),
        "quiet": quiet_rows(cards),
        "order": order_rows(cards, leads),
        "reliability": {str(d): reliability_rows(cards, d) for d in leads},
        "counts": {str(d): row for d in leads if (row := count_rows(cards, d))},
        "bursts": {str(d): entry for d in leads if (entry := bursts(cards, d))},
        "capital": {str(d): capital_rows(cards, d) for d in leads},
    }


def reliability_rows(cards: Sequence[Card], lead: int) -> list[ReliabilityRow]:
    """Classes of chances: how many, their mean, and how often it came."""
    tables = [c["leads"][lead]["reliability"] for c in cards if lead in c["leads"]]
    if not tables:
        return []
    number, said, came = np.sum(tables, axis=0)
    return [
        {"from": BINS[k], "to": BINS[k + 1], "n": int(number[k]), "said": said[k] / number[k],
         "came": came[k] / number[k]}
        for k in range(number.size) if number[k]
    ]  # fmt: skip


def count_rows(cards: Sequence[Card], lead: int) -> Coverage | None:
    """How often the count lay within its intervals, and its rank histogram; cases count the same."""
    inside, n = even_mean(cards, lambda c: c["leads"][lead]["inside"] if lead in c["leads"] else None)
    pit, _ = even_mean(cards, lambda c: c["leads"][lead]["pit"] if lead in c["leads"] else None)
    if not n:
        return None
    inside_50, inside_90, meant_50, meant_90 = map(float, inside)
    return {
        "inits": n,
        "inside_50": inside_50,
        "inside_90": inside_90,
        "meant_50": meant_50,
        "meant_90": meant_90,
        "pit": pit.tolist(),
    }


def bursts(cards: Sequence[Card], lead: int) -> Bursts | None:
    """Changes foreseen and seen after bursts, with and without the case that has most of them."""
    found = [c for c in cards if c["changes_before"] >= BURST and lead in c["leads"]]
    if not found:
        return None
    by_case: dict[str, Burst] = {}
    for name in sorted({c["case"] for c in found}):
        ours = [c["leads"][lead] for c in found if c["case"] == name]
        foreseen = sum(entry["expected"][OURS] for entry in ours)
        came = sum(entry["observed"] for entry in ours)
        by_case[name] = {"inits": len(ours), "foreseen": foreseen, "came": came}
    return {"rule": f"{BURST} or more changes in the last {BURST_DAYS} days", "by_case": by_case}


def capital_rows(cards: Sequence[Card], lead: int) -> dict[str, CapitalChances]:
    """Chances given to capitals that changed hands within the lead, and to those that did not."""
    known = [
        (c["case"], c["capital"], fell)
        for c in cards
        if c["capital"] and (fell := c["capital"]["fell"][lead]) is not None
    ]
    found: dict[str, CapitalChances] = {}
    for word, came in (("fell", True), ("held", False)):
        chosen = [(case, entry) for case, entry, fell in known if (fell >= 0.5) == came]
        names = chosen[0][1]["p"] if chosen else {}
        said = {n: [entry["p"][n][lead] for _, entry in chosen] for n in names}
        found[word] = {
            "inits": len(chosen),
            "cases": sorted({case for case, _ in chosen}),
            "mean_p": {n: float(np.mean(v)) for n, v in said.items()},
            "most": {n: float(np.max(v)) for n, v in said.items()},
        }
    return found
