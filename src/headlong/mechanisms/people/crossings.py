"""Crossings: who gets over the border today.

People who chose the way over the border join the queue of their crossing when they get there. Each day the
crossing lets through at most ::

    limit = capacity * scale * door,     door = max(openness, leak)

leaders first, then soldiers, then civilians. Openness is policy: 1 open, `visa` for visa-only, 0 closed;
some always find a way (leak). What limits a crossing is mostly policy, not the bridge.

Reads   walking, bound, guests, queue, door.     Writes   walking, bound, guests, queue, crossed, door.
"""

from headlong.board.kernel import kernel, law
from headlong.board.state import CIVILIANS, LEADERS, SOLDIERS
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
def arrivals_at_crossings(people, border, day):
    """Let civilians who reach a crossing today join its queue."""
    slot = day % SLOTS
    for c in range(people.bound.shape[1]):
        border.queue[c, CIVILIANS] += people.bound[slot, c]
        people.bound[slot, c] = 0


@kernel
def see_doors(gates, border, params, day):
    """See how open every crossing is today."""
    p = params.crossings
    for c in range(gates.place.size):
        border.door[c] = opening(gates.openness[c, day], p.visa, p.leak)


@kernel
def crossings(gates, border, params):
    """Let one day pass at every crossing."""
    for c in range(gates.place.size):
        left = limit(gates.capacity[c], border.door[c], params.crossings.scale)
        for stream in (LEADERS, SOLDIERS, CIVILIANS):
            n = min(left, border.queue[c, stream])
            border.queue[c, stream] -= n
            border.crossed[c, stream] += n
            left -= n
