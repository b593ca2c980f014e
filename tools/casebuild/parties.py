"""One short name for each party and place, however the tables call it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from casebuild.folder import Facts, slug

COLUMNS = ("side", "from_side", "to_side", "actor", "attacker", "defender", "subject_side", "holder")
PLACE_COLUMNS = {"place", "from", "to", "from_place", "to_place", "base"}
NO_NAME = {"foreign": "foreign-forces", "un": "un-forces", "other": "other-forces", "others": "other-forces"}
"""Words that stand for nobody in particular, and the side they stand for where one takes a place."""

ROLES = (
    ("incumbent", r"incumbent|government|\bstate\b|regime|ruling|loyalist"),
    ("outside", r"patron|outside|foreign|external|mediator|peacekeep|backer|interven"),
    ("third", r"third|neutral|local|self-defen|autonom"),
    ("insurgent", r"insurgent|rebel|opposition|challenger|guerr?illa|separatist|mutin|jihad|militant"),
)


def name_parties(facts: Facts) -> None:
    """Give each party one id in all tables: case.json's where it declares it, by id or by full name."""
    facts.meta["sides"] = declared = declarations(facts.meta.get("sides"))
    names = {slug(str(block.get("name") or "")): block["id"] for block in declared}
    takers = {slug(row.get("to_side", "")) for row in facts.rows("falls")}
    names |= {word: name for word, name in NO_NAME.items() if word in takers}
    for block in declared:
        block["id"] = names.get(block["id"], block["id"])
        for key in ("friends", "presses"):
            if isinstance(block.get(key), list):
                block[key] = [names.get(slug(str(one)), one) for one in block[key]]
    for rows in facts.tables.values():
        for row in rows:
            for column in row:
                if column in COLUMNS or column.startswith("held_by"):
                    row[column] = names.get(slug(row[column]), row[column]) if row[column] else ""


def first_holders(facts: Facts) -> None:
    """Where no table says who held what at the start, take it from whom the places were first taken."""
    places = facts.rows("places")
    named = [key for key in places[0] if key.startswith("held_by") and not key.endswith(("_note", "_source"))]
    if any(row.get(key) for row in places for key in (*named, "holder")):
        return
    losses = sorted((row for row in facts.rows("falls") if row.get("from_side")), key=lambda row: row["date"])
    if not losses:
        return
    loser = Counter(slug(row["from_side"]) for row in losses).most_common(1)[0][0]
    first: dict[str, str] = {}
    for row in losses:
        first.setdefault(slug(row["place"]), row["from_side"])
    for row in places:
        row["held_by"] = (
            "" if row.get("kind") == "refuge" else first.get(slug(row["id"] or row["name"]), loser)
        )
    facts.problems.append(
        f"places.csv: does not say who held what; taken from the first changes of hands, else '{loser}'"
    )


def name_places(facts: Facts) -> None:
    """Write the id of a place where a table names it by its name or another spelling."""
    known = {slug(row["id"] or row["name"]) for row in facts.rows("places")}
    names: dict[str, str] = {}
    for row in facts.rows("places"):
        for name in (row["name"], *re.split(r"[;|]", row.get("alt_names", ""))):
            names.setdefault(slug(name), row["id"] or row["name"])
    for table, rows in facts.tables.items():
        for row in rows if table != "places" else ():
            for column in PLACE_COLUMNS & row.keys():
                if slug(row[column]) not in known:
                    row[column] = names.get(slug(row[column]), row[column]) if row[column] else ""


def declarations(said: Any) -> list[dict[str, Any]]:
    """Return what case.json says of sides as a list of blocks, each with an id."""
    if isinstance(said, dict):
        said = [block | {"id": id} if isinstance(block, dict) else id for id, block in said.items()]
    blocks = []
    for one in said if isinstance(said, list) else ():
        block = dict(one) if isinstance(one, dict) else {"id": one}
        id = slug(str(block.get("id") or block.get("name") or ""))
        if id:
            blocks.append(block | {"id": id, "role": role(str(block.get("role") or ""))})
    return blocks


def role(text: str) -> str:
    """Return the role that a word stands for; an empty string for none."""
    return next((name for name, words in ROLES if re.search(words, text, re.IGNORECASE)), "")
