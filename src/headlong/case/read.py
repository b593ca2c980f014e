"""A folder becomes a Case, or a list of all that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from headlong.case.case import Case
from headlong.case.findings.checks import across
from headlong.case.findings.warnings import oddities
from headlong.case.order import rows_in_order, sides_in_order
from headlong.case.rows import Row
from headlong.case.settings import SettingsFile, read_scenarios, read_settings
from headlong.case.tables.schema import tables
from headlong.case.tables.table import Table, read_table
from headlong.errors import CaseError, Finding, nearest

__all__ = ["check", "read"]

REQUIRED = ("places", "roads")


IMPORTED = ".headlong-import-done"
"""Folder inside a case that holds what an import has written whole and not yet put in its place."""


def read(folder: str | Path) -> Case:
    """Read a case folder.

    Parameters
    ----------
    folder : str or Path
        A folder with case.toml, places.csv and roads.csv; all other tables are optional.

    Raises
    ------
    CaseError
        With every finding, when anything is wrong.
    """
    case, findings = _examine(Path(folder))
    if findings or case is None:
        raise CaseError(findings)
    return case


def check(folder: str | Path) -> list[Finding]:
    """Return everything that is wrong with a case folder, in the order of files and lines."""
    return _examine(Path(folder))[1]


def _examine(folder: Path) -> tuple[Case | None, list[Finding]]:
    if not folder.is_dir():
        remedy = "Name a folder that holds case.toml, or make one with 'headlong new'."
        return None, [Finding(folder.name, None, None, None, "there is no such folder", remedy)]
    if (folder / IMPORTED).is_dir():
        remedy = "Give the import again, or any other import into this folder: it is finished first."
        return None, [Finding(folder.name, None, None, None, "an import was cut off here", remedy)]
    there = [name for name in tables() if (folder / f"{name}.csv").exists()]
    read_in = {name: read_table(folder / f"{name}.csv") for name in there}
    settings, scenarios = SettingsFile("case.toml"), SettingsFile("scenarios.toml")
    if (folder / "case.toml").exists():
        settings = read_settings(folder / "case.toml")
    else:
        settings.usable = False
    if (folder / "scenarios.toml").exists():
        scenarios = read_scenarios(folder / "scenarios.toml")
    across(read_in, settings, scenarios)
    findings = _missing(folder, read_in) + _strangers(folder)
    for found in (settings.findings, *(table.findings for table in read_in.values()), scenarios.findings):
        findings += sorted(found, key=lambda finding: finding.row or 0)
    if findings:
        return None, findings
    case = _build(folder, settings, read_in, scenarios)
    return case, []


def _missing(folder: Path, read_in: Mapping[str, Table]) -> list[Finding]:
    """Say which required files are not there, or hold no row."""
    files = ["case.toml", *(f"{name}.csv" for name in REQUIRED)]
    remedy = "Write it; 'headlong new' makes one to fill in."
    findings = [
        Finding(name, None, None, None, "the file is missing", remedy)
        for name in files
        if not (folder / name).exists()
    ]
    for name in REQUIRED:
        table = read_in.get(name)
        if table and not table.findings and not table.rows:
            problem, remedy = (
                "the table has a header and no rows",
                f"Write one line for each {name.removesuffix('s')}.",
            )
            findings.append(Finding(f"{name}.csv", None, None, None, problem, remedy))
    return findings


def _strangers(folder: Path) -> list[Finding]:
    """Say which tables, workbooks and settings files have a name that nothing reads."""
    known = ["case.toml", "scenarios.toml", *(f"{name}.csv" for name in tables())]
    return [
        Finding(
            path.name,
            None,
            None,
            None,
            "nothing reads a file of this name",
            nearest(path.name, known).strip() or f"Known files: {', '.join(known)}.",
        )
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in (".csv", ".toml") and path.name not in known and path.name[0] not in ".~"
    ]


def _build(
    folder: Path, settings: SettingsFile, read_in: Mapping[str, Table], scenarios: SettingsFile
) -> Case:
    values = settings.values
    sides = sides_in_order(settings.sides)
    rows: dict[str, Any] = {name: rows_in_order(name, table.rows, sides) for name, table in read_in.items()}
    start, end = values["start"], values.get("end")
    case = Case(
        id=values["id"],
        title=values["title"],
        start=start,
        end=end or _last_day(start, rows),
        ongoing=end is None,
        init=values.get("init") or values["start"],
        sides=sides,
        scenarios=MappingProxyType(dict(scenarios.scenarios)),
        assumptions=values.get("assumptions", ()),
        licence=values.get("licence", ""),
        notes=values.get("notes", ""),
        folder=folder,
        stratum=values.get("stratum") or "",
        map=values.get("map") or "",
        **rows,
    )
    object.__setattr__(case, "warnings", tuple(oddities(case)))
    return case


def _last_day(start: date, rows: Mapping[str, tuple[Row, ...]]) -> date:
    """Return the last day that reports and history speak of: the end of a war that goes on."""
    days = [row["latest"] for row in rows.get("history", ())]
    days += [row["published_at"].date() for row in rows.get("reports", ())]
    return max([start, *days])
