"""Hindcasts kept on disk, so that a run that was stopped goes on where it was.

A file is named by all that its numbers depend on: the case as it was known at init, the sources of the
model, the bank, and what was asked for (`headlong.result_cache`).
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from headlong.inference.bank import Bank
from headlong.result_cache import fetch, keep, source_hash
from headlong.verify.hindcasts.runs import HindcastRun

START = "headlong.verify.hindcasts.runs"
"""Module that makes a hindcast; what it imports, and what that imports, decides what a hindcast says."""


def path_of(folder: Path | None, case_id: str, case_hash: str, bank: Bank, *asked: object) -> Path | None:
    """The file of one hindcast; None where nothing is kept, or a form's own functions may change unseen."""
    if folder is None or bank.form.columns:
        return None
    digest = sha256(f"{case_hash} {source_hash(START)} {asked}".encode())
    digest.update(bank.draws.theta.tobytes() + bank.draws.weight.tobytes())
    return folder / f"{case_id}-{digest.hexdigest()[:20]}.npz"


def fetch_run(path: Path | None) -> HindcastRun | None:
    """Read a hindcast that was kept; None if there is none, or it cannot be read."""
    found = fetch(path)
    if found is None or {*found} != {*HindcastRun._fields}:
        return None
    return HindcastRun(**{name: found[name] for name in HindcastRun._fields})


def keep_run(path: Path | None, run: HindcastRun) -> None:
    """Keep a hindcast, whole or not at all."""
    keep(path, run._asdict(), most=None)
