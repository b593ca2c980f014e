"""Crossings: who gets over the border today.

People who chose the way over the border join the queue of their crossing when they get there. Each day the
crossing lets through at most ::

    limit = capacity * scale * door,     door = max(openness, leak)

leaders first, then soldiers, then civilians. Openness is policy: 1 open, `visa` for visa-only, 0 closed;
some always find a way (leak). What limits a crossing is mostly policy, not the bridge.

Where they go from there is settled by `headlong.mechanisms.people.refuges`.

Reads   walking, bound, waiting, guests, queue, door, fond, call, trod.
Writes  walking, bound, waiting, guests, elsewhere, queue, crossed, door, way_open, trod.
"""

from headlong.board.kernel import kernel, law
from headlong.board.state import CIVILIANS, LEADERS, SOLDIERS
from headlong.board.world import SLOTS
from headlong.mechanisms.people.refuges import send_to_refuges
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


@law
def opening(gate, visa, leak):
    """How open a crossing is, 0..1; `gate` 1 open, between visa-only, 0 closed."""
    return max(gate if gate == 1.0 or gate == 0.0 else visa, leak)


@law
def limit(capacity, door, scale):
    """People let through in a day."""
    return int(capacity * scale * door)


@kernel
def arrivals_on_foot(people, day):
    """Let civilians who reach a place today stay there for now."""
    slot = day % SLOTS
    for i in range(people.guests.size):
        people.guests[i] += people.walking[slot, i]
        people.walking[slot, i] = 0


@kernel
def see_doors(gates, exits, border, params, day):
    """See how open every crossing and every way abroad is today."""
    p = params.crossings
    for c in range(gates.place.size):
        border.door[c] = opening(gates.openness[c, day], p.visa, p.leak)
    for x in range(exits.at.size):
        border.way_open[x] = opening(exits.openness[x, day], p.visa, p.leak)


@kernel
def arrivals_at_border(roads, ground, exits, refuges, people, border, key, day):
    """Let civilians who reach the border today join the queue of their crossing, or go on where there is none."""
    slot = day % SLOTS
    for x in range(exits.at.size):
        many, people.bound[slot, x] = people.bound[slot, x], 0
        if many > 0 and exits.gate[x] >= 0:
            border.queue[exits.gate[x], CIVILIANS] += many
            people.waiting[x] += many
        elif many > 0:
            send_to_refuges(roads, ground, exits, refuges, people, x, many, key, day)


@kernel
def crossings(roads, ground, gates, exits, refuges, people, border, params, key, day):
    """Let one day pass at every crossing."""
    for c in range(gates.place.size):
        left = limit(gates.capacity[c], border.door[c], params.crossings.scale)
        for stream in (LEADERS, SOLDIERS, CIVILIANS):
            n = min(left, border.queue[c, stream])
            if stream == CIVILIANS and n > 0:
                let_through(roads, ground, exits, refuges, people, c, n, border.queue[c, stream], key, day)
            border.queue[c, stream] -= n
            border.crossed[c, stream] += n
            left -= n


@kernel
def let_through(roads, ground, exits, refuges, people, c, many, queue, key, day):
    """Let `many` of the `queue` of crossing `c` go on their way, in parts as they wait."""
    passed, gone = 0, 0
    for x in range(exits.at.size):
        if exits.gate[x] == c and people.waiting[x] > 0:
            passed += people.waiting[x]
            n = many * passed // queue - gone
            people.waiting[x] -= n
            gone += n
            send_to_refuges(roads, ground, exits, refuges, people, x, n, key, day)
