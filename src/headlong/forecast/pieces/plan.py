"""A forecast to be run in pieces: the war so far is weighed once, members are run anywhere, pieces are joined.

>>> from headlong.forecast.pieces.plan import plan
>>> whole = plan("chad-2008", members=300, days=7)
>>> pieces = [whole.run(0, 100), whole.run(100, 300)]
>>> forecast = whole.join(pieces)  # the bits of hl.forecast("chad-2008", members=300, days=7)

`Plan.parcel` is what another process needs: arrays only, to be pickled.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

import numpy as np
from numpy.typing import NDArray

from headlong.case import Case
from headlong.engine.record import Record, empty_record
from headlong.engine.warm import compiling_aside
from headlong.errors import BadRequest
from headlong.forecast.ensemble import Ensemble, prepare
from headlong.forecast.pieces.counts import Arrays, Counts
from headlong.forecast.request import Options, Request
from headlong.forecast.results.coordinates import attrs
from headlong.forecast.results.tracks import counts_for
from headlong.forecast.runnable import Runnable, fill_in
from headlong.forecast.settings import HERE, Runtime
from headlong.mechanisms import PARAMETERS
from headlong.parallel import spans
from headlong.parameters import record_dtype
from headlong.result_cache import LIBRARIES
from headlong.version import __version__

if TYPE_CHECKING:
    import xarray as xr

MOST_PIECE, LEAST_PIECE, PIECES = 1000, 50, 16
"""Members of a piece at most and at least, and pieces of a forecast that is between."""

PROBE = 2
"""Members that every process runs first: they must be the same to the bit wherever they are run."""


ASIDE = {"cli", "view", "verify", "archive", "reading", "importers"}
"""Rooms that no member depends on."""


class MemberPiece(NamedTuple):
    """Members from `first` to before `last` of a plan, themselves or counts of them."""

    key: str  # of the plan
    first: int
    last: int
    made_with: str  # versions and sources
    probe: str  # hash of the first members of all
    params: NDArray[Any] | None
    record: Record | None
    counts: Arrays | None
    tracks: Arrays  # counts of who left where and who took which road


@dataclass(frozen=True, eq=False)
class Parcel:
    """What another process needs to run members of a plan."""

    key: str
    runnable: Runnable
    members: int

    def run(self, first: int, last: int, runtime: Runtime = HERE, *, members: bool = True) -> MemberPiece:
        """Run the members from `first` to before `last`; keep them, or only counts of them."""
        if not 0 <= first < last <= self.members:
            raise BadRequest(f"members {first} to {last - 1} are not among the {self.members:,} of the plan.")
        head = (self.key, first, last, made_with(), self.probe)
        blocks = self.runnable.run(first, last, runtime)
        if not members:
            counts = Counts(self.runnable)
            for _, _, record in blocks:
                counts.add(record)
            return MemberPiece(*head, None, None, counts.arrays(), counts.tracks.arrays())
        whole = empty_record(self.runnable.world, last - first, self.runnable.days, whole=False)
        params, tracks = np.empty(last - first, record_dtype(PARAMETERS)), counts_for(self.runnable)
        for span, drawn, record in blocks:
            here = slice(span.start - first, span.stop - first)
            params[here] = drawn
            fill_in(whole, here, record)
            tracks.add(record)
        return MemberPiece(*head, params, whole, None, tracks.arrays())

    @cached_property
    def probe(self) -> str:
        """Hash of the first members: the same everywhere, or pieces do not belong together."""
        digest = sha256()
        for _, drawn, record in self.runnable.run(0, min(PROBE, self.members), Runtime(threads=1)):
            for array in (drawn, *record):
                digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()[:16]


@dataclass(frozen=True, eq=False)
class Plan:
    """A forecast that is prepared, and whose members are run in pieces.

    Parameters
    ----------
    ensemble : Ensemble
        Ready to run.
    """

    ensemble: Ensemble

    @cached_property
    def key(self) -> str:
        """Name of all that the bits depend on: what was asked for, the case, and the sources of the model."""
        said = {k: v for k, v in attrs(self.ensemble).items() if k != "made_with"}
        return sha256(repr([sorted(said.items()), made_with()]).encode()).hexdigest()[:20]

    @cached_property
    def parcel(self) -> Parcel:
        """What another process needs."""
        return Parcel(self.key, self.ensemble.runnable.light(), self.ensemble.request.members)

    @property
    def spans(self) -> list[slice]:
        """Members cut into pieces; how does not depend on where they are run."""
        members = self.ensemble.request.members
        return spans(members, max(LEAST_PIECE, min(MOST_PIECE, -(-members // PIECES))))

    def run(self, first: int, last: int, runtime: Runtime = HERE, *, members: bool = True) -> MemberPiece:
        """Run the members from `first` to before `last`.

        Parameters
        ----------
        first, last : int
            Numbers of members, from 0.
        runtime : Runtime
            Threads and progress.
        members : bool
            Keep the members, or only counts of them.
        """
        return self.parcel.run(first, last, runtime, members=members)

    def join(self, pieces: Iterable[MemberPiece]) -> xr.Dataset:
        """Forecast of all pieces, in any order: the bits of one run.

        Pieces are taken one at a time, so that they may come from files. Where they hold counts, the forecast
        has no members (docs/forecast-file.md).

        Raises
        ------
        BadRequest
            A piece is of another plan or made otherwise, members are missing or come twice.
        """
        from headlong.forecast.pieces.digest import digest
        from headlong.forecast.results.dataset import to_dataset

        kinds: set[bool] = set()
        whole, counts = Whole(self), Counts(self.ensemble.runnable)
        for piece in self.checked(pieces):
            kinds.add(piece.counts is None)
            if len(kinds) > 1:
                raise BadRequest("some pieces hold members and some only counts of them.")
            if piece.counts is not None:
                counts.add_arrays(piece.counts, piece.tracks)
            else:
                whole.add(piece)
        if whole.record is not None:
            return to_dataset(self.ensemble, whole.params, whole.record, whole.tracks.result())
        return digest(self.ensemble, counts)

    def checked(self, pieces: Iterable[MemberPiece]) -> Iterator[MemberPiece]:
        """Hand pieces on; refuse those that do not belong, and say in the end which members are missing."""
        seen = np.zeros(self.ensemble.request.members, bool)
        for piece in pieces:
            self.check(piece)
            if seen[piece.first : piece.last].any():
                raise BadRequest(f"{name_of(piece)} holds members that have come already.")
            seen[piece.first : piece.last] = True
            yield piece
        if not seen.all():
            raise BadRequest(f"members {runs(~seen)} are missing.")

    def check(self, piece: MemberPiece) -> None:
        """Refuse a piece of another forecast, or one that another machine would have made otherwise."""
        if piece.key != self.key:
            raise BadRequest(
                f"{name_of(piece)} is of another forecast, or of another Headlong: {piece.made_with}."
            )
        if piece.made_with != made_with() or piece.probe != self.parcel.probe:
            raise BadRequest(
                f"{name_of(piece)} was made by a machine that computes otherwise ({piece.made_with}; here "
                f"{made_with()}): its first members are not the same bits. Use one kind of machine, and the same "
                "versions on all."
            )


def name_of(piece: MemberPiece) -> str:
    """A piece in words."""
    return f"the piece of members {piece.first} to {piece.last - 1}"


class Whole:
    """All members, filled piece by piece."""

    def __init__(self, of: Plan) -> None:
        self.of = of
        self.params: NDArray[Any] = np.empty(0, record_dtype(PARAMETERS))
        self.record: Record | None = None
        self.tracks = counts_for(of.ensemble.runnable)

    def add(self, piece: MemberPiece) -> None:
        """Put the members of a piece where they belong."""
        ask = self.of.ensemble.request
        if self.record is None:
            self.record = empty_record(self.of.ensemble.board.world, ask.members, ask.days, whole=False)
            self.params = np.empty(ask.members, record_dtype(PARAMETERS))
        assert piece.params is not None and piece.record is not None
        span = slice(piece.first, piece.last)
        self.params[span] = piece.params
        fill_in(self.record, span, piece.record)
        self.tracks.add_arrays(piece.tracks)


def runs(missing: NDArray[np.bool_]) -> str:
    """Numbers of what is missing, in words: ``100 to 199, 300 to 499``."""
    edge = np.flatnonzero(np.diff(np.r_[False, missing, False]))
    return ", ".join(f"{a} to {b - 1}" for a, b in edge.reshape(-1, 2)[:5].tolist())


@cache
def made_with() -> str:
    """Versions and sources that the bits of a member depend on."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"headlong {__version__}, python {platform.python_version()}, {libraries}, sources {sources_hash()}"
    )


def sources_hash() -> str:
    """Eight digits that change with any source of a forecast."""
    package, digest = Path(__file__).parents[2], sha256()
    for path in sorted(package.rglob("*.py")):
        if path.relative_to(package).parts[0] not in ASIDE:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def plan(
    case: Case | str | Path,
    init: str | date | None = None,
    *,
    scenario: str | None = None,
    runtime: Runtime = HERE,
    **options: Unpack[Options],
) -> Plan:
    """Prepare a forecast: weigh the war so far, once, for all pieces.

    Parameters
    ----------
    case, init, scenario, **options
        As in `headlong.forecast`.
    runtime : Runtime
        Threads and progress.
    """
    return plan_of(Request(case=case, init=init, scenario=scenario, **options), runtime)  # type: ignore[arg-type]


def plan_of(request: Request, runtime: Runtime = HERE) -> Plan:
    """Prepare a request."""
    with compiling_aside() as engine_ready:
        ensemble = prepare(request, runtime)
        engine_ready()
    return Plan(ensemble)
