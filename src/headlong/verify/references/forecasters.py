"""Forecasts to beat. Each knows what ours knows, and says it in the same form (`Prediction`).

- persistence: nothing changes
- constant: each side goes on losing places at its own rate so far
- recent: the same with its rate of the last 10 days
- climatology: as often as places changed hands after the same dates of the other cases
- growth: the share of its places that a side has lost goes on along a logistic curve
- distance, momentum-neighbour, momentum-core, momentum-core-rate, shares: logits fitted to the other cases, and
  one of them simulated day by day (`headlong.verify.references.logit_references`)
- numbers: a beta-binomial of how many places each side loses, fitted to the other cases, spread over its places
  in the order of `shares` (`headlong.verify.references.number_regression`)
- analogue: what came after the most similar evenings of the other cases (`headlong.verify.references.analogues`)

Rates are smoothed by one loss at the pooled rate of the other cases. Nothing is fitted to the case that is
forecast, beyond what it had shown by init.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.case import Case
from headlong.inputs.control_history import known_past
from headlong.inputs.geography import read_map
from headlong.verify.references.analogues import PastEvenings, by_likeness, past_evenings
from headlong.verify.references.covariates import COLUMNS, PlaceDays, place_days
from headlong.verify.references.logit_references import (
    DAILY,
    DIRECT,
    PlaceFates,
    SimulatedLogit,
    direct_chances,
    fates,
    fit_direct,
    fit_logit,
    fit_simulated,
    simulate_first_changes,
)
from headlong.verify.references.number_regression import (
    Numbers,
    SideEvenings,
    by_regression,
    fit_numbers,
    side_evenings,
)
from headlong.verify.references.numbers_by_side import spread_over
from headlong.verify.references.scene import Scene
from headlong.verify.references.side_facts import side_facts
from headlong.verify.scores.predictive import Prediction, of_chances, of_members, of_mixture
from headlong.verify.scores.truth import History, truth_after

RECENT_DAYS = 10

ANALOGUE, NUMBERS, ORDER = "analogue", "numbers", "shares"
"""The regression of numbers takes the order of places from the direct logit `ORDER`."""

NAMES = ("persistence", "constant", "recent", "climatology", "growth", ANALOGUE, *DIRECT, DAILY, NUMBERS)
"""All references, by the names that stand in tables."""


class Lessons(NamedTuple):
    """What the other cases teach."""

    rate: float  # losses a place-day
    share: NDArray[np.float64]  # (M, H + 1) share of the places that had changed hands, date by date
    direct: dict[str, NDArray[np.float64]]  # weights (horizons, columns)
    daily: SimulatedLogit
    numbers: Numbers
    memory: PastEvenings
    cases: tuple[str, ...]


class Lesson(NamedTuple):
    """What one war has to teach."""

    history: History
    days: list[PlaceDays]  # (S)
    fates: list[PlaceFates]  # what came of its place-days, by horizon
    told: SideEvenings  # what its sides lost after every third evening
    share: list[NDArray[np.float64]]  # each (H + 1): share of the places that had changed hands, date by date


def lesson_of(history: History, looks: Sequence[int], horizon: int) -> Lesson:
    """Lesson of one war; `looks` are its days from which it is looked ahead."""
    past = known_past(history.case, history.where, history.case.end)
    seen = [truth_after(history, look, horizon) for look in looks if look + horizon <= history.days]
    share = [t.fell.mean(axis=1) for t in seen if t.scored.size]
    days = place_days(history.case, history.where, past)[0]
    return Lesson(history, days, fates(history, days), side_evenings(history, days), share)


def learn(others: Sequence[Lesson], horizon: int) -> Lessons:
    """Lessons of the other wars together."""
    share = [row for lesson in others for row in lesson.share]
    weight = [1.0 / len(lesson.share) for lesson in others for _ in lesson.share]
    days = [d for lesson in others for d in lesson.days]
    rate = sum(d.lost.sum() for d in days) / max(1, sum(d.lost.size for d in days))
    cases = tuple(lesson.history.case.id for lesson in others)
    return Lessons(
        float(rate),
        case_balanced(share, weight, horizon),
        fit_direct([lesson.fates for lesson in others]),
        fit_simulated(days),
        fit_numbers([lesson.told for lesson in others]),
        past_evenings([lesson.told for lesson in others]),
        cases,
    )


def case_balanced(
    share: list[NDArray], weight: list[float], horizon: int, rows: int = 400
) -> NDArray[np.float64]:
    """Rows (M, H + 1) of the shares such that every case counts the same."""
    if not share:
        return np.zeros((1, horizon + 1))
    rise = np.cumsum(weight) / np.sum(weight)
    chosen = np.searchsorted(rise, (np.arange(rows) + 0.5) / rows)
    return np.stack(share)[np.minimum(chosen, len(share) - 1)]


def look_at(history: History, case: Case, day: int, horizon: int, asked: NDArray[np.int64]) -> Scene:
    """The scene on the evening of a day; `case` is cut to what was known by then."""
    where = read_map(case)
    past = known_past(case, where, case.start + timedelta(days=day))
    days, mood = place_days(case, where, past)
    morning, facts = np.zeros((len(where.ids), len(COLUMNS))), []
    for side in place_days(case, where, past._replace(days=day + 1))[0]:
        last = side.day == day
        morning[side.place[last]] = side.columns[last]
        facts.append(side_facts(side)[day])
    return Scene(case, where, history.holder[: day + 1], days, morning[asked], facts, mood, horizon, asked)


def predict(name: str, scene: Scene, lessons: Lessons, luck: NDArray[np.float64]) -> Prediction:
    """What a reference says.

    Parameters
    ----------
    name : str
        One of `NAMES`.
    scene : Scene
        What is known.
    lessons : Lessons
        From cases other than this.
    luck : float array (N, H, P)
        Luck of the members of those references that are ensembles.
    """
    side = scene.holder[-1][scene.asked]
    if name in DIRECT:
        return of_chances(direct_chances(lessons.direct[name], scene.morning, scene.horizon))
    if name in (NUMBERS, ANALOGUE):
        order = direct_chances(lessons.direct[ORDER], scene.morning, scene.horizon)
        law = by_regression(lessons.numbers) if name == NUMBERS else by_likeness(lessons.memory)
        return spread_over(law, scene.facts, side, order)
    if name == DAILY:
        day = simulate_first_changes(scene, lessons.daily, luck)
        return of_members(day[:, scene.asked], scene.horizon)
    if name == "climatology":
        return of_mixture(lessons.share, scene.asked.size)
    leads = np.arange(scene.horizon + 1.0)[:, None]
    if name == "persistence":
        return of_chances(np.zeros((leads.size, side.size)))
    if name == "growth":
        curves = np.stack([growth(scene, lessons, s) for s in range(len(scene.days))], axis=1)
        return of_chances(curves[:, side])
    memory = RECENT_DAYS if name == "recent" else None
    rate = np.array([own_rate(d, lessons.rate, memory) for d in scene.days])
    return of_chances(1.0 - (1.0 - rate[side]) ** leads)


def own_rate(days: PlaceDays, pooled: float, memory: int | None = None) -> float:
    """Losses a place-day of one side, of the last `memory` days or all, smoothed by one loss at the pooled rate."""
    kept = slice(None) if memory is None else days.day >= days.days - memory
    return float((days.lost[kept].sum() + 1.0) / (days.lost[kept].size + 1.0 / max(pooled, 1e-6)))


def growth(scene: Scene, lessons: Lessons, side: int) -> NDArray[np.float64]:
    """Chance of a side's places to be lost by each day (H + 1), by the logistic curve through its losses so far.

    Of the most places it ever held, the share no longer held is fitted day by day. A side that has lost
    fewer than two, net, has no curve: its own rate serves.
    """
    leads = np.arange(scene.horizon + 1.0)
    held = (scene.holder == side).sum(axis=1).astype(float)
    most = held.max()
    if held.size < 3 or most - held[-1] < 2 or held[-1] == 0:
        return 1.0 - (1.0 - own_rate(scene.days[side], lessons.rate)) ** leads
    time = np.arange(held.size) - (held.size - 1.0)
    columns = np.stack([np.ones(held.size), time / 10.0], axis=1)
    a, b = fit_logit(columns, 1.0 - held / most, np.full(held.size, most))
    lost = 1.0 / (1.0 + np.exp(-np.clip(a + b * leads / 10.0, -30.0, 30.0)))
    return np.clip((lost - lost[0]) / (1.0 - lost[0]), 0.0, 1.0)
