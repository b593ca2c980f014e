"""Replay: control as it was, in place of what the laws would have made of it.

With a known control for the days after init, the losses of today are those of the known path ::

    lost  = control, taker = the known holder, way = the known way      where the two differ

and all that follows from losses follows as ever. In a forecast no control is known, and nothing is done here.

Reads   control, lost.
Writes  lost, taker, way, control, taken, held, near_km, front_log, border_log, pressed, seat_fallen.
"""

from headlong.board.kernel import kernel
from headlong.board.state import HANDED_OVER, HELD
from headlong.board.world import NOBODY
from headlong.mechanisms.control.front import see_fronts
from headlong.mechanisms.control.handover import pass_on, see_seats


@kernel
def replay(known, roads, sides, ground, hold, day):
    """Lose today what was lost."""
    some = False
    for i in range(hold.control.size if known.control.shape[0] > 0 else 0):
        taker = known.control[day, i]
        hold.lost[i], hold.way[i] = NOBODY, HELD
        if taker != hold.control[i] and hold.control[i] >= 0 and taker >= 0:
            hold.lost[i], hold.taker[i], hold.way[i] = hold.control[i], taker, known.way[day, i]
        elif taker != hold.control[i]:
            pass_on(roads, hold, i, taker)
            hold.way[i] = HANDED_OVER
            some = True
    if some:
        see_fronts(roads, sides, ground, hold)
        see_seats(sides, hold)
