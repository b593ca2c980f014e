"""The ensemble: from a case and an init to members that can be run, all at once or a few at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from headlong.assimilation.particle_filter import Particles, assimilate
from headlong.board.draws import many_uniforms
from headlong.board.streams import ALL, MEMBER_PARAMETERS, MEMBER_SEQUENCE
from headlong.engine.record import Record
from headlong.engine.run import Work, pieces
from headlong.engine.start import Opening
from headlong.forecast.members import likeliest, members_from, posterior_of
from headlong.forecast.request import Request
from headlong.forecast.settings import Runtime
from headlong.forecast.weighed import particles_of, posterior_of_war
from headlong.inference.parameter_vector import NAMES
from headlong.inference.posterior import Posterior, draw_members, weigh
from headlong.inputs.control_history import Past, known, reported
from headlong.inputs.exposure import Exposure, gather
from headlong.inputs.force_levels import musters
from headlong.inputs.geography import Geography, read_map
from headlong.inputs.initial_state import Board, initial_board
from headlong.mechanisms import PARAMETERS
from headlong.parallel import spans
from headlong.parameters import Par, fill, pars_of
from headlong.reports.observation import Observation, observe, speaks_of_control


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
    evidence : list of Exposure
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
    evidence: Sequence[Exposure] = ()
    particles: Particles | None = None
    observations: Sequence[Observation] = ()
    past: Past | None = None

    @cached_property
    def musters(self) -> NDArray[np.float64]:
        """Bounds of each place's garrison by the side that would hold it (S, 2, P)."""
        return musters(self.request.past, self.where)

    def draw(self, numbers: NDArray[np.int64], threads: int | None = None) -> tuple[Opening, NDArray[Any]]:
        """Opening and parameters of the members `numbers` (N)."""
        ask = self.request
        offset, names = first_luck(ask.seed), self.where.side_name
        if self.particles is not None:
            drawn, own = members_from(
                self.particles, self.musters, numbers, seed=ask.seed, offset=offset, names=names
            )
            opening = Opening(self.board.start, drawn.slow, drawn.fast, self.board.muster, own)
        else:
            drawn = draw_members(
                self.posterior,
                self.evidence,
                numbers,
                seed=ask.seed,
                offset=offset,
                names=names,
                threads=threads,
            )
            opening = Opening(self.board.start, drawn.slow, drawn.fast, self.board.muster)
        opening = opening._replace(extra=np.ascontiguousarray(drawn.theta[:, len(NAMES) :]))
        return opening, draw_params(drawn.theta, numbers, ask.seed, ask.acting)

    def run(self, runtime: Runtime) -> Iterator[tuple[slice, NDArray[Any], Record]]:
        """Run all members, a few at a time and in order: where they belong, their parameters, the record."""
        ask = self.request
        for block in spans(ask.members, runtime.block):
            numbers = np.arange(block.start, block.stop)
            opening, params = self.draw(numbers, runtime.threads)
            work = Work(self.board.world, opening, params, ask.seed, ask.days, numbers)
            for span, record in pieces(work, threads=runtime.threads, chunk=runtime.chunk):
                yield slice(block.start + span.start, block.start + span.stop), params[span], record
                runtime.tell(block.start + span.stop, ask.members, "forecasting")


def name_number(name: str) -> int:
    """A fixed number for a name, so that a parameter's luck does not depend on the others."""
    return crc32(name.encode())


def draw_params(
    theta: NDArray[np.float64],
    numbers: NDArray[np.int64],
    seed: int,
    acting: bool,
) -> NDArray[Any]:
    """Records of parameters of the members `numbers` (N): the core from `theta` (N, 4 + K), the rest from their priors.

    A parameter that is neutral by default stays so unless `acting`.
    """
    members = len(theta)
    rest = [(f"{c.__name__}.{n}", p) for c in PARAMETERS for n, p in pars_of(c).items() if p.acts or acting]
    names = np.array([name_number(n) for n, _ in rest])
    luck = many_uniforms(seed, numbers, MEMBER_PARAMETERS, names, 0)
    drawn = {id(p): p.prior.quantile(luck[:, k]) for k, (_, p) in enumerate(rest)}

    def choose(room: str, p: Par) -> Any:
        name = f"{room}.{p.name}"
        if name in NAMES:
            return theta[:, NAMES.index(name)]
        return drawn.get(id(p), p.default)

    return fill(PARAMETERS, members, choose)


def prepare(request: Request, runtime: Runtime, weighed: Particles | None = None) -> Ensemble:
    """Make an ensemble ready to run; `weighed` are the particles of a request that differs in its scenario only."""
    runtime.tell(0, 3, "reading the war so far")
    case = request.past
    where = read_map(case, request.parameters.form)
    given = request.control in ("history", "replay")
    observations = () if given else observe(case.reports, case.start, request.init)
    if any(speaks_of_control(o.row) for o in observations):
        return from_reports(request, runtime, where, observations, weighed)
    past = (known if given else reported)(case, where, request.init)
    evidence, now = gather(case, where, past)
    runtime.tell(1, 3, "weighing parameters by the war so far")
    least = request.settings.least_ess
    posterior = posterior_of_war(
        request, runtime, lambda: weigh(request.parameters, evidence, runtime.threads, least_ess=least)
    )
    runtime.tell(2, 3, "laying out the board")
    replay = request.control == "replay"
    board = initial_board(case, where, now, past.days, request.days, request.override, replay=replay)
    runtime.tell(3, 3, "laying out the board")
    return Ensemble(request, where, board, posterior, past.source, evidence, past=past)


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
    source = "reports published by then, weighed"
    return Ensemble(request, where, board, posterior_of(particles), source, (), particles, observations)


def weigh_reports(
    request: Request, runtime: Runtime, where: Geography, observations: Sequence[Observation]
) -> Particles:
    """Particles that stand for what the reports published by init leave open."""

    def make() -> Particles:
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


def first_luck(seed: int) -> float:
    """Where the even sequence over the parameters starts."""
    return float(many_uniforms(seed, ALL, MEMBER_SEQUENCE, ALL, 0)[0, 0])
