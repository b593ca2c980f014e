"""Reports as arrays for kernels: their fit to each state, what is not yet reported, priors of reliabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.case import Case
from headlong.case.rows import Row
from headlong.case.tables.schema import HAS_IT
from headlong.inputs.control_history import at_start
from headlong.inputs.environment import pressers
from headlong.inputs.geography import Geography
from headlong.reports.credibility import CLASSES, GROUPS, chance_heard, prior, value
from headlong.reports.observation import Observation

GRID = np.concatenate([[0.02, 0.05], np.arange(0.1, 0.9, 0.05), [0.9, 0.925, 0.95, 0.965, 0.98, 0.99]])
"""Reliabilities that beliefs stand on."""


class ReportArrays(NamedTuple):
    """Reports as kernels take them, by the day of the claimed event; R reports, P places, T days, K cells."""

    first: NDArray[np.int64]  # (T + 2) where each day's reports begin
    place: NDArray[np.int64]  # (R) or -1
    side: NDArray[np.int64]  # (R)
    fit: NDArray[np.float64]  # (R, 6)
    base_rate_ratio: NDArray[np.float64]  # (R)
    cell: NDArray[np.int64]  # (R)
    shift: NDArray[np.float64]  # (R)
    confirmed: NDArray[np.bool_]  # (R)
    counted: NDArray[np.float64]  # (R)
    p_unreported: NDArray[
        np.float64
    ]  # (T + 1, P, S + 1) chance of nothing said so far of a change to each side
    mean_fit: NDArray[np.float64]  # (R) of how many places as much could be said on that day (`mean_fits`)
    known: NDArray[np.bool_]  # (P, S + 1) who may come to hold the place in another way than by pressing
    p_confirmed: float  # reliability of confirmed reports


def read_reports(
    case: Case, where: Geography, observations: Sequence[Observation], days: int
) -> ReportArrays:
    """Observations as kernels take them, in their order."""
    kinds = [p["kind"] for p in case.places]
    first = np.searchsorted([o.day for o in observations], np.arange(days + 2)).astype(np.int64)
    place = [where.place.get(o.row["place"] or "", -1) for o in observations]
    place = [
        -1 if where.outside[i] else i for i in place
    ]  # nobody takes a refuge: what is said of it moves nothing
    return ReportArrays(
        first,
        np.array(place, np.int64),
        np.array([where.side.get(o.row["side"] or "", -1) for o in observations], np.int64),
        np.array([o.fit for o in observations], float).reshape(len(observations), 6),
        np.array([o.base_rate_ratio for o in observations], float),
        np.array([o.cell for o in observations], np.int64),
        np.array([o.shift for o in observations], float),
        np.array([o.confirmed for o in observations], bool),
        np.array([o.counted for o in observations], float),
        unreported(observations, where, days, kinds),
        np.full(len(observations), 0.5),
        who_may_come(case, where, observations, days),
        value("verification", "confirmed"),
    )


def mean_fits(
    reports: ReportArrays,
    history: NDArray[np.int8],
    weight: NDArray[np.float64],
    outside: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Mean fit (R) of each report over all places but those outside, as weighted histories (N, T + 1, P) have them.

    A claim that would be true of nearly every place teaches little of its source, for it is true without his doing.
    None is harder than `base_rate_ratio` has it: who says what is so nowhere is still caught out.
    """
    out = np.full(reports.place.size, 0.5)
    inside = np.flatnonzero(~outside)
    line = history[:, :, inside]
    for day in np.flatnonzero(np.diff(reports.first)) if inside.size else ():
        rows = slice(reports.first[day], reports.first[day + 1])
        today = line[:, day]
        late = np.full(today.shape, 2)  # column of claims.csv: today, within two days, longer ago
        for back in (2, 1, 0):
            if day > back:
                late[line[:, day - back] != line[:, day - back - 1]] = min(back, 1)
        for r in range(rows.start, rows.stop):
            if reports.side[r] >= 0 and reports.place[r] >= 0:
                column = np.where(today == reports.side[r], late, 3 + late)
                easy = weight @ reports.fit[r][column].mean(axis=1)
                out[r] = max(easy, 1.0 / (1.0 + reports.base_rate_ratio[r]))
    return out


def who_may_come(
    case: Case, where: Geography, observations: Sequence[Observation], days: int
) -> NDArray[np.bool_]:
    """Sides that may come to hold each place by a pact or an empty place (P, S + 1): nobody, and those at war.

    Those at war press somebody, or hold something at the start. Others only where a report on the place names
    them.
    """
    at_war = np.zeros(len(where.sides), bool)
    for d in (0, days):
        at_war |= np.asarray(pressers(case, where, d).any(axis=1))
    at_war[[s for s in at_start(case, where) if s >= 0]] = True
    known = np.ones((len(where.ids), len(where.sides) + 1), bool)
    known[:, :-1] = at_war
    for o in observations:
        i, s = where.place.get(o.row["place"] or "", -1), where.side.get(o.row["side"] or "", -1)
        if i >= 0 and s >= 0:
            known[i, s] = True
    return known


def unreported(
    observations: Sequence[Observation], where: Geography, days: int, kinds: Sequence[str]
) -> NDArray[np.float64]:
    """Chance that a change on each day at each place to each side would not have been told by now.

    (T + 1, P, S + 1), nobody last. Silence is broken by a later claim that the side took or holds the place, or,
    where no claim of those days names who took it, that another has left it; what that claim is worth is then for
    its own weight to say.
    """
    silent = {kind: untold_after(kind, days) for kind in {*kinds}}
    now = np.stack([silent[kind][::-1] for kind in kinds], axis=1)
    untold = np.repeat(now[:, :, None], len(where.sides) + 1, axis=2)
    for breach in breaches(observations, where):
        if not breach.named_by:
            line = untold_beside(observations[breach.report], silent[kinds[breach.place]])
            part = untold[: line.size, breach.place]
            part[:, breach.to] = np.maximum(part[:, breach.to], line[:, None])
    return untold


class Breach(NamedTuple):
    """A claim that breaks the silence on changes of a place to some sides, unless others name who took it."""

    report: int
    place: int
    to: list[int]
    named_by: list[int]  # reports of those days that name another as having the place, two at most


def breaches(observations: Sequence[Observation], where: Geography) -> list[Breach]:
    """Claims that break silence, and those that would if others did not say more."""
    named, everybody, found = takers(observations, where), range(len(where.sides) + 1), []
    for r, o in enumerate(observations):
        i, s = where.place.get(o.row["place"] or "", -1), where.side.get(o.row["side"] or "", -1)
        if i < 0 or s < 0 or (o.row["polarity"] == "denied" and not has_left(o.row)):
            continue
        if o.row["claim"] in HAS_IT and not has_left(o.row):
            found.append(Breach(r, i, [s], []))
        elif has_left(o.row):
            around = [named.get((i, d), {}) for d in range(o.day - NAMED, o.day + NAMED + 1)]
            by = [k for by_side in around for q, reports in by_side.items() if q != s for k in reports]
            found.append(Breach(r, i, [q for q in everybody if q != s], by[:2]))
    return found


def untold_beside(o: Observation, silent: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chance that a change of each day up to a claim's was not told before it, and that of now where it counts less."""
    till = min(o.day + HEARD_BEFORE, silent.size - 1) + 1
    first = np.ones(till)  # the day before it was told
    first[: o.out] = silent[: o.out][::-1][:till]
    return carries(o) * first + (1.0 - carries(o)) * silent[::-1][:till]


class Silence(NamedTuple):
    """What is untold of one place (T + 1, S + 1): with all of its claims, and without the one that makes it so."""

    all: NDArray[np.float64]
    whose: NDArray[np.int64]  # report that makes it so, or -1
    rest: NDArray[np.float64]  # without that report
    freed: dict[int, list[tuple[list[int], NDArray[np.float64]]]]  # by the report that alone keeps it back

    def without(self, report: int) -> NDArray[np.float64]:
        """Return what is untold (T + 1, S + 1) if one report were not there."""
        untold = np.where(self.whose == report, self.rest, self.all)
        for to, line in self.freed.get(report, ()):
            untold[: line.size, to] = np.maximum(untold[: line.size, to], line[:, None])
        return untold


def silence_on(
    claims: Sequence[Breach], observations: Sequence[Observation], silent: NDArray[np.float64], sides: int
) -> Silence:
    """Silence on one place, given its breaches and what is untold of its kind (`untold_after`)."""
    now = np.repeat(silent[::-1, None], sides + 1, axis=1)
    found = Silence(now, np.full(now.shape, -1), now.copy(), {})
    for breach in claims:
        line = untold_beside(observations[breach.report], silent)
        if len(breach.named_by) == 1:
            found.freed.setdefault(breach.named_by[0], []).append((breach.to, line))
        if breach.named_by:
            continue
        part = np.s_[: line.size, breach.to]
        best, more = found.all[part], np.broadcast_to(line[:, None], (line.size, len(breach.to)))
        found.rest[part] = np.where(more > best, best, np.maximum(found.rest[part], more))
        found.whose[part] = np.where(more > best, breach.report, found.whose[part])
        found.all[part] = np.maximum(best, more)
    return found


def has_left(row: Row) -> bool:
    """Say whether a side is said to have left its place: outright, or by its own word that it is not there."""
    if row["polarity"] == "denied":
        return row["claim"] == "held" and row["interest"] == "own_failure"
    return row["claim"] in LEAVE


def untold_after(kind: str, days: int) -> NDArray[np.float64]:
    """Chance that a change at a place of this kind is untold so many days later (T + 1)."""
    return np.array([1.0 - chance_heard(k, kind) for k in range(days + 1)])


def takers(
    observations: Sequence[Observation], where: Geography
) -> dict[tuple[int, int], dict[int, list[int]]]:
    """Reports that name a side as having a place, by place and day and then by side, two of each at most."""
    named: dict[tuple[int, int], dict[int, list[int]]] = {}
    for r, o in enumerate(observations):
        i, s = where.place.get(o.row["place"] or "", -1), where.side.get(o.row["side"] or "", -1)
        if i >= 0 and s >= 0 and o.row["polarity"] != "denied" and o.row["claim"] in HAS_IT:
            known = named.setdefault((i, o.day), {}).setdefault(s, [])
            known += [r] if len(known) < 2 else []
    return named


def carries(o: Observation) -> float:
    """Return how far one claim is what would be heard of a change: in part where nobody takes it up."""
    if o.confirmed:
        return 1.0
    return value("carries", o.row["source_class"]) * (0.5 if o.shift < 0.0 else 1.0)


LEAVE = ("withdrew", "switched")
"""Claims that a side has left a place."""

NAMED = 3
"""Days around a claim that a side has left in which another claim may name who took the place [days]."""

HEARD_BEFORE = 1
"""Days by which a report may date a change too early [days]."""


def prior_reliability() -> NDArray[np.float64]:
    """Belief about every reliability before anything (K, G)."""
    shapes = [prior(c, g) for c in CLASSES for g in GROUPS]
    width = np.gradient(GRID)
    table = np.array([GRID ** (a - 1.0) * (1.0 - GRID) ** (b - 1.0) * width for a, b in shapes])
    return table / table.sum(axis=1, keepdims=True)


def starting(case: Case, where: Geography) -> NDArray[np.int64]:
    """Who holds each place at the case's start (P), the number of sides for nobody."""
    return np.array([s if s >= 0 else len(where.sides) for s in at_start(case, where)], np.int64)
