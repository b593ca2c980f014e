"""Calibration: what past wars say about the six parameters.

The posterior of the parameters given the full history of some cases, as weighted draws (a bank). Banks
for the bundled cases leave that case out; the bank for new cases uses all of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from headlong.case import Case
from headlong.case.sample import sisters
from headlong.errors import BadRequest
from headlong.files import whole
from headlong.inference.importance_sampling import sample
from headlong.inference.likelihood import likelihood, useful
from headlong.inference.likelihood_cache import Kept
from headlong.inference.parameter_vector import NAMES, PARS, Draws, bound, free, log_prior
from headlong.inputs.control_history import known
from headlong.inputs.exposure import Exposure, gather
from headlong.inputs.geography import read_map

DRAWS = 1000
"""Draws in a bank."""

LEAST_ESS = 100.0
"""A posterior with fewer effective draws is refused."""


class Bank(NamedTuple):
    """What past cases say of the parameters.

    Posterior draws of the six, the cases they come from, each with its `fingerprint`, and by name the
    parameters fitted to hindcasts of these cases; one that is missing has its default.
    """

    draws: Draws
    cases: dict[str, str]
    ahead: dict[str, float] = {}  # noqa: RUF012 (never written to)


def evidence_of(case: Case) -> list[Exposure]:
    """Exposure of all sides over the whole of a case's history."""
    where = read_map(case)
    return useful(gather(case, where, known(case, where, case.end))[0])


def fingerprint(evidence: Sequence[Exposure]) -> str:
    """Sixteen hex digits that change with what a case's history says of strain."""
    digest = sha256()
    for e in evidence:
        for column in e:
            digest.update(np.round(np.asarray(column, float), 6).tobytes())
    return digest.hexdigest()[:16]


def calibrate(
    cases: Sequence[Case],
    draws: int = DRAWS,
    seed: int = 1,
    threads: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    folder: Path | None = None,
) -> Bank:
    """Posterior of the six parameters given the histories of `cases`.

    Parameters
    ----------
    cases : sequence of Case
        Each with a history.
    draws : int
        Weighted draws to make.
    seed : int
        Seed of the draws.
    threads : int, optional
        Cores to use; all by default.
    progress : callable, optional
        Called with (vectors tried, an estimate of all, a word).
    folder : Path, optional
        Where likelihoods are kept, so that a run that was stopped goes on; nowhere by default.

    Raises
    ------
    BadRequest
        A case has no history, or the posterior has fewer than 100 effective draws.
    """
    for case in cases:
        if not case.history:
            raise BadRequest(f"{case.id} has no history: nothing to calibrate on. Fill in history.csv.")
    found = {case.id: evidence_of(case) for case in cases}
    prints = {name: fingerprint(told) for name, told in found.items()}
    evidence = [e for told in found.values() for e in told]
    tried, expected = 0, draws + 1500

    def work(theta: NDArray[np.float64]) -> NDArray[np.float64]:
        nonlocal tried
        value = likelihood(theta, evidence, threads)
        tried += len(theta)
        if progress:
            progress(min(tried, expected), expected, "calibrating")
        return value

    kept = Kept(work, prints.values(), folder)

    def target(z: NDArray[np.float64]) -> NDArray[np.float64]:
        return log_prior(z) + kept(bound(z))

    drawn = sample(target, free(np.array([p.default for p in PARS])), draws, seed)
    if drawn.ess < LEAST_ESS:
        raise BadRequest(f"only {drawn.ess:.0f} effective draws of {draws}: too few. Ask for more draws.")
    if progress:
        progress(expected, expected, "calibrating")
    return Bank(drawn, prints)


def save_bank(bank: Bank, path: str | Path) -> None:
    """Write a bank to `path` (.npz), whole or not at all."""
    meta = json.dumps(
        {"cases": bank.cases, "parameters": NAMES, "ess": round(bank.draws.ess, 1), "ahead": bank.ahead}
    )
    with whole(path) as part, part.open("wb") as file:
        np.savez_compressed(
            file,
            theta=bank.draws.theta.astype("f4"),
            weight=bank.draws.weight.astype("f4"),
            meta=np.frombuffer(meta.encode(), np.uint8),
        )


def load_bank(path: Any) -> Bank:
    """Read a bank that `save_bank` wrote."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
            meta = json.loads(found["meta"].tobytes())
            theta, weight = found["theta"].astype(float), found["weight"].astype(float)
    except FileNotFoundError:
        raise BadRequest(f"no bank of parameters at {path}. Make one with `headlong calibrate`.") from None
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise BadRequest(
            f"{path} is not a bank of parameters. Make one with `headlong calibrate`."
        ) from error
    if tuple(meta["parameters"]) != NAMES:
        raise BadRequest(f"{path} is for other parameters: {', '.join(meta['parameters'])}. Calibrate again.")
    return Bank(Draws(theta, weight / weight.sum()), dict(meta["cases"]), dict(meta.get("ahead", {})))


def bank_for(case_id: str) -> Bank:
    """The shipped bank for a case: calibrated without it, or without a war on its map, else on all of them.

    A bundled case that no bank has learned from has none of its own: it takes that of its sister on the same map
    (`headlong.case.sample.sisters`), and where no sister was learned from either, the one learned from all.
    """
    banks = files("headlong.inference") / "banks"
    for name in (case_id, *sisters(case_id)):
        if (left_out := banks / f"without-{name}.npz").is_file():
            return load_bank(left_out)
    return load_bank(banks / "all.npz")
