"""Rejuvenation: new parameters for resampled particles, given their histories (a Metropolis-Hastings step).

Particles drawn anew share their parents' parameters, and after some days few sets of parameters are left. Given
its whole history a particle may change them: a set drawn from the starting weights takes the place of its own
with the chance that leaves the joint law as it is (Metropolis and Hastings, independence proposals).
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.assimilation.initialise import place_particle, slow_table
from headlong.assimilation.lookahead import log_held
from headlong.assimilation.particle_state import ParticleState, new_room, situation
from headlong.assimilation.propagate import apply_changes, predict, see_odds, update_strain
from headlong.assimilation.transitions import fate_of, slot
from headlong.board.draws import many_uniforms
from headlong.board.kernel import kernel, law
from headlong.board.streams import ACCEPT, ALL
from headlong.board.world import NOBODY
from headlong.case import Case
from headlong.inference.likelihood import useful
from headlong.inference.parameter_vector import Draws
from headlong.inference.resampling import ess, normalise
from headlong.inference.strain_filter import STRAIN, run_filter
from headlong.inference.strain_moves import HALF_SLOW
from headlong.inputs.control_history import Change, Past
from headlong.inputs.environment import Environment
from headlong.inputs.exposure import Exposure, gather
from headlong.inputs.geography import Geography
from headlong.parallel import each, spans

PART = 64
"""Particles that one thread takes through a day at a time."""

LEAST_DRAWS = 200.0
"""Effective number of draws that the particles start from, if the case leaves room for as many."""


class Start(NamedTuple):
    """Weights of the draws (M) by one likely history, and what each day of it gave them (M, T + 1)."""

    weight: NDArray[np.float64]
    foreseen: NDArray[np.float64]


def exposure_along(case: Case, where: Geography, history: NDArray[np.int8]) -> list[Exposure]:
    """Exposure of all sides if control had gone as in `history` (T + 1, P), nobody as the last side."""
    holder = np.where(history < len(where.sides), history, NOBODY).astype(int)
    changes = tuple(
        Change(int(d), int(i), int(holder[d - 1, i]), int(holder[d, i]), int(d))
        for d, i in zip(*np.nonzero(np.diff(holder, axis=0, prepend=holder[:1])), strict=True)
    )
    return gather(case, where, Past(len(history) - 1, tuple(holder[0].tolist()), changes, ""))[0]


def foresee(
    case: Case, where: Geography, draws: Draws, history: NDArray[np.int8], threads: int | None
) -> Start:
    """Weights for the draws by one likely history, and the log-chance of its days under each.

    Particles start with the parameters that this history favours, and give the advantage back day by day.
    """
    scores = np.zeros((len(draws.theta), len(history)))
    exposures = useful(exposure_along(case, where, history))

    def work(rows: NDArray[np.int64]) -> None:
        for m in rows:
            for e in exposures:
                scores[m, 1:] += run_filter(draws.theta[m], *e.arrays)[0]

    each(work, np.array_split(np.arange(len(scores)), 64), threads)
    scores = np.where(np.isfinite(scores), scores, -1e6)
    before = np.log(np.maximum(draws.weight, 1e-300))
    for power in (1.0, 0.8, 0.6, 0.45, 0.3, 0.2, 0.1):
        weight = normalise(before + power * scores.sum(axis=1))
        if ess(weight) >= LEAST_DRAWS:
            break
    return Start(weight, power * scores)


@law
def filter_along(first, last, environment, state, history, slow):
    """Filter each side's strain of particles `first` to `last` along given control: `history` (N, T + 1, P)."""
    room = new_room(environment, state, 0)
    for n in range(first, last):
        place_particle(environment, state, n, history[n, 0])
        live_along(environment, state, n, history[n], slow, room)


@kernel
def live_along(environment, state, n, history, slow, room):
    """The same of particle `n`, which stands on the first evening: `history` (T + 1, P)."""
    now, ratio, fate, after = situation(state, n, room), room.ratio, room.fate, room.after
    odds = state.odds[n][: 2 * HALF_SLOW + state.width[n]]
    for day in range(1, history.shape[0]):
        predict(day, environment, state, n, now, slow, room.half)
        see_odds(environment, day, now, state.theta[n, STRAIN:], ratio, room.x)
        for s in range(room.at.size):
            log_held(odds, ratio, now, s, room.line[0, : odds.size], room.held[s, : odds.size])
        for i in range(fate.size):
            after[i] = history[day, i]
            fate[i] = fate_of(environment, day, now, i, slot(now.control[i], room.at.size), after[i])
        update_strain(environment, state, n, now, fate, ratio, room.held, room.line[1])
        apply_changes(environment, state, day, n, now, fate, after)


def refresh(
    environment: Environment,
    state: ParticleState,
    other: ParticleState,
    history: NDArray[np.int8],
    start: Start,
    *,
    luck: tuple[int, int],
    threads: int | None,
) -> None:
    """Let each particle take the parameters that `other` was given, by chance, in place."""
    n, slow = state.weight.size, slow_table()

    def work(part: slice) -> None:
        filter_along(part.start, part.stop, environment, other, history, slow)

    each(work, spans(n, PART), threads)
    gift = start.foreseen.sum(axis=1)
    gain = (other.score - gift[other.draw]) - (state.score - gift[state.draw])
    seed, turn = luck
    u = many_uniforms(seed, np.arange(n), ACCEPT, ALL, turn)[:, 0]
    chosen = np.log(u) < np.where(np.isfinite(gain), gain, -np.inf)
    for name in ("theta", "draw", "belief", "fast", "odds", "width", "score"):
        getattr(state, name)[chosen] = getattr(other, name)[chosen]
