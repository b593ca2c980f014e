"""Calibration: what past wars say about the parameters of a form, as a bank of draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from headlong.board.streams import MOST_SEED
from headlong.case import Case
from headlong.case.sample import sisters
from headlong.errors import BadRequest, within
from headlong.forms import DEFAULT, Form
from headlong.inference.bank import Bank
from headlong.inference.importance_sampling import cover
from headlong.inference.likelihood import likelihood, useful
from headlong.inference.likelihood_cache import LikelihoodCache, Likelihoods
from headlong.inference.on_cluster import likelihoods_on
from headlong.inference.parameter_vector import bound, free, log_prior
from headlong.inputs.control_history import known_past
from headlong.inputs.exposure import Exposure, gather
from headlong.inputs.geography import read_map

DRAWS = 2000
"""Draws in a bank."""

LEAST_ESS = 100.0
"""A posterior with fewer effective draws is refused."""


def exposures_of(case: Case, form: Form = DEFAULT) -> list[Exposure]:
    """Exposure of all sides over the whole of a case's history, in the columns of a form."""
    where = read_map(case, form)
    return useful(gather(case, where, known_past(case, where, case.end))[0])


def fingerprint(exposures: Sequence[Exposure]) -> str:
    """Sixteen hex digits that change with what a case's history says of strain."""
    digest = sha256()
    for e in exposures:
        for column in e.arrays:
            digest.update(np.round(np.asarray(column, float), 6).tobytes())
    return digest.hexdigest()[:16]


def calibrate(
    cases: Sequence[Case],
    *,
    draws: int = DRAWS,
    seed: int = 1,
    threads: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    folder: Path | None = None,
    form: Form = DEFAULT,
    cluster: str | None = None,
) -> Bank:
    """Posterior of a form's parameters given the histories of `cases`, and given all but each of them.

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
    form : Form
        The form of the model.
    cluster : str, optional
        Work likelihoods out there (docs/cluster.md). The bits are the same.

    Returns
    -------
    Bank
        Draws of the parameters with the log-likelihood of each war (draws, wars) [nats]; `Bank.draws` weighs them.

    Raises
    ------
    BadRequest
        A case has no history, or the posterior has fewer than 100 effective draws.
    """
    within("seed", seed, 0, MOST_SEED)
    form.must_be_sound()
    for case in cases:
        if not case.history:
            raise BadRequest(f"{case.id} has no history: nothing to calibrate on. Fill in history.csv.")
        if [other.id for other in cases].count(case.id) > 1:
            raise BadRequest(
                f"{case.id} is named more than once: name it once, or give the other an id of its own."
            )
    found = {case.id: exposures_of(case, form) for case in cases}
    prints = {name: fingerprint(e) for name, e in found.items()}
    tried, expected = 0, 2 * draws + 3000

    def counted(values: Likelihoods) -> Likelihoods:
        def work(theta: NDArray[np.float64]) -> NDArray[np.float64]:
            nonlocal tried
            value = values(theta)
            tried += len(theta)
            if progress:
                progress(min(tried, expected), expected, "calibrating")
            return value

        return work

    leave = [[name in (c.id, *sisters(c.id)) for name in found] for c in cases] if len(cases) > 1 else []
    with likelihoods(list(found.values()), threads, cluster) as values:
        kept = LikelihoodCache(counted(values), [form.name, *prints.values()], folder)

        def target(z: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
            return log_prior(z, form), kept(bound(z, form).astype("f4").astype(float))

        z, base, told = cover(target, free(form.start, form), np.array(leave, bool), draws, seed)
    bank = Bank(bound(z, form).astype("f4").astype(float), base, told, prints, tuple(prints), form)
    if bank.draws.ess < LEAST_ESS:
        raise BadRequest(
            f"only {bank.draws.ess:.0f} effective draws of {draws}: too few. Ask for more draws (--draws)."
        )
    if progress:
        progress(expected, expected, "calibrating")
    return bank


@contextmanager
def likelihoods(
    wars: Sequence[Sequence[Exposure]], threads: int | None, cluster: str | None
) -> Iterator[Likelihoods]:
    """Give a function of vectors: their log-likelihoods on all wars, worked out here or on a cluster."""
    if cluster is None:
        yield lambda theta: np.stack([likelihood(theta, e, threads) for e in wars], axis=1)
        return
    with likelihoods_on(cluster, wars, threads) as work:
        yield work
