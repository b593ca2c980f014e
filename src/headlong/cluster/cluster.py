"""Parts of some work, done by Dask's workers.

What is done must not depend on where: results come as they are done, each with the number of its part. A worker
that is lost is replaced or its parts are done by others; a scheduler that does not answer is an error in bounded
time. Dask is imported only when a cluster is asked for.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from headlong.cluster.local import Local
from headlong.cluster.where import Where, where_is
from headlong.errors import BadRequest, HeadlongError, nearest

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["Cluster", "WorkerTask", "open_cluster"]

P = TypeVar("P")
R = TypeVar("R")
WorkerTask = Callable[[Any, Any, int | None], Any]
"""Called on a worker with what is shared, a part, and the number of threads to use; must have a name in a module."""

ANSWER, WORKERS, LOCAL, GONE = 10.0, 30.0, 120.0, 60.0
"""Seconds to wait for a scheduler to answer, for its first worker (on this machine), and once all are gone."""

TALK = ("distributed", "distributed.client")
"""Where Dask says what we say ourselves."""

TRIES = 2
"""Times a part may be given up by Dask, which tries it on four workers each time."""

LOOK = 2.0
"""Seconds between two looks at who is there."""


class Cluster:
    """Workers that do parts of some work; `open_cluster` gives one.

    Parameters
    ----------
    client
        Dask's.
    where
        What the user named.
    threads
        Threads that each part may use.
    """

    def __init__(self, client: Client, where: Where, threads: int | None) -> None:
        self.client, self.where, self.threads = client, where, threads
        self.lost = False  # the scheduler does not answer any more
        self._sent: tuple[object, Any] | None = None  # what was shared last, and where it is

    def each(self, work: WorkerTask, parts: Sequence[P], shared: object = None) -> Iterator[tuple[int, Any]]:
        """Do each part somewhere; hand out the numbers of parts and what came, whichever is done first.

        Parameters
        ----------
        work
            What is done: called with `shared`, a part, and a number of threads.
        parts, shared
            Its parts; and what all need, which is sent once to every worker.
        """
        here, todo = self._send(shared), list(range(len(parts)))
        tries = dict.fromkeys(todo, 0)
        running: dict[Future, int] = {}
        try:
            while todo or running:
                while todo and len(running) < self.ahead:
                    k = todo.pop(0)
                    future = self.client.submit(
                        _do, work, here, parts[k], self.threads, pure=False, retries=0
                    )
                    running[future] = k
                lost = []
                for future in self._some_done(list(running)):
                    k = running.pop(future)
                    if future.status == "finished":
                        yield k, self._result(future)
                        future.release()
                        continue
                    tries[k] += 1
                    self._bear(future, tries[k])
                    lost.append(k)
                if lost:  # what was shared may have been lost with the worker
                    here, todo = self._send(shared, again=True), lost + todo
        finally:
            with suppress(Exception):
                self.client.cancel(list(running), force=True)

    @property
    def ahead(self) -> int:
        """Parts that are on their way at a time."""
        with suppress(Exception):
            return 2 * sum(self.client.nthreads().values()) + 1
        return 4

    def _send(self, shared: object, again: bool = False) -> Any:
        """Send what is shared to all workers, unless it is there."""
        if self._sent is not None and self._sent[0] is shared and not again:
            return self._sent[1]
        until = time.monotonic() + GONE
        while True:
            self.need_workers(WORKERS)
            try:
                there = self.client.scatter(shared, broadcast=True, hash=False, timeout=WORKERS)
            except Exception as error:  # a worker dies meanwhile: Dask raises many kinds
                if time.monotonic() > until:
                    raise BadRequest(
                        f"{self.where.text} does not take what is sent: {_why(error)}."
                    ) from error
                time.sleep(0.5)
                continue
            self._sent = (shared, there)
            return there

    def need_workers(self, patience: float) -> None:
        """Wait for a worker, in bounded time."""
        until = time.monotonic() + patience
        while not self._workers():
            if time.monotonic() > until:
                raise BadRequest(
                    f"{self.where.text} has no workers, {patience:.0f} s on. Start some: "
                    f"dask worker {self.where.address or self.where.text}. What is finished is kept."
                )
            time.sleep(0.2)

    def _workers(self) -> int:
        try:
            return len(self.client.nthreads())
        except Exception:  # the scheduler is gone or busy: Dask raises many kinds
            return 0

    def _some_done(self, futures: list[Future]) -> list[Future]:
        """Futures that have come to an end, once there are any; an error if nobody works on them any more."""
        from distributed import wait

        while True:
            try:
                with suppress(TimeoutError), self.client.as_current():
                    wait(futures, timeout=LOOK, return_when="FIRST_COMPLETED")
            except CancelledError:  # Dask gives up all that runs once the scheduler does not answer
                self.lost = True
                raise BadRequest(
                    f"{self.where.text} does not answer any more: its scheduler has ended, or cannot be reached. What "
                    "is finished is kept: start it, and give the same command again."
                ) from None
            done = [future for future in futures if future.status != "pending"]
            if done:
                return done
            if not self._workers():
                self.need_workers(GONE)

    def _result(self, future: Future) -> Any:
        try:
            return future.result(timeout=GONE)
        except (TimeoutError, OSError) as error:
            raise BadRequest(
                f"a result of {self.where.text} did not come through: {_why(error)}. What is finished is kept: "
                "give the same command again."
            ) from error

    def _bear(self, future: Future, tries: int) -> None:
        """Raise what went wrong, unless a worker was lost and the part may be tried again."""
        from distributed import KilledWorker

        error = None
        if future.status == "error":
            with suppress(Exception):
                error = future.exception(timeout=ANSWER)
            if isinstance(error, HeadlongError):
                raise error
            if error is not None and not isinstance(error, (KilledWorker, OSError)):
                if isinstance(error, ImportError) or "deserializ" in str(error):
                    raise BadRequest(
                        f"the scheduler or a worker of {self.where.text} cannot run this Headlong: {_why(error)}. "
                        "Install the same version there."
                    ) from error
                raise error
        if tries >= TRIES:
            raise BadRequest(
                "a part was lost again and again with the worker that had it. Has the worker too little memory? "
                "What is finished is kept: give the same command again."
            )


def _do(work: WorkerTask, shared: object, part: object, threads: int | None) -> Any:
    """What a worker runs."""
    return work(shared, part, threads)


def _why(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return text[:200] or type(error).__name__


@contextmanager
def open_cluster(text: str, threads: int | None = None) -> Iterator[Cluster]:
    """Open what the user named; what was started for it ends with the block.

    Parameters
    ----------
    text
        As in `where_is`.
    threads
        Threads that each part may use; by default an even share of the cores of this machine where the workers are
        its own, else one, since a Dask worker does several parts at a time.
    """
    where = where_is(text)
    try:
        import distributed
    except ImportError:
        raise BadRequest("--cluster needs Dask. Install it with: pip install 'headlong[cluster]'") from None
    levels = {name: logging.getLogger(name).level for name in TALK}
    for name in TALK:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    own: Local | None = None
    client: Any = None
    cluster: Cluster | None = None
    try:
        if where.local:
            threads = threads or max(1, (os.cpu_count() or 1) // where.local)
            own = Local(distributed, where.local, GONE)
        client = _answering(distributed, where, own)
        cluster = Cluster(client, where, threads or 1)
        cluster.need_workers(LOCAL if where.local else WORKERS)
        yield cluster
    finally:
        for open_ in (client, own):
            if open_ is not None:
                with suppress(Exception):
                    open_.close(timeout=ANSWER)
        if cluster is None or not cluster.lost:  # else Dask still has much to say of what is gone
            for name, level in levels.items():
                logging.getLogger(name).setLevel(level)


def _answering(distributed: Any, where: Where, own: Local | None) -> Client:
    """Client of a scheduler that answers.

    Dask waits without end for one that accepts a connection and says nothing, so it is made aside.
    """
    if own is not None:
        return distributed.Client(own.scheduler, set_as_default=False, timeout=WORKERS)
    told = {"scheduler_file": where.file} if where.file else {"address": where.address}
    made: list[Any] = []

    def make() -> None:
        try:
            made.append(distributed.Client(**told, set_as_default=False, timeout=ANSWER))
        except Exception as error:
            made.append(error)

    if not where.address.startswith("tcp:") or _speaks(where.address):
        aside = threading.Thread(target=make, daemon=True)
        aside.start()
        aside.join(2 * ANSWER)
    if made and not isinstance(made[0], Exception):
        return made[0]
    raise BadRequest(
        f"no Dask scheduler answers at {where.text}, {ANSWER:.0f} s on. Is it running (`dask scheduler`), and can "
        f"this machine reach it?{nearest(where.text.partition(':')[0], ['local'])}"
    )


def _speaks(address: str) -> bool:
    """Whether somebody at an address says a word of his own accord, as a Dask scheduler does."""
    host, _, port = address.removeprefix("tcp://").rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=ANSWER) as line:
            return bool(line.recv(1))
    except OSError:
        return False
