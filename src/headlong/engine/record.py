"""What is written down of each member, every evening."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.board.kernel import law, spliced
from headlong.board.world import World
from headlong.mechanisms.people.refuges import count_roads

BOOKS = (
    "in posts",
    "in the field",
    "not called up",
    "on the road",
    "gone home",
    "captured",
    "dead",
    "abroad",
)
"""Where soldiers are at the end of a run; with those at crossings they are all there were."""


DAILY, WEEK, MONTH = 60, 7, 30
"""Longest forecast of which people are kept for every day; of a longer one for every seventh, the 30th and the last."""

PEOPLE_WINDOWS = (7, 14, 30)
"""Days after which numbers of displaced people are given, and within which places may be cut off."""

MOST_CELLS = 50_000
"""Road ends times days up to which people at home and on roads are kept for every look; in larger tables they are kept
after the windows alone."""


def looks(days: int) -> list[int]:
    """Days of which people are told, init among them."""
    step = 1 if days <= DAILY else WEEK
    return sorted({*range(0, days + 1, step), *([MONTH] if step > 1 else []), days})


def people_windows(days: int) -> list[int]:
    """Days after which people are counted in a forecast of `days` days, the last among them."""
    return sorted({w for w in PEOPLE_WINDOWS if w <= days} | {days})


def road_days(days: int, ends: int) -> list[int]:
    """Days on which people at home and on roads are written down, init among them; `ends` is how many road ends."""
    every = looks(days)
    return every if len(every) * ends <= MOST_CELLS else [0, *people_windows(days)]


class Record(NamedTuple):
    """What is written down of N members on days 0..T, or on K of them (`road_days`)."""

    control: NDArray[np.int8]  # (N, T + 1, P) side, or NOBODY
    way: NDArray[np.int8]  # (N, T + 1, P) index into WAYS
    displaced: NDArray[np.int32]  # (N, T + 1, P) displaced civilians in the place
    cut: NDArray[np.int8]  # (N, T + 1, P) 1 where the place is cut off from its side
    home: NDArray[np.int32]  # (N, K, P) civilians at home
    road: NDArray[np.int32]  # (N, K, E) civilians who took to the road end since init
    at_home: NDArray[np.int64]  # (N, T + 1) civilians at home, all places
    on_road: NDArray[np.int64]  # (N, T + 1) civilians on the road
    elsewhere: NDArray[np.int64]  # (N, T + 1) civilians over the border where the tables have no refuge
    arrivals: NDArray[np.int32]  # (N, T + 1, C, 3) crossed since init
    queue: NDArray[np.int32]  # (N, T + 1, C, 3)
    leader_status: NDArray[np.int8]  # (N, T + 1, L)
    soldiers: NDArray[np.int64]  # (N, S, 8) where they are at the end, see BOOKS
    arms: NDArray[np.int64]  # (N, S) sets of arms seized since init


FLEETING = ("home", "road")
"""What is added up while members run, and not kept of each."""


def empty_record(world: World, members: int, days: int, *, whole: bool = True) -> Record:
    """Unwritten record for `members` members and `days` days after init; unless `whole` without what is fleeting."""
    places, sides = world.sides.seat_log.shape
    leaders, crossings = world.roster.side.size, world.gates.place.size
    when, ends = (members, days + 1), world.roads.link_to.size
    some = (members if whole else 0, len(road_days(days, ends)))
    return Record(
        control=np.empty((*when, places), np.int8),
        way=np.zeros((*when, places), np.int8),
        displaced=np.empty((*when, places), np.int32),
        cut=np.empty((*when, places), np.int8),
        home=np.empty((*some, places), np.int32),
        road=np.empty((*some, ends), np.int32),
        at_home=np.empty(when, np.int64),
        on_road=np.empty(when, np.int64),
        elsewhere=np.empty(when, np.int64),
        arrivals=np.empty((*when, crossings, 3), np.int32),
        queue=np.empty((*when, crossings, 3), np.int32),
        leader_status=np.empty((*when, leaders), np.int8),
        soldiers=np.empty((members, sides, len(BOOKS)), np.int64),
        arms=np.empty((members, sides), np.int64),
    )


@law
def look_of(day, days):
    """Which of the `looks` a day is, or -1."""
    if days <= DAILY:
        return day
    if day % WEEK and day != MONTH and day != days:
        return -1
    return day // WEEK + (1 if day >= MONTH else 0) + (1 if day == days and day % WEEK else 0)


@law
def window_of(day, days):
    """Which of init and the `people_windows` a day is, or -1."""
    before, ends = 0, day == 0 or day == days
    for window in PEOPLE_WINDOWS:
        before += window < day
        ends = ends or window == day
    if not ends:
        return -1
    return before + 1 if day > 0 else 0


@law
def slot_of(day, days, slots):
    """Which of the `road_days`, `slots` in all, a day is, or -1."""
    return look_of(day, days) if slots == look_of(days, days) + 1 else window_of(day, days)


@spliced
def write_roads(roads, people, scratch, memo, record, n, day):
    """Copy who is at home and who took to which road, on some days."""
    slot = slot_of(day, record.control.shape[1] - 1, record.road.shape[1])
    if slot >= 0:
        count_roads(roads, people, scratch.passed, memo)
        for i in range(people.residents.size):
            record.home[n, slot, i] = people.residents[i]
        for e in range(people.trod.size):
            record.road[n, slot, e] = people.trod[e]


@spliced
def write_down(roads, state, record, n, day):
    """Copy the evening of `day` of the `n`-th member into the record."""
    hold, people = state.hold, state.people
    home, road, elsewhere = 0, 0, 0
    for i in range(hold.control.size):
        record.control[n, day, i] = hold.control[i]
        record.way[n, day, i] = hold.way[i] if day > 0 else 0
        record.displaced[n, day, i] = people.guests[i]
        record.cut[n, day, i] = people.cut[i]
        home += people.residents[i]
    for slot in range(people.walking.shape[0]):
        for i in range(people.walking.shape[1]):
            road += people.walking[slot, i]
        for x in range(people.bound.shape[1]):
            road += people.bound[slot, x]
    for x in range(people.elsewhere.size):
        elsewhere += people.elsewhere[x]
    record.at_home[n, day] = home
    record.on_road[n, day] = road
    record.elsewhere[n, day] = elsewhere
    write_roads(roads, people, state.scratch, state.memo, record, n, day)
    write_border(state.border, state.chiefs, record, n, day)


@spliced
def write_border(border, chiefs, record, n, day):
    """Copy crossings and leaders into the record."""
    for c in range(border.queue.shape[0]):
        for k in range(3):
            record.arrivals[n, day, c, k] = border.crossed[c, k]
            record.queue[n, day, c, k] = border.queue[c, k]
    for who in range(chiefs.status.size):
        record.leader_status[n, day, who] = chiefs.status[who]


@spliced
def write_books(hold, troops, record, n):
    """Copy where the soldiers of the `n`-th member are at the end."""
    for s in range(troops.field.size):
        for k in range(record.soldiers.shape[2]):
            record.soldiers[n, s, k] = 0
        for i in range(troops.garrison.size):
            if hold.control[i] == s:
                record.soldiers[n, s, 0] += troops.garrison[i]
            record.soldiers[n, s, 2] += troops.pool[i, s]
            for slot in range(troops.marching.shape[0]):
                record.soldiers[n, s, 3] += troops.marching[slot, i, s]
        record.soldiers[n, s, 1] = troops.field[s]
        for k in range(4):
            record.soldiers[n, s, 4 + k] = troops.ledger[s, k]
        record.arms[n, s] = troops.arms[s]
