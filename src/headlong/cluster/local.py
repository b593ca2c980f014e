"""Workers on this machine."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any


class Local:
    """A scheduler in this process, and worker processes of this machine that only this machine can reach.

    Workers are started as programs, not as copies of this one: so a user's script is not run again in each.
    One that dies is started anew; all end with the scheduler.

    Parameters
    ----------
    distributed
        Dask's module.
    workers
        How many.
    patience
        Seconds after which a worker ends that finds no scheduler.
    """

    def __init__(self, distributed: Any, workers: int, patience: float) -> None:
        here = {"host": "127.0.0.1", "dashboard_address": None, "silence_logs": logging.CRITICAL}
        self.scheduler = distributed.LocalCluster(n_workers=0, processes=True, **here)
        told = ["--nworkers", str(workers), "--nthreads", "1", "--memory-limit", "0", "--no-dashboard"]
        told += ["--host", "127.0.0.1", "--death-timeout", str(int(patience))]
        call = [sys.executable, "-m", "distributed.cli.dask_worker", self.scheduler.scheduler_address, *told]
        self.workers = subprocess.Popen(
            [*call, "--local-directory", str(folder())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches this process alone, which then ends them
        )

    def close(self, timeout: float) -> None:
        """End scheduler and workers, in bounded time."""
        with suppress(Exception):
            self.scheduler.close(timeout=timeout)
        self.workers.terminate()
        try:
            self.workers.wait(timeout)
        except subprocess.TimeoutExpired:
            with suppress(OSError):
                os.killpg(self.workers.pid, signal.SIGKILL)
            self.workers.wait(timeout)


def folder() -> Path:
    """Folder for what workers put aside, in the user's cache; Dask clears what dead workers left there."""
    import platformdirs

    return platformdirs.user_cache_path("headlong") / "workers"
