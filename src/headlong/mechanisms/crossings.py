"""Crossings: who gets over the border today.

People who arrive on foot at a crossing stay there as displaced or join its queue. Each day the crossing
lets through at most ::

    limit = capacity * scale * max(openness, leak)

leaders first, then soldiers, then civilians. Openness is policy: 1 open, `visa` for visa-only, 0 closed;
some always find a way (leak). What limits a crossing is mostly policy, not the bridge.

Reads   walking, guests, queue.     Writes   walking, guests, queue, crossed.
"""

from math import exp

from headlong.board.draws import binomial, uniform
from headlong.board.kernel import kernel, law
from headlong.board.state import CIVILIANS, LEADERS, SOLDIERS
from headlong.board.streams import CROSSINGS
from headlong.board.world import SLOTS
from headlong.parameters import Beta, LogNormal, par, parameters


@parameters
class Crossings:
    """How many get over."""

    scale: float = par(1.0, "1", prior=LogNormal(1.0, 0.7), neutral=0.0,
                       doc="true daily capacity over the stated or assumed one",
                       source="judgement: capacities are guesses; Poland admitted 46,000 to 141,000 a day "
                              "in 2022, Hairatan 84 soldiers on 14 Aug 2021")  # fmt: skip
    visa: float = par(0.1, "1", prior=Beta(2.0, 18.0), neutral=0.0,
                      doc="openness of a visa-only crossing", source="judgement")  # fmt: skip
    leak: float = par(0.02, "1", prior=Beta(1.0, 49.0), neutral=0.0,
                      doc="openness of a closed crossing: those who get over all the same",
                      source="judgement: 0-100 a day at closed posts")  # fmt: skip
    wish: float = par(0.2, "1/day", prior=LogNormal(0.2, 0.6), neutral=0.0,
                      doc="rate at which displaced people at a crossing join the queue",
                      source="judgement: most stay in the country")  # fmt: skip


@law
def limit(capacity, gate, scale, visa, leak):
    """People let through in a day; `gate` 1 open, between visa-only, 0 closed."""
    openness = gate if gate == 1.0 or gate == 0.0 else visa
    return int(capacity * scale * max(openness, leak))


@kernel
def arrivals_on_foot(people, day):
    """Let civilians who reach a place today stay there for now."""
    slot = day % SLOTS
    for i in range(people.guests.size):
        people.guests[i] += people.walking[slot, i]
        people.walking[slot, i] = 0


@kernel
def crossings(gates, people, border, params, key, day):
    """Let one day pass at every crossing."""
    p = params.crossings
    for c in range(gates.place.size):
        i = gates.place[c]
        go = binomial(people.guests[i], 1.0 - exp(-p.wish), uniform(key, CROSSINGS, day, c))
        people.guests[i] -= go
        border.queue[c, CIVILIANS] += go
        left = limit(gates.capacity[c], gates.openness[c, day], p.scale, p.visa, p.leak)
        for stream in (LEADERS, SOLDIERS, CIVILIANS):
            n = min(left, border.queue[c, stream])
            border.queue[c, stream] -= n
            border.crossed[c, stream] += n
            left -= n
