"""Results kept on disk under a name that says all they depend on: so nothing stale is ever served.

A folder has a limit; what was used longest ago goes first. A file that cannot be read is made again. All may be
deleted at any time. ``HEADLONG_KEEP=0`` in the environment keeps nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from headlong.errors import BadRequest
from headlong.files import whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]

__all__ = ["fetch", "folder_of", "keep", "source_hash"]

ASIDE = ("cli", "view", "reading", "importers")
"""Rooms that no number of a forecast depends on."""

LIBRARIES = ("numpy", "numba", "scipy", "llvmlite")

MOST_BYTES = 400_000_000
"""A folder holds at most so much."""


@cache
def source_hash() -> str:
    """Hash of all sources and tables that a number can depend on, and of the libraries."""
    package = Path(__file__).parent
    digest = sha256(sys.version.encode())
    for name in LIBRARIES:
        try:
            digest.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            continue
    for path in sorted((*package.rglob("*.py"), *package.rglob("*.csv"))):
        place = path.relative_to(package)
        if place.parts[0] not in ASIDE:
            digest.update(f"{place.as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def folder_of(kind: str) -> Path | None:
    """Folder in the user's cache for results of a kind; None where nothing is to be kept.

    Parameters
    ----------
    kind
        Name of the folder.
    """
    if os.environ.get("HEADLONG_KEEP") == "0":
        return None
    import platformdirs

    return platformdirs.user_cache_path("headlong") / kind


def fetch(path: Path | None) -> Arrays | None:
    """Read the arrays kept in a file; None if there is no such file, or it cannot be read.

    Parameters
    ----------
    path
        The file.
    """
    if path is None or not path.is_file():
        return None
    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as found:
            arrays = {name: found[name] for name in found.files}
        os.utime(path)  # used just now
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    return arrays


def keep(path: Path | None, arrays: Arrays, *, most: int = MOST_BYTES) -> None:
    """Keep arrays in a file, whole or not at all; a folder that cannot be written is no fault.

    Parameters
    ----------
    path, arrays, most
        The file, what it is to hold, and how many bytes its folder may hold.
    """
    if path is None:
        return
    import numpy as np

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole(path) as part, part.open("wb") as file:
            named: Any = arrays
            np.savez(file, **named)
        make_room(path, most)
    except (OSError, BadRequest):
        return


def make_room(newest: Path, most: int) -> None:
    """Delete what was used longest ago until the folder of `newest` holds no more than `most` bytes.

    Parameters
    ----------
    newest, most
        A file, which stays, and the limit.
    """
    found = [(p.stat().st_mtime, p.stat().st_size, p) for p in newest.parent.glob("*.npz") if p != newest]
    total = newest.stat().st_size + sum(size for _, size, _ in found)
    for _, size, path in sorted(found):
        if total <= most:
            break
        path.unlink(missing_ok=True)
        total -= size
