"""What stands still: roads, ground, sides and what was announced, as arrays.

The world of one forecast is shared by all members and never written to. Sizes: P places, S armed sides,
E road ends (each road is seen from both its places), H havens of a place, B roads on the ways to them,
L leaders, C crossings, X ways abroad, R refuges, T days (day 0 is init).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

NOBODY = -1
"""No side, no place, no leader: what an index says when there is none."""

FAR_KM = 1000.0
"""Distance beyond which farther makes no difference, and where no road leads [km]."""

SLOTS = 16
"""Length of the ring of days in which people on the road wait; the longest road takes SLOTS - 1 days."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Shorts = NDArray[np.int32]
Bytes = NDArray[np.int8]
Indices = NDArray[np.uint32]
Tags = NDArray[np.uint16]
Bools = NDArray[np.bool_]

NO_EXTRA = np.zeros((0, 0, 0))
"""Columns of a form that brings none of its own."""


class Roads(NamedTuple):
    """The net of roads."""

    km: Floats  # (P, P) road distance [km]
    extent: Floats  # (1) median road distance between two places of the country [km]
    order: (
        Shorts  # (P, P) all places by road distance from the row, nearest first, the row itself at the head
    )
    hop: Shorts  # (P, P) next place on the shortest road from row to column, or NOBODY
    march_days: Bytes  # (P, P) days a column needs for the way from row to column, if it is one road
    link_start: Ints  # (P + 1) where the road ends of each place begin in the three arrays below
    link_to: Ints  # (E) place at the other end
    ride_days: Bytes  # (P, P) days civilians need for the way from row to column, 1 .. SLOTS - 1
    felt: Floats  # (P, P) how far a shock at the row is felt at the column
    link_at: Shorts  # (P, P) road end from the row to the column, or NOBODY
    order_km: Floats = np.zeros(
        (0, 0)
    )  # (P, K) road distances to the first of `order` once more: side by side in memory [km]
    next_start: Ints = np.zeros(
        0, np.int64
    )  # (P + 1) as `link_start`; empty where not all places are linked by road
    next_to: Ints = np.zeros(0, np.int64)  # (E) as `link_to`
    haven_at: Indices = np.zeros(
        (0, 0), np.uint32
    )  # (P, H) places where those who flee the row and stay inside may go, all alike; itself where there is none
    haven_days: Bytes = np.zeros((0, 0), np.int8)  # (P, H) days civilians need to get there
    haven_twig: Tags = np.zeros((0, 0), np.uint16)  # (P, H) twig of the row that leads there
    twig_start: Ints = np.zeros(
        0, np.int64
    )  # (P + 1) where the twigs of each place begin: the roads on its ways to havens and abroad
    twig_end: Indices = np.zeros(0, np.uint32)  # (B) their road ends, each followed by those beyond it
    twig_over: Tags = np.zeros(
        0, np.uint16
    )  # (B) where those beyond it are over, counted from the place's first


class Ground(NamedTuple):
    """The places."""

    outside: Bools  # (P) beyond the border: nobody's to take, a refuge
    rear_km: Floats  # (P) road distance to the nearest place outside, FAR_KM without one [km]
    open_air: Bools  # (P) has an airfield to leave from
    ties: Floats  # (P) local ties against the centre: feud of the leader the garrison follows, 0..1
    holdout: Bools  # (P) has terrain or an identity that can outlive a state
    leader_of: Ints  # (P) leader whom the garrison follows, or NOBODY
    cross_at: Ints  # (P) crossing at the place, or NOBODY
    name: Ints  # (P) number of the place's id: the name of its luck
    spot: Ints  # (P) number of the id at the centre of its spot: the name of its luck to be lost


class Sides(NamedTuple):
    """The armed sides, and how they stand to the places."""

    presses: Bools  # (S, S) row presses column: it can take places from it
    seat: Ints  # (S) place of the side's seat, or NOBODY
    seat_log: (
        Floats  # (P, S) log of (road km to the seat / a third of the extent); 0 for a side without a seat
    )
    home: Floats  # (P, S) 1 where the side's own people are at home, -1 where another's are, 0 elsewhere
    near_cap: Floats  # (P, S) the side is at most so far from the place (hinterland), inf = not known [km]
    nearness: Floats  # (P, P) how near the row is to the column as news goes; columns add up to one
    typical: Floats  # (S) typical garrison of the side [people]
    amnesty: Floats  # (S) how far a promise of safety by the side is believed, 0..1; 1 without a scenario
    ghosts: Floats  # (S) log of paper over effective strength that a scenario puts back; 0 without
    name: Ints  # (S) number of the side's id
    extra: Floats = NO_EXTRA  # (P, S, E) columns that the form of the model brings, of the law of loss


class Roster(NamedTuple):
    """The leaders."""

    side: Ints  # (L)
    base: Ints  # (L) place
    feud: Floats  # (L) feud with the centre, 0..1
    weight: Floats  # (L) how much his example counts: 1 in office, less without
    held: Bools  # (L) made to stay by a scenario
    name: Ints  # (L) number of the leader's id


class Gates(NamedTuple):
    """The crossings."""

    place: Ints  # (C) place of the crossing on this side of the border
    openness: Floats  # (C, T + 1) 1 open, between for visa-only, 0 closed
    capacity: Floats  # (C) people a day when open
    name: Ints  # (C) number of the place's id


class Exits(NamedTuple):
    """The ways abroad: every crossing with every place it leads to, then every road over the border without one."""

    at: Ints  # (X) place on this side of the border
    to: Ints  # (X) place beyond, or NOBODY
    gate: Ints  # (X) crossing, or NOBODY
    country: Ints  # (X) country beyond, as a number below X
    far: Floats  # (P, X) how far the way out is, up to the place beyond [km]; inf where no road leads
    openness: Floats  # (X, T + 1) 1 open, between for visa-only, 0 closed
    name: Ints  # (X) number of the ids of both ends: the name of its luck
    country_name: Ints  # (X) number of the name of each country, by its number; 0 past the last
    days: Bytes = np.zeros((0, 0), np.int8)  # (P, X) days civilians need to get there
    twig: Tags = np.zeros((0, 0), np.uint16)  # (P, X) twig of the row that leads to the place on this side


class Refuges(NamedTuple):
    """The refuges abroad: camps, or else the places beyond."""

    place: Ints  # (R) place
    far: Floats  # (X, R) way abroad from the far side of the way out [km]; inf where nobody goes from there
    open: Bools  # (R, T + 1) it takes people in
    newest: Bools  # (R, T + 1) it was opened in the war, and last of those of its country
    capacity: Floats  # (R, T + 1) people, inf where not known
    rise: Floats  # (2, R) people a day by which counts published by init rise, and by which they may rise beside that
    unseen: Floats  # (R) days from the last count to init
    source: Floats  # (R, P) running shares of the places that those who came of late are from
    name: Ints  # (R) number of the id: the name of its luck


class Known(NamedTuple):
    """What is known of the days after init: of control where it is replayed, of fighting; else nothing."""

    control: Ints  # (T + 1, P) side that holds the place, or NOBODY; no rows in a forecast
    way: Ints  # (T + 1, P) how it changes hands that day
    fought: (
        Floats  # (T + 1, P) how hard the place is fought over, 0..1; in a forecast on the day of init only
    )
    since: Floats  # (P) days from when it was last fought over anew until init, inf if not
    fought_then: Floats  # (P) how hard


class Backing(NamedTuple):
    """Foreign support, 0..1."""

    expected: Floats  # (T + 1, S) what the side can expect in 30 days, by what is announced
    expected_known: Floats  # (T + 1, S) the same without a scenario
    delivered: Floats  # (T + 1, S) what reaches the side on the day
    delivered_known: Floats  # (T + 1, S) the same without a scenario


class World(NamedTuple):
    """Everything that stands still."""

    roads: Roads
    ground: Ground
    sides: Sides
    roster: Roster
    gates: Gates
    exits: Exits
    refuges: Refuges
    known: Known
    backing: Backing


def in_c_order(world: World) -> World:
    """The same world with every array in C order, the one layout that kernels are compiled for."""
    groups: list[Any] = list(world)
    return World(*(type(group)(*map(np.ascontiguousarray, group)) for group in groups))
