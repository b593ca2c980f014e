"""Memory: flat in members, and nothing is allocated while days pass."""

import tracemalloc
import weakref
from itertools import count

import numpy as np
import pytest
from numba.core.runtime import _nrt_python, rtsys
from worlds import toy_play

from headlong.board.state import empty_state
from headlong.engine import run as engine
from headlong.engine.record import empty_record
from headlong.engine.run import part_of_start, pieces, run_members

CHUNK = 10


def most_alive(monkeypatch, members, threads):
    """Greatest number of records that are alive at once while the pieces of a run are looked at and forgotten."""
    made, alive, most = count(), set(), 0

    def empty(*args):
        record, number = empty_record(*args), next(made)
        alive.add(number)
        weakref.finalize(record.control, alive.discard, number)
        return record

    monkeypatch.setattr(engine, "empty_record", empty)
    play = toy_play(8, members, 3)
    for _ in pieces(play.work(), threads=threads, chunk=CHUNK):
        most = max(most, len(alive))
    assert next(made) == members / CHUNK
    return most


@pytest.mark.parametrize("threads", [1, 2])
def test_few_records_live_at_once(monkeypatch, threads):
    few, many = (most_alive(monkeypatch, members, threads) for members in (100, 800))
    assert 1 < many <= 2 * threads + 2 and few <= 2 * threads + 2


def test_memory_is_flat_in_members():
    """80 pieces never take more than a few pieces and states do."""
    members, threads = 800, 2
    play = toy_play(20, members, 30)
    tracemalloc.start()
    try:
        for _, record in pieces(play.work(), threads=threads, chunk=CHUNK):
            size = sum(array.nbytes for array in record)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    state = sum(array.nbytes for group in empty_state(play.world) for array in group)
    assert most < (2 * threads + 2) * (size + state) + 100_000 < 20 * size


def test_what_is_left_undone_is_dropped(monkeypatch):
    made = []
    monkeypatch.setattr(engine, "empty_record", lambda *args: made.append(1) or empty_record(*args))
    play = toy_play(8, 800, 3)
    for span, _ in pieces(play.work(), threads=2, chunk=CHUNK):
        if span.start >= 20:
            break
    assert len(made) <= 3 + 2 * 2 + 1


def allocations(play):
    """Blocks of memory that compiled code takes from the first dawn to the last evening."""
    world, numbers = play.world, np.arange(play.members)
    record, state = empty_record(world, play.members, play.days), empty_state(world)
    opening, params = part_of_start(play.opening, slice(None)), play.params.view(np.recarray)
    run_members(world, opening, params, play.seed, numbers, state, record, 1)  # compiled by now
    _nrt_python.memsys_enable_stats()
    before = rtsys.get_allocation_stats()
    run_members(world, opening, params, play.seed, numbers, state, record, play.days)
    after = rtsys.get_allocation_stats()
    _nrt_python.memsys_disable_stats()
    return after.alloc - before.alloc, after.mi_alloc - before.mi_alloc


def test_nothing_is_allocated_while_days_pass():
    short = toy_play(20, 3, 2, acting=True)
    long = toy_play(20, 30, 60, acting=True)
    assert allocations(short) == allocations(long)
