"""How far the program is prepared: kernels there are, and those compiled so far, here or in a process beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["compiled", "known", "watched"]

Tell = Callable[[str, int, int], object]

_known: set[str] = set()
_done: set[str] = set()
_watchers: list[Tell] = []


def known(kernel: str) -> None:
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
def watched(tell: Tell) -> Iterator[None]:
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
