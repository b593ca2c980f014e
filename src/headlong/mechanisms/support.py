"""Support: what a side expects of its patron.

Belief moves when support is announced, before it is delivered. Against the course that was known at
init, a change of the expected support moves the log-odds of loss at every place of the side::

    push = -worth * (expected - known),    and +worth * (expected - known) of the side that presses it

Without a scenario both courses are the same and the term is zero.

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


@kernel
def change(backing, day, side):
    """Expected support of the side, less what was known of it at init, -1..1."""
    return backing.expected[day, side] - backing.known[day, side]


@kernel
def support(backing, hold, params, day):
    """Let announced support weigh on every place."""
    worth = params.support.worth
    if worth == 0.0:
        return
    for i in range(hold.control.size):
        s, q = hold.control[i], hold.taker[i]
        if s >= 0 and q >= 0:
            hold.push[i] += worth * (change(backing, day, q) - change(backing, day, s))
