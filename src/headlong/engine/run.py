"""All members, all days: the loops around `one_day`, over as many cores as there are.

A member needs nothing but the world, the opening and its own number, so members may be run in any
order, in any grouping and by any number of threads: the bits are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.kernel import entry
from headlong.board.state import Memory, empty_state
from headlong.board.world import World, in_c_order
from headlong.engine.day import one_day
from headlong.engine.record import Record, empty_record, write_books, write_down
from headlong.engine.start import MemberStart, Opening, SharedStart, begin
from headlong.parallel import in_order, spans

CHUNK = 50
"""Members run between two looks at the progress bar."""


@entry
def run_members(world, opening, params, seed, numbers, state, record, days):
    """Run the members `numbers` (their numbers in the ensemble) one after the other."""
    for n in range(numbers.size):
        key = (seed, numbers[n])
        begin(world, opening, state, key, n, n > 0)
        for day in range(days + 1):
            if day > 0:
                one_day(world, state, params[n], key, day)
            write_down(world.roads, state, record, n, day)
        write_books(state.hold, state.troops, record, n)


def part_of_start(opening: Opening, span: slice) -> Opening:
    """The opening of some of the members, as kernels take it."""
    ints, floats = opening.start.memory
    kept: Any = SharedStart(Memory(ints.copy(), floats.copy()))
    own = opening.own
    if own.control.shape[0] > 0:
        own = MemberStart(own.control[span], own.taken[span], own.sides[span], own.nearby[span], own.muster)
    return Opening(kept, opening.slow[span], opening.fast[span], opening.muster, own, opening.extra[span])


class Work(NamedTuple):
    """What is to be run: N members."""

    world: World
    opening: Opening  # the evening of init
    params: NDArray[Any]  # (N) one record of parameters per member
    seed: int  # of the luck, 0 .. 2^32 - 1
    days: int  # after init
    numbers: NDArray[np.int64]  # (N) each member's number in the ensemble: with the seed, the key of its luck


def run(work: Work, threads: int | None = None, progress: Callable[[int], None] | None = None) -> Record:
    """Run members and write everything down.

    Parameters
    ----------
    work : Work
        The members.
    threads : int, optional
        Cores to use; all by default.
    progress : callable, optional
        Called with the number of members finished.
    """
    record = empty_record(work.world, work.numbers.size, work.days)
    arrays: list[NDArray[Any]] = list(record)
    for span, piece in pieces(work, threads=threads):
        for whole, some in zip(arrays, piece, strict=True):
            whole[span] = some
        if progress:
            progress(span.stop)
    return record


def pieces(work: Work, *, threads: int | None = None, chunk: int = CHUNK) -> Iterator[tuple[slice, Record]]:
    """As `run`, but hands out the record of `chunk` members at a time, in order, and then forgets it."""
    world = in_c_order(work.world)

    def piece(span: slice) -> tuple[slice, Record]:
        record = empty_record(world, span.stop - span.start, work.days)
        state = empty_state(world)
        own = work.params[span].view(np.recarray)  # so that plain Python, too, reads ``params.loss``
        some = part_of_start(work.opening, span)
        run_members(world, some, own, work.seed, work.numbers[span], state, record, work.days)
        return span, record

    yield from in_order(piece, spans(work.numbers.size, chunk), threads)
