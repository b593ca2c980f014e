"""The frame of a case: its name, its period and its armed sides."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

from casebuild.draft import Draft, day_before
from casebuild.folder import Facts, Row, day_of, slug
from casebuild.judgement import Codings
from casebuild.layout import columns
from casebuild.parties import declarations
from headlong.errors import BadRequest

NOBODY = re.compile(
    r"neutral|none|nobody|contested|disputed|mixed|others?|unknown|unclear|civilians?|foreign|un|"
)
HELD_ON = re.compile(r"held_by_on_(\d{4}-\d\d-\d\d)")
LEAD_DAYS = 30  # without a period the case starts this long before the first change


def frame(facts: Facts, codings: Codings) -> Draft:
    """Return a draft with its names, period and sides."""
    meta = facts.meta
    name = slug(str(meta.get("id") or codings.get("id") or facts.folder.resolve().name)) or "case"
    title = str(codings.title() or meta.get("title") or name.replace("-", " ").capitalize())
    changes = sorted(day for row in facts.rows("falls") if (day := facts.day(row, "date")))
    start, end, start_why = _period(facts, codings, changes)
    init, init_why = _init(facts, codings, changes, start, end)
    draft = Draft(name, title, start, end, init)
    draft.stratum, draft.map = codings.place.get("stratum", ""), codings.place.get("map", "")
    for why in (start_why, init_why):
        if why:
            draft.assume(why)
    last, why = codings.cut()
    if last and last < end:
        draft.end, draft.cut = last, True
        draft.coded.append(f"end of the period: {last}, the facts go on to {end}. {why}")
    draft.doubts = [str(line) for line in meta.get("doubts", [])] + [
        str(d) for d in codings.get("doubts", [])
    ]
    _sides(facts, codings, draft)
    return draft


def _meta_day(facts: Facts, key: str) -> date | None:
    text = str(facts.meta.get(key) or "")
    day = day_of(text) if text else None
    if text and day is None:
        facts.problems.append(f"case.json: {key} '{text}' is not a date; it is not used")
    return day


def _period(facts: Facts, codings: Codings, changes: list[date]) -> tuple[date, date, str]:
    """Return start and end, and a line on what was assumed."""
    start = codings.get("start") or _meta_day(facts, "window_start")
    end = codings.get("end") or _meta_day(facts, "window_end")
    days = changes or sorted(
        day for table in ("reports", "timeline") for row in facts.rows(table) if (day := _any_day(row))
    )
    if not days and not (start and end):
        raise BadRequest(f"'{facts.folder}' says no date: neither a period in case.json nor dated rows.")
    why = ""
    if not start:
        start = days[0] - timedelta(days=LEAD_DAYS)
        why = f"The facts give no period: the case starts {LEAD_DAYS} days before the first dated change."
    end = max(end or days[-1], start)
    inside = [day for day in changes if day >= start]
    if inside and inside[0] == start:
        start = day_before(start)  # held_by is as of the evening of the start, before the first change
    return start, end, why


def _any_day(row: Row) -> date | None:
    return day_of(row.get("published") or row.get("date") or "")


def _init(facts: Facts, codings: Codings, changes: list[date], start: date, end: date) -> tuple[date, str]:
    init = codings.get("init") or _meta_day(facts, "as_of")
    why = ""
    if not init:
        init = next((day for day in changes if day > start), start)
        why = "The facts give no as-of date: the default init is the day of the first dated change."
    return min(max(init, start), end), why


def armed(text: str) -> str:
    """Return the short name of a side; an empty string for words that name nobody."""
    name = slug(text)
    return "" if NOBODY.fullmatch(name) else name


def held_by_column(facts: Facts) -> str:
    """Return the column of places.csv that says who holds a place."""
    names = [name for name in facts.rows("places")[0] if name.startswith("held_by")]
    names = [name for name in names if not name.endswith(("_note", "_source"))] + ["holder", "side"]
    return names[0]


def status_day(facts: Facts) -> date | None:
    """Return the day of which the holders in places.csv tell, where the column names one."""
    found = HELD_ON.fullmatch(held_by_column(facts))
    return date.fromisoformat(found[1]) if found else None


def home_country(facts: Facts) -> str:
    """Return the country in which most places lie."""
    counts = Counter(row.get("country", "") for row in facts.rows("places") if row.get("kind") != "refuge")
    return counts.most_common(1)[0][0] if counts else ""


def is_refuge(row: Row, home: str) -> bool:
    """Say whether a place lies outside the war: a refuge, or abroad and held by none of the sides."""
    return row.get("kind") == "refuge" or (bool(row.get("country")) and row["country"] != home)


def _sides(facts: Facts, codings: Codings, draft: Draft) -> None:
    """Choose the sides: those that hold, take or garrison something."""
    blocks = facts.meta.get("sides") or declarations(codings.get("declared_sides", []))
    declared: dict[str, dict[str, Any]] = {block["id"]: block for block in blocks}
    column, home = held_by_column(facts), home_country(facts)
    inside = [row for row in facts.rows("places") if not is_refuge(row, home)]
    holds = Counter(side for row in inside if (side := armed(row.get(column, ""))))
    takes = Counter(
        side
        for row in facts.rows("falls")
        for key in ("to_side", "from_side")
        if (side := armed(row.get(key, "")))
    )
    fields = Counter(side for row in facts.rows("forces") if (side := armed(row.get("side", ""))))
    names = list(dict.fromkeys([*declared, *holds, *takes, *(() if declared else fields)]))
    draft.incumbent = _incumbent(declared, inside, column, holds, draft)
    for name in names:
        if codings.correction("sides", name).get("leave_out"):
            draft.coded.append(f"side {name}: left out. {codings.correction('sides', name)['reason']}")
            continue
        role = _role(name, declared, draft, holds, takes)
        active = name in holds or name in takes
        if not active and role != "insurgent" and (role == "outside" or name not in fields):
            continue
        block = {"id": name, "name": str(declared.get(name, {}).get("name") or name), "role": role}
        block |= _told_of(name, declared.get(name, {}), facts)
        if not active and role == "third":
            block["presses"] = []  # it garrisons places of others and takes none
        draft.sides.append(block | codings.cells("sides", name))
        _say(draft, codings, name)
    for name in declared.keys() - draft.side_ids:
        if {"friends", "presses", "seat"} & declared[name].keys():
            facts.problems.append(
                f"case.json: '{name}' is no side of the case; what it says of it is not used"
            )
    _complete(facts, draft)
    draft.aliases = codings.get("aliases", {})
    draft.strangers = [
        str(block.get("name") or name) for name, block in declared.items() if name not in draft.side_ids
    ]
    draft.insurgents = [side["id"] for side in draft.sides if side["role"] == "insurgent"]


def _told_of(name: str, declared: dict[str, Any], facts: Facts) -> dict[str, Any]:
    """Return the friends, foes and seat that case.json gives a side; what cannot be used is said."""
    found: dict[str, Any] = {}
    for key, value in declared.items():
        if key in ("friends", "presses"):
            if isinstance(value, list) and all(isinstance(item, str) for item in value):
                found[key] = [slug(item) for item in value]
            else:
                facts.problems.append(f"case.json: {key} of '{name}' is not a list of sides; refused")
        elif key == "seat":
            if isinstance(value, str):
                found[key] = slug(value)
            else:
                facts.problems.append(f"case.json: seat of '{name}' is not a place; refused")
        elif key not in columns("sides"):
            facts.problems.append(f"case.json: a key '{key}' of '{name}' is not known; it is not used")
    return found


def _complete(facts: Facts, draft: Draft) -> None:
    """Drop friends and foes that are no sides, and give a lone side the one that takes from it."""
    for block in draft.sides:
        for key in ("presses", "friends"):
            for name in [name for name in block.get(key, ()) if name not in draft.side_ids]:
                facts.problems.append(f"sides: {block['id']}: {key} '{name}' is no side of the case; refused")
                block[key] = [other for other in block[key] if other != name]
    if len(draft.sides) == 1 and any(row.get("date") for row in facts.rows("falls")):
        draft.sides.append({"id": "challenger", "name": "Those who take places", "role": "insurgent"})
        draft.assume("The facts name one side only: whoever takes a place from it is called 'challenger'.")
    if len(draft.sides) < 2:
        raise BadRequest(f"'{facts.folder}' names {len(draft.sides)} armed sides; a case needs two.")


def _say(draft: Draft, codings: Codings, name: str) -> None:
    row = codings.correction("sides", name)
    if row:
        draft.coded.append(
            f"side {name}: {row.get('reason', '')} [{row.get('source', '')}; {row.get('date', '')}]"
        )


def _incumbent(
    declared: dict[str, dict[str, Any]], inside: list[Row], column: str, holds: Counter[str], draft: Draft
) -> str:
    said = [name for name, block in declared.items() if block.get("role") == "incumbent"]
    if said:
        return said[0]
    draft.assume(
        "The facts name no government: the side that holds the capital, or else most places, is taken for it."
    )
    capital = [armed(row.get(column, "")) for row in inside if row.get("kind") == "capital"]
    if capital and capital[0]:
        return capital[0]
    if not holds:
        raise BadRequest("no place is held by a side: held_by is empty or names nobody.")
    return holds.most_common(1)[0][0]


def _role(
    name: str, declared: dict[str, dict[str, Any]], draft: Draft, holds: Counter[str], takes: Counter[str]
) -> str:
    if name == draft.incumbent:
        return "incumbent"
    said = str(declared.get(name, {}).get("role") or "")
    if said in ("insurgent", "third", "outside"):
        return said
    if said == "incumbent":
        return "third"
    found = "insurgent" if name in takes or name in holds else "third"
    draft.assume(f"The facts give side '{name}' no role: it is taken for '{found}'.")
    return found
