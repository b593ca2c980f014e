"""How a forecast is worked out: settings that move results within their error, and what cannot move a bit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from headlong.cluster.where import where_is
from headlong.engine.run import CHUNK
from headlong.errors import BadRequest, within
from headlong.forecast.checking import findings
from headlong.inference.calibration import LEAST_ESS
from headlong.result_cache import folder_of

MOST_MEMBERS, MOST_PARTICLES = 1_000_000, 100_000

PILOT = 250
"""Particles of a pilot round, as `headlong.assimilation.particle_filter` has them: to ask it is to load it."""

BLOCK = 10_000
"""Members whose parameters are in memory at a time."""

Progress = Callable[[int, int, str], None]
"""Called with (done, of how many, a word)."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How closely sums are worked out: more costs time and moves results within their error.

    Parameters
    ----------
    particles : int, optional
        Histories of control that stand for what reports leave open; by default from 1,200 to 12,000, the more the
        shorter the war so far and the fewer its places.
    pilot : int
        The same in the two pilot rounds, which only find the proposal of the last one.
    least_ess : float
        Fewer effective draws of the bank than this, and new ones are made for this war.
    """

    particles: int | None = None
    pilot: int = PILOT
    least_ess: float = LEAST_ESS

    def __post_init__(self) -> None:
        with findings() as wrong:
            for name in ("particles", "pilot") if self.particles is not None else ("pilot",):
                with wrong():
                    object.__setattr__(self, name, within(name, getattr(self, name), 2, MOST_PARTICLES))
            with wrong():
                if isinstance(self.least_ess, str) or not 1.0 <= self.least_ess <= 1e6:
                    raise BadRequest(f"least_ess is {self.least_ess}: not a number from 1 to 1,000,000.")


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """How a request is run; whatever stands here, the bits are the same.

    Parameters
    ----------
    threads : int, optional
        Cores to use; all by default.
    progress : callable, optional
        Called with (done, of how many, a word).
    chunk : int
        Members run between two looks at the progress bar.
    block : int
        Members whose parameters are in memory at a time.
    folder : Path, optional
        Where it is kept what the war so far says; by default in the user's cache (`headlong.result_cache`).
    cluster : str, optional
        Run members there (`headlong.cluster.where.where_is`): ``local:4``, or the address of a Dask scheduler.
    """

    threads: int | None = None
    progress: Progress | None = None
    chunk: int = CHUNK
    block: int = BLOCK
    folder: Path | None = None
    cluster: str | None = None

    def __post_init__(self) -> None:
        with findings() as wrong:
            for name, most in (("threads", 1024), ("chunk", MOST_MEMBERS), ("block", MOST_MEMBERS)):
                with wrong():
                    value = getattr(self, name)
                    object.__setattr__(self, name, None if value is None else within(name, value, 1, most))
            if self.cluster is not None:
                with wrong():
                    where_is(str(self.cluster))

    @property
    def kept_in(self) -> Path | None:
        """Where results are kept; None: nowhere."""
        return self.folder or folder_of("weighed")

    def tell(self, done: int, total: int, what: str) -> None:
        """Tell of progress, if anybody listens."""
        if self.progress:
            self.progress(done, total, what)


USUAL, HERE = Settings(), Runtime()
"""What is taken where nothing is said."""
