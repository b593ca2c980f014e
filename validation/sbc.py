"""Simulation-based calibration: does the filter find again what the engine was run with?

    python validation/sbc.py [HISTORIES]

Parameters are drawn from a prior, strain from its long-run law, and the engine lives a history on the map
of a bundled case. What that history says is read, filtered and weighed as for a real war. If engine, reading
and filter follow one law, the rank of the true value among posterior draws is uniform, for every parameter
and for the strain of the last evening, and 90 % intervals hold the truth nine times in ten (Talts et al.
2018, arXiv:1804.06788). The same ensemble then runs on, and the number of changes of hands in the next two
weeks is ranked too.

The prior: `DRAWS` equally likely vectors, drawn once from the normal law of the shipped bank on all cases
(in logs where positive), twice as wide. The true vector of a history is one of them, so that weighing all
of them by the likelihood is the posterior itself, not an approximation of it. Weaker priors make histories
in which nothing falls, or everything on the first day.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numba import njit
from scipy.stats import binomtest, kstest

from headlong.board.state import SideState
from headlong.board.world import in_c_order
from headlong.case import Case, open_case
from headlong.engine.run import Work, run
from headlong.engine.start import Opening
from headlong.forecast.runnable import draw_params
from headlong.forms import SHARES
from headlong.inference.bank import bank_for
from headlong.inference.importance_sampling import moments
from headlong.inference.likelihood import likelihood, useful
from headlong.inference.parameter_vector import NAMES, Draws, bound, free
from headlong.inference.posterior import Posterior, draw_members
from headlong.inference.resampling import normalise
from headlong.inputs.control_history import Change, Past, at_start
from headlong.inputs.environment import Situation, new_situation
from headlong.inputs.exposure import Exposure, gather
from headlong.inputs.geography import Geography, read_map
from headlong.inputs.initial_state import Board, initial_board
from headlong.mechanisms.control.strain import strain

MAPS = ("iraq-2014", "libya-2019", "zaire-1996-97")
DAYS, AHEAD = 100, 14
DRAWS, MEMBERS = 320, 200
WIDER = 3.0
SEED = 20


class Trial(NamedTuple):
    """What was true of one history, and what was found."""

    ranks: np.ndarray  # (K) share of the posterior below the truth, one per name
    shrunk: np.ndarray  # (4 + K) posterior over prior standard deviation
    strain: np.ndarray  # (2, 2) strain of the first two sides: true, and the mean of what is believed
    ess: float
    losses: int


class Country(NamedTuple):
    """A map with its holders at the start; what is known of the countryside is left out."""

    case: Case
    where: Geography
    holder: list[int]


def country(name: str) -> Country:
    """Map of a bundled case, without anything that changes by date."""
    case = open_case(name)
    case = replace(case.known_by(case.start), relations=(), hinterland=(), reports=(), history=())
    where = read_map(case)
    return Country(case, where, at_start(case, where))


def prior_draws(n: int, seed: int = SEED, wider: float = WIDER) -> np.ndarray:
    """Vectors (n, 4 + K) from the normal law of the bank on all cases, `wider` times as wide."""
    bank = bank_for("")
    mean, cov = moments(free(bank.theta, bank.form), bank.draws.weight)
    return bound(np.random.default_rng(seed).multivariate_normal(mean, wider**2 * cov, n), bank.form)


class Holdings(NamedTuple):
    """As much of a state as strain reads."""

    held: np.ndarray


@njit
def strain_paths(sides, held, params, seed, numbers, slow, fast, days):
    """Let strain (N, S) drift for some days with the luck of the members `numbers`, in place.

    `held` (N, T + 1, S) are the places of each side on each evening.
    """
    nearby = np.zeros((1, slow.shape[1]))
    for n in range(numbers.size):
        mood = SideState(slow[n], fast[n], slow[n], slow[n], slow[n], nearby, nearby)
        for day in range(1, days + 1):
            strain(sides, Holdings(held[n, day - 1]), mood, params[n], (seed, numbers[n]), day)


class History(NamedTuple):
    """Control (T + 1, P) of one simulated war, and the strain (S) of its last evening."""

    control: np.ndarray
    slow: np.ndarray
    fast: np.ndarray


def simulate(land: Country, theta: np.ndarray, days: int, ahead: int, seed: int) -> list[History]:
    """One history of ``days + ahead`` days for each row of `theta` (N, 4 + K); strain is that of day `days`."""
    n, sides = len(theta), len(land.where.sides)
    quiet = new_situation(np.array(land.holder), sides)
    board = initial_board(land.case, land.where, quiet, 0, days + ahead, None)
    rng, numbers = np.random.default_rng(seed), np.arange(n)
    slow = rng.standard_normal((n, sides)) * theta[:, 1, None]
    fast = rng.standard_normal((n, sides)) * theta[:, 2, None]
    params = draw_params(theta, numbers, seed, False)
    opening = Opening(board.start, slow, fast, board.muster)
    record = run(Work(board.world, opening, params, seed, days + ahead, numbers))
    held = np.stack([(record.control == s).sum(axis=2, dtype=float) for s in range(sides)], axis=2)
    strain_paths(in_c_order(board.world).sides, held, params, seed, numbers, slow, fast, days)
    return [History(record.control[k], slow[k], fast[k]) for k in range(n)]


def read_history(land: Country, control: np.ndarray, days: int) -> tuple[list[Exposure], Situation]:
    """What the first `days` of a path of control say, as for a real war."""
    changes = [
        Change(t, int(i), int(control[t - 1, i]), int(control[t, i]), t)
        for t in range(1, days + 1)
        for i in np.flatnonzero(control[t] != control[t - 1])
    ]
    return gather(land.case, land.where, Past(days, tuple(land.holder), tuple(changes), "simulated"))


def rank(values: np.ndarray, weight: np.ndarray, truth: float, u: float) -> float:
    """Share of weighted values below the truth; ties are split at `u`."""
    below, same = weight[values < truth].sum(), weight[values == truth].sum()
    return float((below + u * same) / weight.sum())


def try_one(land: Country, history: History, thetas: np.ndarray, k: int, seed: int, days: int) -> Trial:
    """Find again what a history was made with: row `k` of `thetas`."""
    rng = np.random.default_rng(seed)
    exposures, now = read_history(land, history.control, days)
    told = useful(exposures)
    scores = likelihood(thetas, told) if told else np.zeros(len(thetas))
    draws = Draws(thetas, normalise(scores))
    found = [rank(thetas[:, j], draws.weight, thetas[k, j], rng.random()) for j in range(thetas.shape[1])]
    numbers = np.arange(MEMBERS)
    posterior = Posterior(draws, draws.ess, False)
    members = draw_members(
        posterior, exposures, numbers, seed=seed, offset=rng.random(), names=land.where.side_name
    )
    level = members.theta[:, :1] + members.slow + members.fast
    truth = thetas[k, 0] + history.slow + history.fast
    strain = np.array([truth[:2], level[:, :2].mean(axis=0)])
    even = np.ones(MEMBERS)
    for s in range(2):  # the two sides that every map has
        for drawn, true in ((members.slow, history.slow), (members.fast, history.fast), (level, truth)):
            found.append(rank(drawn[:, s], even, true[s], rng.random()))
    board = initial_board(land.case, land.where, now, days, AHEAD, None)
    came = (history.control[days + 1 :] != history.control[days:-1]).sum()
    found.append(rank(foreseen(board, members, seed), even, came, rng.random()))
    prior_sd = np.sqrt(np.var(free(thetas, SHARES), axis=0))
    sd = np.sqrt(moments(free(thetas, SHARES), draws.weight)[1].diagonal())
    losses = int(sum(e.lost.sum() for e in exposures))
    return Trial(np.array(found), sd / prior_sd, strain, draws.ess, losses)


def foreseen(board: Board, members, seed: int) -> np.ndarray:
    """Changes of hands in each member of a forecast."""
    numbers = np.arange(MEMBERS)
    params = draw_params(members.theta, numbers, seed, False)
    opening = Opening(board.start, members.slow, members.fast, board.muster)
    control = run(Work(board.world, opening, params, seed, AHEAD, numbers)).control
    return (control[:, 1:] != control[:, :-1]).sum(axis=(1, 2))


RANKED = (
    *NAMES,
    *(f"{part} of the {side} side" for side in ("first", "second") for part in ("slow", "fast", "strain")),
    f"changes in {AHEAD} days",
)


def trials(maps: Sequence[str], each: int, draws: int, days: int, seed: int = SEED) -> list[Trial]:
    """`each` histories on each map."""
    thetas, rng = prior_draws(draws, seed), np.random.default_rng(seed + 1)
    found = []
    for number, name in enumerate(maps):
        land, chosen = country(name), rng.integers(0, draws, each)
        histories = simulate(land, thetas[chosen], days, AHEAD, seed + number)
        for k, history in zip(chosen, histories, strict=True):
            found.append(try_one(land, history, thetas, int(k), 1000 * seed + len(found), days))
    return found


def covered(ranks: np.ndarray) -> np.ndarray:
    """Share of truths inside the central 90 %."""
    return ((ranks > 0.05) & (ranks < 0.95)).mean(axis=0)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("histories", type=int, nargs="?", default=240, help="how many, over all maps")
    count, began = parser.parse_args().histories, time.perf_counter()
    found = trials(MAPS, -(-count // len(MAPS)), DRAWS, DAYS)
    ranks, losses = np.array([t.ranks for t in found]), np.array([t.losses for t in found])
    print(f"{len(found)} histories of {DAYS} days on the maps of {', '.join(MAPS)}")
    print(
        f"losses in a history: median {np.median(losses):.0f}, none in {(losses == 0).mean():.0%}, "
        f"most {losses.max()}; effective of {DRAWS} draws: median {np.median([t.ess for t in found]):.0f}"
    )
    print(f"{'':28s} {'p uniform':>9s} {'mean rank':>9s} {'90 % holds':>10s} {'sd/prior':>9s}")
    shrunk = np.mean([t.shrunk for t in found], axis=0)
    for j, name in enumerate(RANKED):
        note = f"{shrunk[j]:9.2f}" if j < len(NAMES) else ""
        print(
            f"{name:28s} {kstest(ranks[:, j], 'uniform').pvalue:9.3f} {ranks[:, j].mean():9.3f} "
            f"{covered(ranks)[j]:10.1%} {note}"
        )
    both = np.array([t.strain for t in found])
    told = [np.corrcoef(both[:, 0, s], both[:, 1, s])[0, 1] for s in (0, 1)]
    print(f"correlation of true and believed strain: {told[0]:.2f} and {told[1]:.2f}")
    low, high = binomtest(round(0.9 * len(found)), len(found)).proportion_ci(0.99)
    print(f"by chance 90 % intervals hold between {low:.1%} and {high:.1%} (99 %)")
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
