"""Leaders: who stays, who flees, who is captured, and what their clients make of it.

When the place where a leader is falls, he gets away if a road to his own side, the border or an airfield
is open and he takes it in time, else he may be captured; a leader at odds with the centre may leave
before. Flight and the loss of the leader's hub come within a day of each other (Mazar-i-Sharif 2021);
with the road closed he is captured (Herat 2021). Clients hear of it::

    push = weight * (shock * [gone] - stand * [made to stay by the scenario]) + feud * his feud

His weight is 1 in office and `OUT_OF_OFFICE` without: power comes from a base and an office.

Only public office-holders and commanders in sourced public roles are leaders.

Reads   leader_status, leader_place, lost, control, pressed, front_log.
Writes  leader_status, queue, push.
"""

from math import exp

from headlong.board.draws import uniforms
from headlong.board.kernel import kernel, law
from headlong.board.state import FLED, LEADERS, RETURNED, STAYS, TAKEN
from headlong.board.streams import LEADERS as LUCK
from headlong.mechanisms.columns import way_out
from headlong.parameters import Beta, LogNormal, par, parameters

OUT_OF_OFFICE = 0.6
"""Weight of a leader without office (judgement)."""


@parameters
class Leaders:
    """How leaders leave, and what it does."""

    away: float = par(0.75, "1", prior=Beta(6.0, 2.0), neutral=0.0,
                      doc="chance to get away when the place falls and a way out is open",
                      source="judgement: 13 fled, 13 captured or surrendered in Afghanistan 2021")  # fmt: skip
    taken: float = par(0.5, "1", prior=Beta(4.0, 4.0), neutral=0.0,
                       doc="chance to be captured when he does not get away", source="judgement")  # fmt: skip
    early: float = par(0.02, "1/day", prior=LogNormal(0.02, 0.7), neutral=0.0,
                       doc="chance a day to leave before, with the front at 100 km; nearer, more",
                       source="judgement")  # fmt: skip
    shock: float = par(0.0, "log-odds", prior=LogNormal(1.0, 0.5), neutral=0.0,
                       doc="rise of the log-odds of loss at clients of a leader who is gone",
                       source="judgement: Herat and Mazar-i-Sharif 2021")  # fmt: skip
    stand: float = par(0.0, "log-odds", prior=LogNormal(0.3, 0.6), neutral=0.0,
                       doc="fall of the log-odds of loss at clients of a leader made to stay",
                       source="judgement: leaders stayed in N'Djamena 2008 and Kyiv 2022")  # fmt: skip
    feud: float = par(0.0, "log-odds", prior=LogNormal(0.2, 0.6), neutral=0.0,
                      doc="rise of the log-odds of loss at clients of a leader wholly at odds with the centre",
                      source="judgement")  # fmt: skip


@law
def early_leave(front_log, feud, early):
    """Chance a day [1/day] that a leader leaves ahead of the front; front as log over 100 km."""
    return 1.0 - exp(-early * (1.0 + feud) * exp(-front_log))


@kernel
def decide(roads, ground, roster, hold, p, luck, who, i, side):
    """What leader `who` of `side` at place `i` does today, as a status; `luck` is two uniforms."""
    if hold.lost[i] == side:
        if luck[0] < p.away and way_out(roads, ground, hold, i, side):
            return FLED
        return TAKEN if luck[1] < p.taken else STAYS
    if hold.control[i] == side and hold.pressed[i] and not roster.held[who]:
        if luck[0] < early_leave(hold.front_log[i], roster.feud[who], p.early):
            return FLED
    return STAYS


@kernel
def leaders(roads, ground, roster, hold, border, chiefs, params, key, day):
    """Let leaders whose place is lost today, or about to be, go, be captured or stay."""
    for who in range(chiefs.status.size):
        if chiefs.status[who] == FLED or chiefs.status[who] == TAKEN:
            continue
        i, side = chiefs.place[who], roster.side[who]
        a, b, _, _ = uniforms(key, LUCK, day, who)
        status = decide(roads, ground, roster, hold, params.leaders, (a, b), who, i, side)
        if status != STAYS:
            chiefs.status[who] = status
        if status == FLED and ground.cross_at[i] >= 0:
            border.queue[ground.cross_at[i], LEADERS] += 1


@kernel
def example_of_leaders(ground, roster, hold, chiefs, params):
    """Let clients heed what their leaders did."""
    p = params.leaders
    if p.shock == 0.0 and p.stand == 0.0 and p.feud == 0.0:
        return
    for i in range(hold.control.size):
        who = ground.leader_of[i]
        if who >= 0 and hold.control[i] == roster.side[who]:
            status = chiefs.status[who]
            here = status == STAYS or status == RETURNED
            hold.push[i] += p.feud * roster.feud[who]
            hold.push[i] -= roster.weight[who] * p.stand if here and roster.held[who] else 0.0
            hold.push[i] += 0.0 if here else roster.weight[who] * p.shock
