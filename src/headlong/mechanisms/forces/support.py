"""Support: what a side expects of its patron, and what reaches it.

Belief moves when support is announced, before it is delivered; what is delivered also counts by itself.
Against the course that was known at init, a change of either moves the log-odds of loss at every place::

    push = -worth * (expected - expected_known) - now * (delivered - delivered_known)

for the holder, and the opposite for the side that presses it. Without a scenario both courses are the
same and the term is zero.

Reads   taker, control.     Writes   push.
"""

from headlong.board.kernel import kernel
from headlong.parameters import LogNormal, par, parameters


@parameters
class Support:
    """What full support is worth."""

    worth: float = par(0.0, "log-odds", prior=LogNormal(0.5, 0.6), neutral=0.0,
                       doc="fall of the log-odds of loss when expected support goes from none to full",
                       source="judgement: support shocks coded after the fact gave .6 (log sd .6) on five "
                              "cases, which is suspect; wide")  # fmt: skip
    now: float = par(0.0, "log-odds", prior=LogNormal(0.25, 0.6), neutral=0.0,
                     doc="the same for support delivered on the day (air strikes, pay, maintenance)",
                     source="judgement: half of what is expected counts for")  # fmt: skip


@kernel
def change(backing, worth, now, day, side):
    """Log-odds that a side gains by support beyond the known course."""
    hope = backing.expected[day, side] - backing.expected_known[day, side]
    help_today = backing.delivered[day, side] - backing.delivered_known[day, side]
    return worth * hope + now * help_today


@kernel
def support(backing, hold, params, day):
    """Let announced and delivered support weigh on every place."""
    worth, now = params.support.worth, params.support.now
    if worth == 0.0 and now == 0.0:
        return
    for i in range(hold.control.size):
        s, q = hold.control[i], hold.taker[i]
        if s >= 0 and q >= 0:
            hold.push[i] += change(backing, worth, now, day, q) - change(backing, worth, now, day, s)
