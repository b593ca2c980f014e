"""Hand-over: control passes, fronts move, seats fall.

Every place lost today goes to the side that presses it and is nearest; all fronts are then seen anew. A
side whose seat is lost is marked, and no longer so once it is back.

Reads   lost, taker.     Writes   control, near_km, front_log, pressed, taker, seat_fallen.
"""

from headlong.board.kernel import kernel
from headlong.mechanisms.front import move_front, see_fronts


@kernel
def handover(roads, sides, ground, hold):
    """Pass every place lost today to its taker; returns how many there were."""
    count = 0
    for i in range(hold.control.size):
        if hold.lost[i] >= 0:
            hold.control[i] = hold.taker[i]
            count += 1
    if count:
        for i in range(hold.control.size):
            if hold.lost[i] >= 0:
                move_front(roads, hold, i, hold.lost[i], hold.control[i])
        see_fronts(sides, ground, hold)
        see_seats(sides, hold)
    return count


@kernel
def see_seats(sides, hold):
    """Mark the sides that have lost their seat."""
    for s in range(hold.seat_fallen.size):
        seat = sides.seat[s]
        hold.seat_fallen[s] = seat >= 0 and hold.control[seat] != s
