"""Flight: civilians leave places that are about to change hands, or just have.

Each day a share ``1 - exp(-rate)`` of the people at home leaves, with ::

    rate = crowd * (threat / max(front_km, 10) * 100 [while pressed] + fought [lost by force today]
                    + quiet [lost otherwise today]),    crowd = exp(spread * z - spread^2 / 2)

`crowd` is one chance per place and day, because families and streets move together; beside it the luck of
each single person is small, and only rounds to whole numbers. Those who leave, and displaced people who
move on from a threatened place, take the roads out in parts proportional to ::

    1 / (SOFT_KM + km),    times HOSTILE_ROAD to a place of those one flees from

rounded together, so that nobody is lost. Those who choose the way over the border stay at the crossing, where
they may join its queue.

Reads   control, pressed, front_log, lost, way, residents, guests.
Writes  residents, guests, walking.
"""

from math import exp

from headlong.board.draws import for_all_places, normal_quantile
from headlong.board.kernel import kernel, law
from headlong.board.state import OVERRUN
from headlong.board.streams import FLIGHT
from headlong.board.world import SLOTS
from headlong.parameters import LogNormal, par, parameters

SOFT_KM = 10.0
"""Roads are chosen in inverse proportion to their length and this [km] (as in Flee's default rule)."""

HOSTILE_ROAD = 0.32
"""Weight of a road to a place held by those one flees from (Flee: a place of conflict counts 1 / sqrt(10))."""


@parameters
class Flight:
    """How readily people leave."""

    threat: float = par(0.001, "1/day", prior=LogNormal(0.001, 0.8), neutral=0.0,
                        doc="rate of leaving with the front at 100 km",
                        source="judgement: 634,800 newly displaced in Afghanistan in 2021")  # fmt: skip
    fought: float = par(0.05, "1", prior=LogNormal(0.05, 0.8), neutral=0.0,
                        doc="rate on the day a place is taken by force",
                        source="judgement: 500,000 left Mosul and around in June 2014")  # fmt: skip
    quiet: float = par(0.01, "1", prior=LogNormal(0.01, 0.8), neutral=0.0,
                       doc="rate on the day a place changes hands without a fight",
                       source="judgement: a fifth of `fought`")  # fmt: skip
    onward: float = par(0.05, "1/day", prior=LogNormal(0.05, 0.7), neutral=0.0,
                        doc="share of the displaced that moves on from a threatened place",
                        source="judgement: Flee uses .3-1 for towns and zones of fighting")  # fmt: skip
    spread: float = par(0.6, "1", prior=LogNormal(0.6, 0.3), neutral=0.0,
                        doc="spread of the daily crowd factor (log)", source="judgement")  # fmt: skip


@law
def rate(near, lost, way, threat, fought, quiet):
    """Rate of leaving [1/day]; `near` is 100 km over the distance to the front, 0 where there is none."""
    r = threat * near
    if lost:
        r += fought if way == OVERRUN else quiet
    return r


@law
def part(people, share, luck):
    """A share of some people as a whole number, `share` of them in the mean; `luck` in (0, 1)."""
    return min(people, int(people * share + luck))


@kernel
def road_weight(roads, sides, hold, e, side):
    """Weight of road end `e` from place `i` for those of `side`."""
    j = roads.link_to[e]
    hostile = hold.control[j] >= 0 and sides.presses[hold.control[j], side]
    return (HOSTILE_ROAD if hostile else 1.0) / (SOFT_KM + roads.link_km[e])


@kernel
def take_roads(roads, sides, ground, hold, people, luck, i, side, leaving, day):
    """Split those of `side` who leave place `i` over its roads. Returns who stays: at its crossing, or roadless."""
    ends = range(roads.link_start[i], roads.link_start[i + 1])
    total = 0.0
    for e in ends:
        total += road_weight(roads, sides, hold, e, side)
    passed, gone, wait = 0.0, 0, 0
    for e in ends:
        passed += road_weight(roads, sides, hold, e, side)
        upto, j = part(leaving, passed / total, luck), roads.link_to[e]
        if ground.outside[j] and ground.cross_at[i] >= 0:
            wait += upto - gone
        else:
            people.walking[(day + roads.link_days[e]) % SLOTS, j] += upto - gone
        gone = upto
    return wait + leaving - gone


@kernel
def flight(roads, sides, ground, hold, people, luck, params, key, day):
    """Let civilians leave for one day."""
    p = params.flight
    for_all_places(luck, key, FLIGHT, day)
    for i in range(hold.control.size):
        lost = hold.lost[i] >= 0
        if ground.outside[i] or not (lost or hold.pressed[i]):
            continue
        near = exp(-hold.front_log[i]) if hold.pressed[i] else 0.0
        crowd = exp(p.spread * normal_quantile(luck[2, i]) - 0.5 * p.spread * p.spread)
        r = crowd * rate(near, lost, hold.way[i], p.threat, p.fought, p.quiet)
        home = part(people.residents[i], 1.0 - exp(-r), luck[0, i])
        on = part(people.guests[i], 1.0 - exp(-p.onward * near), luck[1, i])
        people.residents[i] -= home
        people.guests[i] -= on
        side = hold.lost[i] if lost else hold.control[i]
        if home + on > 0:
            stay = take_roads(roads, sides, ground, hold, people, luck[3, i], i, side, home + on, day)
            people.guests[i] += stay
