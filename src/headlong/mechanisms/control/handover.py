"""Hand-over: control passes, fronts move, seats fall.

Every place lost today goes to the side that presses it and is nearest; all fronts are then seen anew::

    control      = taker                                         where lost today
    taken        = 1 on the day a place changes hands, fading with a memory of 14 days
    held         = places that each side holds
    seat_fallen  = the side has a seat, and does not hold it     of every side

A side whose seat is lost is marked so until it is back. All losses of a day pass before any front is
seen, so that it does not matter in which order places stand in the tables.

Reads   lost, taker, control, near_km, taken, held.
Writes  control, near_km, front_log, border_log, pressed, taker, taken, held, seat_fallen.
"""

from math import exp

from headlong.board.kernel import kernel
from headlong.mechanisms.control.front import move_front, see_fronts

TAKEN_DAYS = 14.0
"""Time after which a place that changed hands is like others [days]."""


@kernel
def age_taken(hold):
    """Let all changes of hands grow one day older."""
    kept = exp(-1.0 / TAKEN_DAYS)
    for i in range(hold.taken.size):
        hold.taken[i] *= kept


@kernel
def count_held(ground, hold):
    """Count the places that each side holds, from `control` alone."""
    for s in range(hold.held.size):
        hold.held[s] = 0.0
    for i in range(hold.control.size):
        if hold.control[i] >= 0 and not ground.outside[i]:
            hold.held[hold.control[i]] += 1.0


@kernel
def pass_on(roads, hold, i, taker):
    """Place `i` passes to `taker`, or to nobody; fronts are yet to be seen anew."""
    loser = hold.control[i]
    hold.control[i] = taker
    hold.taken[i] = 1.0
    if loser >= 0:
        hold.held[loser] -= 1.0
    if taker >= 0:
        hold.held[taker] += 1.0
    move_front(roads, hold, i, loser, taker)


@kernel
def handover(roads, sides, ground, hold):
    """Pass every place lost today to its taker."""
    some = False
    for i in range(hold.control.size):
        if hold.lost[i] >= 0:
            pass_on(roads, hold, i, hold.taker[i])
            some = True
    if some:
        see_fronts(roads, sides, ground, hold)
        see_seats(sides, hold)


@kernel
def see_seats(sides, hold):
    """Mark the sides that have lost their seat."""
    for s in range(hold.seat_fallen.size):
        seat = sides.seat[s]
        hold.seat_fallen[s] = seat >= 0 and hold.control[seat] != s
