"""Where compiled kernels are kept, and why none is ever stale.

numba keeps a compiled kernel until the file it stands in changes; it does not notice a change in another file
that the kernel calls. After an edit of a law the old numbers would be served without a word. So the cache
folder carries a hash of every source a kernel can depend on: change one and the folder is a new one.

This must run before a kernel is defined, so the ``__init__`` of every package with kernels in it calls
``use_kernel_cache()``; a test sees to it. It does not import numba.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

__all__ = ["kernel_hash", "kernel_sources", "use_kernel_cache"]

FLOORS = ("parameters.py", "board", "mechanisms", "engine")
MARKS = (b"numba", b"headlong.board.kernel")
PREFIX = "kernels-"


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
    (nothing there may be written) under the folder for temporary files. numba makes it when first needed.

    Parameters
    ----------
    package
        Folder of the package; by default this one.
    """
    folder = _root() / f"{PREFIX}{kernel_hash(package or Path(__file__).parent)}"
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
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
    return Path(tempfile.gettempdir()) / f"headlong-{os.getuid() if hasattr(os, 'getuid') else 'user'}"


def _writable(folder: Path) -> bool:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _numba_version() -> str:
    try:
        return version("numba")
    except PackageNotFoundError:
        return "none"
