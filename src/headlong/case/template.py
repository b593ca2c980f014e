"""A case to fill in: every table with its header, and the settings with what each key means."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from headlong.case.tables.schema import Column, columns_of, tables
from headlong.errors import BadRequest
from headlong.files import advice, part_in, write_text

__all__ = ["new_case", "whole_folder", "write_template"]

EXAMPLES = {
    "title": '"Somewhere 2031"',
    "start": "2031-01-01",
    "end": "2031-06-30",
    "init": "2031-03-15",
    "licence": '"CC BY 4.0"',
    "notes": '""',
    "stratum": '"held"',
    "map": '"somewhere"',
    "assumptions": '["What is not known and left to its prior."]',
    "name": '"The government of Somewhere"',
    "role": '"incumbent"',
    "friends": "[]",
    "presses": '["rebels"]',
    "seat": '"capital"',
    "what": '"Support stays as it was in February."',
    "judgement": '"How much support matters."',
    "support": '"as-on:2031-02-01"',
    "leaders_stay": "true",
    "amnesty": "0.2",
    "crossings": '{ bridge = "open" }',
    "ghost_share": "0.3",
}


def new_case(name: str | Path) -> Path:
    """Make a case folder to fill in, and return its path.

    The tables have their headers only, and the settings are commented out, so that ``headlong check`` lists what
    is still to be written.

    Parameters
    ----------
    name : str or Path
        The folder to make; its last part is the case's id.

    Raises
    ------
    BadRequest
        When the name cannot be an id, the folder is there already, or the system refuses to write: then none is made.
    """
    with whole_folder(Path(name)) as made:
        write_template(made)
    return Path(name)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder of the same name to fill, which takes its place at the end if nothing went wrong.

    Parameters
    ----------
    folder : Path
        The case to make.

    Raises
    ------
    BadRequest
        The name cannot be an id, something is there already, or the system refuses to write.
    """
    _must_be_free(folder)
    aside = part_in(folder.parent)
    made = aside / folder.name
    try:
        with _said_of(folder):
            made.mkdir(parents=True)
        yield made
        with _said_of(folder):
            os.rename(made, folder)
    except BadRequest as error:
        raise BadRequest(str(error).replace(str(made), str(folder))) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _said_of(folder: Path) -> Iterator[None]:
    """Say of a folder what the system refuses."""
    try:
        yield
    except OSError as error:
        raise BadRequest(f"cannot make '{folder}': {advice(error)}") from error


def _must_be_free(folder: Path) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", folder.name):
        wanted = re.sub(r"[^a-z0-9]+", "-", folder.name.lower()).strip("-") or "somewhere-2031"
        raise BadRequest(
            f"'{folder.name}' cannot be the name of a case: lower-case letters, digits and hyphens. Try '{wanted}'."
        )
    if os.path.lexists(folder):
        raise BadRequest(f"'{folder}' is there already; nothing was changed. Take another name.")
    if not folder.parent.is_dir():
        raise BadRequest(f"There is no folder '{folder.parent}'. Make it first.")


def write_template(folder: Path) -> None:
    """Write every table with its header, and the settings, commented out.

    Parameters
    ----------
    folder : Path
        An empty folder of the case's name.
    """
    for table in tables():
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow(columns_of(table))
        write_text(folder / f"{table}.csv", out.getvalue())
    write_text(folder / "case.toml", _settings(folder.name))
    write_text(folder / "scenarios.toml", _scenarios())
    write_text(folder / "columns.md", _columns())


def _settings(ident: str) -> str:
    keys = [column for column in columns_of("case").values() if column.column not in ("id", "sides")]
    lines = ["# Take away the '# ' before a line and fill it in.", f'id = "{ident}"', *map(_key, keys)]
    lines += ["", "# The armed sides: two or more such blocks.", "# [[sides]]", '# id = "government"']
    lines += [_key(column) for column in columns_of("sides").values() if column.column != "id"]
    lines += [
        "",
        "# [[sides]]",
        '# id = "rebels"',
        '# name = "Those who fight it"',
        '# role = "insurgent"',
        "",
    ]
    return "\n".join(lines)


def _scenarios() -> str:
    lines = [
        "# Named what-ifs. Take away the '# ' before a line and fill it in; leave out what stays as it is."
    ]
    return "\n".join([*lines, "# [my-scenario]", *map(_key, columns_of("scenarios").values()), ""])


def _key(column: Column) -> str:
    meaning = column.meaning + ("" if column.required == "yes" else " (may be left out)")
    choices = f" [{', '.join(column.choices)}]" if column.choices else ""
    return f"# {column.column} = {EXAMPLES.get(column.column, '...')}  # {meaning}{choices}"


def _columns() -> str:
    lines = ["# The tables, column by column", "", "Made from the schema; nothing reads this file."]
    for table in tables():
        lines += [
            "",
            f"## {table}.csv",
            "",
            "| column | type | unit | required | meaning |",
            "|---|---|---|---|---|",
        ]
        for column in columns_of(table).values():
            kind = column.type + (f": {', '.join(column.choices)}" if column.choices else "")
            kind += f" of {column.refers_to}" if column.refers_to else ""
            needed = {"yes": "yes", "column": "the column, not its cells"}.get(column.required, "no")
            lines.append(f"| {column.column} | {kind} | {column.unit} | {needed} | {column.meaning} |")
    return "\n".join([*lines, ""])
