"""Parts of people in whole numbers, and the parties in which they set out: nobody is lost, no part rounded alone."""

from headlong.board.kernel import kernel, law

PARTY, MOST = 25, 256
"""People who set out together at most, while there are no more than so many parties (judgement)."""

STRIDE = 159
"""Steps between the havens that parties try: about the golden section of `HAVENS`, and odd, so that all are tried."""


@law
def part(people, share, luck):
    """A share of some people as a whole number, `share` of them in the mean; `luck` in (0, 1)."""
    return min(people, int(people * share + luck))


@kernel
def parties(people):
    """How many parties so many people form."""
    return min(MOST, (people + PARTY - 1) // PARTY)


@kernel
def first_above(passed, share):
    """The first part whose running share (K) is above `share`; the last if none is."""
    low, high = 0, passed.size - 1
    while low < high:
        middle = (low + high) // 2
        if passed[middle] > share:
            high = middle
        else:
            low = middle + 1
    return low


@kernel
def share_of_all(passed):
    """Share of all parts together, by their running shares (K); 0 of none."""
    return passed[passed.size - 1] if passed.size > 0 else 0.0


@kernel
def see_shares(exits, country, total, passed):
    """Turn `passed` (X), what the ways abroad draw at a place, into running shares, given the sum of all weights."""
    share = 0.0
    for x in range(passed.size):
        share += passed[x] * country[0, exits.country[x]] / total
        passed[x] = share


@kernel
def find_havens(roads, control, some, i, side, many, luck):
    """List in `some` havens of place `i` that `side` holds, up to `many`. Returns how many there are."""
    found, havens = 0, roads.haven_at.shape[1]
    k = int(luck * havens)
    for _ in range(havens):
        if found == many:
            break
        j = roads.haven_at[i, k]
        if control[j] == side and j != i:
            some[found] = k
            found += 1
        k += STRIDE if k + STRIDE < havens else STRIDE - havens
    return found
