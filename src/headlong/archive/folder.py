"""The folder of an archive: what is no archive, and which of its files belong together."""

from __future__ import annotations

import re
from pathlib import Path

from headlong.archive.daily import Daily, read_daily, unlike
from headlong.case import gallery
from headlong.errors import BadRequest

NAME = re.compile(r"\d{4}-\d{2}-\d{2}\.nc")
MEMBERS = "members"
"""Folder inside the archive for whole forecasts, where they are asked for."""


def refuse_what_is_no_archive(folder: Path) -> None:
    """Refuse a file, a case, and a folder that holds other things and no kept forecast."""
    if folder.is_file():
        raise BadRequest(f"'{folder}' is a file. An archive is a folder; a new one is made.")
    if str(folder) in gallery() or (folder / "case.toml").is_file():
        raise BadRequest(
            f"'{folder}' is a case. The archive's folder comes first: headlong archive DIR CASE."
        )
    if not folder.is_dir():
        return
    names = [p.name for p in folder.iterdir() if not p.name.startswith(".")]
    if names and not any(NAME.fullmatch(name) for name in names) and names != [MEMBERS]:
        raise BadRequest(
            f"'{folder}' holds other files ({', '.join(sorted(names)[:3])}) and no kept forecast. Name a new folder."
        )


def read_all(folder: Path) -> tuple[list[Daily], list[str]]:
    """Kept forecasts that belong together, and what is wrong with the others."""
    found: list[Daily] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.nc")) if folder.is_dir() else ():
        if not NAME.fullmatch(path.name):
            faults.append(f"{path.name} is no kept forecast: those are named by their day, 2021-08-12.nc.")
            continue
        try:
            daily = read_daily(path)
        except BadRequest as error:
            faults.append(str(error))
            continue
        if found and daily.identity != found[0].identity:
            what = unlike(found[0].identity, daily.identity)
            faults.append(
                f"{path.name} does not belong to the others: {what}. Move it to a folder of its own."
            )
            continue
        found.append(daily)
    return found, faults
