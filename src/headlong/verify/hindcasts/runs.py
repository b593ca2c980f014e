"""Hindcast runs: our own forecast at many inits of one case, with the bits of `headlong.forecast`, from one pass.

The war so far at an early init is nearly always the first part of the war so far at a later one. Where it
is exactly that, the likelihood of the bank's draws at all inits is read off one pass of the filter. The bits
are those of the ordinary path (tested).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.state import STREAMS
from headlong.case import Case
from headlong.forecast.ensemble import Ensemble
from headlong.forecast.request import Request, as_known
from headlong.forecast.settings import USUAL, Runtime, Settings
from headlong.forms import DEFAULT, Form
from headlong.inference.bank import Bank
from headlong.inference.likelihood import useful
from headlong.inference.parameter_vector import Draws
from headlong.inference.posterior import Posterior, weigh
from headlong.inference.resampling import IMPOSSIBLE, normalise
from headlong.inference.strain_filter import run_filter
from headlong.inputs.control_history import Past, known_past
from headlong.inputs.environment import Situation
from headlong.inputs.exposure import Exposure, gather
from headlong.inputs.geography import Geography, read_map
from headlong.inputs.initial_state import initial_board
from headlong.parallel import each


class FilterPass:
    """The likelihood of a bank's draws on every day of a case, from one pass of the filter.

    Parameters
    ----------
    bank : Bank
        Calibrated without the case.
    exposures : sequence of Exposure
        Of all sides, up to the last init.
    threads : int, optional
        Cores to use; all by default.
    settings : Settings
        As in `headlong.forecast`.
    """

    def __init__(
        self,
        bank: Bank,
        exposures: Sequence[Exposure],
        threads: int | None = None,
        settings: Settings = USUAL,
    ) -> None:
        self.bank, self.exposures, self.settings = bank, list(exposures), settings
        theta = bank.draws.theta
        self.rise = [np.zeros((len(theta), e.start.size)) for e in self.exposures]

        def work(rows: NDArray[np.int64]) -> None:
            for m in rows:
                for e, rise in zip(self.exposures, self.rise, strict=True):
                    if e.lost.size:
                        rise[m, 1:] = np.cumsum(run_filter(theta[m], *e.arrays)[0])

        each(work, np.array_split(np.arange(len(theta)), 64), threads)

    def weigh(self, exposures: Sequence[Exposure], threads: int | None = None) -> Posterior:
        """Posterior by the war so far: read off the pass if its exposures begin with these, else anew."""
        told, days = useful(exposures), exposures[0].start.size - 1
        if told and all(begins_with(a, b) for a, b in zip(self.exposures, exposures, strict=True)):
            total = np.zeros(len(self.bank.draws.theta))
            for e, rise in zip(exposures, self.rise, strict=True):
                if e.lost.size:
                    total += rise[:, days]
            total = np.where(np.isfinite(total), total, IMPOSSIBLE)
            theta, before = self.bank.draws
            draws = Draws(theta, normalise(np.log(np.maximum(before, 1e-300)) + total))
            if draws.ess >= self.settings.least_ess:
                return Posterior(draws, draws.ess, False)
        return weigh(self.bank, exposures, threads, least_ess=self.settings.least_ess)


def begins_with(whole: Exposure, part: Exposure) -> bool:
    """Whether the days of `part` are the first days of `whole`, bit for bit."""
    days, rows = part.start.size, part.lost.size
    if whole.start.size < days or not np.array_equal(whole.start[:days], part.start):
        return False
    same = np.array_equal(whole.new[: days - 1], part.new)
    return same and all(np.array_equal(a[:rows], b) for a, b in zip(whole[2:6], part[2:6], strict=True))


def so_far(
    case: Case, day: int, form: Form = DEFAULT
) -> tuple[Case, Geography, Past, list[Exposure], Situation]:
    """What is known on the evening of a day of the case, with control taken from its history."""
    when = case.start + timedelta(days=day)
    past_case = as_known(case, when, "history")
    where = read_map(past_case, form)
    past = known_past(past_case, where, when)
    return past_case, where, past, *gather(past_case, where, past)


def ensemble_at(request: Request, shared: FilterPass, threads: int | None = None) -> Ensemble:
    """Ensemble of a request with known control and the bank of `shared`, as `prepare` makes it."""
    day = (request.init - request.case.start).days
    past_case, where, past, exposures, now = so_far(request.case, day, shared.bank.form)
    posterior = shared.weigh(exposures, threads)
    board = initial_board(past_case, where, now, past.days, request.days, None)
    return Ensemble(request, where, board, posterior, past.source, exposures)


class HindcastRun(NamedTuple):
    """What a hindcast keeps of its N members."""

    day: NDArray[np.uint16]  # (N, P) day of each place's first change; days + 1 where there is none
    arrivals: NDArray[np.int32]  # (N, L, C, 3) crossed since init, at each lead
    crossings: NDArray[np.str_]  # (C) ids of the places with crossings
    refugees: NDArray[np.int32]  # (N, L, R) people in each refuge, at each lead
    refuges: NDArray[np.str_]  # (R) ids of the refuges


def run_hindcast(ensemble: Ensemble, leads: Sequence[int], threads: int | None = None) -> HindcastRun:
    """Run an ensemble, and keep what is scored: first changes, arrivals and refugees at `leads` (L)."""
    place = ensemble.board.world.refuges.place
    refuges = np.array([ensemble.where.ids[i] for i in place], str)
    refugees = np.empty((ensemble.request.members, len(leads), place.size), np.int32)
    crossings = np.array([ensemble.where.ids[i] for i in ensemble.board.world.gates.place], str)
    day = np.empty((ensemble.request.members, len(ensemble.where.ids)), np.uint16)
    arrivals = np.empty((ensemble.request.members, len(leads), crossings.size, len(STREAMS)), np.int32)
    for span, _, record in ensemble.run(Runtime(threads=threads)):
        away = record.control[:, 1:] != record.control[:, :1]
        day[span] = np.where(away.any(axis=1), away.argmax(axis=1) + 1, ensemble.request.days + 1)
        arrivals[span] = record.arrivals[:, list(leads)]
        refugees[span] = record.displaced[:, list(leads)][:, :, place]
    return HindcastRun(day, arrivals, crossings, refugees, refuges)
