"""Leaders: who stays, who flees, who is captured, and what their clients make of it.

When the place where a leader is falls, he gets away if a road to his own side, the border or an airfield
is open and he takes it in time, else he may be captured. Few leave before, and those whose place is in
danger: of 63 leaders of 36 wars who fled 44 did so within a day of the loss of their base, 7 earlier::

    chance to leave before, today = early * (1 + feud) * chance that his place is lost today

A leader at odds with the centre is the readier. Clients hear of it::

    push = weight * (shock * [gone] - stand * [made to stay by the scenario]) + feud * his feud

His weight is 1 in office and `OUT_OF_OFFICE` without: power comes from a base and an office.

Only public office-holders and commanders in sourced public roles are leaders.

Reads   leader_status, leader_place, lost, control, pressed, chance.
Writes  leader_status, queue, push.
"""

from headlong.board.draws import uniforms
from headlong.board.kernel import kernel, law
from headlong.board.state import FLED, LEADERS, RETURNED, STAYS, TAKEN
from headlong.board.streams import LEADERS as LUCK
from headlong.mechanisms.forces.columns import way_out
from headlong.parameters import Beta, LogNormal, par, parameters

OUT_OF_OFFICE = 0.6
"""Weight of a leader without office (judgement)."""


@parameters
class Leaders:
    """How leaders leave, and what it does."""

    away: float = par(0.45, "1", prior=Beta(9.0, 11.0), neutral=0.0,
                      doc="chance to get away when the place falls and a way out is open",
                      source="36 wars: of 153 leaders whose base was lost 55 fled, eight in ten with a "
                             "way out; counted with all of them")  # fmt: skip
    taken: float = par(0.5, "1", prior=Beta(4.0, 4.0), neutral=0.0,
                       doc="chance to be captured when he does not get away",
                       source="36 wars: of 153 26 surrendered or were captured, 11 were killed, 45 stayed")  # fmt: skip
    early: float = par(0.1, "1", prior=LogNormal(0.1, 0.7), neutral=0.0,
                       doc="chance to leave before, over the chance that his place is lost",
                       source="36 wars: 7 left days before, 8 without any loss, 153 lost their base")  # fmt: skip
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
def early_leave(chance, feud, early):
    """Chance [1/day] that a leader leaves today from a place that is lost today with some chance."""
    return min(1.0, early * (1.0 + feud) * chance)


@kernel
def decide(roads, ground, roster, hold, p, luck, who, i, side):
    """What leader `who` of `side` at place `i` does today, as a status; `luck` is two uniforms."""
    if hold.lost[i] == side:
        if luck[0] < p.away and way_out(roads, ground, hold, i, side):
            return FLED
        return TAKEN if luck[1] < p.taken else STAYS
    if hold.control[i] == side and hold.pressed[i] and not roster.held[who]:
        if luck[0] < early_leave(hold.chance[i], roster.feud[who], p.early):
            return FLED
    return STAYS


@kernel
def leaders(roads, ground, roster, hold, border, chiefs, params, key, day):
    """Let leaders whose place is lost today, or about to be, go, be captured or stay."""
    for who in range(chiefs.status.size):
        if chiefs.status[who] != STAYS and chiefs.status[who] != RETURNED:
            continue
        i, side = chiefs.place[who], roster.side[who]
        a, b, _, _ = uniforms(key, LUCK, day, roster.name[who])
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
