"""The ways abroad and the havens inside, as those who flee see them."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from headlong.board.kernel import law
from headlong.board.names import numbers_of
from headlong.board.world import NOBODY, SLOTS, Exits, Gates, World, in_c_order
from headlong.case import Case
from headlong.case.rows import Scenario
from headlong.errors import BadRequest
from headlong.inputs.geography import Geography, order_km, shortest, straight_km, ways_to
from headlong.mechanisms.people.destinations import HAVEN_KM

RIDE_KM = {"highway": 300, "primary": 200, "secondary": 120, "track": 60, "river": 80, "rail": 200,
           "sea": 300, "air": 800}  # fmt: skip
"""Way made in a day by those who flee, by class of road [km] (Flee: 35 on foot, 360 by vehicle at most)."""

CAPACITY = 2000.0
"""People a day through an open crossing where the table gives no figure (judgement)."""

OPENNESS = {"open": 1.0, "visa-only": 0.5, "closed": 0.0}
"""Any number between 0 and 1 stands for visa-only; how open that is, is a parameter of crossings."""


def ride_days(case: Case, where: Geography) -> NDArray[np.int8]:
    """Days that those who flee need between all places (P, P), by the quickest roads; 1 .. SLOTS - 1."""
    pace = np.ones_like(where.road)
    for row in case.roads:
        i, j = where.place[row["from"]], where.place[row["to"]]
        pace[i, j] = pace[j, i] = RIDE_KM[row["class"]]
    days, _ = shortest(where.road / pace, lambda: straight_km(case) / RIDE_KM["secondary"])
    return np.clip(np.ceil(days), 1, SLOTS - 1).astype(np.int8)


def havens(
    km: NDArray[np.float64], outside: NDArray[np.bool_], people: NDArray[np.int64], hop: NDArray[np.int32]
) -> NDArray:
    """How much each place (column) draws those who flee another (row) and stay in the country (P, P).

    Nobody goes where no road leads (`hop` is NOBODY).
    """
    draw = np.exp(-km / HAVEN_KM) * np.sqrt(np.maximum(people, 1))
    np.fill_diagonal(draw, 0.0)
    draw[:, outside] = 0.0
    draw[hop < 0] = 0.0
    return np.ascontiguousarray(draw)


HAVENS = 256
"""Havens that the people of a place know; those that draw more are among them more than once."""


def known_havens(draw: NDArray[np.float64], name: NDArray[np.int64]) -> NDArray[np.int32]:
    """The havens of each place that its people know, which draw them all alike (P, HAVENS).

    They are taken in equal steps along the sum of the draw, the strongest first, from a start that differs by place:
    each stands for as much draw as lies between two steps. So each place is drawn to, in the mean over places, as much
    as its draw says. A place that nothing draws its people from knows itself alone.
    """
    by_name = np.argsort(name, kind="stable")
    order = by_name[np.argsort(-draw[:, by_name], axis=1, kind="stable")]
    start = (name % 9973) * 0.6180339887498949 % 1.0
    found = np.empty((len(draw), HAVENS), np.int32)
    for i, places in enumerate(order):
        sums = np.cumsum(draw[i, places])
        marks = (np.arange(HAVENS) + start[i]) * (sums[-1] / HAVENS)
        last = np.count_nonzero(draw[i]) - 1
        found[i] = places[np.minimum(np.searchsorted(sums, marks, side="right"), last)] if last >= 0 else i
    return found


@law
def grow_twigs(
    order: NDArray[np.int32],
    hop: NDArray[np.int32],
    link_at: NDArray[np.int32],
    i: int,
    ends: NDArray[np.int64],
) -> tuple[NDArray[np.uint16], NDArray[np.uint32], NDArray[np.uint16]]:
    """Twigs of place `i`: the roads on its shortest ways to the places `ends`, each followed by those beyond it.

    Returns which leads to each place (P), their count where none does; their road ends; and where those beyond each
    are over.
    """
    places, many = order.size, 0
    size, free, leads = np.zeros(places, np.int64), np.zeros(places, np.int64), np.zeros(places, np.uint16)
    for j in ends:
        size[j] = 1 if hop[j, i] >= 0 and j != i else 0
    for k in range(
        places - 1, -1, -1
    ):  # from the far ends inward: how many twigs begin with the one that leads there
        j = order[k]
        if size[j] > 0 and j != i:
            many += 1
            before = hop[j, i]
            size[before] = max(size[before], 1) + size[j] if before != i else 0
    leads[:] = many
    road_ends, overs = np.zeros(many, np.uint32), np.zeros(many, np.uint16)
    for j in order:  # and outward
        if size[j] > 0 and j != i:
            before = hop[j, i]
            k = free[before]
            leads[j], free[j], free[before] = k, k + 1, k + size[j]
            road_ends[k], overs[k] = link_at[before, j], k + size[j]
    return leads, road_ends, overs


def lay_ways(world: World, draw: NDArray[np.float64]) -> World:
    """Add what belongs to the ways of those who flee: havens by their `draw` (P, P), and twigs there and abroad."""
    roads, exits, places = world.roads, world.exits, len(draw)
    at = known_havens(draw, world.ground.name)
    ends = np.concatenate([at, np.tile(exits.at, (places, 1))], 1)
    number, end, over, start = np.zeros(ends.shape, np.uint16), [], [], np.zeros(places + 1, np.int64)
    for i in range(places):
        leads, road_ends, overs = grow_twigs(roads.order[i], roads.hop, roads.link_at, i, ends[i])
        number[i], start[i + 1] = leads[ends[i]], start[i] + road_ends.size
        end.append(road_ends)
        over.append(overs)
    to = np.where(exits.gate >= 0, exits.at, exits.to)
    linked = (roads.hop < 0).sum() <= places
    laid = roads._replace(
        next_start=roads.link_start if linked else roads.next_start,
        next_to=roads.link_to if linked else roads.next_to,
        order_km=order_km(roads.km, roads.order),
        haven_at=at.astype(np.uint32), haven_days=np.take_along_axis(roads.ride_days, at, 1),
        haven_twig=number[:, : at.shape[1]], twig_start=start, twig_end=np.concatenate(end),
        twig_over=np.concatenate(over),
    )  # fmt: skip
    leaving = exits._replace(days=roads.ride_days[:, to], twig=number[:, at.shape[1] :])
    return in_c_order(world._replace(roads=laid, exits=leaving))


def crossings_named(case: Case) -> list[tuple[str, str]]:
    """Crossings with the places beyond that crossings.csv names; "" where it names none."""
    pairs = [(p["id"], "") for p in case.places if p["kind"] == "crossing"]
    pairs += [(r["place"], r["to"] or "") for r in case.crossings]
    told = {place for place, to in pairs if to}
    return list(dict.fromkeys(pair for pair in pairs if pair[1] or pair[0] not in told))


def policy(
    case: Case, pair: tuple[str, str], init: date, days: int, scenario: Scenario | None
) -> NDArray[np.float64]:
    """How open a way abroad is by day (T + 1), by the rows of its crossing, in the order of their dates."""
    table = np.full(days + 1, OPENNESS["visa-only"])
    for row in sorted(case.crossings, key=lambda r: str(r["from"] or "")):
        if row["place"] == pair[0] and row["to"] in (None, "", pair[1]):
            day = max(0, (row["from"] - init).days) if row["from"] else 0
            table[day:] = OPENNESS.get(row["policy"] or "", table[min(day, days)])
    set_by = None if scenario is None else scenario.crossings.get(pair[0])
    return table if set_by is None else np.full(days + 1, OPENNESS[set_by])


def read_border(
    case: Case, where: Geography, init: date, days: int, scenario: Scenario | None
) -> tuple[Exits, Gates, NDArray[np.int64]]:
    """The ways abroad, the crossings, and the crossing at each place (P).

    A crossing leads to the places beyond that crossings.csv names, else to the nearest one by road, else to a
    country not in the tables. Every other road over the border, from a place without a crossing, is open.
    """
    pairs = crossings_named(case)
    names = list(dict.fromkeys(place for place, _ in pairs))
    if unknown := [p for p in (scenario.crossings if scenario else ()) if p not in names]:
        raise BadRequest(
            f"a scenario sets the policy of {', '.join(unknown)}: no crossing known by init ({init}). "
            f"Name a later init, or a crossing known by then: {', '.join(names) or 'there is none'}."
        )
    opened = np.zeros((len(pairs), days + 1))
    for x, pair in enumerate(pairs):
        opened[x] = policy(case, pair, init, days, scenario)
    gate_of = [names.index(place) for place, _ in pairs]
    open_at = np.zeros((len(names), days + 1))
    for c, table in zip(gate_of, opened, strict=True):
        open_at[c] = np.maximum(open_at[c], table)
    capacity = np.full(len(names), CAPACITY)
    for row in sorted(case.crossings, key=lambda r: str(r["from"] or "")):
        if row["capacity_per_day"] is not None:
            capacity[names.index(row["place"])] = row["capacity_per_day"]
    cross_at = np.full(len(where.ids), NOBODY, np.int64)
    for c, name in enumerate(names):
        cross_at[where.place[name]] = c
    at = np.array([where.place[n] for n in names], np.int64)
    return (
        ways_abroad(case, where, pairs, gate_of, opened),
        Gates(at, open_at, capacity, where.name[at]),
        cross_at,
    )


def ways_abroad(
    case: Case,
    where: Geography,
    pairs: list[tuple[str, str]],
    gate_of: list[int],
    opened: NDArray[np.float64],
) -> Exits:
    """The crossings `pairs`, numbered `gate_of` and `opened` by day, and all other roads over the border.

    Distances are along roads inside, up to the place beyond; where none leads, nobody goes.
    """
    out = np.flatnonzero(where.outside)
    ends: list[tuple[int, int, int]] = []
    for (place, to), c in zip(pairs, gate_of, strict=True):
        i = where.place[place]
        nearest = int(out[np.argmin(where.km[i, out])]) if out.size else NOBODY
        ends.append((i, where.place[to] if to else nearest, c))
    gates = {i for i, _, _ in ends}
    for i, j in np.argwhere(where.road[:, out] > 0).tolist():
        if not where.outside[i] and i not in gates:
            ends.append((i, int(out[j]), NOBODY))
    inside = np.where(where.outside[:, None] | where.outside[None, :], 0.0, where.road)
    country = [outside_country(case, j) for _, j, _ in ends]
    names = list(dict.fromkeys(country))
    at, beyond, gate = (np.array([end[k] for end in ends], np.int64) for k in range(3))
    far = ways_to(inside, at) + np.array([over(where, i, j) if j >= 0 else 0.0 for i, j, _ in ends])
    country_name = np.zeros(len(ends), np.int64)
    country_name[: len(names)] = numbers_of(names)
    rest = np.ones((len(ends) - len(opened), opened.shape[1]))
    table = np.concatenate([opened, rest])
    return Exits(
        at, beyond, gate, np.array([names.index(n) for n in country], np.int64), np.ascontiguousarray(far), table,
        numbers_of([f"{where.ids[i]} {where.ids[j] if j >= 0 else ''}" for i, j, _ in ends]), country_name,
    )  # fmt: skip


def over(where: Geography, i: int, j: int) -> float:
    """Length of the border road from place `i` to `j`; the shortest way where there is no such road."""
    return float(where.road[i, j] if where.road[i, j] > 0 else where.km[i, j])


def outside_country(case: Case, j: int) -> str:
    """Country of an outside place; "" for one not in the tables."""
    return str(case.places[j]["country"] or case.places[j]["id"]) if j >= 0 else ""
