"""What stands beside a hindcast: arrivals and people in camps, and what every reference says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np

from headlong.case import Case
from headlong.verify.hindcasts.request import VerifyRequest
from headlong.verify.hindcasts.runs import HindcastRun
from headlong.verify.references.forecasters import NAMES, Lessons, look_at, predict
from headlong.verify.scores.camps import camp_rows
from headlong.verify.scores.displacement import arrival_rows
from headlong.verify.scores.predictive import Prediction
from headlong.verify.scores.shapes import ArrivalScores, CampScores
from headlong.verify.scores.truth import History


def people_at(
    case: Case, day: int, leads: Sequence[int], found: HindcastRun
) -> tuple[list[ArrivalScores], list[CampScores]]:
    """Arrivals said and reported, and people in camps said and counted, at every lead."""
    crossings, refuges = found.crossings.tolist(), found.refuges.tolist()
    arrivals: list[ArrivalScores] = []
    camps: list[CampScores] = []
    for k, lead in enumerate(leads):
        arrivals += arrival_rows(case, crossings, day, lead, found.arrivals[:, k])
        camps += camp_rows(case, refuges, day, lead, found.refugees[:, k])
    return arrivals, camps


def references(
    history: History, known_case: Case, day: int, places: Any, asked: VerifyRequest, lessons: Lessons
) -> dict[str, Prediction]:
    """What every reference says on one evening."""
    scene = look_at(history, known_case, day, asked.horizon, places)
    size = asked.members, asked.horizon, len(history.where.ids)
    luck = np.random.default_rng([asked.seed, crc32(history.case.id.encode()), day]).random(size)
    return {name: predict(name, scene, lessons, luck) for name in NAMES}
