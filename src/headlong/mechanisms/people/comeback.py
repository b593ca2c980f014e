"""Comeback: leaders in exile return, holdouts outlive their state.

A leader who fled comes back to his base while his side holds it and the front is more than 50 km away, each
day with chance ``back``; if he still waits at a crossing he leaves the queue.
When a side has lost its seat, places with terrain or an identity of their own hold on::

    push = -holdout * [the side's seat has fallen] * [the place is a holdout]

Reads   leader_status, leader_place, control, front_log, seat_fallen.
Writes  leader_status, leader_place, queue, push.
"""

from math import log

from headlong.board.draws import uniform
from headlong.board.kernel import kernel
from headlong.board.state import FLED, LEADERS, RETURNED
from headlong.board.streams import RETURN
from headlong.parameters import Beta, LogNormal, par, parameters

CALM = log(0.5)
"""Nearer than this, as the log of the front distance over 100 km, nobody comes home (judgement)."""


@parameters
class Comeback:
    """Return from exile, and holding out."""

    back: float = par(0.05, "1/day", prior=Beta(1.0, 19.0), neutral=0.0,
                      doc="chance a day that a leader returns to a base his side holds, far from the front",
                      source="judgement")  # fmt: skip
    holdout: float = par(0.0, "log-odds", prior=LogNormal(1.0, 0.5), neutral=0.0,
                         doc="fall of the log-odds of loss at a holdout after the side's seat has fallen",
                         source="judgement: Panjshir held three weeks after Kabul in 2021")  # fmt: skip


@kernel
def comeback(ground, roster, hold, border, chiefs, params, key, day):
    """Let leaders return whose base is their side's again."""
    back = params.comeback.back
    for who in range(chiefs.status.size):
        base = roster.base[who]
        home = hold.control[base] == roster.side[who] and hold.front_log[base] > CALM
        if chiefs.status[who] == FLED and home and uniform(key, RETURN, day, roster.name[who]) < back:
            at = ground.cross_at[chiefs.place[who]]
            if at >= 0 and border.queue[at, LEADERS] > 0:
                border.queue[at, LEADERS] -= 1
            chiefs.status[who] = RETURNED
            chiefs.place[who] = base


@kernel
def hold_out(ground, hold, params):
    """Let holdouts hold on after the seat of their side has fallen."""
    holdout = params.comeback.holdout
    if holdout == 0.0:
        return
    for i in range(hold.control.size):
        s = hold.control[i]
        if s >= 0 and hold.seat_fallen[s] and ground.holdout[i]:
            hold.push[i] -= holdout
