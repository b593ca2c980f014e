"""Hand-over: control passes, fronts move, seats fall.

Every place lost today goes to the side that presses it and is nearest; all fronts are then seen anew::

    control      = taker                                         where lost today
    seat_fallen  = the side has a seat, and does not hold it     of every side

A side whose seat is lost is marked so until it is back. All losses of a day pass before any front is
seen, so that it does not matter in which order places stand in the tables.

Reads   lost, taker, control, near_km.
Writes  control, near_km, front_log, pressed, taker, seat_fallen.
"""

from headlong.board.kernel import kernel
from headlong.mechanisms.front import move_front, see_fronts


@kernel
def pass_on(roads, hold, i, taker):
    """Place `i` passes to `taker`, or to nobody; fronts are yet to be seen anew."""
    loser = hold.control[i]
    hold.control[i] = taker
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
        see_fronts(sides, ground, hold)
        see_seats(sides, hold)


@kernel
def see_seats(sides, hold):
    """Mark the sides that have lost their seat."""
    for s in range(hold.seat_fallen.size):
        seat = sides.seat[s]
        hold.seat_fallen[s] = seat >= 0 and hold.control[seat] != s
