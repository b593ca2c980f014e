"""Compile the engine beside other work: in a process of its own, into the cache that this one reads.

numba compiles in one thread at a time. The first forecast on a machine has two things to compile, the
filter and the engine; with a second core the engine is done while the filter is still at work.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import numpy as np

from headlong.board.state import empty_state
from headlong.board.world import (
    NOBODY,
    Backing,
    Exits,
    Gates,
    Ground,
    Known,
    Refuges,
    Roads,
    Roster,
    Sides,
    World,
)
from headlong.engine.run import Work, run
from headlong.engine.start import Opening
from headlong.kernel_cache import compiled, use_kernel_cache, watched
from headlong.mechanisms import PARAMETERS
from headlong.parameters import record_dtype


def least_world() -> World:
    """The smallest world: two places without a road, one side, no leader, no crossing, one day."""
    two, none, table = np.zeros(2), np.zeros(0, np.int64), np.zeros((2, 2))
    nobody = np.full(2, NOBODY, np.int64)
    no, one = np.zeros(2, bool), np.zeros((2, 1))
    both = np.array([[0, 1], [1, 0]], np.int32)
    hops, days = np.full((2, 2), NOBODY, np.int32), np.ones((2, 2), np.int8)
    return World(
        Roads(
            table, np.ones(1), both, hops, days, np.zeros(3, np.int64), none, days, table, hops,
        ),
        Ground(no, two, no, two, no, nobody, nobody, nobody, nobody),
        Sides(
            np.zeros((1, 1), bool),
            nobody[:1],
            one,
            one,
            one,
            table,
            np.ones(1),
            np.ones(1),
            np.zeros(1),
            nobody[:1],
        ),
        Roster(none, none, np.zeros(0), np.zeros(0), np.zeros(0, bool), none),
        Gates(none, np.zeros((0, 2)), np.zeros(0), none),
        Exits(none, none, none, none, np.zeros((2, 0)), np.zeros((0, 2)), none, none),
        Refuges(
            none, np.zeros((0, 0)), np.zeros((0, 2), bool), np.zeros((0, 2), bool), np.zeros((0, 2)),
            np.zeros((2, 0)), np.zeros(0), np.zeros((0, 2)), none,
        ),
        Known(np.zeros((0, 2), np.int64), np.zeros((0, 2), np.int64), table, two, two),
        Backing(one, one, one, one),
    )  # fmt: skip


def compile_engine() -> None:
    """Compile the engine by running the smallest world for a day."""
    world = least_world()
    opening = Opening(empty_state(world), np.zeros((1, 1)), np.zeros((1, 1)), np.zeros((2, 2)))
    run(Work(world, opening, np.zeros(1, record_dtype(PARAMETERS)), 0, 1, np.zeros(1, np.int64)), threads=1)


def compile_telling() -> None:
    """The same, with the name of each kernel that is done on a line of its own."""
    with watched(lambda name, done, total: print(name, flush=True)):
        compile_engine()


def is_compiled() -> bool:
    """Whether the cache holds a compiled engine."""
    return any(use_kernel_cache().rglob("run.run_members-*.nbc"))


@contextmanager
def compiling_aside() -> Iterator[Callable[[], object]]:
    """Compile the engine in another process if need be; call what is given to wait for it.

    The process does not outlive the block.
    """
    if is_compiled():
        yield lambda: None
        return
    call = [sys.executable, "-c", "from headlong.engine.warm import compile_telling; compile_telling()"]
    child = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def listen() -> None:
        for line in child.stdout or ():
            compiled(line.strip())

    ear = Thread(target=listen, daemon=True)
    ear.start()
    try:
        yield child.wait  # if it failed, this process compiles for itself
    finally:
        child.kill()
        child.wait()
        ear.join(timeout=1.0)
