"""The ensemble: from a case and an init to members that can be run, all at once or a few at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from headlong.engine.record import Record
from headlong.engine.start import Opening
from headlong.forecast.members import likeliest, posterior_of
from headlong.forecast.request import Request
from headlong.forecast.runnable import Runnable
from headlong.forecast.settings import Runtime
from headlong.forecast.weighed import particles_of, posterior_of_war
from headlong.inference.posterior import Posterior, weigh
from headlong.inputs.control_history import Past, known_past, reported_past
from headlong.inputs.exposure import Exposure, gather
from headlong.inputs.force_levels import musters
from headlong.inputs.geography import Geography, read_map
from headlong.inputs.initial_state import Board, initial_board
from headlong.reports.observation import Observation, observe, speaks_of_control

if TYPE_CHECKING:
    from headlong.assimilation.particle_filter import Particles

WEIGHED = "reports published by then, weighed"
"""Where control was taken from, of members that start from what reports leave open."""


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Everything that is needed to run any member of a forecast.

    Parameters
    ----------
    request : Request
        What was asked for.
    where : Geography
        The map of the case as it was known by init (`request.past`).
    board : Board
        World, shared start, garrisons.
    posterior : Posterior
        Parameters given the bank and the war so far.
    control_from : str
        Where control up to init was taken from.
    exposures : list of Exposure
        What each side held and lost up to init, where that is one history.
    particles : Particles or None
        What the reports say, where there are any; each member starts from one particle.
    observations : list of Observation
        The reports, as they were weighed.
    past : Past or None
        Who held what up to init, where that is one history.
    """

    request: Request
    where: Geography
    board: Board
    posterior: Posterior
    control_from: str
    exposures: Sequence[Exposure] = ()
    particles: Particles | None = None
    observations: Sequence[Observation] = ()
    past: Past | None = None

    @cached_property
    def musters(self) -> NDArray[np.float64]:
        """Bounds of each place's garrison by the side that would hold it (S, 2, P)."""
        return musters(self.request.past, self.where)

    @cached_property
    def runnable(self) -> Runnable:
        """All that running members takes."""
        ask, board = self.request, self.board
        own = self.musters if self.particles is not None else np.zeros((0, 2, 0))
        regions = [str(place["region"] or "") for place in ask.past.places]
        return Runnable(
            board.world, board.start, board.muster, own, self.where.side_name, regions, self.posterior,
            self.exposures, self.particles, ask.seed, ask.days, ask.acting,
        )  # fmt: skip

    def draw(self, numbers: NDArray[np.int64], runtime: Runtime) -> tuple[Opening, NDArray[Any]]:
        """Opening and parameters of the members `numbers` (N)."""
        return self.runnable.draw(numbers, runtime)

    def run(self, runtime: Runtime) -> Iterator[tuple[slice, NDArray[Any], Record]]:
        """Run all members, a few at a time and in order: where they belong, their parameters, the record."""
        yield from self.runnable.run(0, self.request.members, runtime)


def prepare(request: Request, runtime: Runtime, weighed: Particles | None = None) -> Ensemble:
    """Make an ensemble ready to run; `weighed` are the particles of a request that differs in its scenario only."""
    runtime.tell(0, 3, "reading the war so far")
    case = request.past
    where = read_map(case, request.parameters.form)
    given = request.control in ("history", "replay")
    observations = () if given else observe(case.reports, case.start, request.init)
    if any(speaks_of_control(o.row) for o in observations):
        return from_reports(request, runtime, where, observations, weighed)
    past = (known_past if given else reported_past)(case, where, request.init)
    exposures, now = gather(case, where, past)
    runtime.tell(1, 3, "weighing parameters by the war so far")
    least = request.settings.least_ess
    posterior = posterior_of_war(
        request, runtime, lambda: weigh(request.parameters, exposures, runtime.threads, least_ess=least)
    )
    runtime.tell(2, 3, "laying out the board")
    replay = request.control == "replay"
    board = initial_board(case, where, now, past.days, request.days, request.override, replay=replay)
    runtime.tell(3, 3, "laying out the board")
    return Ensemble(request, where, board, posterior, past.source, exposures, past=past)


def from_reports(
    request: Request,
    runtime: Runtime,
    where: Geography,
    observations: Sequence[Observation],
    weighed: Particles | None = None,
) -> Ensemble:
    """Ensemble whose members start from what the reports leave open; `weighed` if that is known already."""
    case, length = request.past, (request.init - request.case.start).days
    particles = weighed or weigh_reports(request, runtime, where, observations)
    now = likeliest(particles, len(where.sides))
    board = initial_board(case, where, now, length, request.days, request.override)
    return Ensemble(request, where, board, posterior_of(particles), WEIGHED, (), particles, observations)


def weigh_reports(
    request: Request, runtime: Runtime, where: Geography, observations: Sequence[Observation]
) -> Particles:
    """Particles that stand for what the reports published by init leave open."""

    def make() -> Particles:
        from headlong.assimilation.particle_filter import assimilate

        return assimilate(
            request.past,
            where,
            observations,
            (request.init - request.case.start).days,
            request.parameters.draws,
            request.seed,
            particles=request.settings.particles,
            pilot=request.settings.pilot,
            threads=runtime.threads,
            progress=runtime.progress,
        )

    return particles_of(request, runtime, make)
