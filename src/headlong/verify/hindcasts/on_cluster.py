"""Hindcasts made on many processes or machines, and kept here: scoring then finds them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from headlong.case import Case
from headlong.cluster.cluster import open_cluster
from headlong.forecast.request import Request, as_known
from headlong.forecast.settings import Settings
from headlong.inference.bank import Bank
from headlong.verify.hindcasts import cache
from headlong.verify.hindcasts.runs import FilterPass, HindcastRun, ensemble_at, run_hindcast, so_far

TOGETHER = 6
"""Inits of one case that a worker does at a time: they share one pass of the filter."""


class Wanted(Protocol):
    """A model whose hindcasts are wanted, as `headlong.verify.hindcasts.hindcast.CaseRuns` is."""

    case: Case
    bank: Bank
    days: Sequence[int]
    asked: Any

    def path(self, known_case: Case, day: int) -> Path | None:
        """The file in which a hindcast is kept; None if it is not."""

    def request(self, day: int) -> Request:
        """What is asked of the model on a day."""


class Sent(NamedTuple):
    """What a worker needs of a model."""

    case: Case
    bank: Bank
    leads: tuple[int, ...]
    members: int
    seed: int
    settings: Settings


def run_days(
    shared: Sequence[Sent], part: tuple[int, list[int]], threads: int | None
) -> list[tuple[int, HindcastRun]]:
    """Make hindcasts of one model at some days of its case; this is what a worker does."""
    which, days = part
    sent = shared[which]
    case, bank, settings = sent.case, sent.bank, sent.settings
    one_pass = FilterPass(bank, so_far(case, max(days), bank.form)[3], threads, settings)
    found = []
    for day in days:
        when = case.start + timedelta(days=day)
        asked = Request(
            case=case, init=when, days=max(sent.leads), members=sent.members, seed=sent.seed, control="history",
            bank=bank, settings=settings,
        )  # fmt: skip
        found.append((day, run_hindcast(ensemble_at(asked, one_pass, threads), sent.leads, threads)))
    return found


def make_missing(
    wanted: Sequence[Wanted],
    where: str,
    threads: int | None,
    progress: Callable[[int, int, str], None] | None,
) -> None:
    """Make the hindcasts that are not kept yet on a cluster, and keep each as it comes.

    What cannot be kept is left to be made here.

    Parameters
    ----------
    wanted : sequence of Wanted
        Models, each with its inits as days of its case.
    where : str
        The cluster, as `headlong.cluster.where.where_is` reads it.
    threads : int, optional
        For each worker.
    progress : callable, optional
        Called with (done, of how many, a word).
    """
    paths = {(k, day): _path(form, day) for k, form in enumerate(wanted) for day in form.days}
    asked = [cache.RunAsked(form.case, form.asked.leads, form.asked.members) for form in wanted]
    missing = [key for key, path in paths.items() if path and cache.fetch_run(path, asked[key[0]]) is None]
    parts = []
    for k in range(len(wanted)):
        days = [day for which, day in missing if which == k]
        parts += [(k, days[i : i + TOGETHER]) for i in range(0, len(days), TOGETHER)]
    if not parts:
        return
    done = len(paths) - len(missing)
    with open_cluster(where, threads) as cluster:
        for n, found in cluster.each(run_days, parts, [_sent(form) for form in wanted]):
            for day, made in found:
                cache.keep_run(paths[parts[n][0], day], made)
            done += len(found)
            if progress:
                progress(done, len(paths), "hindcasting on the cluster")


def _path(form: Wanted, day: int) -> Path | None:
    when = form.case.start + timedelta(days=day)
    return form.path(as_known(form.case, when, "history"), day)


def _sent(form: Wanted) -> Sent:
    a = form.asked
    return Sent(form.case, form.bank, a.leads, a.members, a.seed, a.settings)
