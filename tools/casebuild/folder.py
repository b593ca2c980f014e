"""A facts folder as it lies: tables with varying column names, read into rows with one set of names."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from casebuild.days import spans
from casebuild.layout import EVERYWHERE, TABLES, columns, synonyms
from headlong.errors import BadRequest

Row = dict[str, str]

ALWAYS = ("name", "side", "role")
SOME_TIME = (date(2000, 1, 1), date(2000, 12, 31))  # dates here say their own year
FILES = {"falls": ("falls", "falls_after_window")}


@dataclass
class Facts:
    """Everything a facts folder says.

    Parameters
    ----------
    folder : Path
        Where it lies.
    meta : dict
        case.json, empty where there is none.
    tables : dict
        Rows by table; each row also has ``_at``, its file and line, and ``_said``, the confidence it gives.
    problems : list of str
        Rows that could not be used, and why.
    """

    folder: Path
    meta: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])

    def drop(self, row: Row, why: str) -> None:
        self.problems.append(f"{row['_at']}: {why}; the row is left out")

    def day(self, row: Row, column: str) -> date | None:
        """Return the date in a cell; a cell that is no date is noted as a problem."""
        text = row.get(column, "")
        if not text:
            return None
        day = day_of(text)
        if day is None:
            self.problems.append(f"{row['_at']}: {column} '{text}' is not a date")
        return day


def day_of(text: str) -> date | None:
    """Return the day that a cell names, however it is written; None if it names none or several."""
    parts = re.match(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)\b", text.strip())
    plain = "-".join(part.zfill(2) for part in parts.groups()) if parts else text.strip()
    try:
        return date.fromisoformat(plain[:10])
    except ValueError:
        found = list(spans(plain, *SOME_TIME))
    sure = len(found) == 1 and found[0].exact and found[0].first == found[0].last
    return found[0].first if sure and re.search(r"\d{4}", plain) else None


def slug(text: str) -> str:
    """Return a short name: lower-case letters, digits and hyphens; other letters by their number."""
    plain = text.strip().lower().replace("_", "-").replace("đ", "d").replace("ı", "i")
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    plain = "".join(sign if sign.isascii() or not sign.isalpha() else f"{ord(sign):x}" for sign in bare)
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")


def read_facts(folder: Path) -> Facts:
    """Read a facts folder; absent tables are empty."""
    if not folder.is_dir():
        raise BadRequest(f"no facts folder '{folder}'.")
    facts = Facts(folder)
    path = folder / "case.json"
    if path.exists():
        try:
            loaded = json.loads(path.read_text(encoding="utf-8-sig"))
        except ValueError as error:
            facts.problems.append(f"case.json: not JSON ({error}); it is not used")
            loaded = {}
        facts.meta = loaded if isinstance(loaded, dict) else {}
        _strange_keys(facts)
    for table in TABLES:
        for name in FILES.get(table, (table,)):
            facts.tables.setdefault(table, []).extend(_table(facts, table, folder / f"{name}.csv"))
    if not facts.rows("places"):
        raise BadRequest(f"'{folder}' has no places.csv with rows: there is nothing to hold.")
    return facts


def _strange_keys(facts: Facts) -> None:
    """Say which keys of case.json nothing knows."""
    for name in facts.meta:
        if name not in columns("case.json"):
            facts.problems.append(f"case.json: a key '{name}' is not known; it is not used")


def _table(facts: Facts, table: str, path: Path) -> Iterator[Row]:
    if not path.exists():
        return
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        facts.problems.append(f"{path.name}: not UTF-8; read as Windows text, check the names")
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=mark)
    header = [name.strip().lower().replace(" ", "_") for name in next(reader, [])]
    for name in header:
        if name and name not in columns(table) | EVERYWHERE and not name.startswith("held_by"):
            facts.problems.append(f"{path.name}: a column '{name}' is not known; it is not used")
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        row["_at"] = f"{path.name}:{reader.line_num}"
        if len(cells) > len(header):
            facts.drop(row, f"{len(cells)} cells under {len(header)} headings")
            continue
        yield _fill(table, row)


def _fill(table: str, row: Row) -> Row:
    """Add the usual name of every column that the folder calls otherwise."""
    for usual, others in synonyms(table).items():
        if usual not in row:
            row[usual] = next((row[name] for name in others if name in row), "")
    for always in (*ALWAYS, "source", "note", "confidence"):
        row.setdefault(always, "")
    row["source"] = row["source"] or "not given in the facts"
    row["_said"] = row["confidence"] if row["confidence"] in ("high", "medium", "low") else ""
    row["confidence"] = row["_said"] or "low"
    return row
