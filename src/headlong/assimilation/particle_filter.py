"""The particle filter: from reports to weighted histories of control, with strain, parameters and reliabilities.

Two short rounds find a good proposal (`headlong.assimilation.lookahead`), the last one is kept. Whenever few particles
carry most of the weight they are drawn anew by weight. Particle `n` has luck of its own, keyed by the seed,
`n`, the day and the place, so neither the number of threads nor the order of the reports changes a bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.assimilation.initialise import initialise, lay_all_moves, slow_table, widest
from headlong.assimilation.lookahead import Lookahead, look_ahead, lookahead_of
from headlong.assimilation.particle_state import Luck, ParticleState
from headlong.assimilation.pilot import FIRST_GUESS, mean_hazard, with_nobody
from headlong.assimilation.propagate import propagate_day
from headlong.assimilation.rejuvenate import PART, Start, foresee, refresh
from headlong.assimilation.report_arrays import (
    GRID,
    ReportArrays,
    mean_fits,
    prior_reliability,
    read_reports,
    starting,
)  # fmt: skip
from headlong.board.draws import many_uniforms
from headlong.board.streams import ALL, HISTORY, OUTSET, REJUVENATE, RESAMPLE
from headlong.board.streams import PILOT as PILOT_STREAM
from headlong.case import Case
from headlong.inference.parameter_vector import Draws
from headlong.inference.resampling import ess as effective
from headlong.inference.resampling import multinomial, normalise, resample_systematic, systematic
from headlong.inference.strain_moves import HALF_SLOW
from headlong.inputs.environment import Environment, read_environment
from headlong.inputs.geography import Geography
from headlong.parallel import Crew, spans
from headlong.reports.observation import Observation

FEWEST, MOST, PLACE_DAYS = 1200, 12000, 6_000_000
"""Histories kept, at least and at most, and how many places on how many days they may have together."""

PILOT = 250
"""Histories in a pilot round, which only finds the look-ahead proposal of the next."""

ROUNDS = 2
"""Pilot rounds."""

DRAWS = 1000
"""Draws of the parameters that the particles share, at most: to foresee each along a likely history takes time."""

TURNS = 2
"""Times that every particle may change its parameters at the end."""


def enough_particles(days: int, places: int) -> int:
    """Number of histories for a war of so many days and places: a short one takes more of them in the same time."""
    return int(np.clip(PLACE_DAYS // max(1, days * places), FEWEST, MOST))


@dataclass(frozen=True)
class Round:
    """What the particles of one round go by; P places, M draws of the parameters, T days."""

    lookahead: Lookahead
    held: NDArray[np.int64]  # (P) who holds each place on the first evening
    foreseen: NDArray[
        np.float64
    ]  # (M, T + 1) what the weights of the draws already hold of each day's log-chance
    luck: Luck

    @property
    def is_pilot(self) -> bool:
        """Whether the round only finds the proposal of the next one."""
        return self.luck.stream == PILOT_STREAM

    @property
    def number(self) -> int:
        """Rounds of all kinds in one row, for what is drawn once a round: the pilots first."""
        return self.luck.turn if self.is_pilot else ROUNDS


class Filtered(NamedTuple):
    """What a round has seen; N particles, T days, P places, S sides."""

    history: NDArray[np.int8]  # (N, T + 1, P) side, S for nobody
    ess: NDArray[np.float64]  # (T + 1) effective number after each day
    hazard: NDArray[np.float64] | None  # (T + 1, P, S) mean chance of loss, of a pilot round
    family: NDArray[np.int64]  # (N) which of the particles of the first evening each descends from


class Particles(NamedTuple):
    """Weighted particles on the evening of init; N particles, the rest as in `ParticleState` and `ReportArrays`."""

    state: ParticleState
    weight: NDArray[np.float64]  # (N) adding up to one
    history: NDArray[np.int8]  # (N, T + 1, P) side, S for nobody
    ess: NDArray[np.float64]  # (T + 1) effective number after each day
    hazard: NDArray[np.float64]  # (T + 1, P, S) chance of loss that the proposal used
    reports: ReportArrays
    reliability: NDArray[np.float64]  # (K) plug-in reliabilities of the proposal
    family: NDArray[np.int64]  # (N) which of the particles of the first evening each descends from

    @property
    def last_ess(self) -> float:
        """Effective number of particles on the evening of init."""
        return effective(self.weight)

    @property
    def ancestors(self) -> float:
        """Effective number of particles of the first evening that have descendants on that of init."""
        families = np.bincount(self.family, self.weight).astype(float)
        return effective(families[families > 0.0])


def new_state(
    all_theta: NDArray[np.float64], draw: NDArray[np.int64], where: Geography, reports: int, most: int
) -> ParticleState:
    """Particles with parameters from rows `draw` (N) of all draws, not yet set out.

    `most` points of the fast part's grid are enough for each (`widest`).
    """
    theta = all_theta[draw]
    n, places, sides = len(theta), len(where.ids), len(where.sides)
    rows = 2 * HALF_SLOW + 1

    def floats(*shape: int) -> NDArray[np.float64]:
        return np.zeros((n, *shape))

    return ParticleState(
        np.ascontiguousarray(theta), draw.copy(), np.zeros((n, places), np.int64), np.zeros((n, places), np.int64),
        floats(places), floats(sides), floats(3, sides), floats(places, sides), floats(places, sides),
        floats(places), floats(places), np.zeros((n, places), bool),
        np.zeros((n, places), np.int64),
        np.ones(n, bool), floats(sides, rows * most), floats(most * most), floats(rows + most - 1),
        np.zeros(n, np.int64), np.ones((n, sides), bool), np.repeat(prior_reliability()[None], n, 0),
        floats(reports), floats(places), np.zeros(n), np.zeros(n),
    )  # fmt: skip


def run_round(
    environment: Environment,
    reports: ReportArrays,
    state: ParticleState,
    by: Round,
    threads: int | None,
    tell: Callable[[int], None],
) -> Filtered:
    """Take the particles from the start to init."""
    lookahead, luck = by.lookahead, by.luck
    days, places, sides = lookahead.psi.shape[0], lookahead.psi.shape[1], environment.seat_log.shape[1]
    n = state.weight.size
    slow, parts = slow_table(), spans(n, PART)
    initialise(environment, reports, lookahead, state, by.held, GRID)
    history = np.zeros((n, days, places), np.int8)
    chance = np.zeros((n, days if by.is_pilot else 0, places), np.float32)
    ess, family, drawn = np.zeros(days), np.arange(n), {}
    history[:, 0], ess[0] = slots(state.control, sides), effective(normalise(state.weight))
    points = many_uniforms(luck.seed, ALL, RESAMPLE, np.arange(days), by.number)[0]
    with Crew(threads) as crew:
        for day in range(1, days):

            def work(part: slice, day: int = day) -> None:
                propagate_day(
                    day, part.start, part.stop, environment, reports, lookahead, state, slow, GRID, luck
                )

            crew.each(work, parts)
            state.weight[:] -= by.foreseen[state.draw, day]
            history[:, day], chance[:, day : day + 1] = slots(state.control, sides), state.chance[:, None]
            ess[day] = effective(normalise(state.weight))
            if ess[day] < 0.5 * n and day < days - 1:
                bound = [column for column in state if column is not state.fast]  # follows from theta
                drawn[day] = resample_systematic(state.weight, [*bound, family], points[day])
                lay_all_moves(state, np.flatnonzero(drawn[day] != np.arange(n)))
            tell(day)
    trace_back([history, chance], drawn)
    hazard = mean_hazard(history, chance, normalise(state.weight), sides) if by.is_pilot else None
    return Filtered(history, ess, hazard, family)


def trace_back(diaries: Sequence[NDArray], drawn: dict[int, NDArray[np.int64]]) -> None:
    """Make of diaries (N, T + 1, P), written by whoever lived on the day, those of the ancestors of who lives last.

    `drawn` has for the days on whose evening particles were drawn anew which ones were.
    """
    days = diaries[0].shape[1]
    line = np.arange(len(diaries[0]))
    for day in range(days - 1, -1, -1):
        if day in drawn:
            line = drawn[day][line]
        for diary in diaries:
            if drawn and diary.shape[1]:
                diary[:, day] = diary[line, day]


def slots(control: NDArray[np.int64], sides: int) -> NDArray[np.int64]:
    """Holders as places in lists of S + 1: nobody last."""
    return np.where(control >= 0, control, sides)


def assimilate(
    case: Case,
    where: Geography,
    observations: Sequence[Observation],
    days: int,
    draws: Draws,
    seed: int,
    *,
    particles: int | None = None,
    pilot: int = PILOT,
    threads: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Particles:
    """Weigh all that reports say up to day `days` of the case; parameters come from `draws`."""
    environment, reports = read_environment(case, where, days), read_reports(case, where, observations, days)
    sides = len(where.sides)
    held = starting(case, where)
    particles = particles or enough_particles(days, held.size)
    hazard = np.full((days + 1, held.size, sides), FIRST_GUESS)
    table = prior_reliability()
    reliability = table @ GRID
    draws = fewer_draws(draws)
    start = Start(draws.weight, np.zeros((len(draws.theta), days + 1)))
    likely, weight = np.repeat(held[None, None], days + 1, 1).astype(np.int8), np.ones(1)
    for k, size in enumerate((*[pilot] * ROUNDS, particles)):
        reports = reports._replace(mean_fit=mean_fits(reports, likely, weight, environment.outside))
        luck = Luck(seed, PILOT_STREAM, k) if k < ROUNDS else Luck(seed, HISTORY, 0)
        lookahead = lookahead_of(*look_ahead(environment, reports, with_nobody(hazard), reliability, sides))
        first = first_draws(start.weight, size, seed, k)
        others = [
            other_draws(start.weight, particles, seed, turn) for turn in range(TURNS if k == ROUNDS else 0)
        ]
        most = int(widest(draws.theta[np.concatenate([first, *others])]))
        state = new_state(draws.theta, first, where, len(observations), most)

        def tell(day: int, part: int = k) -> None:
            if progress:
                progress(part * days + day, 3 * days, "weighing reports")

        found = run_round(
            environment, reports, state, Round(lookahead, held, start.foreseen, luck), threads, tell
        )
        likely, weight = found.history, normalise(state.weight)
        if found.hazard is not None:
            hazard = found.hazard
            reliability = np.einsum("n,nkg,g->k", weight, state.reliability, GRID)
        if k == ROUNDS - 1:
            start = foresee(case, where, draws, found.history[weight.argmax()], threads)
    for turn, other in enumerate(others):
        proposed = new_state(draws.theta, other, where, len(observations), most)
        refresh(environment, state, proposed, found.history, start, luck=(seed, turn), threads=threads)
    return Particles(state, weight, found.history, found.ess, hazard, reports, reliability, found.family)


def fewer_draws(draws: Draws) -> Draws:
    """At most `DRAWS` of them, evenly spread over the weights."""
    if len(draws.theta) <= DRAWS:
        return draws
    return Draws(draws.theta[systematic(draws.weight, DRAWS, 0.5)], np.full(DRAWS, 1.0 / DRAWS))


def first_draws(weight: NDArray[np.float64], count: int, seed: int, turn: int) -> NDArray[np.int64]:
    """Which draw each of `count` particles gets: evenly spread over the weights."""
    u = many_uniforms(seed, ALL, OUTSET, ALL, turn)[0, 0]
    return systematic(weight, count, u)


def other_draws(weight: NDArray[np.float64], count: int, seed: int, turn: int) -> NDArray[np.int64]:
    """Independent draws by weight, one for each of `count` particles."""
    u = many_uniforms(seed, np.arange(count), REJUVENATE, ALL, turn)[:, 0]
    return multinomial(weight, u)
