"""What counts in camps teach of the parameters of flight: draws from priors, weighed by conflicts, any one left out.

Every member is a draw of the parameters, the same in all conflicts. In each conflict it has an error (Flee's measure,
each day's total given), and it weighs exp(-12 * sum of its errors). For a conflict that is left out the sum is over the
others, so that what is said of it was not learned from it. What a conflict's members did is kept on disk: a run that
was stopped goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

import numpy as np
from numpy.typing import NDArray

from headlong.board.world import Floats
from headlong.case import Case
from headlong.errors import BadRequest
from headlong.forecast.runnable import draw_params
from headlong.forecast.settings import Runtime
from headlong.inference.parameter_vector import NAMES
from headlong.inference.resampling import quantile_index
from headlong.parameters import flat
from headlong.result_cache import folder_of, kept_or_made, source_hash
from headlong.verify.hindcasts.flight import (
    EVERY,
    KEPT,
    Flow,
    camp_coverage,
    crps_of,
    error,
    number_or_none,
    send_given,
    with_capacities,
)

SHARPNESS = 12.0
"""How much an error weighs (judgement: with five conflicts about a tenth of the draws count)."""

ROOMS = ("alarm", "flight", "destinations", "refuges")
"""Rooms of parameters that say who leaves and where they go."""

UNTAUGHT = (
    "flight.fought",
    "flight.threat",
    "flight.onward",
    "flight.drift",
    "flight.spread",
    "destinations.pull",
)
"""Parameters that these scores cannot teach: the total of each day is given, and tastes are luck."""

LEVELS = (0.05, 0.5, 0.95)


class LearnedFlight(NamedTuple):
    """What was learned; K conflicts, N draws, Q parameters."""

    cases: tuple[str, ...]
    flows: tuple[Flow, ...]
    names: tuple[str, ...]
    draws: Floats  # (N, Q)
    own: Floats  # (K, N) error of each draw in each conflict

    def weight(self, left: int | None = None) -> Floats:
        """Weight of each draw (N) by all conflicts, or by all but one."""
        return weigh_draws(self.own, left)

    def left_out(self) -> list[float]:
        """Error of the weighed mean in each conflict, learned from the others."""
        return [error(mean_stock(f, self.weight(k)), f.counted) for k, f in enumerate(self.flows)]


def errors_of(flow: Flow) -> Floats:
    """Error of each member by the road alone (N); tastes would teach luck."""
    return np.array([error(member, flow.counted) for member in flow.by_road.astype(float)])


def weigh_draws(own: Floats, left: int | None = None) -> Floats:
    """Weights of draws (N), which add up to one, from their errors (K, N), those of conflict `left` not counted."""
    total = (own if left is None else np.delete(own, left, axis=0)).sum(axis=0)
    weight = np.exp(-SHARPNESS * (total - total.min()))
    return np.asarray(weight / weight.sum())


def mean_stock(flow: Flow, weight: Floats) -> Floats:
    """People in each camp on each day by the road alone, the mean of the members by their weights (T, R)."""
    return np.asarray(np.tensordot(weight, flow.by_road.astype(float), 1))


def flight_draws(members: int, seed: int) -> tuple[tuple[str, ...], Floats]:
    """Parameters of flight that the members of any case draw (N, Q), and their names."""
    params = draw_params(np.zeros((members, len(NAMES))), np.arange(members), seed, False)
    found = {name: value for name, value in flat(params).items() if name.split(".")[0] in ROOMS}
    taught = {name: value for name, value in found.items() if name not in UNTAUGHT}
    return tuple(taught), np.stack(list(taught.values()), 1)


def learn_flight(
    cases: Sequence[Case],
    *,
    members: int = 400,
    seed: int = 1,
    capacities: bool = False,
    threads: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    folder: Path | None = None,
) -> LearnedFlight:
    """Weigh draws of the parameters of flight by conflicts with counts in camps.

    Parameters
    ----------
    cases : sequence of Case
        Two at least, each with stocks of people in camps.
    members, seed : int
        How many draws, and the seed of the luck.
    capacities : bool
        Use capacities known in hindsight, too.
    threads : int, optional
        Cores to use; all by default.
    progress : callable, optional
        Called with (done, of how many, a word).
    folder : Path, optional
        Where to keep what is done; the user's cache by default.
    """
    if len(cases) < 2 or len({case.id for case in cases}) < len(cases):
        raise BadRequest("name two cases at least, and each of them once: one is left out, the others teach.")
    folder = folder or folder_of("hindcasts")
    flows = []
    for done, case in enumerate(cases):
        if progress:
            progress(done, len(cases), case.id)
        chosen = with_capacities(case, capacities)
        flows.append(_kept(chosen, folder, members, seed, threads))
    names, draws = flight_draws(members, seed)
    own = np.stack([errors_of(flow) for flow in flows])
    return LearnedFlight(tuple(case.id for case in cases), tuple(flows), names, draws, own)


def _kept(case: Case, folder: Path | None, members: int, seed: int, threads: int | None) -> Flow:
    """The flow of a case, as kept or made now and kept."""
    asked = f"{case.hash} {members} {seed} {source_hash(__name__)}"
    path = (
        None if folder is None else folder / f"flight-{case.id}-{sha256(asked.encode()).hexdigest()[:20]}.npz"
    )

    def make() -> Flow:
        return send_given(case, members=members, seed=seed, runtime=Runtime(threads=threads))

    def arrays_of(flow: Flow) -> dict[str, NDArray[Any]]:
        return {f.name: np.asarray(getattr(flow, f.name)) for f in fields(Flow)}

    return kept_or_made(path, lambda found: flow_in(found, case, members), make, arrays_of, most=None)


def flow_in(found: Mapping[str, NDArray[Any]], case: Case, members: int) -> Flow | None:
    """The flow of a case that kept arrays are; None where they cannot be one."""
    if {*found} != {f.name for f in fields(Flow)}:
        return None
    camps = tuple(str(c) for c in found["camps"])
    days, width = found["counted"].shape
    whole = all(found[n].shape == (members, days, width) for n in ("stock", "by_road"))
    numbers = all(found[n].dtype.kind in "iu" and (found[n] >= 0).all() for n in ("stock", "by_road"))
    near = found["gravity"].shape == (days, width) and not (found["gravity"] < 0).any()
    of_case = len(camps) == width and {*camps} <= {place["id"] for place in case.places}
    if not (whole and numbers and near and of_case and not (found["counted"] < 0).any()):
        return None
    stock, by_road = (found[name].astype(np.int64) for name in ("stock", "by_road"))
    return Flow(camps, found["counted"], stock, by_road, found["gravity"])


def intervals(draws: Floats, weight: Floats) -> list[list[float]]:
    """P5, P50 and P95 of each parameter (Q, 3)."""
    found = []
    for column in draws.T:
        order = np.argsort(column, kind="stable")
        found.append([float(column[order[quantile_index(weight[order], q)]]) for q in LEVELS])
    return found


class TaughtParameter(TypedDict):
    """P5, P50 and P95 of a parameter before, after, and without each conflict."""

    name: str
    before: list[float]
    after: list[float]
    without: dict[str, list[float]]


class ConflictErrors(TypedDict):
    """Errors in one conflict; None where there was no day to take them from.

    `late`: from day 30. Coverage and CRPS: of draws from the priors, on every 30th day.
    """

    id: str
    left_out: float
    priors: float
    gravity: float
    late_priors: float | None
    late_gravity: float | None
    late_kept: float | None
    late_last_rate: float | None
    coverage_90: float | None
    log_crps: float | None
    log_crps_gravity: float | None
    log_crps_kept: float | None
    log_crps_last_rate: float | None


class FlightLesson(TypedDict):
    """What ``headlong calibrate-flight --json`` prints."""

    schema: str
    members: int
    capacities: bool
    sharpness: float
    effective_draws: float
    parameters: list[TaughtParameter]
    conflicts: list[ConflictErrors]


def summarise_learned(found: LearnedFlight, capacities: bool) -> FlightLesson:
    """What was learned as plain Python: parameters before and after, and errors of each conflict left out."""
    even = np.full(len(found.draws), 1.0 / len(found.draws))
    before, after = intervals(found.draws, even), intervals(found.draws, found.weight())
    left = [intervals(found.draws, found.weight(k)) for k in range(len(found.cases))]
    errors = found.left_out()
    return {
        "schema": "headlong-flight-learned/1",
        "members": len(found.draws),
        "capacities": capacities,
        "sharpness": SHARPNESS,
        "effective_draws": float(1.0 / (found.weight() ** 2).sum()),
        "parameters": [
            {"name": name, "before": before[q], "after": after[q],
             "without": {case: left[k][q] for k, case in enumerate(found.cases)}}
            for q, name in enumerate(found.names)
        ],
        "conflicts": [
            errors_beside(case, errors[k], f)
            for k, (case, f) in enumerate(zip(found.cases, found.flows, strict=True))
        ],
    }  # fmt: skip


def errors_beside(case: str, left_out: float, flow: Flow) -> ConflictErrors:
    """Errors in a conflict, and of simple references: gravity; from day 30 its shares kept, and the last rate."""
    truth = flow.counted
    kept = np.repeat(truth[min(KEPT, len(truth) - 1)][None], len(truth), axis=0)
    ours, spread_of = flow.by_road.mean(axis=0), camp_coverage(flow)

    def late(model: Floats) -> float | None:
        return number_or_none(error(model, truth, KEPT))

    return {
        "id": case,
        "left_out": left_out,
        "priors": error(ours, truth),
        "gravity": error(flow.gravity, truth),
        "late_priors": late(ours),
        "late_gravity": late(flow.gravity),
        "late_kept": late(kept),
        "late_last_rate": late(last_rate(truth)),
        "coverage_90": None if spread_of is None else spread_of[0],
        "log_crps": None if spread_of is None else spread_of[1],
        "log_crps_gravity": of_one(flow.gravity, truth),
        "log_crps_kept": of_one(kept, truth),
        "log_crps_last_rate": of_one(last_rate(truth), truth),
    }


def of_one(model: Floats, truth: Floats) -> float | None:
    """CRPS of log(1 + people) of one number, scaled to the day's total, on every 30th day; None for none."""
    looks = np.arange(EVERY, len(truth), EVERY)
    scaled = model * (truth.sum(axis=1) / np.maximum(model.sum(axis=1), 1e-9))[:, None]
    return float(np.mean(crps_of(scaled[None], truth, looks))) if looks.size else None


def last_rate(truth: Floats, ahead: int = KEPT) -> Floats:
    """People in camps as said `ahead` days before: as many as then, growing as in the `ahead` days before that."""
    then = np.maximum(np.arange(len(truth)) - ahead, 0)
    before = np.maximum(then - ahead, 0)
    return np.maximum(0.0, truth[then] + (truth[then] - truth[before]))
