"""Parts of people, in whole numbers: nobody is lost, and no part is rounded by itself."""

import numpy as np

from headlong.board.kernel import kernel, law


@law
def part(people, share, luck):
    """A share of some people as a whole number, `share` of them in the mean; `luck` in (0, 1)."""
    return min(people, int(people * share + luck))


@kernel
def cut_people(passed, people, first, each, upto, some):
    """Cut people at running shares, `first + each * passed[k]` (K). Lists in `some` the parts that are not empty.

    `upto[k]` is how many fall to the parts up to k. Returns how many parts are listed.
    """
    for k in range(passed.size):
        upto[k] = np.int32(min(float(people), first + each * passed[k]))
    gone, listed = int(first), 0
    for k in range(passed.size):
        some[listed] = k
        listed += upto[k] > gone
        gone = upto[k]
    return listed


@kernel
def see_shares(exits, country, total, passed):
    """Turn `passed` (X), what the ways abroad draw at a place, into running shares, given the sum of all weights."""
    share = 0.0
    for x in range(passed.size):
        share += passed[x] * country[0, exits.country[x]] / total
        passed[x] = share
