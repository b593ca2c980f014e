"""Registration: camps go on filling for some time with those who fled before init.

Camps count people weeks after they crossed, and who fled before init still comes in. So the rise of the counts that
were published by init goes on, in each member by a factor of its own, and fades; and some leave a camp unseen, or are
struck off its list ::

    flow(r)  = rise(r) * exp(spread * z) + hidden(r) * exp(WIDER * spread * y)         on the first day
    flow(r) -= flow(r) / last                                                          every day
    leaving  = leave * people(r)                                                       every day

z and y are half the member's and half the refuge's. On the first day those come in, too, who came since the last
count, half as many a day. `rise` is that of the counts in 30 days; `hidden` is what may come where they did not rise,
or there are none yet: a part of the people there and of the rise of all refuges (`headlong.inputs.displaced`). Without
any counts both are zero, and this law does nothing. Those who come leave one place inside each day, by chance with its
inhabitants and its way to the refuge; they are taken to be over the border by init, so that no road and no crossing
counts them.

Reads   residents, guests, flow, fond.     Writes   residents, guests, flow, elsewhere.
"""

from math import exp, sqrt

from headlong.board.draws import normal_quantile, uniforms
from headlong.board.kernel import kernel, law
from headlong.board.parts import first_above
from headlong.board.streams import INIT, MEMBER_COUNTS, REGISTRATION
from headlong.parameters import LogNormal, par, parameters

UNCOUNTED = 0.5
"""Share of the flow since the last count that had come by init and is counted on the first day (five conflicts)."""

WIDER, FARTHEST = 2.5, 2.0
"""How much wider what no count shows spreads than the rise of the counts, and standard deviations beyond which no
member goes: a flow of a hundred times the rise would empty provinces."""


@parameters
class Registration:
    """How the counts in camps go on."""

    last: float = par(60.0, "days", prior=LogNormal(60.0, 0.7), neutral=0.0,
                      doc="time over which the rise of the counts fades",
                      source="camp counts of five conflicts of Flee: 60 to 120 days do as well")  # fmt: skip
    spread: float = par(0.8, "1", prior=LogNormal(0.8, 0.1), neutral=0.0,
                        doc="spread of the rise to come, over that of the counts (log)",
                        source="five conflicts of Flee: so nine in ten later counts lie within 90 %")  # fmt: skip
    leave: float = par(0.0005, "1/day", prior=LogNormal(0.0005, 1.5), neutral=0.0,
                       doc="share that leaves a camp, or its list",
                       source="five conflicts of Flee: falls of the counts, .0005-.001")  # fmt: skip


@law
def whole_number(many, luck):
    """A whole number, `many` in the mean; `luck` in (0, 1)."""
    return int(many + luck)


@kernel
def half_shared(member, refuge):
    """A normal number out of two uniforms, each half of it, up to `FARTHEST`."""
    return min(FARTHEST, sqrt(0.5) * (normal_quantile(member) + normal_quantile(refuge)))


@kernel
def start_flow(refuges, people, params, key):
    """Draw how many come to each refuge on the first day."""
    p, shared = params.registration, uniforms(key, MEMBER_COUNTS, INIT, 0)
    for r in range(refuges.place.size):
        own = uniforms(key, MEMBER_COUNTS, INIT, refuges.name[r])
        z, y = half_shared(shared[2], own[0]), half_shared(shared[3], own[1])
        people.flow[r] = refuges.rise[0, r] * exp(p.spread * z) + refuges.rise[1, r] * exp(
            WIDER * p.spread * y
        )


@kernel
def leave_camp(people, place, r, many):
    """Let `many` leave refuge `r`, if a way out leads there: they are nowhere in the tables."""
    for x in range(people.elsewhere.size):
        if people.fond[0, x, r] > 0.0:
            people.guests[place] -= many
            people.elsewhere[x] += many
            return


@kernel
def registration(refuges, people, params, key, day):
    """Let those who fled before init come in for one day, and some leave."""
    p = params.registration
    if day == 1 and p.last > 0.0:
        start_flow(refuges, people, params, key)
    for r in range(refuges.place.size):
        if people.flow[r] == 0.0:
            continue
        luck, place = uniforms(key, REGISTRATION, day, refuges.name[r]), refuges.place[r]
        leave_camp(
            people, place, r, min(people.guests[place], whole_number(people.guests[place] * p.leave, luck[2]))
        )
        if refuges.open[r, day]:
            i = first_above(refuges.source[r], luck[1])
            days = 1.0 + UNCOUNTED * refuges.unseen[r] if day == 1 else 1.0
            come = min(people.residents[i], whole_number(people.flow[r] * days, luck[0]))
            people.residents[i] -= come
            people.guests[place] += come
        people.flow[r] -= people.flow[r] / max(p.last, 1.0)
