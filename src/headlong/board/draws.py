"""Luck: counter-based, so that every draw has an address and needs no history.

A draw is named by (seed, member, mechanism, day, entity), and where that is not enough by one number more: a second
entity, or the round of a computation. Entities are named by their ids, not by rows (`headlong.board.names`), so
the order of a table changes no bit. The same name gives the same number for any
number of threads, any chunking and any ensemble size, and taking a mechanism out leaves the luck of the
others as it was. The generator is Philox4x32 with 10 rounds (Salmon, Moraes, Dror and Shaw 2011,
"Parallel random numbers: as easy as 1, 2, 3", SC11), which no library offers inside numba; it is tested
against the vectors published with it.
"""

from math import exp, floor, log, log1p, sqrt

import numpy as np

from headlong.board.kernel import kernel, law, spliced
from headlong.board.streams import INIT, WORD

_M0, _M1 = 0xD2511F53, 0xCD9E8D57
_W0, _W1 = 0x9E3779B9, 0xBB67AE85


@spliced
def philox(c0, c1, c2, c3, k0, k1):
    """Four 32-bit words for a counter of four and a key of two 32-bit words (all held in 64 bits)."""
    for _ in range(10):
        p0 = WORD(_M0) * c0
        p1 = WORD(_M1) * c2
        c0, c1, c2, c3 = (
            (p1 >> WORD(32)) ^ c1 ^ k0,
            p1 & WORD(0xFFFFFFFF),
            (p0 >> WORD(32)) ^ c3 ^ k1,
            p0 & WORD(0xFFFFFFFF),
        )
        k0 = (k0 + WORD(_W0)) & WORD(0xFFFFFFFF)
        k1 = (k1 + WORD(_W1)) & WORD(0xFFFFFFFF)
    return c0, c1, c2, c3


@spliced
def _unit(word):
    """A 32-bit word as a number strictly between 0 and 1."""
    return (float(word) + 0.5) * 2.3283064365386963e-10


@spliced
def _four(key, mechanism, day, entity, more):
    a, b, c, d = philox(WORD(day), WORD(entity), WORD(mechanism), WORD(more), WORD(key[0]), WORD(key[1]))
    return _unit(a), _unit(b), _unit(c), _unit(d)


@kernel
def uniforms(key, mechanism, day, entity):
    """Four uniforms in (0, 1) for one entity on one day; `key` is (seed, member)."""
    return _four(key, mechanism, day, entity, 0)


@kernel
def uniforms_of_pair(key, mechanism, day, entity, more):
    """Four uniforms in (0, 1) for two entities on one day, or for one in a round."""
    return _four(key, mechanism, day, entity, more)


@kernel
def uniform(key, mechanism, day, entity):
    """One uniform in (0, 1)."""
    return uniforms(key, mechanism, day, entity)[0]


@law
def many_uniforms(seed, members, mechanism, entities, more):
    """Uniforms on the day of init for each member (N, their numbers) and entity (K) in a round, as (N, K)."""
    out = np.empty((members.size, entities.size))
    for n in range(members.size):
        for k in range(entities.size):
            out[n, k] = uniforms_of_pair((seed, members[n]), mechanism, INIT, entities[k], more)[0]
    return out


@kernel
def for_all_places(luck, names, key, mechanism, day):
    """Write the `uniforms` of every place, by its name, on one day into `luck` (4, P).

    The same numbers as one by one, at a seventh of the time, because the processor draws several at once.
    """
    for i in range(luck.shape[1]):
        luck[0, i], luck[1, i], luck[2, i], luck[3, i] = _four(key, mechanism, day, names[i], 0)


@kernel
def first_of_each(luck, names, key, mechanism, day, more):
    """Write the first of the `uniforms_of_pair` of every place with the number `more` into `luck` (P), as fast."""
    for i in range(luck.size):
        luck[i] = _four(key, mechanism, day, names[i], more)[0]


@kernel
def normal_quantile(u):
    """Standard normal quantile; relative error below 1.2e-9 (P. J. Acklam's rational approximation)."""
    if u < 0.02425 or u > 0.97575:
        q = sqrt(-2.0 * log(u if u < 0.5 else 1.0 - u))
        top = -7.784894002430293e-03 * q - 3.223964580411365e-01
        top = (((top * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q
        low = ((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q
        z = (top + 2.938163982698783) / ((low + 3.754408661907416) * q + 1.0)
        return z if u < 0.5 else -z
    q = u - 0.5
    r = q * q
    top = (-3.969683028665376e01 * r + 2.209460984245205e02) * r - 2.759285104469687e02
    top = (((top * r + 1.383577518672690e02) * r - 3.066479806614716e01) * r + 2.506628277459239) * q
    low = (-5.447609879822406e01 * r + 1.615858368580409e02) * r - 1.556989798598866e02
    return top / (((low * r + 6.680131188771972e01) * r - 1.328068155288572e01) * r + 1.0)


@kernel
def _few(n, p, u):
    """Exact inversion of Binomial(n, p), for a small mean."""
    odds = p / (1.0 - p)
    mass = exp(n * log1p(-p))
    x = 0
    while u > mass and x < n:
        u -= mass
        x += 1
        mass *= odds * (n - x + 1.0) / x
        if mass < 1e-300:
            break
    return x


@kernel
def _many(n, p, u):
    """Cornish-Fisher quantile of Binomial(n, p), for a large mean.

    Rounding to whole numbers adds a variance of 1/12, which is taken off first.
    """
    q = 1.0 - p
    sd = sqrt(n * p * q - 1.0 / 12.0)
    z = normal_quantile(u)
    g = 1.0 - 2.0 * p
    skew = g * (z * z - 1.0) / 6.0
    kurt = z * ((1.0 - 6.0 * p * q) * (z * z - 3.0) / 24.0 - g * g * (2.0 * z * z - 5.0) / 36.0) / sd
    return min(n, max(0, int(floor(n * p + sd * z + skew + kurt + 0.5))))


@kernel
def binomial(n, p, u):
    """How many of `n` (whole number) when each is chosen with chance `p`: quantile `u` of the binomial."""
    if n <= 0 or p <= 0.0:
        return 0
    if p >= 1.0:
        return n
    most = p > 0.5
    if most:
        p, u = 1.0 - p, 1.0 - u
    x = _few(n, p, u) if n * p < 10.0 else _many(n, p, u)
    return n - x if most else x
