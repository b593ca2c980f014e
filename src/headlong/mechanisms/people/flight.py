"""Flight: civilians leave places where something has happened, or that are near a front.

Each day a share ``1 - exp(-rate)`` of the people at home leaves, with ::

    rate = crowd * size * (fought * alarm + threat * 100 / max(front_km, 10) [while pressed])
    crowd = exp(spread * z - spread^2 / 2),     size = (inhabitants / SIZE) ** -thin

`alarm` is what happened to the place and around it, in places overrun (`headlong.mechanisms.people.alarm`); the
distance to a front adds little. `crowd` is one chance per place and day, because families and streets move together;
beside it the luck of each single person is small, and only rounds to whole numbers. People who are displaced
already leave at `onward` times the rate, and a share `drift` of them a day moves on anyhow. Where they go is
settled by `headlong.mechanisms.people.destinations`. Calm places act once a week, for all its days.

Reads   alarm, control, pressed, front_log, lost, residents, guests, draw, taste.
Writes  residents, guests, walking, bound.
"""

from math import exp, log

from headlong.board.draws import for_all_places, normal_quantile
from headlong.board.kernel import kernel, law
from headlong.board.memory import look_round
from headlong.board.parts import part
from headlong.board.streams import FLIGHT
from headlong.mechanisms.people.destinations import go_abroad, go_inside, see_abroad
from headlong.parameters import Beta, LogNormal, par, parameters

SIZE = 50_000.0
"""Inhabitants of a place of which the stated share leaves."""

CALM = 0.0007
"""Rate for alarm [1/day] under which a place is calm: two in a hundred in a month."""

WEEK = 7
"""Days of which a calm place takes one."""

HALF_WORD = 65536.0
"""Numbers in half a word of luck."""


@parameters
class Flight:
    """How readily people leave."""

    fought: float = par(0.28, "1", prior=LogNormal(0.25, 0.8), neutral=0.0,
                        doc="share that leaves a place overrun, over the months (as a rate)",
                        source="totals of five conflicts of Flee: .08-1.1, median .2; Afghanistan 2021: .08; "
                               "Mosul 2014: .3")  # fmt: skip
    threat: float = par(0.00004, "1/day", prior=LogNormal(0.00004, 0.8), neutral=0.0,
                        doc="rate of leaving with the front at 100 km",
                        source="Afghanistan: 294,703 displaced from 1 January to 19 July 2021 with fronts near 50 km "
                               "are .00008 a day and inhabitant")  # fmt: skip
    thin: float = par(0.3, "1", prior=Beta(3.0, 7.0), neutral=0.0,
                      doc="power by which the share falls with the inhabitants",
                      source="camp counts of five conflicts of Flee: .30 (.13-.52)")  # fmt: skip
    onward: float = par(3.0, "1", prior=LogNormal(3.0, 0.6), neutral=0.0,
                        doc="rate of leaving of the displaced, over that of those at home",
                        source="judgement: Flee uses .3-1 a day for zones of fighting")  # fmt: skip
    drift: float = par(0.002, "1/day", prior=LogNormal(0.002, 0.8), neutral=0.0,
                       doc="rate at which the displaced move on without alarm", source="judgement")  # fmt: skip
    spread: float = par(0.6, "1", prior=LogNormal(0.6, 0.3), neutral=0.0,
                        doc="spread of the daily crowd factor (log)", source="judgement")  # fmt: skip


@law
def rate(alarm, near, people, fought, threat, thin):
    """Rate of leaving [1/day]; `near` is 100 km over the distance to the front, 0 where there is none."""
    return (fought * alarm + threat * near) * exp(-thin * log(max(people, 1) / SIZE))


@kernel
def set_off(roads, exits, people, control, scratch, memo, params, luck, i, side, leaving, day):
    """Send those of `side` who leave place `i` on their way. Returns who stays, with nowhere to go."""
    see_abroad(exits, people, scratch, memo, params, i)
    memo.went[i] = True
    gone = go_abroad(roads, exits, people, memo, i, leaving, luck, day)
    if gone < leaving:
        own = luck * HALF_WORD % 1.0  # the mark of the first party is in the other half of the word
        gone += go_inside(roads, people, control, scratch.some, memo, i, side, leaving - gone, own, day)
    return leaving - gone


@kernel
def flight(roads, exits, ground, hold, people, scratch, memo, params, key, day):
    """Let civilians leave for one day."""
    p, luck = params.flight, scratch.luck
    look_round(people, memo)
    for_all_places(luck, ground.name, key, FLIGHT, day)
    for i in range(hold.control.size):
        calm = p.fought * people.alarm[i] < CALM
        if ground.outside[i] or (calm and (day + ground.name[i]) % WEEK != 0):
            continue
        days = WEEK if calm else 1
        near = exp(-hold.front_log[i]) if hold.pressed[i] else 0.0
        r = days * exp(p.spread * normal_quantile(luck[2, i]) - 0.5 * p.spread * p.spread)
        r *= rate(people.alarm[i], near, people.residents[i], p.fought, p.threat, p.thin)
        home = part(people.residents[i], 1.0 - exp(-r), luck[0, i])
        on = part(people.guests[i], 1.0 - exp(-p.onward * r - p.drift * days), luck[1, i])
        if home + on > 0:
            people.residents[i] -= home
            people.guests[i] -= on
            side = hold.lost[i] if hold.lost[i] >= 0 else hold.control[i]
            people.guests[i] += set_off(
                roads, exits, people, hold.control, scratch, memo, params, luck[3, i], i, side, home + on, day
            )
