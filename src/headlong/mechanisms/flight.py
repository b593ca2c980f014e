"""Flight: civilians leave places that are about to change hands, or just have.

Each day a share ``1 - exp(-rate)`` of the people at home leaves, with ::

    rate = crowd * (threat / max(front_km, 10) * 100 [while pressed] + fought [lost by force today]
                    + quiet [lost otherwise today]),    crowd = exp(spread * z - spread^2 / 2)

`crowd` is one chance per place and day, because families and streets move together. Those who leave, and
displaced people who move on from a threatened place, take the roads out, nearer and safer ones more
often. People are cohorts in whole numbers; the last road takes the remainder.

Reads   pressed, front_log, lost, way, residents, guests.     Writes   residents, guests, walking.
"""

from math import exp

from headlong.board.draws import binomial, normal_quantile, uniform, uniforms
from headlong.board.kernel import kernel, law
from headlong.board.state import OVERRUN
from headlong.board.streams import FLIGHT, ONWARD
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
def rate(pressed, front_log, lost, way, threat, fought, quiet):
    """Rate of leaving [1/day]; front as log over 100 km."""
    r = threat * exp(-front_log) if pressed else 0.0
    if lost:
        r += fought if way == OVERRUN else quiet
    return r


@kernel
def road_weight(roads, sides, ground, hold, i, e):
    """Weight of road end `e` from place `i`; 0 over a crossing, which has its own queue."""
    j = roads.link_to[e]
    if ground.outside[j] and ground.cross_at[i] >= 0:
        return 0.0
    hostile = (
        hold.control[j] >= 0 and hold.control[i] >= 0 and sides.presses[hold.control[j], hold.control[i]]
    )
    return (HOSTILE_ROAD if hostile else 1.0) / (SOFT_KM + roads.link_km[e])


@kernel
def take_roads(roads, sides, ground, hold, people, key, i, leaving, day):
    """Split those `leaving` place `i` over its roads; returns those who found none."""
    first, last = roads.link_start[i], roads.link_start[i + 1]
    total = 0.0
    for e in range(first, last):
        total += road_weight(roads, sides, ground, hold, i, e)
    for e in range(first, last):
        w = road_weight(roads, sides, ground, hold, i, e)
        if leaving <= 0 or w <= 0.0:
            continue
        n = leaving
        if w < total * (1.0 - 1e-12):
            n = binomial(leaving, w / total, uniform(key, ONWARD, day, e))
        people.walking[(day + roads.link_days[e]) % SLOTS, roads.link_to[e]] += n
        leaving -= n
        total -= w
    return leaving


@kernel
def flight(roads, sides, ground, hold, people, params, key, day):
    """Let civilians leave for one day."""
    p = params.flight
    for i in range(hold.control.size):
        lost = hold.lost[i] >= 0
        if ground.outside[i] or not (lost or hold.pressed[i]):
            continue
        r = rate(hold.pressed[i], hold.front_log[i], lost, hold.way[i], p.threat, p.fought, p.quiet)
        a, b, c, _ = uniforms(key, FLIGHT, day, i)
        crowd = exp(p.spread * normal_quantile(c) - 0.5 * p.spread * p.spread)
        home = binomial(people.residents[i], 1.0 - exp(-r * crowd), a)
        on = binomial(people.guests[i], 1.0 - exp(-p.onward * exp(-hold.front_log[i])), b)
        people.residents[i] -= home
        people.guests[i] -= on
        people.guests[i] += take_roads(roads, sides, ground, hold, people, key, i, home + on, day)
