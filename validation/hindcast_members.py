"""Members of the weekly hindcasts of all bundled wars: as `headlong verify` keeps them, else made now."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.case import Case, open_case
from headlong.forecast.request import as_known
from headlong.inference.bank import bank_for
from headlong.result_cache import folder_of
from headlong.verify.hindcasts.hindcast import CaseRuns, fair_bank
from headlong.verify.hindcasts.request import LEADS, VerifyRequest, weekly
from headlong.verify.scores.truth import History, Truth, read_history, truth_after

HORIZON = 30


class Found(NamedTuple):
    """One hindcast: Q places that are scored, N members."""

    case: Case
    history: History
    day: int  # of the case
    truth: Truth
    first: NDArray[np.uint16]  # (N, Q) day of each place's first change in each member

    @property
    def init(self) -> date:
        """Date of the hindcast."""
        return self.case.start + timedelta(days=self.day)

    def sides(self) -> Iterator[tuple[str, NDArray[np.bool_]]]:
        """Each side that holds a place which is scored, and which places (Q) they are."""
        for side in np.unique(self.truth.holder):
            yield self.history.where.sides[side], self.truth.holder == side


def hindcasts(members: int = 200, seed: int = 1) -> Iterator[Found]:
    """Weekly hindcasts of all wars learned from, each with parameters that never saw it.

    Parameters
    ----------
    members, seed : int
        Of each hindcast; those of the track record by default, which are then not made anew.
    """
    asked = VerifyRequest(LEADS, members, seed, None, folder_of("hindcasts"))
    for name in bank_for("").cases:
        print(f"\r{name:40s}", end="", file=sys.stderr, flush=True)
        case = open_case(name)
        history, days = read_history(case), weekly(case)
        form = CaseRuns(case, fair_bank(case), days, asked)
        for day in days:
            truth = truth_after(history, day, HORIZON)
            if truth.scored.size:
                known_case = as_known(case, case.start + timedelta(days=day), "history")
                run = form.run(known_case, day)
                yield Found(case, history, day, truth, run.day[:, truth.scored])
    print("\r", end="", file=sys.stderr)
