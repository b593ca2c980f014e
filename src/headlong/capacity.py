"""Room in memory and on disk, asked before long work rather than found out after it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from headlong.errors import BadRequest

__all__ = ["must_fit", "must_fit_on_disk", "room_in_memory", "size"]

GROUPS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
USED = ("/sys/fs/cgroup/memory.current", "/sys/fs/cgroup/memory/memory.usage_in_bytes")


def must_fit(needed: int, what: str, remedy: str) -> None:
    """Refuse work that needs more memory than there is.

    Parameters
    ----------
    needed
        Bytes.
    what
        What needs them.
    remedy
        What to do instead.

    Raises
    ------
    BadRequest
        There is less; where it cannot be told how much there is, nothing is refused.
    """
    there = room_in_memory()
    if there is not None and needed > there:
        raise BadRequest(f"{what} take about {size(needed)} of memory, and {size(there)} are free. {remedy}")


def must_fit_on_disk(needed: int, path: str | Path) -> None:
    """Refuse a file that is larger than the room on its disk.

    Parameters
    ----------
    needed
        Bytes.
    path
        The file.
    """
    folder = Path(os.path.realpath(path)).parent
    with suppress(OSError):
        there = shutil.disk_usage(folder).free
        if needed > there:
            raise BadRequest(
                f"'{path}' takes {size(needed)} or more, and {size(there)} are free on its disk. "
                "Make room on it, name another, or ask for fewer --members or --days."
            )


def room_in_memory() -> int | None:
    """Bytes that this process may still take: what the machine, its group and its own limit leave; None if unknown."""
    found = [_available(), _group(), _limit()]
    known = [number for number in found if number is not None]
    return min(known) if known else None


def size(number: float) -> str:
    """Write a number of bytes with two digits or three: ``35 MB``, ``1.2 GB``.

    Parameters
    ----------
    number
        Bytes.
    """
    for unit, worth in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if number >= worth:
            count = number / worth
            return f"{count:.1f} {unit}" if count < 10 else f"{count:,.0f} {unit}"
    return f"{number / 1e3:.0f} kB"


def _available() -> int | None:
    """Memory that the machine has to give; where it does not say, all it has."""
    with suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return 1024 * int(line.split()[1])
    with suppress(OSError, ValueError, AttributeError):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return None


def _group() -> int | None:
    """What a container's limit leaves."""
    for limit, used in zip(GROUPS, USED, strict=True):
        with suppress(OSError, ValueError):
            return max(0, int(Path(limit).read_text()) - int(Path(used).read_text()))
    return None


def _limit() -> int | None:
    """What the process's own limit on its addresses leaves (ulimit -v)."""
    with suppress(ImportError, OSError, ValueError, IndexError):
        import resource

        soft = resource.getrlimit(resource.RLIMIT_AS)[0]
        if soft != resource.RLIM_INFINITY:
            pages = int(Path("/proc/self/statm").read_text().split()[0])
            return max(0, soft - pages * os.sysconf("SC_PAGE_SIZE"))
    return None
