"""The case folder that an import writes into: what is there already, what may be replaced, what is written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from headlong.case.rows import Cells, Row, Side
from headlong.case.settings import read_settings
from headlong.case.tables.schema import columns_of
from headlong.case.tables.table import read_table, table_in
from headlong.errors import BadRequest, CaseError
from headlong.files import write_text
from headlong.importers.staging import Staging, finish

__all__ = ["Folder", "Keep", "table_text"]

Keep = Literal["refuse", "add", "replace"]
"""What to do where a table has rows already."""

PROPOSED = (
    Side("government", "The government", "incumbent"),
    Side("rebels", "Those who fight it", "insurgent"),
)
"""Sides that `headlong new` proposes; while nobody has said more of the war, a source's own take their place."""

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ASIDE = "import"
"""Folder inside the case for tables that a person edits between two imports; no case reads it."""


class Folder:
    """A case folder, there already or not yet.

    Parameters
    ----------
    path : Path
        The folder; its last part becomes the case's id.
    keep : str
        What to do where a table has rows: refuse, add to them, or replace them.
    """

    def __init__(self, path: Path, keep: Keep = "refuse") -> None:
        if path.exists() and not path.is_dir():
            raise BadRequest(f"'{path}' is a file. Name a case folder, there already or not.")
        if not path.exists() and not path.parent.is_dir():
            raise BadRequest(f"There is no folder '{path.parent}'. Make it first.")
        if not path.exists() and not ID.fullmatch(path.name):
            wanted = re.sub(r"[^a-z0-9]+", "-", path.name.lower()).strip("-") or "somewhere-2031"
            raise BadRequest(
                f"'{path.name}' cannot be the name of a case: lower-case letters, digits and hyphens. Try '{wanted}'."
            )
        self.path, self.keep = path, keep
        self.id = re.sub(r"[^a-z0-9]+", "-", path.resolve().name.lower()).strip("-") or "my-war"
        finish(path)
        self.staged = Staging(path)
        self.start: date | None = None
        self.settings: Cells = {}
        self.sides: list[Side] = []
        if (path / "case.toml").is_file():
            settings = read_settings(path / "case.toml")
            self.sides, self.settings = settings.sides, settings.values
            self.start = self.settings.get("start")
        self.places = self.rows("places")
        self.untouched, self.renewed = self._untouched(), False
        if self.untouched:  # start and holders are proposals, too
            self.start = None
            self.places = [row.but(held_by=None) for row in self.places]

    def _untouched(self) -> bool:
        """Whether the case is as `headlong new` proposed it: its sides, all places the government's, nothing dated."""
        inner = {row["held_by"] for row in self.places if row["kind"] != "refuge"}
        said = self.rows("history") or self.rows("reports")
        return tuple(self.sides) == PROPOSED and inner <= {PROPOSED[0].id} and not said

    def keep_proposed(self) -> None:
        """Take what `headlong new` proposed for what the case says: the source has no better."""
        if self.untouched:
            self.untouched, self.start, self.places = False, self.settings.get("start"), self.rows("places")

    @property
    def settled(self) -> bool:
        """Whether somebody, or an import, has said who fights."""
        return self.has_settings() and not self.untouched

    @property
    def incumbent(self) -> str | None:
        """The side of the government, if case.toml names one."""
        return next((side.id for side in self.sides if side.role == "incumbent"), None)

    def has_settings(self) -> bool:
        """Say whether case.toml names at least two sides."""
        return len(self.sides) >= 2

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table that is there or taken to be written; its findings stop the import."""
        path = self.path / f"{table}.csv"
        taken = self.staged.texts.get(path.name)
        if taken is None and not path.is_file():
            return []
        found = read_table(path) if taken is None else table_in(taken, table, path.name)
        if found.findings:
            raise CaseError(found.findings)
        return found.rows

    def write(self, table: str, rows: Sequence[Mapping[str, Any]], key: Sequence[str]) -> int:
        """Take rows for a table, by the rule for rows that are there; return how many it will have.

        Parameters
        ----------
        table : str
            Table of the schema.
        rows : sequence of mapping
            Values by column.
        key : sequence of str
            Columns by which a new row takes the place of an old one.
        """
        old: list[Mapping[str, Any]] = list(self.rows(table)) if self.keep != "replace" else []
        if old and self.keep == "refuse":
            raise BadRequest(
                f"'{self.path / table}.csv' has {len(old):,} rows already. Say --add to keep them, or --replace."
            )
        found = {tuple(str(row.get(k) or "") for k in key): row for row in [*old, *rows]}
        self.put(f"{table}.csv", table_text(table, list(found.values())))
        return len(found)

    def put(self, name: str, text: str) -> None:
        """Take the text of a file; nothing is on disk until `commit`."""
        self.staged.put(name, text)

    def commit(self) -> None:
        """Write all that was taken, or nothing."""
        self.staged.commit()

    def write_also(self, table: str, rows: Sequence[Mapping[str, Any]], key: Sequence[str]) -> None:
        """Add rows to a table, whatever the rule for rows that are there."""
        keep, self.keep = self.keep, "add"
        self.write(table, rows, key)
        self.keep = keep

    def write_aside(self, name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Path:
        """Write a table for a person to edit, in a folder of the case that no case reads."""
        folder = self.path / ASIDE
        folder.mkdir(parents=True, exist_ok=True)
        write_text(folder / name, as_csv(columns, rows))
        return folder / name

    def write_settings(self, title: str, start: date, sides: Sequence[Side], note: str = "") -> None:
        """Write case.toml, if there is none that names sides; those that `headlong new` proposed give way."""
        if self.settled:
            return
        start = (None if self.untouched else self.settings.get("start")) or start
        title, note = self.settings.get("title") or title, self.settings.get("notes") or note
        lines = [f'id = "{self.id}"', f"title = {quoted(title)}", f"start = {start}"]
        end = self.settings.get("end")
        lines += [f"end = {end}" if end else "# end = 2031-06-30  # while it is left out, the war goes on"]
        lines += [f"init = {self.settings['init']}"] if "init" in self.settings else []
        lines += [
            f"{key} = {quoted(text)}"
            for key, text in (("licence", self.settings.get("licence")), ("notes", note))
            if text
        ]
        for side in sides:
            lines += [
                "",
                "[[sides]]",
                f'id = "{side.id}"',
                f"name = {quoted(side.name)}",
                f'role = "{side.role}"',
            ]
        self.put("case.toml", "\n".join([*lines, ""]))
        self.sides, self.start = list(sides), start
        if self.untouched:
            self.untouched, self.renewed = False, True
            self.places = [
                row.but(held_by=None if row["kind"] == "refuge" else self.incumbent) for row in self.places
            ]
            self.replace_places(self.places)
            self.places = [row.but(held_by=None) for row in self.places]

    def replace_places(self, rows: Sequence[Row]) -> None:
        """Write places anew, whatever the rule for rows that are there."""
        keep, self.keep = self.keep, "replace"
        self.write("places", rows, ("id",))
        self.keep = keep


def quoted(text: str) -> str:
    """Return a text as TOML writes it."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'


def table_text(table: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return a table of the schema as CSV: required columns, and those that any row fills."""
    schema = columns_of(table)
    free = sorted({name for row in rows for name in row if name.startswith("x_")})
    names = [
        name for name, column in schema.items()
        if column.required != "no" or any(row.get(name) not in (None, "", ()) for row in rows)
    ]  # fmt: skip
    return as_csv([*names, *free], rows)


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(row.get(name)) for name in columns] for row in rows)
    return out.getvalue()


def cell(value: Any) -> str:
    """Return a value as a cell of a case's table."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(timespec="minutes")
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, tuple):
        return "; ".join(value)
    text = " ".join(str(value).split())
    clean = "".join(c for c in text if c.isprintable())[:9000]
    return f" {clean}".strip() if not clean.startswith("#") else f"'{clean}"
