"""One writer at a time in a folder; the lock goes with its process, however that ends."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from headlong.errors import BadRequest
from headlong.files import advice

LOCK = ".headlong-archive.lock"
PATIENCE = 5.0
"""Seconds to wait for another writer."""


@contextmanager
def locked(folder: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock of a folder.

    Raises
    ------
    BadRequest
        Another process holds it, or the folder cannot be written.
    """
    until = time.monotonic() + (PATIENCE if patience is None else patience)
    try:
        handle = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o666)
    except OSError as error:
        raise BadRequest(f"cannot write in '{folder}': {advice(error)}") from error
    try:
        while not _take(handle):
            if time.monotonic() > until:
                who = os.read(handle, 40).decode("ascii", "replace").strip()
                by = f" (process {who})" if who.isdigit() else ""
                raise BadRequest(
                    f"another process{by} keeps a forecast in '{folder}' now. Wait until it has ended; what it has "
                    "kept will not be made again."
                )
            time.sleep(0.1)
        with suppress(OSError):
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)  # lets go of the lock


def _take(handle: int) -> bool:
    """Try to take the lock."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
