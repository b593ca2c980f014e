"""Destinations: where those who leave go, settled once over the whole road.

From place i, the way out x leads to a country k; those who leave weigh ::

    draw(x)      = way(x) ** (reach / within) * max over r of fond(x, r) * call(r)
    weight(k)    = (sum over its ways out of near(i, x) * draw(x)) ** (within / reach)
    share abroad = sum of weight(k) / (sum of weight(k) + inside),     near = exp(-km / within)

and take each country by taste(k) * weight, each way out of it by taste(x) * near * draw. Where `within` is short, most
take the nearest way out; where it is `reach`, all draw by gravity. The others look for a place their side holds, by ::

    haven(i, j) = exp(-km / HAVEN_KM) * sqrt(inhabitants of j)

With none, they stay. They set out in parties of up to 25 people, or in 256 of equal size. Parties go abroad in
even steps along the shares. The others try havens in an order that differs by day, each as often as it draws, and take
the first that their side holds (`headlong.inputs.exits.known_havens`). Tastes of a member say where people go abroad,
never how many: taste = exp(pull * z), one z for each country; of a way out and a refuge (beside fond)
exp(pull * z / sqrt 2).

Reads   taste, fond, way_open, call, draw, control.     Writes   taste, fond, draw.
"""

from math import exp, log, sqrt

from headlong.board.draws import normal_quantile, uniforms
from headlong.board.kernel import kernel
from headlong.board.parts import find_havens, first_above, parties, see_shares, share_of_all
from headlong.board.streams import INIT, MEMBER_TASTE
from headlong.board.world import SLOTS
from headlong.parameters import LogNormal, par, parameters

HAVEN_KM, LEAST = 150.0, 1e-9
"""Distance over which a haven inside draws less by a factor e (judgement) [km]; the least that a door is open."""


@parameters
class Destinations:
    """How far people go, and to whom."""

    reach: float = par(230.0, "km", prior=LogNormal(220.0, 0.4), neutral=220.0,
                       doc="distance over which a country abroad draws less by a factor e",
                       source="camp counts of five conflicts of Flee: 225 (173-301)")  # fmt: skip
    within: float = par(130.0, "km", prior=LogNormal(130.0, 0.6), neutral=60.0, doc="the same of a way out",
                        source="ten conflicts of Flee: 60 to 240 do as well, all of them better")  # fmt: skip
    inside: float = par(2.1, "1", prior=LogNormal(2.4, 0.7), neutral=1.0,
                        doc="weight of staying in the country, against an open border at no distance",
                        source="shares abroad of six wars, 5 % (Afghanistan 2021) to 75 % (Burundi 2015)")  # fmt: skip
    pull: float = par(0.8, "1", prior=LogNormal(0.8, 0.3), neutral=0.0,
                      doc="spread of tastes (log)",
                      source="five conflicts of Flee: 90 % intervals hold .84 of counts, .31 without")  # fmt: skip


@kernel
def see_exits(exits, refuges, people, border, params, key, day):
    """See how much every way abroad draws today; on the first day the member's tastes are drawn."""
    p = params.destinations
    for r in range(refuges.place.size if day == 1 else 0):
        z = normal_quantile(uniforms(key, MEMBER_TASTE, INIT, refuges.name[r])[2])
        for x in range(exits.at.size):
            people.fond[0, x, r] *= exp(p.pull / sqrt(2.0) * z)
    for x in range(exits.at.size):
        if day == 1:
            way = uniforms(key, MEMBER_TASTE, INIT, exits.name[x])[0]
            country = uniforms(key, MEMBER_TASTE, INIT, exits.country_name[x])[1]
            people.taste[0, x] = exp(p.pull / sqrt(2.0) * normal_quantile(way))
            people.taste[1, x] = exp(p.pull * normal_quantile(country))
        liked = plain = 0.0 if refuges.place.size > 0 else 1.0
        for r in range(refuges.place.size):
            liked = max(liked, people.fond[0, x, r] * people.call[r])
            plain = max(plain, people.fond[1, x, r] * people.call[r])
        door = exp(log(max(LEAST, border.way_open[x])) * p.reach / p.within)
        people.draw[0, x] = people.taste[0, x] * liked * door
        people.draw[1, x] = plain * door


@kernel
def abroad(exits, people, country, draw, p, i):
    """Weight of all countries abroad at place `i`; in `country` (2, X) each one's over the `draw` of its ways out."""
    liked, total = 0.0, 0.0
    country[:] = 0.0
    for x in range(draw.size):
        near = exp(-exits.far[i, x] / p.within)
        draw[x] = near * people.draw[0, x]
        country[0, exits.country[x]] += draw[x]
        country[1, exits.country[x]] += near * people.draw[1, x]
    for k in range(draw.size):
        some = country[0, k] > 0.0 and country[1, k] > 0.0
        weight = exp(log(country[1, k]) * p.within / p.reach) if some else 0.0
        total += weight
        liked += weight * people.taste[1, k]
        country[0, k] = weight * people.taste[1, k] / country[0, k] if some else 0.0
    for k in range(draw.size):
        country[0, k] *= total / liked if liked > 0.0 else 0.0
    return total


@kernel
def see_abroad(exits, people, scratch, memo, params, i):
    """See the shares of those who go abroad from place `i`, unless they are known."""
    p = params.destinations
    if memo.weight[i] == 0.0:
        memo.weight[i] = abroad(exits, people, scratch.country, memo.passed[i], p, i) + p.inside
        see_shares(exits, scratch.country, memo.weight[i], memo.passed[i])


@kernel
def go_abroad(roads, exits, people, memo, i, leaving, luck, day):
    """Send some of the parties that leave place `i` to the ways abroad, by running shares. Returns how many people."""
    passed, many, gone, first = memo.passed[i], parties(leaving), 0, roads.twig_start[i] + i
    share, each, rest = share_of_all(passed), leaving // many, leaving % many
    for k in range(many):
        mark = (k + luck) / many
        if mark >= share:
            break
        x, size = first_above(passed, mark), each + (k < rest)
        people.bound[(day + exits.days[i, x]) % SLOTS, x] += size
        memo.sent[first + exits.twig[i, x]] += size
        gone += size
    return gone


@kernel
def go_inside(roads, people, control, some, memo, i, side, leaving, luck, day):
    """Send those of `side` who leave place `i` to havens, in parties. Returns how many go: all, or nobody."""
    many = find_havens(roads, control, some, i, side, parties(leaving), luck)
    gone, first = 0, roads.twig_start[i] + i
    each, rest = leaving // max(many, 1), leaving % max(many, 1)
    for n in range(many):
        k, size = some[n], each + (n < rest)
        people.walking[(day + roads.haven_days[i, k]) % SLOTS, roads.haven_at[i, k]] += size
        memo.sent[first + roads.haven_twig[i, k]] += size
        gone += size
    return gone
