"""More reports from a file, checked like the case's own table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from headlong.case import Case
from headlong.case.rows import Row
from headlong.case.schema import columns_of
from headlong.case.tables import read_table
from headlong.errors import CaseError, Finding, nearest
from headlong.reports.confirmed import published

__all__ = ["add_reports"]


def add_reports(case: Case, paths: str | Path | Iterable[str | Path]) -> Case:
    """Return the case with the reports of one file or of several added to its own.

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
    reports, findings = list(case.reports), []
    ids = {row["id"]: "the case" for row in reports}
    for path in [Path(paths)] if isinstance(paths, (str, Path)) else map(Path, paths):
        table = read_table(path, "reports")
        known = _known(case)
        found = [f for row in table.rows for f in _wrong(row, known, ids, path.name)]
        findings += sorted([*table.findings, *found], key=lambda finding: finding.row or 0)
        reports += table.rows
    if findings:
        raise CaseError(findings)
    return replace(case, reports=tuple(reports))


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
    if row["event_date"] and row["event_date"] > published(row):
        remedy = "Swap or correct them."
        yield Finding(file, row.line, "event_date", str(row["event_date"]), "later than published_at", remedy)
    if row["id"] in ids:
        problem = f"another report has it (in {ids[row['id']]})"
        yield Finding(file, row.line, "id", row["id"], problem, "Give each row its own id.")
    ids.setdefault(row["id"], f"{file}, line {row.line}")
