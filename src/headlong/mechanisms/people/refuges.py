"""Refuges: where people go once they are over the border, and what a refuge still draws.

Whoever is over way out x goes to refuge r in parts as ``fond(x, r) * call(r)``, with ::

    fond = taste(r) * exp(-km abroad / beyond)   within the country that x leads to, where it has a refuge
    call = room * fresh,          room = clamp((1 - people / capacity) / NEARLY, CRAMPED, 1)

In some wars people stay where they crossed, in others agencies drive them to far camps: `beyond` differs widely by
member. A refuge nine tenths full draws less; a full one keeps a thousandth, so that nobody is lost. `fresh` is `newest`
for the last refuge opened in a country during the war, else 1; tastes are a member's own
(`headlong.mechanisms.people.destinations`).

`send_to_refuges` acts where people get over (`headlong.mechanisms.people.crossings`).

Reads   guests.     Writes   call, fond.
"""

from math import exp

from headlong.board.draws import uniform
from headlong.board.kernel import kernel, law
from headlong.board.streams import REFUGE
from headlong.parameters import LogNormal, par, parameters

NEARLY, CRAMPED = 0.1, 0.001
"""Share of room left below which a refuge draws less; the least it draws."""

CLOSED = 1e-9
"""What a closed refuge draws: less than any open one, and enough to take people in where there is no other."""


@parameters
class Refuges:
    """What draws people to a refuge."""

    beyond: float = par(350.0, "km", prior=LogNormal(350.0, 1.0), neutral=600.0,
                        doc="distance abroad over which a refuge draws less by a factor e",
                        source="camp counts of ten conflicts of Flee: far in five, near in Tigray 2020 and South Sudan "
                               "2016")  # fmt: skip
    newest: float = par(5.0, "1", prior=LogNormal(5.0, 0.8), neutral=1.0,
                        doc="what the last refuge opened in a country draws, over its elders",
                        source="Burundi 2015 and South Sudan 2013 in Flee's counts: 8 (3-20)")  # fmt: skip


@law
def room(people, capacity):
    """How much of its draw a refuge has left with so many people in it."""
    return min(1.0, max(CRAMPED, (1.0 - people / capacity) / NEARLY))


@kernel
def see_refuges(refuges, people, params, day):
    """See how much every refuge draws today; on the first day how near it is to every way out."""
    for x in range(people.fond.shape[1] if day == 1 else 0):
        for r in range(refuges.place.size):
            people.fond[:, x, r] = exp(-refuges.far[x, r] / params.refuges.beyond)
    for r in range(refuges.place.size):
        fresh = params.refuges.newest if refuges.newest[r, day] else 1.0
        left = room(people.guests[refuges.place[r]], refuges.capacity[r, day])
        people.call[r] = left * fresh if refuges.open[r, day] else CLOSED


@kernel
def take_roads(roads, people, sent, passed, i):
    """Count those `sent` from place `i` by each of its twigs on all roads of their ways; `sent` is wiped.

    Over a twig go those whom it and the twigs beyond it send. These follow it, so a difference of two sums does.
    """
    start, total = roads.twig_start[i], 0
    many, first = roads.twig_start[i + 1] - start, start + i
    for k in range(many):
        passed[k] = total
        total += sent[first + k]
        sent[first + k] = 0
    passed[many] = total
    sent[first + many] = 0
    for k in range(many):
        people.trod[roads.twig_end[start + k]] += passed[roads.twig_over[start + k]] - passed[k]


@kernel
def count_roads(roads, people, passed, memo):
    """Count all who have set out since this was last done on the roads of their ways."""
    for i in range(memo.went.size):
        if memo.went[i]:
            take_roads(roads, people, memo.sent, passed, i)
            memo.went[i] = False


@kernel
def drive(roads, ground, people, i, j, many):
    """Count `many` on the roads from place `i` abroad to `j`, if the shortest way stays abroad."""
    k = i
    while k >= 0 and k != j and ground.outside[k]:
        k = roads.hop[k, j]
    while k == j and i != j:
        people.trod[roads.link_at[i, roads.hop[i, j]]] += many
        i = roads.hop[i, j]


@kernel
def send_to_refuges(roads, ground, exits, refuges, people, x, many, key, day):
    """Send `many` who are over way out `x` to the refuges behind it."""
    total, passed, gone, last = 0.0, 0.0, 0, -1
    beyond = exits.to[x]
    if beyond >= 0 and roads.link_at[exits.at[x], beyond] >= 0:
        people.trod[roads.link_at[exits.at[x], beyond]] += many
    for r in range(refuges.place.size):
        if people.fond[0, x, r] > 0.0:
            total += people.fond[0, x, r] * people.call[r]
            last = r
    luck = uniform(key, REFUGE, day, exits.name[x])
    for r in range(refuges.place.size):
        if people.fond[0, x, r] > 0.0:
            passed += people.fond[0, x, r] * people.call[r] / total
            upto = many if r == last else min(many, int(many * passed + luck))
            people.guests[refuges.place[r]] += max(0, upto - gone)
            if upto > gone and beyond >= 0:
                drive(roads, ground, people, beyond, refuges.place[r], upto - gone)
            gone = max(gone, upto)
    people.elsewhere[x] += many - gone
