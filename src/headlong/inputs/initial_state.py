"""Initial state: the board on the evening of init, laid from a case.

What the case does not say is set by a prior that stands here, beside its source. `unknowns` names each
gap that a forecast had to fill, in words.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.names import numbers_of
from headlong.board.state import FLED, GONE, STAYS, TAKEN, State, empty_state
from headlong.board.world import FAR_KM, NOBODY, SLOTS, Ground, Roads, Roster, Sides, World
from headlong.case import Case
from headlong.case.rows import Row, Scenario
from headlong.inputs.displaced import seat_displaced
from headlong.inputs.environment import Situation, hinterland, pressers
from headlong.inputs.exits import havens, lay_ways, read_border, ride_days
from headlong.inputs.force_levels import Forces, read_forces
from headlong.inputs.geography import Geography, ends_between, fading
from headlong.inputs.known_days import read_known
from headlong.inputs.patron_support import read_backing
from headlong.inputs.refuges import read_refuges
from headlong.mechanisms.people.alarm import FELT_KM
from headlong.mechanisms.people.leaders import OUT_OF_OFFICE
from headlong.reports.confirmed import gone

MARCH_KM = 60.0
"""Way made in a day by a column [km] (30 to 60 for unopposed motorised advances)."""

PEOPLE = {"capital": 1_000_000, "provincial_capital": 60_000, "port": 60_000, "town": 15_000,
          "crossing": 2_000, "refuge": 0}  # fmt: skip
"""Inhabitants where the table gives none, by kind of place (order of magnitude in the bundled cases)."""


class Board(NamedTuple):
    """World, shared start and the bounds of garrisons (2, P) of one forecast."""

    world: World
    start: State
    muster: NDArray[np.float64]


def initial_board(
    case: Case,
    where: Geography,
    now: Situation,
    init_day: int,
    days: int,
    scenario: Scenario | None,
    *,
    replay: bool = False,
) -> Board:
    """Board on the evening of day `init_day` of the case, for `days` days, under a scenario or none.

    `case` must already be cut to what was known by then (`Case.known_by`); with `replay` control after init is as its
    history says.
    """
    forces = read_forces(case, where, now.control)
    roster, chiefs = read_leaders(case, where, scenario)
    init = case.start + timedelta(days=init_day)
    exits, gates, cross_at = read_border(case, where, init, days, scenario)
    world = World(
        read_roads(case, where),
        read_ground(case, where, cross_at),
        read_sides(case, where, forces, init_day, scenario),
        roster,
        gates,
        exits,
        read_refuges(case, where, exits, init, days, inhabitants(case)),
        read_known(case, where, now.control, init, days, replay=replay),
        read_backing(case, where, init_day, days, scenario),
    )
    world = lay_ways(world, havens(where.km, where.outside, inhabitants(case), where.hop))
    start = empty_state(world)
    start.hold.control[:] = now.control
    start.hold.taken[:] = now.taken
    for name in ("shed", "won", "won_lately", "nearby"):
        getattr(start.mood, name)[:] = getattr(now, name)
    start.troops.field[:] = forces.field
    start.troops.pool[:] = forces.pool
    start.people.residents[:] = inhabitants(case)
    seat_displaced(case, where, now.control, start.people)
    left = gone(case.reports, init)
    for k, row in enumerate(chiefs):
        start.chiefs.place[k] = leader_place(where, now, int(roster.side[k]), where.place[row["base"]])
        over = GONE if row["known_until"] and row["known_until"] <= init else STAYS
        start.chiefs.status[k] = {"fled": FLED, "captured": TAKEN}.get(left.get(row["id"], ""), over)
    return Board(world, start, forces.muster)


def leader_place(where: Geography, now: Situation, side: int, base: int) -> int:
    """Where a leader is at init: at his base, or if that is lost the nearest place his side holds."""
    ours = np.flatnonzero(now.control == side)
    if now.control[base] == side or ours.size == 0:
        return base
    return int(ours[np.argmin(where.km[base, ours])])


def inhabitants(case: Case) -> NDArray[np.int64]:
    """Civilians at home in each place (P); none beyond the border."""
    return np.array(
        [0 if p["kind"] == "refuge" else or_prior(p["population"], PEOPLE[p["kind"]]) for p in case.places],
        np.int64,
    )


def or_prior(value: float | None, prior: float) -> float:
    """The value, or the prior where there is none."""
    return prior if value is None else value


def read_roads(case: Case, where: Geography) -> Roads:
    """Roads with times for those who flee and those who march."""
    ends = where.road > 0
    start = np.concatenate([[0], np.cumsum(ends.sum(axis=1))]).astype(np.int64)
    link_to = np.nonzero(ends)[1].astype(np.int64)
    link_at = ends_between(len(where.km), start, link_to)
    return Roads(
        where.km, where.extent, where.order, where.hop, whole_days(np.ceil(where.km / MARCH_KM)), start, link_to,
        ride_days(case, where), fading(where.km, FELT_KM), link_at,
    )  # fmt: skip


def whole_days(days: NDArray) -> NDArray[np.int8]:
    """Whole days that fit the ring."""
    return np.clip(days, 1, SLOTS - 1).astype(np.int8)


def read_ground(case: Case, where: Geography, cross_at: NDArray[np.int64]) -> Ground:
    """Places: airfields are known or in capitals; garrisons follow a leader, and share his feud as local ties."""
    leaders = board_leaders(case, where)
    leader_of = np.full(len(where.ids), NOBODY, np.int64)
    for k, row in reversed(list(enumerate(leaders))):
        for place in (row["base"], *row["clients"]):
            leader_of[where.place[place]] = k
    air = [p["kind"] == "capital" if p["airfield"] is None else p["airfield"] for p in case.places]
    holdout = [bool(p.get("holdout")) for p in case.places]
    feud = np.array([*(or_prior(r["feud_with_centre"], 0.0) for r in leaders), 0.0])
    return Ground(
        where.outside, np.minimum(where.rear_km, FAR_KM), np.array(air, bool), feud[leader_of],
        np.array(holdout, bool), leader_of, cross_at, where.name, where.name[where.spot],
    )  # fmt: skip


def read_sides(
    case: Case, where: Geography, forces: Forces, init_day: int, scenario: Scenario | None
) -> Sides:
    """Sides: who presses whom, seats, hinterland, and what a scenario says of promises and ghosts."""
    amnesty = 1.0 if scenario is None or scenario.amnesty is None else scenario.amnesty
    ghosts = np.zeros(len(where.sides))
    if scenario is not None and scenario.ghost_share is not None:
        ghosts = np.log(1.0 + (forces.paper - 1.0) * (1.0 - scenario.ghost_share))
    return Sides(
        pressers(case, where, init_day), where.seat, where.seat_log, where.home,
        hinterland(case, where, init_day), where.nearness, forces.typical,
        np.full(len(where.sides), float(amnesty)), ghosts, where.side_name, where.extra,
    )  # fmt: skip


def board_leaders(case: Case, where: Geography) -> list[Row]:
    """Leaders of armed sides with a base in the table."""
    return [r for r in case.leaders if r["side"] in where.side and r["base"] in where.place]


def read_leaders(case: Case, where: Geography, scenario: Scenario | None) -> tuple[Roster, list[Row]]:
    """Leaders as arrays, and their rows in the same order."""
    rows = board_leaders(case, where)
    stay = False if scenario is None else scenario.leaders_stay
    held = [stay if isinstance(stay, bool) else r["id"] in stay for r in rows]
    return Roster(
        np.array([where.side[r["side"]] for r in rows], np.int64),
        np.array([where.place[r["base"]] for r in rows], np.int64),
        np.array([or_prior(r["feud_with_centre"], 0.0) for r in rows], float),
        np.array([OUT_OF_OFFICE if r["in_office"] is False else 1.0 for r in rows], float),
        np.array(held, bool),
        numbers_of([r["id"] for r in rows]),
    ), rows
