"""Front: the nearest hostile place by road, and who would take over.

A place this side of the border and held by one side is pressed when another side that presses it exists.
The front is at ::

    front_km = min(road to the nearest other place that the side holds, hinterland),   10 .. 1000 km

of the pressing side that is nearest, and that side is the one that would take the place. Hinterland is
what is known of a side's whereabouts beside the places it holds. Where the pressing sides hold no place
and nothing is known, the front is the way to the nearest place beyond the border, their rear. How near hostile
country begins is said in `headlong.mechanisms.control.border`.

Reads   control.     Writes   near_km, front_log, border_log, pressed, taker.
"""

from math import inf, log

from headlong.board.kernel import kernel, law
from headlong.board.world import FAR_KM, NOBODY
from headlong.mechanisms.control.border import HAIR, border, border_log, depth, way_to

NEAREST_KM, SCALE_KM = 10.0, 100.0
"""Fronts nearer than this count as this far; distance at which the front term is zero [km]."""


@law
def front_log(km, rear_km):
    """Log of the front distance over 100 km; `km` inf where no hostile place is known."""
    if km == inf:
        km = rear_km
    return log(min(FAR_KM, max(NEAREST_KM, km)) / SCALE_KM)


@kernel
def approach(sides, hold, i, side):
    """Road distance from place `i` to where `side` is known or thought to be [km]; inf if nowhere."""
    return min(hold.near_km[i, side], sides.near_cap[i, side])


@kernel
def nearest_presser(sides, hold, i):
    """Side that would take place `i`, or NOBODY, and its distance [km]."""
    holder, who, best = hold.control[i], NOBODY, inf
    if holder >= 0:
        for q in range(sides.presses.shape[0]):
            if sides.presses[q, holder]:
                km = approach(sides, hold, i, q)
                if who < 0 or km < best:
                    who, best = q, km
    return who, best


@kernel
def rescan(roads, hold, i, side):
    """Road distance from place `i` to the nearest place held by `side` [km], from scratch."""
    for k, j in enumerate(roads.order[i]):
        if hold.control[j] == side and j != i:
            return way_to(roads, i, k)
    return inf


@kernel
def move_front(roads, hold, j, loser, taker):
    """Bring `near_km` up to date after place `j` went from `loser` to `taker`."""
    for i in range(hold.control.size):
        back = roads.km[j, i] * (1.0 - HAIR)  # ways from `j` lie side by side in memory, ways to it do not
        if i == j:
            continue
        if taker >= 0 and back < hold.near_km[i, taker]:
            hold.near_km[i, taker] = min(hold.near_km[i, taker], roads.km[i, j])
        if loser >= 0 and back <= hold.near_km[i, loser] and hold.near_km[i, loser] == roads.km[i, j]:
            hold.near_km[i, loser] = rescan(roads, hold, i, loser)


@kernel
def see_front(roads, sides, ground, hold, deep, i):
    """Bring all that follows from `control` and `near_km` up to date at place `i`."""
    who, km, edge = NOBODY, inf, inf
    if not ground.outside[i]:
        who, km = nearest_presser(sides, hold, i)
    if who >= 0:
        edge = border(roads, sides, hold, deep, i)
    hold.pressed[i] = who >= 0
    hold.taker[i] = who
    hold.front_log[i] = front_log(km, ground.rear_km[i])
    hold.border_log[i] = border_log(min(edge, 1e9) if km < inf else ground.rear_km[i], roads.extent[0])


@kernel
def see_fronts(roads, sides, ground, hold):
    """Bring all that follows from `control` and `near_km` up to date everywhere, side by side."""
    for s in range(NOBODY, sides.presses.shape[0]):
        known, deep = False, inf
        for i in range(hold.control.size):
            if hold.control[i] == s:
                deep = deep if known or s < 0 else depth(roads, sides, hold, s)
                known = True
                see_front(roads, sides, ground, hold, deep, i)


@kernel
def all_fronts(roads, sides, ground, hold):
    """Compute every front from `control` alone."""
    for i in range(hold.control.size):
        for s in range(hold.near_km.shape[1]):
            hold.near_km[i, s] = rescan(roads, hold, i, s)
    see_fronts(roads, sides, ground, hold)
