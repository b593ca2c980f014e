"""Alarm: what has happened at a place and around it of late, in units of one place overrun.

On the day place j is lost, with shock 1 if it is overrun and `quiet` otherwise, ::

    alarm(j) += shock / linger
    alarm(i) += shock / linger * felt * exp(-km(i, j) / FELT_KM)    at every other place i of the loser
    alarm(i) += siege / linger                                      where i is cut off, the day it comes to that
    alarm(i) >= standing * intensity / linger                       on days it is known to be fought over
    alarm(i) -= alarm(i) / linger                                   every day

so that over the months an event adds up to its shock. The first day of known fighting is a shock as hard as the
fighting, if the place is not lost that day. A place is cut off when no chain of roads
through places of its holder joins it to the seat of that side or leads abroad; a side without a seat is in touch
where two of its places are. What happened before init is remembered on the first day, from the
places that changed hands lately; in which way is not known then, and `REMEMBERED` stands for the shock.

Reads   lost, way, control, taken, alarm, cut.     Writes   alarm, cut.
"""

from math import exp

from headlong.board.kernel import kernel
from headlong.board.state import OVERRUN
from headlong.mechanisms.control.handover import TAKEN_DAYS
from headlong.parameters import Beta, LogNormal, par, parameters

FELT_KM = 100.0
"""Distance over which the fall of a neighbour is felt less by a factor e [km] (five conflicts of Flee)."""

REMEMBERED, FORGOTTEN = 0.1, 0.05
"""Shock of a loss before init, for those who are still at home there: the readiest have left (judgement); changes of
hands that have faded to the second are not remembered (six weeks)."""


@parameters
class Alarm:
    """What alarms people, and for how long."""

    quiet: float = par(0.15, "1", prior=LogNormal(0.15, 0.5), neutral=0.0,
                       doc="shock of a place lost without a fight, over one overrun",
                       source="judgement: Afghanistan 2021, about .02 of the people of places that were not "
                              "fought for left, .08 of the others")  # fmt: skip
    felt: float = par(0.2, "1", prior=Beta(2.0, 8.0), neutral=0.0,
                      doc="share of a shock felt at places of the same side, at no distance",
                      source="camp counts of five conflicts of Flee: .16 (.05-.33)")  # fmt: skip
    siege: float = par(0.3, "1", prior=Beta(3.0, 7.0), neutral=0.0,
                       doc="shock of being cut off, over being overrun", source="judgement")  # fmt: skip
    standing: float = par(0.08, "1", prior=LogNormal(0.08, 0.5), neutral=0.0,
                          doc="alarm while fighting goes on, over that of its first day",
                          source="camp counts of five conflicts of Flee: .04-.26; totals .054 (.026-.098)")  # fmt: skip
    linger: float = par(20.0, "days", prior=LogNormal(20.0, 0.7), neutral=1.0,
                        doc="time over which alarm fades",
                        source="five conflicts of Flee: 18 (7-40) from totals, 58 (24-168) from camps")  # fmt: skip


@kernel
def raise_alarm(roads, hold, people, j, side, shock, felt):
    """Raise the alarm at place `j` by `shock` [1/day], and at the other places of `side` by what is felt there."""
    people.alarm[j] += shock
    for i in range(hold.control.size):
        people.alarm[i] += shock * felt * roads.felt[j, i] * (i != j and hold.control[i] == side)


@kernel
def raise_past_alarm(known, roads, hold, people, p):
    """Raise the alarm for fighting and changes of hands before init; those are felt by who does not hold the place."""
    for j in range(hold.control.size):
        if known.fought_then[j] > 0.0 and hold.control[j] >= 0:
            shock = known.fought_then[j] / p.linger * exp(-known.since[j] / p.linger)
            raise_alarm(roads, hold, people, j, hold.control[j], shock, p.felt)
        if hold.lost[j] >= 0 or hold.taken[j] < FORGOTTEN:
            continue
        shock = REMEMBERED / p.linger * hold.taken[j] ** (TAKEN_DAYS / p.linger)
        people.alarm[j] += shock
        for i in range(hold.control.size):
            if hold.control[i] >= 0 and hold.control[i] != hold.control[j]:
                people.alarm[i] += shock * p.felt * roads.felt[j, i]


@kernel
def fight(known, roads, hold, people, p, day):
    """Raise the alarm where it is known that there is fighting."""
    for j in range(hold.control.size):
        hard = known.fought[day, j]
        if hard > 0.0:
            if known.fought[day - 1, j] == 0.0 and hold.lost[j] < 0 and hold.control[j] >= 0:
                raise_alarm(roads, hold, people, j, hold.control[j], hard / p.linger, p.felt)
            people.alarm[j] = max(people.alarm[j], p.standing * hard / p.linger)


@kernel
def needs_nobody(roads, sides, ground, hold, i):
    """Whether place `i` is its holder's seat, or has a way abroad; without a seat a neighbour of its side will do."""
    seat = sides.seat[hold.control[i]]
    if i == seat or ground.cross_at[i] >= 0:
        return True
    lone = seat < 0 or hold.control[seat] != hold.control[i]
    for e in range(roads.link_start[i], roads.link_start[i + 1]):
        j = roads.link_to[e]
        if ground.outside[j] or (lone and hold.control[j] == hold.control[i]):
            return True
    return False


@kernel
def pass_touch(roads, hold, touch, queue, many):
    """Let the first `many` places of `queue`, which are in touch, pass it on through places of their side."""
    done = 0
    while done < many:
        i, done = queue[done], done + 1
        for e in range(roads.link_start[i], roads.link_start[i + 1]):
            j = roads.link_to[e]
            if touch[j] == 0 and hold.control[i] == hold.control[j]:
                touch[j], queue[many], many = 1, j, many + 1


@kernel
def see_cut_off(roads, sides, ground, hold, people, scratch, shock):
    """See which places are cut off; raise the alarm by `shock` [1/day] where that is new."""
    touch, many = scratch.touch, 0
    for i in range(hold.control.size):
        free = ground.outside[i] or hold.control[i] < 0
        touch[i] = 1 if free or needs_nobody(roads, sides, ground, hold, i) else 0
        if touch[i] == 1:
            scratch.queue[many], many = i, many + 1
    pass_touch(roads, hold, touch, scratch.queue, many)
    for i in range(hold.control.size):
        if touch[i] == 0 and people.cut[i] == 0:
            people.alarm[i] += shock
        people.cut[i] = 1 - touch[i]


@kernel
def alarm(known, roads, sides, ground, hold, people, scratch, params, day):
    """Let the alarm of yesterday fade, and today's losses raise it."""
    p, some = params.alarm, False
    for i in range(hold.control.size):
        people.alarm[i] -= people.alarm[i] / max(p.linger, 1.0)
    if day == 1:
        raise_past_alarm(known, roads, hold, people, p)
    for j in range(hold.control.size):
        if hold.lost[j] >= 0:
            shock = (1.0 if hold.way[j] == OVERRUN else p.quiet) / p.linger
            raise_alarm(roads, hold, people, j, hold.lost[j], shock, p.felt)
            some = True
    fight(known, roads, hold, people, p, day)
    if some:
        see_cut_off(roads, sides, ground, hold, people, scratch, p.siege / p.linger)
