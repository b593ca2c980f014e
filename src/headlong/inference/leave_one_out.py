"""Banks for a set of cases: one calibrated without each of them, and one on all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from headlong.case import Case
from headlong.errors import BadRequest
from headlong.inference.calibration import DRAWS, Bank, calibrate

ALL = "all"
Progress = Callable[[int, int, str], None]


def name_without(case_id: str) -> str:
    """Name of the bank calibrated without a case."""
    return f"without-{case_id}"


def each_without(
    cases: Sequence[Case],
    *,
    draws: int = DRAWS,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress | None = None,
    folder: Path | None = None,
) -> Iterator[tuple[str, Bank]]:
    """Bank by bank, each with its name: ``without-CASE`` for every case, then ``all``.

    Parameters
    ----------
    cases : sequence of Case
        Two or more, each with a history.
    draws, seed, threads, progress, folder
        As in `headlong.inference.calibration.calibrate`.
    """
    if len({case.id for case in cases}) < 2:
        raise BadRequest("leaving one case out needs two cases or more.")
    wanted = [(name_without(c.id), [x for x in cases if x.id != c.id]) for c in cases]
    wanted.append((ALL, list(cases)))
    for name, chosen in wanted:
        how = {"draws": draws, "seed": seed, "threads": threads, "folder": folder}
        yield name, calibrate(chosen, progress=named(progress, name), **how)  # type: ignore[arg-type]


def named(progress: Progress | None, name: str) -> Progress | None:
    """Tell of progress under the name of a bank."""
    return progress and (lambda done, total, what: progress(done, total, f"{what} {name}"))
