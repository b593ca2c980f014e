"""From particles to members of a forecast: each member starts from one particle."""

# mypy: allow-untyped-defs

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from headlong.board.draws import uniforms
from headlong.board.kernel import law
from headlong.board.streams import MEMBER_STRAIN
from headlong.board.world import NOBODY
from headlong.engine.start import MemberStart
from headlong.inference.parameter_vector import Draws
from headlong.inference.posterior import Posterior, Strains, draw_numbers
from headlong.inference.resampling import cell_at
from headlong.inference.strain_filter import by_slow_part
from headlong.inference.strain_moves import HALF_SLOW, spacing
from headlong.inputs.environment import Situation, new_situation

if TYPE_CHECKING:
    from headlong.assimilation.particle_filter import Particles


@law
def strain_of_particles(state, which, numbers, names, seed, slow, fast):
    """Draw the strain of all sides (N, S) from the beliefs of the particles `which` (N)."""
    rows = 2 * HALF_SLOW + 1
    for k in range(which.size):
        n = which[k]
        width, step = state.width[n], spacing(state.theta[n, 1])
        for side in range(state.rest.shape[1]):
            a, b, c, _ = uniforms((seed, numbers[k]), MEMBER_STRAIN, 0, names[side])
            rise = by_slow_part(state.belief[n, side][: rows * width].reshape(width, rows)).cumsum()
            cell = cell_at(rise, a)
            slow[k, side] = (cell // width - HALF_SLOW + b - 0.5) * step
            fast[k, side] = (cell % width - width // 2 + c - 0.5) * step


def posterior_of(particles: Particles) -> Posterior:
    """The particles' parameters with their weights, as a posterior."""
    return Posterior(Draws(particles.state.theta, particles.weight), particles.last_ess, False)


def likeliest(particles: Particles, sides: int) -> Situation:
    """Evening of init with the likeliest holder of every place, and mean news."""
    last = particles.history[:, -1]
    mass = np.stack([particles.weight @ (last == s) for s in range(sides + 1)])
    holder = mass.argmax(axis=0)
    now = new_situation(np.where(holder < sides, holder, NOBODY), sides)
    weight, state = particles.weight, particles.state
    now.taken[:], now.nearby[:] = weight @ state.taken, np.einsum("n,nps->ps", weight, state.nearby)
    for line, mean in zip(
        (now.shed, now.won, now.won_lately), np.einsum("n,nks->ks", weight, state.sides), strict=True
    ):
        line[:] = mean
    return now


def members_from(
    particles: Particles,
    musters: NDArray[np.float64],
    numbers: NDArray[np.int64],
    *,
    seed: int,
    offset: float,
    names: NDArray[np.int64],
) -> tuple[Strains, MemberStart]:
    """Strain and parameters of the members `numbers` (N), and who holds what in each; `names` (S) as elsewhere."""
    which = draw_numbers(posterior_of(particles), numbers, offset)
    sides = particles.state.rest.shape[1]
    slow, fast = np.zeros((numbers.size, sides)), np.zeros((numbers.size, sides))
    strain_of_particles(particles.state, which, numbers, names, seed, slow, fast)
    holder = particles.history[which, -1].astype(np.int64)
    control = np.where(holder < sides, holder, NOBODY)
    state = particles.state
    own = MemberStart(control, state.taken[which], state.sides[which], state.nearby[which], musters)
    return Strains(particles.state.theta[which], slow, fast), own
