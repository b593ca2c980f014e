"""A forecast on many processes or machines: weighed once, run in pieces, joined to the bits of one run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from headlong.cluster.cluster import Cluster, open_cluster
from headlong.forecast.pieces.counts import Counts
from headlong.forecast.pieces.files import Shelf
from headlong.forecast.pieces.plan import MemberPiece, Parcel, Plan, plan_of
from headlong.forecast.request import Request
from headlong.forecast.settings import Runtime

if TYPE_CHECKING:
    import xarray as xr

    from headlong.forecast.ensemble import Ensemble


def run_piece(parcel: Parcel, part: tuple[int, int, bool], threads: int | None) -> MemberPiece:
    """Run one piece; this is what a worker does."""
    first, last, members = part
    return parcel.run(first, last, Runtime(threads=threads), members=members)


def finished(
    plan: Plan, cluster: Cluster, shelf: Shelf, runtime: Runtime, *, members: bool
) -> Iterator[MemberPiece]:
    """Run what is not finished yet, keep every piece that comes, then hand out all, one at a time."""
    todo = [span for span in plan.spans if not shelf.has(span)]
    total, done = plan.ensemble.request.members, 0
    done = total - sum(span.stop - span.start for span in todo)
    runtime.tell(done, total, "forecasting")
    parts = [(span.start, span.stop, members) for span in todo]
    for _, piece in cluster.each(run_piece, parts, plan.parcel) if parts else ():
        plan.check(piece)
        shelf.keep(piece)
        done += piece.last - piece.first
        runtime.tell(done, total, "forecasting")
    yield from shelf.pieces(plan.spans)


def run_on(request: Request, runtime: Runtime, folder: Path | None = None) -> xr.Dataset:
    """Run a request on the cluster that the runtime names, and keep every member: the bits of one run.

    Parameters
    ----------
    request : Request
        What is asked for.
    runtime : Runtime
        With a cluster.
    folder : Path, optional
        Where finished pieces are kept until all are; by default in the user's cache.
    """
    assert runtime.cluster is not None
    with open_cluster(runtime.cluster, runtime.threads) as cluster:
        plan = plan_of(request, replace(runtime, cluster=None))
        shelf = Shelf(plan, True, folder)
        found = plan.join(finished(plan, cluster, shelf, runtime, members=True))
    shelf.clear()
    return found


def count_on(request: Request, runtime: Runtime, folder: Path | None = None) -> tuple[Ensemble, Counts]:
    """Run a request on the cluster that the runtime names; its members are counted and forgotten.

    Parameters
    ----------
    request, runtime, folder
        As in `run_on`.
    """
    assert runtime.cluster is not None
    with open_cluster(runtime.cluster, runtime.threads) as cluster:
        plan = plan_of(request, replace(runtime, cluster=None))
        shelf, counts = Shelf(plan, False, folder), Counts(plan.ensemble.runnable)
        for piece in plan.checked(finished(plan, cluster, shelf, runtime, members=False)):
            assert piece.counts is not None
            counts.add_arrays(piece.counts, piece.tracks)
    shelf.clear()
    return plan.ensemble, counts
