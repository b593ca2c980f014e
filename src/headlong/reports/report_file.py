"""More reports from a file, checked like the case's own table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from headlong.case import Case
from headlong.case.findings.checks import STALE, is_stale
from headlong.case.order import rows_in_order
from headlong.case.rows import Row
from headlong.case.tables.cells import parse
from headlong.case.tables.schema import columns_of
from headlong.case.tables.table import read_table
from headlong.errors import CaseError, Finding, nearest
from headlong.reports.confirmed import published

__all__ = ["NOTHING_ADDED", "Added", "add_reports", "as_text", "from_texts", "read_added"]


class Added(NamedTuple):
    """Reports beyond a case's own: their rows, and the names of the files they came from."""

    rows: tuple[Row, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """SHA-256 of the rows, empty where there are none."""
        text = "\n".join(map(as_text, self.rows))
        return sha256(text.encode()).hexdigest() if text else ""

    def by(self, day: date) -> Added:
        """Return what of it was published by a day."""
        return self._replace(rows=tuple(row for row in self.rows if published(row) <= day))


NOTHING_ADDED = Added()


def add_reports(case: Case, paths: str | Path | Iterable[str | Path]) -> Case:
    """Return the case with the reports of one file or of several added to its own.

    Parameters
    ----------
    case, paths
        As in `read_added`.
    """
    both = (*case.reports, *read_added(case, paths).rows)
    return replace(case, reports=rows_in_order("reports", both, case.sides))


def read_added(case: Case, paths: str | Path | Iterable[str | Path]) -> Added:
    """Read reports to be added to a case's own from one file or from several.

    Parameters
    ----------
    case : Case
        The case that the rows speak of.
    paths : str, Path or iterable of them
        Tables with the columns of reports.csv.

    Raises
    ------
    CaseError
        With every finding, when anything is wrong.
    """
    reports: list[Row] = []
    files, findings = [Path(paths)] if isinstance(paths, (str, Path)) else [Path(p) for p in paths], []
    ids = {row["id"]: "the case" for row in case.reports}
    for path in files:
        table = read_table(path, "reports")
        known = _known(case)
        rows = sorted((*table.rows, *table.broken), key=lambda row: row.line)
        found = [f for row in rows for f in _wrong(row, known, ids, path.name)]
        findings += sorted([*table.findings, *found], key=lambda finding: finding.row or 0)
        reports += table.rows
    if findings:
        raise CaseError(findings)
    return Added(tuple(reports), tuple(path.name.encode("utf-8", "replace").decode() for path in files))


def as_text(row: Row) -> str:
    """Return one row as JSON that `from_texts` reads: every filled cell as it would stand in a table."""
    columns = columns_of("reports")
    cells = {k: _cell(v) for k, v in row.items() if k not in columns or v not in (None, "", ())}
    return json.dumps(cells, ensure_ascii=False, sort_keys=True)


def from_texts(texts: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows that `as_text` wrote."""
    columns = columns_of("reports")
    found = []
    for text in texts:
        cells: dict[str, str] = json.loads(text)
        own = {name: value for name, value in cells.items() if name not in columns}
        found.append(Row({name: parse(cells.get(name, ""), c) for name, c in columns.items()} | own))
    return tuple(found)


def _cell(value: Any) -> str:
    """Return a typed value as the text of a cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def _known(case: Case) -> dict[str, set[str]]:
    """Return the ids that a report can name."""
    return {
        "places": {p["id"] for p in case.places},
        "sides": {s.id for s in case.sides},
        "leaders": {r["id"] for r in case.leaders},
    }


def _wrong(row: Row, known: Mapping[str, set[str]], ids: dict[str, str], file: str) -> Iterator[Finding]:
    """Yield what one row cannot know of itself; `ids` are the reports so far and where they stand."""
    for name, column in columns_of("reports").items():
        there = known.get(column.refers_to)
        if there is not None and row[name] and row[name] not in there:
            what = f"unknown {column.refers_to.removesuffix('s')}"
            yield Finding(file, row.line, name, row[name], what, f"Correct it.{nearest(row[name], there)}")
    if row["event_date"] and row["published_at"] and row["event_date"] > published(row):
        remedy = "Swap or correct them."
        yield Finding(file, row.line, "event_date", str(row["event_date"]), "later than published_at", remedy)
    if row["event_date"] and row["published_at"] and is_stale(row["event_date"], published(row)):
        yield Finding(file, row.line, "event_date", str(row["event_date"]), *STALE)
    if row["id"] and row["id"] in ids:
        problem = f"another report has it (in {ids[row['id']]})"
        yield Finding(file, row.line, "id", row["id"], problem, "Give each row its own id.")
    ids.setdefault(row["id"], f"{file}, line {row.line}")
