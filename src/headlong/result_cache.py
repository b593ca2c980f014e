"""Results kept on disk under a name that says all they depend on: so nothing stale is ever served.

The one home of all that is kept: wars that were weighed, likelihoods of a calibration, hindcasts, score cards. A
folder may have a limit; what was used longest ago goes first. A file that cannot be read, or holds what cannot be, is
made again (`kept_or_made`). All may be deleted at any time. ``HEADLONG_KEEP=0`` in the environment keeps nothing.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from headlong.errors import BadRequest
from headlong.files import whole
from headlong.npz import read_arrays

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]

T = TypeVar("T")

__all__ = ["fetch", "folder_of", "keep", "kept_or_made", "read_sound", "remembered", "source_hash"]

ASIDE = ("cli", "view", "reading", "importers")
"""Rooms that no number of a forecast depends on."""

LIBRARIES = ("numpy", "numba", "scipy", "llvmlite")

MOST_BYTES = 400_000_000
"""A folder of what is quickly made again holds at most so much."""

MOST_NUMBERS = 2_000_000_000
"""A file may say that it holds so many numbers, and no more."""

PACKAGE = Path(__file__).parent


@cache
def source_hash(start: str = "") -> str:
    """Hash of all sources and tables that a number can depend on, and of the libraries.

    Parameters
    ----------
    start
        A module; given it, only its own source counts and those that it imports, directly or not. For what takes
        hours to make, so that a change elsewhere does not throw it away.
    """
    if start:
        digest = sha256()
        for file in source_files(start):
            digest.update(file.relative_to(PACKAGE).as_posix().encode() + file.read_bytes())
        return digest.hexdigest()
    digest = sha256(sys.version.encode())
    for name in LIBRARIES:
        try:
            digest.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            continue
    for path in sorted((*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.csv"))):
        place = path.relative_to(PACKAGE)
        if place.parts[0] not in ASIDE:
            digest.update(f"{place.as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def source_files(start: str) -> list[Path]:
    """Files of the module `start` and of all that it imports, directly or not, within this package.

    Parameters
    ----------
    start
        Name of the module.
    """
    found, todo = set(), [start]
    while todo:
        name = todo.pop()
        if name.split(".")[0] != PACKAGE.name or name == PACKAGE.name:
            continue
        path = PACKAGE.joinpath(*name.split(".")[1:])
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if path.is_file() and path not in found:
            found.add(path)
            todo += _imported(path)
    return sorted(found)


def _imported(path: Path) -> Iterator[str]:
    """Modules that a file imports, wherever in the file; a name from a package may be a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


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
    try:
        arrays = read_arrays(path, MOST_NUMBERS)
        os.utime(path)  # used just now
    except (OSError, ValueError):
        return None
    return arrays


def keep(path: Path | None, arrays: Arrays, *, most: int | None = MOST_BYTES) -> None:
    """Keep arrays in a file, whole or not at all; a folder that cannot be written is no fault.

    Parameters
    ----------
    path, arrays, most
        The file, what it is to hold, and how many bytes its folder may hold; None: any number.
    """
    if path is None:
        return
    import numpy as np

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole(path) as part, part.open("wb") as file:
            named: Any = arrays
            np.savez_compressed(file, **named) if most is None else np.savez(file, **named)
        if most is not None:
            make_room(path, most)
    except (OSError, BadRequest):
        return


def kept_or_made(
    path: Path | None,
    sound: Callable[[Arrays], T | None],
    make: Callable[[], T],
    arrays_of: Callable[[T], Arrays],
    *,
    most: int | None = MOST_BYTES,
) -> T:
    """What was kept in a file, or what is made now and kept.

    Parameters
    ----------
    path
        The file; None: it is made.
    sound
        What the arrays of the file are; None, or any fault of theirs, where they cannot be what is asked for.
    make
        Makes it.
    arrays_of
        The arrays that it is kept as.
    most
        As in `keep`.
    """
    found = read_sound(path, sound)
    if found is None:
        found = make()
        keep(path, arrays_of(found), most=most)
    return found


def read_sound(path: Path | None, sound: Callable[[Arrays], T | None]) -> T | None:
    """What a file holds by `sound`; None where there is none, or it holds what cannot be.

    Parameters
    ----------
    path, sound
        As in `kept_or_made`.
    """
    arrays = fetch(path)
    try:
        return None if arrays is None else sound(arrays)
    except (
        Exception
    ):  # arrays of any kind and shape may be there under the right name: none is a fault of the user's
        return None


def remembered(
    folder: Path | None,
    kind: str,
    given: Iterable[Any],
    names: Iterable[str],
    rows: int,
    make: Callable[[], Arrays],
) -> Arrays:
    """Arrays as they were made before from the same, or made now and kept.

    Parameters
    ----------
    folder, kind
        Where they are kept, and a word that begins their file's name; None: they are made.
    given
        All that they depend on beside the sources: arrays, numbers, words.
    names, rows
        Names of the arrays, and the length of each; what is kept and is otherwise, or no finite number, is made again.
    make
        Makes them.
    """
    if folder is None:
        return make()
    import numpy as np

    digest = sha256(source_hash().encode())
    for one in map(np.ascontiguousarray, given):
        digest.update(f"{one.dtype} {one.shape}".encode() + one.tobytes())
    path, wanted = folder / f"{kind}-{digest.hexdigest()[:20]}.npz", {*names}

    def sound(found: Arrays) -> Arrays | None:
        return found if {*found} == wanted and all(_sound(one, rows) for one in found.values()) else None

    return kept_or_made(path, sound, make, lambda made: made)


def _sound(array: NDArray[Any], rows: int) -> bool:
    """Whether an array has so many rows of finite numbers."""
    import numpy as np

    return array.shape[:1] == (rows,) and array.dtype == float and bool(np.isfinite(array).all())


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
