"""Draws, called from Python: kernels have no Python form of their own."""

import numpy as np
from numba import njit

from headlong.board.draws import (
    _unit,
    binomial,
    first_of_each,
    for_all_places,
    normal_quantile,
    philox,
    uniforms,
    uniforms_of_pair,
)

FIRST, LAST = 0.5 / 2**32, 1.0 - 0.5 / 2**32
"""The least and the greatest uniform there is."""


@njit(cache=True)
def words(counter, key):
    """The block of four words for a counter and a key."""
    return philox(counter[0], counter[1], counter[2], counter[3], key[0], key[1])


@njit(cache=True)
def four(seed, member, mechanism, day, entity):
    """The four uniforms at an address."""
    return uniforms((seed, member), mechanism, day, entity)


@njit(cache=True)
def many_normals(seed, members, mechanism, day, entity):
    """A standard normal for each member."""
    out = np.empty(members)
    for n in range(members):
        out[n] = normal_quantile(uniforms((seed, n), mechanism, day, entity)[0])
    return out


@njit(cache=True)
def units(numbers):
    """Words as numbers between 0 and 1."""
    out = np.empty(numbers.size)
    for k in range(numbers.size):
        out[k] = _unit(numbers[k])
    return out


@njit(cache=True)
def quantiles(luck):
    """Standard normal quantiles."""
    out = np.empty(luck.size)
    for k in range(luck.size):
        out[k] = normal_quantile(luck[k])
    return out


@njit(cache=True)
def binomials(n, p, luck):
    """Binomial draws of one law."""
    out = np.empty(luck.size, np.int64)
    for k in range(luck.size):
        out[k] = binomial(n, p, luck[k])
    return out


@njit(cache=True)
def at_most(n, p, k):
    """The chance that a draw is at most `k`: the share of luck that gives so few, found by halving."""
    if binomial(n, p, LAST) <= k:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = 0.5 * (low + high)
        if binomial(n, p, middle) <= k:
            low = middle
        else:
            high = middle
    return low


@njit(cache=True)
def all_places(luck, names, seed, member, mechanism, day):
    """Fill a table with the draws of all places, by their names."""
    for_all_places(luck, names, (seed, member), mechanism, day)


@njit(cache=True)
def firsts(luck, names, seed, member, mechanism, day, more):
    """Fill a row with the first draw of all places, by their names, and the row below it with each place's own."""
    first_of_each(luck[0], names, (seed, member), mechanism, day, more)
    for i in range(names.size):
        luck[1, i] = uniforms_of_pair((seed, member), mechanism, day, names[i], more)[0]
