"""Judgement codings: rows and corrections by hand, each with a reason, a source and a date."""

from __future__ import annotations

import csv
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "codings"
ROWS = ("patrons", "crossings", "relations")
CORRECTIONS = {
    "garrisons": "unit",
    "leaders": "name",
    "reports": "id",
    "sides": "id",
    "places": "id",
    "timeline": "event",
}
NOT_CELLS = ("reason", "source", "date", "leave_out", "confidence")


def _gallery(path: Path) -> dict[str, dict[str, str]]:
    """Return what gallery.csv says of each case: stratum, ground shared with others, title, end and why."""
    return {row["case"]: row for row in _rows(path)}


def _rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table; none where it is absent."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Codings:
    """What the folder of codings says of one case; empty where it says nothing."""

    def __init__(self, case: str, folder: Path = FOLDER) -> None:
        path = folder / f"{case}.toml"
        self.values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        self.place: dict[str, str] = _gallery(folder / "gallery.csv").get(case, {})
        scenarios = folder / f"{case}.scenarios.toml"
        self.scenarios = scenarios.read_text(encoding="utf-8") if scenarios.exists() else ""
        self.used: set[tuple[str, str]] = set()
        self.by_hand: dict[str, list[dict[str, str]]] = {}
        for row in _rows(folder / f"{case}.reports.csv"):
            self.by_hand.setdefault(row["id"], []).append(row)
        self.found: list[dict[str, str]] = _rows(folder / f"{case}.found.csv")

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)

    def title(self) -> str:
        """Return the title that does not tell how the war ended, where there is one."""
        return str(self.get("title") or self.place.get("title", ""))

    def cut(self) -> tuple[date | None, str]:
        """Return the day on which the period ends before the facts do, and why; None: it does not."""
        day = self.place.get("end", "")
        return (date.fromisoformat(day), self.place["reason"]) if day else (None, "")

    def rows(self, table: str) -> list[dict[str, Any]]:
        return [dict(row) for row in self.values.get(table, [])]

    def correction(self, table: str, name: str) -> dict[str, Any]:
        """Return the correction of one row, or an empty dict."""
        key = CORRECTIONS[table]
        for row in self.values.get(table, []):
            if row.get(key) == name:
                self.used.add((table, name))
                return dict(row)
        return {}

    def cells(self, table: str, name: str) -> dict[str, Any]:
        """Return the cells that a correction sets."""
        row = self.correction(table, name)
        return {k: v for k, v in row.items() if k not in NOT_CELLS and k != CORRECTIONS[table]}

    def reports(self, name: str) -> list[dict[str, Any]] | None:
        """Return the rows that a report yields by hand, an empty list for none; None: it is not coded."""
        if name not in self.by_hand:
            return None
        self.used.add(("by hand", name))
        rows = (row for row in self.by_hand[name] if row["claim"])
        return [{k: v for k, v in row.items() if k not in ("id", "reason")} for row in rows]

    def no_claim(self, name: str) -> str:
        """Return in a word why a report coded by hand makes no claim."""
        return next((re.split("[:;.]", row["reason"])[0].lower() for row in self.by_hand.get(name, [])), "")

    def unused(self) -> list[str]:
        """Return a line for every correction of a row that is not there."""
        hand = [
            f"codings: reports: no report '{id}' to code"
            for id in self.by_hand
            if ("by hand", id) not in self.used
        ]
        return hand + [
            f"codings: {table}: no row '{row.get(key)}' to correct"
            for table, key in CORRECTIONS.items()
            for row in self.values.get(table, [])
            if (table, row.get(key)) not in self.used
        ]
