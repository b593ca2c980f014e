"""Where compiled kernels are kept, why none is ever stale, and how many are ready.

numba keeps a compiled kernel until the file it stands in changes; it does not notice a change in another file
that the kernel calls. After an edit of a law the old numbers would be served without a word. So the cache
folder carries a hash of every source a kernel can depend on: change one and the folder is a new one.

This must run before a kernel is defined, so the ``__init__`` of every package with kernels in it calls
``use_kernel_cache()``; a test sees to it. It does not import numba.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import time

__all__ = [
    "clear_old_kernels",
    "compiled",
    "kernel_hash",
    "kernel_sources",
    "note_kernel",
    "say_uncached",
    "use_kernel_cache",
    "watched",
]

FLOORS = ("parameters.py", "forms", "board", "mechanisms", "engine")
MARKS = (b"numba", b"headlong.board.kernel")
PREFIX = "kernels-"
FOLDER = re.compile(re.escape(PREFIX) + "[0-9a-f]{16}")
UNUSED_DAYS = 30
"""Folders of other sources are kept so long after they were last used."""
NOWHERE = Path(os.devnull) / "headlong"
"""Where nothing can be kept."""

_said: list[bool] = []

_known: set[str] = set()
_done: set[str] = set()
_watchers: list[Callable[[str, int, int], object]] = []


def kernel_sources(package: Path) -> list[Path]:
    """List the files whose text decides what a kernel computes.

    All files of the kernel floors, and any other file that mentions numba or our decorators.

    Parameters
    ----------
    package
        Folder of the package.
    """
    files = []
    for path in sorted(package.rglob("*.py")):
        on_floor = path.relative_to(package).parts[0] in FLOORS
        if on_floor or any(mark in path.read_bytes() for mark in MARKS):
            files.append(path)
    return files


def kernel_hash(package: Path) -> str:
    """Return 16 hex digits that change with any kernel source and with numba's version.

    Parameters
    ----------
    package
        Folder of the package.
    """
    digest = hashlib.sha256(_numba_version().encode())
    for path in kernel_sources(package):
        text = path.read_bytes()
        digest.update(f"\n{path.relative_to(package).as_posix()} {len(text)}\n".encode())
        digest.update(text)
    return digest.hexdigest()[:16]


@cache
def use_kernel_cache(package: Path | None = None) -> Path:
    """Point numba's cache at the folder for these sources, and return that folder.

    The folder is under ``NUMBA_CACHE_DIR`` if the user has set it, else under the user's cache folder, else
    (nothing there may be written) in a folder of the user's own under the one for temporary files, which nobody else
    may enter: what is kept there is run. Where even that cannot be, nothing is kept.

    Parameters
    ----------
    package
        Folder of the package; by default this one.
    """
    folder = _root() / f"{PREFIX}{kernel_hash(package or Path(__file__).parent)}"
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    with suppress(OSError):
        os.utime(folder)  # used just now
    if "numba" in sys.modules:  # it read the environment when it was imported
        sys.modules["numba"].config.CACHE_DIR = str(folder)
    return folder


def _root() -> Path:
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:  # a child process finds its parent's folder here, already ours
        path = Path(chosen)
        return path.parent if path.name.startswith(PREFIX) else path
    import platformdirs

    user = platformdirs.user_cache_path("headlong")
    if _writable(user):
        return user
    return _private(
        Path(tempfile.gettempdir()) / f"headlong-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
    )


def _private(folder: Path) -> Path:
    """A folder that is the user's alone, made if need be; a place that cannot be where it is somebody else's."""
    with suppress(OSError):
        os.mkdir(folder, mode=0o700)
    try:
        found = os.lstat(folder)
    except OSError:
        return NOWHERE
    own = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    closed = os.name != "posix" or not stat.S_IMODE(found.st_mode) & 0o077
    return folder if stat.S_ISDIR(found.st_mode) and own and closed else NOWHERE


def clear_old_kernels(ours: Path) -> None:
    """Remove folders of other sources beside a new one that nobody has used for thirty days.

    Parameters
    ----------
    ours
        The folder in use, which stays.
    """
    with suppress(OSError):
        for folder in ours.parent.iterdir():
            if folder != ours and FOLDER.fullmatch(folder.name) and _own(folder) and _unused(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _own(folder: Path) -> bool:
    """Whether it is a folder, no link to one, and the user's."""
    found = os.lstat(folder)
    return stat.S_ISDIR(found.st_mode) and (not hasattr(os, "getuid") or found.st_uid == os.getuid())


def _unused(folder: Path) -> bool:
    """Whether nothing in a folder was read or written lately."""
    used = [os.lstat(path) for path in (folder, *folder.rglob("*"))]
    times = [found.st_mtime for found in used]
    times += [
        found.st_atime for found in used if stat.S_ISREG(found.st_mode)
    ]  # a folder is read by who looks
    return max(times) < time() - UNUSED_DAYS * 86_400


def say_uncached(error: Exception) -> None:
    """Say in one line, once, that compiled kernels cannot be kept, and what to do.

    Parameters
    ----------
    error
        What stands in the way.
    """
    if _said:
        return
    _said.append(True)
    print(
        f"Compiled kernels are not kept, so every start compiles them again: {' '.join(str(error).split())} "
        "NUMBA_CACHE_DIR=FOLDER names another place.",
        file=sys.stderr,
    )


def note_kernel(kernel: str) -> None:
    """Note that there is a kernel, which a run may need.

    Parameters
    ----------
    kernel
        Its name.
    """
    _known.add(kernel)


def compiled(kernel: str) -> None:
    """Note that a kernel has been compiled, and tell who watches.

    Parameters
    ----------
    kernel
        Its name; what is no kernel of ours does not count.
    """
    if kernel in _known and kernel not in _done:
        _done.add(kernel)
        for tell in tuple(_watchers):
            tell(kernel, len(_done), len(_known))


@contextmanager
def watched(tell: Callable[[str, int, int], object]) -> Iterator[None]:
    """Tell of every kernel compiled in this block.

    Parameters
    ----------
    tell
        Called with its name, how many are compiled, and how many there are; no run needs all.
    """
    _watchers.append(tell)
    try:
        yield
    finally:
        _watchers.remove(tell)


def _writable(folder: Path) -> bool:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _numba_version() -> str:
    try:
        return version("numba")
    except PackageNotFoundError:
        return "none"
