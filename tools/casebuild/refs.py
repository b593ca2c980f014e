"""No row may name what is not there: a last look before a case is written."""

from __future__ import annotations

from typing import Any

from casebuild.draft import Draft
from casebuild.folder import Facts
from headlong.case.tables.schema import columns_of, tables


def drop_strangers(facts: Facts, draft: Draft) -> None:
    """Empty cells that name an unknown place, side or leader, and drop rows that cannot do without them."""
    known = {name: {row["id"] for row in draft.rows(name)} for name in ("places", "leaders")}
    known["sides"] = draft.side_ids
    for table in ("leaders", *(name for name in tables() if name != "leaders")):
        refers = {name: column for name, column in columns_of(table).items() if column.refers_to}
        kept = []
        for row in draft.rows(table):
            lost = [name for name, column in refers.items() if not _holds(row, name, known[column.refers_to])]
            for name in lost:
                facts.problems.append(f"{table}: {name} '{row[name]}' is not in the facts; it is left out")
            if all(refers[name].required != "yes" for name in lost):
                kept.append(row | dict.fromkeys(lost, ""))
        draft.tables[table] = kept
        if table == "leaders":
            known["leaders"] = {row["id"] for row in kept}
    for side in draft.sides:
        if side.get("seat") and side["seat"] not in known["places"]:
            facts.problems.append(f"sides: seat '{side.pop('seat')}' is not in the facts; it is left out")


def _holds(row: dict[str, Any], name: str, ids: set[str]) -> bool:
    """Say whether every id in a cell is known; an empty cell is."""
    value = row.get(name) or ()
    return all(id in ids for id in ([value] if isinstance(value, str) else value))
