"""The ensemble: from a case and an init to members that can be run, all at once or a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from headlong.assimilation.particle_filter import Particles, assimilate
from headlong.board.draws import many_uniforms
from headlong.board.streams import MEMBER_PARAMETERS
from headlong.case import Case
from headlong.case.rows import Scenario
from headlong.engine.record import Record
from headlong.engine.run import pieces
from headlong.engine.start import Opening
from headlong.forecast.members import likeliest, members_from, posterior_of
from headlong.inference.bank import Bank, bank_for
from headlong.inference.parameter_vector import NAMES
from headlong.inference.posterior import Posterior, draw_members, weigh
from headlong.inputs.control_history import known, reported
from headlong.inputs.exposure import Exposure, gather
from headlong.inputs.force_levels import musters
from headlong.inputs.geography import Geography, read_map
from headlong.inputs.initial_state import Board, lay_board
from headlong.mechanisms import PARAMETERS
from headlong.parameters import Par, fill, pars_of
from headlong.reports.observation import Observation, observe, speaks_of_control

Progress = Callable[[int, int, str], None]
"""Called with (done, of how many, a word)."""


BLOCK = 10_000
"""Members whose parameters are in memory at a time."""


@dataclass(frozen=True)
class Ensemble:
    """Everything that is needed to run any member of a forecast.

    Parameters
    ----------
    case : Case
        As it was known by init.
    where : Geography
        Its map.
    init : date
        The evening the forecast starts from.
    days, members, seed : int
        Length [days], size and seed.
    board : Board
        World, shared start, garrisons.
    evidence : list of Exposure
        What each side held and lost up to init.
    posterior : Posterior
        Parameters given the bank and the war so far.
    bank_cases : tuple of str
        Cases the bank was calibrated on.
    control_from : str
        Where control up to init was taken from.
    scenario : Scenario or None
        The override in force.
    acting : bool
        Whether terms that are neutral in a forecast act with their priors.
    particles : Particles or None
        What the reports say, where there are any; each member starts from one particle.
    told : list of Observation
        The reports, as they were weighed.
    """

    case: Case
    where: Geography
    init: date
    days: int
    members: int
    seed: int
    board: Board
    evidence: list[Exposure]
    posterior: Posterior
    bank_cases: tuple[str, ...]
    control_from: str
    scenario: Scenario | None
    acting: bool
    particles: Particles | None = None
    told: Sequence[Observation] = ()

    @cached_property
    def musters(self) -> NDArray[np.float64]:
        """Bounds of each place's garrison by the side that would hold it (S, 2, P)."""
        return musters(self.case, self.where)

    def draw(self, numbers: NDArray[np.int64], threads: int | None = None) -> tuple[Opening, NDArray[Any]]:
        """Opening and parameters of the members `numbers` (N)."""
        offset = first_luck(self.seed)
        if self.particles is not None:
            drawn, own = members_from(self.particles, self.musters, numbers, self.seed, offset)
            opening = Opening(self.board.start, drawn.slow, drawn.fast, self.board.muster, own)
            return opening, draw_params(drawn.theta, numbers, self.seed, self.acting)
        drawn = draw_members(self.posterior, self.evidence, numbers, self.seed, offset, threads)
        opening = Opening(self.board.start, drawn.slow, drawn.fast, self.board.muster)
        return opening, draw_params(drawn.theta, numbers, self.seed, self.acting)

    def run(
        self, threads: int | None = None, progress: Progress | None = None
    ) -> Iterator[tuple[slice, NDArray[Any], Record]]:
        """Run all members, a few at a time and in order: where they belong, their parameters, the record."""
        for first in range(0, self.members, BLOCK):
            numbers = np.arange(first, min(first + BLOCK, self.members))
            opening, params = self.draw(numbers, threads)
            for span, record in pieces(
                self.board.world, opening, params, self.seed, self.days, numbers, threads
            ):
                yield slice(first + span.start, first + span.stop), params[span], record
                if progress:
                    progress(first + span.stop, self.members, "forecasting")


def as_known(case: Case, init: date, reports: bool, known_control: bool) -> Case:
    """Keep what may be used: what was known by init, and history only if control is taken as known."""
    past = case.known_by(init)
    past = replace(past, repulses=(), displacement=())
    if not known_control:
        past = replace(past, history=())
    return past if reports else replace(past, reports=())


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
    luck = many_uniforms(seed, numbers, MEMBER_PARAMETERS, names)
    drawn = {id(p): p.prior.quantile(luck[:, k]) for k, (_, p) in enumerate(rest)}

    def choose(room: str, p: Par) -> Any:
        name = f"{room}.{p.name}"
        if name in NAMES:
            return theta[:, NAMES.index(name)]
        return drawn.get(id(p), p.default)

    return fill(PARAMETERS, members, choose)


def assemble(
    case: Case,
    init: date,
    days: int,
    members: int,
    seed: int,
    scenario: Scenario | None = None,
    reports: bool = True,
    known_control: bool = False,
    acting: bool = False,
    bank: Bank | None = None,
    weighed: Particles | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Make an ensemble ready to run; the arguments have been checked (`headlong.forecast.api`).

    `acting` lets the terms of the system around the core act with their priors (what-ifs); `weighed` are the
    particles of another ensemble of the same case, init and seed.
    """
    tell = progress or (lambda done, total, what: None)
    tell(0, 3, "reading the war so far")
    past_case = as_known(case, init, reports, known_control)
    where = read_map(past_case)
    bank = bank or bank_for(case.id)
    told = () if known_control else observe(past_case.reports, case.start, init)
    if any(speaks_of_control(o.row) for o in told):
        return from_reports(
            past_case, where, init, days, members, seed, scenario, acting, bank, told, weighed, threads, progress
        )  # fmt: skip
    past = (known if known_control else reported)(past_case, where, init)
    evidence, now = gather(past_case, where, past)
    tell(1, 3, "weighing parameters by the war so far")
    posterior = weigh(bank, evidence, threads)
    tell(2, 3, "laying out the board")
    board = lay_board(past_case, where, now, past.days, days, scenario)
    tell(3, 3, "laying out the board")
    return Ensemble(
        past_case, where, init, days, members, seed, board, evidence, posterior, tuple(bank.cases), past.source,
        scenario, acting,
    )  # fmt: skip


def from_reports(
    case: Case,
    where: Geography,
    init: date,
    days: int,
    members: int,
    seed: int,
    scenario: Scenario | None,
    acting: bool,
    bank: Bank,
    told: Sequence[Observation],
    weighed: Particles | None,
    threads: int | None,
    progress: Progress | None,
) -> Ensemble:
    """Ensemble whose members start from what the reports leave open; `weighed` if that is known already."""
    length = (init - case.start).days
    particles = weighed or assimilate(
        case, where, told, length, bank.draws, seed, threads=threads, progress=progress
    )
    board = lay_board(case, where, likeliest(particles, len(where.sides)), length, days, scenario)
    return Ensemble(
        case, where, init, days, members, seed, board, [], posterior_of(particles), tuple(bank.cases),
        "reports published by then, weighed", scenario, acting, particles, told,
    )  # fmt: skip


def first_luck(seed: int) -> float:
    """Where the even sequence over the parameters starts."""
    one = np.zeros(1, np.int64)
    return float(many_uniforms(seed, one, MEMBER_PARAMETERS, one)[0, 0])
