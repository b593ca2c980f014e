"""Hindcasts kept on disk, so that a run that was stopped goes on where it was.

A file is named by all that its numbers depend on: the case as it was known at init, the sources of the
model, the bank, and what was asked for. So nothing stale is ever served; old files may be deleted at any time.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from headlong.errors import BadRequest
from headlong.files import whole
from headlong.inference.bank import Bank
from headlong.npz import read_arrays
from headlong.verify.hindcasts.runs import HindcastRun

MOST = 2_000_000_000
"""Numbers that a kept hindcast may hold."""

START = "headlong.verify.hindcasts.runs"
"""Module that makes a hindcast; what it imports, and what that imports, decides what a hindcast says."""


def imported(path: Path) -> Iterator[str]:
    """Modules of ours that a file imports, wherever in the file; a name from a package may be a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def sources(start: str = START) -> list[Path]:
    """Files of the module `start` and of all that it imports, directly or not, within this package."""
    package, found, todo = Path(__file__).parents[2], set(), [start]
    while todo:
        name = todo.pop()
        if name.split(".")[0] != package.name or name == package.name:
            continue
        path = package.joinpath(*name.split(".")[1:])
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if path.is_file() and path not in found:
            found.add(path)
            todo += imported(path)
    return sorted(found)


@cache
def model_hash(start: str = START) -> str:
    """Hash of the sources that decide what a hindcast says, or what the module `start` does."""
    package, digest = Path(__file__).parents[2], sha256()
    for file in sources(start):
        digest.update(file.relative_to(package).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def name_of(case_id: str, case_hash: str, bank: Bank, *asked: object) -> str:
    """Name of the file of one hindcast."""
    digest = sha256(f"{case_hash} {model_hash()} {asked}".encode())
    digest.update(bank.draws.theta.tobytes() + bank.draws.weight.tobytes())
    return f"{case_id}-{digest.hexdigest()[:20]}.npz"


def default_folder() -> Path:
    """Folder for hindcasts in the user's cache."""
    import platformdirs

    return platformdirs.user_cache_path("headlong") / "hindcasts"


def fetch(folder: Path, name: str) -> HindcastRun | None:
    """Read what was kept under a name; None if nothing was, or if it cannot be read."""
    try:
        found = read_arrays(folder / name, MOST)
        return HindcastRun(*(found[name] for name in HindcastRun._fields))
    except (OSError, ValueError, KeyError):
        return None


def keep(folder: Path, name: str, run: HindcastRun) -> None:
    """Keep a hindcast under a name, whole or not at all; a folder that cannot be written is no fault."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with whole(folder / name) as part, part.open("wb") as file:
            np.savez_compressed(file, **run._asdict())
    except (OSError, BadRequest):
        return
