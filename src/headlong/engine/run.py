"""All members, all days: the loops around `one_day`, over as many cores as there are.

A member needs nothing but the world, the opening and its own number, so members may be run in any
order, in any grouping and by any number of threads: the bits are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headlong.board.kernel import entry
from headlong.board.state import empty_state
from headlong.board.world import World, in_c_order
from headlong.engine.day import one_day
from headlong.engine.record import Record, empty_record, write_books, write_down
from headlong.engine.start import Kept, Opening, Own, begin
from headlong.parallel import in_order, spans

CHUNK = 50
"""Members run between two looks at the progress bar."""


@entry
def live(world, opening, params, seed, numbers, state, record, days):
    """Run the members `numbers` (their numbers in the ensemble) one after the other."""
    for n in range(numbers.size):
        key = (seed, numbers[n])
        begin(world, opening, state, key, n)
        for day in range(days + 1):
            if day > 0:
                one_day(world, state, params[n], key, day)
            write_down(state, record, n, day)
        write_books(state.hold, state.troops, record, n)


def part(opening: Opening, span: slice) -> Opening:
    """The opening of some of the members, as kernels take it."""
    kept: Any = Kept(opening.start.memory)
    own = opening.own
    if own.control.shape[0] > 0:
        own = Own(own.control[span], own.taken[span], own.sides[span], own.nearby[span], own.muster)
    return Opening(kept, opening.slow[span], opening.fast[span], opening.muster, own)


def run(
    world: World,
    opening: Opening,
    params: NDArray[Any],
    seed: int,
    days: int,
    numbers: NDArray[np.int64],
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Record:
    """Run members `numbers` for `days` days and write everything down.

    Parameters
    ----------
    world, opening : World, Opening
        What stands still, and the evening of init.
    params : structured array (N,)
        One record of parameters per member.
    seed : int
        Seed of the luck, 0 .. 2^32 - 1.
    days : int
        Days after init.
    numbers : int array (N,)
        Each member's number in the ensemble; with the seed it is the key of the member's luck.
    threads : int, optional
        Cores to use; all by default.
    progress : callable, optional
        Called with the number of members finished.
    """
    record = empty_record(world, numbers.size, days)
    arrays: list[NDArray[Any]] = list(record)
    for span, piece in pieces(world, opening, params, seed, days, numbers, threads, progress):
        for whole, some in zip(arrays, piece, strict=True):
            whole[span] = some
    return record


def pieces(
    world: World,
    opening: Opening,
    params: NDArray[Any],
    seed: int,
    days: int,
    numbers: NDArray[np.int64],
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[tuple[slice, Record]]:
    """As `run`, but hands out the record of a few members at a time, in order, and then forgets it."""
    world = in_c_order(world)
    parts = spans(numbers.size, CHUNK)

    def work(span: slice) -> tuple[slice, Record]:
        record = empty_record(world, span.stop - span.start, days)
        state = empty_state(world)
        own = params[span].view(np.recarray)  # so that plain Python, too, reads ``params.loss``
        live(world, part(opening, span), own, seed, numbers[span], state, record, days)
        return span, record

    for span, record in in_order(work, parts, threads):
        yield span, record
        if progress:
            progress(span.stop)
