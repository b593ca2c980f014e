"""Where people ran, scored camp by camp: control, fighting and each day's total given, beside simple references.

The measure is that of Flee: on each day the sum over camps of |model - count| over the total of the counts, the
model scaled to that total; then the mean over days. Counts between two counts lie on a straight line.

One number for a camp is the mean of members whose people go by the road alone: tastes, which nobody knows beforehand,
draw the mean of members towards equal shares. The spread is that of members with tastes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from headlong.board.world import Floats, World
from headlong.case import Case
from headlong.engine.given_totals import given_totals
from headlong.engine.run import Work
from headlong.errors import BadRequest
from headlong.forecast.ensemble import Ensemble, prepare
from headlong.forecast.request import Request
from headlong.forecast.results.too_few import BESIDE, spread_if_enough
from headlong.forecast.settings import Runtime
from headlong.inputs.control_history import known_past
from headlong.inputs.exposure import gather
from headlong.inputs.geography import Geography, shortest, straight_km
from headlong.inputs.initial_state import initial_board
from headlong.inputs.known_days import fights
from headlong.verify.scores.displacement import log_crps

GRAVITY_KM = 200.0
"""Reach of the reference that sends people by exp(-km / reach) over all ways."""

LATER = 1.0 / 60.0
"""What staying inside weighs where totals are given, over what it weighs on the day people leave: those who stay inside
go abroad later, too, so that over a war the way to the border counts for less (ten conflicts of Flee)."""

KEPT = 30
"""Day whose shares the other reference keeps."""

HINDSIGHT = "Headlong, capacities known in hindsight"
GRAVITY, SHARES = "gravity exp(-km/200)", "shares of day 30 kept"

EVERY = 30
"""Days between two looks at the spread of the members."""


class FlowScore(TypedDict):
    """Error of one forecaster; None where there was no day to take it from."""

    name: str
    error: float | None
    error_from_day_30: float | None


class Camp(TypedDict):
    """People in one camp on the last day: counted, and quantiles of the members."""

    id: str
    name: str
    counted: int
    p10: int | None
    p50: int
    p90: int | None


class FlowSummary(TypedDict):
    """What ``headlong flight --json`` prints."""

    schema: str
    case: str
    title: str
    start: str
    end: str
    days: int
    members: int
    capacities: bool
    scores: list[FlowScore]
    coverage_90: float | None
    log_crps: float | None
    camps: list[Camp]


@dataclass(frozen=True)
class Flow:
    """What was sent, and what was counted; N members, T days, R camps."""

    camps: tuple[str, ...]
    counted: Floats  # (T, R)
    stock: NDArray[np.int64]  # (N, T, R)
    by_road: NDArray[np.int64]  # (N, T, R) the same of members without tastes
    gravity: Floats  # (T, R)


def with_capacities(case: Case, known: bool) -> Case:
    """The case with capacities known in hindsight counted as known beside those of the time, or as it stands."""
    if not known:
        return case
    order = {row["place"]: k for k, row in reversed(list(enumerate(case.refuges)))}
    rows = sorted(case.refuges, key=lambda row: (order[row["place"]], bool(row["hindsight"])))
    return replace(case, refuges=tuple(row.but(hindsight=None) for row in rows))


def camp_counts(case: Case, camps: tuple[str, ...]) -> Floats:
    """People in each camp on each day from the case's start to the last count (T, R)."""
    rows = [r for r in case.displacement if r["kind"] == "stock_abroad" and r["count"] is not None]
    days = {(r["date"] - case.start).days for r in rows}
    if not rows or max(days) < 1:
        raise BadRequest(
            f"{case.id} has no counts of people in camps: displacement.csv needs rows of the kind stock_abroad, "
            "with to_place, after its start."
        )
    last = max(days) if case.ongoing else min(max(days), (case.end - case.start).days)
    grid = np.arange(last + 1)
    table = np.zeros((grid.size, len(camps)))
    for k, camp in enumerate(camps):
        known = sorted(((r["date"] - case.start).days, r["count"]) for r in rows if r["to_place"] == camp)
        if known:
            table[:, k] = np.interp(grid, [d for d, _ in known], [n for _, n in known])
    return table


def send_given(
    case: Case, *, members: int = 200, seed: int = 1, days: int | None = None, runtime: Runtime | None = None
) -> Flow:
    """Run the members of a case from its start, each day's rise of the total given.

    Parameters
    ----------
    case : Case
        With stocks of people in camps (displacement.csv, stock_abroad).
    members, seed : int
        Size of the ensemble and seed of the luck.
    days : int, optional
        How many days; to the last count by default.
    runtime : Runtime, optional
        Threads and progress.
    """
    runtime = runtime or Runtime()
    request = Request(case=case, init=case.start, days=1, members=members, seed=seed, control="replay")
    ensemble = prepare(request, runtime)
    refuges = ensemble.board.world.refuges.place
    camps = tuple(ensemble.where.ids[i] for i in refuges)
    truth = camp_counts(case, camps)
    truth = truth[: len(truth) if days is None else days + 1]
    ensemble = _longer(ensemble, len(truth) - 1)
    numbers = np.arange(members)
    opening, params = ensemble.draw(numbers, runtime)
    params["destinations"]["inside"] *= LATER
    work = Work(ensemble.board.world, opening, params, seed, len(truth) - 1, numbers)
    total, first = np.rint(truth.sum(axis=1)).astype(np.int64), np.rint(truth[0]).astype(np.int64)
    given = np.diff(total, prepend=total[0])
    stock = given_totals(work, given, first, runtime.threads)
    params["destinations"]["pull"] = 0.0  # tastes
    by_road = given_totals(work, given, first, runtime.threads)
    return Flow(camps, truth, stock, by_road, gravity(ensemble, truth))


def _longer(ensemble: Ensemble, days: int) -> Ensemble:
    """The ensemble with a board for more days than a forecast may have."""
    case, where = ensemble.request.past, ensemble.where
    _, now = gather(case, where, known_past(case, where, case.start))
    board = initial_board(case, where, now, 0, days, None, replay=True)
    return replace(ensemble, board=board)


def gravity(ensemble: Ensemble, truth: Floats) -> Floats:
    """The reference: people of places fought over or lost, camps by exp(-km / 200) over all open ways (T, R)."""
    case, where, world = ensemble.request.past, ensemble.where, ensemble.board.world
    pulls: dict[bytes, Floats] = {}
    fought = fights(case, where, case.start, len(truth) - 1)[0]
    lost = np.cumsum(np.diff(world.known.control, axis=0, prepend=world.known.control[:1]) != 0, axis=0) > 0
    people = ensemble.board.start.people.residents
    stock, out, debt = truth[0].copy(), np.zeros_like(truth), 0.0
    for day, more in enumerate(np.diff(truth.sum(axis=1), prepend=truth[0].sum())):
        state = world.exits.openness[:, day].tobytes() + world.refuges.open[:, day].tobytes()
        if state not in pulls:
            pulls[state] = pull_of(case, where, world, day)
        pull = pulls[state]
        who = np.maximum(fought[day], lost[day]) * people * (pull.sum(axis=1) > 0)
        debt += more
        if debt > 0 and who.sum() > 0:
            stock, debt = stock + debt * (who / who.sum()) @ pull, 0.0
        out[day] = stock
    return out


def pull_of(case: Case, where: Geography, world: World, day: int) -> Floats:
    """Share of those who leave each place (row) that goes to each camp, by the ways open on a day (P, R)."""
    road, exits, camp = where.road.copy(), world.exits, world.refuges.place
    shut = exits.openness[:, day] == 0.0
    for i, j in zip(exits.at[shut], exits.to[shut], strict=True):
        if j >= 0:
            road[i, j] = road[j, i] = 0.0
    km, hop = shortest(road, lambda: straight_km(case))
    there = (hop[:, camp] >= 0) & world.refuges.open[:, day]
    pull = np.where(there, np.exp(-km[:, camp] / GRAVITY_KM), 0.0)
    total = pull.sum(axis=1, keepdims=True)
    return np.divide(pull, total, out=np.zeros_like(pull), where=total > 0)


def error(model: Floats, truth: Floats, first: int = 0) -> float:
    """Flee's measure from a day on: mean over days with people of the sum of differences over the total."""
    total = truth.sum(axis=1)
    keep = (np.arange(len(total)) >= first) & (total > 0)
    if not keep.any():
        return float("nan")
    scaled = model[keep] * (total[keep] / np.maximum(model[keep].sum(axis=1), 1e-9))[:, None]
    return float((np.abs(scaled - truth[keep]).sum(axis=1) / total[keep]).mean())


def forecasters(flow: Flow) -> dict[str, Floats]:
    """People in each camp on each day, by who says it: the law, and the references."""
    truth = flow.counted
    kept = np.repeat(truth[min(KEPT, len(truth) - 1)][None], len(truth), axis=0)
    return {"Headlong": flow.by_road.mean(axis=0), GRAVITY: flow.gravity, SHARES: kept}


def hindsight(case: Case) -> bool:
    """Whether the case has capacities that were learned afterwards."""
    return any(row["capacity"] is not None and row["hindsight"] for row in case.refuges)


def scores(flow: Flow, full: Flow | None = None) -> list[FlowScore]:
    """Error of the mean by the road alone, and of the references; shares of day 30 are known from that day on alone.

    `full` is the same with capacities known in hindsight.
    """
    rows: list[FlowScore] = []
    said = forecasters(flow)
    if full is not None:
        said = {"Headlong": said.pop("Headlong"), HINDSIGHT: full.by_road.mean(axis=0), **said}
    for name, model in said.items():
        whole = None if name == SHARES else number_or_none(error(model, flow.counted))
        late = number_or_none(error(model, flow.counted, KEPT))
        rows.append({"name": name, "error": whole, "error_from_day_30": late})
    return rows


def number_or_none(value: float) -> float | None:
    """The number, or None where there was no day to take it from."""
    return None if np.isnan(value) else value


def camp_coverage(flow: Flow) -> tuple[float, float] | None:
    """Share of counts inside the 90 % interval, and CRPS of log(1 + people), on every 30th day; None for none."""
    looks = np.arange(EVERY, len(flow.counted), EVERY)
    truth = flow.counted[looks]
    if not truth.size:
        return None
    low, high = np.quantile(flow.stock[:, looks], (0.05, 0.95), axis=0)
    inside = (low <= truth) & (truth <= high)
    return float(inside.mean()), float(np.mean(crps_of(flow.stock, flow.counted, looks)))


def crps_of(stock: NDArray[Any], truth: Floats, looks: NDArray[np.int64]) -> list[float]:
    """CRPS of log(1 + people) of members (N, T, R) in each camp on some days."""
    pairs = [(day, k) for day in looks.tolist() for k in range(truth.shape[1])]
    return [log_crps(stock[:, day, k].astype(float), truth[day, k]) for day, k in pairs]


def summarise_flow(case: Case, flow: Flow, capacities: bool, full: Flow | None = None) -> FlowSummary:
    """Everything that `headlong flight` prints, as plain Python.

    Parameters
    ----------
    case : Case
        The case.
    flow : Flow
        From `send_given`.
    capacities : bool
        Whether capacities known in hindsight were used.
    full : Flow, optional
        The same with them, to be scored beside.
    """
    names = {place["id"]: place["name"] for place in case.places}
    last, found = np.quantile(flow.stock[:, -1], (0.1, 0.5, 0.9), axis=0), camp_coverage(flow)
    told: FlowSummary = {
        "schema": "headlong-flight/1",
        "case": case.id,
        "title": case.title,
        "start": str(case.start),
        "end": str(case.start + timedelta(days=len(flow.counted) - 1)),
        "days": len(flow.counted) - 1,
        "members": len(flow.stock),
        "capacities": capacities,
        "scores": scores(flow, full),
        "coverage_90": None if found is None else found[0],
        "log_crps": None if found is None else found[1],
        "camps": [
            {"id": camp, "name": names[camp], "counted": round(flow.counted[-1, k]),
             "p10": round(last[0, k]), "p50": round(last[1, k]), "p90": round(last[2, k])}
            for k, camp in enumerate(flow.camps)
        ],
    }  # fmt: skip
    return spread_if_enough(told, told["members"], BESIDE | {"coverage_90"})
