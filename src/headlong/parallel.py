"""Work on all cores: one loop over threads for everything that is done in parts.

Kernels let go of Python's lock, so threads are enough. Results come in the order of the parts, whichever is
done first, so that nothing depends on the number of threads.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from types import TracebackType
from typing import Any, TypeVar

__all__ = ["Crew", "ahead", "each", "in_order", "spans"]

P = TypeVar("P")
R = TypeVar("R")
Tell = Callable[[P], object]


class Crew:
    """Threads that wait for work; a block ``with Crew(threads) as crew`` holds them.

    Parameters
    ----------
    threads
        How many; by default one for each core.
    """

    def __init__(self, threads: int | None = None) -> None:
        self.threads = cores(threads)
        self._pool = ThreadPoolExecutor(self.threads)

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def in_order(self, work: Callable[[P], R], parts: Sequence[P]) -> Iterator[R]:
        """Work on each part; hand out results in order, and work at most a few parts ahead.

        Parameters
        ----------
        work, parts
            What is done, and to what.
        """
        todo = iter(parts)
        ahead: deque[Future[R]] = deque()
        ahead.extend(self._pool.submit(work, part) for part in islice(todo, 2 * self.threads))
        try:
            while ahead:
                result = ahead.popleft().result()
                ahead.extend(self._pool.submit(work, part) for part in islice(todo, 1))
                yield result
                del result  # it may be large, and the next one may take long
        finally:
            for job in ahead:
                job.cancel()

    def each(self, work: Callable[[P], Any], parts: Sequence[P], tell: Tell | None = None) -> None:
        """Work on each part for what it does; `tell` is called with each part that is done.

        Parameters
        ----------
        work, parts, tell
            What is done, to what, and who hears of it.
        """
        for part, _ in zip(parts, self.in_order(work, parts), strict=True):
            if tell:
                tell(part)


def cores(threads: int | None) -> int:
    """How many threads there are, if so many are asked for."""
    return threads or os.cpu_count() or 1


def ahead(threads: int | None) -> int:
    """How many parts may be in memory at a time: those that are worked on or wait, and the one that is handed out."""
    return 2 * cores(threads) + 1


def in_order(work: Callable[[P], R], parts: Sequence[P], threads: int | None = None) -> Iterator[R]:
    """As `Crew.in_order`, with threads of its own.

    Parameters
    ----------
    work, parts, threads
        What is done, to what, and on how many cores; by default on all.
    """
    with Crew(threads) as crew:
        yield from crew.in_order(work, parts)


def each(
    work: Callable[[P], Any], parts: Sequence[P], threads: int | None = None, tell: Tell | None = None
) -> None:
    """As `Crew.each`, with threads of its own.

    Parameters
    ----------
    work, parts, threads, tell
        What is done, to what, on how many cores, and who hears of it.
    """
    with Crew(threads) as crew:
        crew.each(work, parts, tell)


def spans(count: int, size: int) -> list[slice]:
    """Cut `count` things into parts of `size`, the last one shorter.

    Parameters
    ----------
    count, size
        Numbers from 0 and from 1.
    """
    return [slice(k, min(k + size, count)) for k in range(0, count, size)]
