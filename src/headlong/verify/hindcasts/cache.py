"""Hindcasts kept on disk, so that a run that was stopped goes on where it was.

A file is named by all that its numbers depend on: the case as it was known at init, the sources of the
model, the bank, and what was asked for (`headlong.result_cache`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.state import STREAMS
from headlong.case import Case
from headlong.inference.bank import Bank
from headlong.result_cache import keep, kept_or_made, read_sound, source_hash
from headlong.verify.hindcasts.runs import HindcastRun

START = "headlong.verify.hindcasts.runs"
"""Module that makes a hindcast; what it imports, and what that imports, decides what a hindcast says."""


class RunAsked(NamedTuple):
    """What a kept hindcast must be of."""

    case: Case
    leads: Sequence[int]
    members: int


def path_of(folder: Path | None, case_id: str, case_hash: str, bank: Bank, *asked: object) -> Path | None:
    """The file of one hindcast; None where nothing is kept, or a form's own functions may change unseen."""
    if folder is None or bank.form.columns:
        return None
    digest = sha256(f"{case_hash} {source_hash(START)} {asked}".encode())
    digest.update(bank.draws.theta.tobytes() + bank.draws.weight.tobytes())
    return folder / f"{case_id}-{digest.hexdigest()[:20]}.npz"


def fetch_run(path: Path | None, asked: RunAsked) -> HindcastRun | None:
    """Read a hindcast that was kept; None if there is none, or it is not of what is asked."""
    return read_sound(path, lambda found: run_in(found, asked))


def kept_run(path: Path | None, asked: RunAsked, make: Callable[[], HindcastRun]) -> HindcastRun:
    """A hindcast as kept, or made now and kept."""
    return kept_or_made(path, lambda found: run_in(found, asked), make, HindcastRun._asdict, most=None)


def keep_run(path: Path | None, run: HindcastRun) -> None:
    """Keep a hindcast, whole or not at all."""
    keep(path, run._asdict(), most=None)


def run_in(found: Mapping[str, NDArray[Any]], asked: RunAsked) -> HindcastRun | None:
    """The hindcast that kept arrays are; None where they cannot be one of these members, leads and places."""
    if {*found} != {*HindcastRun._fields}:
        return None
    run = HindcastRun(**{name: found[name] for name in HindcastRun._fields})
    kinds = {place["id"]: place["kind"] for place in asked.case.places}
    ours = all(str(i) in kinds for i in run.crossings) and all(kinds[str(i)] == "refuge" for i in run.refuges)
    by_lead = (asked.members, len(asked.leads))
    shapes = (
        run.day.shape == (asked.members, len(kinds))
        and run.arrivals.shape == (*by_lead, run.crossings.size, len(STREAMS))
        and run.refugees.shape == (*by_lead, run.refuges.size)
        and [a.dtype for a in (run.day, run.arrivals, run.refugees)] == [np.uint16, np.int32, np.int32]
    )
    numbers = shapes and run.day.min() >= 1 and run.day.max() <= max(asked.leads) + 1
    return run if ours and numbers and (run.arrivals >= 0).all() and (run.refugees >= 0).all() else None
