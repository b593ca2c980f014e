"""The columns of a case as Table Schemas of a data package (Frictionless, version 1)."""

from __future__ import annotations

from typing import Any

from headlong.case.tables.schema import Column, columns_of, tables

SIMPLE = {
    "text": "string",
    "id": "string",
    "ref": "string",
    "list": "string",
    "choice": "string",
    "stamp": "string",
    "date": "date",
    "number": "number",
    "share": "number",
    "integer": "integer",
    "yesno": "boolean",
}
"""Type of a column of a case to type of a field."""
KEYS = {"cases": ["id"], "sides": ["case", "id"], "places": ["case", "id"], "leaders": ["case", "id"],
        "reports": ["case", "id"], "home": ["case", "place"]}  # fmt: skip
CASE = {
    "name": "case",
    "type": "string",
    "description": "Short name of the war",
    "constraints": {"required": True},
}
HEAD = {
    "cases": ("id", "title", "start", "end", "init", "stratum", "map", "licence"),
    "sides": ("id", "name", "role"),
}
"""What of case.toml stands in the package: the war, and its sides."""
ID = r"[a-z0-9]+(?:[-_.][a-z0-9]+)*"
STAMP = r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"


def resources() -> dict[str, dict[str, Any]]:
    """Table Schema of every table of the package, by name."""
    found = {"cases": schema_of("case", HEAD["cases"], own=True), "sides": schema_of("sides", HEAD["sides"])}
    found |= {table: schema_of(table) for table in tables()}
    for name, keys in KEYS.items():
        found[name]["primaryKey"] = keys
    return found


def schema_of(table: str, names: tuple[str, ...] = (), own: bool = False) -> dict[str, Any]:
    """Table Schema of one table of the cases; every table but that of the wars begins with the war."""
    columns = [column for name, column in columns_of(table).items() if not names or name in names]
    fields = [field(column) for column in columns]
    schema: dict[str, Any] = {"fields": fields if own else [CASE, *fields], "missingValues": [""]}
    keys = [] if own else [key(["case"], "cases", ["id"])]
    keys += [
        key(["case", column.column], column.refers_to, ["case", "id"])
        for column in columns
        if column.refers_to and column.required == "yes" and column.type == "ref"
    ]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def key(fields: list[str], resource: str, there: list[str]) -> dict[str, Any]:
    """A reference from columns to a table; one that may be empty is told in the column's description instead."""
    return {"fields": fields, "reference": {"resource": resource, "fields": there}}


def field(column: Column) -> dict[str, Any]:
    """A column as a field."""
    told = [column.meaning]
    if column.unit:
        told.append(f"Unit: {column.unit}.")
    if column.refers_to:
        told.append(f"Names rows of {column.refers_to}.")
    if column.type == "list":
        told.append("Several are separated by semicolons.")
    found: dict[str, Any] = {
        "name": column.column,
        "type": SIMPLE[column.type],
        "description": " ".join(text if text.endswith(".") else f"{text}." for text in told),
    }
    if column.type == "yesno":
        found |= {"trueValues": ["yes"], "falseValues": ["no"]}
    limits = constraints(column)
    return found | ({"constraints": limits} if limits else {})


def constraints(column: Column) -> dict[str, Any]:
    """What a cell of a column must be."""
    found: dict[str, Any] = {}
    if column.required == "yes":
        found["required"] = True
    if column.choices:
        found["enum"] = list(column.choices)
    if column.type == "id":
        found["pattern"] = ID
    if column.type == "stamp":
        found["pattern"] = STAMP
    low, high = (0.0, 1.0) if column.type == "share" else (column.low, column.high)
    if low is not None:
        found["minimum"] = low
    if high is not None:
        found["maximum"] = high
    return found
