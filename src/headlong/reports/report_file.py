"""More reports from a file, checked like the case's own table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from headlong.case import Case
from headlong.case.rows import Row
from headlong.case.schema import columns_of
from headlong.case.tables import Table, read_table
from headlong.errors import CaseError, Finding, nearest
from headlong.reports.confirmed import published

__all__ = ["add_reports"]


def add_reports(case: Case, path: str | Path) -> Case:
    """Return the case with the reports of a file added to its own.

    Parameters
    ----------
    case : Case
        The case that the rows speak of.
    path : str or Path
        A table with the columns of reports.csv.

    Raises
    ------
    CaseError
        With every finding, when anything is wrong.
    """
    table = read_table(Path(path), "reports")
    findings = [
        *table.findings,
        *(f for row in table.rows for f in _wrong(row, case, table, Path(path).name)),
    ]
    if findings:
        raise CaseError(sorted(findings, key=lambda finding: finding.row or 0))
    return replace(case, reports=(*case.reports, *table.rows))


def _wrong(row: Row, case: Case, table: Table, file: str) -> Iterator[Finding]:
    """Yield what one row cannot know of itself."""
    known = {
        "places": {p["id"] for p in case.places},
        "sides": {s.id for s in case.sides},
        "leaders": {r["id"] for r in case.leaders},
    }
    for name, column in columns_of("reports").items():
        ids = known.get(column.refers_to)
        if ids is not None and row[name] and row[name] not in ids:
            what = f"unknown {column.refers_to.removesuffix('s')}"
            yield Finding(file, row.line, name, row[name], what, f"Correct it.{nearest(row[name], ids)}")
    if row["event_date"] and row["event_date"] > published(row):
        remedy = "Swap or correct them."
        yield Finding(file, row.line, "event_date", str(row["event_date"]), "later than published_at", remedy)
    twins = [r for r in (*case.reports, *table.rows) if r["id"] == row["id"] and r is not row]
    if twins:
        yield Finding(file, row.line, "id", row["id"], "another report has it", "Give each row its own id.")
