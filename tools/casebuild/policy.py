"""What outsiders do: support, crossings, who presses whom, and how near the front is in the countryside."""

from __future__ import annotations

import re
from datetime import date
from math import sqrt

from casebuild.draft import Draft
from casebuild.folder import Facts, Row
from casebuild.judgement import Codings

SPACING = 0.5  # half of the typical distance between held districts
ROAD_FACTOR = 1.3  # road against straight line


def coded_rows(facts: Facts, draft: Draft, codings: Codings) -> None:
    """Add the rows that only judgement can give: support paths, crossing policies, relations."""
    for table in ("patrons", "crossings", "relations"):
        for row in codings.rows(table):
            sides = {row[key] for key in ("side", "other") if key in row}
            if not sides <= draft.side_ids or row.get("place", "") not in {"", *draft.holder}:
                facts.problems.append(f"codings: {table}: names a side or a place that is not in the facts")
                continue
            draft.add(table, **({"confidence": "low"} | row))
            who = row.get("patron") or row.get("place") or row["side"]
            what = row.get("level", row.get("policy", row.get("other")))
            draft.coded.append(f"{table}, {who}, {row['from']}: {what}. {row['reason']}")
    if not draft.rows("patrons"):
        draft.assume("Outside support is not coded: it stands still, and its effect is left to its prior.")


def crossings(facts: Facts, draft: Draft) -> None:
    """Add a row for every crossing that no coding tells of."""
    told = {row["place"] for row in draft.rows("crossings") if not row.get("from")}
    refuges = {row["id"] for row in draft.rows("places") if row["kind"] == "refuge"}
    beyond = {}
    for road in sorted(draft.rows("roads"), key=lambda road: -float(road["distance_km"])):
        for one, other in ((road["from"], road["to"]), (road["to"], road["from"])):
            if other in refuges:
                beyond[one] = other
    for row in draft.rows("crossings"):
        row.setdefault("to", beyond.get(row["place"], ""))
    for place in draft.rows("places"):
        if place["kind"] == "crossing" and place["id"] not in told:
            draft.add(
                "crossings",
                place=place["id"],
                to=beyond.get(place["id"], ""),
                source=place["source"],
                confidence="low",
            )
    draft.rows("crossings").sort(key=lambda row: (row["place"], row.get("from") or date.min))
    if any(not row.get("policy") for row in draft.rows("crossings")):
        draft.assume("Crossings without a policy: left to its prior.")
    if any(not row.get("capacity_per_day") for row in draft.rows("crossings")):
        draft.assume("How many people a crossing lets through in a day is not known: left to its prior.")


def hinterland(facts: Facts, draft: Draft, codings: Codings) -> None:
    """Turn dated counts of held districts into how near the front is at most.

    N districts over an area A, n of them held: the typical spacing of held ones is sqrt(A/N * N/n); half of
    it, times a road factor, bounds the way to the nearest.
    """
    rule = codings.get("hinterland")
    if not rule:
        if draft.rows("roads"):
            draft.assume(
                "Who holds the country between the places is not coded: the front is the nearest place."
            )
        return
    counts: dict[date, Row] = {}
    for row in facts.rows("timeline"):
        day = facts.day(row, "date")
        if day and row.get("category") == rule["category"] and re.search(rule["match"], row.get("event", "")):
            counts[day] = row
    for day, row in sorted(counts.items()):
        held = float(row["value"])
        km = round(ROAD_FACTOR * SPACING * sqrt(rule["area_km2"] / held))
        draft.add(
            "hinterland",
            published_on=day,
            side=rule["side"],
            distance_km=km,
            reason=f"{held:.0f} districts held: {rule['reason']}",
            source=row["source"],
            confidence="low",
        )
    draft.coded.append(f"hinterland: {rule['reason']}")
