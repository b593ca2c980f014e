"""Border: how far it is to country hostile to the holder of a place.

Hostile country begins somewhere between a hostile place and the holder's place that is nearest to it. Of the
hostile places that one counts which brings the middle of that stretch nearest::

    border_km = 1 / (mean of 1 / x, over ways x from km(i, j) - near_km(j, holder) to km(i, j)),  or hinterland;
                x, and so the whole, at least .07 and at most 4 times the extent of the country

The chance of loss goes about as one over the way, so the mean is taken of that. Where a table lists fewer places the
stretch is longer, and the mean chance of the places that it does list stays what it was.

Ways are looked at from the nearest hostile place on, and no farther than the border can lie. Where all places are
linked by road, a way to hostile country meets a first hostile place, and none behind it brings the middle nearer.

Reads   control, near_km.     Writes   nothing.
"""

from math import inf, log

from headlong.board.kernel import kernel, law
from headlong.board.world import NOBODY

HAIR = 1e-9
"""Part by which a way and the way back may differ, for rounding."""

NEAREST, FARTHEST, BORDER_SCALE = 0.07, 4.0, 1.0 / 6.0
"""The border is at least and at most so far, and at the third its term is zero, as shares of the extent."""


@law
def border_log(km, extent):
    """Log of the way to the border [km] over a sixth of the country's extent [km]."""
    return log(min(FARTHEST, max(NEAREST, km / extent)) / BORDER_SCALE)


@kernel
def way_to(roads, i, k):
    """Road distance from place `i` to the one that is `k`-th from it [km]."""
    return roads.order_km[i, k] if k < roads.order_km.shape[1] else roads.km[i, roads.order[i, k]]


@law
def somewhere(far, stretch, least):
    """One over the mean of one over ways that lie evenly in the last `stretch` of `far` [km], each at least `least`."""
    near = far - stretch
    if far <= least:
        return least
    if near < least:
        return stretch / ((least - near) / least + log(far / least))
    if stretch < 1e-6 * far:
        return far
    return stretch / log(far / near)


@kernel
def hostile_to(sides, hold, s, j):
    """Whether place `j` is held by a side that presses side `s`."""
    return hold.control[j] >= 0 and sides.presses[hold.control[j], s]


@kernel
def way_in(roads, sides, hold, s, p):
    """Whether a shortest way that has met no place hostile to side `s` may lead over place `p`."""
    if hostile_to(sides, hold, s, p) or hold.control[p] == s:
        return hold.control[p] == s
    for e in range(roads.next_start[p], roads.next_start[p + 1]):
        if not hostile_to(sides, hold, s, roads.next_to[e]):
            return True
    return False


@kernel
def depth(roads, sides, hold, s):
    """The most that a place hostile to side `s`, met first on some way, is from the places of `s` [km]; inf if unknown.

    No place behind it has its middle nearer: its way is longer by the road between, its stretch by no more than that.
    """
    most = -inf
    for j in range(roads.next_start.size - 1):
        if hostile_to(sides, hold, s, j) and hold.near_km[j, s] > most:
            for e in range(roads.next_start[j], roads.next_start[j + 1]):
                if way_in(roads, sides, hold, s, roads.next_to[e]):
                    most = hold.near_km[j, s]
                    break
    return most if roads.next_start.size > 0 else inf


@kernel
def first_at(roads, sides, hold, i):
    """Where in `order` the places begin that are as far from place `i` as the nearest hostile one."""
    nearest, low, high = inf, 0, roads.order_km.shape[1]
    for q in range(sides.presses.shape[0]):
        if sides.presses[q, hold.control[i]]:
            nearest = min(nearest, hold.near_km[i, q])
    if high == 0 or roads.order_km[i, high - 1] < nearest:
        low, high = high, roads.order.shape[1]
    while low < high:
        middle = (low + high) // 2
        if way_to(roads, i, middle) < nearest:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def border(roads, sides, hold, deep, i):
    """Way from place `i` to the border of country hostile to its holder [km]; inf where none is known."""
    s, which, middle, far, stretch = hold.control[i], NOBODY, inf, inf, 0.0
    for k in range(first_at(roads, sides, hold, i), roads.order.shape[1]):
        j, way = roads.order[i, k], way_to(roads, i, k)
        if (0.5 - HAIR) * way > middle or (1.0 - HAIR) * way - 0.5 * deep > middle:
            break  # a hostile place has `i` no farther than `i` has it: no middle is nearer than half the way
        if hostile_to(sides, hold, s, j):
            km = way - 0.5 * hold.near_km[j, s]
            if km < middle or (km == middle and j < which):
                which, middle, far, stretch = j, km, way, hold.near_km[j, s]
    best = somewhere(far, stretch, NEAREST * roads.extent[0]) if middle < inf else inf
    for q in range(sides.presses.shape[0]):
        if sides.presses[q, s]:
            best = min(best, sides.near_cap[i, q])
    return best
