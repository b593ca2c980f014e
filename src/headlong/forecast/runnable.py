"""All that running members takes, and no tables: it can be sent to another process or machine.

A member is addressed by its number, which is the name of its luck. So members may be run anywhere, in any
pieces and any order, and are the same to the bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from headlong.board.draws import many_uniforms
from headlong.board.state import State
from headlong.board.streams import ALL, MEMBER_PARAMETERS, MEMBER_SEQUENCE
from headlong.board.world import World
from headlong.capacity import must_fit
from headlong.engine.record import FLEETING, Record, empty_record
from headlong.engine.run import Work, pieces
from headlong.engine.start import Opening
from headlong.forecast.members import members_from
from headlong.forecast.settings import Runtime
from headlong.inference.parameter_vector import NAMES
from headlong.inference.posterior import Posterior, Strains, draw_members
from headlong.inference.strain_moves import HALF_SLOW
from headlong.inputs.exposure import Exposure
from headlong.mechanisms import PARAMETERS
from headlong.parallel import ahead, spans
from headlong.parameters import Par, fill, pars_of, record_dtype
from headlong.result_cache import remembered

if TYPE_CHECKING:
    from headlong.assimilation.particle_filter import Particles


@dataclass(frozen=True, eq=False)
class Runnable:
    """What members start from and run in; P places, S sides.

    Parameters
    ----------
    world, start, muster
        As in `headlong.inputs.initial_state.Board`.
    musters : float array (S, 2, P)
        Bounds of each place's garrison by the side that would hold it.
    names : int array (S)
        Numbers of the sides' ids, names of their luck.
    regions : list of str
        Region of each place.
    posterior, exposures, particles
        As in `headlong.forecast.ensemble.Ensemble`.
    seed, days, acting
        As in `headlong.forecast.request.Request`.
    """

    world: World
    start: State
    muster: NDArray[np.float64]
    musters: NDArray[np.float64]
    names: NDArray[np.int64]
    regions: Sequence[str]
    posterior: Posterior
    exposures: Sequence[Exposure]
    particles: Particles | None
    seed: int
    days: int
    acting: bool

    def draw(self, numbers: NDArray[np.int64], runtime: Runtime) -> tuple[Opening, NDArray[Any]]:
        """Opening and parameters of the members `numbers` (N)."""
        seed, offset, names = self.seed, first_luck(self.seed), self.names
        if self.particles is not None:
            drawn, own = members_from(
                self.particles, self.musters, numbers, seed=seed, offset=offset, names=names
            )
            opening = Opening(self.start, drawn.slow, drawn.fast, self.muster, own)
        else:
            drawn = self.strains(numbers, runtime)
            opening = Opening(self.start, drawn.slow, drawn.fast, self.muster)
        opening = opening._replace(extra=np.ascontiguousarray(drawn.theta[:, len(NAMES) :]))
        return opening, draw_params(drawn.theta, numbers, self.seed, self.acting, runtime.kept_in)

    def strains(self, numbers: NDArray[np.int64], runtime: Runtime) -> Strains:
        """Strain and parameters of the members `numbers` (N), where control is known; drawn once for each war."""
        seed, offset, names, (draws, *_) = self.seed, first_luck(self.seed), self.names, self.posterior
        given = [*draws, numbers, seed, names, *(array for e in self.exposures for array in e.arrays)]

        def make() -> dict[str, NDArray[np.float64]]:
            return draw_members(
                self.posterior, self.exposures, numbers, seed=seed, offset=offset, names=names, threads=runtime.threads
            )._asdict()  # fmt: skip

        return Strains(**remembered(runtime.kept_in, "strains", given, Strains._fields, numbers.size, make))

    def run(self, first: int, last: int, runtime: Runtime) -> Iterator[tuple[slice, NDArray[Any], Record]]:
        """Run the members from `first` to before `last`, a few at a time and in order.

        Yields where they belong among all members, their parameters, and their record.
        """
        self.must_fit_at_once(last - first, runtime)
        for block in spans(last - first, runtime.block):
            start = first + block.start
            numbers = np.arange(start, first + block.stop)
            opening, params = self.draw(numbers, runtime)
            work = Work(self.world, opening, params, self.seed, self.days, numbers)
            for span, record in pieces(work, threads=runtime.threads, chunk=runtime.chunk):
                yield slice(start + span.start, start + span.stop), params[span], record
                runtime.tell(block.start + span.stop, last - first, "forecasting")

    def must_fit_at_once(self, members: int, runtime: Runtime) -> None:
        """Refuse to begin where the members that are in memory at a time, even if none is kept, do not fit."""
        each = sum(part.nbytes for part in empty_record(self.world, 1, self.days))
        at_once = min(members, runtime.block, runtime.chunk * ahead(runtime.threads))
        must_fit(
            at_once * each,
            f"{at_once:,} members of {self.days:,} days, which run at a time,",
            "Ask for fewer --days or --threads.",
        )

    def light(self) -> Runnable:
        """The same without what only the weighing of reports needed: it is sent in a tenth of the time."""
        if self.particles is None:
            return self
        p = self.particles
        needed = {"theta", "taken", "sides", "nearby", "belief", "width", "rest"}
        state = p.state._replace(**{n: a[:0] for n, a in p.state._asdict().items() if n not in needed})
        cells = (2 * HALF_SLOW + 1) * int(p.state.width.max())
        state = state._replace(belief=np.ascontiguousarray(p.state.belief[:, :, :cells]))
        last = np.ascontiguousarray(p.history[:, -1:])
        light = p._replace(state=state, history=last, ess=p.ess[-1:], hazard=p.hazard[-1:])
        return replace(self, particles=light)


def nobody() -> NDArray[Any]:
    """Parameters of no member."""
    return np.empty(0, record_dtype(PARAMETERS))


def fill_in(whole: Record, span: slice, part: Record) -> None:
    """Put some members where they belong among all, without what is fleeting."""
    for name, values in part._asdict().items():
        if name not in FLEETING:
            getattr(whole, name)[span] = values


def name_number(name: str) -> int:
    """A fixed number for a name, so that a parameter's luck does not depend on the others."""
    return crc32(name.encode())


def draw_params(
    theta: NDArray[np.float64],
    numbers: NDArray[np.int64],
    seed: int,
    acting: bool,
    folder: Path | None = None,
) -> NDArray[Any]:
    """Records of parameters of the members `numbers` (N): the core from `theta` (N, 4 + K), the rest from their priors.

    A parameter that is neutral by default stays so unless `acting`. What is drawn is kept in `folder`.
    """
    members = len(theta)
    rest = [(f"{c.__name__}.{n}", p) for c in PARAMETERS for n, p in pars_of(c).items() if p.acts or acting]
    names = np.array([name_number(n) for n, _ in rest])

    def make() -> dict[str, NDArray[np.float64]]:
        luck = many_uniforms(seed, numbers, MEMBER_PARAMETERS, names, 0)
        return {str(k): np.asarray(p.prior.quantile(luck[:, k])) for k, (_, p) in enumerate(rest)}

    keys = [str(k) for k in range(len(rest))]
    values = remembered(folder, "parameters", [seed, numbers, names, acting], keys, members, make)
    drawn = {id(p): values[str(k)] for k, (_, p) in enumerate(rest)}

    def value_of(room: str, p: Par) -> Any:
        name = f"{room}.{p.name}"
        if name in NAMES:
            return theta[:, NAMES.index(name)]
        return drawn.get(id(p), p.default)

    return fill(PARAMETERS, members, value_of)


def first_luck(seed: int) -> float:
    """Where the even sequence over the parameters starts."""
    return float(many_uniforms(seed, ALL, MEMBER_SEQUENCE, ALL, 0)[0, 0])
